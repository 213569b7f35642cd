// One file as one reader sees it, in one statement: facts as of today, masks applied per field group inside PostgreSQL.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { kinHeads, type KinHead } from '@nuanyang/contract/children.fields.ts'
import { fieldGroups, groupBit, keeperSides, roleCan, type FieldGroup } from '@nuanyang/contract/roles.ts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../kernel/ctx.ts'
import { groupOpen, linkShown, visibleChildren } from './children.access.ts'

export { keeperSides }

/** Every bit set: the house itself reads everything to compare, merge and print masks of its own. */
const everything = sql`select c.id as child_id, -1 as open, 0 as masked, 0 as reveal from children c`

/** The file, or null when it is absent or invisible. */
export async function findFile(ctx: Ctx, id: string): Promise<ChildFile | null> {
  const [row] = await ctx.db.run(
    sql<FileRow>`
    ${fileRows(ctx, true)} from (${visibleChildren(ctx)}) as v ${beside(ctx)}
     where v.child_id = ${id}::uuid`,
  )
  return row ? fileOf(ctx, row) : null
}

/** Unmasked files for the house's own work: comparing, writing, printing through masks of the caller. Never answered as they are. */
export async function wholeFiles(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ChildFile>> {
  const rows = await ctx.db.run(
    sql<FileRow>`
    ${fileRows(ctx, false)} from (${everything} where c.tenant_id = ${ctx.tenant} and c.id = any(${ids}::uuid[])) as v ${beside(ctx)}`,
  )
  return new Map(rows.map((row) => [row.known.id, fileOf(ctx, row)]))
}

/**
 * Files as the actor sees them, for documents of several children, in name order. `revealed`: values the actor may open for a
 * purpose are open, since a print states one and is logged child by child.
 */
export async function seenFiles(ctx: Ctx, ids: readonly string[], revealed: boolean): Promise<ChildFile[]> {
  const seen = revealed
    ? sql`select w.child_id, w.open | w.reveal as open, w.masked & ~w.reveal as masked, 0 as reveal from (${visibleChildren(ctx)}) as w`
    : visibleChildren(ctx)
  const rows = await ctx.db.run(
    sql<FileRow>`
    ${fileRows(ctx, false)} from (${seen}) as v ${beside(ctx)}
     where v.child_id = any(${ids}::uuid[]) order by c.pinyin, c.id`,
  )
  return rows.map((row) => fileOf(ctx, row))
}

/** One child as it comes: what the reader may open in bits, and three objects because a function takes a hundred arguments at most. */
interface FileRow {
  open: number
  masked: number
  reveal: number
  kin: ({ relation: string; relation_words: string | null; phones: string[] } & Kin)[] | null
  known: Pick<ChildFile, 'id'>
  further: object
  around: object
}
type Kin = NonNullable<ChildFile['paternal_grandfather']>

/**
 * What is the same for all whom the reader sees alike, and the same people under two names, are put in here: written out by PostgreSQL for
 * each of twenty thousand children they were a third of a ledger's time.
 */
function fileOf(ctx: Ctx, { open, masked, reveal, kin, known, further, around }: FileRow): ChildFile {
  const state = (group: FieldGroup) => (open & groupBit(group) ? 'open' : masked & groupBit(group) ? 'masked' : 'no')
  const of = (relation: KinHead) => kin?.find((one) => one.relation === relation)
  const named = (one: Kin | undefined) =>
    one ? { adult_id: one.adult_id, name: one.name, born_on: one.born_on, deceased: one.deceased } : null
  const contact = of('contact')
  const grandparents = kinHeads.filter((relation) => relation !== 'contact')
  return {
    ...known,
    ...further,
    ...around,
    groups: Object.fromEntries(fieldGroups.map((group) => [group, state(group)])),
    revealable: fieldGroups.filter((group) => reveal & groupBit(group)),
    can_write: ctx.maybeActor ? roleCan(ctx.maybeActor.role, 'children.write') : false,
    ...Object.fromEntries(grandparents.map((relation) => [relation, named(of(relation))])),
    contact: contact
      ? {
          adult_id: contact.adult_id,
          name: contact.name,
          relation_words: contact.relation_words,
          phones: contact.phones,
        }
      : null,
    relatives: (kin ?? [])
      .filter(({ relation }) => relation !== 'contact')
      .map(({ relation, name, born_on, deceased }) => ({ relation, name, born_on, deceased })),
  } as ChildFile
}

/** `one`: with brothers and sisters, which are looked for among all that the reader sees; many files at once go without. */
function fileRows(ctx: Ctx, one: boolean): RawBuilder<unknown> {
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  const is = (group: FieldGroup) => sql`v.open & ${sql.lit(groupBit(group))} <> 0`
  const open = (group: FieldGroup, value: RawBuilder<unknown>) => sql`case when ${is(group)} then ${value} end`
  const shape = (group: FieldGroup, value: RawBuilder<unknown>, masked: RawBuilder<unknown>) =>
    sql`case when ${is(group)} then ${value} when v.masked & ${sql.lit(groupBit(group))} <> 0 then ${masked} end`
  const phones = (owner: 'adult_id' | 'child_id', id: RawBuilder<unknown>) => {
    const all = (value: string) =>
      sql`(select json_agg(${sql.raw(value)} order by p.position, p.id) from phones p where p.tenant_id = ${t} and p.${sql.raw(owner)} = ${id})`
    return sql`coalesce(${shape('phones', all('p.value'), all('mask_phone(p.value)'))}, '[]')`
  }
  const identity = (owner: 'adult_id' | 'child_id', id: RawBuilder<unknown>) => {
    const one = (value: string) =>
      sql`(select ${sql.raw(value)} from identity_numbers n where n.tenant_id = ${t} and n.${sql.raw(owner)} = ${id})`
    return shape('identity_no', one('n.value'), one('mask_identity(n.value)'))
  }
  const person = sql`'adult_id', a.id, 'name', a.name, 'phones', ${phones('adult_id', sql`a.id`)}, 'identity_no', ${identity('adult_id', sql`a.id`)}`
  const parent = (which: 'father' | 'mother') =>
    open(
      'family',
      sql`(select json_build_object(${person}, 'born_on', a.born_on, 'state', s.state, 'able', s.able, 'work_place', s.place_text, 'work_place_code', s.place_code, 'work_unit', s.work_unit, 'occupation', a.occupation,
            'away_since', s.from_on, 'planned_return_on', s.planned_return_on, 'stated_on', s.stated_on)
          from parent_spells s left join adults a on a.tenant_id = ${t} and a.id = s.adult_id
         where s.tenant_id = ${t} and s.child_id = c.id and s.parent = ${sql.lit(which)} and s.valid @> ${today})`,
    )
  const carer = open(
    'family',
    sql`(select json_build_object(${person}, 'relation', s.relation, 'relation_words', s.relation_words,
          'age', case when a.born_on is not null then age_on(partial_until(a.born_on), ${today}) when s.age is not null then s.age + extract(year from age(${today}, s.stated_on))::int end,
          'health', a.health, 'occupation', a.occupation, 'address', case when ${is('address')} then a.address end,
          'guardianship_type', s.guardianship_type, 'able', s.able, 'entrusted', s.entrusted, 'entrust_reason', s.entrust_reason, 'why_changed', s.why_changed, 'since', s.from_on, 'stated_on', s.stated_on)
        from care_spells s left join adults a on a.tenant_id = ${t} and a.id = s.adult_id
       where s.tenant_id = ${t} and s.child_id = c.id and s.valid @> ${today})`,
  )
  const kin = open(
    'family',
    sql`(select json_agg(json_build_object('adult_id', a.id, 'name', a.name, 'relation', r.relation, 'relation_words', r.relation_words, 'born_on', a.born_on, 'deceased', r.deceased,
            'phones', case when r.relation = 'contact' then ${phones('adult_id', sql`a.id`)} else '[]'::json end) order by r.relation)
          from relatives r join adults a on a.tenant_id = ${t} and a.id = r.adult_id
         where r.tenant_id = ${t} and r.child_id = c.id)`,
  )
  // Which kind of document it is tells nothing of the number.
  const documentKind = sql`(select n.kind from identity_numbers n where n.tenant_id = ${t} and n.child_id = c.id)`
  const column = (group: FieldGroup, ...names: string[]) =>
    sql.join(names.map((name) => sql`${sql.lit(name)}, ${open(group, sql`c.${sql.raw(name)}`)}`))
  const known = sql`json_build_object(
    'id', c.id, 'version', c.version,
    'name', case when ${is('full_name')} then c.name else c.given_name end,
    'sex', c.sex, 'born_on', ${open('birth', sql`c.born_on`)}, 'age', ${open('birth', sql`age_on(c.born_until, ${today})`)},
    'age_band', age_band(c.born_until, ${today}),
    'identity_no', ${identity('child_id', sql`c.id`)}, 'ethnicity', ${open('family', sql`c.ethnicity`)},
    'household_place', ${open('address', sql`c.household_place`)}, 'hukou_registered', ${open('address', sql`c.hukou_registered`)}, 'hukou_type', ${open('address', sql`c.hukou_type`)},
    'address', ${open('address', sql`c.address`)}, 'villager_group', ${open('address', sql`c.villager_group`)},
    'household_no', ${open('address', sql`(select h.household_no from households h where h.tenant_id = ${t} and h.id = c.household_id)`)},
    'hobbies', ${open('schooling', sql`c.hobbies`)}, 'remark', ${open('family', sql`c.remark`)}, 'phones', ${phones('child_id', sql`c.id`)},
    'enrolment_status', ${open('schooling', sql`e.status`)}, 'school_name', ${open('schooling', sql`e.school_name`)},
    'grade', ${open('schooling', sql`e.grade`)}, 'class_number', ${open('schooling', sql`e.class_number`)}, 'boarding', ${open('schooling', sql`e.boarding`)},
    'health', ${open('health', sql`h.state`)}, 'illness', ${open('health', sql`h.illness`)}, 'disability', ${open('health', sql`h.disability`)}, 'disability_level', ${open('health', sql`h.disability_level`)},
    'father', ${parent('father')}, 'mother', ${parent('mother')}, 'carer', ${carer},
    'income_sources', ${open('aid', sql`y.income_sources`)}, 'economy_level', ${open('aid', sql`y.level`)}, 'aid_kinds', ${open('aid', sql`d.kinds`)},
    'extra', case when v.open = -1 or exists (select from imports i where i.tenant_id = ${t} and i.id = c.import_id and i.created_by = ${ctx.maybeActor?.account_id ?? null}::uuid) then c.extra else '{}'::jsonb end)`
  const further = sql`json_build_object(
    ${column('full_name', 'former_name')}, ${column('family', 'native_place', 'only_child', 'orphan', 'causes', 'special_cases', 'special_note')},
    'identity_kind', ${shape('identity_no', documentKind, documentKind)},
    'household_place_code', ${open('address', sql`c.household_division_code`)}, ${column('aid', 'need_kinds', 'needs')}, ${column('case_notes', 'improper_care')},
    ${column('schooling', 'commute', 'needs_school_bus', 'subsidised')}, ${column('health', 'blood_type')}, 'suspected_disability', ${open('health', sql`h.suspected_disability`)},
    'custom', case when c.custom = '{}' then '{}'::json else
      (select coalesce(json_object_agg(f.code, c.custom -> f.code), '{}') from custom_fields f where f.tenant_id = ${t} and f.entity = 'children' and c.custom ? f.code and ${groupOpen(sql`f.field_group`)}) end,
    'economy_note', ${open('aid', sql`y.note`)}, 'aid_note', ${open('aid', sql`d.note`)})`
  const around = sql`json_build_object(
    'status', c.status, 'registered_on', c.registered_on, 'exited_on', c.exited_on, 'exit_reason', c.exit_reason, 'exit_note', ${open('family', sql`c.exit_note`)},
    'units', (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'kind', u.kind, 'as', cu."as", 'from_on', cu.from_on) order by cu."as", u.name), '[]')
        from child_units cu join units u on u.tenant_id = ${t} and u.id = cu.unit_id
       where cu.tenant_id = ${t} and cu.child_id = c.id and (cu.until_on is null or cu.until_on > ${today}) and ${linkShown(ctx)}),
    'siblings', ${one ? siblings(ctx, t, is('family')) : sql`'[]'::json`},
    'helpers', (select coalesce(json_agg(json_build_object('pairing_id', p.id, 'name', coalesce(a.name, ''), 'kind', hp.kind, 'from_on', p.from_on, 'until_on', p.until_on) order by p.from_on), '[]')
        from pairings p join helpers hp on hp.tenant_id = ${t} and hp.id = p.helper_id join adults a on a.tenant_id = ${t} and a.id = hp.adult_id
       where p.tenant_id = ${t} and p.child_id = c.id and p.from_on <= ${today} and (p.until_on is null or p.until_on > ${today})
         and (${is('full_name')} or hp.adult_id = ${ctx.maybeActor?.adult_id ?? null}::uuid)),
    'missing', to_json(c.missing), 'contradictions', to_json(c.contradictions),
    'waiting_changes', (select count(*)::int from changes g where g.tenant_id = ${t} and g.child_id = c.id and g.state = 'proposed'),
    'card_code', ${open('full_name', sql`c.card_code`)}, 'updated_at', c.updated_at)`
  return sql`select v.open, v.masked, v.reveal, ${kin} as kin, ${known} as known, ${further} as further, ${around} as around`
}

/** The child `c` of `v`, and what stands beside it as of today. */
function beside(ctx: Ctx): RawBuilder<unknown> {
  const t = sql`${ctx.tenant}`
  const today = sql`${ctx.today}::date`
  return sql`
    join children c on c.tenant_id = ${t} and c.id = v.child_id
    left join lateral (select e.status, coalesce(s.name, e.school_name) as school_name, grade_now(e.grade, e.stated_on, ${today}) as grade, coalesce(k.class_number, e.class_number) as class_number, e.boarding
                         from enrolments e left join units k on k.tenant_id = ${t} and k.id = e.class_unit_id left join units s on s.tenant_id = ${t} and s.id = k.parent_id
                        where e.tenant_id = ${t} and e.child_id = c.id and e.valid @> ${today}) as e on true
    left join lateral (select * from health_facts h where h.tenant_id = ${t} and h.child_id = c.id and h.valid @> ${today}) as h on true
    left join lateral (select * from economy_facts y where y.tenant_id = ${t} and y.child_id = c.id and y.valid @> ${today}) as y on true
    left join lateral (select * from aid_facts d where d.tenant_id = ${t} and d.child_id = c.id and d.valid @> ${today}) as d on true`
}

/** Children who share a parent, and whom this reader may see as well. */
function siblings(ctx: Ctx, t: RawBuilder<unknown>, may: RawBuilder<unknown>): RawBuilder<unknown> {
  if (!ctx.maybeActor) return sql`'[]'::json`
  return sql`case when ${may} then (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name,
        'grade', (select grade_now(e.grade, e.stated_on, ${ctx.today}::date) from enrolments e where e.tenant_id = ${t} and e.child_id = b.id and e.valid @> ${ctx.today}::date)) order by b.born_from, b.id), '[]')
      from children b where b.tenant_id = ${t} and b.id <> c.id and b.status = 'registered'
       and b.id in (select o.child_id from parent_spells o join parent_spells m on m.tenant_id = ${t} and m.adult_id = o.adult_id
                     where o.tenant_id = ${t} and m.child_id = c.id and o.child_id <> c.id)
       and b.id in (select w.child_id from (${visibleChildren(ctx)}) as w where w.open & ${sql.lit(groupBit('full_name'))} <> 0)) else '[]'::json end`
}
