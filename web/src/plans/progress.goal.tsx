// The names behind a goal: who is missing from its rate, which is counted by this plan alone.
import { dueOps, type Rate } from '@nuanyang/contract/plans.due.ts'
import type { PlanGoal } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded } from '../ui/page.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import { indicatorWords } from './plan_words.ts'
import { progressText } from './progress.text.ts'

const shownNames = 60

export function GoalDialog({ plan, goal, rate, onClose }: { plan: Plan; goal: PlanGoal; rate: Rate; onClose: () => void }) {
  const t = useWords(progressText)
  const say = useSay()
  const missing = rate.denominator - rate.numerator
  const keyset = useKeyset(rate.code)
  const found = useOp(
    dueOps.rate_children,
    { code: rate.code, plan_id: plan.id, part: 'no', limit: shownNames, ...(keyset.after ? { after: keyset.after } : {}) },
    { when: rate.opens && missing > 0, keepLast: true },
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
          {({ items, next }) => {
            const before = keyset.page * shownNames
            return (
              <>
                <h3>{t('rate_missing')}</h3>
                <p className="progress-names">
                  {items.map((child) => (
                    <To key={child.id} to={paths.child(child.id)}>
                      {child.name}
                    </To>
                  ))}
                </p>
                <Pager keyset={keyset} next={next} shown={items.length} />
                {!next && missing > before + items.length && <p className="small dim">{t('others', { n: missing - before - items.length })}</p>}
              </>
            )
          }}
        </Loaded>
      )}
      <p className="small dim">{say(rate.footnote)}</p>
    </Dialog>
  )
} // prettier-ignore
