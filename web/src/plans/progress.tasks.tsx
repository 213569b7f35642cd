// A task of a plan: who does it, when, and what shows that it was done.
import { taskCan, planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { useSay, useWords, type Say } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import { kindWords, responsibleWords } from './plan_words.ts'
import { progressText } from './progress.text.ts'

type Task = Plan['items']['tasks'][number]

export function taskState(t: Say<typeof progressText>, task: Task, today: string): { mark: StateKind; words: string } {
  const day = (on: string) => plainDay(on, t.language, today)
  if (task.state === 'done') return { mark: 'done', words: t('task_done') }
  if (task.state === 'dropped') return { mark: 'none', words: t('task_dropped') }
  if (task.due_until < today) return { mark: 'late', words: t('task_over', { day: day(task.due_until) }) }
  if (task.due_from <= today) return { mark: 'soon', words: t('task_until', { day: day(task.due_until) }) }
  return { mark: 'plain', words: t('task_until', { day: day(task.due_until) }) }
}

export function TaskDialog({ task, mine, onClose }: { task: Task; mine: boolean; onClose: () => void }) {
  const t = useWords(progressText)
  const say = useSay()
  const { today } = useSignedIn()
  const mayDo = useRight('plans.do') && mine
  const mayWrite = useRight('plans.write') && mine
  // Records that were written for it: the newest is its evidence when somebody says that it is done.
  const written = useOp(recordOps.list, { task_id: task.id, limit: 5 }, { when: useRight('records.read') })
  const records = written.data?.items ?? []
  const finish = useWrite(planOps.finish_task, { refreshes: ['today'] })
  const reopen = useWrite(planOps.reopen_task, { refreshes: ['today'] })
  const problem = finish.problem ?? reopen.problem
  const { mark, words } = taskState(t, task, today)
  const done = async (write: Promise<{ is: string }>) => {
    if ((await write).is !== 'done') return
    toast(t('saved'))
    onClose()
  }
  return (
    <Dialog
      title={task.title}
      onClose={onClose}
      actions={
        <>
          {mayWrite && taskCan.reopen(task) && (
            <Button busy={reopen.busy} onClick={() => void done(reopen.send({ id: task.id, body: { version: task.version } }))}>
              {t('reopen')}
            </Button>
          )}
          {mayDo && taskCan.finish(task) && (
            <>
              <Button
                busy={finish.busy}
                onClick={() => void done(finish.send({ id: task.id, body: { version: task.version, done_on: today, record_id: records[0]?.id ?? null } }))}
              >
                {t('finish')}
              </Button>
              <ButtonLink kind="primary" to={paths.record()} search={{ kind: task.kind, task: task.id }}>
                {t('record_it')}
              </ButtonLink>
            </>
          )}
        </>
      }
    >
      <p>
        <State kind={mark}>{words}</State>
      </p>
      <dl className="progress-facts">
        <dt>{t('owner')}</dt>
        <dd>{task.account_name ?? (responsibleWords(task.responsible, t.language) || t('owner_open'))}</dd>
        <dt>{t('when')}</dt>
        <dd className="date">
          {plainDay(task.due_from, t.language, today)}–{plainDay(task.due_until, t.language, today)}
        </dd>
        <dt>{t('evidence')}</dt>
        <dd>
          <Evidence task={task} records={records} />
        </dd>
      </dl>
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
    </Dialog>
  )
} // prettier-ignore

function Evidence({ task, records }: { task: Task; records: readonly RecordRow[] }) {
  const t = useWords(progressText)
  const { today } = useSignedIn()
  if (records.length === 0 && task.done_record_id)
    return <To to={paths.oneRecord(task.done_record_id)}>{t('evidence_record')}</To>
  if (records.length === 0)
    return <>{task.done_note ?? task.dropped_reason ?? <span className="dim">{t('evidence_none')}</span>}</>
  return (
    <>
      {records.map((record) => (
        <p key={record.id}>
          <To to={paths.oneRecord(record.id)}>
            {plainDay(record.happened_on, t.language, today)} {kindWords(record.kind, t.language)}
          </To>
        </p>
      ))}
    </>
  )
}
