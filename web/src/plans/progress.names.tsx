// The names behind a number of a plan: who is still owed in a month, who is missing from a goal.
import { useState } from 'react'
import { dueOps, type Rate } from '@nuanyang/contract/plans.due.ts'
import type { PlanDuty, PlanGoal } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { useRemind } from '../today/watch.tsx'
import { Button, Chip, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { indicatorWords } from './plan_words.ts'
import type { Progress } from './progress.tsx'
import { progressText } from './progress.text.ts'

const shownNames = 60

export function CellDialog({
  plan,
  progress,
  duty,
  month: opened,
  onClose,
}: {
  plan: Plan
  progress: Progress
  duty: PlanDuty
  month: string
  onClose: () => void
}) {
  const t = useWords(progressText)
  const say = useSay()
  const [month, setMonth] = useState(opened)
  const mayRemind = useRight('notices.remind')
  const { remind, busy, problem } = useRemind()
  const found = useOp(dueOps.due, { plan_id: plan.id, duty_id: duty.id, month, state: ['due', 'overdue'], limit: shownNames }) // prettier-ignore
  const cells = progress.duties.find(({ duty_id }) => duty_id === duty.id)?.months ?? []
  const cell = cells.find((one) => one.month === month)
  const open = cell ? cell.due + cell.overdue : 0
  const words = { month: t('month_n', { n: Number(month.slice(5)) }), title: duty.title }
  const owners = [...new Set((found.data?.items ?? []).flatMap((item) => item.owners))]
  const names = owners.slice(0, 3).join(t.language === 'zh' ? '、' : ', ')
  return (
    <Dialog
      title={open > 0 ? t('open_title', { ...words, n: open }) : t('done_title', words)}
      onClose={onClose}
      actions={
        mayRemind &&
        open > 0 &&
        month === progress.as_of.slice(0, 7) &&
        owners.length > 0 && (
          <Button busy={busy} onClick={() => void remind({ duty_id: duty.id })}>
            {t('remind', { names })}
          </Button>
        )
      }
    >
      <div className="progress-months" role="group" aria-label={t('months')}>
        {cells.filter((one) => one.owed > 0 && one.month <= progress.as_of.slice(0, 7)).map((one) => (
          <Chip key={one.month} pressed={one.month === month} onClick={() => setMonth(one.month)}>
            {t('month_n', { n: Number(one.month.slice(5)) })}
          </Chip>
        ))}
      </div>
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      {open > 0 && (
        <Loaded of={found} rows={3}>
          {({ items, total, others }) => (
            <>
              <p className="progress-names">
                {[...new Map(items.map((item) => [item.subject_id, item])).values()].map((item) =>
                  item.child_id ? (
                    <To key={item.subject_id} to={paths.child(item.child_id)}>
                      {item.name}
                    </To>
                  ) : (
                    <span key={item.subject_id}>{item.name}</span>
                  ),
                )}
              </p>
              <p className="small dim">
                {listed(
                  [
                    total > items.length + others && t('more', { n: total - items.length - others }),
                    others > 0 && t('others', { n: others }),
                  ],
                  t.language,
                )}
              </p>
              <p className="small">
                {owners.length > 0 ? (
                  <span className="dim">{t('owes', { names })}</span>
                ) : (
                  items.length > 0 && <State kind="asked">{t('owes_nobody')}</State>
                )}
              </p>
            </>
          )}
        </Loaded>
      )}
      {cell && (cell.waived > 0 || cell.late > 0) && (
        <p className="small dim">
          {listed([cell.waived > 0 && t('waived', { n: cell.waived }), cell.late > 0 && t('late', { n: cell.late })], t.language)}
        </p>
      )}
    </Dialog>
  )
} // prettier-ignore

export function GoalDialog({ plan, goal, rate, onClose }: { plan: Plan; goal: PlanGoal; rate: Rate; onClose: () => void }) {
  const t = useWords(progressText)
  const say = useSay()
  const missing = rate.denominator - rate.numerator
  const found = useOp(
    dueOps.rate_children,
    { code: rate.code, unit_id: plan.unit_id, from: rate.from_on, until: rate.until_on, part: 'no', limit: shownNames },
    { when: rate.opens && missing > 0 },
  )
  return (
    <Dialog title={indicatorWords(rate.code, t.language)} onClose={onClose}>
      <p>{goal.text}</p>
      <p className="small dim">
        {t('rate_by', { numerator: rate.numerator, denominator: rate.denominator, day: plainDay(rate.as_of, t.language) })}
      </p>
      <p className="small dim">{say(rate.definition)}</p>
      {rate.unknown > 0 && <p className="small dim">{t('rate_unknown', { n: rate.unknown })}</p>}
      {rate.opens && missing > 0 && (
        <Loaded of={found} rows={3}>
          {({ items }) => (
            <>
              <h3>{t('rate_missing')}</h3>
              <p className="progress-names">
                {items.map((child) => (
                  <To key={child.id} to={paths.child(child.id)}>
                    {child.name}
                  </To>
                ))}
              </p>
              {missing > items.length && <p className="small dim">{t('more', { n: missing - items.length })}</p>}
            </>
          )}
        </Loaded>
      )}
      <p className="small dim">{say(rate.footnote)}</p>
    </Dialog>
  )
} // prettier-ignore
