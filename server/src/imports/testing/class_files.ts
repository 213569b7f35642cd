// One invented class in every kind of file that offices send.

import { strToU8, unzipSync, zipSync } from 'fflate'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import * as xlsx from '@e965/xlsx'

/** Text stays text; `Date` is a date cell (UTC midnight); numbers are numbers. */
export type Field = string | number | Date | null

export const classRows: readonly (readonly Field[])[] = [
  ['白岩小学三年级（1）班留守儿童花名册'],
  ['学校：白岩小学', null, null, '2026年9月1日'],
  [
    '序号',
    '姓名',
    '性别',
    '出生日期',
    '身份证号',
    '家庭住址',
    '父亲姓名',
    '父亲电话',
    '务工地点',
    '监护人',
    '与儿童关系',
    '监护人电话',
    '留守类型',
    '是否寄宿',
    '备注',
  ],
  [
    1,
    '沈宇',
    '男',
    new Date(Date.UTC(2018, 3, 28)),
    '520203201804289018',
    '白岩村一组',
    '沈涛鑫',
    '19900001549',
    '广东省东莞市',
    '沈大山',
    '爷爷',
    '19000000445',
    '父母双方外出',
    '是',
    null,
  ],
  [
    2,
    '钟杰博（转学）',
    '男',
    new Date(Date.UTC(2017, 11, 21)),
    '520203201712219493',
    '白岩村二组',
    '钟志',
    '19000000445',
    '浙江省义乌市',
    '胡碧桂',
    '奶奶',
    '19000005484',
    '父母一方外出',
    '否',
    '=cmd|calc',
  ],
  [
    3,
    '彭丽𠮷',
    '女',
    new Date(Date.UTC(2017, 10, 2)),
    '520203201711029989',
    '白岩村一组',
    '彭杰航',
    '19800002219',
    '重庆市',
    '肖思',
    '外婆',
    '19900001854',
    '双亲留守',
    '是',
    '喜欢画画😀，姓名用字\ue863',
  ],
  ['合计', '3人'],
  ['填表人：周某', null, '审核人：'],
]

export async function asXlsx(
  rows: readonly (readonly Field[])[] = classRows,
  change?: (sheet: ExcelJS.Worksheet, book: ExcelJS.Workbook) => void,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('三年级1班')
  rows.forEach((fields, place) => {
    fields.forEach((field, column) => {
      if (field === null) return
      const cell = sheet.getCell(place + 1, column + 1)
      cell.value = field
      if (field instanceof Date) cell.numFmt = 'yyyy/m/d'
    })
  })
  if (rows === classRows) sheet.mergeCells('A1:O1')
  change?.(sheet, book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** The same workbook as a Strict file: other namespaces, ISO dates allowed. */
export async function asStrictXlsx(): Promise<Uint8Array> {
  const parts = unzipSync(await asXlsx())
  const strict = Object.entries(parts).map(([name, bytes]): [string, Uint8Array] => {
    if (!name.endsWith('.xml') && !name.endsWith('.rels')) return [name, bytes]
    const xml = new TextDecoder()
      .decode(bytes)
      .replaceAll(
        'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
        'http://purl.oclc.org/ooxml/spreadsheetml/main',
      )
      .replaceAll(
        'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
        'http://purl.oclc.org/ooxml/officeDocument/relationships',
      )
      .replaceAll(/<c r="D4"([^>]*)><v>[\d.]+<\/v>/g, '<c r="D4"$1 t="d"><v>2018-04-28T00:00:00Z</v>')
    return [name, strToU8(xml)]
  })
  return zipSync(Object.fromEntries(strict))
}

function asBook(): xlsx.WorkBook {
  const sheet = xlsx.utils.aoa_to_sheet(
    classRows.map((fields) => [...fields]),
    { cellDates: false, dateNF: 'yyyy/m/d', UTC: true },
  )
  sheet['!merges'] = [xlsx.utils.decode_range('A1:O1')]
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, sheet, '三年级1班')
  return book
}

export function asLegacy(type: 'biff8' | 'ods' | 'xlml' | 'html' | 'xlsb'): Uint8Array {
  const written: unknown = xlsx.write(asBook(), {
    type: type === 'html' || type === 'xlml' ? 'string' : 'buffer',
    bookType: type,
  })
  return typeof written === 'string' ? new TextEncoder().encode(written) : new Uint8Array(written as Buffer)
}

export function asText(encoding: 'gb18030' | 'utf8' | 'utf16le', delimiter: ',' | '\t' = ','): Uint8Array {
  const lines = classRows.map((fields) =>
    fields
      .map((field) =>
        field instanceof Date ? field.toISOString().slice(0, 10).replaceAll('-', '/') : String(field ?? ''),
      )
      .map((text) => (/[",\n\t]/.test(text) ? `"${text}"` : text))
      .join(delimiter),
  )
  return new Uint8Array(iconv.encode(`${lines.join('\r\n')}\r\n`, encoding, { addBOM: encoding !== 'gb18030' }))
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A Word document with its title as a paragraph and the table below it. */
export function asDocx(): Uint8Array {
  const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`
  const cell = (field: Field) =>
    `<w:tc><w:tcPr/>${paragraph(field instanceof Date ? field.toISOString().slice(0, 10) : String(field ?? ''))}</w:tc>`
  const width = Math.max(...classRows.map((fields) => fields.length))
  const table = classRows
    .slice(2)
    .map(
      (fields) =>
        `<w:tr>${Array.from({ length: width }, (_empty, column) => cell(fields[column] ?? null)).join('')}</w:tr>`,
    )
  const above = classRows.slice(0, 2).map((fields) =>
    paragraph(
      fields
        .filter((field) => field !== null)
        .map(String)
        .join('  '),
    ),
  )
  const body = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${above.join('')}<w:tbl>${table.join('')}</w:tbl></w:body></w:document>`
  return zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(body) })
}
