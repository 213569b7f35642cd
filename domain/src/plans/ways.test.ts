import { expect, test } from 'vitest'
import { readPlans } from './read.ts'

// Ways of saying things, one by one: a line or two of a plan and what a person reads out of it.

const plan = (...lines: string[]) =>
  readPlans(['青石镇留守儿童关爱工作计划', ...lines].join('\n'), { today: '2026-09-01' }).plans[0]!
const duties = (...lines: string[]) =>
  plan('一、工作措施', ...lines).duties.map((d) => `${d.kind} ${JSON.stringify(Object.values(d.rhythm))} ${d.subject}`)

test('an aim under 总体要求 is an aim, also of something no indicator counts', () => {
  const { goals } = plan(
    '一、总体要求',
    '到2026年底，全镇建档率达到100%，协议签订率100%，服务对象满意度95%以上。',
    '二、工作措施',
    '1.每月走访一次留守儿童。',
  )
  expect(goals.map((g) => [g.indicator, g.target])).toEqual([
    ['dossier_rate', 1],
    [null, 1],
    [null, 0.95],
  ])
})

test('what is told of before is no aim', () => {
  expect(plan('一、基本情况', '目前全镇建档率已达到98%。', '二、工作措施', '1.每月走访一次。').goals).toEqual([])
})

test('a leading group is set up once, whoever is in it', () => {
  expect(duties('1.成立以校长为组长、德育主任为副组长、各班班主任为成员的关爱工作领导小组。')).toEqual([])
})

test.each([
  ['1.督促外出父母每周至少与孩子通一次电话。', ['call ["week",1] each_child']],
  ['1.爱心妈妈每周一次电话、每月一次谈心。', ['call ["week",1] each_child', 'talk ["month",1] each_pair']],
  ['1.校医每月为留守学生检查一次身体。', ['health ["month",1] each_child']],
  ['1.大队部每月组织一次“手拉手”活动。', ['activity ["month",1] unit']],
  ['1.生活老师每晚查寝。', ['self_care ["day",1] unit']],
  ['1.每年组织一次体验日活动，每年组织孩子过一次集体生日。', ['activity ["year",1] unit', 'activity ["year",1] unit']],
  [
    '1.班主任家访每生每学期不少于2次，其中特殊学生每月一次。',
    ['visit ["term",2] each_child', 'visit ["month",1] each_priority_child'],
  ],
  ['1.每周一次交谈。', ['talk ["week",1] each_child']],
  ['1.每学期与孩子互写一封书信。', ['call ["term",1] each_child']],
  ['1.每月入户。儿童主任每月5日前入户走访一遍，查看居住、饮食情况。', ['visit ["month",1] each_child']],
  ['1.每季慰问。由村干部慰问孩子，送去牛奶。', ['visit ["quarter",1] each_child']],
])('%s', (line, expected) => {
  expect(duties(line)).toEqual(expected)
})

test('a meeting for parents, and a lecture while they are home, are not held by them', () => {
  const { duties: read } = plan(
    '一、工作措施',
    '1.每学年召开两次留守儿童家长（监护人）会。',
    '2.寒假家长返乡期间举办一次家庭教育讲座。',
    '3.邀请专家每年为祖辈监护人授课一次。',
    '4.监护人变更的，三个工作日内更新信息。',
  )
  expect(read.map((d) => d.responsible)).toEqual([null, null, null, null])
})

test('a numeral with nothing but a space behind it counts, when it counts up', () => {
  const { duties: read } = plan(
    '一 组织机构',
    '组长：刘校长',
    '二 工作重点',
    '1 班主任每周谈话一次。',
    '2 每月家访一次。',
  )
  expect(read.map((d) => [d.measure, d.title])).toEqual([
    ['二/1', '班主任每周谈话一次'],
    ['二/2', '每月家访一次'],
  ])
})

test('5 名教师 at the head of a line is no numeral', () => {
  expect(plan('一、工作措施', '5 名教师每月家访一次。').duties.map((d) => d.measure)).toEqual(['一'])
})

test('in a stage of many months what is owed again stays a duty, and its label is no task', () => {
  const { duties: read, tasks } = plan(
    '一、实施步骤',
    '（一）准备阶段（9月）',
    '1.召开动员会',
    '（二）实施阶段（9月—次年6月）',
    '1.通话一次：每两周与孩子通一次电话',
    '2.节日必访：春节、中秋必须上门慰问',
    '（三）总结阶段（7月）',
    '1.召开总结会',
  )
  expect(read.map((d) => [d.kind, Object.values(d.rhythm)])).toEqual([
    ['call', ['week', 1, 2]],
    ['visit', ['spring_festival']],
    ['visit', ['mid_autumn']],
  ])
  expect(tasks.map((t) => t.kind)).toEqual(['meeting', 'summary'])
})

test('an office that helps a school writes the plan itself', () => {
  const { plans } = readPlans('民政局结对帮扶云岭小学留守儿童方案\n一、措施\n1.每月走访一次。', { today: '2026-09-01' })
  expect(plans[0]!.archetype).toBe('agency')
})
