// The questions of a plan's life: adopting with its numbers, closing, withdrawing, and changing a duty from a day on.
import { useState, type ReactNode } from 'react'
import type { PlanDuty } from '@nuanyang/contract/plans.items.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { DutyFieldset, useDutyForm } from './item_forms.tsx'
import { plansText } from './plans.text.ts'

export type LifeAsking =
  | { type: 'adopt' }
  | { type: 'close' }
  | { type: 'withdraw' }
  | { type: 'change'; duty: PlanDuty }
  | { type: 'stop'; duty: PlanDuty }

interface Props {
  plan: Plan
  onClose: () => void
}

export function LifeDialog({ asking, ...props }: Props & { asking: LifeAsking }) {
  if (asking.type === 'adopt') return <Adopt {...props} />
  if (asking.type === 'close') return <Close {...props} />
  if (asking.type === 'withdraw') return <Withdraw {...props} />
  if (asking.type === 'change') return <Change {...props} duty={asking.duty} />
  return <Stop {...props} duty={asking.duty} />
}

function Ask({
  title,
  go,
  label,
  busy,
  ready,
  danger,
  problem,
  onClose,
  children,
}: {
  title: string
  go: () => Promise<boolean>
  label: string
  busy: boolean
  ready: boolean
  danger?: boolean
  problem: { detail: string; detail_en: string } | null
  onClose: () => void
  children: ReactNode
}) {
  const say = useSay()
  const send = async () => {
    if (ready && (await go())) onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={() => void send()}>
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
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

function Adopt({ plan, onClose }: Props) {
  const t = useWords(plansText)
  const say = useSay()
  const found = useOp(planOps.adoption, { id: plan.id })
  const adopt = useWrite(planOps.adopt, { refreshes: ['today'] })
  const [on, setOn] = useState(dayOf())
  const definition = (code: string) =>
    t(code === 'mca' ? 'definition_mca' : code === 'moe' ? 'definition_moe' : 'definition_own')
  const hindered = (found.data?.hindrances.length ?? 1) > 0
  return (
    <Ask
      title={t('adopt_title')}
      label={t('adopt')}
      busy={adopt.busy}
      ready={!hindered && on !== ''}
      problem={adopt.problem}
      onClose={onClose}
      go={async () => {
        const written = await adopt.send({ id: plan.id, body: { version: plan.version, adopted_on: on } })
        if (written.is === 'done') toast(t('adopted', { day: plainDay(on, t.language) }))
        return written.is === 'done'
      }}
    >
      <Loaded of={found} rows={3}>
        {({ members, hindrances }) =>
          hindrances.length > 0 ? (
            <>
              <p>{t('adopt_hindered')}</p>
              <ul className="plan-hindrances">
                {hindrances.map((each) => (
                  <li key={each.code + (each.item_id ?? '')}>
                    <State kind="asked">{say(each)}</State>
                  </li>
                ))}
              </ul>
              <div>
                <ButtonLink to={paths.planCheck(plan.id)}>{t('go_settle')}</ButtonLink>
              </div>
            </>
          ) : (
            <>
              <p>
                {t('adopt_count', {
                  definition: definition(members.definition),
                  members: members.members,
                  registered: members.registered,
                })}
              </p>
              {members.cannot_say > 0 && <p>{t('adopt_cannot_say', { n: members.cannot_say })}</p>}
              {members.members + members.cannot_say === 0 && (
                <p className="plan-wrap">
                  <State kind="soon">{t('adopt_none')}</State>
                </p>
              )}
              <p className="dim">{t('adopt_after')}</p>
              <TextInput kind="date" label={t('adopt_day')} value={on} max={dayOf()} onChange={setOn} />
            </>
          )
        }
      </Loaded>
    </Ask>
  )
}

function Close({ plan, onClose }: Props) {
  const t = useWords(plansText)
  const close = useWrite(planOps.close, { refreshes: ['today'] })
  const today = dayOf()
  const [on, setOn] = useState(plan.until_on < today ? plan.until_on : today)
  return (
    <Ask
      title={t('close_title')}
      label={t('close_go')}
      busy={close.busy}
      ready={on !== ''}
      problem={close.problem}
      onClose={onClose}
      go={async () => (await close.send({ id: plan.id, body: { version: plan.version, closed_on: on } })).is === 'done'}
    >
      <p className="dim">{t('close_help')}</p>
      <TextInput kind="date" label={t('close_day')} value={on} max={today} onChange={setOn} />
    </Ask>
  )
}

function Withdraw({ plan, onClose }: Props) {
  const t = useWords(plansText)
  const withdraw = useWrite(planOps.withdraw, { refreshes: ['today'] })
  const [reason, setReason] = useState('')
  return (
    <Ask
      danger
      title={t('withdraw_title')}
      label={t('withdraw')}
      busy={withdraw.busy}
      ready={reason.trim() !== ''}
      problem={withdraw.problem}
      onClose={onClose}
      go={async () =>
        (await withdraw.send({ id: plan.id, body: { version: plan.version, reason: reason.trim() } })).is === 'done'
      }
    >
      <p className="dim">{t('withdraw_help')}</p>
      {plan.state === 'adopted' && <p className="dim">{t('withdraw_adopted')}</p>}
      <TextInput label={t('reason')} value={reason} onChange={setReason} maxLength={300} />
    </Ask>
  )
}

function Change({ plan, duty, onClose }: Props & { duty: PlanDuty }) {
  const t = useWords(plansText)
  const change = useWrite(planOps.change_duty, { refreshes: ['today'] })
  const { props, fields } = useDutyForm(plan, duty)
  const [id] = useState(newId)
  const [from, setFrom] = useState(dayOf())
  const [reason, setReason] = useState('')
  return (
    <Ask
      title={t('change_title', { title: duty.title })}
      label={t('save')}
      busy={change.busy}
      ready={from !== '' && reason.trim() !== '' && fields.title !== ''}
      problem={change.problem}
      onClose={onClose}
      go={async () => {
        const body = { version: plan.version, id, duty_id: duty.id, from_on: from, reason: reason.trim(), to: fields }
        return (await change.send({ id: plan.id, body })).is === 'done'
      }}
    >
      <p className="dim">{t('change_help')}</p>
      <TextInput kind="date" label={t('change_day')} value={from} onChange={setFrom} />
      <TextInput label={t('reason')} value={reason} onChange={setReason} maxLength={300} />
      <DutyFieldset {...props} />
    </Ask>
  )
}

function Stop({ plan, duty, onClose }: Props & { duty: PlanDuty }) {
  const t = useWords(plansText)
  const stop = useWrite(planOps.stop_duty, { refreshes: ['today'] })
  const [until, setUntil] = useState(dayOf())
  const [reason, setReason] = useState('')
  return (
    <Ask
      danger
      title={t('stop_title', { title: duty.title })}
      label={t('stop')}
      busy={stop.busy}
      ready={until !== '' && reason.trim() !== ''}
      problem={stop.problem}
      onClose={onClose}
      go={async () => {
        const body = { version: plan.version, duty_id: duty.id, until_on: until, reason: reason.trim() }
        return (await stop.send({ id: plan.id, body })).is === 'done'
      }}
    >
      <p className="dim">{t('change_help')}</p>
      <TextInput kind="date" label={t('stop_day')} value={until} onChange={setUntil} />
      <TextInput label={t('reason')} value={reason} onChange={setReason} maxLength={300} />
    </Ask>
  )
}
