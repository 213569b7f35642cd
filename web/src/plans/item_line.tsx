// One item as a line: its tag, what it is, what it asks for, and what can be done with it.
import type { PlanGoal } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords, type Say } from '../ui/language.ts'
import { State } from '../ui/state.tsx'
import type { Entry } from './plan_marks.ts'
import { goalName, kindWords, rhythmWords, shareWords, subjectWords, taskWords, whoWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'

const sources: Partial<Record<string, 'from_dossier' | 'from_pairings' | 'from_schooling'>> = {
  dossier_rate: 'from_dossier',
  pairing_rate: 'from_pairings',
  enrolment_rate: 'from_schooling',
  retention_rate: 'from_schooling',
}

export function goalWords(goal: PlanGoal, t: Say<typeof plansText>): string {
  const from = goal.indicator ? t(sources[goal.indicator] ?? 'from_records') : t('goal_no_indicator')
  return t('goal_target', { share: goal.target === null ? t('goal_no_target') : shareWords(goal.target), from })
}

/** The second line: how often, who, for whom. */
export function entryWords(entry: Entry, plan: Plan, t: Say<typeof plansText>): string {
  const as = t.language
  const comma = as === 'zh' ? '，' : ', '
  if (entry.type === 'goal') return goalWords(entry.item, t)
  const who = whoWords(entry.item, as)
  if (entry.type === 'task')
    return [taskWords(entry.item, as, plan.from_on.slice(0, 4)), kindWords(entry.item.kind, as), who]
      .filter(Boolean)
      .join(comma)
  const subject = subjectWords(entry.item.subject, as)
  return [rhythmWords(entry.item.rhythm, as), who ? t('for_subject', { who, subject }) : subject].join(comma)
}

export function Tag({ entry }: { entry: Pick<Entry, 'type' | 'n'> }) {
  const t = useWords(plansText)
  return <span className={`plan-tag plan-${entry.type}`}>{t('tag', { type: t(entry.type), n: entry.n })}</span>
}

export function ItemLine({
  entry,
  plan,
  lit,
  asked,
  onLight,
  onFind,
  onAsk,
  onEdit,
  onDrop,
}: {
  entry: Entry
  plan: Plan
  lit: boolean
  /** What is still open about it: how often, or who. */
  asked: 'rhythm' | 'who' | null
  onLight: (id: string | null) => void
  onFind: () => void
  onAsk: () => void
  onEdit: () => void
  onDrop: () => void
}) {
  const t = useWords(plansText)
  const { item } = entry
  const name = entry.type === 'goal' ? goalName(entry.item, t.language) : 'title' in item ? item.title : ''
  return (
    <li
      className={`plan-item${lit ? ' lit' : ''}`}
      id={`item-${item.id}`}
      onPointerEnter={() => onLight(item.id)}
      onPointerLeave={() => onLight(null)}
      onFocus={() => onLight(item.id)}
      onBlur={() => onLight(null)}
    >
      {item.span ? (
        <button type="button" className="plan-find" onClick={onFind} title={item.quote ?? undefined}>
          <Tag entry={entry} />
        </button>
      ) : (
        <Tag entry={entry} />
      )}
      <div className="grow">
        <h3>{name}</h3>
        <p className="small dim">
          {entryWords(entry, plan, t)}
          {entry.type === 'duty' && entry.item.source && <span className="plan-source"> · {entry.item.source}</span>}
        </p>
      </div>
      {item.issued && <State kind="told">{t('issued_item')}</State>}
      {asked && (
        <button type="button" className="plan-open" onClick={onAsk}>
          <Icon name="ask" size={16} /> {t(asked === 'rhythm' ? 'ask_rhythm' : 'ask_who')}
        </button>
      )}
      <span className="plan-acts">
        <IconButton icon="pencil" size={18} label={`${t('edit')} ${name}`} onClick={onEdit} />
        {!item.issued && <IconButton icon="close" size={18} label={`${t('drop')} ${name}`} onClick={onDrop} />}
      </span>
    </li>
  )
}
