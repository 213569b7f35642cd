// Choosing one unit of the county by typing: name, the name above it, or pinyin.
import { useState } from 'react'
import { unitKinds, unitOps, type UnitKind } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useRested } from '../ui/rested.ts'
import { unitsText } from './units.text.ts'

export interface PickedUnit {
  id: string
  label: string
}

export function UnitPick({
  label,
  kinds,
  without,
  under,
  autoFocus,
  floats,
  onPick,
}: {
  label: string
  kinds?: readonly UnitKind[]
  /** Not offered: the unit itself. */
  without?: string
  /** Only this unit and what stands below it. */
  under?: string
  autoFocus?: boolean
  floats?: boolean
  onPick: (unit: PickedUnit | null) => void
}) {
  const t = useWords(unitsText)
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const q = useRested(typed.trim(), 150)
  const answer = useOp(
    unitOps.search,
    { q: chosen ? '' : q, limit: 8, ...(kinds ? { kinds: [...kinds] } : {}), ...(under ? { under } : {}) },
    { keepLast: true, when: !floats || q !== '' },
  )
  const items = chosen || (floats && q === '') ? [] : (answer.data?.items ?? []).filter((unit) => unit.id !== without)
  function take(id: string): void {
    const unit = items.find((one) => one.id === id)
    if (!unit) return
    onPick({ id, label: unit.label })
    if (floats) return setTyped('')
    setChosen(id)
    setTyped(unit.label)
  }
  const box = (
    <Combobox
      label={label}
      placeholder={t('find_example')}
      typed={typed}
      onType={(next) => {
        setTyped(next)
        if (chosen) {
          setChosen(null)
          onPick(null)
        }
      }}
      listLabel={t('found')}
      items={items.map((unit) => ({
        id: unit.id,
        main: unit.label,
        beside: unit.above_name,
        end: say(unitKinds[unit.kind]),
      }))}
      onTake={take}
      autoFocus={autoFocus ?? false}
      floats={floats ?? false}
    />
  )
  // Above the page's list the glass says enough; among other fields it stands under its words like them.
  if (floats) return box
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      {box}
    </div>
  )
}
