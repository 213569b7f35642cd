// Reading a plan into drafts: pasted text or a file in, one draft for each plan in it. Nothing is owed and nothing is decided: the
// person looks through the items on the next page. See contract/src/plans.ts and domain/src/plans.
import { readFile } from 'node:fs/promises'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import { definitionOfArchetype, type planOps } from '@nuanyang/contract/plans.ts'
import type { PlanRead, PlanReading } from '@nuanyang/domain/plans/types.ts'
import type { Archetype } from '@nuanyang/domain/values/archetypes.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { unitInSubtree, type UnitRow } from '../units/units.access.ts'
import { monthEnd, noItems, taskDays, writeItems } from './plans.rows.ts'
import { readAside } from './reader.ts'
import type { Sentences } from './text.ts'

export async function read(ctx: Ctx, { body }: Input<typeof planOps.read>): Promise<Answer<typeof planOps.read>> {
  return takeIn(ctx, body, body.text, [], body.year)
}

export async function read_file(
  ctx: Ctx,
  { body, file }: Input<typeof planOps.read_file>,
): Promise<Answer<typeof planOps.read_file>> {
  const { planText } = await import('./text.ts')
  const text = planText(file.name, await readFile(file.path))
  if (!text.ok) throw problem('plan_file_unreadable', { values: { why: text.refusal.zh, why_en: text.refusal.en } })
  return takeIn(ctx, body, text.text, text.notes)
}

async function takeIn(
  ctx: Ctx,
  { id, unit_id }: { id: string; unit_id?: string | undefined },
  text: string,
  notes: Sentences[],
  year?: number,
): Promise<Answer<typeof planOps.read>> {
  const unit = await unitInSubtree(ctx, unit_id ?? ctx.actor.unit_id)
  const reading = await readAside(text, { today: ctx.today, ...(year ? { year } : {}) })
  if (reading.plans.length === 0) throw problem('plan_unread')
  for (const plan of reading.plans) await store(ctx, id, unit, plan, reading, text, notes)
  await ctx.audit('plans.read', id)
  return get_reading(ctx, { id })
}

async function store(
  ctx: Ctx,
  reading_id: string,
  unit: UnitRow,
  plan: PlanRead,
  reading: PlanReading,
  text: string,
  notes: Sentences[],
): Promise<void> {
  const archetype = plan.archetype ?? archetypeOf(unit.kind)
  const from_on = `${plan.from ?? ctx.today.slice(0, 7)}-01`
  const until_on = monthEnd(plan.until ?? halfYearAfter(from_on))
  const plan_id = newId(ctx.now.getTime())
  const about = {
    problems: plan.problems.map((each) => ({ ...each, span: moved(each.span, plan.span[0]) })),
    aside: [],
    period_unread: plan.from === null,
    notes: [...notes, ...reading.problems.map(({ code, zh, en }) => ({ code, zh, en }))],
  }
  await ctx.db.count(
    `insert into plans (tenant_id, id, unit_id, title, archetype, definition, from_on, until_on, text, reading, reading_id, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ctx.tenant, plan_id, unit.id, (plan.title || `${unit.name}工作计划`).slice(0, 200), archetype, definitionOfArchetype[archetype], from_on, until_on,
      text.slice(plan.span[0], plan.span[1]), JSON.stringify(about), reading_id, ctx.now, ctx.actor.account_id,
    ],
  ) // prettier-ignore
  const where = { plan_id, unit_id: unit.id, from_on, until_on }
  await writeItems(ctx, where, noItems, itemsOfReading(plan, where))
}

/** Of a plan's own text: what was read stands in the whole file's. */
function moved([from, until]: readonly [number, number], start: number): [number, number] {
  return [Math.max(0, from - start), Math.max(0, until - start)]
}

function itemsOfReading(plan: PlanRead, { from_on, until_on }: { from_on: string; until_on: string }): PlanItems {
  const start = plan.span[0]
  const measures = plan.measures.map((m) => ({
    id: newId(), path: m.path, title: m.title.slice(0, 200), text: m.text.slice(0, 5000), span: moved(m.span, start), issued: false,
  })) // prettier-ignore
  const idOf = new Map(measures.map((m) => [m.path, m.id]))
  const year = Number(from_on.slice(0, 4))
  return {
    goals: plan.goals.map((g) => ({
      id: newId(), text: g.text.slice(0, 500), indicator: g.indicator, target: g.target, quote: g.quote, span: moved(g.span, start), issued: false,
    })),
    measures,
    duties: plan.duties.map((d) => ({
      id: newId(), measure_id: d.measure === null ? null : (idOf.get(d.measure) ?? null), title: d.title.slice(0, 200), kind: d.kind, subject: d.subject,
      rhythm: d.rhythm, responsible: d.responsible, account_id: null, account_name: null, from_on, until_on, pauses_in_holidays: false, source: null,
      replaces_id: null, ended_reason: null, quote: d.quote, span: moved(d.span, start), issued: false,
    })),
    tasks: plan.tasks.map((t) => ({
      id: newId(), measure_id: null, duty_id: null, title: t.title.slice(0, 200), kind: t.kind,
      ...taskDays(`${year + t.year_offset}-${String(t.month).padStart(2, '0')}`, t.festival), festival: t.festival, responsible: null, account_id: null,
      account_name: null, state: 'open' as const, done_on: null, done_note: null, done_record_id: null, dropped_reason: null, record_id: null, version: 1,
      quote: t.quote, span: moved(t.span, start), issued: false,
    })),
  } // prettier-ignore
}

export function archetypeOf(unit_kind: string): Archetype {
  if (unit_kind === 'school' || unit_kind === 'class') return 'school'
  if (unit_kind === 'partner_office') return 'agency'
  if (unit_kind === 'committee') return 'committee'
  return unit_kind === 'community' || unit_kind === 'grid' || unit_kind === 'station' ? 'community' : 'village'
}

function halfYearAfter(from_on: string): string {
  const [year, month] = from_on.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month + 4, 1)).toISOString().slice(0, 7)
}

export async function get_reading(
  ctx: Ctx,
  { id }: Input<typeof planOps.get_reading>,
): Promise<Answer<typeof planOps.get_reading>> {
  const plans = await ctx.db.rows<{ id: string; title: string; state: 'draft'; notes: Sentences[] | null }>(
    `select p.id, p.title, p.state, p.reading -> 'notes' as notes from plans p join units u on u.tenant_id = $1 and u.id = p.unit_id
      where p.tenant_id = $1 and p.reading_id = $2 and u.path >= $3 and u.path < $3 || '~' order by p.id`,
    [ctx.tenant, id, ctx.actor.unit_path],
  )
  if (plans.length === 0) throw problem('not_found')
  return { id, plans: plans.map(({ notes: _notes, ...plan }) => plan), notes: plans[0]!.notes ?? [] }
}
