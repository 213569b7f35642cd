import { deflateRawSync } from 'node:zlib'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readRoster } from '@nuanyang/domain/rosters/read.ts'
import type { ImportReport } from '@nuanyang/domain/rosters/report.ts'
import { asDocx, asLegacy, asStrictXlsx, asText, asXlsx } from './testing/class_files.ts'
import { ReadRefusal } from './refusal.ts'
import { openWorkbook } from './workbook.ts'

async function read(bytes: Uint8Array, name: string): Promise<ImportReport> {
  return readRoster(await openWorkbook(bytes, name), { today: '2026-09-15' })
}

/** What does not depend on the container. */
function content(report: ImportReport) {
  return report.rows.map(({ action, child, issues }) => ({ action, child, issues }))
}

describe('the same class in every kind of file', () => {
  const kinds: [string, string, () => Uint8Array | Promise<Uint8Array>][] = [
    ['a.xls', 'xls', () => asLegacy('biff8')],
    ['a.et', 'xls', () => asLegacy('biff8')],
    ['a.ods', 'ods', () => asLegacy('ods')],
    ['saved-as.xls', 'html', () => asLegacy('html')],
    ['export.xls', 'spreadsheetml', () => asLegacy('xlml')],
    ['a.xlsb', 'xlsx', () => asLegacy('xlsb')],
    ['strict.xlsx', 'xlsx', () => asStrictXlsx()],
    ['gbk.csv', 'csv', () => asText('gb18030')],
    ['bom.csv', 'csv', () => asText('utf8')],
    ['tabs.txt', 'csv', () => asText('utf16le', '\t')],
    ['word.docx', 'docx', () => asDocx()],
  ]
  test.each(kinds)('%s reads as the .xlsx does', async (name, format, make) => {
    const model = await read(await asXlsx(), 'a.xlsx')
    const report = await read(await make(), name)
    expect(report.file.format).toBe(format)
    expect(content(report)).toEqual(content(model))
    expect(report.as_of).toBe('2026-09-01')
  })

  test('the .xlsx itself says what the sheet says', async () => {
    const { rows } = await read(await asXlsx(), 'a.xlsx')
    expect(
      rows.map(({ child }) => [
        child.name,
        child.sex,
        child.born_on,
        child.grade,
        child.class,
        child.school,
        child.boarding,
        child.away,
        child.remark,
      ]),
    ).toEqual([
      ['沈宇', 'male', '2018-04-28', '3', '1', '白岩小学', true, 'both_parents', null],
      ['钟杰博', 'male', '2017-12-21', '3', '1', '白岩小学', false, 'one_parent', '转学；=cmd|calc'],
      ['彭丽𠮷', 'female', '2017-11-02', '3', '1', '白岩小学', true, 'both_parents', '喜欢画画😀，姓名用字\ue863'],
    ])
    expect(rows[0]?.child.carer).toMatchObject({
      name: '沈大山',
      relation: 'paternal_grandfather',
      phones: ['19000000445'],
    })
    expect(rows[0]?.child.father).toEqual({
      name: '沈涛鑫',
      phones: ['19900001549'],
      work_place: '广东省东莞市',
      id_no: null,
    })
    expect(rows.flatMap((row) => row.issues)).toEqual([])
  })
})

describe('files that are refused end in one sentence that says what to do', () => {
  const ole = (stream: string) =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(504),
      Buffer.from(stream, 'utf16le'),
      Buffer.alloc(512),
    ])
  const text = (content: string) => new TextEncoder().encode(content)
  const cases: [string, () => Uint8Array | Promise<Uint8Array>, string][] = [
    ['an empty file', () => new Uint8Array(), 'empty_file'],
    ['a text of blanks', () => text(' \r\n \r\n'), 'empty_file'],
    ['a workbook without cells', () => asXlsx([[]]), 'empty_file'],
    ['an encrypted workbook', () => ole('EncryptedPackage'), 'password_protected'],
    ['an old Word file', () => ole('WordDocument'), 'legacy_doc'],
    ['another OLE file', () => ole('SomethingElse'), 'not_a_table'],
    ['a broken BIFF file', () => ole('Workbook'), 'corrupted'],
    ['a scan', () => text('%PDF-1.7 …'), 'scanned'],
    ['a photo', () => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'scanned'],
    ['a phone photo', () => Buffer.from('0000001866747970686569630000', 'hex'), 'scanned'],
    ['a RAR package', () => text('Rar!\u001a'), 'compressed_package'],
    ['a zip of other files', () => zipSync({ '名单/三年级.txt': text('张三') }), 'compressed_package'],
    ['half a workbook', async () => (await asXlsx()).slice(0, 2000), 'corrupted'],
    ['a letter', () => text('各位家长：\n请于周五前交表。\n谢谢！'), 'not_a_table'],
    ['rich text', () => text('{\\rtf1\\ansi hello}'), 'not_a_table'],
    [
      'a Word file without table',
      () =>
        zipSync({
          '[Content_Types].xml': text('<Types/>'),
          'word/document.xml': text(
            '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>通知</w:t></w:r></w:p></w:body></w:document>',
          ),
        }),
      'not_a_table',
    ],
    ['a zip bomb', () => bombXlsx(), 'too_large_inside'],
    ['a file of more than 64 MB', () => new Uint8Array(64 * 1024 * 1024 + 1), 'too_large'],
  ]
  test.each(cases)('%s', async (_what, make, code) => {
    const refusal = await openWorkbook(await make(), 'x.xlsx').catch((problem: unknown) => problem)
    expect(refusal).toBeInstanceOf(ReadRefusal)
    const { code: said, zh, en } = refusal as ReadRefusal
    expect(said).toBe(code)
    expect(zh).toMatch(/^[^\n]{10,}。$/)
    expect(en).toMatch(/\.$/)
  })

  test('a file that is not there', async () => {
    await expect(openWorkbook('/nowhere/名单.xlsx')).rejects.toMatchObject({ code: 'not_found' })
  })
})

/** A sheet of blanks that unpacks to a thousand times its size, with a directory that says it is small. */
function bombXlsx(): Uint8Array {
  const small = (content: string) => ({ packed: deflateRawSync(content), size: content.length })
  const parts = {
    'xl/workbook.xml': small('<workbook><sheets><sheet name="a" r:id="r"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': small(
      '<Relationships><Relationship Id="r" Type="x/worksheet" Target="a.xml"/></Relationships>',
    ),
    'xl/a.xml': { packed: deflateRawSync(Buffer.alloc(80 * 1024 * 1024, ' ')), size: 1000 },
  }
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, { packed, size }] of Object.entries(parts)) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    files.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, ...directory, end])
}

describe('what a sheet holds besides text', () => {
  test('struck text, hidden rows and sheets, comments, formulas without result, months, exact digits', async () => {
    const bytes = await asXlsx(
      [
        ['姓名', '出生年月', '身份证号', '电话'],
        ['张三', new Date(Date.UTC(2015, 2, 1)), Number('520203201804289018'), 19900001549],
        ['李四', 2014.1, '', 'x'],
      ],
      (sheet, book) => {
        sheet.getCell('B2').numFmt = 'yyyy"年"m"月"'
        sheet.getCell('B3').numFmt = '0.00'
        sheet.getCell('A3').font = { strike: true }
        sheet.getCell('A2').note = '已转走'
        sheet.getRow(3).hidden = true
        sheet.getCell('D3').value = { formula: 'A1', result: undefined } as never
        book.addWorksheet('旧', { state: 'veryHidden' }).getCell('A1').value = '姓名'
      },
    )
    const { sheets } = await openWorkbook(bytes, 'a.xlsx')
    const [first, second] = sheets
    const row = (number: number) => first?.rows.find((known) => known.number === number)
    expect(row(2)?.cells.get(0)).toMatchObject({ text: '张三', comment: '已转走' })
    expect(row(2)?.cells.get(1)).toEqual({ kind: 'date', text: '2015-03' })
    expect(row(2)?.cells.get(2)).toEqual({ kind: 'number', text: '520203201804289024' })
    expect(row(2)?.cells.get(3)).toEqual({ kind: 'number', text: '19900001549' })
    expect(row(3)).toMatchObject({ hidden: true })
    expect(row(3)?.cells.get(0)).toMatchObject({ struck: true })
    expect(row(3)?.cells.get(1)).toEqual({ kind: 'number', text: '2014.10' })
    expect(row(3)?.cells.get(3)).toMatchObject({ kind: 'error', unset: true })
    expect(second).toMatchObject({ name: '旧', hidden: true })
  })

  test('a workbook with macros is read and says that they were not run', async () => {
    const parts = unzipSync(await asXlsx())
    const { notes, sheets } = await openWorkbook(
      zipSync({ ...parts, 'xl/vbaProject.bin': new Uint8Array([1, 2, 3]) }),
      'a.xlsm',
    )
    expect(notes.map((note) => note.code)).toEqual(['macros_ignored'])
    expect(sheets[0]?.rows.length).toBeGreaterThan(5)
  })

  test('a cell of ten megabytes and a name of a hundred characters arrive whole', async () => {
    const long = '长'.repeat(3_400_000)
    const name = '阿'.repeat(60) + '·' + '买'.repeat(39)
    const csv = new TextEncoder().encode(`姓名,性别,备注\n${name},男,${long}\n`)
    const report = readRoster(await openWorkbook(csv, 'a.csv'), { today: '2026-09-15' })
    expect(report.rows[0]?.child.name).toBe(name)
    expect(report.rows[0]?.child.remark).toHaveLength(long.length)
  })

  test('a text table whose cells all stand in quotes is read past any length; a quote never closed is a letter', async () => {
    const book = async (lines: readonly string[][], close = '"') => {
      const csv = lines.map((line) => line.map((cell) => `"${cell}"`).join(',')).join('\n')
      return readRoster(await openWorkbook(new TextEncoder().encode(csv.slice(0, -1) + close), 'a.csv'), {
        today: '2026-09-15',
      })
    }
    const wide = Array.from({ length: 70 }, (_, n) => [`张小${n}`, '男', '住得远，'.repeat(300)])
    const found = await book([['姓名', '性别', '备注'], ...wide])
    expect(found.rows.map(({ child }) => child.name)).toEqual(wide.map(([name]) => name))
    const open = await book(
      [
        ['姓名', '性别', '备注'],
        ['张小一', '男', '爱说"好"'],
        ['张小二', '女', '怕黑。'],
      ],
      '',
    )
    expect(open.rows.map(({ child }) => [child.name, child.sex])).toEqual([
      ['张小一', 'male'],
      ['张小二', 'female'],
    ])
  })

  test('1904 dates are four years later than their serials say', async () => {
    const bytes = await asXlsx(
      [
        ['姓名', '出生日期'],
        ['张三', new Date(Date.UTC(2015, 2, 7))],
      ],
      (_sheet, book) => {
        book.properties.date1904 = true
      },
    )
    const report = readRoster(await openWorkbook(bytes, 'a.xlsx'), { today: '2026-09-15' })
    expect(report.rows[0]?.child.born_on).toBe('2015-03-07')
  })
})
