// A history of one small county as plain rows: who stood where, who was away, what was planned, done and let off. The slow reference
// reads it as it is; `writeHistory` puts the same rows into the tables.
import type pg from 'pg'
import type { Festival } from '@nuanyang/domain/values/festivals.ts'

/** Days are YYYY-MM-DD; `until_on` of facts is the first day that is over, of plans, duties and terms the last day. */
export interface History {
  tenant_id: string
  units: {
    id: string
    kind: string
    path: string
    depth: number
    division_code: string | null
    opened_on: string | null
    closed_on: string | null
    stage: 'primary' | null
    entry_year: number | null
  }[]
  children: {
    id: string
    born_on: string | null
    sex: 'male' | 'female' | null
    household_division_code: string | null
    registered_on: string
    exited_on: string | null
  }[]
  links: {
    child_id: string
    unit_id: string
    as: string
    from_on: string
    until_on: string | null
    stated: boolean
  }[]
  enrolments: {
    child_id: string
    status: string
    grade: string | null
    class_unit_id: string | null
    boarding: boolean | null
    from_on: string | null
    until_on: string | null
    stated_on: string
  }[]
  parents: {
    child_id: string
    parent: 'father' | 'mother'
    state: 'home' | 'away' | 'deceased' | 'unknown' | null
    able: boolean | null
    place_code: string | null
    from_on: string | null
    until_on: string | null
    stated_on: string
  }[]
  carers: { child_id: string; from_on: string | null; until_on: string | null; stated_on: string }[]
  focus: { child_id: string; decided_on: string; until_on: string | null }[]
  adults: { id: string }[]
  helpers: { id: string; adult_id: string; unit_id: string; kind: string }[]
  pairings: {
    id: string
    child_id: string
    helper_id: string
    unit_id: string
    from_on: string
    until_on: string | null
  }[]
  memberships: {
    account_id: string
    unit_id: string
    role: string
    adult_id: string | null
    from_on: string
    until_on: string | null
  }[]
  terms: { unit_id: string | null; school_year: number; number: 1 | 2; from_on: string; until_on: string }[]
  holidays: { on_day: string; kind: 'holiday' | 'working' }[]
  plans: {
    id: string
    unit_id: string
    definition: 'mca' | 'moe'
    state: 'draft' | 'adopted' | 'closed' | 'withdrawn'
    from_on: string
    until_on: string
    adopted_on: string | null
    closed_on: string | null
  }[]
  duties: DutyRow[]
  records: {
    id: string
    kind: string
    happened_on: string
    subject_unit_id: string
    pairing_id: string | null
    counts: boolean
    draft: boolean
    withdrawn: boolean
    children: string[]
  }[]
  waivers: { duty_id: string; subject_type: string; subject_id: string; period_from: string; ordinal: number; lifted: boolean }[]
} // prettier-ignore

export interface Cohort {
  definition?: 'mca' | 'moe'
  age?: { from: number | null; until: number | null }
  sex?: 'male' | 'female'
  grades?: string[]
  unit_id?: string
  boarding?: boolean
  focus?: boolean
  paired?: boolean
}

export interface DutyRow {
  id: string
  plan_id: string
  kind: string
  subject: 'each_child' | 'each_priority_child' | 'each_pair' | 'unit'
  rhythm: 'period' | 'festival' | 'month' | 'event' | 'continuous' | 'unspecified'
  every: 'day' | 'week' | 'month' | 'quarter' | 'term' | 'year' | null
  count: number | null
  interval_n: number | null
  festival: Festival | null
  month: number | null
  event: 'new_child' | 'parents_left' | 'parents_returned' | 'carer_changed' | null
  within_days: number | null
  working_days: boolean | null
  anchor_on: string
  from_on: string
  until_on: string
  responsible: string | null
  account_id: string | null
  cohort: Cohort | null
  pauses_in_holidays: boolean
  replaces_id: string | null
}

type Row = Record<string, unknown>

/** Rows of every table, in an order that foreign keys accept. @param id makes ids for rows that have none */
export function tablesOf(history: History, id: () => string): [table: string, rows: Row[]][] {
  const at = '2026-01-01T00:00:00Z'
  const { tenant_id } = history
  const own = <T extends object>(rows: readonly T[], more: (row: T) => Row = () => ({})): Row[] =>
    rows.map((row) => ({ tenant_id, id: id(), ...row, ...more(row) }))
  const accounts = [...new Set(history.memberships.map(({ account_id }) => account_id))]
  return [
    ['tenants', [{ id: tenant_id, name: '试县', demo: false, separate_admins: false, created_at: at }]],
    ['accounts', accounts.map((account) => ({ id: account, username: account, name: '甲', password_hash: '-', password_set_at: at, must_change_password: false, totp_counter: 0, recovery_hashes: [], language: 'zh', created_at: at, version: 1 }))],
    ['units', own(history.units, (u) => ({ name: u.kind, pinyin: '', parent_id: u.path.split('/').at(-3) ?? null, class_number: u.stage ? '1' : null, version: 1 }))],
    ['children', own(history.children, (c) => ({ name: '某某', given_name: '某', pinyin: '', initials: '', status: c.exited_on ? 'exited' : 'registered', exit_reason: c.exited_on ? 'moved' : null, card_code: c.id,
        born_from: first(c.born_on), born_until: last(c.born_on), missing: [], contradictions: [], custom: {}, extra: {}, created_at: at, updated_at: at, version: 1 }))],
    ['child_units', own(history.links)],
    ['enrolments', own(history.enrolments, () => ({ source_type: 'typed' }))],
    ['parent_spells', own(history.parents, () => ({ source_type: 'typed' }))],
    ['care_spells', own(history.carers, () => ({ source_type: 'typed' }))],
    ['focus', own(history.focus, (f) => ({ rule: 'x', reason: 'x', state: f.until_on ? 'ended' : 'confirmed', suggested_on: f.decided_on, decided_at: `${f.decided_on}T04:00:00Z` }))],
    ['adults', own(history.adults, () => ({ pinyin: '', initials: '', custom: {}, created_at: at, version: 1 }))],
    ['helpers', own(history.helpers, () => ({ max_children: 2, skills: [], from_on: '2020-01-01', created_at: at, version: 1 }))],
    ['pairings', own(history.pairings, (p) => ({ goals: [], ended_reason: p.until_on ? 'wish' : null, created_at: at, version: 1 }))],
    ['memberships', own(history.memberships)],
    ['terms', own(history.terms, () => ({ name: '学期', version: 1 }))],
    ['holidays', own(history.holidays, () => ({ name: '放假' }))],
    ['plans', own(history.plans, (p) => ({ title: '计划', created_at: at, version: 1, withdrawn_at: p.state === 'withdrawn' ? at : null }))],
    ['duties', own(history.duties, (d) => ({ title: d.kind, position: 0, confirmed: true, version: 1 }))],
    ['records', own(history.records, (r) => ({ fields: {}, fields_version: 1, visibility: 'open', custom: {}, recorded_at: at, updated_at: at, version: 1, withdrawn_at: r.withdrawn ? at : null, withdrawn_by: r.withdrawn ? r.id : null, withdrawn_reason: r.withdrawn ? '错了' : null }))],
    ['record_children', history.records.flatMap((r) => own(r.children.map((child_id) => ({ child_id })), () => ({ record_id: r.id, kind: r.kind, happened_on: r.happened_on, pairing_id: r.pairing_id, fields: {}, counts: r.counts && !r.draft && !r.withdrawn })))],
    ['waivers', own(history.waivers, (w) => ({ reason: '病假', by_account_id: w.duty_id, at, lifted_at: w.lifted ? at : null }))],
  ] // prettier-ignore
}

function first(partial: string | null): string | null {
  return partial && (partial.length === 4 ? `${partial}-01-01` : partial.length === 7 ? `${partial}-01` : partial)
}
function last(partial: string | null): string | null {
  if (!partial || partial.length === 10) return partial
  const [year = 0, month = 12] = partial.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

/** @param client as nuanyang_owner, past row security */
export async function writeHistory(client: pg.ClientBase, history: History, id: () => string): Promise<void> {
  await client.query('begin')
  await client.query(
    `insert into definitions (tenant_id, id, code, name, rule, source, from_on)
     select $1::text, md5($1::text || d.code)::uuid, d.code, d.name, d.rule, d.source, d.from_on from default_definitions() as d`,
    [history.tenant_id],
  )
  for (const [table, rows] of tablesOf(history, id)) {
    if (rows.length === 0) continue
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const known = await columnsOf(client, table)
    const list = names.filter((name) => known.has(name)).map((name) => `"${name}"`)
    await client.query(
      `insert into ${table} (${list.join(', ')}) select ${list.join(', ')} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
  await client.query('commit')
}

const columns = new Map<string, Set<string>>()
/** The rows above carry a field or two that are not columns (`withdrawn`, `children`). */
async function columnsOf(client: pg.ClientBase, table: string): Promise<Set<string>> {
  const known = columns.get(table)
  if (known) return known
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = ''`,
    [table],
  )
  const found = new Set(rows.map(({ name }) => name))
  columns.set(table, found)
  return found
}
