// Written for a task of a plan: is the task done with it? What was written is then its evidence.
import { useEffect } from 'react'
import { planOps, taskCan } from '@nuanyang/contract/plans.ts'
import type { RecordRow } from '@nuanyang/contract/records.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { tasksText } from '../plans/tasks.text.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'

/** Whoever may not say so, and a task that is done already, are not asked. */
export function TaskDone({ id, record, onAnswered }: { id: string; record: RecordRow; onAnswered: () => void }) {
  const t = useWords(tasksText)
  const say = useSay()
  const mayDo = useRight('plans.do')
  const found = useOp(planOps.task, { id }, { fresh: true, when: mayDo })
  const finish = useWrite(planOps.finish_task, { refreshes: ['today'] })
  const task = found.data
  const passes = !mayDo || found.error !== null || (task !== undefined && !taskCan.finish(task))
  useEffect(() => {
    if (passes) onAnswered()
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is known that there is nothing to ask
  }, [passes])
  if (passes || !task) return null
  async function done(version: number, title: string): Promise<void> {
    const body = { version, done_on: record.happened_on, record_id: record.id }
    if ((await finish.send({ id, body })).is !== 'done') return
    toast(t('finished', { title }))
    onAnswered()
  }
  return (
    <Dialog
      title={t('is_done', { title: task.title })}
      onClose={onAnswered}
      actions={
        <>
          <Button onClick={onAnswered}>{t('not_yet')}</Button>
          <Button kind="primary" busy={finish.busy} onClick={() => void done(task.version, task.title)}>
            {t('finish')}
          </Button>
        </>
      }
    >
      <p className="dim">{t('is_done_help')}</p>
      {finish.problem && <ProblemLine>{say({ zh: finish.problem.detail, en: finish.problem.detail_en })}</ProblemLine>}
    </Dialog>
  )
}
