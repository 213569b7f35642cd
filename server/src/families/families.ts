// Adults, their phones and numbers, and the dated spells that tie them to children: who is away, who cares. Only this feature writes
// these tables; children's verbs hand in what changed, always as arrays.
import { initialsOf, pinyinOf } from '@nuanyang/domain/pinyin.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'

export interface Source {
  type: 'person' | 'import' | 'system'
  id: string | null
}

/** What is stated about one adult. undefined says nothing, null clears. */
export interface AdultFacts {
  name?: string | null | undefined
  sex?: 'male' | 'female' | null | undefined
  born_on?: string | null | undefined
  health?: string | null | undefined
  occupation?: string | null | undefined
  employer?: string | null | undefined
  address?: string | null | undefined
  phones?: readonly string[] | null | undefined
  identity_no?: string | null | undefined
  /** Within one call: rows with the same words here are the same person (the father of two children of one roster). */
  same_as?: string | null
}

/**
 * The adults these facts speak of: known by identity number, else by the same name with a common phone, so that the grandmother of
 * two children is typed once; else new. Two rows of one call that agree in this way become one person. Only people within the actor's
 * own sight are joined: else a guessed name and number would open, and let change, what another unit keeps about a person.
 * @returns an adult id for each row, in order
 */
export async function findOrCreateAdults(ctx: Ctx, people: readonly AdultFacts[]): Promise<string[]> {
  const known = await findAdults(ctx, people)
  const ids: string[] = []
  const fresh: { id: string; facts: AdultFacts }[] = []
  people.forEach((facts) => {
    const keys = keysOf(ctx, facts)
    let id = keys.map((k) => known.get(k)).find((found) => found !== undefined)
    if (!id) {
      id = newId(ctx.now.getTime())
      fresh.push({ id, facts })
    }
    for (const key of keys) if (!known.has(key)) known.set(key, id)
    ids.push(id)
  })
  if (fresh.length > 0) {
    await ctx.db.count(
      `insert into adults (tenant_id, id, name, pinyin, initials, sex, born_on, health, occupation, employer, address, created_at, created_by)
       select $1, x.id, x.name, x.pinyin, x.initials, x.sex, x.born_on, x.health, x.occupation, x.employer, x.address, $2, $3
         from jsonb_to_recordset($4::jsonb) as x(id uuid, name text, pinyin text, initials text, sex text, born_on text, health text, occupation text, employer text, address text)`,
      [
        ctx.tenant,
        ctx.now,
        ctx.actor.account_id,
        JSON.stringify(
          fresh.map(({ id, facts }) => ({
            id,
            name: facts.name ?? null,
            pinyin: facts.name ? pinyinOf(facts.name) : '',
            initials: facts.name ? initialsOf(facts.name) : '',
            sex: facts.sex ?? null,
            born_on: facts.born_on ?? null,
            health: facts.health ?? null,
            occupation: facts.occupation ?? null,
            employer: facts.employer ?? null,
            address: facts.address ?? null,
          })),
        ),
      ],
    )
    await writePhones(
      ctx,
      'adult_id',
      fresh.map(({ id, facts }) => ({ id, phones: facts.phones ?? [] })),
      true,
    )
    await writeIdentityNumbers(
      ctx,
      'adult_id',
      fresh.map(({ id, facts }) => ({ id, value: facts.identity_no ?? null })),
      true,
    )
  }
  return ids
}

function keysOf(ctx: Ctx, facts: AdultFacts): string[] {
  const keys: string[] = []
  if (facts.identity_no) keys.push(`n:${ctx.secrets.blind(facts.identity_no.toUpperCase())}`)
  if (facts.same_as) keys.push(`s:${facts.same_as}`)
  if (facts.name) for (const phone of facts.phones ?? []) keys.push(`p:${facts.name}:${ctx.secrets.blind(phone)}`)
  return keys
}

async function findAdults(ctx: Ctx, people: readonly AdultFacts[]): Promise<Map<string, string>> {
  const numbers = people.flatMap((p) => (p.identity_no ? [ctx.secrets.blind(p.identity_no.toUpperCase())] : []))
  const phones = people.flatMap((p) => (p.name ? (p.phones ?? []).map((v) => ctx.secrets.blind(v)) : []))
  if (numbers.length + phones.length === 0) return new Map()
  const rows = await ctx.db.rows<{ key: string; id: string }>(
    `select 'n:' || n.lookup as key, n.adult_id as id from identity_numbers n
      where n.tenant_id = $1 and n.lookup = any($2::text[]) and n.adult_id is not null
     union all
     select 'p:' || a.name || ':' || p.lookup, a.id from phones p join adults a on a.tenant_id = p.tenant_id and a.id = p.adult_id
      where p.tenant_id = $1 and p.lookup = any($3::text[]) and a.name is not null`,
    [ctx.tenant, numbers, phones],
  )
  const near = await adultsInSight(ctx, [...new Set(rows.map((row) => row.id))])
  return new Map(rows.filter((row) => near.has(row.id)).map((row) => [row.key, row.id]))
}

/** Of these adults: the family of children the actor sees, and the helpers, staff and team members of the actor's own units. */
export async function adultsInSight(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const [t, path] = [ctx.tenant, ctx.actor.unit_path]
  const own = sql`u.path >= ${path} and u.path < ${path + '~'}`
  // Only their own children are asked about: of a whole village's sight nothing else is needed.
  const rows = await ctx.db.run(sql<{ id: string }>`
    with asked as materialized (select id from unnest(${ids}::uuid[]) as a(id)),
    tied as materialized (
      select s.adult_id, s.child_id from parent_spells s where s.tenant_id = ${t} and s.adult_id in (select id from asked)
      union select s.adult_id, s.child_id from care_spells s where s.tenant_id = ${t} and s.adult_id in (select id from asked)
      union select r.adult_id, r.child_id from relatives r where r.tenant_id = ${t} and r.adult_id in (select id from asked)),
    v as materialized (select w.child_id from (${visibleChildren(ctx)}) as w where w.child_id = any(array(select child_id from tied)))
    select a.id from asked as a
     where exists (select from tied where tied.adult_id = a.id and tied.child_id in (select child_id from v))
        or exists (select from helpers h join units u on u.tenant_id = ${t} and u.id = h.unit_id where h.tenant_id = ${t} and h.adult_id = a.id and ${own})
        or exists (select from memberships m join units u on u.tenant_id = ${t} and u.id = m.unit_id where m.tenant_id = ${t} and m.adult_id = a.id and ${own})
        or exists (select from team_members m join teams w on w.tenant_id = ${t} and w.id = m.team_id join units u on u.tenant_id = ${t} and u.id = w.unit_id
                    where m.tenant_id = ${t} and m.adult_id = a.id and ${own})`)
  return new Set(rows.map((row) => row.id))
}

/** Writes what is stated about adults that exist. */
export async function updateAdults(ctx: Ctx, rows: readonly { id: string; facts: AdultFacts }[]): Promise<void> {
  const plain = rows.flatMap(({ id, facts }) => {
    const row: Record<string, unknown> = { id }
    for (const key of ['name', 'sex', 'born_on', 'health', 'occupation', 'employer', 'address'] as const)
      if (facts[key] !== undefined) Object.assign(row, { [key]: facts[key], [`has_${key}`]: true })
    if (facts.name) Object.assign(row, { pinyin: pinyinOf(facts.name), initials: initialsOf(facts.name) })
    return Object.keys(row).length > 1 ? [row] : []
  })
  if (plain.length > 0)
    await ctx.db.count(
      `update adults a set version = a.version + 1,
              name = case when x.has_name then x.name else a.name end, pinyin = coalesce(x.pinyin, a.pinyin), initials = coalesce(x.initials, a.initials),
              sex = case when x.has_sex then x.sex else a.sex end,
              born_on = case when x.has_born_on then x.born_on else a.born_on end,
              employer = case when x.has_employer then x.employer else a.employer end,
              health = case when x.has_health then x.health else a.health end,
              occupation = case when x.has_occupation then x.occupation else a.occupation end,
              address = case when x.has_address then x.address else a.address end
         from jsonb_to_recordset($2::jsonb) as x(id uuid, name text, has_name boolean, pinyin text, initials text, sex text, has_sex boolean, born_on text, has_born_on boolean,
              employer text, has_employer boolean,
              health text, has_health boolean, occupation text, has_occupation boolean, address text, has_address boolean)
        where a.tenant_id = $1 and a.id = x.id`,
      [ctx.tenant, JSON.stringify(plain)],
    )
  await writePhones(
    ctx,
    'adult_id',
    rows.flatMap(({ id, facts }) => (facts.phones === undefined ? [] : [{ id, phones: facts.phones ?? [] }])),
  )
  await writeIdentityNumbers(
    ctx,
    'adult_id',
    rows.flatMap(({ id, facts }) => (facts.identity_no === undefined ? [] : [{ id, value: facts.identity_no }])),
  )
}

/** Replaces the contact numbers of these owners. `fresh`: they have none yet. */
export async function writePhones(
  ctx: Ctx,
  owner: 'adult_id' | 'child_id',
  rows: readonly { id: string; phones: readonly string[] }[],
  fresh = false,
): Promise<void> {
  if (rows.length === 0) return
  if (!fresh)
    await ctx.db.count(`delete from phones where tenant_id = $1 and ${owner} = any($2::uuid[]) and use = 'contact'`, [
      ctx.tenant,
      rows.map((r) => r.id),
    ])
  const values = rows.flatMap(({ id, phones }) =>
    [...new Set(phones)].map((value, position) => ({
      id: newId(),
      owner: id,
      position,
      value,
      lookup: ctx.secrets.blind(value),
    })),
  )
  if (values.length === 0) return
  await ctx.db.count(
    `insert into phones (tenant_id, id, ${owner}, position, value, lookup, stated_on)
     select $1, x.id, x.owner, x.position, x.value, x.lookup, $2
       from jsonb_to_recordset($3::jsonb) as x(id uuid, owner uuid, position smallint, value text, lookup text)`,
    [ctx.tenant, ctx.today, JSON.stringify(values)],
  )
}

/** Sets or clears the one identity number of these owners. */
export async function writeIdentityNumbers(
  ctx: Ctx,
  owner: 'adult_id' | 'child_id',
  rows: readonly { id: string; value: string | null; kind?: string }[],
  fresh = false,
): Promise<void> {
  if (rows.length === 0) return
  if (!fresh)
    await ctx.db.count(`delete from identity_numbers where tenant_id = $1 and ${owner} = any($2::uuid[])`, [
      ctx.tenant,
      rows.map((r) => r.id),
    ])
  const values = rows.flatMap(({ id, value, kind = 'resident' }) =>
    value
      ? [{ id: newId(), owner: id, kind, value, lookup: ctx.secrets.blind(value.toUpperCase()), tail: value.slice(-4) }] // prettier-ignore
      : [],
  )
  if (values.length === 0) return
  await ctx.db.count(
    `insert into identity_numbers (tenant_id, id, ${owner}, kind, value, lookup, tail, stated_on)
     select $1, x.id, x.owner, x.kind, x.value, x.lookup, x.tail, $2
       from jsonb_to_recordset($3::jsonb) as x(id uuid, owner uuid, kind text, value text, lookup text, tail text)`,
    [ctx.tenant, ctx.today, JSON.stringify(values)],
  )
}

/** The household of a number within a unit, made when it is new. One id for each row, in order. */
export async function findOrCreateHouseholds(
  ctx: Ctx,
  rows: readonly {
    unit_id: string | null
    villager_group: string | null
    household_no: string
    address: string | null
  }[],
): Promise<string[]> {
  const key = (r: { unit_id: string | null; villager_group: string | null; household_no: string }) =>
    `${r.unit_id}|${r.villager_group}|${r.household_no}`
  const found = await ctx.db.rows<{
    id: string
    unit_id: string | null
    villager_group: string | null
    household_no: string
  }>(
    `select id, unit_id, villager_group, household_no from households where tenant_id = $1 and household_no = any($2::text[])`,
    [ctx.tenant, rows.map((r) => r.household_no)],
  )
  const known = new Map(found.map((row) => [key(row), row.id]))
  const fresh: Record<string, unknown>[] = []
  const ids = rows.map((row) => {
    let id = known.get(key(row))
    if (!id) {
      id = newId()
      known.set(key(row), id)
      fresh.push({ id, ...row })
    }
    return id
  })
  if (fresh.length > 0)
    await ctx.db.count(
      `insert into households (tenant_id, id, unit_id, villager_group, household_no, address, created_at)
       select $1, x.id, x.unit_id, x.villager_group, x.household_no, x.address, $2
         from jsonb_to_recordset($3::jsonb) as x(id uuid, unit_id uuid, villager_group text, household_no text, address text)`,
      [ctx.tenant, ctx.now, JSON.stringify(fresh)],
    )
  return ids
}

export interface RelativeFacts {
  child_id: string
  /** paternal_grandfather … maternal_grandmother, or contact: somebody easy to reach. */
  relation: string
  name?: string | null
  born_on?: string | null
  deceased?: boolean | null
  relation_words?: string | null
  phones?: readonly string[] | null
}

/** Grandparents as the registration form names them, and somebody easy to reach, whether or not they care for the child. */
export async function writeRelatives(ctx: Ctx, rows: readonly RelativeFacts[]): Promise<void> {
  if (rows.length === 0) return
  const known = await ctx.db.rows<{ child_id: string; relation: string; adult_id: string }>(
    `select child_id, relation, adult_id from relatives where tenant_id = $1 and child_id = any($2::uuid[])`,
    [ctx.tenant, rows.map((row) => row.child_id)],
  )
  const keyOf = (row: { child_id: string; relation: string }) => `${row.child_id}|${row.relation}`
  const adultOf = new Map(known.map((row) => [keyOf(row), row.adult_id]))
  const fresh = rows.filter((row) => !adultOf.has(keyOf(row)))
  const ids = await findOrCreateAdults(ctx, fresh)
  const values = rows.map((row) => ({
    id: newId(),
    child_id: row.child_id,
    adult_id: adultOf.get(keyOf(row)) ?? ids[fresh.indexOf(row)],
    relation: row.relation,
    deceased: row.deceased ?? null,
    has_deceased: row.deceased !== undefined,
    words: row.relation_words ?? null,
    has_words: row.relation_words !== undefined,
  }))
  await ctx.db.count(
    `insert into relatives as r (tenant_id, id, child_id, adult_id, relation, deceased, relation_words)
     select $1, x.id, x.child_id, x.adult_id, x.relation, x.deceased, x.words
       from jsonb_to_recordset($2::jsonb) as x(id uuid, child_id uuid, adult_id uuid, relation text, deceased boolean, words text)
     on conflict (tenant_id, child_id, relation) do nothing`,
    [ctx.tenant, JSON.stringify(values)],
  )
  await ctx.db.count(
    `update relatives r set deceased = case when x.has_deceased then x.deceased else r.deceased end, relation_words = case when x.has_words then x.words else r.relation_words end
       from jsonb_to_recordset($2::jsonb) as x(child_id uuid, relation text, deceased boolean, has_deceased boolean, words text, has_words boolean)
      where r.tenant_id = $1 and r.child_id = x.child_id and r.relation = x.relation and (x.has_deceased or x.has_words)`,
    [ctx.tenant, JSON.stringify(values)],
  )
  await updateAdults(
    ctx,
    rows.flatMap(({ name, born_on, phones, ...row }) => {
      const id = adultOf.get(keyOf(row))
      return id ? [{ id, facts: { name, born_on, phones } }] : []
    }),
  )
}
