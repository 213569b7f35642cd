import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import * as sheetjs from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { ledgerPresets } from '@nuanyang/domain/ledger_presets.ts'
import {
  chooseFields,
  listFields,
  type LedgerChild,
  type LedgerField,
  type LedgerPreset,
} from '@nuanyang/domain/ledgers.ts'
import { readRoster } from '@nuanyang/domain/rosters/read.ts'
import { openWorkbook } from '../imports/workbook.ts'
import { ledgerTable, pickedLayout, type LedgerPaper } from './ledger.ts'
import { sheetStream, writeSheet, type Sheet } from './xlsx.ts'
import { formula, xiaoyu } from './testing/children.ts'
import { partOf } from './testing/read.ts'

const paper: LedgerPaper = {
  title: '芦溪镇小暑村留守儿童台账',
  unit: '芦溪镇小暑村村民委员会',
  as_of: '2026-11-25',
  issued_by: '周敏',
  issued_at: '2026-11-25 16:20',
  purpose: '报送镇民政办 & 存档',
  notes: ['空白处为还没有采集到。'],
  unknown_as: '',
}

function preset(code: string): LedgerPreset {
  const found = ledgerPresets.find((one) => one.code === code)
  if (!found) throw new Error(`no ledger ${code}`)
  return found
}

const childLedger = (layout: LedgerPreset, words: LedgerPaper, children: readonly LedgerChild[]) =>
  sheetStream(ledgerTable(layout, words, children))
const childList = (fields: readonly LedgerField[], words: LedgerPaper, children: readonly LedgerChild[]) =>
  sheetStream(ledgerTable(pickedLayout(fields), words, children))

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return new Uint8Array(Buffer.concat(chunks))
}

async function opened(file: Uint8Array): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file as unknown as ExcelJS.Buffer)
  const sheet = workbook.worksheets[0]
  if (!sheet) throw new Error('the workbook has no sheet')
  return sheet
}

describe('a village ledger', () => {
  const made = bytesOf(childLedger(preset('village_ledger'), paper, [xiaoyu, formula]))

  test('is laid out as it is handed in', async () => {
    const sheet = await opened(await made)
    expect(sheet.getCell('A1').value).toBe('芦溪镇小暑村留守儿童台账')
    expect(sheet.model.merges).toContain('A1:Y1')
    expect(sheet.getCell('A2').value).toBe('填报单位：芦溪镇小暑村村民委员会')
    expect(sheet.getRow(2).getCell(14).value).toBe('截至日期：2026年11月25日')
    expect([3, 4].map((row) => sheet.getRow(row).getCell(15).value)).toEqual(['父亲', '姓名'])
    expect(sheet.model.merges).toEqual(expect.arrayContaining(['A3:A4', 'O3:Q3', 'R3:T3']))
    expect(sheet.getCell('A7').value).toBe('注：空白处为还没有采集到。')
    expect(sheet.getCell('A8').text).toMatch(/^填表人：.*审核人：.*单位负责人（盖章）：/)
    expect(sheet.getCell('D5').border).toMatchObject({ top: { style: 'thin' }, left: { style: 'thin' } })
  })

  test('keeps its head on screen and repeats it on every printed page', async () => {
    const file = await made
    const sheet = await opened(file)
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 4, xSplit: 4 })
    expect(sheet.pageSetup).toMatchObject({ paperSize: 8, orientation: 'landscape', fitToWidth: 1, fitToHeight: 0 })
    expect(partOf(file, 'xl/workbook.xml')).toMatch(/_xlnm\.Print_Titles[^<]*<?[^>]*>[^<]*\$3:\$4/)
    expect(partOf(file, 'xl/worksheets/sheet1.xml')).toContain('<pageSetUpPr fitToPage="1"/>')
  })

  test('says on every page who took it out, when and what for', async () => {
    const footer = (await opened(await made)).headerFooter.oddFooter ?? ''
    expect(footer).toContain('导出人：周敏　导出时间：2026-11-25 16:20　用途：报送镇民政办 && 存档')
    expect(footer).toContain('第 &P 页 共 &N 页')
    expect(footer.length).toBeLessThan(256)
  })

  test('writes identity numbers, phones and days as text, the count as a number', async () => {
    const row = (await opened(await made)).getRow(5)
    expect(row.getCell(1).value).toBe(1)
    expect(row.getCell(6).value).toBe('431201201708219024')
    expect(row.getCell(7).value).toBe('2017-08-21')
    expect(row.getCell(14).value).toBe('19900000216')
    expect(row.getCell(17).value).toBe('19800000731\n19800000732')
    for (const column of [6, 7, 14, 17]) expect(row.getCell(column).numFmt).toBe('@')
  })

  test('masked stays masked, unknown stays blank', async () => {
    const row = (await opened(await made)).getRow(6)
    expect(row.getCell(6).value).toBe('431••••••••••9021')
    expect(row.getCell(17).value).toBe('138••••1234')
    expect(row.getCell(5).value).toBeNull()
    const named = await opened(
      await bytesOf(childLedger(preset('village_ledger'), { ...paper, unknown_as: '未采集' }, [formula])),
    )
    expect(named.getRow(5).getCell(5).value).toBe('未采集')
  })

  test('no text is ever a formula, and every text comes back as it was', async () => {
    const file = await bytesOf(
      childList(
        chooseFields(['name', 'school', 'residence', 'villager_group', 'father.name', 'father.work_place', 'remark']),
        paper,
        [formula],
      ),
    )
    expect(partOf(file, 'xl/worksheets/sheet1.xml')).not.toContain('<f>')
    const workbook = sheetjs.read(file, { type: 'array', cellFormula: true, cellStyles: true })
    const sheet = workbook.Sheets[workbook.SheetNames[0] ?? '']
    const cells = ['B5', 'C5', 'D5', 'E5', 'F5', 'G5', 'H5'].map(
      (address) => sheet?.[address] as sheetjs.CellObject | undefined,
    )
    expect(cells.map((cell) => cell?.v)).toEqual([
      formula.name,
      formula.residence,
      '+1',
      '\t=1+1',
      '-1',
      '=1+1',
      formula.remark,
    ])
    for (const cell of cells) expect(cell).toMatchObject({ t: 's' })
    for (const cell of cells) expect(cell).not.toHaveProperty('f')
    const again = (await opened(file)).getRow(5)
    expect([3, 5, 7].map((column) => again.getCell(column).numFmt)).toEqual(['@', '@', '@'])
  })
})

describe('exported and read again, a child is the same', () => {
  const read = async (stream: AsyncIterable<Uint8Array>) => {
    const workbook = await openWorkbook(await bytesOf(stream), '导出.xlsx')
    return readRoster(workbook, { today: '2026-11-25' })
  }

  test('a list of every column gives back the whole child, without a question', async () => {
    const report = await read(childList(listFields, paper, [xiaoyu]))
    const { facts: _known, ...canonical } = xiaoyu
    expect(report.rows).toHaveLength(1)
    expect(report.rows[0]?.child).toMatchObject(canonical)
    expect(report.rows[0]?.child).toMatchObject({ extra: {}, facts: { carer_relation_words: '奶奶' } })
    expect(report.rows[0]?.issues).toEqual([])
    expect(report.questions).toEqual([])
    expect(report.as_of).toBe('2026-11-25')
  })

  test.each(ledgerPresets.filter((one) => !one.rows).map((one) => one.code))(
    '%s: nothing it says differs, facts included',
    async (code) => {
      const report = await read(childLedger(preset(code), paper, [xiaoyu]))
      const child = report.rows[0]?.child
      if (!child) throw new Error('the child was not read')
      for (const { field, header } of preset(code).columns) {
        const [path = ''] = field.split('=')
        if (path === 'age' || path === 'facts.other_parent_unable') continue
        for (const part of path.split('+'))
          expect([header, valueAt(child, part)]).toEqual([header, valueAt(xiaoyu, part)])
      }
      expect(report.rows[0]?.issues).toEqual([])
      expect(report.questions).toEqual([])
      // Title, unit line, heads, note and signatures are no children, and no column was left without a meaning.
      expect(report.rows).toHaveLength(1)
      const columns = report.sheets.flatMap((sheet) => sheet.tables.flatMap((table) => table.columns))
      expect(columns.length).toBe(preset(code).columns.length + (preset(code).numbered ? 1 : 0))
    },
  )

  test('what looks like a formula is still the same text, and what was masked is refused instead of stored', async () => {
    const report = await read(childList(listFields, paper, [formula]))
    expect(report.rows[0]?.child).toMatchObject({
      name: formula.name,
      residence: formula.residence,
      villager_group: '+1',
      id_no: null,
      father: { phones: [], work_place: '=1+1' },
    })
    expect(report.rows[0]?.issues.map((issue) => issue.field)).toEqual(
      expect.arrayContaining(['id_no', 'father.phones']),
    )
  })

  function valueAt(child: LedgerChild, path: string): unknown {
    let value: unknown = child
    for (const key of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[key] ?? null
    return value
  }
})

test('names longer than usual get a wider column when the children are known', async () => {
  const list = (children: readonly LedgerChild[]) =>
    bytesOf(childList(chooseFields(['name', 'residence']), paper, children))
  const usual = (await opened(await list([xiaoyu]))).getColumn(2).width ?? 0
  const long = (await opened(await list([xiaoyu, formula]))).getColumn(2).width ?? 0
  expect(long).toBeGreaterThan(usual)
})

test('the 43 fields lie on two sheets of paper, the name on both', async () => {
  const file = await bytesOf(childLedger(preset('official_43'), paper, [xiaoyu]))
  const sheet = await opened(file)
  expect(sheet.pageSetup.fitToWidth).toBe(2)
  expect(partOf(file, 'xl/workbook.xml')).toMatch(/\$A:\$A/)
})

test('rows come one by one, and an error among them reaches whoever reads', async () => {
  async function* failing() {
    yield await Promise.resolve(['陈小雨'])
    throw new Error('数据库断开了')
  }
  const sheet = ledgerTable(pickedLayout(chooseFields(['name'])), paper, [])
  await expect(bytesOf(sheetStream({ ...sheet, rows: failing() }))).rejects.toThrow('数据库断开了')
})

test('a sheet without columns is refused in words; an empty one is a sheet with its head', async () => {
  const empty: Sheet = {
    ...ledgerTable(pickedLayout([]), { ...paper, title: 'a/b:c' }, []),
    columns: [],
  }
  expect(() => sheetStream(empty)).toThrow('请至少选一列')
  const sheet = await opened(await writeSheet({ ...empty, columns: [{ header: '姓名', width: 10, kind: 'text' }] }))
  expect(sheet.getRow(3).getCell(1).value).toBe('姓名')
  expect(sheet.name).toBe('abc')
})

test('20,000 children', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nuanyang-ledger-'))
  try {
    const file = join(folder, 'big.xlsx')
    const before = process.memoryUsage().rss
    let peak = before
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 10)
    const started = performance.now()
    const children = Array.from({ length: 20_000 }, (_, index) => (index % 9 === 4 ? formula : xiaoyu))
    await pipeline(childLedger(preset('village_ledger'), paper, children), createWriteStream(file))
    clearInterval(watch)
    const mb = (bytes: number) => Math.round(bytes / 1_000_000)
    process.stdout.write(
      `20,000 rows × 25 columns: ${Math.round(performance.now() - started)} ms, ${mb((await stat(file)).size)} MB, memory +${mb(peak - before)} MB, longest wait of others ${Math.round(longest)} ms\n`,
    )
    const rows = partOf(new Uint8Array(await readFile(file)), 'xl/worksheets/sheet1.xml').match(/<row r="\d+"/g) ?? []
    // Title, unit, two rows of heads, children, note, signatures.
    expect(rows).toHaveLength(20_000 + 6)
  } finally {
    await rm(folder, { recursive: true })
  }
}, 60_000)
