import { readNumber } from './numerals.ts'
import type { Dated } from './tasks.ts'
import type { PlanTask, ReadOptions } from './types.ts'

const SCHOOL_YEAR = /(20\d\d)(?:年)?(?:-{1,2}|~|至|\/)(20\d\d|\d\d)(?:学年)?度?/
const YEAR = /(20\d\d)(?:年|学年)/
const FIRST_TERM = /第一学期|上学期|秋季|秋期|秋学期/
const SECOND_TERM = /第二学期|下学期|春季|春期|春学期/

/**
 * First and last month of a plan. The months come from its arrangement, else from the term or year its title names; the year from
 * the caller, else the text, else the school year running today when the plan begins in autumn, else today's year.
 */
export function readYears(
  title: string,
  text: string,
  dated: Dated[],
  tasks: PlanTask[],
  options: ReadOptions,
): { year: number; from: string | null; until: string | null } {
  const opening = title + text.slice(0, 200).replace(/[〔(《][^〕)》]*[〕)》]/g, '')
  const first = dated[0]?.when.first ?? null
  const year = options.year ?? statedYear(title, opening, dated, first) ?? defaultYear(first, options.today)
  if (first !== null && tasks.length > 0) {
    const last = tasks.reduce((a, t) => Math.max(a, t.year_offset * 12 + t.month), 0)
    return { year, from: month(year, first), until: month(year + Math.floor((last - 1) / 12), ((last - 1) % 12) + 1) }
  }
  const term = FIRST_TERM.test(opening) ? [9, 13] : SECOND_TERM.test(opening) ? [3, 7] : null
  const named = statedYear(title, opening, dated, term?.[0] ?? null) ?? options.year ?? null
  if (named !== null && term?.[0] && term[1])
    return {
      year: named,
      from: month(named, term[0]),
      until: term[1] > 12 ? month(named + 1, term[1] - 12) : month(named, term[1]),
    }
  if (named !== null && SCHOOL_YEAR.test(opening))
    return { year: named, from: month(named, 9), until: month(named + 1, 7) }
  if (named !== null && /年度|年[^度]{0,20}(?:计划|方案|要点)/.test(opening))
    return { year: named, from: month(named, 1), until: month(named, 12) }
  return { year, from: null, until: null }
}

function statedYear(title: string, opening: string, dated: Dated[], first: number | null): number | null {
  const written = dated.find((d) => d.when.year !== null)
  if (written?.when.year && first !== null) return written.when.year - (written.task.month < first ? 1 : 0)
  const school = SCHOOL_YEAR.exec(title) ?? SCHOOL_YEAR.exec(opening)
  if (school?.[1]) {
    const second = SECOND_TERM.test(opening) || (first !== null && first < 7)
    return readNumber(school[1].slice(2)) + 2000 + (second ? 1 : 0)
  }
  const year = YEAR.exec(title) ?? /(20\d\d)年(?!\d{0,2}月?\d{0,2}日?(?:印发|发布|以来))/.exec(opening)
  return year?.[1] ? Number(year[1]) : null
}

function defaultYear(first: number | null, today: string): number {
  const [year = NaN, now = NaN] = today.split('-').map(Number)
  // a school year begins in September; in July and August the next one is being planned
  return first !== null && first >= 7 && now < 7 ? year - 1 : year
}

function month(year: number, m: number): string {
  return `${year}-${String(m).padStart(2, '0')}`
}
