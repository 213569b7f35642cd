// The questions about one task of a plan that runs: who and when, why it is dropped, and a new one.
import { useState, type ReactNode } from 'react'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import type { PlanTask } from '@nuanyang/contract/plans.items.ts'
import { kinds, type Kind } from '@nuanyang/domain/values/kinds.ts'
import { responsibles, type Responsible } from '@nuanyang/domain/values/responsible.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { tasksText } from './tasks.text.ts'

function Ask({
  title,
  label,
  missing,
  busy,
  problem,
  danger,
  go,
  onClose,
  children,
}: {
  title: string
  label: string
  /** What has to be said first; null: nothing. */
  missing: string | null
  busy: boolean
  problem: { detail: string; detail_en: string } | null
  danger?: boolean
  go: () => Promise<boolean>
  onClose: () => void
  children: ReactNode
}) {
  const say = useSay()
  const [tried, setTried] = useState(false)
  const send = async () => {
    setTried(true)
    if (missing === null && (await go())) onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void send()}>
          {label}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {children}
        {tried && missing !== null && <ProblemLine>{missing}</ProblemLine>}
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

/** Who does it and when, as a form holds it. */
function useOwner(plan: Plan, task: PlanTask | null) {
  const [responsible, setResponsible] = useState<Responsible | ''>(task?.responsible ?? '')
  const [account, setAccount] = useState(task?.account_id ?? '')
  const today = dayOf()
  const begin = today < plan.from_on ? plan.from_on : today > plan.until_on ? plan.until_on : today
  const [from, setFrom] = useState(task?.due_from ?? begin)
  const [until, setUntil] = useState(task?.due_until ?? plan.until_on)
  const good = from !== '' && until !== '' && from <= until
  return {
    responsible, setResponsible, account, setAccount, from, setFrom, until, setUntil, good,
    fields: { responsible: responsible || null, account_id: account || null, due_from: from, due_until: until },
  } // prettier-ignore
}

function OwnerFields({ of, plan }: { of: ReturnType<typeof useOwner>; plan: Plan }) {
  const t = useWords(tasksText)
  const say = useSay()
  const people = useOp(planOps.people, { id: plan.id })
  return (
    <>
      <Select
        label={t('who')}
        value={of.responsible}
        onChange={of.setResponsible}
        empty={t('who_open')}
        options={responsibles.map((each) => ({ value: each.code, label: say(each) }))}
      />
      {people.data && people.data.items.length > 0 && (
        <Select
          label={t('person')}
          value={of.account}
          onChange={of.setAccount}
          empty={t('no_person')}
          options={people.data.items.map((each) => ({
            value: each.account_id,
            label: `${each.name} · ${each.unit_name}`,
          }))}
        />
      )}
      <div className="plan-two">
        <TextInput kind="date" label={t('from')} value={of.from} onChange={of.setFrom} />
        <TextInput
          kind="date"
          label={t('until')}
          value={of.until}
          onChange={of.setUntil}
          error={of.from && of.until && of.until < of.from ? t('days_wrong') : undefined}
        />
      </div>
    </>
  )
}

export function AssignTask({ plan, task, onClose }: { plan: Plan; task: PlanTask; onClose: () => void }) {
  const t = useWords(tasksText)
  const assign = useWrite(planOps.assign_task, { refreshes: ['today'] })
  const of = useOwner(plan, task)
  return (
    <Ask
      title={task.title}
      label={t('save')}
      missing={of.good ? null : t('days_wrong')}
      busy={assign.busy}
      problem={assign.problem}
      onClose={onClose}
      go={async () => {
        const written = await assign.send({ id: task.id, body: { version: task.version, ...of.fields } })
        if (written.is === 'done') toast(t('saved'))
        return written.is === 'done'
      }}
    >
      <OwnerFields of={of} plan={plan} />
    </Ask>
  )
}

export function DropTask({ task, onClose }: { task: PlanTask; onClose: () => void }) {
  const t = useWords(tasksText)
  const drop = useWrite(planOps.drop_task, { refreshes: ['today'] })
  const [reason, setReason] = useState('')
  return (
    <Ask
      danger
      title={t('drop_title', { title: task.title })}
      label={t('drop')}
      missing={reason.trim() === '' ? t('why_first') : null}
      busy={drop.busy}
      problem={drop.problem}
      onClose={onClose}
      go={async () =>
        (await drop.send({ id: task.id, body: { version: task.version, reason: reason.trim() } })).is === 'done'
      }
    >
      <p className="dim">{t('drop_help')}</p>
      <TextInput label={t('drop_why')} value={reason} onChange={setReason} maxLength={300} />
    </Ask>
  )
}

export function AddTask({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useWords(tasksText)
  const say = useSay()
  const add = useWrite(planOps.add_tasks, { refreshes: ['today'] })
  const [id] = useState(newId)
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<Kind>('activity')
  const of = useOwner(plan, null)
  return (
    <Ask
      title={t('add')}
      label={t('save')}
      missing={title.trim() === '' ? t('title_first') : of.good ? null : t('days_wrong')}
      busy={add.busy}
      problem={add.problem}
      onClose={onClose}
      go={async () => {
        const task = { id, title: title.trim(), kind, ...of.fields }
        return (await add.send({ body: { plan_id: plan.id, record_id: null, tasks: [task] } })).is === 'done'
      }}
    >
      <TextInput autoFocus label={t('title')} value={title} onChange={setTitle} maxLength={200} />
      <Select
        label={t('kind')}
        value={kind}
        onChange={setKind}
        options={kinds.map((each) => ({ value: each.code, label: say(each) }))}
      />
      <OwnerFields of={of} plan={plan} />
    </Ask>
  )
}
