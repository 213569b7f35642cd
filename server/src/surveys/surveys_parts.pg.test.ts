// A round is listed by what its unit is made of: the classes of a school, the villages of a township.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { surveyOps } from '@nuanyang/contract/surveys.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { docxParagraphs } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let leader: Person
const round = newId()
const days = { from_on: '2026-11-01', until_on: '2026-12-31' }

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  leader = await app.signInAs('school_leader', cast.school)
  const administrator = await app.signInAs('administrator', cast.county)
  const newClass = async (entry_year: number, class_number: string) => {
    const body = { id: newId(), kind: 'class' as const, parent_id: cast.school.id, name: '班', stage: 'primary' as const, entry_year, class_number } // prettier-ignore
    return (await app.call(unitOps.create, { body }, administrator)).id
  }
  const pupil = async (name: string, unit_id: string) => {
    await app.call(childOps.create, { body: { id: newId(), facts: { name }, links: [{ unit_id, as: 'class' }] } }, leader) // prettier-ignore
  }
  const [tenth, second, first] = [await newClass(2026, '10'), await newClass(2026, '2'), await newClass(2021, '1')]
  await pupil('尹立夏', tenth)
  await pupil('尹小寒', first)
  await pupil('尹白露', cast.class.id)
  await pupil('尹霜降', second)
  await pupil('尹大寒', second)
})
afterAll(() => app.close())

const visits = async (who: Person, query = {}) => (await app.call(surveyOps.visits, { id: round, ...query }, who)).items

test('a school’s round goes class by class: one after the other in the list, each with its progress, each to be listed alone', async () => {
  const made = await app.call(surveyOps.open, { body: { id: round, title: '秋季摸底', ...days } }, leader)
  expect([made.by, made.children]).toEqual(['class', 5])
  expect((await visits(leader)).map((each) => each.name)).toEqual(['尹大寒', '尹霜降', '尹立夏', '尹白露', '尹小寒'])
  const [first] = await visits(leader)
  const said = { id: newId(), visit_ids: [first!.id], state: 'no_change' as const, visited_on: '2026-11-20' }
  expect((await app.call(surveyOps.say, { id: round, body: said }, leader)).items[0]!.group).toBe('小学2026级2班')

  const { boards } = await app.call(surveyOps.get, { id: round }, leader)
  expect(boards.map((each) => [each.name, each.seen, each.children])).toEqual([
    ['小学2026级2班', 1, 2],
    ['小学2026级10班', 0, 1],
    ['小学2024级2班', 0, 1],
    ['小学2021级1班', 0, 1],
  ])
  for (const board of boards)
    expect((await visits(leader, { group: board.key! })).length, board.name!).toBe(board.children)
})

test('a teacher sees the class alone; the report names the classes as they are called today', async () => {
  const teacher = await app.signInAs('class_teacher', cast.class)
  const seen = await app.call(surveyOps.get, { id: round }, teacher)
  expect([seen.children, seen.boards.map((each) => each.name)]).toEqual([1, ['小学2024级2班']])
  const words = docxParagraphs((await app.send(surveyOps.report, { id: round }, leader)).bytes)
  const at = (part: string) => words.findIndex((line) => line.includes(part))
  expect(at('各班进度')).toBeGreaterThan(-1)
  expect(at('各班进度')).toBeLessThan(at('一年级（2）班'))
  expect(at('一年级（10）班')).toBeLessThan(at('三年级（2）班'))
})

test('a township’s round goes village by village; groups of the same name in two villages stay apart', async () => {
  const supervisor = await app.signInAs('child_supervisor', cast.township)
  for (const village of [cast.village, cast.otherVillage])
    await app.call(
      childOps.create,
      { body: { id: newId(), facts: { name: '卜元宵', villager_group: '一组' }, links: [{ unit_id: village.id, as: 'residence' }] } },
      supervisor,
    ) // prettier-ignore
  const id = newId()
  const made = await app.call(surveyOps.open, { body: { id, title: '全镇摸底', ...days } }, supervisor)
  expect(made.by).toBe('village')
  const { boards } = await app.call(surveyOps.get, { id }, supervisor)
  expect(boards.map((each) => [each.name, each.children])).toEqual([
    ['白露村', 1],
    ['小暑村', 1],
    [null, 5],
  ])
})

test('the groups of a village stand in the order of their numbers, however they are written', async () => {
  const director = await app.signInAs('child_director', cast.village)
  const groups = ['十二组', '三组', '老屋湾', '二组', '第1组', '十组', '4组', '二十一组']
  for (const [n, villager_group] of groups.entries())
    await app.call(childOps.create, { body: { id: newId(), facts: { name: `卫${'甲乙丙丁戊己庚辛'[n]!}`, villager_group } } }, director) // prettier-ignore
  const id = newId()
  await app.call(surveyOps.open, { body: { id, title: '全村摸底', ...days } }, director)
  const { boards } = await app.call(surveyOps.get, { id }, director)
  const named = boards.map((each) => each.name).filter((name) => name !== null && name !== '一组')
  expect(named).toEqual(['第1组', '二组', '三组', '4组', '十组', '十二组', '二十一组', '老屋湾'])
})
