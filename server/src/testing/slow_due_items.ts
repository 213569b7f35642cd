// The slow, plain reading of architecture §7 that db/views/due_items.sql is held against: day by day, child by child, no SQL. It is
// written from the page and from docs/decisions/0020-due-items.md, never from the function.
import { answerDefinition, definitions, type DefinitionFacts } from '@nuanyang/domain/definitions.ts'
import { ageOn, spanOf } from '@nuanyang/domain/dates.ts'
import { festivalsOf } from '@nuanyang/domain/festivals.ts'
import { legalHolidaysOf } from '@nuanyang/domain/legal_holidays.ts'
import { gradeOn } from '@nuanyang/domain/grades.ts'
import type { Cohort, DutyRow, History } from './history.ts'

export interface DueItem {
  duty_id: string
  subject_id: string
  period_from: string
  period_until: string
  month: string
  ordinal: number
  state: 'settled' | 'waived' | 'due' | 'overdue'
  record_id: string | null
  settled_on: string | null
  late: boolean
  certain: boolean
}

/** yes, no, or null: the facts do not say. */
type Maybe = boolean | null

const dayMs = 86_400_000
export const plus = (day: string, n: number) => new Date(Date.parse(day) + n * dayMs).toISOString().slice(0, 10)
const gap = (from: string, until: string) => Math.round((Date.parse(until) - Date.parse(from)) / dayMs)
const later = (...days: (string | null)[]) => days.filter((d) => d !== null).toSorted().at(-1)! // prettier-ignore
const sooner = (...days: (string | null)[]) => days.filter((d) => d !== null).toSorted()[0]!
const holds = (spell: { from_on: string; until_on: string | null }, day: string) =>
  spell.from_on <= day && (spell.until_on === null || day < spell.until_on)
/** For facts whose days may be partial or open at the start. */
const holdsPartly = (spell: { from_on: string | null; until_on: string | null }, day: string) => {
  const from = spell.from_on === null ? '0000' : spanOf(spell.from_on).from
  return from <= day && (spell.until_on === null || day < later(spanOf(spell.until_on).from, spell.from_on === null ? '0000' : plus(from, 1))) // prettier-ignore
}
const and = (...parts: Maybe[]): Maybe => (parts.includes(false) ? false : parts.includes(null) ? null : true)

export interface Asked {
  type: 'child' | 'pairing' | 'unit'
  subjects: readonly string[]
  from: string
  until: string
  today: string
}

/** Everything `due_items` answers, in the order of duty, subject, period, ordinal. */
export function slowDueItems(history: History, asked: Asked): DueItem[] {
  const subjectsOf = { child: ['each_child', 'each_priority_child'], pairing: ['each_pair'], unit: ['unit'] }
  const out: DueItem[] = []
  for (const duty of history.duties) {
    const plan = history.plans.find((p) => p.id === duty.plan_id)!
    if (plan.state !== 'adopted' && plan.state !== 'closed') continue
    if (!subjectsOf[asked.type].includes(duty.subject)) continue
    for (const subject of asked.subjects) out.push(...itemsOf(history, duty, subject, asked))
  }
  return out
}

function validity(history: History, duty: DutyRow): { first: string; last: string } {
  const plan = history.plans.find((p) => p.id === duty.plan_id)!
  return {
    first: later(duty.from_on, plan.from_on, plan.adopted_on),
    last: sooner(duty.until_on, plan.until_on, plan.closed_on),
  }
}

function itemsOf(history: History, duty: DutyRow, subject: string, asked: Asked): DueItem[] {
  const { first, last } = validity(history, duty)
  if (first > last) return []
  const out: DueItem[] = []
  for (const period of periodsOf(history, duty, subject, asked)) {
    let days = 0
    let certain = false
    for (let day = later(period.from, first); day <= sooner(period.until, last); day = plus(day, 1)) {
      const is = isMember(history, duty, subject, day)
      if (is !== false) days++
      if (is === true) certain = true
    }
    const length = gap(period.from, period.until) + 1
    const owed = Math.floor(((duty.count ?? 1) * days) / length + 0.5 + 1e-9)
    out.push(...settle(history, duty, subject, period, owed, certain, asked.today))
  }
  return out
}

interface Period {
  from: string
  until: string
  month: string
}

function settle(
  history: History,
  duty: DutyRow,
  subject: string,
  period: Period,
  owed: number,
  certain: boolean,
  today: string,
): DueItem[] {
  const records = candidates(history, duty, subject).filter(
    (record) => record.happened_on >= period.from && record.happened_on <= today,
  )
  const inside = records.filter((record) => record.happened_on <= period.until)
  const after = ['event', 'festival', 'month'].includes(duty.rhythm)
    ? records.filter((record) => record.happened_on > period.until)
    : []
  const plan: DueItem[] = []
  for (let ordinal = 1; ordinal <= owed; ordinal++) {
    const waived = history.waivers.some(
      (w) =>
        w.duty_id === duty.id &&
        w.subject_id === subject &&
        w.period_from === period.from &&
        w.ordinal === ordinal &&
        !w.lifted,
    )
    const inTime = inside[ordinal - 1]
    const record = inTime ?? (waived ? undefined : after.shift())
    plan.push({
      duty_id: duty.id,
      subject_id: subject,
      period_from: period.from,
      period_until: period.until,
      month: period.month,
      ordinal,
      state: record ? 'settled' : waived ? 'waived' : today <= period.until ? 'due' : 'overdue',
      record_id: record?.id ?? null,
      settled_on: record?.happened_on ?? null,
      late: record !== undefined && inTime === undefined,
      certain,
    })
  }
  return plan
}

/** Records that may settle, in the order in which they do. */
function candidates(history: History, duty: DutyRow, subject: string) {
  const plan = history.plans.find((p) => p.id === duty.plan_id)!
  return history.records
    .filter((r) => r.kind === duty.kind && r.counts && !r.draft && !r.withdrawn)
    .filter((r) =>
      duty.subject === 'unit'
        ? under(history, r.subject_unit_id, plan.unit_id)
        : duty.subject === 'each_pair'
          ? r.pairing_id === subject && r.children.length > 0
          : r.children.includes(subject),
    )
    .toSorted((a, b) => (a.happened_on + a.id < b.happened_on + b.id ? -1 : 1))
}

function under(history: History, unit_id: string, top_id: string): boolean {
  return history.units
    .find((u) => u.id === unit_id)!
    .path.split('/')
    .includes(top_id)
}

// ── who counts on a day ──

function isMember(history: History, duty: DutyRow, subject: string, day: string): Maybe {
  const plan = history.plans.find((p) => p.id === duty.plan_id)!
  if (duty.pauses_in_holidays && inBreak(history, plan.unit_id, day)) return false
  if (duty.subject === 'unit') {
    const unit = history.units.find((u) => u.id === subject)!
    return subject === plan.unit_id && (unit.opened_on ?? '') <= day && (unit.closed_on === null || day < unit.closed_on) // prettier-ignore
  }
  if (duty.subject === 'each_pair') {
    const pairing = history.pairings.find((p) => p.id === subject)!
    const helper = history.helpers.find((h) => h.id === pairing.helper_id)!
    const ours = under(history, pairing.unit_id, plan.unit_id) || under(history, helper.unit_id, plan.unit_id)
    return and(ours && holds(pairing, day), isRegistered(history, pairing.child_id, day), inCohort(history, duty.cohort, pairing.child_id, day)) // prettier-ignore
  }
  // The parents' leaving and coming back make and unmake a left-behind child, so these two do not ask who is one.
  const asks = duty.event !== 'parents_left' && duty.event !== 'parents_returned'
  if (!standsIn(history, plan.unit_id, subject, day) || !isRegistered(history, subject, day)) return false
  return and(
    asks ? byDefinition(history, plan.definition, subject, day) : true,
    duty.subject === 'each_priority_child' ? inFocus(history, subject, day) : true,
    inCohort(history, duty.cohort, subject, day),
  )
}

function linkOf(history: History, unit_id: string): string {
  const kind = history.units.find((u) => u.id === unit_id)!.kind
  if (kind === 'school' || kind === 'class') return 'class'
  if (kind === 'partner_office') return 'partner'
  if (kind === 'committee' || kind === 'station') return 'station'
  return kind === 'grid' || kind === 'villager_group' ? kind : 'residence'
}

function standsIn(history: History, unit_id: string, child_id: string, day: string): boolean {
  const as = linkOf(history, unit_id)
  return history.links.some((l) => l.child_id === child_id && l.as === as && holds(l, day) && under(history, l.unit_id, unit_id)) // prettier-ignore
}

function isRegistered(history: History, child_id: string, day: string): boolean {
  const child = history.children.find((c) => c.id === child_id)!
  return child.registered_on <= day && (child.exited_on === null || day < child.exited_on)
}

function inFocus(history: History, child_id: string, day: string): boolean {
  return history.focus.some((f) => f.child_id === child_id && holds({ ...f, from_on: f.decided_on }, day))
}

/** A day is judged once: several duties ask for it. */
const judged = new WeakMap<History, Map<string, Maybe>>()

export function byDefinition(history: History, code: string, child_id: string, day: string): Maybe {
  const known = judged.get(history) ?? judged.set(history, new Map()).get(history)!
  const key = code + child_id + day
  if (!known.has(key)) known.set(key, judge(history, code, child_id, day))
  return known.get(key)!
}

function judge(history: History, code: string, child_id: string, day: string): Maybe {
  const definition = definitions.find((d) => d.code === code)!
  const { answer } = answerDefinition(definition, factsOf(history, child_id, day), day)
  return answer === 'cannot_say' ? null : answer === 'yes'
}

function factsOf(history: History, child_id: string, day: string): DefinitionFacts {
  const child = history.children.find((c) => c.id === child_id)!
  // Where nobody said since when, the child was there before, too.
  const codeOf = (as: string) => {
    const links = history.links.filter((l) => l.child_id === child_id && l.as === as && (l.from_on <= day || !l.stated) && (l.until_on === null || day < l.until_on)) // prettier-ignore
    const link = links.toSorted((x, y) => (x.from_on < y.from_on ? 1 : -1))[0]
    return history.units.find((u) => u.id === link?.unit_id)?.division_code ?? null
  }
  const of = (parent: 'father' | 'mother') =>
    history.parents.filter((p) => p.child_id === child_id && p.parent === parent)
  return {
    born_on: child.born_on,
    household_code: codeOf('hukou') ?? child.household_division_code,
    residence_code: codeOf('residence'),
    residence_from_on: null,
    residence_stated_on: null,
    lives_with_guardian: null,
    father: of('father'),
    mother: of('mother'),
  }
}

function inCohort(history: History, cohort: Cohort | null, child_id: string, day: string): Maybe {
  if (!cohort) return true
  const child = history.children.find((c) => c.id === child_id)!
  const spell = history.enrolments.find((e) => e.child_id === child_id && holdsPartly(e, day))
  const parts: Maybe[] = []
  if (cohort.definition) parts.push(byDefinition(history, cohort.definition, child_id, day))
  if (cohort.sex) parts.push(child.sex === null ? null : child.sex === cohort.sex)
  if (cohort.age) parts.push(inAge(cohort.age, child.born_on, day))
  if (cohort.grades) parts.push(inGrades(history, cohort.grades, spell, day))
  if (cohort.unit_id) parts.push(history.links.some((l) => l.child_id === child_id && l.as !== 'hukou' && holds(l, day) && under(history, l.unit_id, cohort.unit_id!))) // prettier-ignore
  if (cohort.boarding !== undefined) parts.push(spell === undefined || spell.boarding === null ? null : spell.boarding === cohort.boarding) // prettier-ignore
  if (cohort.focus !== undefined) parts.push(inFocus(history, child_id, day) === cohort.focus)
  if (cohort.paired !== undefined) parts.push(history.pairings.some((p) => p.child_id === child_id && holds(p, day)) === cohort.paired) // prettier-ignore
  return and(...parts)
}

function inAge({ from, until }: NonNullable<Cohort['age']>, born_on: string | null, day: string): Maybe {
  if (born_on === null) return null
  const { least, most } = ageOn(born_on, day)
  if (most < (from ?? 0) || least >= (until ?? 200)) return false
  return least >= (from ?? 0) && most < (until ?? 200) ? true : null
}

function inGrades(
  history: History,
  grades: string[],
  spell: History['enrolments'][number] | undefined,
  day: string,
): Maybe {
  if (!spell) return null
  if (spell.status !== 'in_school' && spell.status !== 'suspended') return false
  const unit = history.units.find((u) => u.id === spell.class_unit_id && u.stage !== null)
  if (unit) {
    const grade = gradeOn(unit.stage!, unit.entry_year!, day)
    return grade !== null && grades.includes(grade)
  }
  if (spell.grade === null) return null
  const number = (grade: string) => (grade.startsWith('k') ? Number(grade[1]) - 3 : Number(grade))
  const year = (on: string) => Number(on.slice(0, 4)) - (on.slice(5) < '09-01' ? 1 : 0)
  const now = number(spell.grade) + year(day) - year(spell.stated_on)
  return grades.some((grade) => number(grade) === now)
}

// ── calendar ──

function termsOf(history: History, unit_id: string) {
  const chain = history.units.find((u) => u.id === unit_id)!.path.split('/')
  const near = (t: History['terms'][number]) => (t.unit_id === null ? -1 : chain.indexOf(t.unit_id))
  const open = history.terms.filter((t) => t.unit_id === null || chain.includes(t.unit_id))
  return open
    .filter((t) => !open.some((o) => o.school_year === t.school_year && o.number === t.number && near(o) > near(t)))
    .toSorted((a, b) => (a.from_on < b.from_on ? -1 : 1))
}

function inBreak(history: History, unit_id: string, day: string): boolean {
  const terms = termsOf(history, unit_id)
  return terms.some((term, n) => term.until_on < day && terms[n + 1] !== undefined && day < terms[n + 1]!.from_on)
}

function isWorkingDay(history: History, day: string): boolean {
  // What the county has of a year stands for the whole year.
  const own = history.holidays.filter((h) => h.on_day.slice(0, 4) === day.slice(0, 4))
  const said = (own.length > 0 ? own : (legalHolidaysOf(Number(day.slice(0, 4))) ?? [])).find((h) => h.on_day === day)
  if (said) return said.kind === 'working'
  const weekday = new Date(day).getUTCDay()
  return weekday >= 1 && weekday <= 5
}

const monthOf = (day: string) => day.slice(0, 7)
const whole = (from: string, until: string): Period => ({ from, until, month: monthOf(until) })
const lastOfMonth = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
const month = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
const indexOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
const monthsFrom = (index: number, n: number) =>
  whole(`${month(index)}-01`, lastOfMonth(Math.floor((index + n - 1) / 12), ((index + n - 1) % 12) + 1))

/** The periods that meet the span asked for and the duty's validity, found by walking the days of the span. */
function periodsOf(history: History, duty: DutyRow, subject: string, asked: Asked): Period[] {
  const { first, last } = validity(history, duty)
  const found = new Map<string, Period>()
  const all = duty.rhythm === 'event' ? eventPeriods(history, duty, subject) : null
  for (let day = asked.from; day <= asked.until; day = plus(day, 1)) {
    const here = all ? all.filter((p) => p.from <= day && day <= p.until) : periodsOn(history, duty, day)
    for (const period of here)
      if (period.from <= last && period.until >= first) found.set(period.from + period.until, period)
  }
  return [...found.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

function periodsOn(history: History, duty: DutyRow, day: string): Period[] {
  const plan = history.plans.find((p) => p.id === duty.plan_id)!
  const n = duty.interval_n ?? 1
  const year = Number(day.slice(0, 4))
  if (duty.rhythm === 'month') return Number(day.slice(5, 7)) === duty.month ? [monthsFrom(indexOf(day), 1)] : []
  if (duty.rhythm === 'festival')
    return [year - 1, year, year + 1]
      .flatMap((y) => festivalsOf(y))
      .filter(({ festival, day: on }) => festival === duty.festival && plus(on, -14) <= day && day <= plus(on, 7))
      .map(({ day: on }) => ({ from: plus(on, -14), until: plus(on, 7), month: monthOf(on) }))
  switch (duty.every) {
    case 'day':
      return [whole(day, day)]
    case 'week': {
      const k = Math.floor(gap(duty.anchor_on, day) / (7 * n))
      const from = plus(duty.anchor_on, k * 7 * n)
      const until = plus(from, 7 * n - 1)
      return [{ from, until, month: monthOf(plus(until, -3)) }]
    }
    case 'month': {
      const k = Math.floor((indexOf(day) - indexOf(duty.anchor_on)) / n)
      return [monthsFrom(indexOf(duty.anchor_on) + k * n, n)]
    }
    case 'quarter':
      return [monthsFrom(Math.floor(indexOf(day) / 3) * 3, 3)]
    case 'term':
      return termsOf(history, plan.unit_id)
        .filter((t) => t.from_on <= day && day <= t.until_on)
        .map((t) => whole(t.from_on, t.until_on))
    case 'year':
      if (gap(plan.from_on, plan.until_on) + 1 < 365)
        return plan.from_on <= day && day <= plan.until_on ? [whole(plan.from_on, plan.until_on)] : []
      return [whole(`${year}-01-01`, `${year}-12-31`)]
    default:
      return []
  }
}

function eventPeriods(history: History, duty: DutyRow, subject: string): Period[] {
  const { first, last } = validity(history, duty)
  const child_id = duty.subject === 'each_pair' ? history.pairings.find((p) => p.id === subject)!.child_id : subject
  return eventDays(history, duty, child_id)
    .filter((day) => day > first && day <= last)
    .map((day) => whole(day, windowEnd(history, duty, day)))
}

function windowEnd(history: History, duty: DutyRow, day: string): string {
  if (!duty.working_days) return plus(day, duty.within_days!)
  let end = day
  for (let left = duty.within_days!; left > 0;) {
    end = plus(end, 1)
    if (isWorkingDay(history, end)) left--
  }
  return end
}

function eventDays(history: History, duty: DutyRow, child_id: string): string[] {
  const plan = history.plans.find((p) => p.id === duty.plan_id)!
  if (duty.event === 'new_child') {
    if (duty.subject === 'each_pair') return []
    const as = linkOf(history, plan.unit_id)
    return history.links
      .filter((l) => l.child_id === child_id && l.as === as && l.stated && under(history, l.unit_id, plan.unit_id))
      .map((l) => l.from_on)
      .filter((day) => standsIn(history, plan.unit_id, child_id, day))
      .filter((day) => !standsIn(history, plan.unit_id, child_id, plus(day, -1)))
  }
  const spells: { from_on: string | null; stated_on: string; state?: string | null; parent?: string }[] =
    duty.event === 'carer_changed'
      ? history.carers.filter((c) => c.child_id === child_id)
      : history.parents.filter((p) => p.child_id === child_id)
  const days: string[] = []
  for (const parent of new Set(spells.map((s) => s.parent))) {
    const inOrder = spells.filter((s) => s.parent === parent).toSorted((a, b) => ((a.from_on ?? '') < (b.from_on ?? '') ? -1 : 1)) // prettier-ignore
    inOrder.forEach((spell, n) => {
      const before = inOrder[n - 1]
      if (spell.from_on === null) return
      if (duty.event === 'carer_changed' && before === undefined) return
      if (duty.event === 'parents_left' && (spell.state !== 'away' || before?.state === 'away')) return
      if (duty.event === 'parents_returned' && (spell.state !== 'home' || before?.state !== 'away')) return
      const { from, until } = spanOf(spell.from_on)
      days.push(spell.stated_on >= from && spell.stated_on < until ? spell.stated_on : until)
    })
  }
  return [...new Set(days)]
}
