// The slow, plain reading of who owes an item: written from architecture §7 and docs/decisions/0020-due-items.md, walking up the tree unit
// by unit. db/views/due_owners.sql is held against it.
import { helpersOfResponsible, roleOf } from '@nuanyang/contract/plans.owners.ts'
import type { Responsible } from '@nuanyang/domain/values/responsible.ts'
import type { DutyRow, History } from './history.ts'

export interface Owners {
  how: 'named' | 'helper' | 'role' | 'nobody'
  account_ids: string[]
  adult_ids: string[]
}

const holds = (spell: { from_on: string; until_on: string | null }, day: string) =>
  spell.from_on <= day && (spell.until_on === null || day < spell.until_on)
const sorted = (ids: readonly string[]) => [...new Set(ids)].toSorted()

export function slowDueOwners(
  history: History,
  duty: DutyRow,
  type: 'child' | 'pairing' | 'unit',
  subject: string,
  day: string,
): Owners {
  if (duty.account_id !== null) return { how: 'named', account_ids: [duty.account_id], adult_ids: [] }
  const plan = history.plans.find((p) => p.id === duty.plan_id)!
  const child =
    type === 'child' ? subject : type === 'pairing' ? history.pairings.find((p) => p.id === subject)!.child_id : null
  const adults = child === null ? [] : helpersOf(history, duty, type === 'pairing' ? subject : null, child, day)
  if (adults.length > 0) {
    const seats = history.memberships.filter((m) => m.adult_id !== null && adults.includes(m.adult_id) && holds(m, day))
    return { how: 'helper', account_ids: sorted(seats.map((m) => m.account_id)), adult_ids: adults }
  }
  const kind = history.units.find((u) => u.id === plan.unit_id)!.kind
  const role = roleOf(duty.responsible as Responsible | null, kind)
  const accounts = role === null ? [] : nearest(history, placesOf(history, child, plan.unit_id, day), role, day)
  return { how: accounts.length > 0 ? 'role' : 'nobody', account_ids: accounts, adult_ids: [] }
}

/** Of the pairings of the day those whose helper is of a kind asked for; without one, whoever helps. */
function helpersOf(history: History, duty: DutyRow, pairing: string | null, child: string, day: string): string[] {
  const kinds = duty.responsible === null ? undefined : helpersOfResponsible[duty.responsible as Responsible]
  if (!kinds) return []
  const current = history.pairings.filter((p) => p.child_id === child && (pairing === null || p.id === pairing) && holds(p, day)) // prettier-ignore
  const helpers = current.map((p) => history.helpers.find((h) => h.id === p.helper_id)!)
  const first = helpers.filter((h) => (kinds as readonly string[]).includes(h.kind))
  return sorted((first.length > 0 ? first : helpers).map((h) => h.adult_id))
}

/** Where the child stands on the day, the registered household left out; the plan's unit for what is the unit's own. */
function placesOf(history: History, child: string | null, unit_id: string, day: string): string[] {
  if (child === null) return [unit_id]
  return history.links.filter((l) => l.child_id === child && l.as !== 'hukou' && holds(l, day)).map((l) => l.unit_id)
}

/** The members with the role in the unit with the fewest steps up from any of the places. */
function nearest(history: History, places: readonly string[], role: string, day: string): string[] {
  const chains = places.map((id) => history.units.find((u) => u.id === id)!.path.split('/').filter(Boolean).toReversed()) // prettier-ignore
  for (let steps = 0; steps < 10; steps++) {
    const here = chains.flatMap((chain) => chain[steps] ?? [])
    const found = history.memberships.filter((m) => m.role === role && here.includes(m.unit_id) && holds(m, day))
    if (found.length > 0) return sorted(found.map((m) => m.account_id))
  }
  return []
}
