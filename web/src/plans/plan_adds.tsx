// What is put into a draft, and what was dropped and can be put back: the same under the text that was read and on the plan's own page.
import type { Plan } from '@nuanyang/contract/plans.ts'
import { useWords } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import type { Asking } from './item_forms.tsx'
import type { Edits } from './plan_edits.ts'
import { plansText } from './plans.text.ts'

export function PlanAdds({ plan, edits, onAsk }: { plan: Plan; edits: Edits; onAsk: (asking: Asking) => void }) {
  const t = useWords(plansText)
  return (
    <div className="plan-adds">
      <Menu
        className="btn btn-outline"
        align="start"
        items={[
          { key: 'goal', label: t('add_goal'), onSelect: () => onAsk({ type: 'goal', item: null }) },
          { key: 'measure', label: t('add_measure'), onSelect: () => onAsk({ type: 'measure', item: null }) },
          { key: 'duty', label: t('add_duty'), onSelect: () => onAsk({ type: 'duty', item: null }) },
          { key: 'task', label: t('add_task'), onSelect: () => onAsk({ type: 'task', item: null }) },
          { key: 'policy', label: t('add_policy'), parted: true, onSelect: () => onAsk({ type: 'policies' }) },
        ]}
      >
        {t('add')}
      </Menu>
      {plan.dropped.length > 0 && (
        <Menu
          className="btn btn-text"
          align="start"
          items={plan.dropped.toReversed().map((each) => ({
            key: each.id,
            label: each.title,
            hint: t('put_back'),
            onSelect: () => void edits.send({ do: 'restore', id: each.id }),
          }))}
        >
          {t('dropped_items', { n: plan.dropped.length })}
        </Menu>
      )}
    </div>
  )
}
