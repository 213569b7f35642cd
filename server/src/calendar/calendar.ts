// Calendar 校历: terms, days off, festivals. See contract/src/calendar.ts. How periods and breaks follow from it is in db/views.
import type { Calendar, calendarOps, LegalDay, Term } from '@nuanyang/contract/calendar.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { festivalsOf } from '@nuanyang/domain/festivals.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { forbidden } from '../kernel/bind.ts'
import { rightsHeld } from '@nuanyang/contract/roles.ts'
import { newId } from '../kernel/ids.ts'
import { problem } from '../kernel/problem.ts'
import { codeOf } from '../kernel/sentence.ts'
import { isMine, unitInSubtree } from '../units/units.access.ts'

interface Place {
  id: string
  name: string
  path: string
  kind: string
}

export async function get(ctx: Ctx, { unit_id }: Input<typeof calendarOps.get>): Promise<Calendar> {
  const school = await schoolOf(ctx, unit_id ?? ctx.actor.unit_id)
  const county = await ctx.db.one<{ name: string }>(`select name from units where tenant_id = $1 and kind = 'county'`, [
    ctx.tenant,
  ])
  const year = Number(ctx.today.slice(0, 4))
  const now = year - (ctx.today.slice(5) < '08-01' ? 1 : 0)
  const terms = await ctx.db.rows<Term>(
    `select ${termColumns} from terms where tenant_id = $1 and (unit_id is null or unit_id = $2) and school_year between $3 and $4 order by school_year, number`,
    [ctx.tenant, school?.id ?? null, now - 1, now + 1],
  )
  const days = await ctx.db.rows<LegalDay & { own: boolean }>(
    `select on_day, kind, name, own from (
       select on_day, kind, name, true as own from holidays where tenant_id = $1
       union all select l.on_day, l.kind, l.name, false from legal_days l where not exists (select from holidays h where h.tenant_id = $1 and extract(year from h.on_day) = extract(year from l.on_day))) as d
      where on_day between make_date($2, 1, 1) and make_date($2 + 1, 12, 31) order by on_day`,
    [ctx.tenant, year],
  )
  const find = (school_year: number, number: 1 | 2, own: boolean) =>
    terms.find((t) => t.school_year === school_year && t.number === number && (t.unit_id !== null) === own) ?? null
  return {
    unit_id: school?.id ?? null,
    unit_name: school?.name ?? county.name,
    school_years: [now - 1, now, now + 1].map((school_year) => ({
      school_year,
      terms: ([1, 2] as const).map((number) => ({ number, county: find(school_year, number, false), own: find(school_year, number, true) })),
    })),
    years: [year, year + 1].map((each) => {
      const own = days.filter(({ on_day }) => on_day.startsWith(String(each)))
      return {
        year: each,
        source: own.length === 0 ? null : own[0]!.own ? ('county' as const) : ('official' as const),
        days: own.map(({ own: _own, ...day }) => day),
        festivals: festivalsOf(each).map(({ festival, day }) => ({ festival, on_day: day })),
      }
    }),
    may_county: mayCounty(ctx),
    may_own: school !== null && isMine(ctx, school.path) && held(ctx),
  } // prettier-ignore
}

const termColumns = 'id, unit_id, school_year::int, number::int, from_on, until_on, version'

/** The school itself, or the one above a class; null for everybody else, who go by the county's calendar. */
async function schoolOf(ctx: Ctx, unit_id: string): Promise<Place | null> {
  return ctx.db.maybe<Place>(
    `select s.id, s.name, s.path, s.kind from units u join units s on s.tenant_id = $1 and starts_with(u.path, s.path) and s.kind = 'school' where u.tenant_id = $1 and u.id = $2`,
    [ctx.tenant, unit_id],
  )
}

const held = (ctx: Ctx) => rightsHeld(ctx.actor.role, ctx.actor.separate_admins).includes('calendar.write')

/** The county's terms and days are for those who answer for the county, and for the administrator of a small house. */
function mayCounty(ctx: Ctx): boolean {
  return ctx.actor.role === 'county_staff' || ctx.actor.role === 'administrator'
}

export async function set_term(ctx: Ctx, { body }: Input<typeof calendarOps.set_term>): Promise<Term> {
  if (body.unit_id === null && !mayCounty(ctx)) throw forbidden('settings.write')
  if (body.unit_id !== null && (await unitInSubtree(ctx, body.unit_id)).kind !== 'school') throw problem('not_found')
  await ctx.db.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${ctx.tenant}:terms`])
  const there = await ctx.db.maybe<{ id: string; version: number }>(
    `select id, version from terms where tenant_id = $1 and unit_id is not distinct from $2 and school_year = $3 and number = $4`,
    [ctx.tenant, body.unit_id, body.school_year, body.number],
  )
  if (there && body.version === undefined) throw problem('term_there')
  if (there && there.version !== body.version) throw problem('stale')
  await checkTerm(ctx, body, there?.id ?? null)
  const id = there?.id ?? body.id
  await ctx.db.count(
    `insert into terms as t (tenant_id, id, unit_id, school_year, number, name, from_on, until_on) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, id) do update set from_on = excluded.from_on, until_on = excluded.until_on, version = t.version + 1`,
    [ctx.tenant, id, body.unit_id, body.school_year, body.number, `${body.school_year}—${body.school_year + 1} 学年${body.number === 1 ? '秋季' : '春季'}学期`, body.from_on, body.until_on],
  ) // prettier-ignore
  await ctx.audit('calendar.set_term', id)
  return term(ctx, { id })
}

/** In its order, of a length that a term has, and beside no other of the same set. */
async function checkTerm(ctx: Ctx, body: Input<typeof calendarOps.set_term>['body'], id: string | null): Promise<void> {
  const wrong = (why: string, why_en: string) => problem('term_days', { values: { why, why_en } })
  const days = Math.round((Date.parse(body.until_on) - Date.parse(body.from_on)) / 86_400_000) + 1
  if (days < 1) throw wrong('结束的日子在开始以前', 'it ends before it begins')
  if (days < 30 || days > 230) throw wrong(`一个学期是 ${days} 天，太短或太长`, `a term of ${days} days is too short or too long`) // prettier-ignore
  const first = body.number === 1 ? [`${body.school_year}-07-15`, `${body.school_year}-10-31`] : [`${body.school_year + 1}-01-15`, `${body.school_year + 1}-04-30`] // prettier-ignore
  if (body.from_on < first[0]! || body.from_on > first[1]!)
    throw wrong('开学的日子和学年对不上', 'the first day does not belong to that school year')
  const other = await ctx.db.maybe<{ name: string }>(
    `select name from terms where tenant_id = $1 and unit_id is not distinct from $2 and id is distinct from $3 and from_on <= $5::date and until_on >= $4::date limit 1`,
    [ctx.tenant, body.unit_id, id, body.from_on, body.until_on],
  )
  if (other) throw wrong(`和“${other.name}”重叠`, `it overlaps “${other.name}”`)
}

export async function term(ctx: Ctx, { id }: { id: string }): Promise<Term> {
  const found = await ctx.db.maybe<Term>(`select ${termColumns} from terms where tenant_id = $1 and id = $2`, [
    ctx.tenant,
    id,
  ])
  if (!found) throw problem('not_found')
  return found
}

export async function remove_term(ctx: Ctx, { id, body }: Input<typeof calendarOps.remove_term>): Promise<null> {
  const found = await ctx.db.maybe<Term>(
    `select ${termColumns} from terms where tenant_id = $1 and id = $2 for update`,
    [ctx.tenant, id],
  )
  if (!found) throw problem('not_found')
  if (found.unit_id === null) throw problem('term_of_county')
  await unitInSubtree(ctx, found.unit_id)
  if (found.version !== body.version) throw problem('stale')
  await ctx.db.count(`delete from terms where tenant_id = $1 and id = $2`, [ctx.tenant, id])
  await ctx.audit('calendar.remove_term', id)
  return null
}

export async function set_days(ctx: Ctx, { body }: Input<typeof calendarOps.set_days>): Promise<null> {
  if (!mayCounty(ctx)) throw forbidden('settings.write')
  const days = body.days.map(({ on_day }) => on_day)
  const odd = days.find((day, n) => !day.startsWith(`${body.year}-`) || days.indexOf(day) !== n)
  if (odd) throw problem('legal_days_year', { values: { year: body.year, day: odd } })
  await ctx.db.count(
    `delete from holidays where tenant_id = $1 and on_day between make_date($2, 1, 1) and make_date($2, 12, 31)`,
    [ctx.tenant, body.year],
  )
  try {
    await ctx.db.count(
      `insert into holidays (tenant_id, id, on_day, kind, name, source) select $1, r.id, r.on_day, r.kind, r.name, $3 from jsonb_to_recordset($2::jsonb) as r(id uuid, on_day date, kind text, name text)`,
      [ctx.tenant, JSON.stringify(body.days.map((day) => ({ ...day, id: newId() }))), body.source ?? null],
    )
  } catch (error) {
    // Two people at once: the later one sees what the first wrote.
    if (codeOf(error) === '23505') throw problem('stale')
    throw error
  }
  await ctx.audit('calendar.set_days')
  return null
}
