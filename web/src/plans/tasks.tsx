// 一次的事 as a board: what is over, what is to be done now, what comes later, what is done; each with who does it, when, and what shows
// that it was done. On the phone one column at a time.
import { useState } from 'react'
import { planOps, taskCan, type Plan } from '@nuanyang/contract/plans.ts'
import type { PlanTask } from '@nuanyang/contract/plans.items.ts'
import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '../kernel/query.ts'
import { useRight, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, Chip, To } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Menu, toast, type MenuItem } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { monthOfTask, monthWords, taskWords, whoWords } from './plan_words.ts'
import { TaskDialog, taskState } from './progress.tasks.tsx'
import { progressText } from './progress.text.ts'
import { AddTask, AssignTask, DropTask } from './tasks.asking.tsx'
import { tasksText } from './tasks.text.ts'
import './tasks.css'

const columns = ['over', 'now', 'later', 'done', 'dropped'] as const
type Column = (typeof columns)[number]

export function columnOf(task: Pick<PlanTask, 'state' | 'due_from' | 'due_until'>, today: string): Column {
  if (task.state !== 'open') return task.state
  return task.due_until < today ? 'over' : task.due_from <= today ? 'now' : 'later'
}

type Asking = { what: 'open' | 'assign' | 'drop'; id: string } | { what: 'add' }

export function TasksBoard({ plan }: { plan: Plan }) {
  const t = useWords(tasksText)
  const phone = useIsPhone()
  const { today } = useSignedIn()
  const mayWrite = useRight('plans.write') && plan.mine && plan.state === 'adopted'
  const [asking, setAsking] = useState<Asking | null>(null)
  const [chosen, setChosen] = useState<Column | null>(null)
  const tasks = plan.items.tasks.toSorted((a, b) => (a.due_until < b.due_until ? -1 : a.due_until > b.due_until ? 1 : 0)) // prettier-ignore
  const of = (column: Column) => tasks.filter((task) => columnOf(task, today) === column)
  const shown = columns.filter((column) => column !== 'dropped' || of(column).length > 0)
  const first = shown.find((column) => of(column).length > 0) ?? 'now'
  const close = () => setAsking(null)
  const asked = asking && asking.what !== 'add' ? plan.items.tasks.find(({ id }) => id === asking.id) : undefined
  const column = (each: Column) => (
    <section key={each} className="board-col" aria-label={t(each)}>
      {!phone && (
        <h2>
          {t(each)} <span className="dim">{of(each).length}</span>
        </h2>
      )}
      {of(each).length === 0 ? (
        <p className="dim small">{t('none')}</p>
      ) : (
        <ul>
          {of(each).map((task) => (
            <Card key={task.id} plan={plan} task={task} today={today} onAsk={(what) => setAsking({ what, id: task.id })} />
          ))}
        </ul>
      )}
    </section>
  )
  return (
    <div className="board">
      {tasks.length === 0 && <p className="dim">{t('nothing')}</p>}
      {phone && tasks.length > 0 && (
        <div className="board-pick" role="group" aria-label={t('columns')}>
          {shown.map((each) => (
            <Chip key={each} pressed={each === (chosen ?? first)} onClick={() => setChosen(each)}>
              {t(each)} {of(each).length}
            </Chip>
          ))}
        </div>
      )}
      {tasks.length > 0 && <div className="board-cols">{phone ? column(chosen ?? first) : shown.map(column)}</div>}
      {mayWrite && (
        <div>
          <Button icon="plus" onClick={() => setAsking({ what: 'add' })}>
            {t('add')}
          </Button>
        </div>
      )}
      {asking?.what === 'add' && <AddTask plan={plan} onClose={close} />}
      {asked && asking?.what === 'open' && <TaskDialog task={asked} mine={plan.mine} onClose={close} />}
      {asked && asking?.what === 'assign' && <AssignTask plan={plan} task={asked} onClose={close} />}
      {asked && asking?.what === 'drop' && <DropTask task={asked} onClose={close} />}
    </div>
  )
} // prettier-ignore

function Card({ plan, task, today, onAsk }: { plan: Plan; task: PlanTask; today: string; onAsk: (what: 'open' | 'assign' | 'drop') => void }) {
  const t = useWords(tasksText)
  const p = useWords(progressText)
  const say = useSay()
  const navigate = useNavigate()
  const runs = plan.mine && plan.state === 'adopted'
  const mayDo = useRight('plans.do') && runs
  const mayWrite = useRight('plans.write') && runs
  const finish = useWrite(planOps.finish_task, { refreshes: ['today'] })
  const reopen = useWrite(planOps.reopen_task, { refreshes: ['today'] })
  const problem = finish.problem ?? reopen.problem
  const year = plan.from_on.slice(0, 4)
  const { mark, words } = taskState(p, task, today)
  const who = whoWords(task, t.language)
  async function done(): Promise<void> {
    const written = await finish.send({ id: task.id, body: { version: task.version, done_on: today, record_id: null } })
    if (written.is !== 'done') return
    toast(t('finished', { title: task.title }), () => void back(written.answer.version))
  }
  async function back(version: number): Promise<void> {
    if ((await reopen.send({ id: task.id, body: { version } })).is === 'done') toast(t('reopened'))
  }
  const items: MenuItem[] = []
  const add = (when: boolean, item: MenuItem) => when && items.push(item)
  add(mayDo && taskCan.finish(task), { key: 'record', label: t('record_it'), onSelect: () => void navigate({ to: paths.record(), search: { kind: task.kind, task: task.id } as never }) }) // prettier-ignore
  add(mayDo && taskCan.finish(task), { key: 'finish', label: t('finish'), onSelect: () => void done() })
  add(mayWrite && taskCan.finish(task), { key: 'assign', label: t('assign'), onSelect: () => onAsk('assign') })
  add(mayWrite && taskCan.drop(task) && !task.issued, { key: 'drop', label: t('drop'), parted: true, onSelect: () => onAsk('drop') }) // prettier-ignore
  add(mayWrite && taskCan.reopen(task), { key: 'reopen', label: t('reopen'), onSelect: () => void back(task.version) })
  return (
    <li className="board-card">
      <div className="board-head">
        <button type="button" className="board-title" onClick={() => onAsk('open')}>
          {task.title}
        </button>
        {items.length > 0 && (
          <Menu className="icbtn" label={t('more', { title: task.title })} items={items}>
            <Icon name="more" size={20} />
          </Menu>
        )}
      </div>
      <p className="small dim">
        {task.festival ? taskWords(task, t.language, year) : monthWords(monthOfTask(task), t.language, year)}
        {who && ` · ${who}`}
      </p>
      <p className="small board-state">
        {task.state === 'dropped' ? (
          <State kind="none">{task.dropped_reason}</State>
        ) : task.state === 'done' && task.done_record_id ? (
          <State kind="done">
            <To to={paths.oneRecord(task.done_record_id)}>{t('evidence')}</To>
          </State>
        ) : task.state === 'done' ? (
          <State kind="done">{task.done_note ?? t('evidence_none')}</State>
        ) : (
          <State kind={mark}>{words}</State>
        )}
        {!who && <State kind="asked">{t('owner_open')}</State>}
      </p>
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
    </li>
  )
} // prettier-ignore
