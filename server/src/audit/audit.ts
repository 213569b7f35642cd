// The auditor's search over the log. See contract/src/audit.ts.
import { auditGroups, type auditOps } from '@nuanyang/contract/audit.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { sql } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'

/** What people of the actor's units did, newest first. Days are those of Asia/Shanghai, both included. */
export async function list(ctx: Ctx, query: Input<typeof auditOps.list>): Promise<Answer<typeof auditOps.list>> {
  const limit = query.limit ?? 50
  const group = query.group ? auditGroups[query.group].operations : null
  const [row] = await ctx.db.run(sql<{ page: string }>`
    with found as (
      select e.id, e.at, e.operation, e.purpose, e.child_id, a.name as by_name, m.role, u.name as unit_name
        from audit e join memberships m on m.tenant_id = ${ctx.tenant} and m.id = e.membership_id
        join units u on u.tenant_id = ${ctx.tenant} and u.id = m.unit_id left join accounts a on a.id = e.account_id
       where e.tenant_id = ${ctx.tenant} and u.path >= ${ctx.actor.unit_path} and u.path < ${ctx.actor.unit_path + '~'}
         ${
           group
             ? sql`and (${sql.join(
                 group.map((name) => sql`starts_with(e.operation, ${name})`),
                 sql` or `,
               )})`
             : sql``
         }
         ${query.q?.trim() ? sql`and position(${query.q.trim()} in a.name) > 0` : sql``}
         ${query.child?.trim() ? sql`and e.child_id in (${childrenCalled(ctx, query.child.trim())})` : sql``}
         ${query.from ? sql`and e.at >= ${query.from}::date::timestamp at time zone 'Asia/Shanghai'` : sql``}
         ${query.until ? sql`and e.at < (${query.until}::date + 1)::timestamp at time zone 'Asia/Shanghai'` : sql``}
         ${query.after ? sql`and (e.at, e.id) < (select b.at, b.id from audit b where b.tenant_id = ${ctx.tenant} and b.id = ${query.after}::uuid)` : sql``}
       order by e.at desc, e.id desc limit ${limit + 1}),
    kept as (select * from found order by at desc, id desc limit ${limit})
    select json_build_object('items', coalesce((select json_agg(json_build_object('id', k.id, 'at', k.at, 'by_name', k.by_name, 'role', k.role,
        'unit_name', k.unit_name, 'operation', k.operation, 'purpose', k.purpose, 'child', k.child_id is not null, 'child_key', upper(right(k.child_id::text, 4))) order by k.at desc, k.id desc) from kept as k), '[]'),
      'next', case when (select count(*) from found) > ${limit} then (select id from kept order by at, id limit 1) end)::text as page`)
  return passed(row!.page)
}

/** Of the whole county: a child may have moved out of the auditor's unit since. Whole names and numbers only, so that nothing is guessed. */
function childrenCalled(ctx: Ctx, words: string) {
  return sql`select c.id from children c where c.tenant_id = ${ctx.tenant} and c.name = ${words}
    union select n.child_id from identity_numbers n where n.tenant_id = ${ctx.tenant} and n.lookup = ${ctx.secrets.blind(words.toUpperCase())} and n.child_id is not null`
}
