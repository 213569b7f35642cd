// Which rows of a table are children, and what the others are.

import { foldText, saysNothing } from '../chinese_text.ts'
import { filledCells, isHead, looksLikeName, type Grid } from './grid.ts'
import type { SkipReason } from './report.ts'
import type { Row } from './workbook.ts'

const SUBTOTAL =
  /^(?:本页|本村|本组|本班|全村|全校|全镇|全班|.{0,6}组|.{0,8}班|.{0,6}村)?(?:小计|合计|总计|共计|累计|总人数|总数|汇总)[:：]?(?:\d+人?)?$/
const NOTE =
  /^(?:注|备注|说明|填表说明|填写说明|附注|附|要求|提示|※|★|\*)\s*[:：1-9一、.．]|^(?:填表说明|填写说明|说明)$|^(?:以下|以上|上述).{0,20}(?:新增|转入|转出|名单|人员)?[:：]?|^[-—]*第.{1,4}页|^共.{1,4}页|续表|^下页|^[1-9一二三四五][、.．].{10,}/
const SIGNATURE =
  /(?:签字|签名|盖章|公章|填表人|填报人|制表人?|审核人?|复核人?|审批|负责人|经办人|登记人|采集人|核对人|录入人|统计人|联系人|校长|园长|班主任|村支书|村主任|主任|填报单位|填表日期|填报日期|填报时间|制表日期|日期|时间|电话)(?:[（(][^）)]*[）)])?\s*[:：]/
const EXAMPLE_SERIAL = /^(?:例|示例|样例|范例|举例|例如|样本|模板)\d?[:：]?$/
const EXAMPLE_NAME =
  /^(?:某某某?|[\p{Script=Han}]某某?|[x×*]{2,}|[\p{Script=Han}][x×*]{1,2}|\(?(?:示例|样例|例)[)）:：]?.*|张三\(例\)|姓名)$/u
const SECTION =
  /^(?:第)?[一二三四五六七八九十\d]{1,3}(?:村民)?小?组[:：]?$|^.{1,10}(?:组|屯|社|寨|湾)[:：]?$|^.{0,12}(?:年级|班)[)）]?[:：]?$/
const EXTENT = 4000

export type RowKind =
  | { readonly kind: 'child' | 'continuation' }
  /** A line alone that heads the rows below it: 一组, 二年级（1）班. */
  | { readonly kind: 'section'; readonly text: string }
  | { readonly kind: 'skip'; readonly reason: SkipReason }

export interface RowFacts {
  readonly grid: Grid
  /** Columns of the table. */
  readonly left: number
  readonly right: number
  readonly nameColumn: number
  readonly serialColumns: ReadonlySet<number>
  /** Columns read into contract fields. */
  readonly mapped: ReadonlySet<number>
  /** Columns of parents, carers and members. */
  readonly people: ReadonlySet<number>
  readonly headTexts: ReadonlySet<string>
}

const skip = (reason: SkipReason): RowKind => ({ kind: 'skip', reason })

export function classifyRow(row: Row, facts: RowFacts): RowKind {
  const cells = filledCells(row).filter(({ column }) => column >= facts.left && column <= facts.right)
  const telling = cells.filter(({ column, text }) => !facts.serialColumns.has(column) && !saysNothing(text))
  const texts = cells.map(({ text }) => foldText(text))
  const first = texts[0] ?? ''
  const name = cells.find(({ column }) => column === facts.nameColumn)
  const nameText = name ? foldText(name.text) : ''
  if (cells.length === 0) return skip('blank')
  if (isPageHeader(texts, facts)) return skip('header')
  if (cells.slice(0, 3).some(({ text }) => SUBTOTAL.test(foldText(text))) && !looksLikeName(nameText))
    return skip('subtotal')
  if (EXAMPLE_SERIAL.test(first) || (nameText !== '' && EXAMPLE_NAME.test(nameText))) return skip('note')
  if (cells.length === 1 && SECTION.test(first) && (nameText === '' || !looksLikeName(nameText)))
    return { kind: 'section', text: cells[0]?.text ?? '' }
  const signing = cells.filter(({ text }) => SIGNATURE.test(text)).length
  if (
    signing > 0 &&
    signing >= cells.length * 0.4 &&
    (nameText === '' || /[:：]/.test(nameText) || !looksLikeName(nameText) || cells.length <= 3)
  )
    return skip('signature')
  const merge = facts.grid.merge(row.number, facts.nameColumn)
  if (merge && merge.top < row.number && telling.length > 0) return { kind: 'continuation' }
  if (telling.length <= 1 && NOTE.test(cells[0]?.text.trim() ?? '')) return skip('note')
  if (isName(nameText, cells.length)) return { kind: 'child' }
  return withoutName(cells, telling, nameText, facts)
}

function isPageHeader(texts: readonly string[], facts: RowFacts): boolean {
  const same = texts.filter((text) => facts.headTexts.has(text)).length
  return texts.length >= 2 && same >= Math.max(2, texts.length * 0.6)
}

function isName(text: string, cells: number): boolean {
  if (
    text === '' ||
    saysNothing(text) ||
    /[:：]/.test(text) ||
    /^[\d.]+(?:人|名|个)?$/.test(text) ||
    text.length > EXTENT
  )
    return false
  // A line of text alone in the name column is a note or a group title, unless it is a name.
  return cells > 1
    ? text.length <= 120 && !isHead(text)
    : looksLikeName(text) || (/^\p{Script=Han}{2,4}$/u.test(text) && !/[村组班级镇校年月注表]$/.test(text))
}

function withoutName(
  cells: readonly { column: number; text: string }[],
  telling: readonly { column: number; text: string }[],
  nameText: string,
  facts: RowFacts,
): RowKind {
  if (telling.length === 0) return skip('blank')
  const filled = telling.filter(({ column }) => facts.mapped.has(column) && column !== facts.nameColumn)
  const own = filled.filter(({ column }) => !facts.people.has(column))
  if (telling.length === 1)
    return skip(
      cells[0] && SIGNATURE.test(cells[0].text)
        ? 'signature'
        : own.length === 1 && nameText === '' && telling[0]?.column !== facts.left
          ? 'blank'
          : 'note',
    )
  if (nameText !== '' && /[:：]/.test(nameText)) return skip('note')
  // A second line about the parents of the child above.
  if (own.length === 0 && filled.length > 0) return { kind: 'continuation' }
  return own.length >= 2 || filled.length >= 3 ? { kind: 'child' } : skip('note')
}
