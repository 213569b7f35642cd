// Papers over several records: the list by day, the receipt list that people sign, the attendance of a meeting, the growth portfolio.
import { fieldWords, specOf, yuan } from '@nuanyang/contract/records.fields.ts'
import type { RecordRow } from '@nuanyang/contract/records.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import type { FormPage, FormSignature } from '../../documents/form.ts'
import { printedDay } from '../../documents/printed_words.ts'
import { childNames, factsLine, timeWords } from './card.ts'

/** All of them in one table, the oldest first; each by its kind with the county's own fields. */
export function seriesPage(
  records: readonly RecordRow[],
  kindOf: (record: RecordRow) => KindSpec,
  title: string,
  unit: string,
  printed_on: string,
): FormPage {
  const days = records.map((record) => record.happened_on)
  const span = days.length > 1 && days[0] !== days.at(-1) ? `${printedDay(days[0]!)}—${printedDay(days.at(-1)!)}` : printedDay(days[0] ?? null) // prettier-ignore
  return {
    title,
    above: [`${unit}　${span}`, `共 ${records.length} 条　${printedDay(printed_on)}`],
    blocks: [
      {
        kind: 'table',
        caption: null,
        columns: [
          { header: '日期', width: 3, align: 'center' },
          { header: '种类', width: 3, align: 'center' },
          { header: '儿童', width: 3.4, align: 'left' },
          { header: '内容', width: 12, align: 'left' },
          { header: '记录人', width: 2.8, align: 'center' },
        ],
        rows: records.map((record) => [
          printedDay(record.happened_on).replace('年', '年\n'),
          specOf(record.kind).title.zh,
          childNames(record),
          [record.text, [record.place, factsLine(record, kindOf(record))].filter(Boolean).join('；')]
            .filter(Boolean)
            .join('\n'),
          record.done_by,
        ]),
        row_height: 7,
      },
    ],
    signatures: ['填表人', '审核人'],
  }
}

/** 签领表: one row for each child and thing, with room to sign or press a thumb. */
export function receiptPage(record: RecordRow, printed_on: string, signed: readonly FormSignature[]): FormPage {
  const person = (id: string | null) => record.children.find((child) => child.id === id)?.name ?? ''
  const rows = record.items.map((item) => [
    person(item.child_id) || (record.children.length === 1 ? record.children[0]!.name : childNames(record)),
    item.name,
    item.quantity === null ? '' : String(item.quantity),
    item.measure_word ?? '',
    item.amount_fen === null ? '' : yuan(item.amount_fen),
    '',
    '',
  ])
  const sum = record.items.reduce((total, item) => total + (item.amount_fen ?? 0), 0)
  const people = new Set(record.items.map((item) => item.child_id).filter(Boolean)).size || record.children.length
  return {
    title: '物资（慰问金）发放签领表',
    above: [`${record.unit_name}　${timeWords(record)}`, printedDay(printed_on)],
    blocks: [
      {
        kind: 'table',
        caption: null,
        columns: [
          { header: '序号', width: 1.4, align: 'center' },
          { header: '儿童', width: 3, align: 'left' },
          { header: '物品（款项）', width: 4, align: 'left' },
          { header: '数量', width: 1.8, align: 'right' },
          { header: '单位', width: 1.6, align: 'center' },
          { header: '金额', width: 2.4, align: 'right' },
          { header: '领取人签字（手印）', width: 4, align: 'left' },
          { header: '代领人关系', width: 2.4, align: 'left' },
        ],
        rows: [
          ...rows.map((row, n) => [String(n + 1), ...row]),
          ['', '合计', `${people} 人`, '', '', yuan(sum), '', ''],
        ],
        row_height: 10,
      },
      ...(record.text ? [{ kind: 'words' as const, paragraphs: [`说明：${record.text}`] }] : []),
      ...(signed.length > 0 ? [{ kind: 'signed' as const, items: signed }] : []),
    ],
    signatures: ['经办人', '证明人', '审核人'],
  }
}

/** 签到表: who was written down, and blank rows for those who come on the day. */
export function attendancePage(record: RecordRow): FormPage {
  const people = (Array.isArray(record.fields['attendees']) ? record.fields['attendees'] : []) as { name?: string; of?: string }[] // prettier-ignore
  const rows = people.map((one) => [one.name ?? '', one.of ?? ''])
  const blank = Math.max(6, 20 - rows.length)
  const all = [...rows, ...Array.from({ length: blank }, () => ['', ''])]
  return {
    title: `${fieldWords(specOf('meeting').fields[0]!, record.fields['type']) || '会议'}签到表`,
    above: [`${record.unit_name}　${timeWords(record)}`, record.place ?? ''],
    blocks: [
      {
        kind: 'table',
        caption: null,
        columns: [
          { header: '序号', width: 1.4, align: 'center' },
          { header: '姓名', width: 4, align: 'left' },
          { header: '身份（谁的家长）', width: 5, align: 'left' },
          { header: '签到', width: 5, align: 'left' },
          { header: '备注', width: 3, align: 'left' },
        ],
        rows: all.map(([name, of], n) => [String(n + 1), name!, of!, '', '']),
        row_height: 6,
      },
    ],
    signatures: [],
  }
}

/** 成长记录袋: a cover with the contents, then each entry on a page of its own. */
export function bagPages(records: readonly RecordRow[], unit: string): FormPage[] {
  const names = [...new Set(records.flatMap((record) => record.children.map((child) => child.name)))]
  const diary = specOf('diary').fields
  const what = (record: RecordRow) =>
    record.kind === 'diary' ? fieldWords(diary[0]!, record.fields['entry']) || '日记' : specOf(record.kind).title.zh
  const heading = (record: RecordRow) =>
    typeof record.fields['heading'] === 'string' ? record.fields['heading'] : what(record)
  const cover: FormPage = {
    title: `${names.length === 1 ? names[0] : ''}成长记录袋`,
    above: [unit, `共 ${records.length} 篇`],
    blocks: [
      {
        kind: 'table',
        caption: '目录',
        columns: [
          { header: '序号', width: 1.2, align: 'center' },
          { header: '日期', width: 3, align: 'center' },
          { header: '种类', width: 3, align: 'center' },
          { header: '题目', width: 8, align: 'left' },
        ],
        rows: records.map((record, n) => [
          String(n + 1),
          printedDay(record.happened_on),
          what(record),
          heading(record),
        ]),
        row_height: 5,
      },
    ],
    signatures: [],
  }
  const pages = records.map((record): FormPage => ({
    title: heading(record),
    above: [printedDay(record.happened_on), what(record)],
    blocks: [{ kind: 'words', paragraphs: (record.text ?? '').split('\n').filter((line) => line.trim() !== '') }],
    signatures: [],
  }))
  return [cover, ...pages]
}
