// A place by typing part of it: village, pinyin, initials or code.
import { useEffect, useState } from 'react'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { useWords } from '../ui/language.ts'
import { ErrorState } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
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
  const [typed, setTyped] = useState(chosen?.name ?? '')
  const q = useRested(typed.trim(), 120)
  const answer = useOp(
    unitOps.search_divisions,
    { q, levels, limit: shownAtOnce },
    // While the list is being loaded for the first time, what is found grows by itself.
    { when: q !== '', keepLast: true, again: (data) => (data && data.preparing_percent !== null ? 1_500 : false) },
  )
  const percent = answer.data?.preparing_percent ?? null
  const hits = q === '' ? [] : (answer.data?.hits ?? [])
  const first = hits[0]
  const lost = !hits.some((hit) => hit.code === chosen?.code)
  useEffect(() => {
    if (first && lost) onChoose(first)
  }, [first, lost, onChoose])

  const key = answer.data?.more ? 'found_more' : 'found'
  return (
    <>
      <Combobox
        big
        autoFocus
        label={t('place_name')}
        placeholder={example}
        typed={typed}
        onType={(next) => {
          setTyped(next)
          onChoose(null)
        }}
        listLabel={t('results')}
        items={hits.map((hit) => ({ id: hit.code, main: hit.name, beside: hit.path_name, end: hit.code }))}
        chosen={chosen?.code ?? null}
        onChoose={(code) => onChoose(hits.find((hit) => hit.code === code) ?? null)}
        onTake={onTake}
        count={q === '' || !answer.data ? '' : t(key, { n: hits.length })}
      />
      {percent !== null && <p className="dim small">{t('preparing', { n: percent })}</p>}
      {q !== '' && answer.data && hits.length === 0 && percent === null && (
        <p className="dim places-none">{t('found_none', { q })}</p>
      )}
      {answer.error && !answer.data && <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />}
    </>
  )
}
