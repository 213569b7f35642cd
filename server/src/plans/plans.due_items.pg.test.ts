// What is owed: db/views/due_items.sql against the slow reading of architecture §7, over random histories on a real PostgreSQL.
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { testDatabase, type TestDatabase } from '../testing/database.ts'
import { histories } from '../testing/histories.ts'
import { writeHistory, type History } from '../testing/history.ts'
import { slowDueOwners, type Owners } from '../testing/slow_due_owners.ts'
import { plus, slowDueItems, type Asked, type DueItem } from '../testing/slow_due_items.ts'

let database: TestDatabase
let owner: pg.Client
let app: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  app = new pg.Client({ connectionString: database.appUrl })
  await Promise.all([owner.connect(), app.connect()])
})
afterAll(async () => {
  await Promise.all([owner.end(), app.end()])
  await database.drop()
})

const itemKeys = [
  'duty_id',
  'subject_id',
  'period_from',
  'period_until',
  'month',
  'ordinal',
  'state',
  'record_id',
  'settled_on',
  'late',
  'certain',
] as const
const same = (a: DueItem, b: DueItem) => itemKeys.every((key) => a[key] === b[key])

/** As the application asks: row security on. */
async function askSql(history: History, asked: Asked): Promise<DueItem[]> {
  await app.query('begin')
  await app.query('select app_begin($1, null)', [history.tenant_id])
  const { rows } = await app.query<DueItem>(
    `select duty_id, subject_id, period_from, period_until, month, ordinal, state, record_id, settled_on, late, certain
       from due_items($1, $2, $3, $4, $5, $6) order by duty_id, subject_id, period_from, ordinal`,
    [history.tenant_id, asked.type, asked.subjects, asked.from, asked.until, asked.today],
  )
  await app.query('commit')
  return rows
}

function askSlowly(history: History, asked: Asked): DueItem[] {
  const key = (i: DueItem) => `${i.duty_id} ${i.subject_id} ${i.period_from} ${i.ordinal}`
  return slowDueItems(history, asked).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

const subjectsOf = (history: History): Record<Asked['type'], string[]> => ({
  child: history.children.map(({ id }) => id),
  pairing: history.pairings.map(({ id }) => id),
  unit: history.units.map(({ id }) => id),
})

/** Waivers are drawn as numbers: here they are aimed at items that exist. */
function aim(history: History, span: Pick<Asked, 'from' | 'until'>): History {
  const subjects = subjectsOf(history)
  const types: Asked['type'][] = ['child', 'pairing', 'unit']
  const items = types.flatMap(
    (type) =>
    slowDueItems(history, { ...span, type, subjects: subjects[type], today: '2027-01-10' }).map((item) => ({ ...item, subject_type: type })), // prettier-ignore
  )
  const waivers = history.waivers.flatMap(({ subject_id, ordinal, lifted }) => {
    const item = items[Number(subject_id) % Math.max(items.length, 1)]
    return item ? [{ duty_id: item.duty_id, subject_type: item.subject_type, subject_id: item.subject_id, period_from: item.period_from, ordinal, lifted }] : [] // prettier-ignore
  })
  const key = (w: History['waivers'][number]) => JSON.stringify({ ...w, lifted: 0 })
  return { ...history, waivers: waivers.filter((w, n) => waivers.findIndex((o) => key(o) === key(w)) === n) }
}

interface Seen {
  items: number
  pairs: number
  late: number
  changed: number
}

/** Every item of every subject, as SQL and as the slow reading have it. @returns what there was to compare */
async function compare(history: History, span: Pick<Asked, 'from' | 'until'>, today: string): Promise<Seen> {
  const subjects = subjectsOf(history)
  const seen = { items: 0, pairs: 0, late: 0, changed: 0 }
  for (const type of ['child', 'pairing', 'unit'] as const) {
    const asked = { type, subjects: subjects[type], ...span, today }
    const slow = askSlowly(history, asked)
    const fast = await askSql(history, asked)
    const wrong = [
      ...fast.filter((f) => !slow.some((o) => same(f, o))),
      ...slow.filter((f) => !fast.some((o) => same(f, o))),
    ]
    expect(
      wrong.slice(0, 4).map((item) => ({ item, duty: history.duties.find(({ id }) => id === item.duty_id) })),
    ).toEqual([])
    seen.items += slow.length
    if (type === 'pairing') seen.pairs += slow.length
    seen.late += slow.filter((item) => item.late).length
    seen.changed += slow.filter((item) => history.duties.find(({ id }) => id === item.duty_id)!.replaces_id).length
  }
  return seen
}

let salt = 0
const spans = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 150 }), fc.integer({ min: 30, max: 450 })) // prettier-ignore
const bounds = { numRuns: 60, endOnFailure: true }
/** As many histories as fourteen seconds hold: more on a quick machine. What has begun is finished, so that nothing runs on into the next test. */
function timeFor(): () => boolean {
  const until = performance.now() + 14_000
  return () => performance.now() < until
}

test('on every history SQL says what the slow reading says', { timeout: 60_000 }, async () => {
  let seen = 0
  const time = timeFor()
  await fc.assert(
    fc.asyncProperty(
      fc.constant(null).chain(() => histories(++salt)),
      spans,
      async (drawn, [from, length, now]) => {
        if (seen > 0 && !time()) return
        const span = { from: plus('2026-07-01', from), until: plus('2026-07-01', from + length) }
        const history = aim(drawn, span)
        await writeHistory(owner, history, newId)
        seen += (await compare(history, span, plus('2026-07-01', now))).items
      },
    ),
    bounds,
  )
  expect(seen).toBeGreaterThan(0)
})

test('pairings handed from one helper to the next, entries after the window, duties changed on a day: the same', { timeout: 60_000 }, async () => {
  const seen = { items: 0, pairs: 0, late: 0, changed: 0 }
  const time = timeFor()
  await fc.assert(
    fc.asyncProperty(
      fc.constant(null).chain(() => histories(++salt, 2, 'pairs')),
      spans,
      async (drawn, [from, length]) => {
        if (seen.pairs > 0 && seen.late + seen.changed > 0 && !time()) return
        // Long after, so that what was entered late is there.
        const span = { from: plus('2026-07-01', Math.min(from, 90)), until: plus('2026-07-01', 120 + length) }
        const history = aim(drawn, span)
        await writeHistory(owner, history, newId)
        const found = await compare(history, span, '2027-10-01')
        for (const key of ['items', 'pairs', 'late', 'changed'] as const) seen[key] += found[key]
        await compareOwners(history)
      },
    ),
    bounds,
  )
  expect([seen.pairs > 0, seen.late + seen.changed > 0]).toEqual([true, true])
}) // prettier-ignore

/** Who owes it before and after every handover, of pairings and of posts. */
async function compareOwners(history: History): Promise<void> {
  const turns = [...history.pairings, ...history.memberships].flatMap(({ from_on, until_on }) => [from_on, until_on ?? from_on]) // prettier-ignore
  const days = [...new Set(turns.flatMap((day) => [plus(day, -1), day]))].toSorted().slice(0, 16)
  const typeOf = { each_child: 'child', each_priority_child: 'child', each_pair: 'pairing', unit: 'unit' } as const
  for (const type of ['child', 'pairing'] as const) {
    const keys = history.duties
      .filter((duty) => typeOf[duty.subject] === type)
      .flatMap((duty) => subjectsOf(history)[type].flatMap((subject) => days.map((day) => ({ duty, subject, day }))))
    const { rows } = await owner.query<Owners & { duty_id: string; subject_id: string; on_day: string }>(
      `select duty_id, subject_id, on_day::text, how, account_ids, adult_ids from due_owners($1, $2, $3, $4, $5)`,
      [history.tenant_id, type, keys.map(({ duty }) => duty.id), keys.map((key) => key.subject), keys.map((key) => key.day)],
    )
    const by = new Map(rows.map((row) => [`${row.duty_id} ${row.subject_id} ${row.on_day}`, row]))
    for (const { duty, subject, day } of keys) {
      const { how, account_ids, adult_ids } = by.get(`${duty.id} ${subject} ${day}`)!
      const fast = { how, account_ids: account_ids.toSorted(), adult_ids: adult_ids.toSorted() }
      expect([duty.responsible, day, fast]).toEqual([duty.responsible, day, slowDueOwners(history, duty, type, subject, day)])
    }
  }
} // prettier-ignore
