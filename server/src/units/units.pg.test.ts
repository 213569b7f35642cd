import { afterAll, beforeAll, expect, test } from 'vitest'
import { unitOps, type Unit } from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'
import { findOrCreateClasses, findUnitsByName } from './units.ts'

let house: TestApp
let cast: Cast
let administrator: Person
let supervisor: Person

beforeAll(async () => {
  house = await testApp()
  cast = await house.make.county()
  administrator = await house.signInAs('administrator', cast.county)
  supervisor = await house.signInAs('child_supervisor', cast.township)
})
afterAll(() => house.close())

const get = (unit: { id: string }, who: Person = administrator) => house.call(unitOps.get, { id: unit.id }, who)

/** A registered child with these links since 1 September. */
async function child(links: [MadeUnit | { id: string }, string][], name = '林小满'): Promise<string> {
  const id = newId()
  await house.owner.query(
    `insert into children (tenant_id, id, name, given_name, registered_on, card_code, created_at, updated_at)
     values ($1, $2::uuid, $3, '小满', '2026-09-01', $2::uuid::text, '2026-09-01', '2026-09-01')`,
    [cast.tenant_id, id, name],
  )
  for (const [unit, as] of links)
    await house.owner.query(
      `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, $5, '2026-09-01')`,
      [cast.tenant_id, newId(), id, unit.id, as],
    )
  return id
}

async function linksOf(childId: string) {
  const { rows } = await house.owner.query<{ name: string; as: string; from_on: string; until_on: string | null }>(
    `select u.name, cu."as", cu.from_on, cu.until_on from child_units cu join units u on u.tenant_id = cu.tenant_id and u.id = cu.unit_id
      where cu.child_id = $1 order by cu.from_on, cu."as"`,
    [childId],
  )
  return rows
}

function newUnit(parent: MadeUnit | Unit, kind: string, name: string) {
  return { body: { id: newId(), kind, name, parent_id: parent.id } as never }
}

test('list: a person sees the own unit and below, two levels at first, with today’s numbers, and no other township', async () => {
  const village = await house.call(unitOps.create, newUnit(cast.township, 'village', '谷雨村'), supervisor)
  const group = await house.call(unitOps.create, newUnit(village, 'villager_group', '一组'), supervisor)
  const one = await child([
    [village, 'residence'],
    [group, 'villager_group'],
  ])
  await child([[village, 'residence']], '林小雪')
  await child([[village, 'hukou']], '林小寒')
  await house.make.account('child_director', { ...cast.village, id: village.id })

  const { items, root } = await house.call(unitOps.list, {}, supervisor)
  expect(root.name).toBe('芦溪镇')
  const names = items.map((item) => item.name)
  expect(names).toContain('小暑村')
  expect(names).not.toContain('荷塘社区')
  const line = items.find((item) => item.id === village.id)!
  expect(line).toMatchObject({ children: 2, members: 1, units: 1, linked: false })
  expect(items.find((item) => item.id === group.id)).toMatchObject({ children: 1, units: 0 })

  await house.owner.query(
    `update children set status = 'exited', exited_on = '2026-11-01', exit_reason = 'moved' where id = $1`,
    [one],
  )
  expect((await get(village, supervisor)).children).toBe(1)

  const shallow = await house.call(unitOps.list, { levels: 1 }, supervisor)
  expect(shallow.items.map((item) => item.id)).not.toContain(group.id)
  for (const name of ['十组', '二组', '9组'])
    await house.call(unitOps.create, newUnit(village, 'villager_group', name), supervisor)
  const part = await house.call(unitOps.list, { under: village.id, levels: 1 }, supervisor)
  expect(part.items.map((item) => item.name)).toEqual(['谷雨村', '一组', '二组', '9组', '十组'])
})

test('list: the tree of another township, or of another county, is not found', async () => {
  expect((await house.refused(unitOps.list, { under: cast.community.id }, supervisor)).code).toBe('not_found')
  const other = await house.make.county('990124')
  expect((await house.refused(unitOps.get, { id: other.village.id }, administrator)).code).toBe('not_found')
})

test('search: anybody signed in finds a school of the county by name, parent or pinyin, whatever their own unit', async () => {
  const teacher = await house.signInAs('class_teacher', cast.class)
  const found = async (q: string, kinds?: string[]) =>
    (await house.call(unitOps.search, { q, ...(kinds ? { kinds: kinds as never } : {}) }, teacher)).items.map(
      (item) => item.name,
    )
  expect(await found('中心小学')).toContain('芦溪镇中心小学')
  expect(await found('lutangshequ')).toEqual([])
  expect(await found('hetang')).toContain('荷塘社区')
  expect(await found('芦溪镇小暑')).toEqual(['小暑村'])
  expect(await found('小暑', ['school'])).toEqual([])
  expect(await found('%')).toEqual([])
})

test('get: what stands above, and a class called by its grade of the day', async () => {
  const teacher = await house.signInAs('class_teacher', cast.class)
  const unit = await get(cast.class, teacher)
  expect(unit.label).toBe('三年级（2）班')
  expect(unit.above.map((one) => one.name)).toEqual(['青禾县', '芦溪镇', '芦溪镇中心小学'])
  expect(unit.mine).toBe(true)
  const above = await get(cast.school, teacher)
  expect(above).toMatchObject({ mine: false, links: [], teams: [] })
})

test('create: typed once, and said why not when it does not fit', async () => {
  const grid = await house.call(unitOps.create, newUnit(cast.village, 'grid', '第二网格'), supervisor)
  expect(grid).toMatchObject({ kind: 'grid', name: '第二网格', depth: 3, version: 1 })

  const twin = await house.refused(unitOps.create, newUnit(cast.village, 'grid', '第二网格'), supervisor)
  expect(twin).toMatchObject({ code: 'unit_exists', detail: expect.stringContaining('小暑村') })
  const wrong = await house.refused(
    unitOps.create,
    newUnit(cast.village, 'school', '甲') && newUnit(cast.village, 'class', '甲'),
    supervisor,
  )
  expect(wrong.code).toBe('invalid')
  const under = await house.refused(unitOps.create, newUnit(cast.school, 'village', '立冬村'), supervisor)
  expect(under.code).toBe('unit_wrong_parent')
  expect(under.detail).toContain('村的上级只能是乡镇（街道）、县（市、区）')
  expect((await house.refused(unitOps.create, newUnit(cast.community, 'grid', '甲'), supervisor)).code).toBe(
    'not_found',
  )
  expect((await house.refused(unitOps.create, newUnit(cast.village, 'grid', ' '), supervisor)).code).toBe('invalid')

  const director = await house.signInAs('child_director', cast.village)
  const refused = await house.refused(unitOps.create, newUnit(cast.village, 'grid', '丙'), director)
  expect(refused).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('管理单位') })
})

test('create: a class by stage, year and number; the same command sent twice makes one', async () => {
  const body = {
    id: newId(),
    kind: 'class',
    parent_id: cast.school.id,
    stage: 'primary',
    entry_year: 2026,
    class_number: '3',
  } as const
  const key = newId()
  const first = await house.call(unitOps.create, { body }, supervisor, { key })
  const again = await house.call(unitOps.create, { body }, supervisor, { key })
  expect(again).toEqual(first)
  expect(first).toMatchObject({ name: '小学2026级3班', label: '一年级（3）班' })
  const twin = await house.refused(unitOps.create, { body: { ...body, id: newId() } }, supervisor)
  expect(twin.code).toBe('unit_exists')
})

test('create: a place of the list gets the id that every installation gives it', async () => {
  const body = {
    id: newId(),
    kind: 'village',
    name: '立秋村',
    parent_id: cast.township.id,
    division_code: '990123104299',
  } as const
  const made = await house.call(unitOps.create, { body }, administrator)
  const other = await house.make.county('990125')
  const theirs = await house.make.unit(other.township, {
    kind: 'village',
    name: '立秋村',
    division_code: '990123104299',
  })
  expect(theirs.id).toBe(made.id)
  expect(made.id).not.toBe(body.id)
})

test('rename: the last writer does not win silently', async () => {
  const unit = await house.call(unitOps.create, newUnit(cast.village, 'grid', '第三网格'), supervisor)
  const renamed = await house.call(unitOps.rename, { id: unit.id, body: { name: '东头网格', version: 1 } }, supervisor)
  expect(renamed).toMatchObject({ name: '东头网格', version: 2 })
  const stale = await house.refused(unitOps.rename, { id: unit.id, body: { name: '西头网格', version: 1 } }, supervisor)
  expect(stale).toMatchObject({ code: 'stale', current: { name: '东头网格', version: 2 } })
  const twin = await house.refused(unitOps.rename, { id: unit.id, body: { name: '第二网格', version: 2 } }, supervisor)
  expect(twin.code).toBe('unit_exists')
})

test('move: everything below comes along, and nothing moves into itself or out of one’s own tree', async () => {
  const village = await house.call(unitOps.create, newUnit(cast.township, 'village', '夏至村'), administrator)
  const grid = await house.call(unitOps.create, newUnit(village, 'grid', '第一网格'), administrator)
  const town = await house.call(unitOps.create, newUnit(cast.county, 'township', '云岭乡'), administrator)

  const outside = await house.refused(
    unitOps.move,
    { id: village.id, body: { parent_id: town.id, version: 1 } },
    supervisor,
  )
  expect(outside.code).toBe('not_found')
  const moved = await house.call(
    unitOps.move,
    { id: village.id, body: { parent_id: town.id, version: 1 } },
    administrator,
  )
  expect(moved.above.map((one) => one.name)).toEqual(['青禾县', '云岭乡'])
  expect((await get(grid)).above.map((one) => one.name)).toEqual(['青禾县', '云岭乡', '夏至村'])
  expect((await house.refused(unitOps.get, { id: grid.id }, supervisor)).code).toBe('not_found')

  const self = await house.refused(
    unitOps.move,
    { id: village.id, body: { parent_id: grid.id, version: 2 } },
    administrator,
  )
  expect(self.code).toBe('unit_moves_into_itself')
  const kinds = await house.refused(
    unitOps.move,
    { id: grid.id, body: { parent_id: town.id, version: 1 } },
    administrator,
  )
  expect(kinds.code).toBe('unit_wrong_parent')
  const { rows } = await house.owner.query(
    `select u.name from units u join units p on p.tenant_id = u.tenant_id and p.id = u.parent_id
      where u.tenant_id = $1 and (u.path <> p.path || u.id || '/' or u.depth <> p.depth + 1)`,
    [cast.tenant_id],
  )
  expect(rows).toEqual([])
})

test('merge: children, groups, people and agreements go over on the day, and what was true before stays true', async () => {
  const old = await house.call(unitOps.create, newUnit(cast.township, 'village', '处暑村'), supervisor)
  const into = await house.call(unitOps.create, newUnit(cast.township, 'community', '秋分社区'), supervisor)
  const oldGroup = await house.call(unitOps.create, newUnit(old, 'villager_group', '一组'), supervisor)
  await house.call(unitOps.create, newUnit(into, 'villager_group', '一组'), supervisor)
  const office = await house.call(unitOps.create, newUnit(cast.county, 'partner_office', '县教育局'), administrator)
  await house.call(
    unitOps.link,
    {
      id: office.id,
      body: {
        id: newId(),
        other_unit_id: old.id,
        kind: 'partner_village',
        agreement: '每月走访一次',
        from_on: '2026-09-01',
      },
    },
    administrator,
  )
  const one = await child(
    [
      [old, 'residence'],
      [oldGroup, 'villager_group'],
    ],
    '方小满',
  )
  const director = await house.signInAs('child_director', { ...cast.village, id: old.id })
  expect((await get(old, director)).children).toBe(1)

  const household = newId()
  await house.owner.query(
    `insert into households (tenant_id, id, unit_id, household_no, created_at) values ($1, $2, $3, '018', '2026-09-01')`,
    [cast.tenant_id, household, old.id],
  )

  const merged = await house.call(
    unitOps.merge,
    { id: old.id, body: { into_id: into.id, on: '2026-11-01', reason: '村改居', version: 1 } },
    supervisor,
  )
  expect(merged).toMatchObject({ id: into.id, name: '秋分社区', children: 1, members: 1 })
  expect(merged.links).toMatchObject([
    { unit: { name: '县教育局' }, agreement: '每月走访一次', from_on: '2026-11-01', children: 0 },
  ])
  expect(await linksOf(one)).toMatchObject([
    { name: '处暑村', as: 'residence', from_on: '2026-09-01', until_on: '2026-11-01' },
    { name: '一组（原处暑村）', as: 'villager_group', until_on: null },
    { name: '秋分社区', as: 'residence', from_on: '2026-11-01', until_on: null },
  ])
  const groups = (await house.call(unitOps.list, { under: into.id, levels: 1 }, supervisor)).items.map(
    (item) => item.name,
  )
  expect(groups.toSorted()).toEqual(['一组', '一组（原处暑村）', '秋分社区'].toSorted())

  const kept = await house.owner.query('select unit_id from households where id = $1', [household])
  expect(kept.rows).toEqual([{ unit_id: into.id }])

  // The director is still signed in, now in the community, and still reaches the closed village's past.
  const theirs = await house.call(unitOps.list, { closed: true }, director)
  expect(theirs.root.name).toBe('秋分社区')
  expect(theirs.items.find((item) => item.id === old.id)).toMatchObject({
    closed_on: '2026-11-01',
    closed_reason: '村改居',
    merged_into_id: into.id,
  })
  const again = await house.refused(
    unitOps.merge,
    { id: old.id, body: { into_id: into.id, on: '2026-11-02', version: 3 } },
    supervisor,
  )
  expect(['unit_closed', 'stale']).toContain(again.code)
  const closedParent = await house.refused(unitOps.create, newUnit(old, 'grid', '甲'), supervisor)
  expect(closedParent.code).toBe('unit_parent_closed')
})

test('merge: two schools with a class 1 each keep both classes, and schooling follows the class', async () => {
  const [north, south] = [
    await house.call(unitOps.create, newUnit(cast.township, 'school', '北坡小学'), supervisor),
    await house.call(unitOps.create, newUnit(cast.township, 'school', '南坡小学'), supervisor),
  ]
  const key = { stage: 'primary', entry_year: 2025, class_number: '1' } as const
  const [a, b] = await house.system({ tenant: cast.tenant_id }, async (ctx) => [
    (await findOrCreateClasses(ctx, north.id, [key]))[0]!,
    (await findOrCreateClasses(ctx, south.id, [key, key]))[0]!,
  ])
  const pupil = await child([[a!, 'class']], '方小雪')
  const merged = await house.call(
    unitOps.merge,
    { id: north.id, body: { into_id: south.id, on: '2026-11-01', version: 1 } },
    supervisor,
  )
  expect(merged.children).toBe(1)
  const classes = (await house.call(unitOps.list, { under: south.id, levels: 1 }, supervisor)).items.filter(
    (item) => item.kind === 'class',
  )
  expect(classes.map((item) => [item.id, item.label])).toEqual([
    [b!.id, '二年级（1）班'],
    [a!.id, '二年级（2）班'],
  ])
  expect(await linksOf(pupil)).toMatchObject([{ as: 'class', until_on: null }])

  // Two classes put together: the spell of schooling ends and begins with the link.
  await house.owner.query(
    `insert into enrolments (tenant_id, id, child_id, class_unit_id, from_on, stated_on, source_type) values ($1, $2, $3, $4, '2025-09', '2025-09-01', 'person')`,
    [cast.tenant_id, newId(), pupil, a!.id],
  )
  const version = classes[1]!.version
  await house.call(unitOps.merge, { id: a!.id, body: { into_id: b!.id, on: '2026-11-10', version } }, supervisor)
  const spells = await house.owner.query(
    `select class_unit_id, from_on, until_on from enrolments where child_id = $1 order by from_on`,
    [pupil],
  )
  expect(spells.rows).toEqual([
    { class_unit_id: a!.id, from_on: '2025-09', until_on: '2026-11-10' },
    { class_unit_id: b!.id, from_on: '2026-11-10', until_on: null },
  ])
  expect(await linksOf(pupil)).toMatchObject([{ until_on: '2026-11-10' }, { name: '小学2025级1班', until_on: null }])
})

test('merge: refused across kinds, before the unit opened, and on a day that has not come', async () => {
  const body = {
    id: newId(),
    kind: 'village',
    name: '霜降村',
    parent_id: cast.township.id,
    opened_on: '2026-05-01',
  } as const
  const village = await house.call(unitOps.create, { body }, supervisor)
  const refused = async (into: { id: string }, on: string) =>
    house.refused(unitOps.merge, { id: village.id, body: { into_id: into.id, on, version: 1 } }, supervisor)
  expect((await refused(cast.school, '2026-11-01')).code).toBe('unit_merge_kinds')
  expect((await refused(cast.village, '2026-04-01')).code).toBe('day_before_start')
  expect(await refused(cast.village, '2026-12-01')).toMatchObject({ code: 'invalid', errors: [{ path: 'on' }] })
  expect((await refused(village, '2026-11-01')).code).toBe('unit_moves_into_itself')
})

test('merge: two mergers against each other, and a child that arrives meanwhile: one wins, nobody is left behind', async () => {
  const one = await house.call(unitOps.create, newUnit(cast.township, 'village', '小雪村'), supervisor)
  const two = await house.call(unitOps.create, newUnit(cast.township, 'village', '大寒村'), supervisor)
  const merge = (from: Unit, into: Unit) =>
    house.call(unitOps.merge, { id: from.id, body: { into_id: into.id, on: '2026-11-20', version: 1 } }, supervisor)
  const arriving = await house.owner.connect()
  const kid = await child([], '江小露')
  await arriving.query('begin')
  await arriving.query(
    `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, 'residence', '2026-11-01')`,
    [cast.tenant_id, newId(), kid, one.id],
  )
  const calls = [merge(one, two), merge(two, one)].map((call) =>
    call.then(
      () => true,
      () => false,
    ),
  )
  await arriving.query('commit')
  arriving.release()
  expect((await Promise.all(calls)).filter(Boolean)).toHaveLength(1)
  const { rows } = await house.owner.query(
    `select u.name from child_units cu join units u on u.tenant_id = cu.tenant_id and u.id = cu.unit_id
      where cu.child_id = $1 and cu.until_on is null and u.closed_on is null`,
    [kid],
  )
  expect(rows).toHaveLength(1)
})

test('close: refused with the numbers while anybody stands in it, done when it is empty', async () => {
  const village = await house.call(unitOps.create, newUnit(cast.township, 'village', '大雪村'), supervisor)
  const grid = await house.call(unitOps.create, newUnit(village, 'grid', '第一网格'), supervisor)
  const one = await child([[grid, 'grid']])
  const close = { id: village.id, body: { on: '2026-11-20', reason: '整村搬迁', version: 1 } }
  const refused = await house.refused(unitOps.close, close, supervisor)
  expect(refused.code).toBe('unit_not_empty')
  expect(refused.detail).toContain('1 名儿童、0 个人的身份、1 个下级单位')

  await house.owner.query(`update child_units set until_on = '2026-11-15' where child_id = $1`, [one])
  await house.call(unitOps.close, { id: grid.id, body: { on: '2026-11-15', reason: '搬迁', version: 1 } }, supervisor)
  expect(await house.call(unitOps.close, close, supervisor)).toMatchObject({
    closed_on: '2026-11-20',
    closed_reason: '整村搬迁',
  })
  const names = (await house.call(unitOps.list, {}, supervisor)).items.map((item) => item.name)
  expect(names).not.toContain('大雪村')
  // The name is free again for a unit that opens later.
  await house.call(unitOps.create, newUnit(cast.township, 'village', '大雪村'), supervisor)
  const top = await house.refused(
    unitOps.close,
    { id: cast.county.id, body: { on: '2026-11-20', reason: '甲', version: 1 } },
    administrator,
  )
  expect(top.code).toBe('unit_closed')
})

test('link, get_link, end_link: dated, ordered by kind, once at a time', async () => {
  const body = {
    id: newId(),
    other_unit_id: cast.office.id,
    kind: 'partner_school',
    agreement: '一学年一签',
    from_on: '2026-09-01',
  } as const
  // Said from the school's side; the office still stands first.
  const link = await house.call(unitOps.link, { id: cast.school.id, body }, supervisor)
  expect(link).toMatchObject({ unit: { id: cast.office.id }, other: { id: cast.school.id }, until_on: null })
  const twin = await house.refused(unitOps.link, { id: cast.school.id, body: { ...body, id: newId() } }, supervisor)
  expect(twin).toMatchObject({ code: 'unit_link_exists', detail: expect.stringContaining('2026-09-01') })
  const kinds = await house.refused(unitOps.link, { id: cast.village.id, body: { ...body, id: newId() } }, supervisor)
  expect(kinds).toMatchObject({ code: 'unit_link_kinds', detail: expect.stringContaining('另一边要是学校') })

  // Both sides see the other in their tree and may read the link; a third does not.
  const cadre = await house.signInAs('partner_cadre', cast.office)
  const tree = await house.call(unitOps.list, {}, cadre)
  expect(tree.items.find((item) => item.id === cast.school.id)).toMatchObject({ linked: true })
  expect((await house.call(unitOps.get_link, { id: body.id }, cadre)).agreement).toBe('一学年一签')
  const stranger = await house.signInAs('child_director', cast.otherVillage)
  expect((await house.refused(unitOps.get_link, { id: body.id }, stranger)).code).toBe('not_found')

  const early = await house.refused(unitOps.end_link, { id: body.id, body: { until_on: '2026-08-01' } }, supervisor)
  expect(early.code).toBe('day_before_start')
  expect(
    (await house.call(unitOps.end_link, { id: body.id, body: { until_on: '2026-11-25' } }, supervisor)).until_on,
  ).toBe('2026-11-25')
  expect(
    (await house.refused(unitOps.end_link, { id: body.id, body: { until_on: '2026-11-26' } }, supervisor)).code,
  ).toBe('already_ended')
  expect((await house.call(unitOps.list, {}, cadre)).items.some((item) => item.linked)).toBe(false)
})

test('joint: what village and school see together is the children who stand in both, within each one’s own view', async () => {
  const body = { id: newId(), other_unit_id: cast.school.id, kind: 'village_school', from_on: '2026-09-01' } as const
  const both = await child(
    [
      [cast.village, 'residence'],
      [cast.class, 'class'],
    ],
    '江小满',
  )
  const villageOnly = await child([[cast.village, 'residence']], '江小雪')
  await child([[cast.class, 'class']], '江小寒')
  const link = await house.call(unitOps.link, { id: cast.village.id, body }, supervisor)
  expect(link.children).toBe(1)
  const director = await house.signInAs('child_director', cast.village)
  const head = await house.signInAs('school_leader', cast.school)
  expect((await house.call(unitOps.joint, { id: body.id }, director)).items).toEqual([
    { id: both, name: '江小满', sex: null, born_on: null },
  ])
  expect((await house.call(unitOps.joint, { id: body.id }, head)).items.map((one) => one.id)).toEqual([both])
  expect(villageOnly).not.toBe(both)
  // Somebody who may read no child gets none, though the link is theirs to see.
  const helper = await house.refused(unitOps.joint, { id: body.id }, administrator)
  expect(helper.code).toBe('forbidden')
})

test('every change of a unit leaves one audit row with who and no value', async () => {
  const unit = await house.call(unitOps.create, newUnit(cast.village, 'grid', '审计网格'), supervisor)
  await house.call(unitOps.rename, { id: unit.id, body: { name: '审计二网格', version: 1 } }, supervisor)
  await house.call(unitOps.close, { id: unit.id, body: { on: '2026-11-25', reason: '并网', version: 2 } }, supervisor)
  const { rows } = await house.owner.query<{ operation: string; account_id: string }>(
    'select * from audit where subject_id = $1 order by id',
    [unit.id],
  )
  expect(rows.map((row) => row.operation)).toEqual(['unit.created', 'unit.renamed', 'unit.closed'])
  for (const row of rows) expect(row.account_id).toBe(supervisor.id)
  expect(JSON.stringify(rows)).not.toContain('审计')
})

test('two people who make the same unit at once make one', async () => {
  const calls = await Promise.allSettled(
    Array.from({ length: 4 }, () =>
      house.call(unitOps.create, newUnit(cast.otherVillage, 'grid', '同时网格'), supervisor),
    ),
  )
  expect(calls.filter((call) => call.status === 'fulfilled')).toHaveLength(1)
  for (const call of calls) if (call.status === 'rejected') expect(String(call.reason)).toContain('unit_exists')
})

test('two imports at once that both meet a new class make it once', async () => {
  const key = { stage: 'junior', entry_year: 2026, class_number: '9' } as const
  const ids = await Promise.all(
    [1, 2, 3].map(() =>
      house.system(
        { tenant: cast.tenant_id },
        async (ctx) => (await findOrCreateClasses(ctx, cast.school.id, [key]))[0]!.id,
      ),
    ),
  )
  expect(new Set(ids).size).toBe(1)
})

test('an import finds a village by any way of writing it, and says when two answer to one name', async () => {
  await house.make.unit(
    { tenant_id: cast.tenant_id, id: (await get(cast.grid)).above[1]!.id, name: '' },
    { kind: 'village', name: '小暑村' },
  )
  const found = await house.system({ tenant: cast.tenant_id }, (ctx) =>
    findUnitsByName(ctx, ['village', 'community'], ['小暑村委会', '芦溪镇小暑村', '荷塘', '没有的村']),
  )
  const byName = Map.groupBy(found, (unit) => unit.asked)
  expect(
    byName
      .get('小暑村委会')
      ?.map((unit) => unit.parent_name)
      .toSorted(),
  ).toEqual(['城关街道', '芦溪镇'])
  expect(byName.get('芦溪镇小暑村')?.map((unit) => unit.id)).toEqual([cast.village.id])
  expect(byName.get('荷塘')?.map((unit) => unit.id)).toEqual([cast.community.id])
  expect(byName.has('没有的村')).toBe(false)
})

test('search_divisions answers before anybody has an account', async () => {
  const answer = await house.call(unitOps.search_divisions, { q: '小暑' })
  expect(answer.hits.length > 0 || answer.preparing_percent !== null).toBe(true)
})
