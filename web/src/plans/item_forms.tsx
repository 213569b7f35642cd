// The questions about one item: what it says, and whether it is several or the same as another.
import { useState, type ReactNode } from 'react'
import type { PlanDuty, PlanEdit, PlanGoal, PlanTask, Rhythm } from '@nuanyang/contract/plans.items.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { festivals, type Festival } from '@nuanyang/domain/values/festivals.ts'
import { indicators, type Indicator } from '@nuanyang/domain/values/indicators.ts'
import { kinds, type Kind } from '@nuanyang/domain/values/kinds.ts'
import { responsibles, type Responsible } from '@nuanyang/domain/values/responsible.ts'
import { subjects, type Subject } from '@nuanyang/domain/values/subjects.ts'
import { newId } from '../kernel/ids.ts'
import { useOp } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { Checkbox, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import type { Edits } from './plan_edits.ts'
import { monthOfTask, monthWords, rhythmWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'
import { RhythmSelect } from './question_card.tsx'

type Item = { type: 'goal'; item: PlanGoal | null } | { type: 'duty'; item: PlanDuty | null } | { type: 'task'; item: PlanTask | null } // prettier-ignore
export type Asking =
  Item | { type: 'split' | 'merge'; of: 'duty' | 'task'; item: PlanDuty | PlanTask } | { type: 'policies' }

interface FormProps {
  plan: Plan
  edits: Edits
  onClose: () => void
}

export function ItemDialog({
  asking,
  onAsk,
  ...rest
}: FormProps & { asking: Asking; onAsk: (asking: Asking) => void }) {
  if (asking.type === 'goal') return <GoalForm {...rest} goal={asking.item} />
  if (asking.type === 'duty') return <DutyForm {...rest} duty={asking.item} onAsk={onAsk} />
  if (asking.type === 'task') return <TaskForm {...rest} task={asking.item} onAsk={onAsk} />
  if (asking.type === 'split') return <SplitForm {...rest} of={asking.of} item={asking.item} />
  if (asking.type === 'merge') return <MergeForm {...rest} of={asking.of} item={asking.item} />
  return <PoliciesForm {...rest} />
}

function FormDialog({
  title,
  edits,
  list,
  label,
  onClose,
  beside,
  children,
}: {
  title: string
  edits: Edits
  /** The edits to send; null while something is missing. */
  list: PlanEdit[] | null
  label?: string
  onClose: () => void
  beside?: ReactNode
  children: ReactNode
}) {
  const t = useWords(plansText)
  const say = useSay()
  async function go(): Promise<void> {
    if (list && (await edits.send(...list))) onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          {beside}
          <Button kind="primary" busy={edits.busy} disabled={!list} onClick={() => void go()}>
            {label ?? t('save')}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        {children}
        {edits.problem && <ProblemLine>{say({ zh: edits.problem.detail, en: edits.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

function GoalForm({ goal, ...rest }: FormProps & { goal: PlanGoal | null }) {
  const t = useWords(plansText)
  const say = useSay()
  const [text, setText] = useState(goal?.text ?? '')
  const [indicator, setIndicator] = useState<Indicator | ''>(goal?.indicator ?? '')
  const [target, setTarget] = useState(goal?.target == null ? '' : String(Math.round(goal.target * 1000) / 10))
  const number = target.trim() === '' ? null : Number(target.replace(/[%％]/g, '')) / 100
  const good = number === null || (Number.isFinite(number) && number >= 0 && number <= 1)
  const fields = { text: text.trim(), indicator: indicator || null, target: number }
  const ready = fields.text !== '' && good
  return (
    <FormDialog
      {...rest}
      title={t(goal ? 'change_goal' : 'add_goal')}
      list={
        !ready
          ? null
          : [goal ? { do: 'change_goal', id: goal.id, to: fields } : { do: 'add_goal', id: newId(), ...fields }]
      }
    >
      <TextInput label={t('f_text')} value={text} onChange={setText} maxLength={500} />
      <Select
        label={t('f_indicator')}
        value={indicator}
        onChange={setIndicator}
        empty={t('f_no_indicator')}
        options={indicators.map((each) => ({ value: each.code, label: say(each) }))}
      />
      <TextInput
        kind="digits"
        optional
        label={t('f_target')}
        hint={t('f_target_hint')}
        value={target}
        onChange={setTarget}
        error={good ? undefined : t('f_target_hint')}
      />
    </FormDialog>
  )
}

function useCommon(plan: Plan, item: PlanDuty | PlanTask | null, kind: Kind) {
  const [title, setTitle] = useState(item?.title ?? '')
  const [code, setCode] = useState<Kind>(item?.kind ?? kind)
  const [responsible, setResponsible] = useState<Responsible | ''>(item?.responsible ?? '')
  const [account, setAccount] = useState(item?.account_id ?? '')
  const [measure, setMeasure] = useState(item?.measure_id ?? '')
  const people = useOp(planOps.people, { id: plan.id })
  return {
    title, setTitle, code, setCode, responsible, setResponsible, account, setAccount, measure, setMeasure,
    people: people.data?.items ?? [],
    fields: { title: title.trim(), kind: code, responsible: responsible || null, account_id: account || null, measure_id: measure || null },
  } // prettier-ignore
}

function CommonFields({ of, plan }: { of: ReturnType<typeof useCommon>; plan: Plan }) {
  const t = useWords(plansText)
  const say = useSay()
  return (
    <>
      <Select
        label={t('f_who')}
        value={of.responsible}
        onChange={of.setResponsible}
        empty={t('f_nobody')}
        options={responsibles.map((each) => ({ value: each.code, label: say(each) }))}
      />
      {of.people.length > 0 && (
        <Select
          label={t('f_person')}
          value={of.account}
          onChange={of.setAccount}
          empty={t('f_no_person')}
          options={of.people.map((each) => ({ value: each.account_id, label: `${each.name} · ${each.unit_name}` }))}
        />
      )}
      {plan.items.measures.length > 0 && (
        <Select
          label={t('f_measure')}
          value={of.measure}
          onChange={of.setMeasure}
          empty={t('f_no_measure')}
          options={plan.items.measures.map((each) => ({
            value: each.id,
            label: `${each.path} ${each.title}`.slice(0, 40),
          }))}
        />
      )}
    </>
  )
}

export function DutyFieldset({
  of,
  plan,
  subject,
  setSubject,
  rhythm,
  setRhythm,
  pauses,
  setPauses,
}: {
  of: ReturnType<typeof useCommon>
  plan: Plan
  subject: Subject
  setSubject: (subject: Subject) => void
  rhythm: Rhythm
  setRhythm: (rhythm: Rhythm) => void
  pauses: boolean
  setPauses: (pauses: boolean) => void
}) {
  const t = useWords(plansText)
  const say = useSay()
  return (
    <>
      <TextInput label={t('f_title')} value={of.title} onChange={of.setTitle} maxLength={200} />
      <div className="plan-two">
        <Select
          label={t('f_kind')}
          value={of.code}
          onChange={of.setCode}
          options={kinds.map((each) => ({ value: each.code, label: say(each) }))}
        />
        <RhythmSelect value={rhythm} onChange={setRhythm} />
      </div>
      <Select
        label={t('f_subject')}
        value={subject}
        onChange={setSubject}
        options={subjects.map((each) => ({ value: each.code, label: say(each) }))}
      />
      <CommonFields of={of} plan={plan} />
      <Checkbox label={t('f_pauses')} checked={pauses} onChange={setPauses} />
    </>
  )
}

/** What a duty says, as a form holds it. */
export function useDutyForm(plan: Plan, duty: PlanDuty | null) {
  const of = useCommon(plan, duty, 'talk')
  const [subject, setSubject] = useState<Subject>(duty?.subject ?? 'each_child')
  const [rhythm, setRhythm] = useState<Rhythm>(duty?.rhythm ?? { every: 'month', count: 1 })
  const [pauses, setPauses] = useState(duty?.pauses_in_holidays ?? false)
  return {
    props: { of, plan, subject, setSubject, rhythm, setRhythm, pauses, setPauses },
    fields: { ...of.fields, subject, rhythm, pauses_in_holidays: pauses },
  }
}

function DutyForm({ duty, onAsk, ...rest }: FormProps & { duty: PlanDuty | null; onAsk: (asking: Asking) => void }) {
  const t = useWords(plansText)
  const { props, fields } = useDutyForm(rest.plan, duty)
  // What came from above may only be given to somebody: the other fields are not sent, so they can't be refused.
  const sent = duty?.issued ? { responsible: fields.responsible, account_id: fields.account_id } : fields
  return (
    <FormDialog
      {...rest}
      title={t(duty ? 'change_duty' : 'add_duty')}
      list={
        fields.title === ''
          ? null
          : [duty ? { do: 'change_duty', id: duty.id, to: sent } : { do: 'add_duty', id: newId(), ...fields }]
      }
      beside={duty && !duty.issued && <SplitMerge of="duty" item={duty} plan={rest.plan} onAsk={onAsk} />}
    >
      <DutyFieldset {...props} />
    </FormDialog>
  )
}

function SplitMerge({
  of,
  item,
  plan,
  onAsk,
}: {
  of: 'duty' | 'task'
  item: PlanDuty | PlanTask
  plan: Plan
  onAsk: (asking: Asking) => void
}) {
  const t = useWords(plansText)
  const others = (of === 'duty' ? plan.items.duties : plan.items.tasks).length > 1
  return (
    <>
      <Button kind="text" onClick={() => onAsk({ type: 'split', of, item })}>
        {t('split')}
      </Button>
      {others && (
        <Button kind="text" onClick={() => onAsk({ type: 'merge', of, item })}>
          {t('merge')}
        </Button>
      )}
    </>
  )
}

function TaskForm({ task, onAsk, ...rest }: FormProps & { task: PlanTask | null; onAsk: (asking: Asking) => void }) {
  const t = useWords(plansText)
  const say = useSay()
  const { plan } = rest
  const of = useCommon(plan, task, 'activity')
  const [month, setMonth] = useState(task ? monthOfTask(task) : plan.from_on.slice(0, 7))
  const [festival, setFestival] = useState<Festival | ''>(task?.festival ?? '')
  const [duty, setDuty] = useState(task?.duty_id ?? '')
  const fields = { ...of.fields, month, festival: festival || null }
  const months = monthsOf(plan)
  const said = months.includes(month) ? months : [month, ...months]
  // A festival's own month may lie outside the plan; it is sent only when it was changed.
  const { month: _month, ...rest_ } = fields
  const same = task && monthOfTask(task) === month && task.festival === (festival || null)
  const change = task?.issued
    ? { responsible: fields.responsible, account_id: fields.account_id }
    : same
      ? rest_
      : fields
  const [fresh] = useState(newId)
  const id = task?.id ?? fresh
  const list: PlanEdit[] | null =
    fields.title === ''
      ? null
      : [
          task ? { do: 'change_task', id, to: change } : { do: 'add_task', id, ...fields },
          ...((task?.duty_id ?? '') === duty ? [] : [{ do: 'link' as const, task_id: id, duty_id: duty || null }]),
        ]
  return (
    <FormDialog
      {...rest}
      title={t(task ? 'change_task' : 'add_task')}
      list={list}
      beside={task && !task.issued && <SplitMerge of="task" item={task} plan={plan} onAsk={onAsk} />}
    >
      <TextInput label={t('f_title')} value={of.title} onChange={of.setTitle} maxLength={200} />
      <Select
        label={t('f_kind')}
        value={of.code}
        onChange={of.setCode}
        options={kinds.map((each) => ({ value: each.code, label: say(each) }))}
      />
      <div className="plan-two">
        <Select
          label={t('f_month')}
          value={month}
          onChange={setMonth}
          options={said.map((each) => ({ value: each, label: monthWords(each, t.language, plan.from_on.slice(0, 4)) }))}
        />
        <Select
          label={t('f_festival')}
          value={festival}
          onChange={setFestival}
          empty={t('f_no_festival')}
          options={festivals.map((each) => ({ value: each.code, label: say(each) }))}
        />
      </div>
      <CommonFields of={of} plan={plan} />
      {plan.items.duties.length > 0 && (
        <Select
          label={t('f_same_as')}
          value={duty}
          onChange={setDuty}
          empty={t('f_not_same')}
          options={plan.items.duties.map((each) => ({ value: each.id, label: each.title }))}
        />
      )}
    </FormDialog>
  )
}

export function monthsOf(plan: Pick<Plan, 'from_on' | 'until_on'>): string[] {
  const months: string[] = []
  let [year, month] = plan.from_on.slice(0, 7).split('-').map(Number) as [number, number]
  const last = plan.until_on.slice(0, 7)
  for (let n = 0; n < 40; n++) {
    const text = `${year}-${String(month).padStart(2, '0')}`
    if (text > last) break
    months.push(text)
    ;[year, month] = month === 12 ? [year + 1, 1] : [year, month + 1]
  }
  return months
}

function SplitForm({ of, item, ...rest }: FormProps & { of: 'duty' | 'task'; item: PlanDuty | PlanTask }) {
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

function MergeForm({ of, item, ...rest }: FormProps & { of: 'duty' | 'task'; item: PlanDuty | PlanTask }) {
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
function PoliciesForm(props: FormProps) {
  const t = useWords(plansText)
  const found = useOp(planOps.policies, {})
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { plan } = props
  const has = new Set(plan.items.duties.map((each) => each.title))
  const items = (found.data?.items ?? []).filter(
    (each) => !has.has(each.title) && (plan.archetype === null || each.archetypes.includes(plan.archetype)),
  )
  const edits = items
    .filter((each) => chosen.includes(each.code))
    .map(({ code: _code, archetypes: _archetypes, ...duty }) => ({
      do: 'add_duty' as const, id: newId(), ...duty, measure_id: null, account_id: null, pauses_in_holidays: false,
    })) // prettier-ignore
  return (
    <FormDialog
      {...props}
      title={t('policies_title')}
      label={t('policies_go', { n: edits.length })}
      list={edits.length === 0 ? null : edits}
    >
      <p className="dim">{t('policies_help')}</p>
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
