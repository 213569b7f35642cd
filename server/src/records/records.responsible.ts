// Who carries out an individual plan: chosen by whoever writes the plan, and the same for every record of the matter.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { accountField, specOf } from '@nuanyang/contract/records.fields.ts'
import type { recordOps } from '@nuanyang/contract/records.ts'
import { sql, type RawBuilder } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import type { RecordToAdd, Written } from './records.write.ts'

export interface Responsible {
  id: string
  name: string
}

type Person = Answer<typeof recordOps.people>['items'][number]

/**
 * SQL: people at work today in the actor's units, or where one of these children lives and learns (never the whole county's or township's).
 * Administrators and helpers carry out no plan. Naming somebody opens no child to them: whoever does not see the child sees no plan of it.
 */
const people = (ctx: Ctx, child_ids: readonly string[], more: RawBuilder<unknown>): RawBuilder<Person> => sql<Person>`
  with v as materialized (${visibleChildren(ctx)})
  select distinct on (a.name, a.id) a.id as account_id, a.name, m.role, u.name as unit_name
    from memberships m join accounts a on a.id = m.account_id and a.disabled_at is null
    join units u on u.tenant_id = ${ctx.tenant} and u.id = m.unit_id
   where m.tenant_id = ${ctx.tenant} and m.from_on <= ${ctx.today}::date and (m.until_on is null or m.until_on > ${ctx.today}::date)
     and m.role not in ('administrator', 'security_officer', 'auditor', 'helper') ${more}
     and (u.path >= ${ctx.actor.unit_path} and u.path < ${ctx.actor.unit_path + '~'}
       or u.kind not in ('county', 'township') and exists (select from v join child_units cu on cu.tenant_id = ${ctx.tenant} and cu.child_id = v.child_id
            join units k on k.tenant_id = ${ctx.tenant} and k.id = cu.unit_id
           where v.child_id = any(${child_ids}::uuid[]) and (cu.until_on is null or cu.until_on > ${ctx.today}::date) and starts_with(k.path, u.path)))
   order by a.name, a.id limit 30`

export async function peopleToName(
  ctx: Ctx,
  { child_id, q }: Input<typeof recordOps.people>,
): Promise<Answer<typeof recordOps.people>> {
  const words = q?.trim()
  const more = words ? sql`and position(${words} in a.name) > 0` : sql``
  return { items: await ctx.db.run(people(ctx, child_id ? [child_id] : [], more)) }
}

/**
 * Who is responsible once this is written: the one it names, where it is the plan itself; else whoever is so already.
 * @throws record_responsible
 */
export async function responsibleFor(
  ctx: Ctx,
  written: Pick<Written, 'kind' | 'fields' | 'child_ids' | 'responsible_account_id'>,
  thread_id: string | null,
): Promise<Responsible | null> {
  const spec = specOf(written.kind)
  if (!spec.fields.some((field) => field.account)) return null
  const before = thread_id
    ? await ctx.db.maybe<Responsible>(
        `select a.id, a.name from records r join accounts a on a.id = r.responsible_account_id where r.tenant_id = $1 and r.id = $2`,
        [ctx.tenant, thread_id],
      )
    : null
  const id = written.responsible_account_id ?? null
  if (!accountField(spec, written.fields)) return before
  if (id === null) return null
  if (id === before?.id) return before
  const [person] = await ctx.db.run(people(ctx, written.child_ids, sql`and a.id = ${id}::uuid`))
  if (!person) throw problem('record_responsible')
  return { id: person.account_id, name: person.name }
}

/** A plan that was written says it for every record of its matter. */
export async function sayForThread(
  ctx: Ctx,
  written: Pick<RecordToAdd, 'kind' | 'fields'>,
  thread_id: string | null,
  responsible: Responsible | null,
): Promise<void> {
  if (!thread_id || !accountField(specOf(written.kind), written.fields)) return
  await ctx.db.count(
    `update records set responsible_account_id = $3 where tenant_id = $1 and thread_id = $2 and amends_id is null and responsible_account_id is distinct from $3::uuid`,
    [ctx.tenant, thread_id, responsible?.id ?? null],
  )
}
