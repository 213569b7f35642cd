// A place by typing part of it: village, pinyin, initials or code. ↑ ↓ walk the list, Enter takes the lit one.
import { useDeferredValue, useEffect, useId, useState } from 'react'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { SearchBox } from '../ui/fields.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { ErrorState } from '../ui/page.tsx'
import { startText } from './start.text.ts'

const shownAtOnce = 6

export function PlaceSearch({
  levels,
  example,
  chosen,
  onChoose,
  onTake,
}: {
  levels: number[]
  example: string
  chosen: DivisionHit | null
  onChoose: (hit: DivisionHit | null) => void
  /** Enter on the chosen place. */
  onTake: () => void
}) {
  const t = useWords(startText)
  const list = useId()
  const [typed, setTyped] = useState(chosen?.name ?? '')
  const q = useRested(typed.trim(), 120)
  const answer = useOp(
    unitOps.search_divisions,
    { q, levels, limit: shownAtOnce },
    { when: q !== '', keepLast: true, refetchMs: false },
  )
  const preparing = answer.data?.preparing_percent ?? null
  useOp(unitOps.search_divisions, { q, levels, limit: shownAtOnce }, { when: preparing !== null, refetchMs: 1_500 })
  const hits = q === '' ? [] : (answer.data?.hits ?? [])
  const at = hits.findIndex((hit) => hit.code === chosen?.code)
  // The first hit is lit at once: whoever types the right name presses Enter and is done.
  const first = hits[0]
  const lit = useDeferredValue(at)
  useEffect(() => {
    if (first && lit < 0) onChoose(first)
  }, [first, lit, onChoose])

  function walk(step: number): void {
    const next = hits[(at + step + hits.length) % hits.length]
    if (next) onChoose(next)
  }
  const count =
    q === '' || !answer.data
      ? ''
      : answer.data.more
        ? t('found_more', { n: hits.length })
        : t('found', { n: hits.length })
  return (
    <>
      <SearchBox
        big
        autoFocus
        label={t('place_name')}
        placeholder={example}
        value={typed}
        onSearch={(next) => {
          setTyped(next)
          onChoose(null)
        }}
        end={<span className="dim small nowrap desk-only">{count}</span>}
        inputProps={{
          role: 'combobox',
          'aria-expanded': hits.length > 0,
          'aria-controls': list,
          'aria-autocomplete': 'list',
          'aria-activedescendant': at >= 0 ? `${list}-${at}` : undefined,
          onKeyDown: (event) => {
            if (event.nativeEvent.isComposing) return
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
            if (step) {
              event.preventDefault()
              walk(step)
            } else if (event.key === 'Enter' && at >= 0) {
              event.preventDefault()
              onTake()
            }
          },
        }}
      />
      <p className="vh" role="status">
        {count}
      </p>
      {preparing !== null && <p className="dim small">{t('preparing', { n: preparing })}</p>}
      {hits.length > 0 && (
        <ul className="places" role="listbox" id={list} aria-label={t('results')}>
          {hits.map((hit, place) => (
            <li
              key={hit.code}
              id={`${list}-${place}`}
              role="option"
              aria-selected={place === at}
              className={place === at ? 'on' : ''}
              onClick={() => onChoose(hit)}
              onDoubleClick={onTake}
            >
              <b>{hit.name}</b>
              <span className="dim grow">{hit.path_name}</span>
              <span className="dim small desk-only">{hit.code}</span>
              <span className="places-tick">{place === at && <Icon name="check" />}</span>
            </li>
          ))}
        </ul>
      )}
      {q !== '' && answer.data && hits.length === 0 && preparing === null && (
        <p className="dim places-none">{t('found_none', { q })}</p>
      )}
      {answer.error && !answer.data && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
    </>
  )
}

/** The value after it has rested for a moment: one question per pause, not one per key. */
function useRested(value: string, ms: number): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return rested
}
