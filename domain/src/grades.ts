// Grade and class as schools write them, and their tie to stage and year of entry: a class is stage + entry year + number,
// its grade follows from the day, and 1 September is graduation only.

import { foldText, readChineseNumber } from './chinese_text.ts'

export type Grade = 'k1' | 'k2' | 'k3' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '10' | '11' | '12'
export type Stage = 'kindergarten' | 'primary' | 'junior' | 'senior'

export interface GradeClass {
  readonly grade: Grade | null
  /** The number of the class as text, `2`. */
  readonly class: string | null
  /** Year of entry, from 2022级2班: the grade then depends on the day and the stage. */
  readonly entry_year: number | null
}

const N = '(\\d{1,2}|[一二三四五六七八九十]{1,3})'
const CLASS = `(?:[(\\[]?${N}[)\\]]?班?)`
const KINDERGARTEN: Readonly<Record<string, Grade>> = { 大: 'k3', 中: 'k2', 小: 'k1' }
const FIRST_GRADE: Readonly<Record<Stage, number>> = { kindergarten: 0, primary: 1, junior: 7, senior: 10 }
const LENGTH: Readonly<Record<Stage, number>> = { kindergarten: 3, primary: 6, junior: 3, senior: 3 }

/**
 * 三(2)班, 三2班, 3.2, 302, 三年级二班, 初一(3)班, 大二班, 2022级2班, (2)班, 中班, 四年级. Null when the text is none of them.
 * A number alone is read as `alone` says: a column headed 年级 means the grade, one headed 班级 the class.
 */
export function readGradeClass(raw: string, alone: 'grade' | 'class' = 'grade'): GradeClass | null {
  const text = foldText(raw)
    .replace(/[·、，,。]+$/, '')
    .replace(/[【〔]/g, '(')
    .replace(/[】〕]/g, ')')
    .replace(/^\((.*班)\)$/, '$1')
  if (text === '') return null
  return (
    kindergarten(text) ??
    byEntry(text) ??
    bySchoolStage(text) ??
    byYear(text) ??
    byDigits(text, alone) ??
    classOnly(text)
  )
}

function kindergarten(text: string): GradeClass | null {
  const match =
    new RegExp(`^(?:幼儿园|幼)?(大|中|小)(?:班?${CLASS})?班?$`).exec(text) ??
    new RegExp(`^(?:幼儿园|幼)?(大|中|小)班?[(]?([a-z])[)]?班?$`).exec(text)
  const grade = KINDERGARTEN[match?.[1] ?? '']
  if (!match || !grade || /^[大中小]$/.test(text)) return null
  // 小一, 小三 are grades of primary school; only 小一班 with 班 is a kindergarten class.
  if (match[1] === '小' && !text.includes('班')) return null
  return { grade, class: match[2] ? classNumber(match[2]) : null, entry_year: null }
}

function byEntry(text: string): GradeClass | null {
  const match = new RegExp(`^(\\d{4}|\\d{2})(?:级|届入学|年入学)${CLASS}?$`).exec(text)
  if (!match) return null
  const year = Number(match[1])
  return { grade: null, class: match[2] ? classNumber(match[2]) : null, entry_year: year < 100 ? 2000 + year : year }
}

function bySchoolStage(text: string): GradeClass | null {
  const match = new RegExp(`^(初|初中|高|高中|小|小学|职高|中职)${N}(?:年级?)?${CLASS}?$`).exec(text)
  const word = match?.[1] ?? ''
  const number = readChineseNumber(match?.[2] ?? '')
  if (!match || number === null) return null
  const first = word.startsWith('初') ? 6 : word.startsWith('小') ? 0 : 9
  const limit = word.startsWith('小') ? 6 : 3
  // 初中七年级 names the grade itself.
  const grade = number > limit ? number : first + number
  return { grade: toGrade(grade), class: match[3] ? classNumber(match[3]) : null, entry_year: null }
}

function byYear(text: string): GradeClass | null {
  const match =
    new RegExp(`^(?:小学|初中|高中)?${N}(?:年级|年|级)${CLASS}?$`).exec(text) ??
    new RegExp(`^([一二三四五六七八九])[.、-]?${CLASS}$`).exec(text)
  const number = readChineseNumber(match?.[1] ?? '')
  const grade = number === null ? null : toGrade(number)
  // 十二班, 三班: one number and 班 is a class, not a grade and a class.
  if (!match || !grade || /^(?:[一二三四五六七八九]|[二三四五六七八九]?十[一二三四五六七八九]?)班$/.test(text))
    return null
  return { grade, class: match[2] ? classNumber(match[2]) : null, entry_year: null }
}

function byDigits(text: string, alone: 'grade' | 'class'): GradeClass | null {
  const pair =
    /^([1-9]|1[0-2])(?:[.\-—–、/])(\d{1,2})班?$/.exec(text) ??
    /^([1-9])\((\d{1,2})\)班?$/.exec(text) ??
    /^([1-9])(0[1-9]|[12]\d)班?$/.exec(text)
  if (pair) return { grade: toGrade(Number(pair[1])), class: classNumber(pair[2] ?? ''), entry_year: null }
  if (!/^\d{1,2}$/.test(text))
    return /^[一二三四五六七八九]$/.test(text) && alone === 'grade'
      ? { grade: toGrade(readChineseNumber(text) ?? 0), class: null, entry_year: null }
      : null
  if (alone === 'class') return { grade: null, class: classNumber(text), entry_year: null }
  return toGrade(Number(text)) ? { grade: toGrade(Number(text)), class: null, entry_year: null } : null
}

function classOnly(text: string): GradeClass | null {
  const match =
    new RegExp(`^[(]?${N}[)]?班$`).exec(text) ??
    /^[(](\d{1,2}|[一二三四五六七八九十]{1,3})[)]$/.exec(text) ??
    /^[(]?(\d{1,2})[)]?$/.exec(text)
  const number = match?.[1] ? classNumber(match[1]) : null
  return number === null ? null : { grade: null, class: number, entry_year: null }
}

function classNumber(text: string): string | null {
  const number = readChineseNumber(text)
  return number === null ? (/^[a-z]$/.test(text) ? text : null) : number === 0 ? null : String(number)
}

function toGrade(number: number): Grade | null {
  return number >= 1 && number <= 12 ? (String(number) as Grade) : null
}

export function stageOf(grade: Grade): Stage {
  if (grade.startsWith('k')) return 'kindergarten'
  const number = Number(grade)
  return number <= 6 ? 'primary' : number <= 9 ? 'junior' : 'senior'
}

/** The calendar year in which the school year of this day began (1 September). `on` is YYYY-MM or YYYY-MM-DD. */
export function schoolYear(on: string): number {
  return Number(on.slice(0, 4)) - (Number(on.slice(5, 7) || '9') >= 9 ? 0 : 1)
}

/** The grade on a day of those who entered a stage in a year; null before entry and after graduation. */
export function gradeOn(stage: Stage, entryYear: number, on: string): Grade | null {
  const year = schoolYear(on) - entryYear
  if (year < 0 || year >= LENGTH[stage]) return null
  return stage === 'kindergarten' ? (`k${year + 1}` as Grade) : toGrade(FIRST_GRADE[stage] + year)
}

/** The year in which somebody of this grade, on this day, entered the stage. */
export function entryYearOf(grade: Grade, on: string): number {
  const stage = stageOf(grade)
  const years = stage === 'kindergarten' ? Number(grade[1]) - 1 : Number(grade) - FIRST_GRADE[stage]
  return schoolYear(on) - years
}

/** A school's name or an age in whole years often tells which stage a year of entry means. */
export function stageOfSchool(school: string): Stage | null {
  if (/幼儿园|幼教|学前/.test(school)) return 'kindergarten'
  if (/小学|完小|教学点|村小/.test(school) && !/中小学|九年/.test(school)) return 'primary'
  if (/初级中学|初中/.test(school)) return 'junior'
  return /高级中学|高中|职高|中职|技校/.test(school) ? 'senior' : null
}

/** 三年级, 大班, 初… are printed as primary counts: grade 7 is 七年级. */
export function gradeLabel(grade: Grade, language: 'zh' | 'en' = 'zh'): string {
  if (grade.startsWith('k'))
    return language === 'zh'
      ? `${{ k1: '小', k2: '中', k3: '大' }[grade as 'k1' | 'k2' | 'k3']}班`
      : `kindergarten year ${grade[1]}`
  return language === 'zh'
    ? `${['一', '二', '三', '四', '五', '六', '七', '八', '九', '高一', '高二', '高三'][Number(grade) - 1]}${Number(grade) > 9 ? '' : '年级'}`
    : `grade ${grade}`
}
