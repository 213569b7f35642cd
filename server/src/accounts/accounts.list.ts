// Reading accounts: those with a membership, now or once, in the actor's unit or below.
import { sql, type RawBuilder } from 'kysely'
import type { AccountRow, accountOps } from '@nuanyang/contract/accounts.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'

interface Row {
  row: AccountRow
  sort: string
}

function accountRows(ctx: Ctx, where: RawBuilder<unknown>, limit: number) {
  const current = sql`(m.from_on <= ${ctx.today}::date and (m.until_on is null or m.until_on > ${ctx.today}::date))`
  return ctx.db.run<Row>(sql<Row>`
    with mine as (
      select m.account_id, bool_or(${current}) as some_current,
             json_agg(json_build_object('id', m.id, 'role', m.role, 'unit_id', u.id, 'unit_name', u.name, 'unit_kind', u.kind,
                        'from_on', m.from_on, 'until_on', m.until_on)
                      order by not ${current}, u.depth, u.pinyin, m.role, m.id) as memberships,
             array_agg(m.role) filter (where ${current}) as roles,
             array_agg(u.path) filter (where ${current}) as paths
        from memberships m join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
       where m.tenant_id = ${ctx.tenant} and u.path like ${`${ctx.actor.unit_path}%`}
       group by m.account_id)
    select lower(a.username) || ' ' || a.id as sort,
           json_build_object('id', a.id, 'name', a.name, 'username', a.username, 'memberships', mine.memberships,
             'totp_on', a.totp_on_at is not null, 'must_change_password', a.must_change_password, 'disabled_at', a.disabled_at,
             'last_seen_at', (select max(s.seen_at) from sessions s where s.account_id = a.id),
             'locked_until', (select l.until_at from lockouts l where l.key = 'u:' || lower(a.username) and l.until_at > ${ctx.now}),
             'version', a.version) as row
      from mine join accounts a on a.id = mine.account_id
     where ${where}
     order by (lower(a.username) || ' ' || a.id) collate "C" limit ${limit}`)
}

export async function list(
  ctx: Ctx,
  { q, unit_id, role, state = 'active', after, limit = 50 }: Input<typeof accountOps.list>,
): Promise<Answer<typeof accountOps.list>> {
  const and: RawBuilder<unknown>[] = [sql`true`]
  const typed = q?.trim().toLowerCase()
  if (typed) and.push(sql`(position(${typed} in lower(a.name)) > 0 or position(${typed} in lower(a.username)) > 0)`)
  if (role) and.push(sql`${role} = any (mine.roles)`)
  if (unit_id) and.push(sql`exists (select from unnest(mine.paths) as p where position(${`${unit_id}/`} in p) > 0)`)
  if (state === 'active') and.push(sql`a.disabled_at is null and mine.some_current`)
  if (state === 'disabled') and.push(sql`a.disabled_at is not null`)
  if (state === 'left') and.push(sql`not mine.some_current`)
  if (after) and.push(sql`(lower(a.username) || ' ' || a.id) > ${after} collate "C"`)
  const rows = await accountRows(ctx, sql.join(and, sql` and `), limit + 1)
  const items = rows.slice(0, limit)
  return { items: items.map((one) => one.row), next: rows.length > limit ? items.at(-1)!.sort : null }
}

export async function get(ctx: Ctx, { id }: Input<typeof accountOps.get>): Promise<AccountRow> {
  return accountRow(ctx, id)
}

/** One account as the list shows it. Errors: not_found. */
export async function accountRow(ctx: Ctx, id: string): Promise<AccountRow> {
  const [found] = await accountRows(ctx, sql`a.id = ${id}`, 1)
  if (!found) throw problem('not_found')
  return found.row
}
