import { expect, test } from 'vitest'
import type { PlanDuty, PlanGoal, PlanItems, PlanTask } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { compared } from './plan_compare.ts'
import { inOrder, linesOf } from './plan_marks.ts'
import { monthOfTask, periodWords, rhythmWords, taskWords } from './plan_words.ts'
import { questionsOf } from './questions.ts'

const goal = (id: string, span: [number, number] | null, more: Partial<PlanGoal> = {}): PlanGoal => ({
  id, text: id, indicator: 'dossier_rate', target: 1, quote: null, span, issued: false, ...more,
}) // prettier-ignore
const duty = (id: string, span: [number, number] | null, more: Partial<PlanDuty> = {}): PlanDuty => ({
  id, measure_id: null, title: id, kind: 'talk', subject: 'each_child', rhythm: { every: 'month', count: 1 }, responsible: 'class_teacher', account_id: null,
  account_name: null, from_on: '2026-09-01', until_on: '2027-01-31', pauses_in_holidays: false, source: null, replaces_id: null, ended_reason: null,
  quote: null, span, issued: false, ...more,
}) // prettier-ignore
const task = (id: string, span: [number, number] | null, more: Partial<PlanTask> = {}): PlanTask => ({
  id, measure_id: null, duty_id: null, title: id, kind: 'meeting', due_from: '2026-11-01', due_until: '2026-11-30', festival: null, responsible: null,
  account_id: null, account_name: null, state: 'open', done_on: null, done_note: null, done_record_id: null, dropped_reason: null, record_id: null,
  version: 1, quote: null, span, issued: false, ...more,
}) // prettier-ignore
const items = (more: Partial<PlanItems>): PlanItems => ({ goals: [], measures: [], duties: [], tasks: [], ...more })

test('items stand in the order of the text and are numbered by kind; what was added comes after its kind', () => {
  const order = inOrder(
    items({
      goals: [goal('g1', [10, 14])],
      duties: [duty('d2', [50, 60]), duty('d1', [20, 30]), duty('added', null)],
      tasks: [task('t1', [70, 80])],
    }),
  )
  expect(order.map((each) => `${each.type} ${each.n} ${each.item.id}`)).toEqual(['goal 1 g1', 'duty 1 d1', 'duty 2 d2', 'duty 3 added', 'task 1 t1']) // prettier-ignore
  expect(inOrder(items({ tasks: [task('t', null)], goals: [goal('g', null)] })).map((each) => each.type)).toEqual(['goal', 'task']) // prettier-ignore
})

test('the text is cut where items begin and end; two items over the same words share a stretch; nothing is lost', () => {
  const text = '计划\n一、目标\n建档率100%，谈心每月一次。\n\n完'
  const entries = inOrder(items({ goals: [goal('g', [8, 15])], duties: [duty('a', [16, 22]), duty('b', [16, 22])] }))
  const lines = linesOf(text, entries)
  expect(lines.map((line) => line.kind)).toEqual(['title', 'heading', 'text', 'text'])
  expect(lines[2]!.stretches.map((each) => [each.text, each.of.map(({ item }) => item.id)])).toEqual([
    ['建档率100%', ['g']],
    ['，', []],
    ['谈心每月一次', ['a', 'b']],
    ['。', []],
  ])
  expect(lines.map((line) => line.stretches.map((each) => each.text).join(''))).toEqual(text.split('\n').filter(Boolean)) // prettier-ignore
})

test('how often and when, in both languages', () => {
  expect(rhythmWords({ every: 'week', count: 1, interval: 2 }, 'zh')).toBe('每两周 1 次')
  expect(rhythmWords({ every: 'month', count: 1, interval: 6 }, 'zh')).toBe('每半年 1 次')
  expect(rhythmWords({ every: 'month', count: 2 }, 'en')).toBe('2 times a month')
  expect(rhythmWords({ within_days: 5, working_days: true, of: 'new_child' }, 'zh')).toBe('新登记的孩子后 5 个工作日内')
  expect(rhythmWords({ within_days: 10, working_days: false, of: 'carer_changed' }, 'zh')).toBe(
    '换了照看的人后 10 天内',
  )
  expect(rhythmWords({ unspecified: true }, 'zh')).toContain('还没定')
  const autumn = task('t', null, { festival: 'mid_autumn', due_from: '2026-09-11', due_until: '2026-10-02' })
  expect([taskWords(autumn, 'zh', '2026'), monthOfTask(autumn)]).toEqual(['中秋节前后', '2026-09'])
  expect(taskWords(task('t', null, { due_from: '2027-01-01' }), 'zh', '2026')).toBe('2027年1月')
  expect(periodWords({ from_on: '2026-09-01', until_on: '2027-01-31' }, 'zh')).toBe('2026年9月到2027年1月')
})

test('questions: months first, then how often, targets, contradictions, remarks, and who; none once it is adopted', () => {
  const plan = {
    state: 'draft', mine: true, period_unread: true, aside: [1],
    problems: [
      { code: 'target_over_100', zh: '', en: '', span: [5, 9] },
      { code: 'owed_daily', zh: '', en: '', span: [0, 1] },
      { code: 'month_unknown', zh: '', en: '', span: [0, 1] },
    ],
    items: items({
      goals: [goal('over', [5, 9], { indicator: 'pairing_rate', target: null }), goal('a', null), goal('b', null, { target: 0.9 })],
      duties: [duty('who', null, { responsible: null }), duty('open', null, { rhythm: { unspecified: true } })],
    }),
  } as unknown as Plan // prettier-ignore
  expect(questionsOf(plan).map((each) => each.key)).toEqual(['period', 'rhythm open', 'target over', 'contradiction b', 'remark 2', 'who who']) // prettier-ignore
  expect(questionsOf({ ...plan, state: 'adopted' })).toEqual([])
})

test('two states side by side: what came, what went, what changed', () => {
  const before = items({ goals: [goal('g', null)], duties: [duty('a', null), duty('b', null)] })
  const after = items({
    goals: [goal('g', null)],
    duties: [duty('a', null, { rhythm: { every: 'week', count: 1 } })],
    tasks: [task('t', null)],
  })
  const rows = compared(before, after, 'zh').filter((row) => row.before !== row.after)
  expect(rows.map((row) => [row.id, row.before === null, row.after === null])).toEqual([
    ['a', false, false],
    ['b', false, true],
    ['t', true, false],
  ])
})
