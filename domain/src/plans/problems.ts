import { festivalDay } from '../festivals.ts'
import { festivals } from '../values/festivals.ts'
import { indicators } from '../values/indicators.ts'
import type { TermSide } from './months.ts'
import type { Node } from './outline.ts'
import type { Unread } from './tasks.ts'
import { spanOf } from './script.ts'
import type { PlanDuty, PlanGoal, PlanProblem, PlanTask, Span } from './types.ts'

type Read = {
  goals: PlanGoal[]
  duties: PlanDuty[]
  tasks: PlanTask[]
  unread: Unread[]
  tree: Node
  year: number
  span: Span
  side: TermSide
}

/** What in a plan a person should look at before confirming it. Targets that cannot be are emptied here, so that nobody adopts them. */
export function problemsOf(read: Read): PlanProblem[] {
  return [
    ...nothingToDo(read),
    ...targets(read.goals),
    ...contradictions(read.goals),
    ...impossibleMonths(read.tree),
    ...daily(read.duties),
    ...festivalsElsewhere(read),
    ...read.unread.slice(0, 50).map(({ text, span }): PlanProblem => ({
      code: 'kind_unread',
      zh: `没有认出“${brief(text)}”是哪一类工作，没有列成任务；需要的话请手工添加。`,
      en: `“${brief(text)}” is no kind of work known here and was not made a task; add it by hand if it is needed.`,
      span,
    })),
  ].sort((a, b) => a.span[0] - b.span[0])
}

function nothingToDo({ duties, tasks, span }: Read): PlanProblem[] {
  if (duties.length + tasks.length > 0) return []
  return [
    {
      code: 'nothing_to_do',
      zh: '这份计划里没有读到要反复做的事，也没有按月份安排的事；请检查内容，或手工添加。',
      en: 'No recurring duty and no task by month was found in this plan; check the text or add them by hand.',
      span,
    },
  ]
}

function targets(goals: PlanGoal[]): PlanProblem[] {
  return goals.flatMap((goal) => {
    if (goal.target === null || goal.target <= 1) return []
    const percent = Math.round(goal.target * 1000) / 10
    goal.target = null
    return [
      {
        code: 'target_over_100' as const,
        zh: `“${brief(goal.quote)}”的目标是 ${percent}%，超过了 100%，没有采用；请改成不超过 100% 的数。`,
        en: `“${brief(goal.quote)}” aims at ${percent} %, more than 100 %; it was left empty. Enter a number up to 100 %.`,
        span: goal.span,
      },
    ]
  })
}

function contradictions(goals: PlanGoal[]): PlanProblem[] {
  return goals.flatMap((goal, i) => {
    const earlier = goals
      .slice(0, i)
      .find(
        (g) =>
          g.indicator !== null &&
          g.indicator === goal.indicator &&
          g.target !== null &&
          goal.target !== null &&
          g.target !== goal.target,
      )
    const name = indicators.find((k) => k.code === goal.indicator)
    if (!earlier || !name) return []
    return [
      {
        code: 'goals_contradict' as const,
        zh: `${name.zh}写了两个不同的目标：${share(earlier.target)} 和 ${share(goal.target)}；请确认用哪一个。`,
        en: `${name.en} has two different targets, ${share(earlier.target)} and ${share(goal.target)}; decide which one holds.`,
        span: goal.span,
      },
    ]
  })
}

function impossibleMonths(node: Node): PlanProblem[] {
  const own: PlanProblem[] =
    node.when?.impossible && node.line.text !== ''
      ? [
          {
            code: 'month_unknown',
            zh: `“${brief(node.line.text)}”里的月份不存在（一年只有 1 至 12 月），下面的安排没有读成任务；请改正月份。`,
            en: `There is no such month in “${brief(node.line.text)}” (months run from 1 to 12); what stands under it was not read. Correct the month.`,
            span: spanOf(node.line),
          },
        ]
      : []
  return [...own, ...node.children.flatMap(impossibleMonths)]
}

function daily(duties: PlanDuty[]): PlanProblem[] {
  return duties
    .filter((d) => 'every' in d.rhythm && d.rhythm.every === 'day' && d.subject !== 'unit')
    .map((d) => ({
      code: 'owed_daily' as const,
      zh: `“${brief(d.quote)}”要求对每个对象每天都做并记录，很难坚持；请确认，或改成每周、每月。`,
      en: `“${brief(d.quote)}” asks for a record of everyone every day, which is hard to keep up; confirm it or make it weekly or monthly.`,
      span: d.span,
    }))
}

/** 中秋 planned for October stands in September in 2026: the task follows the festival, and the person is told. */
function festivalsElsewhere({ tasks, year }: Read): PlanProblem[] {
  return tasks.flatMap((task) => {
    if (!task.festival || year + task.year_offset < 1900 || year + task.year_offset > 2100) return []
    const day = festivalDay(task.festival, year + task.year_offset)
    const month = Number(day.slice(5, 7))
    // 元旦 is prepared in December
    if (month === task.month || (task.festival === 'new_year' && task.month === 12)) return []
    const name = festivals.find((f) => f.code === task.festival)
    return [
      {
        code: 'festival_elsewhere' as const,
        zh: `计划把${name?.zh ?? ''}的事写在 ${task.month} 月，而这一年的${name?.zh ?? ''}是 ${day}；提醒按节日的日子算。`,
        en: `The plan puts ${name?.en ?? 'a festival'} in month ${task.month}, but that year it falls on ${day}; reminders follow the festival.`,
        span: task.span,
      },
    ]
  })
}

function share(target: number | null): string {
  return target === null ? '' : `${Math.round(target * 1000) / 10}%`
}

function brief(text: string): string {
  const words = text.replace(/\s+/g, '')
  return words.length <= 24 ? words : `${words.slice(0, 23)}…`
}
