// One plan with everything in it, built in SQL.
import { planStates, type Plan, type planOps } from '@nuanyang/contract/plans.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { problem } from '../kernel/problem.ts'
import { minePlans, visiblePlans } from './plans.access.ts'
import { itemsJson } from './plans.rows.ts'

const name = (column: string) => sql`(select a.name from accounts a where a.id = ${sql.ref(column)})`
const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

export async function get(ctx: Ctx, { id }: Input<typeof planOps.get>): Promise<Plan> {
  const [row] = await ctx.db.run(
    sql<{
      plan: string
    }>`select json_build_object('id', p.id, 'title', p.title, 'unit_id', p.unit_id, 'unit_name', u.name, 'unit_kind', u.kind,
      'archetype', p.archetype, 'state', p.state, 'definition', p.definition, 'from_on', p.from_on, 'until_on', p.until_on, 'text', p.text, 'reading_id', p.reading_id,
      'problems', coalesce(p.reading -> 'problems', '[]'), 'aside', coalesce(p.reading -> 'aside', '[]'), 'period_unread', coalesce((p.reading ->> 'period_unread')::boolean, false),
      'template', p.template, 'replaces_id', p.replaces_id,
      'issued_from', (select json_build_object('id', s.id, 'title', s.title, 'unit_name', su.name, 'state', s.state, 'withdrawn_reason', s.withdrawn_reason)
         from plans s join units su on su.tenant_id = ${ctx.tenant} and su.id = s.unit_id where s.tenant_id = ${ctx.tenant} and s.id = p.issued_from_id),
      'confirmed_at', ${moment('p.confirmed_at')}, 'changed_at', ${moment('p.changed_at')}, 'discussion_on', p.discussion_on, 'adopted_on', p.adopted_on,
      'adopted_by_name', ${name('p.adopted_by')}, 'adoption', p.adoption, 'closed_on', p.closed_on, 'closing', p.closing,
      'withdrawn_at', ${moment('p.withdrawn_at')}, 'withdrawn_reason', p.withdrawn_reason, 'mine', ${minePlans(ctx)}, 'version', p.version,
      'items', ${itemsJson(ctx)},
      'dropped', coalesce((select json_agg(json_build_object('type', x.type, 'id', x.id, 'title', x.title)) from jsonb_to_recordset(p.dropped) as x(type text, id uuid, title text)), '[]'))::text as plan
      from plans p join units u on u.tenant_id = ${ctx.tenant} and u.id = p.unit_id
     where p.tenant_id = ${ctx.tenant} and p.id = ${id}::uuid and ${visiblePlans(ctx)}`,
  )
  if (!row) throw problem('not_found')
  return passed<Plan>(row.plan)
}

/** The states' codes, for the list. */
export const openStates = (Object.keys(planStates) as (keyof typeof planStates)[]).filter(
  (state) => state !== 'closed' && state !== 'withdrawn',
)
