// What a record of a kind may hold, checked the same way on the page and on the server.
import { kindSpecs } from './kinds.ts'
import type { FieldSpec, KindSpec, Visibility } from './kinds/kind.ts'

export type FieldValue = string | number | boolean | string[] | FieldRow[]
export type FieldRow = Record<string, string | number | boolean>
export type Fields = Record<string, unknown>

export interface FieldFault {
  readonly path: string
  readonly zh: string
  readonly en: string
}

const must = { zh: '这一项要填。', en: 'Please fill this in.' }
const wrong = { zh: '这一项的内容不对，请核对。', en: 'Please check this value.' }
const choose = { zh: '请从列出的几项里选一个。', en: 'Choose one of the listed values.' }
const long = (max: number) => ({ zh: `最多 ${max} 个字。`, en: `At most ${max} characters.` })
const many = (max: number) => ({ zh: `一次最多 ${max} 个。`, en: `At most ${max} at a time.` })

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** The chosen code of a field, '' when none is. */
function codeIn(fields: Fields, code: string): string {
  const value = fields[code]
  return typeof value === 'string' ? value : ''
}

/** Is the field asked at all, given what is said so far? */
export function fieldAsked(spec: FieldSpec, fields: Fields): boolean {
  return !spec.when || spec.when.is.includes(codeIn(fields, spec.when.field))
}

/** The field that may name an account, where it is asked. */
export function accountField(kind: KindSpec, fields: Fields): FieldSpec | undefined {
  return kind.fields.find((spec) => spec.account && fieldAsked(spec, fields))
}

/** Without what is empty and what is not asked; null and '' say nothing. */
export function tidyFields(kind: KindSpec, fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([code, value]) => {
      const spec = kind.fields.find((one) => one.code === code)
      return !isEmpty(value) && (!spec || fieldAsked(spec, fields))
    }),
  )
}

/** Everything that is wrong with the fields; a draft may lack what is required. */
export function fieldFaults(kind: KindSpec, fields: Fields, draft: boolean): FieldFault[] {
  const faults: FieldFault[] = Object.keys(fields)
    .filter((code) => !kind.fields.some((one) => one.code === code))
    .map((code) => ({ path: `fields.${code}`, zh: '这一种记录没有这一项。', en: 'This kind has no such field.' }))
  for (const spec of kind.fields) {
    const value = fields[spec.code]
    if (isEmpty(value)) {
      if (spec.required && !draft && fieldAsked(spec, fields)) faults.push({ path: `fields.${spec.code}`, ...must })
    } else faults.push(...faultsOf(spec, value, `fields.${spec.code}`))
  }
  return faults
}

function faultsOf(spec: FieldSpec, value: unknown, path: string): FieldFault[] {
  const one = (fault: { zh: string; en: string }) => [{ path, ...fault }]
  const text = (max: number) => (typeof value !== 'string' ? one(wrong) : value.length > max ? one(long(max)) : [])
  switch (spec.type) {
    case 'words':
      return text(spec.max ?? 200)
    case 'text':
      return text(spec.max ?? 20_000)
    case 'choice':
      return spec.options!.some((option) => option.code === value) ? [] : one(choose)
    case 'choices':
      return Array.isArray(value) && value.every((each) => spec.options!.some((option) => option.code === each))
        ? []
        : one(choose)
    case 'count':
    case 'minutes':
    case 'fen':
      return Number.isSafeInteger(value) && (value as number) >= 0 ? [] : one(wrong)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? [] : one(wrong)
    case 'yes_no':
      return typeof value === 'boolean' ? [] : one(wrong)
    case 'day':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
        ? []
        : one(wrong)
    case 'list':
      return listFaults(spec, value, one)
    case 'rows':
      return rowFaults(spec, value, path)
  }
}

function listFaults(spec: FieldSpec, value: unknown, one: (fault: { zh: string; en: string }) => FieldFault[]) {
  if (!Array.isArray(value) || value.some((each) => typeof each !== 'string')) return one(wrong)
  if (value.length > (spec.max ?? 50)) return one(many(spec.max ?? 50))
  return value.some((each: string) => each.length > 500) ? one(long(500)) : []
}

function rowFaults(spec: FieldSpec, value: unknown, path: string): FieldFault[] {
  if (!Array.isArray(value) || value.some((row) => typeof row !== 'object' || row === null || Array.isArray(row)))
    return [{ path, ...wrong }]
  if (value.length > (spec.max ?? 50)) return [{ path, ...many(spec.max ?? 50) }]
  return (value as Fields[]).flatMap((row, n) => [
    ...Object.keys(row)
      .filter((code) => !spec.columns!.some((column) => column.code === code))
      .map((code) => ({ path: `${path}.${n}.${code}`, ...wrong })),
    ...spec.columns!.flatMap((column) => {
      const cell = row[column.code]
      if (isEmpty(cell)) return column.required ? [{ path: `${path}.${n}.${column.code}`, ...must }] : []
      return faultsOf(column, cell, `${path}.${n}.${column.code}`)
    }),
  ])
}

/** Does it count for duties, rates and tallies? A call that nobody answered does not. */
export function settles(kind: KindSpec, fields: Fields): boolean {
  return !kind.settles || kind.settles.is.includes(codeIn(fields, kind.settles.field))
}

const strictness: Record<Visibility, number> = { open: 0, case_notes: 1, psychological: 2 }

/** The visibility it gets: never looser than its kind, stricter where the writer or its content says so. */
export function visibilityOf(kind: KindSpec, fields: Fields, wished?: Visibility): Visibility {
  const content = kind.stricter?.is.includes(codeIn(fields, kind.stricter.field))
    ? kind.stricter.visibility
    : kind.visibility
  return wished && strictness[wished] > strictness[content] ? wished : content
}

/** 谈心记录 · 温和的话：a value as people read it. */
export function fieldWords(spec: FieldSpec, value: unknown, language: 'zh' | 'en' = 'zh'): string {
  const option = (code: unknown) => spec.options?.find((one) => one.code === code)?.[language] ?? String(code)
  if (isEmpty(value)) return ''
  switch (spec.type) {
    case 'choice':
      return option(value)
    case 'choices':
      return (value as unknown[]).map(option).join(language === 'zh' ? '、' : ', ')
    case 'yes_no':
      return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
    case 'fen':
      return yuan(value as number, language)
    case 'list':
      return (value as string[]).join(language === 'zh' ? '；' : '; ')
    case 'rows':
      return (value as Fields[])
        .map((row) =>
          spec
            .columns!.map((column) => fieldWords(column, row[column.code], language))
            .filter((words) => words !== '')
            .join(language === 'zh' ? '，' : ', '),
        )
        .join(language === 'zh' ? '；' : '; ')
    default: {
      const unit = spec.unit ? (language === 'zh' ? spec.unit.zh : ` ${spec.unit.en}`) : ''
      return `${typeof value === 'number' || typeof value === 'string' ? value : ''}${unit}`
    }
  }
}

/** Fen as people write money: whole yuan without decimals. */
export function yuan(fen: number, language: 'zh' | 'en' = 'zh'): string {
  const amount = fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
  return language === 'zh' ? `${amount}元` : `¥${amount}`
}

export const specOf = (kind: keyof typeof kindSpecs): KindSpec => kindSpecs[kind]
