// The two questions about a pairing: who with whom, and why it ends.
import { useState } from 'react'
import { childOps } from '@nuanyang/contract/children.ts'
import {
  endReasons,
  helperKinds,
  pairingOps,
  type HelperKind,
  type NewPairing,
  type Pairing,
} from '@nuanyang/contract/pairings.ts'
import type { Static } from '@nuanyang/contract/kernel.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Checkbox, Select, TextInput } from '../ui/fields.tsx'
import { Chip } from '../ui/controls.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { pairingsText } from './pairings.text.ts'

const goalCodes = ['study', 'life', 'mind', 'safety'] as const
type Goal = (typeof goalCodes)[number]
type Named = { id: string; name: string }
type Helper = { helper_id: string; name: string } | { name: string; isNew: true }

const kindOptions = (say: ReturnType<typeof useSay>) =>
  (Object.keys(helperKinds) as HelperKind[]).map((value) => ({ value, label: say(helperKinds[value]) }))

export function NewPairingDialog({ child: given, onClose }: { child: Named | null; onClose: () => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const create = useWrite(pairingOps.create, { refreshes: ['children', 'today'] })
  const [id] = useState(newId)
  const [child, setChild] = useState<Named | null>(given)
  const [helper, setHelper] = useState<Helper | null>(null)
  const [kind, setKind] = useState<HelperKind | ''>('')
  const [phone, setPhone] = useState('')
  const [vetted, setVetted] = useState(false)
  const [goals, setGoals] = useState<readonly Goal[]>([])
  const [from, setFrom] = useState(dayOf())
  const [until, setUntil] = useState('')
  const digits = phone.replaceAll(/[\s-]/g, '')
  const goodPhone = digits === '' || /^\d{3,16}$/.test(digits)
  const isNew = helper !== null && 'isNew' in helper
  const ready = child !== null && helper !== null && from !== '' && goodPhone && (!isNew || kind !== '')

  async function make(): Promise<void> {
    if (!child || !helper || !ready) return
    const body: Static<typeof NewPairing> = {
      id,
      child_id: child.id,
      helper:
        'helper_id' in helper
          ? { helper_id: helper.helper_id }
          : { name: helper.name, kind: kind as HelperKind, vetted, ...(digits ? { phone: digits } : {}) },
      from_on: from,
      ...(goals.length > 0 ? { goals: [...goals] } : {}),
      ...(until ? { planned_until_on: until } : {}),
    }
    const written = await create.send({ body }, t('made', { helper: helper.name, child: child.name }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('made', { helper: helper.name, child: child.name }))
    onClose()
  }
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
        <HelperPick chosen={helper} onPick={setHelper} />
        {isNew && (
          <>
            <Select label={t('kind')} value={kind} onChange={setKind} options={kindOptions(say)} empty="" />
            <TextInput
              kind="phone"
              optional
              label={t('phone')}
              value={phone}
              onChange={setPhone}
              error={goodPhone ? undefined : t('phone_wrong')}
            />
            <Checkbox label={t('vetting')} hint={t('vetting_help')} checked={vetted} onChange={setVetted} />
          </>
        )}
        <div className="pick" role="group" aria-label={t('goals')}>
          <span className="pick-label">{t('goals')}</span>
          <div className="pick-row">
            {goalCodes.map((goal) => (
              <Chip
                key={goal}
                pressed={goals.includes(goal)}
                onClick={() =>
                  setGoals(goals.includes(goal) ? goals.filter((each) => each !== goal) : [...goals, goal])
                }
              >
                {t(`goal_${goal}`)}
              </Chip>
            ))}
          </div>
        </div>
        <TextInput kind="date" label={t('from_on')} value={from} max={dayOf()} onChange={setFrom} />
        <TextInput kind="date" optional label={t('planned_until')} value={until} onChange={setUntil} />
        {create.problem && (
          <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

function ChildPick({ chosen, onPick }: { chosen: Named | null; onPick: (child: Named | null) => void }) {
  const t = useWords(pairingsText)
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const found = useOp(childOps.list, { q, limit: 6 }, { keepLast: true, when: !chosen && q !== '' })
  const items = chosen || q === '' ? [] : (found.data?.items ?? [])
  return (
    <div>
      <p className="field-label">{t('child')}</p>
      <Combobox
        label={t('child')}
        placeholder={t('find_child')}
        typed={typed}
        onType={(next) => {
          setTyped(next)
          if (chosen) onPick(null)
        }}
        listLabel={t('children_found')}
        items={items.map((each) => ({
          id: each.id,
          main: each.name,
          beside: listed([each.carer_name, each.villager_group], t.language),
          end: each.unit_name,
        }))}
        onTake={(id) => {
          const taken = items.find((each) => each.id === id)
          if (!taken) return
          onPick({ id, name: taken.name })
          setTyped(taken.name)
        }}
      />
    </div>
  )
}

const newOne = 'new'

/** Somebody registered, with the load; or whoever was typed, as a new helper. */
function HelperPick({ chosen, onPick }: { chosen: Helper | null; onPick: (helper: Helper | null) => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const found = useOp(pairingOps.helpers, q ? { q } : {}, { keepLast: true, when: !chosen })
  const known = (found.data?.items ?? []).slice(0, 6)
  const items = chosen
    ? []
    : [
        ...known.map((each) => ({
          id: each.id,
          main: each.name,
          beside: listed([say(helperKinds[each.kind]), !each.vetted && t('not_vetted')], t.language),
          end: t('load', { n: each.children, most: each.max_children }),
        })),
        ...(q !== '' && !known.some((each) => each.name === q)
          ? [{ id: newOne, main: t('new_helper', { name: q }) }]
          : []),
      ]
  return (
    <div>
      <p className="field-label">{t('helper')}</p>
      <Combobox
        label={t('helper')}
        placeholder={t('find_helper')}
        typed={typed}
        onType={(next) => {
          setTyped(next)
          if (chosen) onPick(null)
        }}
        listLabel={t('helpers_found')}
        items={items}
        onTake={(id) => {
          const taken = known.find((each) => each.id === id)
          if (taken) {
            onPick({ helper_id: taken.id, name: taken.name })
            setTyped(taken.name)
          } else if (id === newOne) onPick({ name: typed.trim(), isNew: true })
        }}
      />
    </div>
  )
}

export function EndPairing({ pairing, onClose }: { pairing: Pairing; onClose: () => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const end = useWrite(pairingOps.end, { refreshes: ['children', 'today'] })
  const [reason, setReason] = useState<keyof typeof endReasons | ''>('')
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
          options={(Object.keys(endReasons) as (keyof typeof endReasons)[]).map((value) => ({
            value,
            label: say(endReasons[value]),
          }))}
        />
        <TextInput kind="date" label={t('end_on')} value={on} min={pairing.from_on} max={dayOf()} onChange={setOn} />
        <TextInput optional label={t('note')} value={note} onChange={setNote} maxLength={300} />
        {end.problem && <ProblemLine>{say({ zh: end.problem.detail, en: end.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
