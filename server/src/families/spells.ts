// One way to keep a dated fact: what is filled in or corrected the same day changes the row; what really changed ends the old row and
// begins a new one. Used for parents, carers, enrolment, health, economy and aid; an EXCLUDE constraint in the database guards it.
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import type { Source } from './families.ts'

/** Tables of dated facts with the columns that are their value; all else is the same for each. */
export const spellTables = {
  parent_spells: ['parent', 'adult_id', 'state', 'able', 'place_text', 'place_code', 'work_unit', 'planned_return_on'],
  care_spells: [
    'adult_id',
    'relation',
    'relation_words',
    'age',
    'guardianship_type',
    'able',
    'entrusted',
    'entrust_reason',
    'why_changed',
  ],
  enrolments: ['status', 'class_unit_id', 'school_name', 'grade', 'class_number', 'boarding'],
  health_facts: ['state', 'illness', 'disability', 'disability_level', 'suspected_disability'],
  economy_facts: ['income_sources', 'level', 'note'],
  aid_facts: ['kinds', 'note'],
} as const
export type SpellTable = keyof typeof spellTables

export interface SpellChange {
  child_id: string
  /** Only for parent_spells. */
  parent?: 'father' | 'mother'
  /** The value columns that are stated; the others stay as they are. */
  values: Record<string, unknown>
  /** Since when, as said; null or left out: not said. */
  since?: string | null | undefined
  /** Nothing known is replaced: the current row is filled in rather than ended. */
  fills: boolean
}

interface Current {
  id: string
  child_id: string
  parent?: string
  from_on: string | null
  stated_on: string
}

/** Applies the changes as of today. A row nobody has yet begins where it is said to begin, or with no known beginning. */
export async function writeSpells(
  ctx: Ctx,
  table: SpellTable,
  changes: readonly SpellChange[],
  source: Source,
  allNew = false,
): Promise<void> {
  if (changes.length === 0) return
  const columns = spellTables[table]
  const current = allNew ? new Map<string, Current>() : await currentSpells(ctx, table, changes)
  const inserts: Record<string, unknown>[] = []
  const updates: Record<string, unknown>[] = []
  const ends: { id: string; until_on: string }[] = []
  const replaced: { old: string; fresh: string }[] = []
  for (const change of changes) {
    const now = current.get(keyOf(change))
    const base = { child_id: change.child_id, ...(change.parent ? { parent: change.parent } : {}), ...change.values }
    const begins = change.since ?? ctx.today
    if (!now) inserts.push({ id: newId(), ...base, from_on: change.since ?? null })
    else if (change.fills || now.stated_on === ctx.today || (now.from_on !== null && begins <= now.from_on))
      updates.push({
        id: now.id,
        ...base,
        has: Object.keys(change.values),
        from_on: change.since,
        has_from: change.since !== undefined,
      })
    else {
      const fresh = newId()
      ends.push({ id: now.id, until_on: begins })
      replaced.push({ old: now.id, fresh })
      inserts.push({ id: fresh, ...base, from_on: begins })
    }
  }
  if (ends.length > 0)
    await ctx.db.count(
      `update ${table} s set until_on = x.until_on from jsonb_to_recordset($2::jsonb) as x(id uuid, until_on text) where s.tenant_id = $1 and s.id = x.id`,
      [ctx.tenant, JSON.stringify(ends)],
    )
  const stated = [ctx.today, ctx.maybeActor?.account_id ?? null, source.type, source.id]
  const shape = `jsonb_to_recordset($2::jsonb) as x(id uuid, child_id uuid, from_on text, has text[], has_from boolean, ${columns.map((c) => `${c} ${typeOf(c)}`).join(', ')})`
  if (inserts.length > 0)
    await ctx.db.count(
      `insert into ${table} (tenant_id, id, child_id, from_on, stated_on, stated_by, source_type, source_id, ${columns.join(', ')})
       select $1, x.id, x.child_id, x.from_on, $3, $4, $5, $6, ${columns.map(defaulted).join(', ')} from ${shape}`,
      [ctx.tenant, JSON.stringify(inserts), ...stated],
    )
  if (replaced.length > 0) await inherit(ctx, table, replaced, inserts)
  if (updates.length > 0)
    await ctx.db.count(
      `update ${table} s set stated_on = ${statedAnew(table)}, stated_by = $4, source_type = $5, source_id = $6, from_on = case when x.has_from then x.from_on else s.from_on end,
              ${columns.map((c) => `${c} = case when '${c}' = any(x.has) then ${defaulted(c)} else s.${c} end`).join(', ')}
         from ${shape} where s.tenant_id = $1 and s.id = x.id`,
      [ctx.tenant, JSON.stringify(updates), ...stated],
    )
}

/**
 * Said again today, unchanged. A fact without a known beginning keeps the day it was first said: that day is all that is known of how
 * long it has been so. A grade and an age are counted from the day they were said, so they keep theirs, too.
 */
export async function sayAgain(ctx: Ctx, child_ids: readonly string[]): Promise<void> {
  const rest: Partial<Record<SpellTable, string>> = { parent_spells: 'from_on is not null', care_spells: 'age is null', health_facts: 'true', economy_facts: 'true', aid_facts: 'true' } // prettier-ignore
  for (const [table, condition] of Object.entries(rest))
    await ctx.db.count(
      `update ${table} set stated_on = $3, stated_by = $4 where tenant_id = $1 and child_id = any($2::uuid[]) and valid @> $3::date and ${condition}`,
      [ctx.tenant, child_ids, ctx.today, ctx.actor.account_id],
    )
}

/** What was not restated goes on being true in the new row. */
async function inherit(
  ctx: Ctx,
  table: SpellTable,
  replaced: readonly { old: string; fresh: string }[],
  inserts: readonly Record<string, unknown>[],
): Promise<void> {
  const stated = new Map(inserts.map((row) => [row['id'], Object.keys(row)]))
  const columns = spellTables[table].filter((c) => c !== 'parent' && c !== 'planned_return_on' && c !== 'why_changed')
  await ctx.db.count(
    `update ${table} n set ${columns.map((c) => `${c} = case when '${c}' = any(x.has) then n.${c} else o.${c} end`).join(', ')}
       from jsonb_to_recordset($2::jsonb) as x(old uuid, fresh uuid, has text[]), ${table} o
      where n.tenant_id = $1 and n.id = x.fresh and o.tenant_id = $1 and o.id = x.old`,
    [ctx.tenant, JSON.stringify(replaced.map((r) => ({ ...r, has: stated.get(r.fresh) ?? [] })))],
  )
}

/** Filling in where somebody works does not move the only day that says how long they have been away. */
function statedAnew(table: SpellTable): string {
  if (table !== 'parent_spells') return '$3::date'
  return `case when 'state' = any(x.has) or coalesce(case when x.has_from then x.from_on end, s.from_on) is not null then $3::date else s.stated_on end`
}

async function currentSpells(
  ctx: Ctx,
  table: SpellTable,
  changes: readonly SpellChange[],
): Promise<Map<string, Current>> {
  const rows = await ctx.db.rows<Current>(
    `select id, child_id, ${table === 'parent_spells' ? 'parent,' : ''} from_on, stated_on from ${table}
      where tenant_id = $1 and child_id = any($2::uuid[]) and valid @> $3::date for update`,
    [ctx.tenant, changes.map((c) => c.child_id), ctx.today],
  )
  return new Map(rows.map((row) => [keyOf(row), row]))
}

const keyOf = (row: { child_id: string; parent?: string }) => `${row.child_id}|${row.parent ?? ''}`

function typeOf(column: string): string {
  if (column.endsWith('_id')) return 'uuid'
  if (['able', 'entrusted', 'boarding', 'suspected_disability'].includes(column)) return 'boolean'
  if (column === 'age') return 'smallint'
  if (column === 'income_sources' || column === 'kinds') return 'text[]'
  return 'text'
}

/** An enrolment without a stated status is at school. */
function defaulted(column: string): string {
  if (column === 'status') return `coalesce(x.status, 'in_school')`
  return `x.${column}`
}
