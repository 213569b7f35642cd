// Find a child from anywhere: the first hits while typing, Enter opens the file, the last line leads to the whole list.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { childOps } from '@nuanyang/contract/children.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Combobox } from '../ui/combobox.tsx'
import { To } from '../ui/controls.tsx'
import { listed, useWords } from '../ui/language.ts'
import { useRested } from '../ui/rested.ts'
import { shellText } from './shell.text.ts'

export function Find() {
  const t = useWords(shellText)
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const answer = useOp(childOps.list, { q, limit: 6 }, { when: q !== '', keepLast: true })
  const found = q === '' ? [] : (answer.data?.items ?? [])
  const age = (years: number | null) => (years === null ? '' : t('years_old', { n: years }))
  return (
    <Combobox
      floats
      label={t('find')}
      placeholder={t('find_by')}
      typed={typed}
      onType={setTyped}
      listLabel={t('children')}
      items={found.map((child) => ({
        id: child.id,
        main: child.name,
        beside: listed([age(child.age), child.school_name ?? child.villager_group], t.language),
        end: child.unit_name,
      }))}
      onTake={(id) => {
        setTyped('')
        void navigate({ to: paths.child(id) })
      }}
      foot={
        answer.error && q !== '' ? (
          <To to={paths.children()} search={{ q }}>
            {t('find_there')}
          </To>
        ) : answer.data && q !== '' ? (
          found.length === 0 ? (
            <span className="dim">{t('nobody', { q })}</span>
          ) : (
            <To to={paths.children()} search={{ q }}>
              {t('all_found')}
            </To>
          )
        ) : undefined
      }
    />
  )
}
