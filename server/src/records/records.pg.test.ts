// Records as stories: written once, seen by who may, corrected and withdrawn without losing what stood there.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import { recordOps, type NewRecord } from '@nuanyang/contract/records.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'
import { addRecords } from './records.ts'

let app: TestApp
let cast: Cast
let director: Person
let other: Person
let helper: Person
let rain: string
let dawn: string

async function child(name: string, who: Person): Promise<string> {
  const id = newId()
  await app.call(childOps.create, { body: { id, facts: { name, born_on: '2016-03-02' } } }, who)
  return id
}

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周桂兰' })
  other = await app.signInAs('social_worker', cast.village, { name: '吴明月' })
  helper = await app.signInAs('helper', cast.village, { name: '刘芳' })
  rain = await child('陈小雨', director)
  dawn = await child('陈小晨', director)
  await app.call(
    pairingOps.create,
    {
      body: {
        id: newId(),
        child_id: rain,
        helper: { name: '刘芳', kind: 'caring_mother', account_id: helper.id, vetted: true },
        from_on: '2026-11-01',
      },
    },
    director,
  )
})
afterAll(() => app.close())

const talk = (given: Partial<NewRecord> = {}): NewRecord => ({
  id: newId(),
  kind: 'talk',
  happened_on: '2026-11-25',
  text: '说到想妈妈，画了一张画要寄去。',
  child_ids: [rain],
  fields: { way: 'in_person', mood: 'calm' },
  ...given,
})
const counts = async (id: string) =>
  (await app.owner.query('select counts from record_children where record_id = $1 order by child_id', [id])).rows.map(
    (row) => row.counts as boolean,
  )

test('records.add: one talk stands in the child’s line, in the unit’s and under its id; sent five times it is one', async () => {
  const body = talk({ place: '活动室', from_time: '16:10', to_time: '16:30' })
  const key = newId()
  for (const n of [1, 2, 3]) {
    const made = await app.call(recordOps.add, { body }, director, { key })
    expect([n, made.id]).toEqual([n, body.id])
  }
  // The outbox of another browser window may send the same row under a key of its own.
  await app.call(recordOps.add, { body }, director)
  const made = await app.call(recordOps.add, { body }, director)
  expect(made).toMatchObject({
    kind: 'talk',
    state: 'open',
    place: '活动室',
    from_time: '16:10',
    fields: { way: 'in_person', mood: 'calm' },
    children: [{ id: rain, name: '陈小雨' }],
    others: 0,
    unit_name: '小暑村',
    done_by: '周桂兰',
    recorded_on: '2026-11-25',
    visibility: 'case_notes',
    counts: true,
    mine: true,
    keeps: true,
    version: 1,
  })
  const line = await app.call(recordOps.list, { child_id: rain }, director)
  expect(line.items.map((one) => one.id)).toEqual([body.id])
  const unit = await app.call(recordOps.list, { kind: ['talk'], text: '妈妈' }, director)
  expect(unit.items).toHaveLength(1)
  expect(await app.call(recordOps.get, { id: body.id }, director)).toMatchObject({ id: body.id, versions: [] })
  expect(await app.refused(recordOps.add, { body }, other)).toMatchObject({ code: 'key_reused' })
})

test('a bad day, a child out of sight, a child who left: a sentence each, and late entry is welcome', async () => {
  const refused = (given: Partial<NewRecord>) => app.refused(recordOps.add, { body: talk(given) }, director)
  expect(await refused({ happened_on: '2026-12-02' })).toMatchObject({ code: 'record_in_future' })
  expect(await refused({ happened_on: '1026-11-02' })).toMatchObject({ code: 'record_day' })
  expect(await refused({ from_time: '16:30', to_time: '16:00' })).toMatchObject({ code: 'record_day' })
  expect(await refused({ child_ids: [] })).toMatchObject({ code: 'record_children' })
  expect(await refused({ text: ' ' })).toMatchObject({ code: 'invalid', errors: [{ path: 'text' }] })
  expect(await refused({ fields: { mood: 'bad', ghost: 1 } })).toMatchObject({ code: 'invalid', errors: [{ path: 'fields.ghost' }, { path: 'fields.mood' }] }) // prettier-ignore
  const far = await app.signInAs('child_director', cast.otherVillage)
  const away = await child('远处子', far)
  expect(await refused({ child_ids: [rain, away] })).toMatchObject({ code: 'record_child_unseen' })
  const gone = await child('何梓涵', director)
  const file = await app.call(childOps.get, { id: gone }, director)
  await app.call(
    childOps.exit,
    { id: gone, body: { version: file.version, on: '2026-11-25', reason: 'moved_away' } },
    director,
  )
  app.time.now = new Date('2026-11-26T02:00:00Z')
  const left = await refused({ child_ids: [gone], happened_on: '2026-11-26' })
  expect([left.code, left.detail.includes('何梓涵'), left.detail.includes('2026-11-25')]).toEqual([
    'record_child_exited',
    true,
    true,
  ])
  const late = await app.call(recordOps.add, { body: talk({ child_ids: [gone], happened_on: '2026-11-25' }) }, director)
  expect(late).toMatchObject({ happened_on: '2026-11-25', recorded_on: '2026-11-26' })
  app.time.now = new Date('2026-11-25T02:00:00Z')
})

test('a call that nobody answered is kept and does not count; correcting it keeps what was written first', async () => {
  const body = talk({ kind: 'call', text: '没有人接', fields: { reached: 'no', party: 'mother' }, child_ids: [rain, dawn] }) // prettier-ignore
  const made = await app.call(recordOps.add, { body }, director)
  expect([made.counts, await counts(made.id)]).toEqual([false, [false, false]])
  const { id, kind: _kind, ...rest } = body
  const corrected = await app.call(
    recordOps.correct,
    { id, body: { ...rest, version: 1, text: '后来回过来了', fields: { reached: 'yes' }, child_ids: [dawn] } },
    director,
  )
  expect(corrected).toMatchObject({
    id,
    counts: true,
    corrected: true,
    version: 2,
    children: [{ name: '陈小晨' }],
    others: 0,
  })
  expect(await counts(id)).toEqual([true])
  const { versions } = await app.call(recordOps.get, { id }, director)
  expect(versions).toMatchObject([{ text: '没有人接', fields: { reached: 'no' }, by: '周桂兰' }])
  expect((await app.call(recordOps.list, { text: '没有人接', state: 'all' }, director)).items).toEqual([])
  const stale = await app.refused(
    recordOps.correct,
    { id, body: { ...rest, version: 1, fields: { reached: 'no' } } },
    director,
  )
  expect(stale).toMatchObject({ code: 'stale', current: { version: 2 } })
})

test('records.withdraw keeps the record with its reason and stops it counting; records.restore undoes it', async () => {
  const { id } = await app.call(recordOps.add, { body: talk() }, director)
  const gone = await app.call(recordOps.withdraw, { id, body: { version: 1, reason: '记错了孩子' } }, director)
  expect(gone).toMatchObject({ counts: false, withdrawn: { by: '周桂兰', reason: '记错了孩子', on: '2026-11-25' } })
  expect(await counts(id)).toEqual([false])
  expect((await app.call(recordOps.list, { child_id: rain }, director)).items.map((one) => one.id)).not.toContain(id)
  const listed = await app.call(recordOps.list, { state: 'withdrawn' }, director)
  expect(listed.items.map((one) => one.id)).toContain(id)
  const again = { id, body: { version: 2, reason: '再一次' } }
  expect(await app.refused(recordOps.withdraw, again, director)).toMatchObject({ code: 'record_withdrawn' })
  const back = await app.call(recordOps.restore, { id, body: { version: 2 } }, director)
  expect(back).toMatchObject({ counts: true, withdrawn: null })
  expect(await counts(id)).toEqual([true])
  expect(await app.refused(recordOps.restore, { id, body: { version: 3 } }, director)).toMatchObject({ code: 'record_not_withdrawn' }) // prettier-ignore
})

test('what somebody else wrote is corrected by whoever keeps the unit’s records, and by nobody else', async () => {
  const { id } = await app.call(recordOps.add, { body: talk() }, other)
  const note = await app.call(recordOps.add, { body: talk() }, director)
  const refusal = await app.refused(recordOps.withdraw, { id: note.id, body: { version: 1, reason: '不对' } }, other)
  expect([refusal.code, refusal.detail.includes('周桂兰')]).toEqual(['record_not_yours', true])
  expect(await app.call(recordOps.withdraw, { id, body: { version: 1, reason: '重了' } }, director)).toMatchObject({ withdrawn: { by: '周桂兰' } }) // prettier-ignore
})

test('a draft is its writer’s alone, counts for nothing, and becomes a record when it is finished', async () => {
  const body = talk({ draft: true, text: null })
  await app.call(recordOps.add, { body }, director)
  expect(await counts(body.id)).toEqual([false])
  expect((await app.call(recordOps.list, {}, director)).items.map((one) => one.id)).not.toContain(body.id)
  expect((await app.call(recordOps.list, { state: 'drafts' }, director)).items.map((one) => one.id)).toEqual([body.id])
  expect((await app.call(recordOps.list, { state: 'drafts' }, other)).items).toEqual([])
  expect(await app.refused(recordOps.get, { id: body.id }, other)).toMatchObject({ code: 'not_found' })
  const { id, kind: _kind, draft: _draft, ...rest } = body
  const done = await app.call(recordOps.correct, { id, body: { ...rest, version: 1, text: '写完了' } }, director)
  expect(done).toMatchObject({ draft: false, counts: true, corrected: false })
  expect(await counts(id)).toEqual([true])
})

test('one visit written by two people: the second is asked, even at the same moment', async () => {
  const visit = (given: Partial<NewRecord> = {}) =>
    talk({ kind: 'visit', text: '奶奶在家', fields: { met: 'carer' }, child_ids: [dawn], ...given })
  const both = await Promise.all([
    app.send(recordOps.add, { body: visit() }, director),
    app.send(recordOps.add, { body: visit() }, other),
  ])
  expect(both.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const second = both.find((one) => one.status === 409)!
  expect(JSON.parse(second.text)).toMatchObject({ code: 'record_similar', detail: expect.stringMatching(/陈小晨/) })
  const really = await app.call(recordOps.add, { body: visit({ although_similar: true }) }, other)
  expect(really.counts).toBe(true)
  const nobody = visit({ happened_on: '2026-11-24', fields: { met: 'nobody' } })
  expect((await app.call(recordOps.add, { body: nobody }, director)).counts).toBe(false)
})

test('a helper writes about the own child and sees what is theirs, nothing else; the pairing is known', async () => {
  const mine = await app.call(recordOps.add, { body: talk({ text: '一起看了书' }) }, helper)
  expect(mine.children).toEqual([{ id: rain, name: '小雨', remark: null }])
  const { rows } = await app.owner.query(
    `select p.helper_id is not null as paired, r.pairing_id = c.pairing_id as same from record_children c join pairings p on p.id = c.pairing_id join records r on r.id = c.record_id where c.record_id = $1`,
    [mine.id],
  )
  expect(rows).toEqual([{ paired: true, same: true }])
  const seen = await app.send(recordOps.list, {}, helper)
  expect(JSON.parse(seen.text).items.map((one: { id: string }) => one.id)).toEqual([mine.id])
  expect(seen.text).not.toContain('想妈妈')
  expect(seen.text).not.toContain('陈小雨')
  const not = await app.refused(recordOps.add, { body: talk({ child_ids: [dawn] }) }, helper)
  expect(not.code).toBe('record_child_unseen')
  const plan = talk({ kind: 'individual_plan', fields: { template: 'support', part: 'plan' } })
  expect(await app.refused(recordOps.add, { body: plan }, helper)).toMatchObject({ code: 'record_not_yours_to_write' })
})

test('money and things are kept in fen and pieces, for each child and for all', async () => {
  const body = talk({
    kind: 'aid',
    text: null,
    child_ids: [rain, dawn],
    fields: { occasion: 'festival' },
    items: [
      { what: 'money', name: '慰问金', amount_fen: 20_000, child_id: rain },
      { what: 'goods', name: '书包', quantity: 2, measure_word: '个', amount_fen: 20_000 },
    ],
  })
  const made = await app.call(recordOps.add, { body }, director)
  expect(made.items).toMatchObject([
    { what: 'money', amount_fen: 20_000, child_id: rain, quantity: null },
    { what: 'goods', quantity: 2, measure_word: '个', child_id: null },
  ])
  const unsaid = { ...body, id: newId(), items: [{ what: 'money' as const, name: '慰问金' }] }
  expect(await app.refused(recordOps.add, { body: unsaid }, director)).toMatchObject({ code: 'invalid' })
})

test('a matter goes on over several records of its kind and child', async () => {
  const first = talk({ kind: 'welfare', text: null, fields: { policy: 'minimum_living', state: 'applied' } })
  const opened = await app.call(recordOps.add, { body: first }, director)
  expect(opened.thread_id).toBe(first.id)
  const next = talk({ kind: 'welfare', text: null, thread_id: first.id, fields: { policy: 'minimum_living', state: 'approved' } }) // prettier-ignore
  await app.call(recordOps.add, { body: next }, director)
  const line = await app.call(recordOps.list, { thread_id: first.id }, director)
  expect(line.items.map((one) => one.fields['state'])).toEqual(['approved', 'applied'])
  const wrong = { ...next, id: newId(), child_ids: [dawn] }
  expect(await app.refused(recordOps.add, { body: wrong }, director)).toMatchObject({ code: 'record_thread' })
})

test('a unit’s own work is seen in it, above and below it; pages follow each other without loss', async () => {
  const leader = await app.signInAs('child_supervisor', cast.township)
  const meeting = talk({ kind: 'meeting', child_ids: [], text: '定了走访的日子', fields: { theme: '九月例会' } })
  await app.call(recordOps.add, { body: meeting }, leader)
  const below = await app.call(recordOps.list, { kind: ['meeting'] }, director)
  expect(below.items).toMatchObject([{ id: meeting.id, unit_name: '芦溪镇', children: [] }])
  const away = await app.signInAs('child_director', cast.community)
  expect((await app.call(recordOps.list, { kind: ['meeting'] }, away)).items).toEqual([])

  const whole = (await app.call(recordOps.list, { limit: 200 }, director)).items.map((one) => one.id)
  const paged: string[] = []
  for (let next: string | null = null, first = true; first || next; first = false) {
    const page: { items: { id: string }[]; next: string | null } = await app.call(
      recordOps.list,
      { limit: 2, ...(next ? { after: next } : {}) },
      director,
    )
    paged.push(...page.items.map((one) => one.id))
    next = page.next
  }
  expect(paged).toEqual(whole)
})

test('another feature writes many at once by the same rules', async () => {
  const records = [talk({ text: '一' }), talk({ text: '二', child_ids: [dawn] })]
  await app.system({ tenant: cast.tenant_id, membership_id: director.membership_id }, (ctx) => addRecords(ctx, records))
  const found = await app.call(recordOps.list, { from: '2026-11-25', until: '2026-11-25', kind: ['talk'] }, director)
  expect(found.items.map((one) => one.id)).toEqual(expect.arrayContaining(records.map((one) => one.id)))
})

test('a township’s line and search: the newest page first, every page after it, words found by their index', async () => {
  const leader = await app.signInAs('child_supervisor', cast.township)
  const old = Array.from({ length: 7 }, (_, n) =>
    talk({ kind: 'activity', happened_on: `2025-0${n + 1}-10`, text: `春耕第${n}天`, fields: {}, child_ids: [rain] }),
  )
  await app.system({ tenant: cast.tenant_id, membership_id: director.membership_id }, (ctx) => addRecords(ctx, old))
  const whole = (await app.call(recordOps.list, { limit: 200 }, leader)).items
  const days = whole.map((one) => one.happened_on)
  expect(days).toEqual([...days].toSorted((a, b) => (a < b ? 1 : -1)))
  expect(whole.map((one) => one.id)).toEqual(expect.arrayContaining(old.map((one) => one.id)))
  const paged: string[] = []
  for (let next: string | null = null, first = true; first || next; first = false) {
    const one: { items: { id: string }[]; next: string | null } = await app.call(
      recordOps.list,
      { limit: 3, ...(next ? { after: next } : {}) },
      leader,
    )
    paged.push(...one.items.map((each) => each.id))
    next = one.next
  }
  expect(paged).toEqual(whole.map((one) => one.id))
  expect((await app.call(recordOps.list, { text: '春耕' }, leader)).items).toHaveLength(7)
  expect((await app.call(recordOps.list, { text: '第3天' }, leader)).items).toHaveLength(1)
  expect((await app.call(recordOps.list, { text: '没写过' }, leader)).items).toEqual([])
})

test('a county’s words are found by their index, not by reading every record', async () => {
  await app.owner.query(
    `insert into records (tenant_id, id, kind, happened_on, subject_unit_id, text, visibility, recorded_at, updated_at)
     select $1, gen_random_uuid(), 'meeting', date '2025-01-01' + n % 300, $2, '例会第' || n || '次', 'open', $3, $3 from generate_series(1, 4000) as n`,
    [cast.tenant_id, cast.township.id, app.time.now],
  )
  await app.owner.query('vacuum analyze records')
  const plan = await app.owner.query(
    `explain (costs off) select id from records where tenant_id = '${cast.tenant_id}' and amends_id is null and record_grams(text, place) @> grams('第3791次')`,
  )
  expect(JSON.stringify(plan.rows)).toContain('records_words')
  const leader = await app.signInAs('child_supervisor', cast.township)
  const found = await app.call(recordOps.list, { text: '第3791次' }, leader)
  expect(found.items.map((one) => one.text)).toEqual(['例会第3791次'])
})
