// A year of plans and records for the seeded counties: one adopted plan with twelve duties in each village, and twenty records and more
// for each child. Written set by set inside PostgreSQL: two million rows of one shape need no detour through this process.
import type pg from 'pg'
import { withClient } from '../server/src/kernel/roles.ts'

const duties: readonly { kind: string; subject: string; rhythm: string; columns: Record<string, unknown> }[] = [
  { kind: 'call', subject: 'each_child', rhythm: 'period', columns: { every: 'week', count: 1 } },
  { kind: 'talk', subject: 'each_child', rhythm: 'period', columns: { every: 'month', count: 1, pauses_in_holidays: true } },
  { kind: 'visit', subject: 'each_child', rhythm: 'period', columns: { every: 'quarter', count: 1 } },
  { kind: 'study', subject: 'each_child', rhythm: 'period', columns: { every: 'week', count: 1, interval_n: 2, pauses_in_holidays: true } },
  { kind: 'health', subject: 'each_child', rhythm: 'period', columns: { every: 'year', count: 1 } },
  { kind: 'aid', subject: 'each_child', rhythm: 'festival', columns: { festival: 'mid_autumn' } },
  { kind: 'guidance', subject: 'each_child', rhythm: 'period', columns: { every: 'term', count: 1 } },
  { kind: 'visit', subject: 'each_child', rhythm: 'event', columns: { event: 'new_child', within_days: 5, working_days: true } },
  { kind: 'counselling', subject: 'each_priority_child', rhythm: 'period', columns: { every: 'month', count: 2 } },
  { kind: 'activity', subject: 'unit', rhythm: 'period', columns: { every: 'month', count: 1 } },
  { kind: 'film', subject: 'unit', rhythm: 'period', columns: { every: 'month', count: 1 } },
  { kind: 'meeting', subject: 'unit', rhythm: 'period', columns: { every: 'term', count: 1 } },
] // prettier-ignore

/** How often in the year a child has a record of a kind, and every how many days. */
const acts = [
  ['call', 12, 29],
  ['talk', 6, 58],
  ['visit', 2, 160],
  ['study', 3, 115],
  ['aid', 1, 300],
] as const

/** @param on the last day of the year that is made, YYYY-MM-DD */
export async function seedDuties(ownerUrl: string, on: string, say: (line: string) => void): Promise<number> {
  return withClient(ownerUrl, async (client) => {
    const { rows: tenants } = await client.query<{ id: string }>(
      `select id from tenants where id like '9910%' order by id`,
    )
    let records = 0
    // The words are indexed once at the end: row by row that is most of the time.
    const { rows: words } = await client.query<{ made_by: string }>(
      `select pg_get_indexdef('records_words'::regclass) as made_by`,
    )
    await client.query('drop index records_words')
    for (const { id } of tenants) records += await seedTenant(client, id, on)
    await client.query(words[0]!.made_by)
    await client.query('analyze')
    say(`${records} 条记录`)
    return records
  })
}

async function seedTenant(client: pg.ClientBase, tenant: string, on: string): Promise<number> {
  await client.query('begin')
  // The children were there all the year; the seed opened their files today.
  await client.query(`update children set registered_on = $2::date - 400 where tenant_id = $1`, [tenant, on])
  await client.query(`update child_units set from_on = $2::date - 400 where tenant_id = $1`, [tenant, on])
  await client.query(
    `insert into terms (tenant_id, id, school_year, number, name, from_on, until_on)
     select $1, gen_random_uuid(), y, n, '学期', make_date(y + n - 1, case n when 1 then 9 else 3 end, 1), make_date(y + 1, case n when 1 then 1 else 7 end, 10)
       from generate_series(extract(year from $2::date)::int - 2, extract(year from $2::date)::int) as y, generate_series(1, 2) as n`,
    [tenant, on],
  )
  await client.query(
    `insert into plans (tenant_id, id, unit_id, title, state, definition, from_on, until_on, adopted_on, created_at)
     select $1, gen_random_uuid(), u.id, u.name || '工作计划', 'adopted', 'mca', $2::date - 364, $2::date + 36, $2::date - 364, $2::date
       from units u where u.tenant_id = $1 and u.kind = 'village'`,
    [tenant, on],
  )
  for (const { kind, subject, rhythm, columns } of duties) {
    const names = Object.keys(columns)
    await client.query(
      `insert into duties (tenant_id, id, plan_id, title, kind, subject, rhythm, anchor_on, from_on, until_on, responsible, confirmed, ${names.join(', ')})
       select $1, gen_random_uuid(), p.id, $2, $2, $3, $4, case when $5 then date_trunc('week', p.from_on)::date else date_trunc('month', p.from_on)::date end, p.from_on, p.until_on, 'child_director', true,
              ${names.map((_, n) => `$${n + 6}`).join(', ')} from plans p where p.tenant_id = $1`,
      [tenant, kind, subject, rhythm, columns['every'] === 'week', ...names.map((name) => columns[name])],
    )
  }
  await client.query(
    `insert into focus (tenant_id, id, child_id, rule, reason, state, suggested_on, decided_at)
     select $1, gen_random_uuid(), c.id, 'seed', '造的', 'confirmed', $2::date - 300, $2::date - 300 from children c where c.tenant_id = $1 and abs(hashtext(c.id::text)) % 20 = 0`,
    [tenant, on],
  )
  let records = 0
  for (const [kind, times, apart] of acts) {
    // One record for one child: the same id serves both rows.
    const { rowCount } = await client.query(
      `with made as materialized (
         select gen_random_uuid() as id, c.id as child_id, cu.unit_id, $2::date - (n * $4 + abs(hashtext(c.id::text || $5)) % $4)::int as happened_on
           from children c join child_units cu on cu.tenant_id = $1 and cu.child_id = c.id and cu."as" = 'residence' and cu.until_on is null, generate_series(0, $3 - 1) as n
          where c.tenant_id = $1),
       acts as (insert into records (tenant_id, id, kind, happened_on, subject_unit_id, text, visibility, child_count, recorded_at, updated_at)
         select $1, m.id, $5, m.happened_on, m.unit_id, '聊了学习和家里的事，孩子说想爸爸妈妈。', 'open', 1, m.happened_on, m.happened_on from made m where m.happened_on > $2::date - 365 returning id)
       insert into record_children (tenant_id, id, record_id, child_id, kind, happened_on, counts)
       select $1, gen_random_uuid(), m.id, m.child_id, $5, m.happened_on, true from made m where m.happened_on > $2::date - 365`,
      [tenant, on, times, apart, kind],
    )
    records += rowCount ?? 0
  }
  await client.query(
    `insert into records (tenant_id, id, kind, happened_on, subject_unit_id, text, visibility, recorded_at, updated_at)
     select $1, gen_random_uuid(), k, $2::date - n * 33, u.id, '村里的活动', 'open', $2::date, $2::date from units u, generate_series(0, 10) as n, unnest('{activity,film}'::text[]) as k
      where u.tenant_id = $1 and u.kind = 'village'`,
    [tenant, on],
  )
  await client.query('commit')
  return records
}
