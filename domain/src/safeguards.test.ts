import { describe, expect, test } from 'vitest'
import { labelsIn, situationsIn } from './safeguards.ts'
import { reportSituations } from './values/report_situations.ts'

describe('labels', () => {
  test('labels are found where they stand, each once, with what may be said instead', () => {
    expect(labelsIn('他是班里的差生，也算问题儿童。差生要多帮。').map((one) => one.words)).toEqual(['差生', '问题儿童'])
    expect(labelsIn('问题少年')[0]!.instead).not.toBe('')
  })
  test.each(['这道题有问题，孩子想不明白。', '学生差一点就满分。', '懒得动，天太热。', '孩子问题很多，爱提问。'])('plain words are left alone: %s', (text) => {
    expect(labelsIn(text)).toEqual([])
  }) // prettier-ignore
})

describe('situations of mandatory reporting', () => {
  test.each([
    ['private_parts', '奶奶说孩子下身有伤，不肯说怎么来的'],
    ['under_fourteen', '怀疑被邻居猥亵'],
    ['over_fourteen', '说是被骗去以后怀孕了'],
    ['hurt', '胳膊上有好几处淤青'],
    ['hurt', '说昨晚又被叔叔打了'],
    ['harm', '晚上发消息说不想活了'],
    ['left_alone', '一个人在家住了好多天'],
    ['missing', '从昨天起找不到人，手机也关了'],
    ['begging', '有人看见他在车站讨钱'],
    ['other', '被逼着喝酒，还拍了视频'],
  ])('%s: %s', (code, text) => {
    expect(situationsIn(text).map((one) => one.code)).toContain(code)
  })
  test.each([
    '今天打了篮球，很开心',
    '讲了怎么预防性侵',
    '身上没有伤',
    '奶奶照看得好，没有被打过',
    '想妈妈',
    '自己走回家了',
    '送了新书包',
  ])('nothing is hinted at: %s', (text) => {
    expect(situationsIn(text)).toEqual([])
  })
  test('nine situations, each with words in both languages', () => {
    expect(reportSituations).toHaveLength(9)
    for (const { zh, en } of reportSituations) expect([zh, en].every((words) => words.length > 3)).toBe(true)
  })
})
