// 联系卡 as a Word file: the same words in the same places as the PDF, to be changed by hand. Sheets as in contact_card.typ.
import type { CardLayout, ContactCardData } from '@nuanyang/contract/documents.ts'
import type { IBorderOptions, Table, TableCell } from 'docx'
import { printCard, type PrintedCard, type PrintedPerson } from './contact_card.ts'
import { bare, cell, loadDocx, mm, paragraph, runs, sizeFor, sizeForRows } from './docx.ts'
import { qrPng } from './qr.ts'

type Docx = Awaited<ReturnType<typeof loadDocx>>
type SetCard = PrintedCard & { readonly png: Buffer | null }

const inner = 130
const label = 17
const name = 26.33
const wide = (inner - label - name) / 2
const half = (wide - label) / 2
const columns = [label, name, label, half, half, label, wide - label]
const rowHeight = 7.3
/** Printers cannot reach the last 4.2 mm of a sheet, and Word complains about every page that has less. */
const edge = 4.5
/** From the sheet's edge, or the cut, to the card's words. */
const padding = { side: 9, top: 6 }
/** The paragraph that Word wants after a table. */
const closing = 0.4

/** Builds the file; called in the thread of press.ts, because 400 cards take seconds. */
export async function buildContactCardDocx(
  cards: readonly ContactCardData[],
  layout: CardLayout,
): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await loadDocx()
  const set = await Promise.all(
    cards.map(async (data): Promise<SetCard> => {
      const card = printCard(data)
      return { ...card, png: card.url === null ? null : await qrPng(card.url, { margin: 0 }) }
    }),
  )
  const sheet = { a6: { across: 1, down: 1 }, a5: { across: 1, down: 2 }, a4: { across: 2, down: 2 } }[layout]
  const width = sheet.across === 2 ? 297 : 148
  const height = sheet.down === 2 ? 210 : 105
  const perSheet = sheet.across * sheet.down
  const sections = Array.from({ length: Math.ceil(set.length / perSheet) }, (_, index) => ({
    properties: {
      page: {
        size: pageSize(docx, width, height),
        margin: { top: mm(edge), bottom: mm(edge), left: mm(edge), right: mm(edge), header: 0, footer: 0, gutter: 0 },
      },
    },
    children: [
      sheetTable(docx, set.slice(index * perSheet, (index + 1) * perSheet), sheet, width, height),
      // Word wants a paragraph after a table; this one takes no room.
      new docx.Paragraph({
        spacing: { line: 20, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 },
        children: [],
      }),
    ],
  }))
  const document = new docx.Document({ title: '留守儿童联系卡', creator: '暖阳', sections })
  return new Uint8Array(await docx.Packer.toBuffer(document))
}

/** The library turns the sides round for lying sheets itself: it wants the standing size. */
function pageSize(docx: Docx, width: number, height: number) {
  return width > height
    ? { width: mm(height), height: mm(width), orientation: docx.PageOrientation.LANDSCAPE }
    : { width: mm(width), height: mm(height), orientation: docx.PageOrientation.PORTRAIT }
}

/** One cell a card. The cells' borders lie where the paper is cut: in the middle of the sheet, whatever the edge. */
function sheetTable(
  docx: Docx,
  cards: readonly SetCard[],
  sheet: { across: number; down: number },
  width: number,
  height: number,
): Table {
  const cut: IBorderOptions = { style: docx.BorderStyle.DASHED, size: 4, color: '777777' }
  const cellWidth = (width - 2 * edge) / sheet.across
  const cellHeight = (height - 2 * edge) / sheet.down
  const rows = Array.from({ length: sheet.down }, (_, row) => {
    const last = row === sheet.down - 1
    return new docx.TableRow({
      height: { value: mm(cellHeight - (last ? closing : 0)), rule: docx.HeightRule.EXACT },
      children: Array.from({ length: sheet.across }, (_unused, column) => {
        const card = cards[row * sheet.across + column]
        const left = column === 0 ? padding.side - edge : padding.side
        return new docx.TableCell({
          width: { size: mm(cellWidth), type: docx.WidthType.DXA },
          margins: {
            left: mm(left),
            right: mm(cellWidth - inner - left),
            top: mm(row === 0 ? padding.top - edge : padding.top),
            bottom: 0,
            marginUnitType: docx.WidthType.DXA,
          },
          children: card ? cardFace(docx, card) : [new docx.Paragraph({})],
        })
      }),
    })
  })
  return new docx.Table({
    layout: docx.TableLayoutType.FIXED,
    width: { size: mm(width - 2 * edge), type: docx.WidthType.DXA },
    columnWidths: Array.from({ length: sheet.across }, () => mm(cellWidth)),
    borders: { ...bare(docx), insideHorizontal: cut, insideVertical: cut },
    rows,
  })
}

function cardFace(docx: Docx, card: SetCard) {
  const tight = { before: 0, after: 0 }
  const right = { type: docx.TabStopType.RIGHT, position: mm(inner) }
  return [
    new docx.Paragraph({
      spacing: { before: 0, after: mm(1.2) },
      tabStops: [right],
      children: [
        ...runs(docx, '留守儿童联系卡', 'sans', 15, { bold: true }),
        ...runs(docx, `\t编号 ${card.code || '＿＿＿＿＿＿＿＿'}`, 'song', 9),
      ],
    }),
    factsTable(docx, card),
    new docx.Paragraph({ spacing: { line: mm(2), lineRule: docx.LineRuleType.EXACT, ...tight }, children: [] }),
    contactsTable(docx, card),
    new docx.Paragraph({
      spacing: { before: mm(2.2), after: mm(0.3) },
      border: { top: { style: docx.BorderStyle.SINGLE, size: 4, color: '000000', space: 3 } },
      children: runs(docx, card.footer, 'song', sizeFor(card.footer, inner, [8.5, 8, 7.5, 7, 6.5, 6])),
    }),
    paragraph(
      docx,
      card.hotlines.join('　'),
      'song',
      sizeFor(card.hotlines.join('　'), inner, [8.5, 8, 7.5, 7, 6.5, 6]),
      {
        spacing: tight,
      },
    ),
  ]
}

interface Place {
  /** First column and how many columns it takes. */
  readonly from: number
  readonly span: number
  /** A thicker rule above parts the people from the child. */
  readonly rule?: boolean
}

function placed(docx: Docx, { from, span, rule }: Place) {
  const width = columns.slice(from, from + span).reduce((sum, column) => sum + column, 0)
  const options = {
    columnSpan: span,
    width: { size: mm(width), type: docx.WidthType.DXA },
    margins: { left: mm(2), right: mm(0.8), marginUnitType: docx.WidthType.DXA },
    ...(rule && { borders: { top: { style: docx.BorderStyle.SINGLE, size: 8, color: '000000' } } }),
  }
  return { width: width - 3.5, options }
}

function labelCell(docx: Docx, words: string, place: Place) {
  const face = paragraph(docx, words, 'sans', words.length > 4 ? 8 : 9, { alignment: docx.AlignmentType.CENTER })
  return cell(docx, [face], { ...placed(docx, place).options, margins: { left: 0, right: 0 } })
}

function valueCell(docx: Docx, words: string, place: Place) {
  const { width, options } = placed(docx, place)
  const size = sizeForRows(words, width, 2, [10.5, 10, 9.5, 9, 8.5], [8.5, 8, 7.5, 7, 6.5, 6, 5.5])
  return cell(docx, [paragraph(docx, words, 'song', size, exactly(docx, size))], options)
}

/** An exact line height keeps two small lines inside the row whatever the face's own spacing. */
function exactly(docx: Docx, size: number) {
  return { spacing: { line: Math.round(size * 23), lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 } }
}

/** Two numbers a line at most: Word would break a number at its hyphen. */
function phonesCell(docx: Docx, phones: readonly string[], place: Place) {
  const { width, options } = placed(docx, place)
  const lines = phones.length <= 2 ? [phones.join('　')] : [phones.slice(0, 2).join('　'), phones.slice(2).join('　')]
  const sizes = lines.length === 1 ? [10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7] : [8.5, 8, 7.5, 7, 6.5, 6]
  const size = Math.min(...lines.map((line) => sizeFor(line, width, sizes)))
  return cell(
    docx,
    lines.map((line) => paragraph(docx, line, 'sans', size, exactly(docx, size))),
    options,
  )
}

function nameCell(docx: Docx, words: string, place: Place, bold = false) {
  const { width, options } = placed(docx, place)
  const size = sizeFor(words, width, bold ? [13, 12, 11, 10, 9, 8, 7, 6] : [10.5, 9.5, 8.5, 7.5, 6.5, 6, 5.5, 5])
  return cell(
    docx,
    [
      new docx.Paragraph({
        ...exactly(docx, size),
        children: runs(docx, words, bold ? 'sans' : 'song', size, { bold }),
      }),
    ],
    options,
  )
}

function factsTable(docx: Docx, card: SetCard): Table {
  const thick: IBorderOptions = { style: docx.BorderStyle.SINGLE, size: 8, color: '000000' }
  const thin: IBorderOptions = { style: docx.BorderStyle.SINGLE, size: 4, color: '000000' }
  const row = (...children: TableCell[]) =>
    new docx.TableRow({ height: { value: mm(rowHeight), rule: docx.HeightRule.EXACT }, children })
  const lineRow = (words: string, value: string) =>
    row(labelCell(docx, words, { from: 0, span: 1 }), valueCell(docx, value, { from: 1, span: 6 }))
  const personRow = (words: string, person: PrintedPerson, rule: boolean) =>
    row(
      labelCell(docx, words, { from: 0, span: 1, rule }),
      nameCell(docx, person.name, { from: 1, span: 1, rule }),
      valueCell(docx, person.words, { from: 2, span: 3, rule }),
      phonesCell(docx, person.phones, { from: 5, span: 2, rule }),
    )
  return new docx.Table({
    layout: docx.TableLayoutType.FIXED,
    width: { size: mm(inner), type: docx.WidthType.DXA },
    columnWidths: columns.map(mm),
    borders: { top: thick, bottom: thick, left: thick, right: thick, insideHorizontal: thin, insideVertical: thin },
    rows: [
      row(
        labelCell(docx, '姓名', { from: 0, span: 1 }),
        nameCell(docx, card.name, { from: 1, span: 2 }, true),
        labelCell(docx, '性别', { from: 3, span: 1 }),
        valueCell(docx, card.sex, { from: 4, span: 1 }),
        labelCell(docx, card.born_label, { from: 5, span: 1 }),
        valueCell(docx, card.born, { from: 6, span: 1 }),
      ),
      lineRow('学校班级', card.school),
      lineRow('家庭住址', card.residence),
      personRow('照护人', card.carer, true),
      lineRow('照护人住址', card.carer_residence),
      personRow('父亲', card.father, true),
      personRow('母亲', card.mother, false),
    ],
  })
}

/** Teacher, helper, child director on the left, the QR with its words on the right. */
function contactsTable(docx: Docx, card: SetCard): Table {
  const underline: IBorderOptions = { style: docx.BorderStyle.SINGLE, size: 3, color: '000000' }
  const widths = [label, name - 3, 36, inner - label - name + 3 - 36 - 20, 20]
  const rowSpan = card.contacts.length
  const options = (index: number, blank = false) => ({
    width: { size: mm(widths[index] ?? 0), type: docx.WidthType.DXA },
    margins: { left: mm(2), right: 0, marginUnitType: docx.WidthType.DXA },
    ...(blank && { borders: { bottom: underline } }),
  })
  const right = { alignment: docx.AlignmentType.RIGHT, spacing: { before: 0, after: 0 } }
  const rows = card.contacts.map((contact, index) => {
    const nameSize = sizeFor(contact.name, name - 6, [10.5, 9.5, 8.5, 7.5, 6.5, 5.5])
    const cells = [
      labelCell(docx, contact.label, { from: 0, span: 1 }),
      cell(docx, [paragraph(docx, contact.name, 'song', nameSize)], options(1, contact.name === '')),
      cell(docx, [paragraph(docx, contact.phone, 'sans', 10.5)], options(2, contact.phone === '')),
    ]
    if (index === 0) {
      const words = card.png ? ['扫码要登录', '外人看不到'] : ['', '']
      cells.push(
        cell(
          docx,
          words.map((line) => paragraph(docx, line, 'song', 8.5, right)),
          { ...options(3), rowSpan },
        ),
      )
      const picture = card.png
        ? [new docx.ImageRun({ type: 'png', data: card.png, transformation: { width: 68, height: 68 } })]
        : []
      cells.push(
        cell(docx, [new docx.Paragraph({ ...right, children: picture })], {
          ...options(4),
          margins: { left: 0, right: 0 },
          rowSpan,
        }),
      )
    }
    return new docx.TableRow({ height: { value: mm(6), rule: docx.HeightRule.EXACT }, children: cells })
  })
  return new docx.Table({
    layout: docx.TableLayoutType.FIXED,
    width: { size: mm(inner), type: docx.WidthType.DXA },
    columnWidths: widths.map(mm),
    borders: bare(docx),
    rows,
  })
}
