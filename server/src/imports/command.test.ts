import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { Check, Errors } from 'typebox/value'
import { RosterReport } from '@nuanyang/contract/imports.report.ts'
import type { ImportReport } from '@nuanyang/domain/rosters/report.ts'
import { parseImportArgs } from './command.ts'
import { asText, asXlsx } from './testing/class_files.ts'

const run = promisify(execFile)
const command = new URL('./command.ts', import.meta.url)
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-'))
  await writeFile(join(folder, '三年级.xlsx'), await asXlsx())
  await writeFile(join(folder, '疑问.csv'), '姓名,性别,出生日期,身份证号\n沈宇,?,2018.1,5.20203E+17\n')
  await writeFile(join(folder, '扫描件.xlsx'), '%PDF-1.7')
  await writeFile(join(folder, '统计.csv'), '村名,人数\n白岩村,42\n青石村,30\n')
})
afterAll(() => rm(folder, { recursive: true }))

/** The command in a process of its own, as people run it. */
async function nuanyang(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = `import(${JSON.stringify(command.href)}).then(async (m) => { process.exitCode = await m.importCommand(process.argv.slice(1)) })`
  try {
    return { code: 0, ...(await run(process.execPath, ['-e', script, '--', ...args], { maxBuffer: 1 << 26 })) }
  } catch (problem) {
    const { code, stdout, stderr } = problem as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}

describe('nuanyang import FILE --dry-run', () => {
  test('with --json prints the report alone, in the shape of the contract', async () => {
    const { code, stdout } = await nuanyang(join(folder, '三年级.xlsx'), '--dry-run', '--json')
    expect(code).toBe(0)
    const report: unknown = JSON.parse(stdout)
    expect([...Errors(RosterReport, report)]).toEqual([])
    expect(report).toMatchObject({
      file: { name: '三年级.xlsx', format: 'xlsx' },
      as_of: '2026-09-01',
      totals: { rows: 3, create: 3, reject: 0 },
    })
  })

  test('without --json says in Chinese what is in the file and what must be asked', async () => {
    const { code, stdout } = await nuanyang(join(folder, '疑问.csv'), '--dry-run')
    expect(code).toBe(0)
    for (const words of [
      '读到 1 行',
      '身份证号被当成数字，后几位已丢失：1 处（Sheet1第2行）',
      '需要确认 3 处',
      '什么也没有写入',
    ])
      expect(stdout).toContain(words)
  })

  test('--as-of and --accept-questions are taken', async () => {
    const { stdout } = await nuanyang(
      join(folder, '疑问.csv'),
      '--dry-run',
      '--json',
      '--as-of=2025-09',
      '--accept-questions',
    )
    const report = JSON.parse(stdout) as ImportReport
    expect(report.as_of).toBe('2025-09')
    expect(report.questions.map(({ answer, proposed }) => answer === proposed)).toEqual([true, true])
  })

  test.each([
    ['扫描件.xlsx', 'scanned'],
    ['统计.csv', 'no_roster'],
    ['没有.xlsx', 'not_found'],
  ])('%s ends with 2 and a sentence', async (name, code) => {
    const answer = await nuanyang(join(folder, name), '--dry-run', '--json')
    expect(answer.code).toBe(2)
    expect(JSON.parse(answer.stdout)).toMatchObject({ error: { code } })
    expect(answer.stderr).toMatch(/。\n$/)
  })
})

describe('arguments', () => {
  test.each([
    [[], '请写上要导入的文件'],
    [['a.xlsx', 'b.xlsx'], '一次只能导入一个文件'],
    [['a.xlsx', '--as-of', '去年'], '--as-of 要写成'],
    [['a.xlsx', '--what'], '不认识参数 --what'],
    [['a.xlsx', '--unit'], '--unit 后面要写一个值'],
  ])('%j is refused in words', (args, words) => {
    expect(parseImportArgs(args)).toMatchObject({ wrong: expect.stringContaining(words) as string })
  })

  test('all of them', () => {
    expect(
      parseImportArgs([
        '名单.xlsx',
        '--unit',
        '白岩村',
        '--as=zhou',
        '--dry-run',
        '--json',
        '--accept-questions',
        '--as-of',
        '2025-09',
      ]),
    ).toEqual({
      file: '名单.xlsx',
      unit: '白岩村',
      as: 'zhou',
      dry_run: true,
      json: true,
      accept_questions: true,
      as_of: '2025-09',
    })
  })
})

test('the report of the reader is the report of the contract', async () => {
  expectTypeOf<RosterReport>().toExtend<ImportReport>()
  await writeFile(join(folder, 'gbk.csv'), asText('gb18030'))
  const { stdout } = await nuanyang(join(folder, 'gbk.csv'), '--dry-run', '--json')
  expect(Check(RosterReport, JSON.parse(stdout))).toBe(true)
})
