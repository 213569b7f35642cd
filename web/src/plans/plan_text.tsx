// The plan's text as it came, with what was read from it marked by colour. Not a letter is changed.
import { memo, type ReactNode } from 'react'
import { useWords } from '../ui/language.ts'
import { linesOf, type Entry, type Stretch } from './plan_marks.ts'
import { plansText } from './plans.text.ts'

export const PlanText = memo(function PlanText({
  text,
  entries,
  lit,
  onLight,
  onPick,
}: {
  text: string
  entries: readonly Entry[]
  lit: string | null
  onLight: (id: string | null) => void
  onPick: (id: string) => void
}) {
  return (
    <article className="plan-text">
      {linesOf(text, entries).map((line) => {
        const words = line.stretches.map((each) => (
          <Marked key={each.from} stretch={each} lit={lit} onLight={onLight} onPick={onPick} />
        ))
        if (line.kind === 'title') return <h2 key={line.from}>{words}</h2>
        if (line.kind === 'heading') return <h3 key={line.from}>{words}</h3>
        return <p key={line.from}>{words}</p>
      })}
    </article>
  )
})

function Marked({
  stretch,
  lit,
  onLight,
  onPick,
}: {
  stretch: Stretch
  lit: string | null
  onLight: (id: string | null) => void
  onPick: (id: string) => void
}): ReactNode {
  const t = useWords(plansText)
  const first = stretch.of[0]
  if (!first) return stretch.text
  const on = stretch.of.some(({ item }) => item.id === lit)
  return (
    <mark
      className={`plan-${first.type}${on ? ' lit' : ''}`}
      data-items={stretch.of.map(({ item }) => item.id).join(' ')}
      onPointerEnter={() => onLight(first.item.id)}
      onPointerLeave={() => onLight(null)}
      onClick={() => onPick(first.item.id)}
    >
      {stretch.starts.map((entry) => (
        <sup key={entry.item.id}>{t('tag', { type: t(entry.type), n: entry.n })}</sup>
      ))}
      {stretch.text}
    </mark>
  )
}
