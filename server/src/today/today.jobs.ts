// 每周小结: once a week, to everybody who owes something or answers for what nobody owes.
import type { NoticeNumbers } from '@nuanyang/contract/notices.ts'
import { roleCan } from '@nuanyang/contract/roles.ts'
import { shanghaiMinute } from '../kernel/clock.ts'
import { ctxAs, type Ctx } from '../kernel/ctx.ts'
import type { ClockLine, JobRun, Jobs } from '../kernel/jobs.ts'
import { findActor } from '../kernel/tx.ts'
import { channels } from '../notices/notices.channels.ts'
import { tell, type Told } from '../notices/notices.ts'
import { answersForUnit, dueOf, withMissed } from './today.due.ts'
import { unitLines } from './today.units.ts'

export const todayJobs: Jobs = { 'today.digest': digest }
// Every quarter of an hour: each county has its own day and hour.
export const todayClock: readonly ClockLine[] = [{ task: 'today.digest', match: '*/15 * * * *' }]

/** The week whose digest is due by now, `2026-W48`; null before its hour, and when nobody wants one. A machine that was off makes up for it. */
export function digestWeek(rules: { digest_on: number | null; digest_at: string }, now: Date, today: string): string | null {
  if (rules.digest_on === null) return null
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
  if (weekday < rules.digest_on || (weekday === rules.digest_on && shanghaiMinute(now) < rules.digest_at)) return null
  const thursday = new Date(Date.parse(today) + (4 - weekday) * 86_400_000)
  const week = Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7)
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`
} // prettier-ignore

async function digest(run: JobRun): Promise<void> {
  const week = await run.step(async (ctx) => digestWeek((await channels(ctx)).rules, ctx.now, ctx.today))
  if (!week) return
  const waiting = await run.step((ctx) =>
    ctx.db.rows<{ id: string; role: string }>(
      `select m.id, m.role from memberships m join accounts a on a.id = m.account_id and a.disabled_at is null
        where m.tenant_id = $1 and m.from_on <= $2::date and (m.until_on is null or m.until_on > $2::date)
          and not exists (select from notices n where n.tenant_id = $1 and n.membership_id = m.id and n.kind = 'digest' and n.once = $3) order by m.id`,
      [ctx.tenant, ctx.today, week],
    ),
  )
  // One transaction each: a county has hundreds of people, and one whose numbers fail must not take the others' digest.
  for (const { id, role } of waiting) {
    if (run.signal.aborted) return
    if (roleCan(role as never, 'children.read')) await run.step((ctx) => digestFor(ctx, id, week))
  }
}

async function digestFor(ctx: Ctx, membershipId: string, week: string): Promise<void> {
  const actor = await findActor(ctx.db, ctx.tenant, membershipId, ctx.today)
  if (!actor) return
  const numbers = await numbersOf(ctxAs(ctx, { tenant: ctx.tenant, session: null, actor }))
  if (Object.values(numbers).every((n) => n === 0)) return
  // Told by the house, not by the person it is for.
  const notice: Told = { membership_id: membershipId, kind: 'digest', numbers, once: week }
  await tell(ctxAs(ctx, { tenant: ctx.tenant, session: null, actor: null }), [notice])
}

async function numbersOf(ctx: Ctx): Promise<NoticeNumbers> {
  const { mine, nobody } = await dueOf(ctx)
  const units = (await unitLines(ctx)).filter((line) => line.mine)
  return {
    children: mine.length,
    overdue: (await withMissed(ctx, mine)).filter((child) => child.items.some((item) => item.overdue || item.missed > 0)).length + units.filter((line) => line.overdue).length, // prettier-ignore
    tasks: units.length,
    nobody: answersForUnit(ctx) ? nobody.length : 0,
  }
}
