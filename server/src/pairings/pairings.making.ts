// Taking children on: the one place where pairings are written, for typing one, taking over, standing in and confirming many at once.
// The helpers' rows are the locks, taken in the order of their ids: two people pairing at the same time must not both find room.
import type { EndReason, PairingForm, PairingGoal } from '@nuanyang/contract/pairings.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

export interface Asked {
  readonly id: string
  readonly child_id: string
  readonly helper_id: string
  readonly from_on: string
  readonly term?: string | null
  readonly form?: PairingForm | null
  readonly goals?: readonly PairingGoal[]
  readonly measures?: string | null
  readonly contact_how?: string | null
  readonly next_contact_on?: string | null
  readonly planned_until_on?: string | null
  /** A stand-in's last day is known from the beginning. */
  readonly until_on?: string | null
  readonly ended_reason?: EndReason | null
  readonly replaces_id?: string | null
  readonly stands_in_for_id?: string | null
  readonly over_limit_reason?: string | null
}

interface Standing {
  id: string
  name: string | null
  ready: boolean
  max_children: number
  children: number
}

/** Writes the pairings. @throws pairing_child_exited, not_found, not_vetted, helper_full, already_paired */
export async function takeOn(ctx: Ctx, asked: readonly Asked[]): Promise<void> {
  await refuseExited(ctx, asked)
  const helpers = new Map((await lockHelpers(ctx, asked)).map((helper) => [helper.id, helper]))
  const twice = await pairedAlready(ctx, asked)
  for (const one of asked) {
    const helper = helpers.get(one.helper_id)
    if (!helper) throw problem('not_found')
    const name = helper.name ?? '这位帮扶人'
    if (!helper.ready) throw problem('not_vetted', { values: { name } })
    if (twice.has(`${one.helper_id} ${one.child_id}`)) throw problem('already_paired', { values: { name } })
    twice.add(`${one.helper_id} ${one.child_id}`)
    if (helper.children >= helper.max_children && !one.over_limit_reason)
      throw problem('helper_full', { values: { name, count: helper.children, limit: helper.max_children } })
    helper.children++
  }
  await insert(ctx, asked, helpers)
  for (const one of asked) await ctx.audit('pairings.create', one.id, { child_id: one.child_id })
}

/** Shared locks, before the helpers': an exit at the same moment comes first or sees the pairing. */
async function refuseExited(ctx: Ctx, asked: readonly Asked[]): Promise<void> {
  const rows = await ctx.db.rows<{ given_name: string; status: string }>(
    `select given_name, status from children where tenant_id = $1 and id = any($2::uuid[]) order by id for share`,
    [ctx.tenant, asked.map((one) => one.child_id)],
  )
  const gone = rows.find((child) => child.status === 'exited')
  if (gone) throw problem('pairing_child_exited', { values: { name: gone.given_name } })
}

async function lockHelpers(ctx: Ctx, asked: readonly Asked[]): Promise<Standing[]> {
  const ids = [...new Set(asked.map((one) => one.helper_id))]
  const locked = await ctx.db.rows<Omit<Standing, 'children'>>(
    `select h.id, a.name, h.max_children, (h.vetted_on is not null and (h.vetting_until_on is null or h.vetting_until_on >= $4::date)
            and (h.until_on is null or h.until_on > $4::date)) as ready
       from helpers h join adults a on a.tenant_id = $1 and a.id = h.adult_id join units u on u.tenant_id = $1 and u.id = h.unit_id
      where h.tenant_id = $1 and h.id = any($2::uuid[]) and u.path >= $3 and u.path < $3 || '~' order by h.id for update of h`,
    [ctx.tenant, ids, ctx.actor.unit_path, ctx.today],
  )
  // Counted after the locks are held: what another transaction wrote while we waited is seen.
  const loads = await ctx.db.rows<{ helper_id: string; children: number }>(
    `select helper_id, count(*)::int as children from pairings
      where tenant_id = $1 and helper_id = any($2::uuid[]) and (until_on is null or until_on > $3::date) group by helper_id`,
    [ctx.tenant, ids, ctx.today],
  )
  return locked.map((helper) => ({
    ...helper,
    children: loads.find((load) => load.helper_id === helper.id)?.children ?? 0,
  }))
}

async function pairedAlready(ctx: Ctx, asked: readonly Asked[]): Promise<Set<string>> {
  const rows = await ctx.db.rows<{ pair: string }>(
    `select p.helper_id::text || ' ' || p.child_id::text as pair
       from unnest($2::uuid[], $3::uuid[]) as x(helper_id, child_id)
       join pairings p on p.tenant_id = $1 and p.helper_id = x.helper_id and p.child_id = x.child_id
      where p.until_on is null or p.until_on > $4::date`,
    [ctx.tenant, asked.map((one) => one.helper_id), asked.map((one) => one.child_id), ctx.today],
  )
  return new Set(rows.map((row) => row.pair))
}

async function insert(ctx: Ctx, asked: readonly Asked[], helpers: ReadonlyMap<string, Standing>): Promise<void> {
  const formOf = (one: Asked): PairingForm =>
    one.form ?? ((helpers.get(one.helper_id)?.children ?? 1) > 1 ? 'one_to_many' : 'one_to_one')
  const rows = asked.map((one) => ({
    goals: [],
    ...one,
    form: formOf(one),
    ended_by: one.until_on ? ctx.actor.account_id : null,
    ended_at: one.until_on ? ctx.now : null,
  }))
  await ctx.db.count(
    `insert into pairings (tenant_id, id, helper_id, child_id, unit_id, term, form, goals, measures, contact_how, next_contact_on, from_on, planned_until_on,
            until_on, ended_reason, ended_by, ended_at, replaces_id, stands_in_for_id, over_limit_reason, created_at, created_by)
     select $1, x.id, x.helper_id, x.child_id, $2, x.term, x.form, x.goals, x.measures, x.contact_how, x.next_contact_on, x.from_on, x.planned_until_on,
            x.until_on, x.ended_reason, x.ended_by, x.ended_at, x.replaces_id, x.stands_in_for_id, x.over_limit_reason, $3, $4
       from jsonb_to_recordset($5::jsonb) as x(id uuid, helper_id uuid, child_id uuid, term text, form text, goals text[], measures text, contact_how text,
            next_contact_on date, from_on date, planned_until_on date, until_on date, ended_reason text, ended_by uuid, ended_at timestamptz,
            replaces_id uuid, stands_in_for_id uuid, over_limit_reason text)`,
    [ctx.tenant, ctx.actor.unit_id, ctx.now, ctx.actor.account_id, JSON.stringify(rows)],
  )
}

/** Ends these pairings on a day, with the stand-ins for them; `children` says whose they were. */
export async function endAll(
  ctx: Ctx,
  ids: readonly string[],
  how: { on: string; reason: EndReason; note?: string | null },
  operation: string,
): Promise<void> {
  if (ids.length === 0) return
  const ended = await ctx.db.rows<{ id: string; child_id: string }>(
    `update pairings set until_on = greatest(from_on, $3::date), ended_reason = $4, ended_note = $5, ended_by = $6, ended_at = $7, version = version + 1
      where tenant_id = $1 and (until_on is null or until_on > $3::date) and (id = any($2::uuid[]) or stands_in_for_id = any($2::uuid[])) returning id, child_id`,
    [ctx.tenant, ids, how.on, how.reason, how.note ?? null, ctx.actor.account_id, ctx.now],
  )
  for (const one of ended) await ctx.audit(operation, one.id, { child_id: one.child_id })
}
