// One item that is several, several that are one, and items that rules ask for.
import { useState } from 'react'
import type { PlanDuty, PlanTask } from '@nuanyang/contract/plans.items.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import { newId } from '../kernel/ids.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { Checkbox, TextArea } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { FormDialog, type FormProps } from './item_dialog.tsx'
import { rhythmWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'

export function SplitForm({ of, item, ...rest }: FormProps & { of: 'duty' | 'task'; item: PlanDuty | PlanTask }) {
  const t = useWords(plansText)
  const [text, setText] = useState(item.title.split(/[、，；和]/).join('\n'))
  const [ids] = useState(() => Array.from({ length: 10 }, newId))
  const titles = text.split('\n').map((line) => line.trim()).filter(Boolean).slice(0, 10) // prettier-ignore
  const into = titles.map((title, n) => ({ id: n === 0 ? item.id : ids[n]!, title }))
  return (
    <FormDialog
      {...rest}
      title={t('split')}
      label={t('split_go', { n: into.length })}
      list={into.length < 2 ? null : [{ do: 'split', type: of, id: item.id, into }]}
    >
      <TextArea label={item.title} hint={t('split_help')} value={text} onChange={setText} rows={4} />
    </FormDialog>
  )
}

export function MergeForm({ of, item, ...rest }: FormProps & { of: 'duty' | 'task'; item: PlanDuty | PlanTask }) {
  const t = useWords(plansText)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const others = (of === 'duty' ? rest.plan.items.duties : rest.plan.items.tasks).filter((each) => each.id !== item.id && !each.issued) // prettier-ignore
  return (
    <FormDialog
      {...rest}
      title={t('merge')}
      label={t('merge_go')}
      list={chosen.length === 0 ? null : [{ do: 'merge', type: of, ids: [item.id, ...chosen].slice(0, 10) }]}
    >
      <p className="dim">{t('merge_help', { title: item.title })}</p>
      {others.map((each) => (
        <Checkbox
          key={each.id}
          label={each.title}
          checked={chosen.includes(each.id)}
          onChange={(on) => setChosen(on ? [...chosen, each.id] : chosen.filter((id) => id !== each.id))}
        />
      ))}
    </FormDialog>
  )
}

/** Duties that rules ask for, each with where it is written; those that the plan has already are not offered. */
export function PoliciesForm(props: FormProps) {
  const t = useWords(plansText)
  const found = useOp(planOps.policies, {})
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { plan } = props
  const has = new Set(plan.items.duties.map((each) => each.title))
  const items = (found.data?.items ?? []).filter(
    (each) =>
      !each.ended_on && !has.has(each.title) && (plan.archetype === null || each.archetypes.includes(plan.archetype)),
  )
  const edits = items
    .filter((each) => chosen.includes(each.code))
    .map(({ code: _code, archetypes: _archetypes, ended_on: _ended, ...duty }) => ({
      do: 'add_duty' as const, id: newId(), ...duty, measure_id: null, account_id: null, pauses_in_holidays: false,
    })) // prettier-ignore
  return (
    <FormDialog
      {...props}
      title={t('policies_title')}
      label={t('policies_go', { n: edits.length })}
      list={edits.length === 0 ? null : edits}
    >
      <p className="dim">
        {t('policies_help')} <To to={paths.policies()}>{t('policies_all')}</To>
      </p>
      {items.map((each) => (
        <Checkbox
          key={each.code}
          label={each.title}
          hint={`${rhythmWords(each.rhythm, t.language)} · ${each.source}`}
          checked={chosen.includes(each.code)}
          onChange={(on) => setChosen(on ? [...chosen, each.code] : chosen.filter((code) => code !== each.code))}
        />
      ))}
    </FormDialog>
  )
}
