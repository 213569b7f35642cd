// What a meeting resolved becomes tasks: each resolution offered once, with who does it and by which month; what became of it stands beside it.
import { useState } from 'react'
import type { PlanTask } from '@nuanyang/contract/plans.items.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import { responsibles, type Responsible } from '@nuanyang/domain/values/responsible.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Select } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { meetingTasksText } from './meeting_tasks.text.ts'

export interface Resolution {
  what: string
  who?: string
  due_on?: string
}

export function MeetingTasks({ record_id, resolutions }: { record_id: string; resolutions: readonly Resolution[] }) {
  const t = useWords(meetingTasksText)
  const writes = useRight('plans.write')
  const made = useOp(planOps.tasks_of_record, { id: record_id })
  const [asking, setAsking] = useState<Resolution | null>(null)
  if (!made.data) return null
  return (
    <Section title={t('title')}>
      <ul className="rec-plain">
        {resolutions.map((one, n) => {
          const task = made.data.items.find((each) => each.title === one.what)
          return (
            <li key={n} className="row wrap g12">
              <span className="grow">
                {one.what}
                <span className="dim small">
                  {' '}
                  {listed([one.who, one.due_on && t('by_day', { day: plainDay(one.due_on, t.language) })], t.language)}
                </span>
              </span>
              {task ? <Became task={task} /> : writes && <Button onClick={() => setAsking(one)}>{t('make')}</Button>}
            </li>
          )
        })}
      </ul>
      {asking && <MakeTask record_id={record_id} resolution={asking} onClose={() => setAsking(null)} />}
    </Section>
  )
}

function Became({ task }: { task: PlanTask }) {
  const t = useWords(meetingTasksText)
  const say = useSay()
  const office = responsibles.find((one) => one.code === task.responsible)
  const owner = task.account_name ?? (office ? say(office) : t('nobody'))
  return (
    <State kind={task.state === 'done' ? 'done' : task.state === 'dropped' ? 'none' : 'soon'}>
      {t(task.state, { owner, day: plainDay(task.done_on ?? task.due_until, t.language) })}
    </State>
  )
}

const lastOf = (month: string) => {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10)
}

/** This month and the eleven after it. */
function comingMonths(today: string): string[] {
  const [year, month] = today.split('-').map(Number)
  return Array.from({ length: 12 }, (_, n) => new Date(Date.UTC(year!, month! - 1 + n, 1)).toISOString().slice(0, 7))
}

function MakeTask({
  record_id,
  resolution,
  onClose,
}: {
  record_id: string
  resolution: Resolution
  onClose: () => void
}) {
  const t = useWords(meetingTasksText)
  const say = useSay()
  const add = useWrite(planOps.add_tasks, { refreshes: ['today'] })
  const plans = useOp(planOps.list, { state: 'adopted', limit: 20 }).data?.items.filter((plan) => plan.mine) ?? []
  const today = dayOf()
  const months = comingMonths(today)
  const asked = resolution.due_on?.slice(0, 7)
  const [id] = useState(newId)
  const [chosen, setChosen] = useState<string | null>(null)
  const [responsible, setResponsible] = useState<Responsible | ''>('')
  const [account, setAccount] = useState('')
  const [month, setMonth] = useState(asked && months.includes(asked) ? asked : months[0]!)
  const plan_id = chosen ?? plans[0]?.id ?? ''
  const people = useOp(planOps.people, { id: plan_id }, { when: plan_id !== '' })
  async function send(): Promise<void> {
    const first = `${month}-01`
    const named = resolution.due_on?.startsWith(month) && resolution.due_on >= today ? resolution.due_on : lastOf(month)
    const task = {
      id,
      title: resolution.what,
      kind: 'organise' as const,
      due_from: first < today ? today : first,
      due_until: named,
      responsible: responsible || null,
      account_id: account || null,
    }
    const written = await add.send({ body: { plan_id: plan_id || null, record_id, tasks: [task] } })
    if (written.is !== 'done') return
    toast(t('made', { what: resolution.what }))
    onClose()
  }
  return (
    <Dialog
      title={t('make_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={add.busy} onClick={() => void send()}>
          {t('save')}
        </Button>
      }
    >
      <div className="stack">
        <p>
          <b>{resolution.what}</b>
          {resolution.who && <span className="dim"> {t('said_who', { who: resolution.who })}</span>}
        </p>
        <Select label={t('who')} value={responsible} onChange={setResponsible} empty={t('who_open')} options={responsibles.map((one) => ({ value: one.code, label: say(one) }))} />
        {people.data && people.data.items.length > 0 && (
          <Select label={t('person')} value={account} onChange={setAccount} empty={t('no_person')} options={people.data.items.map((one) => ({ value: one.account_id, label: `${one.name} · ${one.unit_name}` }))} />
        )}
        <Select label={t('month')} value={month} onChange={setMonth} options={months.map((value) => ({ value, label: t('month_of', { year: value.slice(0, 4), month: String(Number(value.slice(5))) }) }))} />
        {plans.length > 0 ? (
          <Select
            label={t('plan')}
            value={plan_id}
            onChange={(next) => {
              setChosen(next)
              setAccount('')
            }}
            empty={t('no_plan')}
            options={plans.map((plan) => ({ value: plan.id, label: plan.title }))}
          />
        ) : (
          <p className="dim small">
            {t('no_plan_yet')} <To to={paths.plans()}>{t('to_plans')}</To>
          </p>
        )}
        {add.problem && <ProblemLine>{say({ zh: add.problem.detail, en: add.problem.detail_en })}</ProblemLine>}
      </div>
    </Dialog>
  )
} // prettier-ignore
