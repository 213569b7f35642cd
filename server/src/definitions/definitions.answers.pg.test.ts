// The answers in SQL and the rules in domain/src/definitions.ts are one truth: random families, every definition, many days.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerDefinition, definitions, missingFacts, type DefinitionFacts } from '@nuanyang/domain/definitions.ts'
import type { ParentSpell } from '@nuanyang/domain/parent_spells.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
})
afterAll(() => app.close())

/** The same numbers in every run: a failure can be looked at. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  return {
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
    day: (from: string, days: number) => plus(from, Math.floor(next() * days)),
    upTo: (n: number) => Math.floor(next() * n),
  }
}
type Dice = ReturnType<typeof dice>
const plus = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const codes = ['990123', '990123104', '990123104207', '990124', '9901', '990102', '990105', '980102', '98', '9901-gaoxinqu', null] // prettier-ignore
const shorten = (d: Dice, day: string) => day.slice(0, d.pick([10, 10, 10, 7, 4]))

/** A chain of whereabouts without overlap: the next begins on or after the day the last is over. */
function spells(d: Dice): ParentSpell[] {
  const out: ParentSpell[] = []
  let from = d.pick([null, '2024-02-11', '2025-03-30', '2025-08-31', '2025-12-05'])
  const count = d.upTo(5)
  for (let n = 0; n < count; n++) {
    const start: string = from ?? '2025-01-01'
    const last = n === count - 1
    const until = last && d.upTo(3) > 0 ? null : plus(start, d.pick([5, 12, 30, 31, 90, 200]))
    out.push({
      state: d.pick([
        'away',
        'away',
        'away',
        'away',
        'home',
        'home',
        'deceased',
        'missing',
        'detained',
        'unknown',
        null,
      ]),
      able: d.pick([true, false, null]),
      place_code: d.pick(codes),
      from_on: from === null ? null : last ? shorten(d, start) : start,
      until_on: until,
      stated_on: d.day(start, 300),
    })
    from = until === null ? null : plus(until, d.pick([0, 0, 0, 10, 40]))
    if (from === null) break
  }
  return overlaps(out) ? out.slice(0, -1) : out
}
const firstOf = (partial: string) => `${partial}-01-01`.slice(0, 10)
const overlaps = (list: readonly ParentSpell[]) =>
  list.some((one, n) => n > 0 && (list[n - 1]!.until_on === null || firstOf(one.from_on!) < list[n - 1]!.until_on!))

interface Family {
  id: string
  facts: DefinitionFacts
  residence_day: string
  stated: boolean
}

async function makeFamilies(d: Dice, count: number): Promise<Family[]> {
  const families: Family[] = []
  for (let n = 0; n < count; n++) {
    const stated = d.upTo(2) === 0
    const residence_day = d.day('2025-03-01', 600)
    const residence = d.pick([cast.village, cast.otherVillage, null])
    families.push({
      id: newId(),
      residence_day,
      stated,
      facts: {
        born_on: d.pick([null, '2017-08-21', shorten(d, d.day('2010-01-01', 700)), '2012-02-29']),
        household_code: d.pick(codes),
        residence_code: residence === cast.village ? '990123104207' : residence ? '990123104208' : null,
        residence_from_on: residence && stated ? residence_day : null,
        residence_stated_on: residence ? residence_day : null,
        lives_with_guardian: null,
        father: spells(d),
        mother: spells(d),
      },
    })
  }
  await insertFamilies(families)
  return families
}

/** Past every verb: what is tested here is reading. */
async function insertFamilies(families: readonly Family[]): Promise<void> {
  const insert = (into: string, columns: string, shape: string, rows: readonly object[]) =>
    app.owner.query(`insert into ${into} select $1, ${columns} from jsonb_to_recordset($2::jsonb) as x(${shape})`, [
      cast.tenant_id,
      JSON.stringify(rows),
    ])
  await insert(
    'children (tenant_id, id, name, given_name, born_on, born_from, born_until, household_division_code, registered_on, card_code, created_at, updated_at)',
    `id, '陈小雨', '小雨', born_on, partial_from(born_on), partial_until(born_on), household_code, '2025-01-01', id::text, now(), now()`,
    'id uuid, born_on text, household_code text',
    families.map(({ id, facts }) => ({ id, ...facts })),
  )
  await insert(
    'child_units (tenant_id, id, child_id, unit_id, "as", from_on, stated)',
    `link, id, unit, 'residence', residence_day, stated`,
    'link uuid, id uuid, unit uuid, residence_day date, stated boolean',
    families.flatMap(
      (family) =>
      family.facts.residence_code === null
        ? []
        : [{ ...family, link: newId(), unit: family.facts.residence_code === '990123104207' ? cast.village.id : cast.otherVillage.id }], // prettier-ignore
    ),
  )
  await insert(
    'parent_spells (tenant_id, id, child_id, parent, state, able, place_code, from_on, until_on, stated_on, source_type)',
    `spell, id, parent, state, able, place_code, from_on, until_on, stated_on, 'person'`,
    'spell uuid, id uuid, parent text, state text, able boolean, place_code text, from_on text, until_on text, stated_on date',
    families.flatMap(({ id, facts }) =>
      (['father', 'mother'] as const).flatMap((parent) =>
        facts[parent].map((spell) => ({ spell: newId(), id, parent, ...spell })),
      ),
    ),
  )
}

/** Before a stated beginning the child lived nobody knows where. */
function asOf(family: Family, on: string): DefinitionFacts {
  if (!family.stated || family.residence_day <= on) return family.facts
  return { ...family.facts, residence_code: null, residence_from_on: null, residence_stated_on: null }
}

const idOf = async (code: string) =>
  (await app.owner.query<{ id: string }>(`select id from definitions where tenant_id = $1 and code = $2`, [cast.tenant_id, code])).rows[0]!.id // prettier-ignore
const named = (bits: number) => Object.keys(missingFacts).filter((_, n) => bits & (1 << n))

test('each of 240 families gets the same answer, category and missing facts on both sides, for every definition and day', async () => {
  const families = await makeFamilies(dice(7), 240)
  const days = ['2025-02-28', '2025-08-31', '2026-02-28', '2026-06-15', '2026-11-25', '2028-02-29']
  let yes = 0
  for (const definition of definitions) {
    const asked = families.flatMap((family) => days.map((on) => ({ family, on })))
    const { rows } = await app.owner.query(
      `select child_id, on_day::text, answer, category, missing from definition_answers($1, $2, $3, $4)`,
      [cast.tenant_id, await idOf(definition.code), asked.map(({ family }) => family.id), asked.map(({ on }) => on)],
    )
    const found = new Map(rows.map((row) => [`${row.child_id} ${row.on_day}`, row]))
    for (const { family, on } of asked) {
      const row = found.get(`${family.id} ${on}`)
      const expected = answerDefinition(definition, asOf(family, on), on)
      if (expected.answer === 'yes') yes++
      expect({
        of: [definition.code, on, asOf(family, on)],
        answer: row?.answer,
        category: row?.category,
        missing: named(row?.missing ?? 0),
      }).toEqual({ of: [definition.code, on, asOf(family, on)], ...expected })
    }
  }
  expect(yes).toBeGreaterThan(100)
})

test('the spells of an answer are those that asking every single day gives', async () => {
  const families = await makeFamilies(dice(11), 40)
  const [from, until] = ['2025-10-01', '2026-09-01']
  for (const definition of definitions) {
    const { rows } = await app.owner.query(
      `select child_id, answer, category, from_on::text, until_on::text from definition_spells($1, $2, $3, $4, $5) order by child_id, from_on`,
      [cast.tenant_id, await idOf(definition.code), families.map((family) => family.id), from, until],
    )
    for (const family of families) {
      const expected: object[] = []
      for (let day = from; day < until; day = plus(day, 1)) {
        const { answer, category } = answerDefinition(definition, asOf(family, day), day)
        const last = expected.at(-1) as { answer: string; category: string | null; until_on: string } | undefined
        if (last && last.answer === answer && last.category === category) last.until_on = plus(day, 1)
        else expected.push({ answer, category, from_on: day, until_on: plus(day, 1) })
      }
      const mine = rows
        .filter((row) => row.child_id === family.id)
        .map((row) => ({
          answer: row.answer,
          category: row.category,
          from_on: row.from_on,
          until_on: row.until_on,
        }))
      expect({ of: [definition.code, family.facts], spells: mine }).toEqual({ of: [definition.code, family.facts], spells: expected }) // prettier-ignore
    }
  }
})

test('a new county begins with the official definitions, word for word those of the domain', async () => {
  const { rows } = await app.owner.query(
    `select code, name as zh, rule ->> 'en' as en, rule - 'en' as rule, source, from_on::text as valid_from, until_on::text as valid_until from definitions where tenant_id = $1`,
    [cast.tenant_id],
  )
  const flat = rows.map(({ rule, ...rest }) => ({ ...rest, ...(rule as object) }))
  expect(flat.toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual(definitions.toSorted((a, b) => (a.code < b.code ? -1 : 1))) // prettier-ignore
})
