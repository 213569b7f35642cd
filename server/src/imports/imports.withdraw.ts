// Taking back a whole import: possible until somebody has built on it. Files it opened leave as entered by mistake, fields it changed
// get their old value back; the rows and the history stay to be looked at.
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { importOps } from '@nuanyang/contract/imports.ts'
import { refreshCompleteness } from '../children/children.completeness.ts'
import type { Difference, Value } from '../children/children.facts.ts'
import { wholeFiles } from '../children/children.file.ts'
import { takeBackLinks } from '../children/children.links.ts'
import { applyFacts } from '../children/children.write.ts'
import type { Ctx } from '../kernel/ctx.ts'

type Conflicts = Answer<typeof importOps.withdraw>['conflicts']

/** Edits made after the import to anything it wrote, and pairings made for children it brought. */
export async function conflictsOf(ctx: Ctx, id: string): Promise<Conflicts> {
  return ctx.db.rows<Conflicts[number]>(
    `with wrote as (select child_id, field, max(at) as at from changes where tenant_id = $1 and source_id = $2 and state in ('applied', 'accepted') group by child_id, field),
     born as (select child_id, at from wrote where field = '*')
     select g.child_id, c.name, g.field, a.name as by_name, g.at
       from changes g join children c on c.tenant_id = $1 and c.id = g.child_id left join accounts a on a.id = g.by_account_id
      where g.tenant_id = $1 and g.source_id is distinct from $2 and g.state in ('applied', 'accepted')
        and (exists (select from wrote w where w.child_id = g.child_id and w.field = g.field and g.at > w.at)
             or exists (select from born b where b.child_id = g.child_id and g.at > b.at))
     union all
     select p.child_id, c.name, 'pairing', null, $3::timestamptz from pairings p join born b on b.child_id = p.child_id join children c on c.tenant_id = $1 and c.id = p.child_id
      where p.tenant_id = $1
     union all
     select r.child_id, c.name, 'record', null, $3::timestamptz from record_children r join born b on b.child_id = r.child_id join children c on c.tenant_id = $1 and c.id = r.child_id
      where r.tenant_id = $1
      order by 5 desc limit 200`,
    [ctx.tenant, id, ctx.now],
  )
}

export async function takeBack(ctx: Ctx, id: string, reason: string): Promise<void> {
  await ctx.db.count(
    `update children c set status = 'exited', exited_on = greatest($3::date, c.registered_on), exit_reason = 'entered_by_mistake', exit_note = $4, exited_by = $5,
            version = c.version + 1, updated_at = $6, updated_by = $5
      where c.tenant_id = $1 and c.import_id = $2 and c.status = 'registered'`,
    [ctx.tenant, id, ctx.today, reason, ctx.actor.account_id, ctx.now],
  )
  const wrote = await ctx.db.rows<{ child_id: string; field: FieldPath; old: Value; new: Value }>(
    `select distinct on (child_id, field) child_id, field, old, new from changes
      where tenant_id = $1 and source_id = $2 and state in ('applied', 'accepted') and field <> '*' order by child_id, field, at desc`,
    [ctx.tenant, id],
  )
  const byChild = new Map<string, Difference[]>()
  for (const row of wrote)
    byChild.set(row.child_id, [...(byChild.get(row.child_id) ?? []), { field: row.field, old: row.new, new: row.old }])
  const files = await wholeFiles(ctx, [...byChild.keys()])
  await applyFacts(
    ctx,
    [...byChild].map(([child_id, differences]) => ({ child_id, current: files.get(child_id)!, differences })),
    { type: 'system', id },
  )
  await ctx.db.count(
    `update changes set state = 'withdrawn', decided_by = $3, decided_at = $4 where tenant_id = $1 and source_id = $2 and field <> '*'`,
    [ctx.tenant, id, ctx.actor.account_id, ctx.now],
  )
  const linked = await ctx.db.rows<{ child_id: string }>(
    `select distinct child_id from child_units where tenant_id = $1 and import_id = $2`,
    [ctx.tenant, id],
  )
  await takeBackLinks(ctx, id)
  await refreshCompleteness(ctx, [...new Set([...byChild.keys(), ...linked.map((row) => row.child_id)])])
}
