// 日历订阅: a secret address from which the person's own calendar fetches what is to do. No child is named: duties come as numbers, and a title
// in which somebody wrote a child's name gives way to the name of its kind.
import { randomBytes } from 'node:crypto'
import type { todayOps } from '@nuanyang/contract/today.ts'
import type { Answer, FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import { festivalNear } from '@nuanyang/domain/lunar_day.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { ctxAs, type Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { tokenHash } from '../kernel/secrets.ts'
import { findActor } from '../kernel/tx.ts'
import { dayAfter, dueOf } from './today.due.ts'
import { unitLines } from './today.units.ts'

type Address = Answer<typeof todayOps.get_calendar>

export async function get_calendar(ctx: Ctx, _input: Input<typeof todayOps.get_calendar>): Promise<Address> {
  const feed = await ctx.db.maybe<{ token_sealed: string; created_at: Date }>(
    `select token_sealed, created_at from calendar_feeds where tenant_id = $1 and membership_id = $2 and revoked_at is null`,
    [ctx.tenant, ctx.actor.membership_id],
  )
  if (!feed) return { address: null, made_at: null }
  const address = `${ctx.publicUrl()}/api/calendars/${ctx.tenant}/${ctx.secrets.unseal(feed.token_sealed)}.ics`
  return { address, made_at: feed.created_at.toISOString() }
}

async function revoke(ctx: Ctx): Promise<void> {
  await ctx.db.count(
    `update calendar_feeds set revoked_at = $3 where tenant_id = $1 and membership_id = $2 and revoked_at is null`,
    [ctx.tenant, ctx.actor.membership_id, ctx.now],
  )
}

export async function make_calendar(ctx: Ctx, _input: Input<typeof todayOps.make_calendar>): Promise<Address> {
  await revoke(ctx)
  const token = randomBytes(32).toString('base64url')
  const id = newId(ctx.now.getTime())
  await ctx.db.count(
    `insert into calendar_feeds (tenant_id, id, membership_id, token_hash, token_sealed, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [ctx.tenant, id, ctx.actor.membership_id, tokenHash(token), ctx.secrets.seal(token), ctx.now],
  )
  await ctx.audit('today.make_calendar', id)
  return get_calendar(ctx, {})
}

export async function revoke_calendar(ctx: Ctx, _input: Input<typeof todayOps.revoke_calendar>): Promise<Address> {
  await revoke(ctx)
  await ctx.audit('today.revoke_calendar')
  return get_calendar(ctx, {})
}

/** @throws not_found for a void or unknown address, and once its owner has left */
export async function calendar(ctx: Ctx, { code, token }: Input<typeof todayOps.calendar>): Promise<FileAnswer> {
  await ctx.db.rows('select app_begin($1, null)', [code])
  const feed = await ctx.db.maybe<{ membership_id: string }>(
    `select membership_id from calendar_feeds where tenant_id = $1 and token_hash = $2 and revoked_at is null`,
    [code, tokenHash(token.replace(/\.ics$/, ''))],
  )
  const actor = feed && (await findActor(ctx.db, code, feed.membership_id, ctx.today))
  if (!actor) throw problem('not_found')
  const text = await calendarOf(ctxAs(ctx, { tenant: code, session: null, actor }))
  return { file_name: 'nuanyang.ics', media: 'text/calendar; charset=utf-8', content: Buffer.from(text, 'utf8') }
}

interface Entry {
  id: string
  title: string
  from_on: string
  until_on: string
}

const festivalsAhead = 120

async function calendarOf(ctx: Ctx): Promise<string> {
  const { default: ical } = await import('ical-generator')
  const feed = ical({ name: `暖阳 ${ctx.actor.unit_name}`, prodId: '//Nuanyang//today//ZH', ttl: 6 * 3600 })
  for (const entry of [...(await entries(ctx)), ...festivals(ctx)])
    feed.createEvent({
      id: `${entry.id}@nuanyang`,
      start: asDate(entry.from_on),
      // The last day is not in it: RFC 5545.
      end: asDate(dayAfter(entry.until_on, 1)),
      allDay: true,
      stamp: ctx.now,
      summary: entry.title,
    })
  return feed.toString()
}

/** Days have no time zone: the generator reads the local parts of a Date. */
function asDate(day: string): Date {
  const [year, month, date] = day.split('-').map(Number)
  return new Date(year!, month! - 1, date)
}

async function entries(ctx: Ctx): Promise<Entry[]> {
  const { mine } = await dueOf(ctx)
  const lines = await unitLines(ctx)
  const duties = new Map<string, { title: string; kind: string; until_on: string; children: number }>()
  for (const child of mine)
    for (const item of child.items) {
      const key = `${item.duty_id} ${item.until_on}`
      const sum = duties.get(key) ?? { title: item.title, kind: item.kind, until_on: item.until_on, children: 0 }
      duties.set(key, { ...sum, children: sum.children + 1 })
    }
  const plain = await titlesWithoutNames(ctx, [...lines, ...duties.values()])
  return [
    ...lines.map((line) => ({ id: line.id, title: plain(line), from_on: line.until_on, until_on: line.until_on })),
    ...[...duties].map(([key, duty]) => ({
      id: key.replace(' ', '-'),
      title: `${plain(duty)}：还有 ${duty.children} 个孩子`,
      from_on: duty.until_on,
      until_on: duty.until_on,
    })),
  ]
}

/** Somebody may have written “慰问某某家” into a plan: such a title stays in the house. */
async function titlesWithoutNames(
  ctx: Ctx,
  lines: readonly { title: string; kind: string }[],
): Promise<(line: { title: string; kind: string }) => string> {
  const named = await ctx.db.rows<{ title: string }>(
    `select t.title from unnest($2::text[]) as t(title)
      where exists (select from children c where c.tenant_id = $1 and length(c.given_name) > 0
                      and (position(c.name in t.title) > 0 or length(c.given_name) > 1 and position(c.given_name in t.title) > 0))`,
    [ctx.tenant, [...new Set(lines.map((line) => line.title))]],
  )
  const hidden = new Set(named.map((row) => row.title))
  return ({ title, kind }) => (hidden.has(title) ? kinds.find((one) => one.code === kind)!.zh : title)
}

/** The festivals ahead, each once. */
function festivals(ctx: Ctx): Entry[] {
  const out: Entry[] = []
  let from = ctx.today
  const last = dayAfter(ctx.today, festivalsAhead)
  while (from <= last) {
    const near = festivalNear(from, festivalsAhead)
    if (!near || near.day > last) break
    out.push({ id: `festival-${near.day}`, title: near.zh, from_on: near.day, until_on: near.day })
    from = dayAfter(near.day, 1)
  }
  return out
}
