// Beginning from a template, and the duties that rules ask for.
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import type { PlanItems } from '@nuanyang/contract/plans.items.ts'
import type { planOps, PolicyDuty } from '@nuanyang/contract/plans.ts'
import { policyDuties } from '@nuanyang/domain/plans/templates/policies.ts'
import { monthOf, type PlanTemplate } from '@nuanyang/domain/plans/templates/templates.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { readSetting, writeSetting } from '../settings/settings.ts'
import { taskDays } from './plans.rows.ts'

/** The items of a template over the days of a plan; months that the plan does not reach are left out. */
export function itemsOfTemplate(template: PlanTemplate, plan: { from_on: string; until_on: string }): PlanItems {
  const added = { quote: null, span: null, issued: false }
  const measures = template.measures.map((m) => ({ id: newId(), path: m.path, title: m.title, text: m.text, span: null, issued: false })) // prettier-ignore
  const idOf = new Map(measures.map((m) => [m.path, m.id]))
  return {
    goals: template.goals.map((g) => ({ id: newId(), text: g.text, indicator: g.indicator, target: g.target, ...added })),
    measures,
    duties: template.duties.map((d) => ({
      id: newId(), measure_id: idOf.get(d.measure) ?? null, title: d.title, kind: d.kind, subject: d.subject, rhythm: d.rhythm, responsible: d.responsible,
      account_id: null, account_name: null, from_on: plan.from_on, until_on: plan.until_on, pauses_in_holidays: false, source: null, replaces_id: null,
      ended_reason: null, ...added,
    })),
    tasks: template.tasks
      .map((t) => ({ ...t, on: monthOf(t.month, plan.from_on) }))
      .filter((t) => t.on <= plan.until_on.slice(0, 7))
      .map((t) => ({
        id: newId(), measure_id: null, duty_id: null, title: t.title, kind: t.kind, ...taskDays(t.on, t.festival ?? null), festival: t.festival ?? null,
        responsible: t.responsible, account_id: null, account_name: null, state: 'open' as const, done_on: null, done_note: null, done_record_id: null,
        dropped_reason: null, record_id: null, version: 1, ...added,
      })),
  } // prettier-ignore
}

const settingKey = 'policy_duties'

export async function policies(
  ctx: Ctx,
  _input: Input<typeof planOps.policies>,
): Promise<Answer<typeof planOps.policies>> {
  // prettier-ignore
  const own = await readSetting<PolicyDuty[] | null>(ctx, settingKey)
  return {
    own: own !== null,
    items: own ?? policyDuties.map((each) => ({ ...each, archetypes: [...each.archetypes] })),
  }
}

/** The county's list is the county's: whoever stands at its root. */
export async function set_policies(
  ctx: Ctx,
  { body }: Input<typeof planOps.set_policies>,
): Promise<Answer<typeof planOps.policies>> {
  // prettier-ignore
  if (ctx.actor.unit_kind !== 'county') throw problem('plan_policies_county')
  await writeSetting(ctx, settingKey, body.items)
  return policies(ctx, {})
}
