import { expect, test } from 'vitest'
import { kinds } from '../values/kinds.ts'
import { readRates } from './goals.ts'
import { readActs } from './kinds.ts'
import { readWhen } from './months.ts'
import { readNumber, readShare } from './numerals.ts'
import { readMarker } from './outline.ts'
import { fold, pieceOf, spanOf } from './script.ts'

test.each([
  ['organise', '调整充实关爱工作专班'],
  ['planning', '研究制定年度工作方案'],
  ['survey', '逐户摸清留守儿童底数'],
  ['dossier', '为每名儿童填写信息登记表'],
  ['update', '对台账信息进行动态管理'],
  ['pairing', '每名党员结对两名儿童'],
  ['talk', '与孩子面对面交流'],
  ['visit', '入户看望留守儿童'],
  ['counselling', '开展情绪疏导'],
  ['study', '辅导孩子完成家庭作业'],
  ['progress', '检查结对帮扶成效'],
  ['diary', '指导儿童写好成长日记'],
  ['call', '安排孩子与在外父母视频通话'],
  ['activity', '举办拔河比赛'],
  ['archiving', '收集整理各类材料'],
  ['film', '放映爱国影片'],
  ['lecture', '开展消防安全演练'],
  ['reading', '开放图书室供孩子借阅'],
  ['station', '建好儿童之家'],
  ['aid', '发放爱心书包'],
  ['welfare', '协助申请临时救助'],
  ['meeting', '召开村组干部会议'],
  ['publicity', '张贴宣传标语'],
  ['guidance', '开展家庭教育指导'],
  ['health', '组织免费体检'],
  ['meals', '改善食堂伙食'],
  ['self_care', '教会寄宿生整理内务'],
  ['individual_plan', '制定一人一策帮扶方案'],
  ['assessment', '纳入年度绩效考核'],
  ['summary', '撰写工作总结'],
])('%s: %s', (kind, text) => {
  expect(readActs(text).map((a) => a.kind)).toContain(kind)
})

test('every kind has words', () => {
  expect(new Set(kinds.map((k) => k.code)).size).toBe(30)
})

test.each(['家长联系电话和家庭地址', '让孩子健康快乐成长', '各单位要高度重视', '按照《中小学法制教育指导纲要》的要求'])(
  'no act: %s',
  (text) => {
    expect(readActs(text).filter((a) => a.weight > 1)).toEqual([])
  },
)

test.each([
  ['九月份', 9, 9],
  ['元月', 1, 1],
  ['9—10月', 10, 9],
  ['9月至11月', 11, 9],
  ['2026年12月', 12, 12],
  ['第三季度', 9, 7],
  ['第1—4周', 9, 9],
  ['第17—20周', 1, 12],
  ['十一月', 11, 11],
  ['5月底前', 5, 5],
])('%s is month %i', (text, month, first) => {
  const time = readWhen(fold(text), 'autumn')
  expect([time?.month, time?.first]).toEqual([month, first])
})

test.each(['三个月的走访', '每月一次', '八月十五', '月度安排', '一周一次'])('%s heads no month', (text) => {
  expect(readWhen(text, 'autumn')).toBeNull()
})

test.each([
  ['95%', 0.95],
  ['百分之九十八', 0.98],
  ['百分之百', 1],
  ['九成五', 0.95],
  ['九成', 0.9],
  ['98.5%', 0.985],
  ['全覆盖', 1],
])('share %s', (text, share) => {
  expect(readShare(text)).toBe(share)
})

test.each([
  ['十二', 12],
  ['二十', 20],
  ['两', 2],
  ['廿一', 21],
  ['一百二十', 120],
  ['15', 15],
])('number %s', (text, n) => {
  expect(readNumber(text)).toBe(n)
})

test('rates share a number, or take theirs in turn', () => {
  expect(readRates('入学率、巩固率均达100%').map((r) => [r.indicator, r.target])).toEqual([
    ['enrolment_rate', 1],
    ['retention_rate', 1],
  ])
  expect(readRates('家访率、谈心率分别达到95%和90%以上').map((r) => [r.indicator, r.target])).toEqual([
    ['visit_rate', 0.95],
    ['talk_rate', 0.9],
  ])
  expect(readRates('辍学率控制在1%以内')).toEqual([])
})

test.each([
  ['一、目标', 'han', '一'],
  ['(三)措施', 'han_paren', '三'],
  ['2.走访', 'num', '2'],
  ['(4)谈心', 'num_paren', '4'],
  ['③结对', 'circle', '3'],
  ['第二步、摸底', 'step', '二'],
  ['1.2走访', 'dotted2', '1.2'],
])('numeral of %s', (text, style, numeral) => {
  const marker = readMarker(text)
  expect([marker?.style, marker?.numeral]).toEqual([style, numeral])
})

test('traditional characters are understood and their places kept', () => {
  const text = '每週　與父母通話「兩次」'
  const piece = pieceOf(fold(text), 0, text.length)
  expect(piece.text).toBe('每周与父母通话"两次"')
  expect(text.slice(...spanOf(piece, 3, 5))).toBe('父母')
})
