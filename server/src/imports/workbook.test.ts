import { describe, expect, test } from 'vitest'
import { readRoster } from '@nuanyang/domain/rosters/read.ts'
import type { ImportReport } from '@nuanyang/domain/rosters/report.ts'
import { asDocx, asLegacy, asStrictXlsx, asText, asXlsx } from './testing/class_files.ts'
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
    expect(rows.map(({ child }) => [child.name, child.sex, child.born_on, child.grade, child.class, child.school, child.boarding, child.away, child.remark])).toEqual([
      ['沈宇', 'male', '2018-04-28', '3', '1', '白岩小学', true, 'both_parents', null],
      ['钟杰博', 'male', '2017-12-21', '3', '1', '白岩小学', false, 'one_parent', '转学；=cmd|calc'],
      ['彭丽𠮷', 'female', '2017-11-02', '3', '1', '白岩小学', true, 'both_parents', '喜欢画画😀，姓名用字\ue863'],
    ])
    expect(rows[0]?.child.carer).toMatchObject({ name: '沈大山', relation: 'paternal_grandfather', phones: ['19000000445'] })
    expect(rows[0]?.child.father).toEqual({ name: '沈涛鑫', phones: ['19900001549'], work_place: '广东省东莞市', id_no: null })
    expect(rows.flatMap((row) => row.issues)).toEqual([])
  })
})
