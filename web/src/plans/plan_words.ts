// How plans are said on the page: how often, whose, when, and what an item is in a few words.
import type { PlanDuty, PlanGoal, PlanTask, Rhythm } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { responsibles } from '@nuanyang/domain/values/responsible.ts'
import { subjects } from '@nuanyang/domain/values/subjects.ts'
import type { Language } from '../ui/language.ts'
import { plainDay } from '../ui/dates.ts'

type Pair = { readonly code: string; readonly zh: string; readonly en: string }
const of = (list: readonly Pair[], code: string | null, as: Language) =>
  list.find((each) => each.code === code)?.[as] ?? ''

export const indicatorWords = (code: string | null, as: Language) => of(indicators, code, as)
export const kindWords = (code: string, as: Language) => of(kinds, code, as)
export const subjectWords = (code: string, as: Language) => of(subjects, code, as)
export const responsibleWords = (code: string | null, as: Language) => of(responsibles, code, as)
export const festivalWords = (code: string | null, as: Language) => of(festivals, code, as)

const units = {
  day: ['天', 'day'],
  week: ['周', 'week'],
  month: ['月', 'month'],
  quarter: ['季度', 'quarter'],
  term: ['学期', 'term'],
  year: ['年', 'year'],
} as const
const events = {
  new_child: ['新登记的孩子', 'a new child'],
  parents_left: ['父母外出', 'parents leaving'],
  parents_returned: ['父母返乡', 'parents returning'],
  carer_changed: ['换了照看的人', 'a change of carer'],
} as const

export const eventWords = (event: keyof typeof events, as: Language) => events[event][as === 'zh' ? 0 : 1]

/** 每月 1 次, 每两周 1 次, 随时, 中秋节, 5 个工作日内. */
export function rhythmWords(rhythm: Rhythm, as: Language): string {
  const zh = as === 'zh'
  if ('every' in rhythm) {
    const [chinese, english] = units[rhythm.every]
    const n = rhythm.interval ?? 1
    if (!zh)
      return `${rhythm.count === 1 ? 'once' : `${rhythm.count} times`} ${n === 1 ? `a ${english}` : `every ${n} ${english}s`}`
    const span = n === 1 ? chinese : rhythm.every === 'month' ? (n === 6 ? '半年' : `${n} 个月`) : n === 2 ? `两${chinese}` : `${n} ${chinese}` // prettier-ignore
    return `每${span} ${rhythm.count} 次`
  }
  if ('festival' in rhythm) return festivalWords(rhythm.festival, as)
  if ('month' in rhythm) return zh ? `每年 ${rhythm.month} 月` : `each year in month ${rhythm.month}`
  if ('within_days' in rhythm) {
    const [chinese, english] = events[rhythm.of]
    return zh
      ? `${chinese}后 ${rhythm.within_days} 个${rhythm.working_days ? '工作日' : '日'}内`.replace('个日', '天')
      : `within ${rhythm.within_days} ${rhythm.working_days ? 'working days' : 'days'} of ${english}`
  }
  if ('continuous' in rhythm) return zh ? '随时' : 'at any time'
  return zh ? '多久一次还没定' : 'how often is open'
}

/** 每周, 每两周: the same, when it is only asked how often. */
export function spanWords(rhythm: Rhythm, as: Language): string {
  const words = rhythmWords(rhythm, as)
  return 'every' in rhythm && rhythm.count === 1 ? words.replace(/ 1 次$|^once /, '') : words
}

/** 11月, 中秋节前后; with the year when it is another one than the plan begins in. */
export function taskWords(task: Pick<PlanTask, 'due_from' | 'due_until' | 'festival'>, as: Language, year: string): string {
  if (task.festival) return as === 'zh' ? `${festivalWords(task.festival, as)}前后` : `around ${festivalWords(task.festival, as)}`
  return monthWords(task.due_from.slice(0, 7), as, year)
} // prettier-ignore

/** 9月, 明年1月 as 2027年1月. */
export function monthWords(month: string, as: Language, year: string): string {
  const other = month.slice(0, 4) !== year
  if (as === 'en') return plainDay(month, 'en')
  return `${other ? `${month.slice(0, 4)}年` : ''}${Number(month.slice(5))}月`
}

/** The month an item of the board stands under: a festival's own, else its first day's. */
export function monthOfTask(task: Pick<PlanTask, 'due_from' | 'festival'>): string {
  if (!task.festival) return task.due_from.slice(0, 7)
  return new Date(Date.parse(`${task.due_from}T00:00:00Z`) + 14 * 86_400_000).toISOString().slice(0, 7)
}

export function shareWords(share: number): string {
  return `${Math.round(share * 1000) / 10}%`
}

export function goalName(goal: PlanGoal, as: Language): string {
  return goal.indicator ? indicatorWords(goal.indicator, as) : goal.text
}

/** Who does it: the person named, else the office. */
export function whoWords(item: Pick<PlanDuty, 'account_name' | 'responsible'>, as: Language): string {
  return item.account_name ?? responsibleWords(item.responsible, as)
}

export function periodWords(plan: Pick<Plan, 'from_on' | 'until_on'>, as: Language): string {
  const from = plainDay(plan.from_on.slice(0, 7), as)
  const until =
    as === 'zh' && plan.until_on.slice(0, 4) === plan.from_on.slice(0, 4)
      ? `${Number(plan.until_on.slice(5, 7))}月`
      : plainDay(plan.until_on.slice(0, 7), as)
  return as === 'zh' ? `${from}到${until}` : `${from} to ${until}`
}
