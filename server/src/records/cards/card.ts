// 记录卡: one record on one sheet, from its kind: pairs, framed texts, tables, signatures. Kinds whose paper is another thing have a file
// beside this one.
import type { FieldSpec, KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import { fieldWords, specOf, yuan } from '@nuanyang/contract/records.fields.ts'
import type { RecordRow } from '@nuanyang/contract/records.ts'
import type { FormBlock, FormColumn, FormPage, FormSignature } from '../../documents/form.ts'
import { charactersOf, printedDay } from '../../documents/printed_words.ts'

type Pair = readonly [string, string]

/** Titles as the papers are called in the field, where the kind's own title differs. */
const titles: Partial<Record<string, string>> = { talk: '谈心记录卡', visit: '家访（走访）记录表', call: '亲情联系登记表', meeting: '会议记录', progress: '进步档案', aid: '物资发放记录' } // prettier-ignore
const planTitles: Record<string, string> = { support: '帮扶方案', education: '个别教育方案', study: '学习帮扶计划', mind: '心理帮扶计划' } // prettier-ignore

const signers: Partial<Record<string, readonly string[]>> = {
  talk: ['谈话人', '学生', '日期'],
  visit: ['家访人', '受访人', '日期'],
  meeting: ['主持人', '记录人'],
  aid: ['经办人', '证明人', '领取人'],
  individual_plan: ['负责人', '监护人', '日期'],
  health: ['经办人', '监护人', '日期'],
}

export const cardTitle = (record: RecordRow): string =>
  record.kind === 'individual_plan'
    ? (planTitles[fieldCode(record, 'template')] ?? '个别方案')
    : (titles[record.kind] ?? specOf(record.kind).title.zh)

const fieldCode = (record: RecordRow, code: string) => {
  const value = record.fields[code]
  return typeof value === 'string' ? value : ''
}

export const timeWords = (record: RecordRow): string =>
  [printedDay(record.happened_on), [record.from_time, record.to_time].filter(Boolean).join('—')]
    .filter(Boolean)
    .join(' ')

export function childNames(record: RecordRow): string {
  const names = record.children.map((child) => child.name).join('、')
  return record.others > 0 ? `${names}${names ? '等' : ''}共 ${record.children.length + record.others} 人` : names
}

/** `spec`: its kind, with the county's own fields. */
export function cardPage(record: RecordRow, spec: KindSpec, signed: readonly FormSignature[]): FormPage {
  const short = (field: FieldSpec) => !['text', 'list', 'rows'].includes(field.type)
  const pairs: Pair[] = [
    ['时间', timeWords(record)],
    ['地点', record.place ?? ''],
    ...(spec.children === 'none' ? [] : [['儿童', childNames(record)] as Pair]),
    [record.kind === 'talk' ? '谈话人' : record.kind === 'visit' ? '家访人' : '记录人', record.done_by],
    ...spec.fields
      .filter((field) => short(field) && shown(field, record) && field.code !== 'template')
      .map((field): Pair => [field.zh, printedValue(field, record.fields[field.code])]),
  ]
  const blocks: FormBlock[] = [{ kind: 'pairs', rows: paired(pairs) }]
  blocks.push({ kind: 'text', name: spec.text.zh, text: record.text ?? '', least: 40 })
  for (const field of spec.fields.filter((one) => !short(one)))
    if (field.type === 'rows') blocks.push(...rowsOf(field, record.fields[field.code]))
    else if (shown(field, record))
      blocks.push({ kind: 'text', name: field.zh, text: longWords(field, record), least: 12 })
  if (record.items.length > 0) blocks.push(itemTable(record))
  if (signed.length > 0) blocks.push({ kind: 'signed', items: signed })
  return {
    title: cardTitle(record),
    above: [record.unit_name, ''],
    blocks,
    signatures: signers[record.kind] ?? ['记录人', '日期'],
  }
}

/** A blank is for the pen: what the form asks stays, unless the field belongs to another answer. */
const shown = (field: FieldSpec, record: RecordRow) =>
  record.fields[field.code] !== undefined || (!field.when && ['talk', 'visit'].includes(record.kind))

/** As `fieldWords`, with days as papers write them. */
const printedValue = (field: FieldSpec, value: unknown): string =>
  field.type === 'day' && typeof value === 'string' ? printedDay(value) : fieldWords(field, value)

const longWords = (field: FieldSpec, record: RecordRow): string => {
  const value = record.fields[field.code]
  return field.type === 'list' && Array.isArray(value)
    ? value.map((line, n) => `${n + 1}. ${String(line)}`).join('\n')
    : fieldWords(field, value)
}

/** Two pairs on a row; a long one has the row alone. */
function paired(pairs: readonly Pair[]): Pair[][] {
  const rows: Pair[][] = []
  for (const pair of pairs) {
    const last = rows.at(-1)
    const fits = (one: Pair) => charactersOf(one[1]).length <= 22
    if (last?.length === 1 && fits(pair) && fits(last[0]!)) last.push(pair)
    else rows.push([pair])
  }
  return rows
}

function rowsOf(field: FieldSpec, value: unknown): FormBlock[] {
  const rows = Array.isArray(value) ? (value as Record<string, unknown>[]) : []
  if (rows.length === 0) return []
  const columns = field.columns!.map((column): FormColumn => ({
    header: column.zh,
    width: column.type === 'words' ? 3 : 2,
    align: 'left',
  }))
  return [
    {
      kind: 'table',
      caption: field.zh,
      columns,
      rows: rows.map((row) =>
        field.columns!.map((column) =>
          printedValue(column, row[column.code]),
        ),
      ),
      row_height: 5,
    },
  ]
} // prettier-ignore

function itemTable(record: RecordRow): FormBlock {
  const name = (id: string | null) => record.children.find((child) => child.id === id)?.name ?? ''
  return {
    kind: 'table',
    caption: '钱和物',
    columns: [
      { header: '给谁', width: 3, align: 'left' },
      { header: '名称', width: 4, align: 'left' },
      { header: '数量', width: 2, align: 'right' },
      { header: '金额', width: 2, align: 'right' },
    ],
    rows: record.items.map((item) => [
      name(item.child_id),
      item.name,
      item.quantity === null ? '' : `${item.quantity}${item.measure_word ?? ''}`,
      item.amount_fen === null ? '' : yuan(item.amount_fen),
    ]),
    row_height: 5,
  }
}

/** What the quick fields and the folded ones say, in one line: for lists and ledgers. */
export function factsLine(record: RecordRow, spec: KindSpec): string {
  return spec.fields
    .filter((field) => record.fields[field.code] !== undefined)
    .map((field) => `${field.zh}：${fieldWords(field, record.fields[field.code])}`)
    .join('；')
}
