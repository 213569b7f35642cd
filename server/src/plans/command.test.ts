import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { PlanReading } from '@nuanyang/contract/plans.reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-'))
afterAll(() => rmSync(folder, { recursive: true }))

function run(...args: string[]): { status: number | null; out: string; err: string } {
  const code = `import { planCommand } from ${JSON.stringify(new URL('command.ts', import.meta.url).href)}\nprocess.exitCode = await planCommand(process.argv.slice(1))`
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', code, '--', ...args], { encoding: 'utf8' })
  return { status: done.status, out: done.stdout, err: done.stderr }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const PLAN =
  '荷塘村关爱留守儿童工作计划\n一、工作目标\n1、建档率100%。\n二、措施\n1、每周与留守儿童谈心一次。\n三、工作安排\n九月：召开家长会。\n'

test('prints JSON that keeps the contract, and nothing else', () => {
  const { status, out, err } = run('parse', file('plan.txt', PLAN), '--json', '--year', '2029')
  expect([status, err]).toEqual([0, ''])
  const answer: unknown = JSON.parse(out)
  const validate = new Ajv2020({ strict: false }).compile(PlanReading)
  expect(validate(answer) ? [] : validate.errors).toEqual([])
  expect(answer).toMatchObject({
    source: { name: 'plan.txt', format: 'txt', text: PLAN },
    plans: [{ from: '2029-09', until: '2029-09', archetype: 'village' }],
  })
})

test('prints lines for people without --json', () => {
  const { status, out } = run('parse', file('plan.md', PLAN))
  expect(status).toBe(0)
  expect(out).toContain('每周 1 次')
  expect(out).toContain('9 月 召开家长会')
})

test.each([
  ['no file of that name', ['parse', join(folder, 'absent.txt')], '找不到文件'],
  ['a folder', ['parse', folder], '是文件夹'],
  ['a text that is no plan', ['parse', file('letter.txt', '亲爱的朋友，见字如面。')], '没有读到工作计划'],
  ['a PDF', ['parse', file('plan.pdf', '%PDF-1.4')], '另存为 .docx'],
  ['an impossible year', ['parse', file('p.txt', PLAN), '--year', '20'], '--year'],
  ['no verb', [], '用法'],
  ['an unknown option', ['parse', file('q.txt', PLAN), '--xml'], '用法'],
])('%s ends in a sentence and 2', (_name, args, sentence) => {
  const { status, out, err } = run(...args)
  expect([status, out]).toEqual([2, ''])
  expect(err).toContain(sentence)
})
