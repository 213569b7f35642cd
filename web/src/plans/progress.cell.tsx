// The names behind a cell of a plan: who is still owed in a month, found by name, reminded, let off; and what was let off, taken back.
import { useState } from 'react'
import { dueOps, type DueItemRow } from '@nuanyang/contract/plans.due.ts'
import type { PlanDuty } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { useRemind } from '../today/watch.tsx'
import { Button, Chip, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { SearchBox } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { State } from '../ui/state.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import type { Progress } from './progress.tsx'
import { progressText } from './progress.text.ts'
import { useLift, WaiveDialog, type Waived } from './waive.tsx'
import { waiveText } from './waive.text.ts'

/** Of a page; more than this and the names are searched. */
const shownNames = 60

interface Props {
  plan: Plan
  progress: Progress
  duty: PlanDuty
  month: string
  onClose: () => void
}

export function CellDialog({ plan, progress, duty, month: opened, onClose }: Props) {
  const t = useWords(progressText)
  const [month, setMonth] = useState(opened)
  const [waiving, setWaiving] = useState<Waived | null>(null)
  const cells = progress.duties.find(({ duty_id }) => duty_id === duty.id)?.months ?? []
  const cell = cells.find((one) => one.month === month)
  const open = cell ? cell.due + cell.overdue : 0
  const words = { month: t('month_n', { n: Number(month.slice(5)) }), title: duty.title }
  // One question at a time: the names come back when this one is answered.
  if (waiving) return <WaiveDialog item={waiving} onClose={() => setWaiving(null)} />
  return (
    <Dialog title={open > 0 ? t('open_title', { ...words, n: open }) : t('done_title', words)} onClose={onClose}>
      <div className="progress-months" role="group" aria-label={t('months')}>
        {cells.filter((one) => one.owed > 0 && one.month <= progress.as_of.slice(0, 7)).map((one) => (
          <Chip key={one.month} pressed={one.month === month} onClick={() => setMonth(one.month)}>
            {t('month_n', { n: Number(one.month.slice(5)) })}
          </Chip>
        ))}
      </div>
      {open > 0 && <Open key={month} plan={plan} progress={progress} duty={duty} month={month} open={open} onWaive={setWaiving} />}
      {cell && cell.late > 0 && <p className="small dim">{t('late', { n: cell.late })}</p>}
      {cell && cell.waived > 0 && <LetOff plan={plan} duty={duty} month={month} n={cell.waived} />}
    </Dialog>
  )
} // prettier-ignore

function Open({ plan, progress, duty, month, open, onWaive }: Omit<Props, 'onClose'> & { open: number; onWaive: (item: Waived) => void }) {
  const t = useWords(progressText)
  const w = useWords(waiveText)
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [choosing, setChoosing] = useState(false)
  const q = useRested(typed.trim())
  const keyset = useKeyset(`${month} ${q}`)
  const mayRemind = useRight('notices.remind')
  const mayWaive = useRight('plans.write') && plan.mine
  const { remind, busy, problem } = useRemind()
  const found = useOp(
    dueOps.due,
    { plan_id: plan.id, duty_id: duty.id, month, state: ['due', 'overdue'], limit: shownNames, ...(q ? { q } : {}), ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true },
  )
  const owners = [...new Set((found.data?.items ?? []).flatMap((item) => item.owners))]
  const names = owners.slice(0, 3).join(t.language === 'zh' ? '、' : ', ')
  const reminds = mayRemind && month === progress.as_of.slice(0, 7) && owners.length > 0
  return (
    <>
      {open > shownNames && <SearchBox label={t('find_name')} placeholder={t('find_name')} value={typed} onSearch={setTyped} />}
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      <Loaded of={found} rows={3}>
        {({ items, next, total, others }) => (
          <>
            {items.length === 0 && <p className="dim">{t('nobody_here')}</p>}
            {choosing ? <Choose items={items} onWaive={onWaive} /> : <Names items={items} />}
            <Pager keyset={keyset} next={next} shown={items.length} total={q ? total : total - others} size={shownNames} />
            {others > 0 && <p className="small dim">{t('others', { n: others })}</p>}
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
      <div className="progress-acts">
        {reminds && (
          <Button busy={busy} onClick={() => void remind({ duty_id: duty.id })}>
            {t('remind', { names })}
          </Button>
        )}
        {mayWaive && (
          <Button kind="text" aria-pressed={choosing} onClick={() => setChoosing(!choosing)}>
            {choosing ? t('names_only') : w('waive')}
          </Button>
        )}
      </div>
    </>
  )
} // prettier-ignore

function Names({ items }: { items: readonly DueItemRow[] }) {
  return (
    <p className="progress-names">
      {[...new Map(items.map((item) => [item.subject_id, item])).values()].map((item) => (
        <Name key={item.subject_id} item={item} />
      ))}
    </p>
  )
}

function Name({ item }: { item: DueItemRow }) {
  return item.child_id ? <To to={paths.child(item.child_id)}>{item.name}</To> : <span>{item.name}</span>
}

const keyOf = (item: DueItemRow) => `${item.subject_id} ${item.period_from} ${item.ordinal}`

function Choose({ items, onWaive }: { items: readonly DueItemRow[]; onWaive: (item: Waived) => void }) {
  const w = useWords(waiveText)
  const day = (on: string) => plainDay(on, w.language)
  return (
    <ul className="lines">
      {items.map((item) => (
        <li key={keyOf(item)}>
          <span className="grow">
            <Name item={item} />
            <small className="date">{w('days', { from: day(item.period_from), until: day(item.period_until) })}</small>
          </span>
          <Button
            kind="text"
            aria-label={`${w('waive')} ${item.name}`}
            onClick={() =>
              onWaive({
                duty_id: item.duty_id,
                subject_type: item.subject_type,
                subject_id: item.subject_id,
                period_from: item.period_from,
                period_until: item.period_until,
                ordinal: item.ordinal,
                name: item.name,
                what: item.title,
              })
            }
          >
            {w('waive')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What was let off in this month, each with its reason. */
function LetOff({ plan, duty, month, n }: { plan: Plan; duty: PlanDuty; month: string; n: number }) {
  const t = useWords(progressText)
  const w = useWords(waiveText)
  const say = useSay()
  const lift = useLift()
  const mayLift = useRight('plans.write') && plan.mine
  const found = useOp(dueOps.due, { plan_id: plan.id, duty_id: duty.id, month, state: ['waived'], limit: shownNames })
  return (
    <section>
      <h3>{t('waived', { n })}</h3>
      {lift.problem && <ProblemLine>{say({ zh: lift.problem.detail, en: lift.problem.detail_en })}</ProblemLine>}
      <Loaded of={found} rows={1}>
        {({ items, others }) => (
          <>
            <ul className="lines">
              {items.map((item) => (
                <li key={keyOf(item)}>
                  <span className="grow">
                    <Name item={item} />
                    {item.waiver && (
                      <small>
                        {w('by', {
                          reason: item.waiver.reason,
                          by: item.waiver.by_name,
                          day: plainDay(item.waiver.on, w.language),
                        })}
                      </small>
                    )}
                  </span>
                  {mayLift && item.waiver && (
                    <Button kind="text" busy={lift.busy} onClick={() => void lift.send(item.waiver!.id)}>
                      {w('lift')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {others > 0 && <p className="small dim">{t('others', { n: others })}</p>}
          </>
        )}
      </Loaded>
    </section>
  )
}
