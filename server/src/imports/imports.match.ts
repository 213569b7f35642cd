// Which file each row of a roster belongs to, and what it would change there. Reads only.
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { fileFields } from '@nuanyang/contract/children.fields.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { mayState, seenOf, type Seen } from '../children/children.access.ts'
import {
  differences,
  factsOf,
  isKnown,
  type Difference,
  type FlatFacts,
  type Value,
} from '../children/children.facts.ts'
import { wholeFiles } from '../children/children.file.ts'
import { divide, keepersOf } from '../children/children.keepers.ts'
import { findSimilar, type Similar } from '../children/children.similar.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { Implied, Stated } from './imports.facts.ts'

export interface RowMatch {
  action: 'create' | 'update' | 'unchanged' | 'duplicate'
  child_id: string | null
  why: Similar['why'] | null
  differences: { field: FieldPath; old: Value; new: Value; how: 'fill' | 'change' | 'propose' }[]
}

/**
 * The same number is the same child, whoever keeps the file. The same name with the same full birth or the same carer is the same
 * child when this person can see the file; anything weaker is asked about. Of a child out of sight nothing is told but that the number
 * is taken: any other likeness, strong or weak, would tell what is in the file. @param kind of the unit the roster is for
 */
export async function matchRows(ctx: Ctx, stated: readonly Stated[], kind: string): Promise<RowMatch[]> {
  const rows = stated.map(({ flat }) => flat)
  const similar = await findSimilar(ctx, rows)
  const candidates = [...new Set([...similar.values()].flat().map((hit) => hit.child_id))]
  const seen = await seenOf(ctx, candidates)
  const told = (hit: Similar) => seen.has(hit.child_id) || hit.why === 'identity_no'
  const chosen = rows.map((flat, row) => choose(flat, (similar.get(row) ?? []).filter(told)))
  const ids = [...new Set(chosen.flatMap((c) => (c.child_id && seen.has(c.child_id) ? [c.child_id] : [])))]
  const taken = await takenIn(
    ctx,
    // Number and name together: whoever has only got hold of a number does not get to the file by it.
    chosen.flatMap((c) => (c.child_id && !seen.has(c.child_id) && c.same_name ? [c.child_id] : [])),
    kind,
  )
  const [files, keepers] = [await wholeFiles(ctx, ids), await keepersOf(ctx, ids)]
  return chosen.map(({ same_name: _name, ...match }, row) => {
    const file = match.child_id ? files.get(match.child_id) : undefined
    if (match.action === 'update' && match.child_id && !seen.has(match.child_id))
      return { ...match, action: taken.has(match.child_id) ? 'update' : 'duplicate', differences: [] }
    if (!file || match.action === 'duplicate') return { ...match, differences: [] }
    const masks = seen.get(file.id)!
    const found = differences(factsOf(file), joined(factsOf(file), statable(rows[row]!, masks), stated[row]!.implied))
    const { proposed } = divide(ctx, keepers.get(file.id), found)
    const asked = new Set(proposed.map((d) => d.field))
    const shownOld = (d: Difference) => (masks.open & groupBit(fileFields[d.field].group) ? d.old : null)
    return {
      ...match,
      action: found.length === 0 ? ('unchanged' as const) : ('update' as const),
      differences: found.map((d) => ({
        ...d,
        old: shownOld(d),
        how: asked.has(d.field) ? ('propose' as const) : isKnown(d.old) ? ('change' as const) : ('fill' as const),
      })),
    }
  })
}

/** Of these children out of sight, those whom a roster of such a unit takes in: a school its pupils, a village who has no home yet. */
async function takenIn(ctx: Ctx, ids: readonly string[], kind: string): Promise<Set<string>> {
  if (kind === 'school' || kind === 'class') return new Set(ids)
  if (ids.length === 0 || (kind !== 'village' && kind !== 'community')) return new Set()
  const homes = await ctx.db.rows<{ child_id: string }>(
    `select child_id from child_units where tenant_id = $1 and child_id = any($2::uuid[]) and "as" = 'residence' and until_on is null`,
    [ctx.tenant, ids],
  )
  return new Set(ids.filter((id) => !homes.some((home) => home.child_id === id)))
}

/** What of a row this person may state about a child; the other columns are left out, they stop nothing. */
export function statable(flat: FlatFacts, seen: Pick<Seen, 'open' | 'reveal'>): FlatFacts {
  return Object.fromEntries(
    Object.entries(flat).filter(([field]) => mayState(seen, fileFields[field as FieldPath].group)),
  )
}

function choose(flat: FlatFacts, hits: readonly Similar[]): Omit<RowMatch, 'differences'> & { same_name: boolean } {
  const [best, second] = hits
  if (!best) return { action: 'create', child_id: null, why: null, same_name: false }
  const { child_id, why, same_name } = best
  if (why === 'identity_no') return { action: 'update', child_id, why, same_name }
  const alone = !second || second.why !== best.why
  const wholeBirth = typeof flat.born_on === 'string' && flat.born_on.length === 10
  const sure = why === 'name_and_carer' || (why === 'name_and_birth' && wholeBirth)
  return { action: alone && sure ? 'update' : 'duplicate', child_id, why, same_name }
}

/**
 * What a row says in the light of what is known. Numbers join those already known, they do not push them out; the list's own word for a
 * carer does not take the place of the family's; and what only follows from other words is no news against somebody's own statement:
 * "one parent away" brings no dead parent home, and the place of work that stands in the file already sends nobody away.
 */
export function joined(current: FlatFacts, stated: FlatFacts, implied: Implied): FlatFacts {
  const out = { ...stated }
  for (const field of ['phones', 'father.phones', 'mother.phones', 'carer.phones'] as const) {
    const [old, fresh] = [current[field], stated[field]]
    if (Array.isArray(old) && Array.isArray(fresh)) {
      const known = old as readonly string[]
      out[field] = [...known, ...(fresh as readonly string[]).filter((phone) => !known.includes(phone))]
    }
  }
  const relation = current['carer.relation']
  if (
    typeof relation === 'string' &&
    stated['carer.relation'] === relation &&
    stated['carer.relation_words'] === labelOf(relations, relation)
  )
    delete out['carer.relation_words']
  for (const parent of ['father', 'mother'] as const) {
    const state = current[`${parent}.state`]
    const known = isKnown(state ?? null) && state !== 'unknown'
    const samePlace = stated[`${parent}.work_place`] === current[`${parent}.work_place`]
    if (known && (implied[parent] === 'away' ? samePlace : implied[parent] === 'home' && state !== 'away'))
      delete out[`${parent}.state`]
  }
  return out
}
