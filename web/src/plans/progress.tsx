// 进度: months as columns with their festivals on top, what is owed again and again as rows, each cell the number that was done; then what
// is to be done once. A cell opens the names behind it. On the phone a list, with the present month.
import { lazy, Suspense, useState } from 'react'
import { dueOps, type Rate } from '@nuanyang/contract/plans.due.ts'
import type { PlanDuty, PlanGoal } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useWords, type Say } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Loaded } from '../ui/page.tsx'
import { ProgressLine, State } from '../ui/state.tsx'
import { festivalWords, indicatorWords, responsibleWords, rhythmWords, subjectWords } from './plan_words.ts'
import { TaskDialog, taskState } from './progress.tasks.tsx'
import { progressText } from './progress.text.ts'
import './progress.css'

// What a number opens is fetched with the first press.
const CellDialog = lazy(() => import('./progress.cell.tsx').then((module) => ({ default: module.CellDialog })))
const GoalDialog = lazy(() => import('./progress.goal.tsx').then((module) => ({ default: module.GoalDialog })))

export type Progress = Answer<typeof dueOps.progress>
export type DutyProgress = Progress['duties'][number]
export type MonthCell = DutyProgress['months'][number]
type T = Say<typeof progressText>

export function PlanProgress({ plan }: { plan: Plan }) {
  const t = useWords(progressText)
  const owes = plan.state === 'adopted' || plan.state === 'closed'
  const found = useOp(dueOps.progress, { id: plan.id }, { when: owes })
  if (!owes) return <p className="dim">{t('not_adopted')}</p>
  return (
    <Loaded of={found} rows={10}>
      {(progress) => <Shown plan={plan} progress={progress} />}
    </Loaded>
  )
}

export type Opened =
  | { type: 'cell'; duty: PlanDuty; month: string }
  | { type: 'goal'; goal: PlanGoal; rate: Rate }
  | { type: 'task'; id: string }

function Shown({ plan, progress }: { plan: Plan; progress: Progress }) {
  const t = useWords(progressText)
  const phone = useIsPhone()
  const [opened, setOpened] = useState<Opened | null>(null)
  const View = phone ? PhoneList : Grid
  return (
    <div className="progress">
      {progress.calendar_missing && (
        <p className="plan-note">
          <State kind="soon">{t('calendar_missing', { year: progress.calendar_missing })}</State>
        </p>
      )}
      {plan.state === 'closed' && (
        <p className="plan-note">
          <State kind="told">{t('closed_kept', { day: plainDay(progress.as_of, t.language) })}</State>
        </p>
      )}
      <Goals plan={plan} progress={progress} onOpen={setOpened} />
      <View plan={plan} progress={progress} onOpen={setOpened} />
      <p className="small progress-feed">
        <To to={paths.notices()}>{t('feed')}</To>
      </p>
      <Suspense>
      {opened?.type === 'cell' && (
        <CellDialog plan={plan} progress={progress} duty={opened.duty} month={opened.month} onClose={() => setOpened(null)} />
      )}
      {opened?.type === 'goal' && <GoalDialog plan={plan} goal={opened.goal} rate={opened.rate} onClose={() => setOpened(null)} />}
      {opened?.type === 'task' && (
        <TaskDialog task={plan.items.tasks.find(({ id }) => id === opened.id)!} mine={plan.mine} onClose={() => setOpened(null)} />
      )}
      </Suspense>
    </div>
  )
} // prettier-ignore

interface ViewProps {
  plan: Plan
  progress: Progress
  onOpen: (opened: Opened) => void
}

/** Rounded down: 100 % is said only when nothing is left. */
export const percent = (share: number) => `${Math.floor(share * 100)}%`

function Goals({ plan, progress, onOpen }: ViewProps) {
  const t = useWords(progressText)
  const shown = progress.goals.flatMap(({ goal_id, rate }) => {
    const goal = plan.items.goals.find(({ id }) => id === goal_id)
    return goal && rate ? [{ goal, rate }] : []
  })
  if (shown.length === 0) return null
  return (
    <ul className="progress-goals">
      {shown.map(({ goal, rate }) => (
        <li key={goal.id}>
          <span>{indicatorWords(rate.code, t.language)}</span>
          {rate.denominator === 0 ? (
            <span className="dim small">
              {rate.unknown > 0
                ? t('rate_not_known', { n: rate.unknown })
                : t(rate.outside > 0 ? 'nothing_yet' : 'no_children')}
            </span>
          ) : (
            <>
              <button type="button" className="progress-rate" onClick={() => onOpen({ type: 'goal', goal, rate })}>
                {percent(rate.numerator / rate.denominator)}
              </button>
              <TargetState goal={goal} rate={rate} t={t} />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

function TargetState({ goal, rate, t }: { goal: PlanGoal; rate: Rate; t: T }) {
  if (goal.target === null) return <span className="dim small">{t('no_target')}</span>
  const short = Math.ceil(goal.target * rate.denominator - 1e-9) - rate.numerator
  if (short <= 0) return <State kind="done">{t('on_target')}</State>
  return <State kind="soon">{t('short', { target: percent(goal.target), n: short })}</State>
}

/** 谁、多久一次: under the title of a duty. */
export function dutyWords(duty: PlanDuty, language: 'zh' | 'en'): string {
  const who = duty.account_name ?? responsibleWords(duty.responsible, language)
  return listed([rhythmWords(duty.rhythm, language), duty.subject !== 'unit' && subjectWords(duty.subject, language), who], language) // prettier-ignore
}

const currentMonth = (progress: Progress) => progress.as_of.slice(0, 7)

/** Duties in the order of the plan; a successor stands where what it replaces stood. */
function dutiesOf(plan: Plan, progress: Progress): { duty: PlanDuty; of: DutyProgress }[] {
  return plan.items.duties.flatMap((duty) => {
    const of = progress.duties.find(({ duty_id }) => duty_id === duty.id)
    return of ? [{ duty, of }] : []
  })
}

function Grid({ plan, progress, onOpen }: ViewProps) {
  const t = useWords(progressText)
  const now = currentMonth(progress)
  const { months } = progress
  const here = (month: string) => (month === now ? 'progress-now' : undefined)
  return (
    <div className="progress-grid" tabIndex={0} role="region" aria-label={t('tab')}>
      <table>
        <thead>
          <tr>
            <th className="progress-what">
              <b>{t('lasting')}</b>
              <span>{t('lasting_sub')}</span>
            </th>
            {months.map(({ month, festivals }) => (
              <th key={month} className={here(month)}>
                <b>{t('month_n', { n: Number(month.slice(5)) })}</b>
                <span>
                  {month === now && festivals.length === 0
                    ? t('this_month')
                    : listed(festivals.map((one) => t('festival_on', { name: festivalWords(one.festival, t.language), n: Number(one.on_day.slice(8)) })), t.language)}
                </span>
              </th>
            ))}
            <th className="progress-sum">
              <b>{t('so_far')}</b>
              <span>{t('so_far_sub')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {dutiesOf(plan, progress).map(({ duty, of }) => (
            <tr key={duty.id}>
              <th scope="row" className="progress-what">
                <b>{duty.title}</b>
                <span>{dutyWords(duty, t.language)}</span>
              </th>
              {months.map(({ month }) => (
                <td key={month} className={here(month)}>
                  <Cell cell={of.months.find((one) => one.month === month)} duty={duty} past={month <= now} onOpen={() => onOpen({ type: 'cell', duty, month })} />
                </td>
              ))}
              <td className="progress-sum">
                <SoFar of={of} duty={duty} today={progress.as_of} />
              </td>
            </tr>
          ))}
          {plan.items.tasks.length > 0 && (
            <tr className="progress-part">
              <th className="progress-what">
                <b>{t('once')}</b>
              </th>
              {months.map(({ month }) => (
                <td key={month} className={here(month)} />
              ))}
              <td />
            </tr>
          )}
          {plan.items.tasks.map((task) => (
            <tr key={task.id}>
              <th scope="row" className="progress-what">
                <b>{task.title}</b>
                <span>{task.account_name ?? responsibleWords(task.responsible, t.language)}</span>
              </th>
              {months.map(({ month }) => (
                <td key={month} className={here(month)}>
                  {monthOfTask(task, months) === month && <TaskCell task={task} today={progress.as_of} onOpen={() => onOpen({ type: 'task', id: task.id })} />}
                </td>
              ))}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
} // prettier-ignore

type Task = Plan['items']['tasks'][number]

/** In the month it was done; a festival's in the month of the festival, another's in its own. */
function monthOfTask(task: Task, months: Progress['months']): string {
  const festival = task.festival && months.find((one) => one.festivals.some((each) => each.festival === task.festival && each.on_day >= task.due_from && each.on_day <= task.due_until)) // prettier-ignore
  const month = task.done_on?.slice(0, 7) ?? (festival ? festival.month : task.due_until.slice(0, 7))
  return months.some((one) => one.month === month) ? month : (months.at(-1)?.month ?? '')
}

function TaskCell({ task, today, onOpen }: { task: Task; today: string; onOpen: () => void }) {
  const t = useWords(progressText)
  const { mark, words } = taskState(t, task, today)
  return (
    <button type="button" className="progress-cell" onClick={onOpen}>
      <State kind={mark}>{words}</State>
      <ProgressLine value={task.state === 'done' ? 1 : 0} label={task.title} />
    </button>
  )
}

/** Done of owed; a number alone while the month is still to come and nothing of it was done ahead. */
function Cell({ cell, duty, past, onOpen }: { cell: MonthCell | undefined; duty: PlanDuty; past: boolean; onOpen: () => void }) {
  const t = useWords(progressText)
  if (!cell || cell.owed === 0) return null
  const people = duty.subject !== 'unit' && cell.owed === cell.subjects
  const done = cell.on_time + cell.late
  const all = cell.owed - cell.waived
  if (!past && done === 0) return <span className="dim">{t(people ? 'people' : 'times', { n: all })}</span>
  const full = done >= all
  const words = full ? t(people ? 'people' : 'times', { n: all }) : t(people ? 'people_of' : 'times_of', { done, all })
  return (
    <button type="button" className="progress-cell" onClick={onOpen}>
      {full ? <State kind="done">{words}</State> : cell.overdue > 0 ? <State kind="late">{words}</State> : <span>{words}</span>}
      <ProgressLine value={all === 0 ? 1 : done / all} label={duty.title} />
    </button>
  )
} // prettier-ignore

/** Of what is over or done, the part that was done. */
function SoFar({ of, duty, today }: { of: DutyProgress; duty: PlanDuty; today: string }) {
  const t = useWords(progressText)
  if ('continuous' in duty.rhythm)
    return <span className="dim small">{of.last_on ? t('last_on', { day: plainDay(of.last_on, t.language) }) : t('never')}</span> // prettier-ignore
  const done = of.on_time + of.late
  // Begun, and owed to nobody: nobody is in focus, or nobody is paired yet.
  if (of.owed === 0 && 'every' in duty.rhythm && duty.subject !== 'unit' && duty.from_on <= today)
    return <span className="dim small">{t(duty.subject === 'each_pair' ? 'no_pairs' : 'no_such_child')}</span>
  if (done + of.overdue === 0) return <span className="dim">{t('nothing_yet')}</span>
  return <b>{percent(done / (done + of.overdue))}</b>
}

function PhoneList({ plan, progress, onOpen }: ViewProps) {
  const t = useWords(progressText)
  const now = currentMonth(progress)
  const months = progress.months.map(({ month }) => month)
  const shown = months.includes(now) ? now : (now > (months.at(-1) ?? '') ? months.at(-1) : months[0]) ?? now
  return (
    <>
      <ul className="progress-list">
        {dutiesOf(plan, progress).map(({ duty, of }) => {
          const cell = of.months.find((one) => one.month === shown)
          return (
            <li key={duty.id}>
              <div className="progress-line">
                <b className="grow">{duty.title}</b>
                <SoFar of={of} duty={duty} today={progress.as_of} />
              </div>
              <p className="small dim">{dutyWords(duty, t.language)}</p>
              {cell && cell.owed > 0 && (
                <div className="progress-line">
                  <span className="small dim">{t('month_n', { n: Number(shown.slice(5)) })}</span>
                  <Cell cell={cell} duty={duty} past={shown <= now} onOpen={() => onOpen({ type: 'cell', duty, month: shown })} />
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {plan.items.tasks.length > 0 && <h2 className="progress-head">{t('once')}</h2>}
      <ul className="progress-list">
        {plan.items.tasks.toSorted((a, b) => (a.due_until < b.due_until ? -1 : 1)).map((task) => {
          const { mark, words } = taskState(t, task, progress.as_of)
          return (
            <li key={task.id}>
              <button type="button" className="progress-line progress-task" onClick={() => onOpen({ type: 'task', id: task.id })}>
                <span className="grow">
                  {task.title} <span className="dim small">{task.account_name ?? responsibleWords(task.responsible, t.language)}</span>
                </span>
                <State kind={mark}>{words}</State>
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
} // prettier-ignore
