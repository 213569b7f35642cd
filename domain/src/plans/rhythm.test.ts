import { expect, test } from 'vitest'
import { fold } from './script.ts'
import { readRhythms } from './rhythm.ts'
import type { Rhythm } from './types.ts'

const every = (unit: 'day' | 'week' | 'month' | 'quarter' | 'term' | 'year', count = 1, interval = 1): Rhythm =>
  interval === 1 ? { every: unit, count } : { every: unit, count, interval }

const TABLE: [string, Rhythm | null][] = [
  ['每周谈心两次', every('week', 2)],
  ['每月至少一次', every('month')],
  ['每月不少于3次', every('month', 3)],
  ['每两周一次', every('week', 1, 2)],
  ['每隔一周家访', every('week', 1, 2)],
  ['每3个月走访一次', every('month', 1, 3)],
  ['每学期家访不少于2次', every('term', 2)],
  ['每季度末检查', every('quarter')],
  ['每半年一次', every('month', 1, 6)],
  ['一周两次', every('week', 2)],
  ['半年至少一次', every('month', 1, 6)],
  ['全年开展4次', every('year', 4)],
  ['本学期组织两次', every('term', 2)],
  ['每周一、三、五下午', every('week', 3)],
  ['每周一次', every('week')],
  ['每周二下午开放', every('week')],
  ['周一至周五开放', every('week', 5)],
  ['每天放学后', every('day')],
  ['每月底上报', every('month')],
  ['按月走访', every('month')],
  ['寒假期间每周至少开放3天', every('week', 3)],
  ['书屋全天开放', { continuous: true }],
  ['每学年一次', every('year')],
  ['寒暑假各走访一次', every('year', 2)],
  ['每月1—2次', every('month', 1)],
  ['每学期一对一谈心不少于4次', every('term', 4)],
  ['每年3月份开学', { month: 3 }],
  ['3月份开学期间', { month: 3 }],
  ['年底考核', { month: 12 }],
  ['开学前发放学习用品', every('term')],
  ['"三八"妇女节期间', { festival: 'womens_day' }],
  ['重阳节', { festival: 'double_ninth' }],
  ['全天候开放', { continuous: true }],
  ['经常谈心', { continuous: true }],
  ['及时更新', { continuous: true }],
  ['定期走访', { unspecified: true }],
  ['定期(每月一次)走访', every('month')],
  ['寒暑假开展活动', { unspecified: true }],
  ['利用节假日', { unspecified: true }],
  ['新增儿童5个工作日内建档', { within_days: 5, working_days: true, of: 'new_child' }],
  ['每位教师负责两名儿童', null],
  ['每个孩子都有帮扶人', null],
  ['每年级一名', null],
  ['走访三个月', null],
  ['十一名儿童', null],
]

test.each(TABLE)('%s', (text, expected) => {
  expect(readRhythms(fold(text))[0]?.rhythm ?? null).toEqual(expected)
})

test('several festivals are several rhythms', () => {
  expect(readRhythms('春节、端午、中秋慰问').map((r) => r.rhythm)).toEqual([
    { festival: 'spring_festival' },
    { festival: 'dragon_boat' },
    { festival: 'mid_autumn' },
  ])
})

test.each([
  ['每年3月、9月各开展一次', [3, 9]],
  ['3、6、9月上门看望', [3, 6, 9]],
  ['五月和十月开展宣传', [5, 10]],
  ['年中、年底各召开一次推进会', [6, 12]],
])('several months are several rhythms: %s', (text, months) => {
  expect(readRhythms(fold(text)).map((r) => r.rhythm)).toEqual(months.map((month) => ({ month })))
})

test.each(['走访三、四个月', '3至5月', '三、落实结对', '第1、2月'])('no list of months: %s', (text) => {
  expect(readRhythms(fold(text)).length).toBeLessThan(2)
})
