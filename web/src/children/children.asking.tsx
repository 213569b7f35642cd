// One condition is asked at a time: a short list answers with one tap, an age with two numbers, a unit by typing its name.
import { useState, type FormEvent } from 'react'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Button, Chip } from '../ui/controls.tsx'
import { plainDay, dayOf } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import type { Address } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { definitionName } from '../definitions/definition_name.ts'
import { childrenText } from './children.text.ts'
import { optionsOf, type FilterKey } from './children.filters.ts'

interface Asking {
  filter: FilterKey
  address: Address
  onUse: (change: Address) => void
  onClose: () => void
}

export function FilterDialog(props: Asking) {
  const { filter, address, onUse, onClose } = props
  const t = useWords(childrenText)
  const options = optionsOf(filter, t.language)
  if (filter === 'age') return <AgeDialog {...props} />
  if (filter === 'definition') return <DefinitionDialog {...props} />
  return (
    <Dialog title={t(`f_${filter}`)} onClose={onClose}>
      {options && (
        <div className="row wrap g8">
          {options.map(({ value, label }) => (
            <Chip key={value} pressed={address[filter] === value} onClick={() => onUse({ [filter]: value })}>
              {label}
            </Chip>
          ))}
        </div>
      )}
      {filter === 'unit_id' && <UnitSearch onUse={onUse} />}
      {filter === 'import_id' && <Rosters chosen={address[filter]} onUse={onUse} />}
    </Dialog>
  )
}

function AgeDialog({ address, onUse, onClose }: Asking) {
  const t = useWords(childrenText)
  const [from, setFrom] = useState(address['age_from'] ?? '')
  const [until, setUntil] = useState(address['age_until'] ?? '')
  const [tried, setTried] = useState(false)
  const fits = (text: string) => text === '' || (/^\d{1,2}$/.test(text) && Number(text) <= 30)
  const good =
    fits(from) && fits(until) && from + until !== '' && (from === '' || until === '' || Number(from) <= Number(until))
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (good) onUse({ age_from: from, age_until: until })
  }
  return (
    <Dialog title={t('f_age')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <div className="ages">
          <TextInput kind="digits" label={t('age_from')} value={from} onChange={setFrom} autoFocus />
          <TextInput kind="digits" label={t('age_until')} value={until} onChange={setUntil} />
        </div>
        {tried && !good && <p className="field-error">{t('age_wrong')}</p>}
        <Button kind="primary" submit>
          {t('use')}
        </Button>
      </form>
    </Dialog>
  )
}

/** Which definition, what it answers, and on which day: today unless told. */
function DefinitionDialog({ address, onUse, onClose }: Asking) {
  const t = useWords(childrenText)
  const list = useOp(definitionOps.list, {})
  const [code, setCode] = useState(address['definition'] ?? 'mca')
  const [answer, setAnswer] = useState(address['answer'] ?? 'yes')
  const [day, setDay] = useState(address['as_of'] ?? dayOf())
  function submit(event: FormEvent): void {
    event.preventDefault()
    onUse({
      definition: code,
      answer: answer === 'yes' ? undefined : answer,
      as_of: day === dayOf() ? undefined : day,
      category: undefined,
    })
  }
  return (
    <Dialog title={t('f_definition')} onClose={onClose}>
      <Loaded of={list} rows={3}>
        {({ items }) => (
          <form className="stack" onSubmit={submit}>
            <div role="group" aria-label={t('definition_which')} className="row wrap g8">
              {items
                .filter((one) => one.in_force)
                .map((one) => (
                  <Chip key={one.id} pressed={one.code === code} onClick={() => setCode(one.code)}>
                    {definitionName(one, t.language)}
                  </Chip>
                ))}
            </div>
            <div role="group" aria-label={t('definition_answer')} className="row wrap g8">
              {(['yes', 'no', 'cannot_say'] as const).map((each) => (
                <Chip key={each} pressed={each === answer} onClick={() => setAnswer(each)}>
                  {t(`answer_${each}`)}
                </Chip>
              ))}
            </div>
            <TextInput kind="date" label={t('definition_on')} value={day} onChange={setDay} />
            <Button kind="primary" submit>
              {t('use')}
            </Button>
          </form>
        )}
      </Loaded>
    </Dialog>
  )
}

function UnitSearch({ onUse }: { onUse: (change: Address) => void }) {
  const t = useWords(childrenText)
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const own = useActiveMembership()
  const found = useOp(unitOps.search, { q, limit: 20, ...(own ? { under: own.unit_id } : {}) }, { keepLast: true })
  return (
    <Combobox
      autoFocus
      label={t('f_unit_id')}
      placeholder={t('find_unit')}
      typed={typed}
      onType={setTyped}
      listLabel={t('found_units')}
      items={(found.data?.items ?? []).map((unit) => ({ id: unit.id, main: unit.label, beside: unit.above_name }))}
      onTake={(unit_id) => onUse({ unit_id })}
      foot={found.data?.items.length === 0 && q ? <span className="dim">{t('no_unit', { q })}</span> : undefined}
    />
  )
}

function Rosters({ chosen, onUse }: { chosen: string | undefined; onUse: (change: Address) => void }) {
  const t = useWords(childrenText)
  const list = useOp(importOps.list, { limit: 20 })
  return (
    <Loaded of={list} rows={3}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="dim">{t('no_imports')}</p>
        ) : (
          <div className="rosters">
            {items.map((each) => (
              <Chip key={each.id} pressed={each.id === chosen} onClick={() => onUse({ import_id: each.id })}>
                <span className="grow rosters-name">{each.file_name}</span>
                <span className="dim small date">{plainDay(dayOf(each.created_at), t.language)}</span>
              </Chip>
            ))}
          </div>
        )
      }
    </Loaded>
  )
}
