// Notices 提醒: told by other features (`tell`), read by the person they are for. See contract/src/notices.ts.
import type { noticeOps, NoticeKind, NoticeNumbers } from '@nuanyang/contract/notices.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { passed } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { channels } from './notices.channels.ts'

export { get_channels, set_channels } from './notices.channels.ts'
export { send_again, send_test, sending, sendings } from './notices.sendings.ts'

/** One notice to one membership. Counts only: neither names nor texts can be handed in. */
export interface Told {
  membership_id: string
  kind: NoticeKind
  numbers: NoticeNumbers
  /** Set when the same thing must not be said twice: 2026-W48. */
  once?: string
}

/**
 * Puts notices before people, and what goes out of the house into the queue, in the caller's transaction. The job sends after the
 * commit. Whoever has left, or was told `once` already, is passed over.
 * @returns memberships that were told
 */
export async function tell(ctx: Ctx, notices: readonly Told[]): Promise<string[]> {
  if (notices.length === 0) return []
  const told = await ctx.db.rows<{ id: string; membership_id: string }>(
    `insert into notices (tenant_id, id, membership_id, kind, numbers, at, sent_by, once)
     select $1, n.id, n.membership_id, n.kind, n.numbers, $2, $3, n.once
       from unnest($4::uuid[], $5::uuid[], $6::text[], $7::jsonb[], $8::text[]) as n(id, membership_id, kind, numbers, once)
       join memberships m on m.tenant_id = $1 and m.id = n.membership_id and (m.until_on is null or m.until_on > $9::date)
     on conflict do nothing returning id, membership_id`,
    [
      ctx.tenant,
      ctx.now,
      ctx.maybeActor?.account_id ?? null,
      notices.map(() => newId(ctx.now.getTime())),
      notices.map((one) => one.membership_id),
      notices.map((one) => one.kind),
      notices.map((one) => JSON.stringify(one.numbers)),
      notices.map((one) => one.once ?? null),
      ctx.today,
    ],
  )
  if (told.length > 0) await queueOutside(ctx, told.map((one) => one.id)) // prettier-ignore
  return told.map((one) => one.membership_id)
}

/** One e-mail per person who left an address; one message per robot and kind, a line for each person below its unit. */
async function queueOutside(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { smtp, robots } = await channels(ctx)
  const from = ctx.maybeActor?.account_name ?? null
  const told = `notices n join memberships m on m.tenant_id = $1 and m.id = n.membership_id
      join units u on u.tenant_id = $1 and u.id = m.unit_id`
  let queued = 0
  if (smtp)
    queued += await ctx.db.count(
      `insert into notice_sendings (tenant_id, id, channel, notice_id, address, content, next_at, created_at, created_by)
       select $1, (array_agg(n.id))[1], 'email', (array_agg(n.id))[1], a.email,
              jsonb_build_object('kind', n.kind, 'from_name', $3::text, 'language', min(x.language),
                'lines', jsonb_agg(jsonb_build_object('unit_name', u.name, 'role', m.role, 'numbers', n.numbers) order by u.pinyin, m.role)),
              $2, $2, $5
         from ${told} join accounts x on x.id = m.account_id and x.disabled_at is null
         join notice_addresses a on a.tenant_id = $1 and a.account_id = m.account_id
        where n.tenant_id = $1 and n.id = any($4::uuid[]) group by m.account_id, a.email, n.kind`,
      [ctx.tenant, ctx.now, from, ids, ctx.maybeActor?.account_id ?? null],
    )
  if (robots.length > 0)
    queued += await ctx.db.count(
      `insert into notice_sendings (tenant_id, id, channel, robot_id, content, next_at, created_at, created_by)
       select $1, r.sending_id, 'robot', r.id,
              jsonb_build_object('kind', min(n.kind), 'from_name', $3::text, 'language', 'zh',
                'lines', jsonb_agg(jsonb_build_object('unit_name', u.name, 'role', m.role, 'numbers', n.numbers) order by u.pinyin, m.role)),
              $2, $2, $5
         from unnest($6::uuid[], $7::uuid[], $8::uuid[]) as r(id, unit_id, sending_id)
         join units over_unit on over_unit.tenant_id = $1 and over_unit.id = r.unit_id
         join units u on u.tenant_id = $1 and u.path >= over_unit.path and u.path < over_unit.path || '~'
         join memberships m on m.tenant_id = $1 and m.unit_id = u.id join notices n on n.tenant_id = $1 and n.membership_id = m.id
        where n.id = any($4::uuid[]) group by r.id, r.sending_id`,
      [
        ctx.tenant,
        ctx.now,
        from,
        ids,
        ctx.maybeActor?.account_id ?? null,
        robots.map((robot) => robot.id),
        robots.map((robot) => robot.unit_id),
        robots.map(() => newId(ctx.now.getTime())),
      ],
    )
  if (queued > 0) await ctx.later('notices.send', {}, `notices.send:${ctx.tenant}`)
}

export async function list(ctx: Ctx, query: Input<typeof noticeOps.list>): Promise<Answer<typeof noticeOps.list>> {
  const limit = query.limit ?? 50
  const row = await ctx.db.one<{ page: string }>(
    `with found as (
       select n.id, n.at, json_build_object('id', n.id, 'kind', n.kind, 'from_name', a.name, 'numbers', n.numbers,
                'at', to_char(n.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'read_at', to_char(n.read_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as shown
         from notices n left join accounts a on a.id = n.sent_by
        where n.tenant_id = $1 and n.membership_id = $2
          and ($3::uuid is null or (n.at, n.id) < (select b.at, b.id from notices b where b.tenant_id = $1 and b.id = $3))
        order by n.at desc, n.id desc limit $4 + 1),
     kept as (select * from found order by at desc, id desc limit $4)
     select json_build_object('items', coalesce((select json_agg(k.shown order by k.at desc, k.id desc) from kept k), '[]'),
       'next', case when (select count(*) from found) > $4 then (select id from kept order by at, id limit 1) end)::text as page`,
    [ctx.tenant, ctx.maybeActor?.membership_id ?? null, query.after ?? null, limit],
  )
  return passed(row.page)
}

export async function unread(ctx: Ctx, _input: Input<typeof noticeOps.unread>): Promise<{ count: number }> {
  return ctx.db.one<{ count: number }>(
    `select count(*)::int as count from notices where tenant_id = $1 and membership_id = $2 and read_at is null`,
    [ctx.tenant, ctx.maybeActor?.membership_id ?? null],
  )
}

export async function mark_read(ctx: Ctx, _input: Input<typeof noticeOps.mark_read>): Promise<{ count: number }> {
  const count = await ctx.db.count(
    `update notices set read_at = $3 where tenant_id = $1 and membership_id = $2 and read_at is null`,
    [ctx.tenant, ctx.maybeActor?.membership_id ?? null, ctx.now],
  )
  if (count > 0) await ctx.audit('notices.mark_read')
  return { count }
}

type AddressNow = Answer<typeof noticeOps.get_address>

export async function get_address(ctx: Ctx, _input: Input<typeof noticeOps.get_address>): Promise<AddressNow> {
  const row = await ctx.db.maybe<{ email: string }>(
    `select email from notice_addresses where tenant_id = $1 and account_id = $2`,
    [ctx.tenant, ctx.session!.account_id],
  )
  return { email: row?.email ?? null, mail_works: (await channels(ctx)).smtp !== null }
}

export async function set_address(ctx: Ctx, { body }: Input<typeof noticeOps.set_address>): Promise<AddressNow> {
  const account = ctx.session!.account_id
  if (body.email === null)
    await ctx.db.count(`delete from notice_addresses where tenant_id = $1 and account_id = $2`, [ctx.tenant, account])
  else
    await ctx.db.count(
      `insert into notice_addresses as a (tenant_id, id, account_id, email, updated_at) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id, account_id) do update set email = excluded.email, updated_at = excluded.updated_at, version = a.version + 1`,
      [ctx.tenant, newId(ctx.now.getTime()), account, body.email, ctx.now],
    )
  await ctx.audit('notices.set_address', account)
  return get_address(ctx, {})
}
