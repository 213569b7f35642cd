// Ledgers of families and places of work: what is listed, who may see it, and that a place chosen once holds for all files with the same words.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import { documentOps } from '@nuanyang/contract/documents.ts'
import { familyOps } from '@nuanyang/contract/families.ts'
import { todayOps } from '@nuanyang/contract/today.ts'
import { docxParagraphs } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import { documentBytes } from '../testing/issued.ts'
import type { Cast } from '../testing/make.ts'

// The first document loads a compiler and its faces; on a busy machine that alone can take half a minute.
vi.setConfig({ testTimeout: 120_000 })

let app: TestApp
let cast: Cast
let director: Person
const ids: Record<string, string> = {}

async function add(name: string, facts: object, who = director): Promise<void> {
  ids[name] = newId()
  await app.call(childOps.create, { body: { id: ids[name], facts: { name, born_on: '2016-03-02', ...facts }, although_similar: true } }, who) // prettier-ignore
}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  const away = { state: 'away', work_place: '东莞', away_since: '2025-02' }
  const home = { household_place: '小暑村', household_place_code: '360123104207', address: '小暑村三组 7 号' }
  const carer = { name: '王桂英', relation: 'paternal_grandmother', relation_words: '阿婆', phones: ['19900000210'] }
  await add('陈小雨', { ...home, household_no: '12', father: { name: '陈建国', ...away, planned_return_on: '2026-12-10' }, mother: { name: '李秋萍', ...away, work_place: '宁波', away_since: null }, carer }) // prettier-ignore
  await add('陈小满', { ...home, household_no: '12', born_on: '2018-05-01', father: { name: '陈建国', ...away }, mother: { name: '李秋萍', state: 'home' }, carer }) // prettier-ignore
  await add('何梓涵', { ...home, father: { name: '何勇', ...away, planned_return_on: '2026-10-01' }, mother: { name: '周兰', ...away, work_place: '东莞' } }) // prettier-ignore
  await add('黄天佑', { father: { state: 'home' }, mother: { state: 'home' } })
  const far = await app.signInAs('child_director', cast.otherVillage)
  await add('远处子', { father: { name: '远父', ...away }, mother: { state: 'home' } }, far)
})
afterAll(() => app.close())

test('families.away lists who is where since when, filtered, page by page; nobody out of sight', async () => {
  const all = await app.call(familyOps.away, {}, director)
  expect(all.total).toBe(5)
  expect(all.items.map((row) => [row.child_name, row.adult_name, row.place, row.from_on, row.planned_return_on])).toContainEqual(['陈小雨', '陈建国', '东莞', '2025-02', '2026-12-10']) // prettier-ignore
  const first = await app.call(familyOps.away, { limit: 2 }, director)
  const second = await app.call(familyOps.away, { limit: 3, after: first.next! }, director)
  expect([...first.items, ...second.items]).toEqual(all.items)
  const named = async (query: object) =>
    (await app.call(familyOps.away, query, director)).items.map((row) => `${row.child_name}${row.parent === 'father' ? '父' : '母'}`) // prettier-ignore
  expect(await named({ returns: 'soon' })).toEqual(['陈小雨父'])
  expect(await named({ returns: 'late' })).toEqual(['何梓涵父'])
  expect(await named({ lacks: 'since' })).toEqual(['陈小雨母'])
  expect(await named({ q: '宁波' })).toEqual(['陈小雨母'])
  expect(await named({ when: 'past' })).toEqual([])
  expect((await app.call(familyOps.away, { unit_id: cast.otherVillage.id }, director)).items).toEqual([])
  // A helper office that sees no family sees no line.
  const committee = await app.signInAs('next_gen_committee', cast.village)
  expect((await app.call(familyOps.away, {}, committee)).items).toEqual([])
})

test('families.carers keeps who cared before, in the family’s own word', async () => {
  const file = await app.call(childOps.get, { id: ids['何梓涵']! }, director)
  const carer = (name: string, since: string) => ({ carer: { name, relation: 'maternal_grandmother' as const, relation_words: '外婆', since } }) // prettier-ignore
  const changed = await app.call(childOps.change, { id: file.id, body: { version: file.version, facts: carer('罗秀珍', '2025-03') } }, director) // prettier-ignore
  app.time.now = new Date('2026-11-26T02:00:00Z')
  await app.call(childOps.change, { id: file.id, body: { version: changed.file.version, facts: { carer: { name: '罗小妹', relation: 'aunt_uncle', relation_words: '姨妈', since: '2026-09-01', why_changed: '外婆住院' } } } }, director) // prettier-ignore
  const now = await app.call(familyOps.carers, { q: '姨妈' }, director)
  expect(now.items).toMatchObject([{ child_name: '何梓涵', adult_name: '罗小妹', from_on: '2026-09-01', why_changed: '外婆住院', until_on: null }]) // prettier-ignore
  const past = await app.call(familyOps.carers, { when: 'past' }, director)
  expect(past.items).toMatchObject([{ child_name: '何梓涵', adult_name: '罗秀珍', until_on: '2026-09-01' }])
})

test('families.households: children of one house together, who is away and who is there', async () => {
  const { items } = await app.call(familyOps.households, { q: '陈' }, director)
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({ household_no: '12', children: [{ name: '陈小雨' }, { name: '陈小满' }] })
  expect(items[0]!.adults.filter((one) => one.role === 'father')).toMatchObject([{ name: '陈建国', state: 'away' }])
  expect(items[0]!.adults.filter((one) => one.role === 'carer')).toMatchObject([{ relation_words: '阿婆' }])
  const without = await app.call(familyOps.households, { away: 'all' }, director)
  expect(without.items.flatMap((home) => home.children.map((child) => child.name))).toEqual(['何梓涵'])
})

test('ledgers of parents away, of carers and of family members print a row for each, and read back as no roster', async () => {
  const words = async (ledger: string) =>
    docxParagraphs(await documentBytes(app, director, { kind: 'ledger', format: 'docx', ledger, filter: {} })).join('|')
  const away = await words('away_ledger')
  for (const each of ['父母外出务工台账', '陈建国', '爸爸', '东莞', '2026-12-10', '李秋萍', '妈妈', '宁波'])
    expect(away).toContain(each)
  expect(away).not.toContain('远父')
  const carers = await words('carer_ledger')
  for (const each of ['阿婆', '罗秀珍', '罗小妹', '外婆住院']) expect(carers).toContain(each)
  const members = await words('family_members')
  for (const each of ['家庭成员', '重病病种', '社保金', '本人', '父亲', '王桂英']) expect(members).toContain(each)
})

test('a ledger made from the page holds the lines of the page, says which, and names no child besides', async () => {
  const made = async (ledger: string, lines: object) => {
    const body = { kind: 'ledger' as const, format: 'docx' as const, ledger, filter: {}, lines }
    return docxParagraphs(await documentBytes(app, director, body)).join('|')
  }
  const soon = await made('away_ledger', { when: 'now', returns: 'soon' })
  for (const each of ['只列现在的、一个月内要回来的', '共 1 人', '陈小雨', '2026-12-10']) expect(soon).toContain(each)
  for (const each of ['何梓涵', '宁波']) expect(soon).not.toContain(each)
  expect(await made('away_ledger', { q: '宁波' })).toContain('只列写着“宁波”的')
  // One home counts as the page counts it: the brother's mother is at home.
  const gone = await made('family_members', { away: 'all' })
  expect([gone.includes('何梓涵'), gone.includes('陈小雨')]).toEqual([true, false])
  const none = { id: newId(), kind: 'ledger', format: 'docx', ledger: 'away_ledger', filter: {}, purpose: '备查', lines: { when: 'past' } } as const // prettier-ignore
  await app.call(documentOps.issue, { body: none }, director)
  await app.work()
  const failed = await app.call(documentOps.get, { id: none.id }, director)
  expect([failed.state, failed.failure]).toEqual(['failed', expect.stringContaining('没有选到孩子')])
})

test('a place chosen once goes into every file with the same words, and the definition can say; chosen twice is said in words', async () => {
  const before = await app.call(familyOps.places, {}, director)
  expect(before).toMatchObject({
    children: 3,
    items: [
      { words: '东莞', children: 3 },
      { words: '宁波', children: 1 },
    ],
  })
  expect((await app.call(todayOps.get, {}, director)).open_places).toBe(3)
  const answer = async () => {
    const { items } = await app.call(definitionOps.of_child, { child_id: ids['何梓涵']!, on: '2026-11-26' }, director)
    return items.find((one) => one.code === 'mca')!
  }
  expect((await answer()).missing).toEqual(expect.arrayContaining(['father_place_code', 'mother_place_code']))
  const wrong = await app.refused(familyOps.choose_place, { body: { words: '东莞', code: '990123' } }, director)
  expect(wrong.code).toBe('place_not_listed')
  await app.owner.query(
    `insert into divisions (code, name, level, parent_code, path_name, pinyin, initials, rank, grams) values ('4419', '东莞市', 2, null, '广东省东莞市', 'dongguanshi', 'dgs', 20000001, '{}')`,
  )
  // A place written in by hand is under a listed one, or nowhere.
  const nowhere = await app.refused(familyOps.choose_place, { body: { words: '东莞', code: '9999-changan' } }, director)
  expect(nowhere.code).toBe('place_not_listed')
  // An absence that is over, in the same place.
  await app.owner.query(
    `insert into parent_spells (tenant_id, id, child_id, parent, state, place_text, from_on, until_on, stated_on, source_type)
     values ($1, $2, $3, 'father', 'away', '东莞', '2023-02-01', '2024-02-01', '2023-02-01', 'person')`,
    [cast.tenant_id, newId(), ids['何梓涵']],
  )
  const { changed } = await app.call(
    familyOps.choose_place,
    { body: { words: '东莞', code: '4419-changan' } },
    director,
  )
  expect(changed).toBe(3)
  expect((await answer()).missing ?? []).not.toContain('father_place_code')
  const { items: history } = await app.call(childOps.history, { id: ids['何梓涵']! }, director)
  expect(history.filter(({ field }) => field === 'father.work_place_code').map((row) => row.new)).toEqual(['4419-changan', '4419-changan']) // prettier-ignore
  const file = await app.call(childOps.get, { id: ids['何梓涵']! }, director)
  expect(file.father).toMatchObject({ work_place: '东莞', work_place_code: '4419-changan', away_since: '2025-02' })
  const again = await app.refused(familyOps.choose_place, { body: { words: '东莞', code: '4419-changan' } }, director)
  expect([again.code, again.detail]).toEqual(['place_words_gone', expect.stringContaining('可能别人刚选过')])
  expect((await app.call(familyOps.places, {}, director)).items).toMatchObject([{ words: '宁波' }])
  // The other village's file with the same words is out of sight and stays as it is.
  const far = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.call(familyOps.places, {}, far)).items).toMatchObject([{ words: '东莞', children: 1 }])
})

test('a carer of nine is refused where it is typed, one of twelve is told as a contradiction; a father is in one place at a time', async () => {
  const id = newId()
  const facts = (age: number) => ({ name: '唐念念', carer: { name: '唐小哥', relation: 'sibling' as const, age } })
  const nine = await app.refused(childOps.create, { body: { id, facts: facts(9), although_similar: true } }, director)
  expect(nine.errors!.map((one) => one.path)).toEqual(['facts.carer.age'])
  await app.call(childOps.create, { body: { id, facts: { ...facts(12), father: { name: '唐伟', state: 'away', work_place: '东莞', away_since: '2025-02' } }, although_similar: true } }, director) // prettier-ignore
  const twelve = await app.call(childOps.get, { id }, director)
  expect(twelve.contradictions).toContain('carer_too_young')
  const moved = { father: { state: 'away' as const, work_place: '宁波', away_since: '2026-09-10' } }
  app.time.now = new Date('2026-11-27T02:00:00Z')
  await app.call(childOps.change, { id, body: { version: twelve.version, facts: moved } }, director)
  const { items } = await app.call(familyOps.away, { q: '唐念念', when: 'all' }, director)
  expect(items.map((row) => [row.place, row.from_on, row.until_on])).toEqual([['宁波', '2026-09-10', null], ['东莞', '2025-02', '2026-09-10']]) // prettier-ignore
})
