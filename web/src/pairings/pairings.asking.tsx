// The two questions about a pairing: who with whom, and why it ends.
import { useState } from 'react'
import {
  endReasons,
  pairingFormCodes,
  pairingForms,
  pairingGoalCodes,
  pairingGoals,
  pairingOps,
  type EndReason,
  type PairingForm,
  type PairingGoal,
} from '@nuanyang/contract/pairings.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Choices, Fold, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { ChildPick, chosenBody, HelperPick, nobodyYet, type Named } from './who.tsx'
import { pairingsText } from './pairings.text.ts'

/** Says it once more with a reason, when the helper is full: the field comes with the refusal. */
export function OverLimit({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  const t = useWords(pairingsText)
  return (
    <TextInput
      label={t('over_limit')}
      hint={t('over_limit_help')}
      value={value}
      onChange={onChange}
      maxLength={200}
      autoFocus
    />
  )
}

export function GoalChips({
  value,
  onChange,
}: {
  value: readonly PairingGoal[]
  onChange: (next: PairingGoal[]) => void
}) {
  const t = useWords(pairingsText)
  const say = useSay()
  return (
    <div className="pick" role="group" aria-label={t('goals')}>
      <span className="pick-label">{t('goals')}</span>
      <div className="pick-row">
        {pairingGoalCodes.map((goal) => (
          <Chip
            key={goal}
            pressed={value.includes(goal)}
            onClick={() => onChange(value.includes(goal) ? value.filter((each) => each !== goal) : [...value, goal])}
          >
            {say(pairingGoals[goal])}
          </Chip>
        ))}
      </div>
    </div>
  )
}

export function NewPairingDialog({ child: given, onClose }: { child: Named | null; onClose: () => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const create = useWrite(pairingOps.create, { refreshes: ['children', 'today', 'helpers'] })
  const [id] = useState(newId)
  const [child, setChild] = useState<Named | null>(given)
  const [choice, setChoice] = useState(nobodyYet)
  const [goals, setGoals] = useState<readonly PairingGoal[]>([])
  const [form, setForm] = useState<PairingForm | null>(null)
  const [measures, setMeasures] = useState('')
  const [contact, setContact] = useState('')
  const [from, setFrom] = useState(dayOf())
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const full = create.problem?.code === 'helper_full'
  const helper = chosenBody(choice)
  const ready = child !== null && helper !== null && from !== ''

  async function make(): Promise<void> {
    if (!child || !helper || !from) return
    const body = {
      id,
      child_id: child.id,
      helper,
      from_on: from,
      ...(goals.length > 0 ? { goals: [...goals] } : {}),
      ...(form ? { form } : {}),
      ...(measures.trim() ? { measures: measures.trim() } : {}),
      ...(contact.trim() ? { contact_how: contact.trim() } : {}),
      ...(until ? { planned_until_on: until } : {}),
      ...(reason.trim() ? { over_limit_reason: reason.trim() } : {}),
    }
    const names = { helper: choice.picked?.name ?? '', child: child.name }
    const written = await create.send({ body }, t('made', names))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('made', names))
    onClose()
  }
  const filled = [form, measures.trim(), contact.trim()].filter(Boolean).length
  return (
    <Dialog
      title={t('new_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={create.busy} disabled={!ready} onClick={() => void make()}>
          {t('pair')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        {given ? (
          <p>
            <b>{given.name}</b>
          </p>
        ) : (
          <ChildPick chosen={child} onPick={setChild} />
        )}
        <HelperPick value={choice} onChange={setChoice} />
        <GoalChips value={goals} onChange={setGoals} />
        <Fold names={t('arrangement')} filled={t('filled', { n: filled })} total={3}>
          <div className="stack">
            <Choices
              label={t('form')}
              value={form}
              onChange={setForm}
              options={pairingFormCodes.map((value) => ({ value, label: say(pairingForms[value]) }))}
            />
            <TextArea
              optional
              label={t('measures')}
              hint={t('measures_help')}
              rows={2}
              maxLength={600}
              value={measures}
              onChange={setMeasures}
            />
            <TextInput
              optional
              label={t('contact_how')}
              hint={t('contact_help')}
              value={contact}
              maxLength={100}
              onChange={setContact}
            />
          </div>
        </Fold>
        <TextInput kind="date" label={t('from_on')} value={from} max={dayOf()} onChange={setFrom} />
        <TextInput kind="date" optional label={t('planned_until')} value={until} onChange={setUntil} />
        {create.problem && (
          <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>
        )}
        {full && <OverLimit value={reason} onChange={setReason} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

/** 学习小帮手: one pupil for another. */
export function NewBuddyDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const create = useWrite(pairingOps.create_buddy, { refreshes: ['children'] })
  const [id] = useState(newId)
  const [child, setChild] = useState<Named | null>(null)
  const [buddy, setBuddy] = useState<Named | null>(null)
  const [until, setUntil] = useState('')
  async function make(): Promise<void> {
    if (!child || !buddy) return
    const names = { helper: buddy.name, child: child.name }
    const body = {
      id,
      child_id: child.id,
      buddy_child_id: buddy.id,
      from_on: dayOf(),
      ...(until ? { planned_until_on: until } : {}),
    }
    const written = await create.send({ body }, t('made', names))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('made', names))
    onClose()
  }
  return (
    <Dialog
      title={t('buddy_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={create.busy} disabled={!child || !buddy} onClick={() => void make()}>
          {t('pair')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <p className="dim">{t('buddy_help')}</p>
        <ChildPick chosen={child} onPick={setChild} />
        <ChildPick chosen={buddy} onPick={setBuddy} label={t('buddy')} />
        <TextInput kind="date" optional label={t('planned_until')} value={until} onChange={setUntil} />
        {create.problem && (
          <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

type Ending = { id: string; helper_name: string; child_name: string; from_on: string; version: number }

/** The others are written by what ends a pairing of itself. */
const chosenReasons: readonly EndReason[] = ['term_over', 'helper_left', 'child_left', 'wish', 'mistake']

export function EndPairing({ pairing, onClose }: { pairing: Ending; onClose: () => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const end = useWrite(pairingOps.end, { refreshes: ['children', 'today', 'helpers'] })
  const [reason, setReason] = useState<EndReason | ''>('')
  const [on, setOn] = useState(dayOf())
  const [note, setNote] = useState('')
  const names = { helper: pairing.helper_name, child: pairing.child_name }
  async function go(): Promise<void> {
    if (reason === '' || !on) return
    const body = { version: pairing.version, on, reason, ...(note.trim() ? { note: note.trim() } : {}) }
    const written = await end.send({ id: pairing.id, body }, t('end_of', names))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('ended'))
    onClose()
  }
  return (
    <Dialog
      title={t('end_of', names)}
      onClose={onClose}
      actions={
        <Button kind="danger" busy={end.busy} disabled={reason === '' || !on} onClick={() => void go()}>
          {t('end')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <p className="dim">{t('end_help', names)}</p>
        <Select
          label={t('reason')}
          value={reason}
          onChange={setReason}
          empty=""
          options={chosenReasons.map((value) => ({ value, label: say(endReasons[value]) }))}
        />
        <TextInput kind="date" label={t('end_on')} value={on} min={pairing.from_on} max={dayOf()} onChange={setOn} />
        <TextInput optional label={t('note')} value={note} onChange={setNote} maxLength={300} />
        {end.problem && <ProblemLine>{say({ zh: end.problem.detail, en: end.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
