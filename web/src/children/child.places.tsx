// A file enters a unit and leaves it, each on a day.
import { useState, type FormEvent } from 'react'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { childLinks, type ChildLink } from '@nuanyang/contract/roles.ts'
import { unitOps, type UnitKind } from '@nuanyang/contract/units.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Choices, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { childText } from './child.text.ts'
import { linkWords } from './values.text.ts'
import { unitWords } from './words.ts'

/** Which units can be tied how: the server refuses others in words. */
const kindsOf: Readonly<Record<ChildLink, readonly UnitKind[]>> = {
  residence: ['village', 'community'],
  hukou: ['village', 'community'],
  villager_group: ['villager_group'],
  grid: ['grid'],
  class: ['class'],
  partner: ['partner_office'],
  station: ['station'],
}

export function PlaceDialog({ file, onClose }: { file: ChildFile; onClose: () => void }) {
  const t = useWords(childText)
  const say = useSay()
  const own = useActiveMembership()
  const [as, setAs] = useState<ChildLink>('class')
  const [typed, setTyped] = useState('')
  const [unit, setUnit] = useState<{ id: string; label: string } | null>(null)
  const [from, setFrom] = useState(dayOf())
  const [tried, setTried] = useState(false)
  const q = useRested(typed.trim())
  const found = useOp(
    unitOps.search,
    { q, kinds: [...kindsOf[as]], limit: 12, ...(own ? { under: own.unit_id } : {}) },
    { keepLast: true },
  )
  const place = useWrite(childOps.place, { refreshes: ['units'] })
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!unit || !from) return
    const written = await place.send({ id: file.id, body: { unit_id: unit.id, as, from_on: from } })
    if (written.is !== 'done') return
    // A home that another side keeps is asked for: until they agree the child stays where it is.
    const there = written.answer.units.some((one) => one.as === as && one.id === unit.id)
    toast(t(there ? 'placed' : 'place_asked', { unit: unit.label }))
    onClose()
  }
  return (
    <Dialog title={t('place_title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Choices
          required
          label={t('place_as')}
          value={as}
          onChange={(next) => {
            if (!next) return
            setAs(next)
            setUnit(null)
            setTyped('')
          }}
          options={childLinks.map((value) => ({ value, label: linkWords[value][t.language] }))}
        />
        <Combobox
          label={t('place_unit')}
          placeholder={t('place_find')}
          typed={typed}
          onType={(next) => {
            setTyped(next)
            setUnit(null)
          }}
          listLabel={t('place_found')}
          items={
            unit
              ? []
              : (found.data?.items ?? []).map(({ id, label, above_name }) => ({ id, main: label, beside: above_name }))
          }
          onTake={(id) => {
            const taken = found.data?.items.find((each) => each.id === id)
            if (!taken) return
            setUnit(taken)
            setTyped(taken.label)
          }}
          foot={
            !unit && q && found.data?.items.length === 0 ? (
              <span className="dim">{t('place_none', { q })}</span>
            ) : undefined
          }
        />
        <TextInput kind="date" label={t('place_from')} value={from} max={dayOf()} onChange={setFrom} />
        {tried && !unit && <ProblemLine>{t('place_need')}</ProblemLine>}
        {place.problem && <ProblemLine>{say({ zh: place.problem.detail, en: place.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={place.busy}>
          {unit ? t('place_save', { unit: unit.label }) : t('place_add')}
        </Button>
      </form>
    </Dialog>
  )
}

export function LeaveDialog({
  file,
  unit: left,
  onClose,
}: {
  file: ChildFile
  unit: ChildFile['units'][number]
  onClose: () => void
}) {
  const t = useWords(childText)
  const say = useSay()
  const unit = { ...left, name: unitWords(left.name, t.language) }
  const [on, setOn] = useState(dayOf())
  const leave = useWrite(childOps.leave, { refreshes: ['units'] })
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!on) return
    const written = await leave.send({ id: file.id, body: { unit_id: unit.id, as: unit.as, until_on: on } })
    if (written.is !== 'done') return
    toast(t('left', { unit: unit.name }))
    onClose()
  }
  return (
    <Dialog title={t('leave_title', { unit: unit.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('leave_help', { unit: unit.name })}</p>
        <TextInput
          kind="date"
          label={t('leave_on')}
          value={on}
          min={unit.from_on}
          onChange={setOn}
          error={on ? undefined : t('need_day')}
        />
        {leave.problem && <ProblemLine>{say({ zh: leave.problem.detail, en: leave.problem.detail_en })}</ProblemLine>}
        <Button kind="danger" submit busy={leave.busy}>
          {t('leave_title', { unit: unit.name })}
        </Button>
      </form>
    </Dialog>
  )
}
