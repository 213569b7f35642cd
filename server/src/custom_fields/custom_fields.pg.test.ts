import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { savedFilterOps } from '@nuanyang/contract/saved_filters.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let county: Person
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  county = await app.signInAs('county_staff', cast.county)
})
afterAll(() => app.close())

const field = (name: string, more: object = {}) => ({ id: newId(), name, type: 'text' as const, options: [] as string[], field_group: 'family' as const, ...more }) // prettier-ignore

test('a county asks what no form asks: in the file, guarded by its group, with history, found by a filter', async () => {
  const body = field('有没有智能手表', { type: 'choice', options: ['有', '没有', '坏了'] })
  expect((await app.refused(customFieldOps.add, { body }, director)).code).toBe('forbidden')
  const made = await app.call(customFieldOps.add, { body }, county)
  expect(made).toMatchObject({ code: 'field_1', used: 0 })
  expect((await app.refused(customFieldOps.add, { body: { ...body, id: newId() } }, county)).code).toBe('custom_name_taken') // prettier-ignore
  expect((await app.refused(customFieldOps.add, { body: field('空的', { type: 'choice' }) }, county)).code).toBe('custom_options') // prettier-ignore
  const id = newId()
  const file = await app.call(childOps.create, { body: { id, facts: { name: '陈小雨' } } }, director)
  const wrong = await app.refused(childOps.set_custom, { id, body: { version: file.version, values: { field_1: '丢了' } } }, director) // prettier-ignore
  expect([wrong.code, wrong.detail]).toEqual(['custom_value', expect.stringContaining('有没有智能手表')])
  expect((await app.refused(childOps.set_custom, { id, body: { version: file.version, values: { field_9: '有' } } }, director)).code).toBe('custom_unknown') // prettier-ignore
  const set = await app.call(childOps.set_custom, { id, body: { version: file.version, values: { field_1: '有' } } }, director) // prettier-ignore
  expect(set).toMatchObject({ custom: { field_1: '有' }, version: file.version + 1 })
  expect((await app.refused(childOps.set_custom, { id, body: { version: file.version, values: { field_1: null } } }, director)).code).toBe('stale') // prettier-ignore
  expect((await app.call(childOps.history, { id }, director)).items[0]).toMatchObject({ field: 'custom.field_1', new: '有' }) // prettier-ignore
  expect((await app.call(childOps.count, { custom: 'field_1', custom_value: '有' }, director)).count).toBe(1)
  expect((await app.call(childOps.count, { custom: 'field_1', custom_value: '坏了' }, director)).count).toBe(0)

  // Whoever does not see the family sees neither the value nor, by trying, who has it.
  await app.owner.query(`insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'class', '2026-09-01')`, [cast.tenant_id, newId(), id, cast.class.id]) // prettier-ignore
  const teacher = await app.signInAs('subject_teacher', cast.class)
  expect((await app.call(childOps.get, { id }, teacher)).custom).toEqual({})
  expect((await app.call(childOps.count, { custom: 'field_1' }, teacher)).count).toBe(0)

  // Renamed with data in it: what was written stays.
  const renamed = await app.call(customFieldOps.change, { id: made.id, body: { version: made.version, name: '手表', options: ['有', '没有'] } }, county) // prettier-ignore
  expect(renamed).toMatchObject({ code: 'field_1', name: '手表', used: 1 })
  expect((await app.call(childOps.get, { id }, director)).custom).toEqual({ field_1: '有' })
  expect((await app.refused(customFieldOps.change, { id: made.id, body: { version: 1, name: '表' } }, county)).code).toBe('stale') // prettier-ignore
  const cleared = await app.call(childOps.set_custom, { id, body: { version: set.version, values: { field_1: null } } }, director) // prettier-ignore
  expect(cleared.custom).toEqual({})
  expect((await app.call(customFieldOps.get, { id: made.id }, director)).used).toBe(0)
  await app.call(customFieldOps.change, { id: made.id, body: { version: renamed.version, ends: true } }, county)
  expect((await app.refused(childOps.set_custom, { id, body: { version: cleared.version, values: { field_1: '有' } } }, director)).code).toBe('custom_unknown') // prettier-ignore
  expect((await app.call(customFieldOps.list, {}, director)).items[0]).toMatchObject({ until_on: '2026-11-25' })
})

test('a roster whose head is called like the field fills it, and the same roster again changes nothing', async () => {
  await app.call(customFieldOps.add, { body: field('家里有几亩地', { type: 'number' }) }, county)
  const rows = ['姓名,性别,出生日期,家里有几亩地', '罗安安,女,2016-05-12,3.5', '罗平平,男,2018-01-02,不清楚'].join('\n')
  for (const round of [1, 2]) {
    const { id } = await app.call(importOps.upload, { body: {}, file: { name: `花名册${round}.csv`, content: `${rows}\n${'\n'.repeat(round)}` } }, director) // prettier-ignore
    await app.work()
    const { questions } = await app.call(importOps.get, { id }, director)
    for (const { id: question_id } of questions)
      await app.call(importOps.put_aside, { id, body: { question_id, aside: true } }, director)
    const { version } = await app.call(importOps.get, { id }, director)
    if (round === 1) await app.call(importOps.apply, { id, body: { version } }, director)
    else
      expect((await app.refused(importOps.apply, { id, body: { version } }, director)).code).toBe('nothing_to_import')
    await app.work()
  }
  const { items } = await app.call(childOps.list, { custom: 'field_2' }, director)
  expect(items.map((row) => row.name)).toEqual(['罗安安'])
  const { rows: history } = await app.owner.query(`select new from changes where field = 'custom.field_2'`)
  expect(history).toEqual([{ new: 3.5 }])
})

test('a field is a column and a filter of the list for those who read its group, as it is filled in, and 未采集 is found too', async () => {
  const add = async (body: ReturnType<typeof field>) => (await app.call(customFieldOps.add, { body }, county)).code
  const watch = await add(field('戴手表', { type: 'yes_no' }))
  const reads = await add(field('爱看的书', { type: 'choices', options: ['童话', '科学'] }))
  const land = await add(field('菜地几分', { type: 'number' }))
  const seen = await add(field('上次体检', { type: 'day' }))
  const says = await add(field('想要什么', { field_group: 'aid' }))
  const born = async (name: string, values: Record<string, unknown>) => {
    const id = newId()
    const { version } = await app.call(childOps.create, { body: { id, facts: { name } } }, director)
    if (Object.keys(values).length > 0)
      await app.call(childOps.set_custom, { id, body: { version, values: values as never } }, director)
    return id
  }
  const one = await born('谷春生', { [watch]: true, [reads]: ['童话', '科学'], [land]: 9.5, [seen]: '2026-05', [says]: '一双 Nike 球鞋' }) // prettier-ignore
  await born('谷夏生', { [watch]: false, [reads]: ['科学'], [land]: 10, [seen]: '2026-03-20' })
  await born('谷秋生', {})
  const names = async (filter: object, who = director) =>
    (await app.call(childOps.list, { q: '谷', ...filter }, who)).items.map((row) => row.name)

  expect((await app.call(childOps.list, { q: '谷春生' }, director)).items[0]!.custom).toEqual({ [watch]: true, [reads]: ['童话', '科学'], [land]: 9.5, [seen]: '2026-05', [says]: '一双 Nike 球鞋' }) // prettier-ignore
  expect(await names({ custom: watch, custom_value: 'false' })).toEqual(['谷夏生'])
  expect(await names({ custom: watch, custom_unknown: 'yes' })).toEqual(['谷秋生'])
  expect(await names({ custom: reads, custom_value: '童话' })).toEqual(['谷春生'])
  // By number, not by letter: 10 is more than 9.5. A month counts where the day may lie in it.
  expect(await names({ custom: land, custom_from: '9.6' })).toEqual(['谷夏生'])
  expect(await names({ custom: land, custom_from: '9', custom_until: '9.5' })).toEqual(['谷春生'])
  expect(await names({ custom: seen, custom_from: '2026-05-20' })).toEqual(['谷春生'])
  expect(await names({ custom: seen, custom_until: '2026-03-20' })).toEqual(['谷夏生'])
  expect(await names({ custom: says, custom_value: 'nike' })).toEqual(['谷春生'])
  expect(await names({ custom: watch, custom_from: '1' })).toEqual([])

  // Whoever reads neither the family nor the aid gets no column, and no answer, filled or not.
  await app.owner.query(`insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) select tenant_id, gen_random_uuid(), id, $2, 'class', '2026-09-01' from children where tenant_id = $1 and name like '谷%'`, [cast.tenant_id, cast.class.id]) // prettier-ignore
  const teacher = await app.signInAs('subject_teacher', cast.class)
  expect((await app.call(childOps.list, {}, teacher)).items.find((row) => row.id === one)!.custom).toEqual({})
  for (const asked of [
    { custom: says },
    { custom: says, custom_unknown: 'yes' },
    { custom: watch, custom_unknown: 'yes' },
  ])
    expect((await app.call(childOps.count, asked as never, teacher)).count).toBe(0)

  // A saved filter over it says so to a colleague who may not read it.
  await app.call(savedFilterOps.save, { body: { id: newId(), name: '想要球鞋', filter: { custom: says, custom_value: '球鞋' }, shared: true } }, director) // prettier-ignore
  const colleague = await app.signInAs('next_gen_committee', cast.village)
  expect((await app.call(savedFilterOps.list, {}, colleague)).items).toMatchObject([{ beyond: ['custom'] }])
})
