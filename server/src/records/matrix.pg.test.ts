// The rights matrix over records, generated from contract/src/roles.ts and the kinds: every role × link × visibility, asserted in bytes. What
// needs a part of the child that is open is there; where a part is masked, only that it was done; else not at all.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { specOf } from '@nuanyang/contract/records.fields.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { roleCodes, roles, type Cell, type FieldGroup, type Link, type Role } from '@nuanyang/contract/roles.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'
import { addRecords, type RecordToAdd } from './records.ts'

let app: TestApp
let cast: Cast
let child: string
let places: Record<Exclude<Link, 'pairing'>, MadeUnit>
let director: Person

/** Each with words that stand nowhere else, and the day of the month that tells them apart. */
const written: { kind: Kind; words: string; fields: Record<string, unknown>; remark: string }[] = [
  { kind: 'activity', words: '甲子活动', fields: { theme: '甲丑主题' }, remark: '甲寅话' },
  { kind: 'call', words: '乙子通话', fields: { reached: 'yes', accompanied_by: '乙丑陪' }, remark: '乙寅话' },
  { kind: 'study', words: '丙子辅导', fields: { difficulty: '丙丑难' }, remark: '丙寅话' },
  { kind: 'health', words: '丁子就医', fields: { diagnosis: '丁丑诊' }, remark: '丁寅话' },
  { kind: 'aid', words: '戊子物资', fields: { source: '戊丑来源' }, remark: '戊寅话' },
  { kind: 'talk', words: '己子谈心', fields: { child_words: '己丑原话' }, remark: '己寅话' },
  { kind: 'guidance', words: '庚子指导', fields: { topic: '庚丑主题' }, remark: '庚寅话' },
  { kind: 'counselling', words: '辛子辅导', fields: { concern: '辛丑困扰' }, remark: '辛寅话' },
  {
    kind: 'individual_plan',
    words: '壬子心理方案',
    fields: { template: 'mind', part: 'plan', needs: '壬丑需要' },
    remark: '壬寅话',
  },
]
const ids = written.map(() => newId())

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  child = newId()
  await app.call(childOps.create, { body: { id: child, facts: { name: '欧阳甲乙', born_on: '2016-01-05' } } }, director)
  const far = await app.signInAs('child_director', cast.otherVillage)
  const elsewhere = newId()
  await app.call(childOps.create, { body: { id: elsewhere, facts: { name: '远处子' } } }, far)
  const group = await app.make.unit(cast.village, { kind: 'villager_group', name: '三组' })
  const station = await app.make.unit(cast.village, { kind: 'station', name: '驿站' })
  const link = (unit: MadeUnit, as: string) =>
    app.owner.query(
      `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, $5, '2026-01-01')`,
      [cast.tenant_id, newId(), child, unit.id, as],
    )
  await link(cast.class, 'class')
  await link(cast.office, 'partner')
  await link(group, 'villager_group')
  await link(station, 'station')
  places = {
    residence: cast.village, hukou: cast.village, villager_group: group, grid: cast.grid, class: cast.class, partner: cast.office, station,
  } // prettier-ignore
  // Written by the house itself, so that nobody in this test is its writer; one of somebody else's child beside each.
  const record = (n: number, child_id: string, id: string, mark: string): RecordToAdd => ({
    id,
    kind: written[n]!.kind,
    unit_id: cast.township.id,
    happened_on: `2026-10-0${n + 1}`,
    text: `${mark}${written[n]!.words}`,
    child_ids: [child_id],
    remarks: { [child_id]: written[n]!.remark },
    fields: written[n]!.fields,
    place: `${mark}${written[n]!.words}处`,
    ...(written[n]!.kind === 'aid'
      ? { items: [{ what: 'money' as const, name: `${mark}戊卯慰问金`, amount_fen: 73_100 }] }
      : {}),
  })
  await app.system({ tenant: cast.tenant_id }, (ctx) =>
    addRecords(ctx, [
      ...written.map((_, n) => record(n, child, ids[n]!, '')),
      ...written.map((_, n) => record(n, elsewhere, newId(), '远')),
    ]),
  )
})
afterAll(() => app.close())

const standing = roleCodes.flatMap((role) =>
  (Object.keys(roles[role].sees) as Link[])
    .filter((link) => link !== 'hukou' && link !== 'grid')
    .map((link) => ({ role, link })),
)

async function stand(role: Role, link: Link): Promise<Person> {
  if (link !== 'pairing') {
    const person = await app.signInAs(role, places[link])
    if ('asks_purpose' in roles[role]) await app.call(childOps.state_purpose, { body: { purpose: '核对' } }, person)
    return person
  }
  const nowhere = await app.make.unit(cast.township, { kind: 'village', name: `空村${role}` })
  const person = await app.signInAs(role, nowhere, { name: `结对${role}` })
  const helper = { name: `结对${role}`, kind: 'volunteer' as const, phone: '13900000000', vetted: true }
  await app.call(pairingOps.create, { body: { id: newId(), child_id: child, helper, from_on: '2026-11-01' } }, director)
  await app.owner.query(
    `update memberships set adult_id = (select id from adults where name = $1) where account_id = $2`,
    [`结对${role}`, person.id],
  )
  return person
}

const cellOf = (role: Role, link: Link, group: FieldGroup): Cell =>
  (roles[role].sees as Partial<Record<Link, Partial<Record<FieldGroup, Cell>>>>)[link]?.[group] ?? 'no'
const order: Cell[] = ['no', 'masked', 'reveal', 'open']

/** A village holds its groups and stations: the widest cell counts. */
function seen(role: Role, link: Link, group: FieldGroup): number {
  const inside: Link[] = link === 'residence' ? ['residence', 'villager_group', 'station'] : [link]
  return Math.max(...inside.map((each) => order.indexOf(cellOf(role, each, group))))
}

const visibilityGroup = { open: [], case_notes: ['case_notes'], psychological: ['psychological'] } as const

describe.each(standing)('$role over $link', ({ role, link }) => {
  test('records.list and records.get show each record as the cells of its groups say; search finds no more', async () => {
    const who = await stand(role, link)
    const all = await app.send(recordOps.list, { limit: 200 }, who)
    const own = await app.send(recordOps.list, { child_id: child }, who)
    expect([all.status, own.status]).toEqual([200, 200])
    for (const [n, { kind, words, fields, remark }] of written.entries()) {
      const visibility = kind === 'individual_plan' ? 'psychological' : specOf(kind).visibility
      const groups: FieldGroup[] = [specOf(kind).group, ...visibilityGroup[visibility]]
      const least = Math.min(...groups.map((group) => seen(role, link, group)))
      // A helper, who may not know the whole name, sees nothing but the own work.
      const there = least >= 1 && seen(role, link, 'full_name') === 3
      const open = least === 3
      const one = await app.send(recordOps.get, { id: ids[n]! }, who)
      expect([kind, one.status]).toEqual([kind, there ? 200 : 404])
      const found = await app.send(recordOps.list, { text: words }, who)
      const secrets = [words, remark, Object.values(fields).at(-1) as string, ...(kind === 'aid' ? ['戊卯', '73100'] : [])] // prettier-ignore
      for (const answer of [all, own, one]) {
        expect([kind, answer.text.includes(ids[n]!)]).toEqual([kind, there])
        for (const secret of secrets) expect([kind, secret, answer.told.includes(secret)]).toEqual([kind, secret, open])
      }
      expect([kind, found.text.includes(ids[n]!)]).toEqual([kind, open])
    }
    expect(all.text).not.toContain('远')
  })
})

test('roles that see no child are refused every record', async () => {
  for (const role of roleCodes.filter((code) => Object.keys(roles[code].sees).length === 0)) {
    const who = await app.signInAs(role, cast.county)
    for (const op of Object.values(recordOps) as Operation[]) {
      const answer = await app.send(op, { id: ids[0]!, body: {} }, who)
      expect([role, op.name, answer.status]).toEqual([role, op.name, 403])
    }
  }
})

test('psychological material is written only by whoever may read it', async () => {
  const teacher = await app.signInAs('class_teacher', cast.class)
  const counsellor = await app.signInAs('counsellor', cast.class)
  const body = (id = newId()): RecordToAdd => ({
    id,
    kind: 'counselling',
    happened_on: '2026-11-20',
    text: '画了房树人',
    child_ids: [child],
    fields: {},
  })
  const refusal = await app.refused(recordOps.add, { body: body() }, teacher)
  expect([refusal.code, refusal.detail.includes('心理教师')]).toEqual(['record_not_yours_to_write', true])
  const made = await app.call(recordOps.add, { body: body() }, counsellor)
  expect(made.visibility).toBe('psychological')
  expect((await app.send(recordOps.get, { id: made.id }, teacher)).status).toBe(404)
})
