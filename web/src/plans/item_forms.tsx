// The questions about one item: what it says, and whether it is several or the same as another.
import { useState } from 'react'
import type { PlanDuty, PlanEdit, PlanGoal, PlanMeasure, PlanTask, Rhythm } from '@nuanyang/contract/plans.items.ts'
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
import { FormDialog, type FormProps } from './item_dialog.tsx'
import { MergeForm, PoliciesForm, SplitForm } from './item_more.tsx'
import { monthOfTask, monthWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'
import { RhythmSelect } from './question_card.tsx'

type Item = { type: 'goal'; item: PlanGoal | null } | { type: 'measure'; item: PlanMeasure | null } | { type: 'duty'; item: PlanDuty | null } | { type: 'task'; item: PlanTask | null } // prettier-ignore
export type Asking =
  Item | { type: 'split' | 'merge'; of: 'duty' | 'task'; item: PlanDuty | PlanTask } | { type: 'policies' }

export function ItemDialog({
  asking,
  onAsk,
  ...rest
}: FormProps & { asking: Asking; onAsk: (asking: Asking) => void }) {
  if (asking.type === 'goal') return <GoalForm {...rest} goal={asking.item} />
  if (asking.type === 'measure') return <MeasureForm {...rest} measure={asking.item} />
  if (asking.type === 'duty') return <DutyForm {...rest} duty={asking.item} onAsk={onAsk} />
  if (asking.type === 'task') return <TaskForm {...rest} task={asking.item} onAsk={onAsk} />
  if (asking.type === 'split') return <SplitForm {...rest} of={asking.of} item={asking.item} />
  if (asking.type === 'merge') return <MergeForm {...rest} of={asking.of} item={asking.item} />
  return <PoliciesForm {...rest} />
}

function MeasureForm({ measure, ...rest }: FormProps & { measure: PlanMeasure | null }) {
  const t = useWords(plansText)
  const [path, setPath] = useState(measure?.path ?? '')
  const [title, setTitle] = useState(measure?.title ?? '')
  const [text, setText] = useState(measure?.text ?? '')
  const fields = { path: path.trim(), title: title.trim(), text: text.trim() }
  const ready = fields.path !== '' && fields.title !== ''
  return (
    <FormDialog
      {...rest}
      title={t(measure ? 'change_measure' : 'add_measure')}
      list={
        !ready
          ? null
          : [
              measure
                ? { do: 'change_measure', id: measure.id, to: fields }
                : { do: 'add_measure', id: newId(), ...fields },
            ]
      }
    >
      <TextInput label={t('f_path')} hint={t('f_path_hint')} value={path} onChange={setPath} maxLength={30} />
      <TextInput label={t('f_title')} value={title} onChange={setTitle} maxLength={200} />
      <TextArea label={t('f_measure_text')} value={text} onChange={setText} rows={5} />
    </FormDialog>
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
