import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPlans } from './read.ts'
import type { PlanRead } from './types.ts'

// Invented plans of villages, schools, communities, offices and a committee, each with what a person would read out of it.
// `accept` names other right answers, `optional` items may be read or left.

type Expected = { quote: string; optional?: boolean; accept?: Record<string, unknown[]> } & Record<string, unknown>
type ExpectedPlan = {
  title: string
  archetype: string | null
  goals: Expected[]
  duties: Expected[]
  tasks: Expected[]
}
type Item = { quote: string; span: [number, number] } & Record<string, unknown>

const FIELDS = {
  goals: ['indicator', 'target'],
  duties: ['kind', 'rhythm'],
  tasks: ['kind', 'month', 'year_offset', 'festival'],
} as const
const folder = new URL('fixtures/', import.meta.url)
const names = readdirSync(folder).filter((name) => /\.(?:txt|md)$/.test(name))

function same(field: string, expected: Expected, item: Item): boolean {
  const plain = (value: unknown): string => JSON.stringify(value ?? (field === 'year_offset' ? 0 : null))
  return [expected[field], ...(expected.accept?.[field] ?? [])].some((value) => plain(value) === plain(item[field]))
}

function matches(type: keyof typeof FIELDS, source: string, expected: Expected, item: Item): boolean {
  const fields = expected.optional ? FIELDS[type].slice(0, 1) : FIELDS[type]
  if (!fields.every((field) => same(field, expected, item))) return false
  for (let at = source.indexOf(expected.quote); at >= 0; at = source.indexOf(expected.quote, at + 1)) {
    const shared = Math.min(at + expected.quote.length, item.span[1]) - Math.max(at, item.span[0])
    if (shared * 2 >= Math.min(expected.quote.length, item.span[1] - item.span[0])) return true
  }
  return false
}

/** What was missed and what was read without being there, as lines a person can follow; the pairing of the two is the best there is. */
function differences(type: keyof typeof FIELDS, source: string, expected: Expected[], items: Item[]): string[] {
  const takenBy = new Map<Item, Expected>()
  const take = (wanted: Expected, tried: Set<Item>): boolean =>
    items.some((item) => {
      if (tried.has(item) || !matches(type, source, wanted, item)) return false
      tried.add(item)
      const before = takenBy.get(item)
      if (before && !take(before, tried)) return false
      takenBy.set(item, wanted)
      return true
    })
  const required = expected.filter((wanted) => !wanted.optional)
  const missed = required.filter((wanted) => !take(wanted, new Set())).map(({ quote }) => `missed ${type}: ${quote}`)
  for (const wanted of expected) if (wanted.optional) take(wanted, new Set())
  const wrong = items.filter((item) => !takenBy.has(item))
  return [
    ...missed,
    ...wrong.map((i) => `not there, ${type}: ${i.quote} ${JSON.stringify(i['kind'] ?? i['indicator'])}`),
  ]
}

test.each(names)('%s is read as a person reads it', (name) => {
  const source = readFileSync(new URL(name, folder), 'utf8')
  const { plans: expected } = JSON.parse(
    readFileSync(new URL(name.replace(/\.\w+$/, '.expected.json'), folder), 'utf8'),
  ) as { plans: ExpectedPlan[] }
  const { plans } = readPlans(source, { today: '2026-08-15' })
  expect(plans.map(({ title }) => title)).toEqual(expected.map(({ title }) => title))
  expect(plans.map(({ archetype }) => archetype)).toEqual(expected.map(({ archetype }) => archetype))
  const lines = plans.flatMap((plan, i) =>
    (['goals', 'duties', 'tasks'] as const).flatMap((type) =>
      differences(type, source, expected[i]?.[type] ?? [], plan[type]),
    ),
  )
  expect(lines).toEqual([])
})

test.each(names)('%s: every item carries its exact words', (name) => {
  const source = readFileSync(new URL(name, folder), 'utf8')
  for (const plan of readPlans(source, { today: '2026-08-15' }).plans)
    for (const item of [...plan.goals, ...plan.duties, ...plan.tasks]) {
      expect(source.slice(item.span[0], item.span[1])).toBe(item.quote)
      expect(item.quote.length).toBeLessThanOrEqual(250)
    }
})

function only(text: string, year?: number): PlanRead {
  const { plans } = readPlans(text, { today: '2026-08-15', ...(year ? { year } : {}) })
  expect(plans).toHaveLength(1)
  return plans[0] as PlanRead
}

const CALENDAR = '杏花村留守儿童工作计划\n一、工作安排\n九月：开展摸底调查。\n十二月：召开家长会。\n元月：工作总结。\n'

test.each([
  ['the year it is, in August', CALENDAR, '2026-08-15', undefined, '2026-09', '2027-01'],
  ['the school year that is running, in spring', CALENDAR, '2027-03-01', undefined, '2026-09', '2027-01'],
  ['the year the person says', CALENDAR, '2026-08-15', 2025, '2025-09', '2026-01'],
  [
    'a school year in the title',
    CALENDAR.replace('杏花村', '2028—2029学年'),
    '2026-08-15',
    undefined,
    '2028-09',
    '2029-01',
  ],
  ['a year in the title', CALENDAR.replace('杏花村', '杏花村2030年'), '2026-08-15', undefined, '2030-09', '2031-01'],
  [
    'a year written beside a month',
    CALENDAR.replace('元月', '2029年1月'),
    '2026-08-15',
    undefined,
    '2028-09',
    '2029-01',
  ],
])('months belong to %s', (_title, text, today, year, from, until) => {
  const plan = readPlans(text, { today, ...(year ? { year } : {}) }).plans[0]
  expect([plan?.from, plan?.until]).toEqual([from, until])
  expect(plan?.tasks.map((t) => t.year_offset)).toEqual([0, 0, 1])
})

test('items with nothing but a space between them are items, and a time of day ends no sentence', () => {
  const text =
    '杏花村小学留守儿童工作计划\n一、措施\n心理辅导室周一至周五中午12:30—13:10开放，由心理教师值班。\n二、工作安排\n十一月：1.手抄报比赛 2.成绩分析会 3.冬季送温暖\n'
  const plan = readPlans(text, { today: '2026-09-01' }).plans[0]!
  expect(plan.tasks.map((t) => [t.kind, t.quote])).toEqual([
    ['activity', '手抄报比赛'],
    ['progress', '成绩分析会'],
    ['visit', '冬季送温暖'],
  ])
  expect(plan.duties[0]?.quote).toBe('心理辅导室周一至周五中午12:30—13:10开放')
})

test('a place named in a heading is what the text under it opens; calling somebody is a call', () => {
  const text =
    '杏花村小学留守儿童工作计划\n一、措施\n1.用好“留守儿童之家”\n每天下午放学后开放一小时。\n2.常联系\n每月一次电话联系家长。\n'
  const plan = readPlans(text, { today: '2026-09-01' }).plans[0]!
  expect(plan.duties.map((d) => [d.kind, d.rhythm])).toEqual([
    ['station', { every: 'day', count: 1 }],
    ['call', { every: 'month', count: 1 }],
  ])
})

test('odd plans are read with a sentence about what is odd', () => {
  const plan = only(
    `梨树村留守儿童工作计划
一、工作目标
1、建档率达120%；
2、结对率达90%；
3、确保结对率达到100%。
二、主要措施
1、每天与每名留守儿童谈心一次。
三、工作安排
13月：召开座谈会。
10月：中秋节慰问留守儿童。
11月：迎接大雪。
`,
  )
  expect(plan.problems.map((p) => p.code)).toEqual([
    'target_over_100',
    'goals_contradict',
    'owed_daily',
    'month_unknown',
    'festival_elsewhere',
    'kind_unread',
  ])
  expect(plan.goals[0]?.target).toBeNull()
  expect(plan.tasks.map((t) => t.month)).toEqual([10])
  expect(plan.problems.every((p) => p.zh.length > 10 && p.en.length > 10)).toBe(true)
})

test('a plan of words alone says that nothing is to be done', () => {
  const plan = only('苹果村留守儿童关爱工作计划\n一、工作目标\n1、让孩子们健康成长。\n')
  expect(plan.problems.map((p) => p.code)).toEqual(['nothing_to_do'])
})

test('a text that is no plan gives none', () => {
  expect(readPlans('今天天气很好。\n我们去河边走了走。', { today: '2026-08-15' }).plans).toEqual([])
  expect(readPlans('', { today: '2026-08-15' }).plans).toEqual([])
})

test('feelings, circumstances and reports of the past are no duties', () => {
  const plan = only(
    `海棠小学留守儿童工作计划
一、主要措施
1、每一位教师都要真心对待每个孩子，使每一名留守儿童感受到学校的温暖。
2、去年三月，学校组织了一次大走访，发放了书包60个。目前，全校已建立档案80份。
3、通过家访等形式，让家长放心、让孩子开心。
`,
  )
  expect(plan.duties.map((d) => d.quote)).toEqual(['通过家访等形式'])
})

test('hard-wrapped text reads like the text it was', () => {
  const long =
    '一、主要措施\n1、班主任老师每个月至少要与班里面的每一名留守儿童谈心一次并且认真填写好记录表格，任课老师每周利用课余时间为留守儿童辅导一次作业，学校每个学期召开两次留守儿童家长座谈会，并通过电话和微信把孩子们在学校里的学习和生活的情况告诉远方的父母亲。'
  const wrapped = `银杏中学留守儿童工作计划\n${long.replace(/(.{28})/g, '$1\n')}\n`
  expect(only(wrapped).duties.map((d) => [d.kind, d.rhythm])).toEqual(
    only(`银杏中学留守儿童工作计划\n${long}\n`).duties.map((d) => [d.kind, d.rhythm]),
  )
})

function timeOf(text: string): number {
  const started = performance.now()
  readPlans(text, { today: '2026-08-15' })
  return performance.now() - started
}

test('time grows with the length of the text, whatever the text', { timeout: 120_000 }, () => {
  const texts = [
    '留守儿童',
    '走访、',
    '"',
    '一、',
    '(',
    '通过',
    '每月走访一次,',
    '9月',
    '| 9月 | 走访 |\n',
    '1、走访;2、家访;',
    '在以根据每组织',
  ]
  for (const text of texts) expect(timeOf(text.repeat(Math.ceil(60_000 / text.length)))).toBeLessThan(8_000)
})
