// 分类分组: sorted by need, each group given to somebody; nobody sees a child more by it, and what helps the mind stays close.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { boardOps, type Board } from '@nuanyang/contract/pairings.boards.ts'
import { docxParagraphs, pdfText } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let leader: Person
let teacher: Person
let counsellor: Person
let board: Board
const ids: Record<string, string> = {}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  leader = await app.signInAs('school_leader', cast.school, { name: '柳校长' })
  teacher = await app.signInAs('class_teacher', cast.class, { name: '韩梅' })
  counsellor = await app.signInAs('counsellor', cast.school, { name: '宋心理' })
  for (const [name, goal] of [
    ['陈小雨', 'study'],
    ['何梓涵', 'mind'],
    ['黄天佑', 'mind'],
    ['吴佳怡', null],
  ] as const) {
    const id = (ids[name] = newId())
    const links = [{ unit_id: cast.class.id, as: 'class' as const }]
    await app.call(childOps.create, { body: { id, facts: { name }, links } }, leader)
    const wish = { version: 0, subjects: [], languages: [], helper_sex: null, words: null }
    if (goal) await app.call(pairingOps.set_wish, { id, body: { ...wish, goals: [goal] } }, leader)
  }
})
afterAll(() => app.close())

const bodies = (of: Board) =>
  of.groups.map(({ id, name, need, owner, times, plan, content, children }) => ({
    id,
    name,
    need,
    owner: owner && { account_id: owner.account_id, helper_id: owner.helper_id },
    times,
    plan,
    content,
    child_ids: children.map((child) => child.id),
  }))
const save = (of: Board, groups: ReturnType<typeof bodies>) => ({
  id: of.id,
  body: { version: of.version, name: of.name, groups },
})
const group = (of: Board, need: string) => of.groups.find((each) => each.need === need)!

test('boards.create begins with the children’s wishes; boards.list counts', async () => {
  board = await app.call(boardOps.create, { body: { id: newId(), name: '秋季分类帮扶', sorted: true } }, leader)
  expect(board.groups.map((each) => [each.need, each.children.length])).toEqual([
    ['study', 1],
    ['mind', 2],
  ])
  expect(board.unsorted.map((child) => child.name)).toEqual(['吴佳怡'])
  const { items } = await app.call(boardOps.list, {}, leader)
  expect(items).toMatchObject([{ name: '秋季分类帮扶', groups: 2, children: 3, state: 'draft' }])
})

test('boards.save and apply: nobody in two groups, somebody of the unit in charge of each, then it is in effect', async () => {
  const early = await app.refused(boardOps.apply, { id: board.id, body: { version: board.version } }, leader)
  expect([early.code, early.detail.includes('学习组')]).toEqual(['board_incomplete', true])
  const { items: people } = await app.call(boardOps.people, { q: '韩' }, leader)
  expect(people).toEqual([{ account_id: teacher.id, helper_id: null, name: '韩梅', part: '班主任' }])
  const owned = bodies(board).map((each) => ({
    ...each,
    owner: { account_id: teacher.id, helper_id: null },
    times: '每周三下午',
  }))
  const twice = owned.map((each) => ({ ...each, child_ids: [ids['陈小雨']!] }))
  expect((await app.refused(boardOps.save, save(board, twice), leader)).code).toBe('child_in_two_groups')
  const far = await app.signInAs('child_director', cast.otherVillage)
  const strange = owned.map((each) => ({ ...each, owner: { account_id: far.id, helper_id: null } }))
  expect((await app.refused(boardOps.save, save(board, strange), leader)).code).toBe('owner_unknown')
  const before = board
  board = await app.call(boardOps.save, save(board, owned), leader)
  expect(group(board, 'study').owner).toMatchObject({ name: '韩梅' })
  expect((await app.refused(boardOps.save, save(before, owned), leader)).code).toBe('stale')
  board = await app.call(boardOps.apply, { id: board.id, body: { version: board.version } }, leader)
  expect(board).toMatchObject({ state: 'applied', applied_on: '2026-11-25' })
})

test('boards.note: the person in charge writes plan and effects; of the mind, only they and the counsellor read them', async () => {
  const study = group(board, 'study')
  const mind = group(board, 'mind')
  const note = (of: Board, group_id: string, extra: object) => ({
    id: of.id,
    body: { version: of.version, group_id, ...extra },
  })
  const stage = { on: '2026-11-20', effect: '作业能按时交了' }
  board = await app.call(boardOps.note, note(board, study.id, { stage }), leader)
  expect(group(board, 'study').stages).toMatchObject([{ effect: '作业能按时交了', by_name: '柳校长' }])
  const early = { stage: { on: '2026-12-20', effect: '会更好' } }
  expect((await app.refused(boardOps.note, note(board, study.id, early), leader)).code).toBe('stage_in_future')
  expect((await app.refused(boardOps.note, note(board, mind.id, { plan: '看看' }), leader)).code).toBe('not_own_group')
  const secret = '每周一次沙盘，先说说爸爸妈妈'
  const after = await app.call(
    boardOps.note,
    note(board, mind.id, { plan: secret, stage: { on: '2026-11-24', effect: '愿意开口了' } }),
    counsellor,
  )
  expect(group(after, 'mind')).toMatchObject({ closed: false, plan: secret })
  // The class teacher is in charge: reads the own groups of the school's board, writes them, and moves nobody.
  const own = await app.call(boardOps.get, { id: board.id }, teacher)
  expect(own.groups.map((each) => [each.own, each.closed])).toEqual([
    [true, false],
    [true, false],
  ])
  expect(group(own, 'mind').plan).toBe(secret)
  expect((await app.refused(boardOps.save, save(own, bodies(own)), teacher)).code).toBe('not_own_group')
  const seen = await app.send(boardOps.get, { id: board.id }, leader)
  for (const hidden of ['沙盘', '开口']) expect(seen.text).not.toContain(hidden)
  board = JSON.parse(seen.text) as Board
  expect(group(board, 'mind')).toMatchObject({ closed: true, own: false, plan: null, stages: [] })
  // Saving what was not shown keeps it, and does not open it by calling the group something else.
  const renamed = bodies(board).map((each) =>
    each.need === 'mind' ? { ...each, name: '谈心组', need: 'other' as const } : each,
  )
  board = await app.call(boardOps.save, save(board, renamed), leader)
  expect(board.groups[1]).toMatchObject({ name: '谈心组', need: 'mind', closed: true })
  expect(group(await app.call(boardOps.get, { id: board.id }, counsellor), 'mind').plan).toBe(secret)
})

test('boards.print: 分工表 with plans, the closed group without; Word as well', async () => {
  const print = (format: 'pdf' | 'docx', who: Person) =>
    app.send(boardOps.print, { id: board.id, body: { format, purpose: '开会' } }, who)
  const pdf = (await pdfText((await print('pdf', leader)).bytes)).replaceAll(/\s/g, '')
  const word = docxParagraphs((await print('docx', leader)).bytes)
    .join('')
    .replaceAll(/\s/g, '')
  for (const paper of [pdf, word]) {
    for (const words of [
      '秋季分类帮扶分工表',
      '学习组',
      '韩梅',
      '每周三下午',
      '陈小雨',
      '作业能按时交了',
      '由负责人和心理教师保管',
    ])
      expect(paper, words).toContain(words)
    expect(paper).not.toContain('沙盘')
  }
  expect((await print('pdf', await app.signInAs('helper', cast.school))).status).toBe(403)
})

test('sorting is not pairing: a person in charge sees no child more, and the village next door no board', async () => {
  const cadre = await app.signInAs('subject_teacher', cast.school, { name: '程老师' })
  const outside = await app.signInAs('helper', cast.school, { name: '外来帮手' })
  const groups = bodies(board).map((each, at) =>
    at === 0 ? { ...each, owner: { account_id: outside.id, helper_id: null } } : each,
  )
  board = await app.call(boardOps.save, save(board, groups), leader)
  const theirs = await app.send(boardOps.get, { id: board.id }, outside)
  expect(theirs.text).not.toContain('陈小雨')
  expect((JSON.parse(theirs.text) as Board).groups[0]).toMatchObject({ own: true, children: [], others: 1 })
  expect((await app.call(pairingOps.mine, {}, outside)).items).toEqual([])
  expect((await app.call(childOps.list, {}, outside)).items).toEqual([])
  expect((await app.call(boardOps.get, { id: board.id }, cadre)).groups[0]!.children).toHaveLength(1)
  const far = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.refused(boardOps.get, { id: board.id }, far)).code).toBe('not_found')
  expect((await app.call(boardOps.list, {}, far)).items).toEqual([])
})

test('boards.put_away closes it', async () => {
  const put = await app.call(boardOps.put_away, { id: board.id, body: { version: board.version } }, leader)
  expect(put.state).toBe('put_away')
  expect((await app.refused(boardOps.save, save(put, []), leader)).code).toBe('board_put_away')
})
