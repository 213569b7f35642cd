// The rights matrix, generated from contract/src/roles.ts: every role × link × field group, and every operation that can answer something
// of a child, in JSON, Excel, Word and PDF. What is asserted is bytes: an open value is there, a masked one only as its shape, a closed
// one not at all; a child out of sight is nowhere.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import exceljs from 'exceljs'
import { childOps } from '@nuanyang/contract/children.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import { duplicateOps } from '@nuanyang/contract/duplicates.ts'
import { evaluationOps } from '@nuanyang/contract/evaluations.ts'
import { familyOps } from '@nuanyang/contract/families.ts'
import { fileOps } from '@nuanyang/contract/files.ts'
import { focusOps } from '@nuanyang/contract/focus.ts'
import { boardOps } from '@nuanyang/contract/pairings.boards.ts'
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { surveyOps } from '@nuanyang/contract/surveys.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { offersKind } from '@nuanyang/contract/documents.kinds.ts'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { roleCodes, roles, type Cell, type FieldGroup, type Link, type Role } from '@nuanyang/contract/roles.ts'
import { todayOps } from '@nuanyang/contract/today.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { fetchDocument, type Asked } from '../testing/issued.ts'
import { docxParagraphs, pdfText } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast, MadeUnit } from '../testing/make.ts'

// The first document loads a compiler and its faces; on a busy machine that alone can take half a minute.
vi.setConfig({ testTimeout: 120_000 })

let app: TestApp
let cast: Cast
let director: Person
let child: string
/** Ends up nowhere near the person who looks. */
let elsewhere: string
const identity = '99012320170821094'.concat(checkDigit('99012320170821094'))

/** Bytes that only an open group may show. None is part of another. */
const values: Partial<Record<FieldGroup, readonly string[]>> = {
  full_name: ['欧阳甲乙'],
  birth: ['2017-08-21'],
  identity_no: [identity],
  phones: ['19811110731', '19922220216', '19733330001'],
  address: ['丙丁巷九十九号'],
  family: ['戊父己', '庚辛婆', '壬癸城'],
  schooling: ['子丑小学'],
  health: ['寅卯症'],
  aid: ['辰巳来源'],
}
const shapes: Partial<Record<FieldGroup, readonly string[]>> = {
  identity_no: [`990•••${identity.slice(-4)}`],
  phones: ['198••••0731', '199••••0216', '197••••0001'],
}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  child = await open(director)
  const far = await app.signInAs('child_director', cast.otherVillage)
  elsewhere = newId()
  await app.call(childOps.create, { body: { id: elsewhere, facts: { name: '远处子', address: '远处巷一号' } } }, far)
  const owner = (unit: MadeUnit, as: string) =>
    app.owner.query(
      `insert into child_units (tenant_id, id, child_id, unit_id, "as", from_on) values ($1, $2, $3, $4, $5, '2026-01-01')`,
      [cast.tenant_id, newId(), child, unit.id, as],
    )
  const group = await app.make.unit(cast.village, { kind: 'villager_group', name: '三组' })
  const station = await app.make.unit(cast.village, { kind: 'station', name: '驿站' })
  await owner(cast.class, 'class')
  await owner(cast.office, 'partner')
  await owner(group, 'villager_group')
  await owner(station, 'station')
  places = {
    residence: cast.village,
    hukou: cast.village,
    villager_group: group,
    grid: cast.grid,
    class: cast.class,
    partner: cast.office,
    station,
  }
})
afterAll(() => app.close())

let places: Record<Exclude<Link, 'pairing'>, MadeUnit>

async function open(who: Person): Promise<string> {
  const id = newId()
  const facts = {
    name: '欧阳甲乙',
    identity_no: identity,
    address: '丙丁巷九十九号',
    phones: ['19733330001'],
    school_name: '子丑小学',
    grade: '3' as const,
    health: 'ill' as const,
    illness: '寅卯症',
    father: { name: '戊父己', phones: ['19811110731'], state: 'away' as const, work_place: '壬癸城' },
    carer: { name: '庚辛婆', relation: 'paternal_grandmother' as const, phones: ['19922220216'] },
    income_sources: ['辰巳来源'],
  }
  await app.call(childOps.create, { body: { id, facts } }, who)
  return id
}

/** Links a role follows that this test can stand at with one membership; hukou shares the village's unit with residence. */
const standing = roleCodes.flatMap((role) =>
  (Object.keys(roles[role].sees) as Link[])
    .filter((link) => link !== 'hukou' && link !== 'grid')
    .map((link) => ({ role, link })),
)

async function stand(role: Role, link: Link): Promise<Person> {
  if (link !== 'pairing') {
    const person = await app.signInAs(role, places[link])
    // Who sees counts first says what the names are for.
    const { needed } = await app.call(childOps.purpose, {}, person)
    if (needed) await app.call(childOps.state_purpose, { body: { purpose: '核对' } }, person)
    return person
  }
  // Far from the child's units: what is seen is seen through the pairing alone.
  const nowhere = await app.make.unit(cast.township, { kind: 'village', name: `空村${role}` })
  const person = await app.signInAs(role, nowhere, { name: `结对${role}` })
  await app.call(
    pairingOps.create,
    {
      body: {
        id: newId(),
        child_id: child,
        helper: { name: `结对${role}`, kind: 'volunteer', phone: '13900000000', vetted: true },
        from_on: '2026-11-01',
      },
    },
    director,
  )
  const adult = await app.owner.query(`select id from adults where name = $1`, [`结对${role}`])
  await app.owner.query(`update memberships set adult_id = $1 where account_id = $2`, [adult.rows[0].id, person.id])
  return person
}

const cellOf = (role: Role, link: Link, group: FieldGroup): Cell =>
  (roles[role].sees as Partial<Record<Link, Partial<Record<FieldGroup, Cell>>>>)[link]?.[group] ?? 'no'

/** A unit may be reached over several links of the role at once (the village holds its groups and stations): the widest cell counts. */
function seen(role: Role, link: Link, group: FieldGroup): Cell {
  if (link === 'pairing') return cellOf(role, link, group)
  const inside: Link[] = link === 'residence' ? ['residence', 'villager_group', 'station'] : [link]
  const order: Cell[] = ['no', 'masked', 'reveal', 'open']
  return inside.map((each) => cellOf(role, each, group)).reduce((a, b) => (order.indexOf(a) > order.indexOf(b) ? a : b))
}

describe.each(standing)('$role over $link', ({ role, link }) => {
  let who: Person
  beforeAll(async () => {
    who = await stand(role, link)
  })

  test('children.get, children.list, children.history and today.get show each field group as its cell says', async () => {
    const answers = await Promise.all(
      [
        [childOps.get, { id: child }],
        [childOps.list, {}],
        [childOps.history, { id: child }],
        [todayOps.get, {}],
      ].map(([op, input]) => app.send(op as Operation, input as object, who)),
    )
    expect(answers[0]!.status).toBe(200)
    const all = answers.map((answer) => answer.text).join('\n')
    const file = answers[0]!.text
    for (const [group, bytes] of Object.entries(values) as [FieldGroup, string[]][]) {
      const cell = seen(role, link, group)
      for (const value of bytes) {
        // Names and places of the family stand beside phones in the file: without `family` there is nobody whose phone it could be.
        const shows = group === 'phones' && value !== '19733330001' ? seen(role, link, 'family') === 'open' : true
        if (cell === 'open') expect(file.includes(value), `${group} ${value}`).toBe(shows)
        else expect(all, `${group} ${value}`).not.toContain(value)
      }
      for (const [n, shape] of (shapes[group] ?? []).entries()) {
        const shows = group !== 'phones' || n === 2 || seen(role, link, 'family') === 'open'
        expect(file.includes(shape), `${group} ${shape}`).toBe((cell === 'masked' || cell === 'reveal') && shows)
      }
    }
    expect(all).not.toContain('远处')
  })

  test('a child out of sight is in no answer of any operation', async () => {
    for (const op of Object.values({ ...childOps, ...pairingOps }) as Operation[]) {
      if (!op.path.includes(':id') || op.method !== 'get') continue
      const answer = await app.send(op, { id: elsewhere }, who)
      expect([op.name, answer.status === 404 || answer.status === 403]).toEqual([op.name, true])
      expect(answer.text).not.toContain('远处')
    }
    const search = await app.send(childOps.list, { q: '远处' }, who)
    expect(JSON.parse(search.text)).toMatchObject({ items: [] })
  })

  test('prints carry no more than the file, opened for the purpose, in every format', async () => {
    const may = (roles[role].rights as readonly string[]).includes('children.export')
    for (const asked of printed) {
      const file = await fetchDocument(app, who, { ...asked, child_ids: [child] })
      const offered = may && offersKind(role, asked.kind)
      // A ledger with a column that the role never sees is refused, not printed with holes.
      if (asked.kind === 'ledger' && offered && file.status === 422) {
        expect(file.text).toContain('unknown_column')
        continue
      }
      expect([asked.kind, file.status]).toEqual([asked.kind, offered ? 200 : 403])
      if (!offered) continue
      const paper = (await wordsOf(file.bytes, asked.format)).replace(/[\s-]/g, '')
      expect(paper.length).toBeGreaterThan(10)
      for (const [group, bytes] of Object.entries(values) as [FieldGroup, string[]][]) {
        const cell = seen(role, link, group)
        if (cell === 'open' || cell === 'reveal') continue
        for (const value of bytes) expect(paper, `${group} ${value}`).not.toContain(value.replaceAll('-', ''))
      }
      expect(paper).not.toContain('远处')
    }
  })
})

const printed: readonly Asked[] = [
  { kind: 'contact_cards', format: 'pdf' },
  { kind: 'contact_cards', format: 'docx' },
  { kind: 'registration_form', format: 'pdf' },
  { kind: 'registration_form', format: 'docx' },
  { kind: 'ledger', format: 'xlsx', ledger: 'official_43' },
  { kind: 'ledger', format: 'pdf', ledger: 'village_ledger' },
  { kind: 'ledger', format: 'docx', ledger: 'school_roster' },
]

async function wordsOf(bytes: Buffer, format: Asked['format']): Promise<string> {
  if (format === 'pdf') return pdfText(bytes)
  if (format === 'docx') return docxParagraphs(bytes).join('\n')
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes as never)
  return book.worksheets
    .flatMap((sheet) => sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? row.map(String) : [])))
    .join('\n')
}

test('roles that see no child are refused every child', async () => {
  for (const role of roleCodes.filter((code) => Object.keys(roles[code].sees).length === 0)) {
    const who = await app.signInAs(role, cast.county)
    for (const op of Object.values(childOps) as Operation[]) {
      const answer = await app.send(op, { id: child, code: 'x', body: {} }, who)
      expect([role, op.name, answer.status]).toEqual([role, op.name, 403])
    }
  }
})

const features = [
  childOps,
  consentOps,
  definitionOps,
  duplicateOps,
  evaluationOps,
  familyOps,
  focusOps,
  pairingOps,
  boardOps,
  dueOps,
  recordOps,
  surveyOps,
  todayOps,
  unitOps,
]

const countyRights: readonly string[] = roles.county_staff.rights

test('the county sees counts; a list of names and a file open after a purpose was said, which is logged and passes', async () => {
  const county = await app.signInAs('county_staff', cast.county)
  expect((await app.call(childOps.count, {}, county)).count).toBeGreaterThan(0)
  // Every reading whose answer names children, wherever it is.
  const naming = features
    .flatMap((ops) => Object.values<Operation>(ops))
    .filter((op) => op.names && op.method === 'get' && countyRights.includes(op.may))
  expect(naming.length).toBeGreaterThan(20)
  const given: Record<string, object> = {
    'today.quiet_children': { days: 14 },
    'plans.rate_children': { part: 'yes' },
    'definitions.turns': { code: 'mca', from: '2026-09-01', until: '2026-11-25' },
    'consents.list': { child_id: child },
    'evaluations.list': { child_id: child },
  }
  const ask = async (op: Operation) => {
    const params = Object.fromEntries(
      [...op.path.matchAll(/:(\w+)/g)].map((found) => [
        found[1]!,
        op.name === 'plans.rate_children' ? 'file_rate' : child,
      ]),
    )
    const answer = await app.send(op, { ...params, ...given[op.name] }, county)
    return [op.name, answer.status === 200 ? 'told' : (JSON.parse(answer.text) as { code: string }).code]
  }
  for (const op of naming) expect(await ask(op)).toEqual([op.name, 'names_need_purpose'])
  const refused = await app.refused(fileOps.list, { owner_type: 'child', owner_id: child }, county)
  expect([refused.code, refused.detail]).toEqual(['names_need_purpose', expect.stringContaining('先说明用来做什么')])
  // A count of those who are called so, or have that number, would say whether a child is there.
  expect((await app.refused(childOps.count, { q: '欧阳' }, county)).code).toBe('names_need_purpose')
  // Numbers and papers of units are there at once, and no child is named in 今天.
  expect((await app.call(todayOps.get, {}, county)).due?.children ?? []).toEqual([])
  expect((await app.call(dueOps.rates, {}, county)).items.length).toBeGreaterThan(0)
  await app.call(fileOps.list, { owner_type: 'unit', owner_id: cast.county.id }, county)
  const { until } = await app.call(childOps.state_purpose, { body: { purpose: '年度核查' } }, county)
  expect(until).not.toBeNull()
  expect((await app.call(childOps.list, {}, county)).items.length).toBeGreaterThan(0)
  await app.call(childOps.count, { q: '欧阳' }, county)
  for (const op of naming) expect(['told', 'not_found']).toContain((await ask(op))[1])
  await app.call(fileOps.list, { owner_type: 'child', owner_id: child }, county)
  // 谁看过 tells the family's side what the file was opened for.
  await app.call(childOps.get, { id: child }, county)
  const [opening] = (await app.call(childOps.openings, { id: child }, county)).items
  expect(opening).toMatchObject({ operation: 'children.get', role: 'county_staff', purpose: '年度核查' })
  const logged = await app.owner.query(
    `select purpose from audit where operation = 'children.names' and account_id = $1`,
    [county.id],
  )
  expect(logged.rows).toEqual([{ purpose: '年度核查' }])
  const before = app.time.now
  app.time.now = new Date(before.getTime() + 3 * 3_600_000)
  expect((await app.refused(childOps.list, {}, county)).code).toBe('names_need_purpose')
  app.time.now = before
  // A leading group of the county is asked as its staff is; one of a township, which answers for the children, is not.
  const leading = await app.signInAs('leading_group', cast.county)
  expect((await app.refused(childOps.list, {}, leading)).code).toBe('names_need_purpose')
  const near = await app.signInAs('leading_group', cast.township)
  expect((await app.call(childOps.list, {}, near)).items.length).toBeGreaterThan(0)
  // Whoever answers for the children every day is not asked.
  expect(await app.call(childOps.purpose, {}, director)).toEqual({ needed: false, until: null })
})
