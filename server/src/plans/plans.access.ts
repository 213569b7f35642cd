// Which plans a person sees, and which are theirs to change: those of the own unit and below in every state, and once they are talked
// over those of the units above and of linked ones (a class teacher reads the school's plan, a village the township's).
import { planStates, type Plan, type PlanState } from '@nuanyang/contract/plans.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { problem, type Refusal } from '../kernel/problem.ts'
import { isMine, visibleUnits } from '../units/units.access.ts'

/** Predicate over plans `p` and their units `u`. */
export function visiblePlans(ctx: Ctx): RawBuilder<boolean> {
  return sql<boolean>`(${minePlans(ctx)} or (p.state in ('in_discussion', 'adopted', 'closed') or p.state = 'withdrawn' and p.adopted_on is not null) and ${visibleUnits(ctx, 'u')})`
}

/** Of the actor's own unit or one below. */
export function minePlans(ctx: Ctx): RawBuilder<boolean> {
  return sql<boolean>`(u.path >= ${ctx.actor.unit_path} and u.path < ${`${ctx.actor.unit_path}~`})`
}

export interface PlanRow {
  id: string
  title: string
  unit_id: string
  unit_name: string
  unit_kind: string
  path: string
  archetype: Plan['archetype']
  state: PlanState
  definition: string
  from_on: string
  until_on: string
  confirmed_at: string | null
  changed_at: string | null
  adopted_on: string | null
  issued_from_id: string | null
  dropped: unknown
  reading: { problems: Plan['problems']; aside: number[]; period_unread: boolean } | null
  version: number
}

const columns = sql`p.id, p.title, p.unit_id, u.name as unit_name, u.kind as unit_kind, u.path, p.archetype, p.state, p.definition,
  p.from_on, p.until_on, p.confirmed_at, p.changed_at, p.adopted_on, p.issued_from_id, p.dropped, p.reading, p.version`

/** A plan that the actor sees. @throws not_found: absent and invisible look the same */
export async function getRow(ctx: Ctx, id: string): Promise<PlanRow> {
  const [plan] = await ctx.db.run(
    sql<PlanRow>`select ${columns} from plans p join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id
      where p.tenant_id = ${ctx.tenant} and p.id = ${id}::uuid and ${visiblePlans(ctx)}`,
  )
  if (!plan) throw problem('not_found')
  return plan
}

/** The actor's own plan, locked; with `version`, that one or a refusal. */
export async function lockMine(ctx: Ctx, id: string, version?: number): Promise<PlanRow> {
  const [plan] = await ctx.db.run(
    sql<PlanRow>`select ${columns} from plans p join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id
      where p.tenant_id = ${ctx.tenant} and p.id = ${id}::uuid for update of p`,
  )
  if (!plan || !isMine(ctx, plan.path)) throw problem('not_found')
  if (version !== undefined && plan.version !== version) throw problem('stale', { current: { version: plan.version } })
  return plan
}

/** “This plan is closed now and can't be changed.” */
export function wrongState(state: PlanState, act: { zh: string; en: string }): Refusal {
  return problem('plan_state', {
    values: { state: planStates[state].zh, state_en: planStates[state].en, act: act.zh, act_en: act.en },
  })
}

/** Days that do not fit, in words. */
export function wrongDays(why: string, why_en: string): Refusal {
  return problem('plan_days', { values: { why, why_en } })
}

/** Whoever is named for something works in the plan's unit or below. @throws plan_person */
export async function mustBeColleagues(ctx: Ctx, path: string, named: readonly (string | null)[]): Promise<void> {
  const ids = [...new Set(named.filter((id) => id !== null))]
  if (ids.length === 0) return
  const { there } = await ctx.db.one<{ there: number }>(
    `select count(distinct m.account_id)::int as there from memberships m join units u on u.tenant_id = $1 and u.id = m.unit_id
      where m.tenant_id = $1 and m.account_id = any ($2::uuid[]) and u.path >= $3 and u.path < $3 || '~' and (m.until_on is null or m.until_on > $4::date)`,
    [ctx.tenant, ids, path, ctx.today],
  )
  if (there !== ids.length) throw problem('plan_person')
}
