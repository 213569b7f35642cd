// What goes out, for the administrator: tests, what failed and why, sending once more.
import { sendFailures, sendingCan, type noticeOps, type SendFailure, type Sending } from '@nuanyang/contract/notices.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { channels } from './notices.channels.ts'

interface Row {
  id: string
  channel: 'email' | 'robot'
  address: string | null
  robot_id: string | null
  test: boolean
  state: Sending['state']
  attempts: number
  failure: SendFailure | null
  failure_detail: string | null
  created_at: Date
  sent_at: Date | null
  next_at: Date
}

const columns =
  'id, channel, address, robot_id, test, state, attempts, failure, failure_detail, created_at, sent_at, next_at'

/** A failure as a sentence in both languages. */
export function failureWords(code: SendFailure, detail: string | null): { code: SendFailure; zh: string; en: string } {
  const { zh, en } = sendFailures[code]
  const fill = (text: string) => text.replace('{detail}', detail ?? '')
  return { code, zh: fill(zh), en: fill(en) }
}

async function shown(ctx: Ctx, rows: readonly Row[]): Promise<Sending[]> {
  const { robots } = await channels(ctx)
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    to: row.address ?? robots.find((robot) => robot.id === row.robot_id)?.name ?? '',
    test: row.test,
    state: row.state,
    attempts: row.attempts,
    failure: row.failure && failureWords(row.failure, row.failure_detail),
    created_at: row.created_at.toISOString(),
    sent_at: row.sent_at?.toISOString() ?? null,
    next_at: row.state === 'waiting' ? row.next_at.toISOString() : null,
  }))
}

export async function sending(ctx: Ctx, { id }: { id: string }): Promise<Sending> {
  const row = await ctx.db.maybe<Row>(`select ${columns} from notice_sendings where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
  ])
  if (!row) throw problem('not_found')
  return (await shown(ctx, [row]))[0]!
}

export async function sendings(
  ctx: Ctx,
  query: Input<typeof noticeOps.sendings>,
): Promise<Answer<typeof noticeOps.sendings>> {
  const limit = query.limit ?? 50
  const rows = await ctx.db.rows<Row>(
    `select ${columns} from notice_sendings s where tenant_id = $1
        and ($2::uuid is null or (created_at, id) < (select b.created_at, b.id from notice_sendings b where b.tenant_id = $1 and b.id = $2))
      order by created_at desc, id desc limit $3 + 1`,
    [ctx.tenant, query.after ?? null, limit],
  )
  const kept = rows.slice(0, limit)
  return { items: await shown(ctx, kept), next: rows.length > limit ? kept.at(-1)!.id : null }
}

export async function send_test(ctx: Ctx, { body }: Input<typeof noticeOps.send_test>): Promise<Sending> {
  const { smtp, robots } = await channels(ctx)
  const known = body.channel === 'email' ? smtp !== null : robots.some((robot) => robot.id === body.robot_id)
  if (!known) throw problem('no_such_channel')
  await ctx.db.count(
    `insert into notice_sendings (tenant_id, id, channel, robot_id, address, test, content, next_at, created_at, created_by)
     values ($1, $2, $3, $4, $5, true, $6, $7, $7, $8)`,
    [
      ctx.tenant,
      body.id,
      body.channel,
      body.channel === 'robot' ? body.robot_id : null,
      body.channel === 'email' ? body.to : null,
      JSON.stringify({ kind: 'test', from_name: ctx.actor.account_name, language: ctx.session!.language, lines: [] }),
      ctx.now,
      ctx.actor.account_id,
    ],
  )
  await ctx.audit('notices.send_test', body.id)
  await ctx.later('notices.send', {}, `notices.send:${ctx.tenant}`)
  return sending(ctx, { id: body.id })
}

export async function send_again(ctx: Ctx, { id }: Input<typeof noticeOps.send_again>): Promise<Sending> {
  const row = await ctx.db.maybe<Row>(
    `select ${columns} from notice_sendings where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!row) throw problem('not_found')
  if (!sendingCan.again(row)) throw problem('sending_under_way')
  await ctx.db.count(
    `update notice_sendings set state = 'waiting', attempts = 0, next_at = $3, failure = null, failure_detail = null where tenant_id = $1 and id = $2`,
    [ctx.tenant, id, ctx.now],
  )
  await ctx.audit('notices.send_again', id)
  await ctx.later('notices.send', {}, `notices.send:${ctx.tenant}`)
  return sending(ctx, { id })
}
