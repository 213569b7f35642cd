// Today: counts what the other features keep. A handful of statements, whatever the number of children.
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { rightsHeld } from '@nuanyang/contract/roles.ts'
import type { todayOps } from '@nuanyang/contract/today.ts'
import { requirementCodes } from '@nuanyang/domain/dossier.ts'
import { festivalNear, lunarDay } from '@nuanyang/domain/lunar_day.ts'
import { countGaps, type Gaps } from '../children/children.list.ts'
import { countWaiting } from '../children/children.history.ts'
import { countOpenPlaces } from '../families/families.places.ts'
import { ctxAs, type Actor, type Ctx } from '../kernel/ctx.ts'
import { asksPurpose, namesOpen } from '../kernel/purpose.ts'
import { findActor } from '../kernel/tx.ts'
import { unfinished } from '../imports/imports.sheet.ts'
import { answersForUnit, countsOf, dueOf, withMissed } from './today.due.ts'
import { unitLines } from './today.units.ts'

export { calendar, get_calendar, make_calendar, revoke_calendar } from './today.calendar.ts'
export { due } from './today.due.ts'
export { lagging, quiet, quiet_children, remind } from './today.watch.ts'

type Shown = Answer<typeof todayOps.get>

const festivalDays = 14
/** Enough for a day; the rest is behind the number. */
const shownChildren = 40

export async function get(ctx: Ctx): Promise<Shown> {
  const near = festivalNear(ctx.today, festivalDays)
  const actor = ctx.maybeActor
  const may = rightsOf(actor)
  const gaps = may.read ? await countGaps(ctx) : null
  return {
    day: ctx.today,
    lunar: lunarDay(ctx.today),
    festival: near && { zh: near.zh, en: near.en, day: near.day, in_days: near.in_days },
    due: actor && gaps ? await dueNow(ctx) : null,
    // Nobody works below a class.
    supervises: held(actor).includes('notices.remind') && actor?.unit_kind !== 'class',
    numbers: gaps && {
      registered: { count: gaps.registered, filter: {} },
      complete: { count: gaps.complete, filter: { missing: 'none' } },
    },
    missing: gaps && may.answers ? missingOf(gaps) : [],
    contradictory: gaps && may.answers ? { count: gaps.contradictory, filter: { contradictory: 'yes' } } : null,
    open_places: may.read && may.answers && held(actor).includes('children.write') ? await countOpenPlaces(ctx) : null,
    proposals: may.decide ? { count: await countWaiting(ctx) } : null,
    imports: may.import ? await unfinished(ctx) : [],
    elsewhere: actor ? await elsewhere(ctx, actor) : [],
  }
}

/** Gaps are shown to those who can fill them or answer for them; a helper who sees two names is told nothing of their files. */
function rightsOf(actor: Actor | null) {
  const rights = held(actor)
  return {
    read: rights.includes('children.read'),
    answers: rights.includes('children.write') || rights.includes('children.export'),
    decide: rights.includes('changes.decide'),
    import: rights.includes('imports.write'),
  }
}

const held = (actor: Actor | null) => (actor ? rightsHeld(actor.role, actor.separate_admins) : [])

/** Null while no plan asks anything: then the page is as it was before there were plans. */
async function dueNow(ctx: Ctx): Promise<Shown['due']> {
  const { mine, nobody, some, beyond } = await dueOf(ctx)
  const units = await unitLines(ctx)
  if (!some && units.length === 0) return null
  return {
    // Who sees counts is told how many; their names are behind a stated purpose.
    children: (await namesOpen(ctx)) ? await withMissed(ctx, mine.slice(0, shownChildren)) : [],
    counts: countsOf(ctx, mine),
    units,
    nobody: answersForUnit(ctx) && beyond === null ? nobody.length : null,
    beyond,
  }
}

function missingOf(gaps: Gaps): Shown['missing'] {
  return requirementCodes
    .map((requirement) => ({ requirement, count: gaps.missing[requirement] ?? 0, filter: { missing: requirement } }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
}

/** Seen with the rights of each other membership, in this county: another county is another transaction, and says so when one goes there. */
async function elsewhere(ctx: Ctx, actor: Actor): Promise<Shown['elsewhere']> {
  const others = await ctx.db.rows<{ id: string }>(
    `select id from memberships where tenant_id = $1 and account_id = $2 and id <> $3 and from_on <= $4::date and (until_on is null or until_on > $4::date) order by from_on, id limit 8`,
    [ctx.tenant, actor.account_id, actor.membership_id, ctx.today],
  )
  const out: Shown['elsewhere'] = []
  for (const { id } of others) {
    const there = await findActor(ctx.db, ctx.tenant, id, ctx.today)
    if (!there) continue
    const may = rightsOf(there)
    const as = ctxAs(ctx, { tenant: ctx.tenant, session: ctx.session, actor: there })
    // Who sees a county as numbers does not fill its files: they are not counted to call somebody over.
    const gaps = may.read && may.answers && !asksPurpose(as) ? await countGaps(as) : null
    const incomplete = gaps ? gaps.registered - gaps.complete : 0
    const proposals = may.decide ? await countWaiting(as) : 0
    if (incomplete + proposals > 0)
      out.push({ membership_id: id, unit_name: there.unit_name, role: there.role, incomplete, proposals })
  }
  return out
}
