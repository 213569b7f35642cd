// Writing facts into files, for one child or twenty thousand: set-based, one transaction, every field with its history.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { fileFields, kinHeads, type FieldPath, type KinHead } from '@nuanyang/contract/children.fields.ts'
import { spanOf } from '@nuanyang/domain/dates.ts'
import { initialsOf, pinyinOf } from '@nuanyang/domain/pinyin.ts'
import {
  findOrCreateAdults,
  findOrCreateHouseholds,
  updateAdults,
  writeIdentityNumbers,
  writePhones,
  writeRelatives,
  type AdultFacts,
  type Source,
} from '../families/families.ts'
import { writeSpells, type SpellChange, type SpellTable } from '../families/spells.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { isKnown, type Difference, type FlatFacts, type Value } from './children.facts.ts'
import { givenName } from './children.names.ts'

export interface FactChange {
  child_id: string
  /** null for a file that is being opened. */
  current: ChildFile | null
  differences: readonly Difference[]
  /** From the roster: columns that no field takes. */
  extra?: Record<string, string>
}

/** Columns of `children` that hold a fact, by the path that states it. */
const childColumns = {
  name: 'text', sex: 'text', born_on: 'text', ethnicity: 'text', former_name: 'text', native_place: 'text', only_child: 'boolean', orphan: 'boolean',
  household_place: 'text', hukou_registered: 'boolean', hukou_type: 'text', address: 'text', villager_group: 'text', hobbies: 'text', remark: 'text',
  causes: 'text[]', need_kinds: 'text[]', needs: 'text', special_cases: 'text[]', special_note: 'text', improper_care: 'text[]',
  commute: 'text', needs_school_bus: 'boolean', subsidised: 'boolean', blood_type: 'text',
} as const satisfies Partial<Record<FieldPath, string>> // prettier-ignore
/** Columns that follow from them. */
const followingColumns = { given_name: 'text', pinyin: 'text', initials: 'text', born_from: 'date', born_until: 'date', household_division_code: 'text' } // prettier-ignore
/** Name and type of every column of a child's own facts: one list for opening and changing files. */
export const factColumns: Readonly<Record<string, string>> = { ...childColumns, ...followingColumns }

/** Columns of a spell table by the path that states them. */
const spellPaths: Record<Exclude<SpellTable, 'parent_spells' | 'care_spells'>, Partial<Record<FieldPath, string>>> = {
  enrolments: {
    enrolment_status: 'status',
    school_name: 'school_name',
    grade: 'grade',
    class_number: 'class_number',
    boarding: 'boarding',
  },
  health_facts: { health: 'state', illness: 'illness', disability: 'disability', disability_level: 'disability_level', suspected_disability: 'suspected_disability' }, // prettier-ignore
  economy_facts: { income_sources: 'income_sources', economy_level: 'level', economy_note: 'note' },
  aid_facts: { aid_kinds: 'kinds', aid_note: 'note' },
}
const parentColumns: Record<string, string> = { state: 'state', able: 'able', work_place: 'place_text', work_place_code: 'place_code', work_unit: 'work_unit', planned_return_on: 'planned_return_on' } // prettier-ignore
const carerColumns: Record<string, string> = { relation: 'relation', relation_words: 'relation_words', age: 'age', guardianship_type: 'guardianship_type', able: 'able', entrusted: 'entrusted', entrust_reason: 'entrust_reason', why_changed: 'why_changed' } // prettier-ignore

/** Columns of a new `children` row beside its facts. */
export function newChildRow(ctx: Ctx, id: string, flat: FlatFacts): Record<string, unknown> {
  return { id, ...childRow(flat), card_code: cardCode(), registered_on: ctx.today }
}

/** 80 bits: a card found in the street can't be guessed into another. */
function cardCode(): string {
  return newId().replaceAll('-', '').slice(12)
}

function childRow(flat: FlatFacts): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const column of Object.keys(childColumns) as (keyof typeof childColumns)[])
    if (flat[column] !== undefined) out[column] = flat[column]
  if (flat.household_place_code !== undefined) out['household_division_code'] = flat.household_place_code
  if (typeof flat.name === 'string')
    Object.assign(out, {
      given_name: givenName(flat.name),
      pinyin: pinyinOf(flat.name),
      initials: initialsOf(flat.name),
    })
  if (flat.born_on !== undefined) {
    const span = typeof flat.born_on === 'string' ? spanOf(flat.born_on) : { from: null, until: null }
    Object.assign(out, { born_from: span.from, born_until: span.until })
  }
  return out
}

/** Applies what changed to every table it concerns. The history rows are written by the caller, who knows the source's name. */
export async function applyFacts(ctx: Ctx, changes: readonly FactChange[], source: Source): Promise<void> {
  const allNew = changes.every((change) => change.current === null)
  const flats = changes.map((change) => ({
    ...change,
    flat: Object.fromEntries(change.differences.map((d) => [d.field, d.new])) as FlatFacts,
  }))
  if (!allNew) await updateChildRows(ctx, flats)
  await writeNumbers(ctx, flats, allNew)
  await writeHouseholds(ctx, flats)
  for (const table of Object.keys(spellPaths) as (keyof typeof spellPaths)[]) {
    const rows = flats.flatMap((change) => spellChange(change, spellPaths[table]))
    await writeSpells(ctx, table, rows, source, allNew)
  }
  await writeParents(ctx, flats, source, allNew)
  await writeCarers(ctx, flats, source, allNew)
  await writeKin(ctx, flats)
}

type FlatChange = FactChange & { flat: FlatFacts }

async function updateChildRows(ctx: Ctx, changes: readonly FlatChange[]): Promise<void> {
  const rows = changes
    .filter((c) => c.current)
    .map((c) => ({ id: c.child_id, has: Object.keys(childRow(c.flat)), ...childRow(c.flat) }))
  if (rows.length === 0) return
  const columns = Object.keys(factColumns)
  await ctx.db.count(
    `update children c set version = c.version + 1, updated_at = $2, updated_by = $3,
            ${columns.map((c) => `${c} = case when '${c}' = any(x.has) then x.${c} else c.${c} end`).join(', ')}
       from jsonb_to_recordset($4::jsonb) as x(id uuid, has text[], ${columns.map((c) => `${c} ${factColumns[c]}`).join(', ')})
      where c.tenant_id = $1 and c.id = x.id`,
    [ctx.tenant, ctx.now, ctx.actor.account_id, JSON.stringify(rows)],
  )
}

async function writeNumbers(ctx: Ctx, changes: readonly FlatChange[], fresh: boolean): Promise<void> {
  await writeIdentityNumbers(
    ctx,
    'child_id',
    changes.flatMap((c) =>
      c.flat.identity_no === undefined && c.flat.identity_kind === undefined
        ? []
        : [
            {
              id: c.child_id,
              value: (c.flat.identity_no === undefined ? (c.current?.identity_no ?? null) : c.flat.identity_no) as string | null, // prettier-ignore
              kind: (c.flat.identity_kind ?? c.current?.identity_kind ?? 'resident') as string,
            },
          ],
    ),
    fresh,
  )
  await writePhones(
    ctx,
    'child_id',
    changes.flatMap((c) =>
      c.flat.phones === undefined ? [] : [{ id: c.child_id, phones: (c.flat.phones ?? []) as string[] }],
    ),
    fresh,
  )
}

async function writeHouseholds(ctx: Ctx, changes: readonly FlatChange[]): Promise<void> {
  const stated = changes.filter((c) => typeof c.flat.household_no === 'string')
  if (stated.length === 0) return
  const ids = await findOrCreateHouseholds(
    ctx,
    stated.map((c) => ({
      unit_id: ctx.actor.unit_id,
      villager_group: (c.flat.villager_group ?? c.current?.villager_group ?? null) as string | null,
      household_no: c.flat.household_no as string,
      address: (c.flat.address ?? c.current?.address ?? null) as string | null,
    })),
  )
  await ctx.db.count(
    `update children c set household_id = x.household from unnest($2::uuid[], $3::uuid[]) as x(id, household) where c.tenant_id = $1 and c.id = x.id`,
    [ctx.tenant, stated.map((c) => c.child_id), ids],
  )
}

function spellChange(change: FlatChange, paths: Partial<Record<FieldPath, string>>): SpellChange[] {
  const mine = change.differences.filter((d) => paths[d.field])
  if (mine.length === 0) return []
  return [
    {
      child_id: change.child_id,
      values: Object.fromEntries(mine.map((d) => [paths[d.field]!, d.new])),
      fills: mine.every((d) => !isKnown(d.old)),
    },
  ]
}

function inner(change: FlatChange, head: 'father' | 'mother' | 'carer' | KinHead): Map<string, Difference> {
  const prefix = `${head}.`
  return new Map(
    change.differences.filter((d) => d.field.startsWith(prefix)).map((d) => [d.field.slice(prefix.length), d]),
  )
}

function adultFacts(stated: Map<string, Difference>): AdultFacts {
  const of = (key: string) => stated.get(key)?.new as never
  return { name: of('name'), born_on: of('born_on'), health: of('health'), occupation: of('occupation'), address: of('address'), phones: of('phones'), identity_no: of('identity_no') } // prettier-ignore
}
const saysAdult = (facts: AdultFacts) =>
  Object.entries(facts).some(([key, value]) => key !== 'same_as' && value !== undefined)

/** Brothers and sisters of one roster: the same father, mother and carer by name, in the same group. Their parents are typed once. */
function sameFamily(flat: FlatFacts, who: 'father' | 'mother' | 'carer'): string | null {
  const names = [flat['father.name'], flat['mother.name'], flat['carer.name']]
  if (names.filter(isKnown).length < 2 || !isKnown(flat[`${who}.name`])) return null
  return JSON.stringify([who, ...names, flat.villager_group, flat.address])
}

async function writeParents(ctx: Ctx, changes: readonly FlatChange[], source: Source, allNew: boolean): Promise<void> {
  const stated = changes.flatMap((change) =>
    (['father', 'mother'] as const).flatMap((parent) => {
      const differences = inner(change, parent)
      return differences.size
        ? [
            {
              change,
              parent,
              differences,
              facts: { ...adultFacts(differences), same_as: sameFamily(change.flat, parent) },
              known: change.current?.[parent]?.adult_id ?? null,
            },
          ]
        : []
    }),
  )
  const fresh = stated.filter((s) => !s.known && saysAdult(s.facts))
  const ids = fresh.length
    ? await findOrCreateAdults(
        ctx,
        fresh.map((s) => s.facts),
      )
    : []
  const madeFor = new Map(fresh.map((s, i) => [s, ids[i]!]))
  await updateAdults(
    ctx,
    stated.flatMap((s) => (s.known && saysAdult(s.facts) ? [{ id: s.known, facts: s.facts }] : [])),
  )
  const rows = stated.flatMap((s): SpellChange[] => {
    const values = valuesOf(s.differences, parentColumns)
    const adult = madeFor.get(s)
    if (adult) values['adult_id'] = adult
    const since = s.differences.get('away_since')
    if (Object.keys(values).length === 0 && !since) return []
    return [
      {
        child_id: s.change.child_id,
        parent: s.parent,
        values,
        since: since?.new as string | null | undefined,
        // A new place or state is a new spell; a date corrected or a gap filled is the same one.
        fills: [...s.differences].every(
          ([key, d]) => !(key in parentColumns) || key === 'planned_return_on' || key === 'able' || !isKnown(d.old),
        ),
      },
    ]
  })
  await writeSpells(ctx, 'parent_spells', rows, source, allNew)
}

async function writeCarers(ctx: Ctx, changes: readonly FlatChange[], source: Source, allNew: boolean): Promise<void> {
  const stated = changes.flatMap((change) => {
    const differences = inner(change, 'carer')
    if (differences.size === 0) return []
    const name = differences.get('name')
    // Another name is another person; a name that was missing belongs to the person already there.
    const another = name !== undefined && isKnown(name.old) && isKnown(name.new)
    const known = another ? null : (change.current?.carer?.adult_id ?? null)
    return [
      {
        change,
        differences,
        facts: { ...adultFacts(differences), same_as: sameFamily(change.flat, 'carer') },
        known,
        another,
      },
    ]
  })
  const fresh = stated.filter((s) => !s.known && saysAdult(s.facts))
  const ids = fresh.length
    ? await findOrCreateAdults(
        ctx,
        fresh.map((s) => s.facts),
      )
    : []
  const madeFor = new Map(fresh.map((s, i) => [s, ids[i]!]))
  await updateAdults(
    ctx,
    stated.flatMap((s) => (s.known && saysAdult(s.facts) ? [{ id: s.known, facts: s.facts }] : [])),
  )
  const rows = stated.flatMap((s): SpellChange[] => {
    const values = valuesOf(s.differences, carerColumns)
    const adult = madeFor.get(s)
    if (adult) values['adult_id'] = adult
    if (s.another) for (const column of Object.values(carerColumns)) values[column] ??= null
    const since = s.differences.get('since')
    if (Object.keys(values).length === 0 && !since) return []
    return [{ child_id: s.change.child_id, values, since: since?.new as string | null | undefined, fills: !s.another }]
  })
  await writeSpells(ctx, 'care_spells', rows, source, allNew)
}

/** Grandparents, and somebody easy to reach: adults tied to the child without dates. */
async function writeKin(ctx: Ctx, changes: readonly FlatChange[]): Promise<void> {
  await writeRelatives(
    ctx,
    changes.flatMap((change) =>
      kinHeads.flatMap((relation) => {
        const stated = inner(change, relation)
        if (stated.size === 0) return []
        const facts = Object.fromEntries([...stated].map(([key, d]) => [key, d.new]))
        return [{ child_id: change.child_id, relation, ...facts }]
      }),
    ),
  )
}

function valuesOf(stated: Map<string, Difference>, columns: Record<string, string>): Record<string, Value> {
  return Object.fromEntries([...stated].flatMap(([key, d]) => (columns[key] ? [[columns[key], d.new]] : [])))
}

export interface HistoryRow extends Difference {
  child_id: string
  state: 'applied' | 'proposed'
  keeper_unit_id: string | null
}

/** One row of history for each field. */
export async function writeHistory(ctx: Ctx, rows: readonly HistoryRow[], source: Source): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map((row) => ({ id: newId(ctx.now.getTime()), child_id: row.child_id, field: row.field, grp: fileFields[row.field].group, old: row.old, new: row.new, state: row.state, keeper: row.keeper_unit_id })) // prettier-ignore
  await ctx.db.count(
    `insert into changes (tenant_id, id, entity, entity_id, child_id, field, field_group, old, new, source_type, source_id, state, by_account_id, by_unit_id, at, keeper_unit_id)
     select $1, x.id, 'children', x.child_id, x.child_id, x.field, x.grp, x.old, x.new, $3, $4, x.state, $5, $6, $7, x.keeper
       from jsonb_to_recordset($2::jsonb) as x(id uuid, child_id uuid, field text, grp text, old jsonb, new jsonb, state text, keeper uuid)`,
    [ctx.tenant, JSON.stringify(values), source.type, source.id, ctx.actor.account_id, ctx.actor.unit_id, ctx.now],
  )
}
