// Choosing who: a child by name, and a helper from the register or by name, who then becomes one.
import { useState } from 'react'
import { childOps } from '@nuanyang/contract/children.ts'
import type { Static } from '@nuanyang/contract/kernel.ts'
import { helperKindCodes, helperKinds, type ChosenHelper, type HelperKind } from '@nuanyang/contract/pairings.ts'
import { helperOps } from '@nuanyang/contract/pairings.register.ts'
import { useOp } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Checkbox, Select, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { useRested } from '../ui/rested.ts'
import { kindWords } from './register.words.tsx'
import { pairingsText } from './pairings.text.ts'

export type Named = { id: string; name: string }
export type PickedHelper = { helper_id: string; name: string } | { name: string; isNew: true }

export function ChildPick({
  chosen,
  onPick,
  label,
}: {
  chosen: Named | null
  onPick: (child: Named | null) => void
  label?: string
}) {
  const t = useWords(pairingsText)
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const found = useOp(childOps.list, { q, limit: 6 }, { keepLast: true, when: !chosen && q !== '' })
  const items = chosen || q === '' ? [] : (found.data?.items ?? [])
  return (
    <div>
      <p className="field-label">{label ?? t('child')}</p>
      <Combobox
        label={label ?? t('child')}
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
function HelperSearch({
  chosen,
  onPick,
}: {
  chosen: PickedHelper | null
  onPick: (helper: PickedHelper | null) => void
}) {
  const t = useWords(pairingsText)
  const say = useSay()
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const found = useOp(helperOps.list, { ...(q ? { q } : {}), limit: 8 }, { keepLast: true, when: !chosen })
  const known = (found.data?.items ?? []).slice(0, 6)
  const items = chosen
    ? []
    : [
        ...known.map((each) => ({
          id: each.id,
          main: each.name,
          beside: listed(
            [kindWords(each, say), each.villager_group, each.state !== 'ready' && t('not_vetted')],
            t.language,
          ),
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

export interface HelperChoice {
  picked: PickedHelper | null
  kind: HelperKind | ''
  phone: string
  vetted: boolean
}
export const nobodyYet: HelperChoice = { picked: null, kind: '', phone: '', vetted: false }

/** What the choice says to the server; null while something is missing. */
export function chosenBody({ picked, kind, phone, vetted }: HelperChoice): Static<typeof ChosenHelper> | null {
  if (!picked) return null
  if ('helper_id' in picked) return { helper_id: picked.helper_id }
  const digits = phone.replaceAll(/[\s-]/g, '')
  if (kind === '' || !/^(\d{3,16})?$/.test(digits)) return null
  return { name: picked.name, kind, vetted, ...(digits ? { phone: digits } : {}) }
}

/** The helper's field, with what a new one needs. */
export function HelperPick({ value, onChange }: { value: HelperChoice; onChange: (next: HelperChoice) => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const set = (patch: Partial<HelperChoice>) => onChange({ ...value, ...patch })
  const isNew = value.picked !== null && 'isNew' in value.picked
  const goodPhone = /^(\d{3,16})?$/.test(value.phone.replaceAll(/[\s-]/g, ''))
  return (
    <>
      <HelperSearch chosen={value.picked} onPick={(picked) => set({ picked })} />
      {isNew && (
        <>
          <Select
            label={t('kind')}
            value={value.kind}
            onChange={(kind) => set({ kind })}
            empty=""
            options={helperKindCodes.map((code) => ({ value: code, label: say(helperKinds[code]) }))}
          />
          <TextInput
            kind="phone"
            optional
            label={t('phone')}
            value={value.phone}
            onChange={(phone) => set({ phone })}
            error={goodPhone ? undefined : t('phone_wrong')}
          />
          <Checkbox
            label={t('vetting')}
            hint={t('vetting_help')}
            checked={value.vetted}
            onChange={(vetted) => set({ vetted })}
          />
        </>
      )}
    </>
  )
}
