// What stands around a table: the class in a title or sheet name, the school in a line, the day of the file.

import { cleanText, foldText } from '../chinese_text.ts'
import { readGradeClass, type GradeClass } from '../grades.ts'
import { filledCells } from './grid.ts'
import type { Row, Sheet } from './workbook.ts'

/** The grade and class a title names: 一年级(1)班留守儿童花名册, 中心幼儿园（大班）. Ranges such as 一至六年级 name none. */
export function classInTitle(raw: string): GradeClass | null {
  const text = foldText(raw)
  let best: { read: GradeClass; length: number } | null = null
  for (const end of text.matchAll(/班(?!主任|干|委|会|额)|年级|级(?=\d)/g)) {
    const until = (end.index ?? 0) + end[0].length
    for (let from = Math.max(0, until - 12); from < until - 1; from++) {
      const piece = text.slice(from, until)
      const read = readGradeClass(piece)
      if (
        !read ||
        (read.grade === null && read.entry_year === null) ||
        /[至到\-—~、和及\d一二三四五六七八九]/.test(text[from - 1] ?? '')
      )
        continue
      if (!best || piece.length > best.length) best = { read, length: piece.length }
    }
  }
  return best?.read ?? null
}

const SCHOOL = '(?:小学|中学|学校|幼儿园|完小|初中|高中)'

/** 学校：青石镇中心小学, or a title that begins with the school's name. */
export function schoolInLine(raw: string): string | null {
  const text = cleanText(raw)
  const labelled =
    /(?:^|\s)(?:所在|就读|填报|填表)?(?:学校|校名|学校名称|幼儿园|园名)(?:[（(][^）)]*[）)])?\s*[:：]\s*([^\s（(:：]+)/.exec(
      text,
    )
  if (labelled?.[1]) return labelled[1]
  const titled = new RegExp(`^(.{2,20}?${SCHOOL})(?=$|[(（]|[一二三四五六七八九\\d]|留守|学生|花名册|关爱)`).exec(
    text.replace(/\s+/g, ''),
  )
  return titled?.[1] && !/中小学|各/.test(titled[1]) ? titled[1] : null
}

export interface Surroundings {
  readonly gradeClass: GradeClass | null
  readonly school: string | null
  readonly villagerGroup: string | null
}

/** Titles and lines above a table, the nearest first, then the name of the sheet. */
export function surroundings(sheet: Sheet, above: readonly Row[], isOnlyTable: boolean): Surroundings {
  const lines = [...above].reverse().flatMap((row) => filledCells(row).map(({ text }) => text))
  const places = isOnlyTable || lines.length === 0 ? [...lines, sheet.name] : lines
  let gradeClass: GradeClass | null = null
  let school: string | null = null
  for (const place of places) {
    gradeClass ??= classInTitle(place)
    school ??= schoolInLine(place)
  }
  return { gradeClass, school, villagerGroup: null }
}

/** A line inside the table takes the place of what stood above it: a group ends at the next group, a class at the next class. */
export function withSection(table: Surroundings, before: Surroundings, text: string): Surroundings {
  const gradeClass = classInTitle(text)
  return gradeClass
    ? { ...before, gradeClass }
    : { ...before, school: table.school, villagerGroup: cleanText(text).replace(/[:：]$/, '') }
}
