// For whom: one child by name, brothers and sisters with one tap, others by typing, a whole group by calling the roll.
import { useState } from 'react'
import { childOps } from '@nuanyang/contract/children.ts'
import { specOf } from '@nuanyang/contract/records.fields.ts'
import { useOp } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { Combobox } from '../ui/combobox.tsx'
import { Checkbox, SearchBox } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import type { Named, RecordForm } from './form.ts'
import { recordsText } from './records.text.ts'

export function ChildrenRow({ form, error }: { form: RecordForm; error: string | undefined }) {
  const t = useWords(recordsText)
  const { value, set } = form
  const spec = specOf(value.kind)
  const [asking, setAsking] = useState<'one' | 'roll' | null>(null)
  const first = value.children[0]
  const siblings = useSiblings(spec.children === 'needed' ? first : undefined)
  if (spec.children === 'none') return null
  const there = new Set(value.children.map((child) => child.id))
  const add = (child: Named) => set({ children: [...value.children, child] })
  const many = value.children.length > 6
  return (
    <div className="rec-kids">
      <div className="row wrap g8">
        {many ? (
          <Button onClick={() => setAsking('roll')}>{t('children_n', { n: value.children.length })}</Button>
        ) : value.children.length === 1 && form.start.children?.length === 1 ? (
          <b>{first!.name}</b>
        ) : (
          value.children.map((child) => (
            <Chip
              key={child.id}
              removes
              aria-label={t('remove', { name: child.name })}
              onClick={() => set({ children: value.children.filter((one) => one.id !== child.id) })}
            >
              {child.name}
            </Chip>
          ))
        )}
        <span className="grow" />
        {siblings
          .filter((one) => !there.has(one.id))
          .map((one) => (
            <Chip key={one.id} icon="plus" onClick={() => add(one)}>
              {t('together', { name: one.name })}
            </Chip>
          ))}
        {value.children.length > 0 && !many && asking !== 'one' && (
          <Chip icon="plus" onClick={() => setAsking('one')}>
            {t('add_child')}
          </Chip>
        )}
        {spec.children === 'optional' && (
          <Chip icon="people" onClick={() => setAsking('roll')}>
            {t('roll')}
          </Chip>
        )}
      </div>
      {(asking === 'one' || (value.children.length === 0 && spec.children === 'needed')) && (
        <ChildFind
          there={there}
          onPick={(child) => {
            add(child)
            setAsking(null)
          }}
        />
      )}
      {error && <ProblemLine>{error}</ProblemLine>}
      {asking === 'roll' && (
        <RollCall
          chosen={value.children}
          onClose={() => setAsking(null)}
          onDone={(children) => {
            // Who came by roll is also how many came, unless somebody has counted otherwise.
            const counted = value.fields['heads_left_behind'] === value.children.length || value.fields['heads_left_behind'] === undefined // prettier-ignore
            const fits = spec.fields.some((field) => field.code === 'heads_left_behind')
            set({ children, ...(fits && counted && children.length ? { fields: { ...value.fields, heads_left_behind: children.length } } : {}) }) // prettier-ignore
            setAsking(null)
          }}
        />
      )}
    </div>
  )
}

/** Brothers and sisters of the child: they are often there. */
function useSiblings(child: Named | undefined): Named[] {
  const file = useOp(childOps.get, { id: child?.id ?? '' }, { when: child !== undefined })
  return file.data?.siblings.map(({ id, name }) => ({ id, name })) ?? []
}

function ChildFind({ there, onPick }: { there: ReadonlySet<string>; onPick: (child: Named) => void }) {
  const t = useWords(recordsText)
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const found = useOp(childOps.list, { q, limit: 8 }, { when: q !== '', keepLast: true })
  const items = q === '' ? [] : (found.data?.items ?? []).filter((child) => !there.has(child.id))
  return (
    <Combobox
      label={t('who')}
      placeholder={t('who_help')}
      listLabel={t('who_list')}
      typed={typed}
      onType={setTyped}
      items={items.map((child) => ({ id: child.id, main: child.name, beside: child.unit_name ?? child.school_name ?? '' }))}
      onTake={(id) => {
        const child = items.find((one) => one.id === id)
        if (child) onPick({ id, name: child.name })
      }}
      autoFocus
      floats
    />
  )
} // prettier-ignore

function RollCall({
  chosen,
  onDone,
  onClose,
}: {
  chosen: readonly Named[]
  onDone: (children: Named[]) => void
  onClose: () => void
}) {
  const t = useWords(recordsText)
  const [ticked, setTicked] = useState(() => new Map(chosen.map((child) => [child.id, child])))
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const found = useOp(childOps.list, { limit: 200, ...(q ? { q } : {}) }, { keepLast: true })
  const put = (children: readonly Named[], on: boolean) =>
    setTicked((before) => {
      const next = new Map(before)
      for (const child of children)
        if (on) next.set(child.id, child)
        else next.delete(child.id)
      return next
    })
  return (
    <Dialog
      title={t('roll_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={() => onDone([...ticked.values()])}>
          {t('roll_done', { n: ticked.size })}
        </Button>
      }
    >
      <SearchBox label={t('who')} placeholder={t('who_help')} value={typed} onSearch={setTyped} />
      <Loaded of={found} rows={6}>
        {({ items }) => {
          const here = items.map(({ id, name }) => ({ id, name }))
          const on = here.filter((child) => ticked.has(child.id)).length
          if (here.length === 0) return <p className="dim">{t('roll_none')}</p>
          return (
            <ul className="rec-roll">
              <li>
                <Checkbox
                  label={t('roll_all')}
                  checked={on === here.length}
                  mixed={on > 0 && on < here.length}
                  onChange={(all) => put(here, all)}
                />
              </li>
              {here.map((child) => (
                <li key={child.id}>
                  <Checkbox
                    label={child.name}
                    checked={ticked.has(child.id)}
                    onChange={(yes) => put([child], yes)}
                  />
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </Dialog>
  )
} // prettier-ignore
