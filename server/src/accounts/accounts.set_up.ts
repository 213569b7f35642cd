// The first run: from the set-up code to a signed-in first person, in one transaction.
import { timingSafeEqual } from 'node:crypto'
import {
  mainRoles,
  setUpLevels,
  type accountOps,
  type SessionNow,
  type SetUpKind,
} from '@nuanyang/contract/accounts.ts'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { UnitKind } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { divisionUnitId, newId } from '../kernel/ids.ts'
import { invalid, problem, refuseAfterCommit } from '../kernel/problem.ts'
import { tokenHash } from '../kernel/secrets.ts'
import { findDivisions, writtenInCode } from '../units/divisions.ts'
import { createTenant, createUnits, type NewUnitRow } from '../units/units.ts'
import { countFailure, forgetFailures, lockKeys, refuseLocked } from './accounts.lockouts.ts'
import { insertAccount, insertMembership } from './accounts.memberships.ts'
import { hashPassword, refuseWeak } from './accounts.passwords.ts'
import { beginSession, describeSession, someAccount } from './accounts.sessions.ts'

type Body = Input<typeof accountOps.set_up>['body']

/** Without letters that are read for one another; typed with spaces or dashes it is the same code. */
async function isSetupCode(ctx: Ctx, typed: string): Promise<boolean> {
  const row = await ctx.db.maybe<{ value: string }>(`select value from house where key = 'setup_code'`)
  if (!row) return false
  const given = tokenHash(typed.replace(/[\s-]/g, '').toUpperCase())
  return timingSafeEqual(Buffer.from(given), Buffer.from(row.value))
}

export async function setup_status(ctx: Ctx, { code }: Input<typeof accountOps.setup_status>) {
  const needed = !(await someAccount(ctx))
  return { needed, code_ok: code === undefined || !needed ? null : await isSetupCode(ctx, code) }
}

export async function set_up(ctx: Ctx, { body }: Input<typeof accountOps.set_up>): Promise<SessionNow> {
  // Two people who press the button at once: one becomes the first person, the other is told.
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended('set_up', 7))`)
  if (await someAccount(ctx)) throw problem('already_set_up')
  const lock = lockKeys.setup(ctx.address)
  await refuseLocked(ctx, lock)
  if (!(await isSetupCode(ctx, body.code))) {
    await countFailure(ctx, lock)
    return refuseAfterCommit('wrong_setup_code')
  }
  await forgetFailures(ctx, lock)
  checkPerson(body)
  const chain = await placesOf(ctx, body)
  const plan = planUnits(body, chain)
  const house = await createTenant(ctx, {
    id: plan.tenant_id,
    name: plan.tenant_name,
    division_code: plan.tenant_id.includes('-') ? null : plan.tenant_id,
    demo: false,
    separate_admins: body.separate_admins,
  })
  const made = await createUnits(house, plan.rows)
  const unit_id = made[plan.own]!.id
  const account_id = await insertAccount(house, {
    id: newId(),
    name: body.name,
    username: body.username,
    password_hash: await hashPassword(body.password),
    must_change_password: false,
    language: body.language ?? 'zh',
  })
  const seat = await insertMembership(house, { account_id, unit_id, role: 'administrator' })
  const work = body.separate_admins
    ? seat
    : await insertMembership(house, { account_id, unit_id, role: mainRoles[body.kind] })
  await ctx.db.count(`delete from house where key = 'setup_code'`)
  const now = await beginSession(house, {
    account_id,
    membership: { tenant_id: plan.tenant_id, id: work },
    shared: body.shared_computer ?? false,
    totp_ok: true,
  })
  await now.audit('installation.set_up', unit_id)
  return describeSession(now)
}

function checkPerson(body: Body): void {
  refuseWeak(body.password, body)
  if (ownName(body.kind) && !body.unit_name?.trim())
    throw invalid({ path: 'unit_name', zh: '请写上单位的名称。', en: 'Please name your unit.' })
}

/** A school, an office or a committee stands *in* a place; a village is one. */
const ownName = (kind: SetUpKind) => kind === 'school' || kind === 'partner_office' || kind === 'committee'

interface Place {
  level: number
  name: string
  code: string
}

/** From the county down to the chosen place: the listed ones, then those written in. */
async function placesOf(ctx: Ctx, body: Body): Promise<Place[]> {
  const lengths = [2, 4, 6, 9, 12].filter((length) => length <= body.place_code.length)
  const codes = lengths.map((length) => body.place_code.slice(0, length))
  const listed = await findDivisions(ctx.db, codes)
  const own = listed.find((hit) => hit.code === body.place_code)
  if (!own) throw problem('place_not_listed', { values: { code: body.place_code } })
  const places: Place[] = listed
    .filter((hit: DivisionHit) => hit.level >= 3)
    .map(({ level, name, code }) => ({ level, name, code }))
    .toSorted((a, b) => a.level - b.level)
  let names = ''
  for (const [n, written] of (body.written_in ?? []).entries()) {
    const above = places.at(-1)?.level ?? own.level
    if (written.level <= above)
      throw invalid({
        path: `written_in.${n}.level`,
        zh: '写进来的地方要比上一级小。',
        en: 'It must lie below the one before.',
      })
    names += written.name.trim()
    places.push({ level: written.level, name: written.name.trim(), code: await writtenInCode(body.place_code, names) })
  }
  const last = places.at(-1)
  if (places[0]?.level !== 3) throw problem('place_without_county', { values: { name: last?.name ?? own.name } })
  if (!setUpLevels[body.kind].includes(last!.level))
    throw invalid({
      path: 'place_code',
      zh: '这个地方和所选的单位不相配，请重新选。',
      en: 'This place does not fit the kind of unit.',
    })
  return places
}

interface Plan {
  tenant_id: string
  tenant_name: string
  rows: NewUnitRow[]
  /** Which of `rows` is the unit of the first person. */
  own: number
}

/** The county, then everything down to the person's unit, then its grids. Nothing else is made: no unit without somebody's need. */
function planUnits(body: Body, places: readonly Place[]): Plan {
  const county = places[0]!
  const inPlace = ownName(body.kind)
  const rows: NewUnitRow[] = places.map((place, n) => {
    const isOwn = !inPlace && n === places.length - 1
    return {
      kind: kindOf(place, isOwn ? body.kind : null),
      name: (isOwn && body.unit_name?.trim()) || place.name,
      parent_id: n === 0 ? null : divisionUnitId(places[n - 1]!.code),
      division_code: place.code,
    }
  })
  if (inPlace)
    rows.push({
      id: newId(),
      kind: body.kind,
      name: body.unit_name!.trim(),
      parent_id: divisionUnitId(parentFor(body.kind, places).code),
    })
  const own = rows.length - 1
  if (body.kind === 'community' || body.kind === 'village')
    for (const name of new Set(body.grids ?? []))
      rows.push({ id: newId(), kind: 'grid', name, parent_id: divisionUnitId(places.at(-1)!.code) })
  return { tenant_id: county.code, tenant_name: rows[0]!.name, rows, own }
}

function kindOf({ level, name }: Place, own: SetUpKind | null): UnitKind {
  if (own) return own
  if (level === 3) return 'county'
  if (level === 4) return 'township'
  return /(社区|居委会|居民委员会)$/.test(name) ? 'community' : 'village'
}

/** An office belongs to a county or a township, also when the person named the village it stands in. */
function parentFor(kind: SetUpKind, places: readonly Place[]): Place {
  return kind === 'partner_office' ? places.findLast((place) => place.level <= 4)! : places.at(-1)!
}
