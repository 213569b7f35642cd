// What is so: marks, words, bars and masks. None of it can be pressed, except the eye.
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

/** done · soon · late · told (information, draft) · none (not there) · asked · plain (a window without urgency: no mark). */
export type StateKind = 'done' | 'soon' | 'late' | 'told' | 'none' | 'asked' | 'plain'

const marks: Record<Exclude<StateKind, 'plain'>, IconName> = {
  done: 'check',
  soon: 'clock',
  late: 'bang',
  told: 'info',
  none: 'no',
  asked: 'ask',
}

/** State is a mark and a word in its colour, never a box and never the colour alone. */
export function State({ kind, children, title }: { kind: StateKind; children: ReactNode; title?: string | undefined }) {
  return (
    <span className={`st st-${kind}`} title={title}>
      {kind !== 'plain' && <Icon name={marks[kind]} size={16} />}
      <span>{children}</span>
    </span>
  )
}

/** A fact nobody has written down yet: said in words, never an empty cell. */
export function NotCollected() {
  const t = useWords(uiText)
  return <span className="dim">{t('unknown')}</span>
}

/** Drawn dots: a typed one is a full square in Chinese faces. */
export function Dots({ count = 4 }: { count?: number }) {
  const t = useWords(uiText)
  return <span className="dots" role="img" aria-label={t('hidden_part')} style={{ width: `${count * 8}px` }} />
}

/** `138••••1234` with its eye. `value` is the masked text of the server, with any run of • or * for what is left out;
 *  `onOpen` asks for the purpose and opens it. */
export function Masked({
  value,
  onOpen,
  opening,
}: {
  value: string
  onOpen?: (() => void) | undefined
  opening?: boolean
}) {
  const t = useWords(uiText)
  return (
    <span className="masked">
      {value.split(/([•*·]+)/).map((part, at) => (at % 2 ? <Dots key={at} count={Math.min(part.length, 6)} /> : part))}
      {onOpen && (
        <button
          type="button"
          className="masked-eye"
          aria-label={t('show_all')}
          title={t('show_all')}
          aria-busy={opening}
          onClick={onOpen}
        >
          <Icon name="eye" />
        </button>
      )}
    </span>
  )
}

/** The family name, where there is no photo. */
export function Seal({ name, size = 'm' }: { name: string; size?: 's' | 'm' | 'l' }) {
  return (
    <span className={`seal seal-${size}`} aria-hidden="true">
      {String.fromCodePoint(name.codePointAt(0) ?? 0x4eba)}
    </span>
  )
}

/** A bar of progress; `value` 0…1, or null when nobody knows how long. Green once it is full. */
export function ProgressLine({ value, label }: { value: number | null; label: string }) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <span
      className={`bar${percent === 100 ? ' bar-full' : ''}${value === null ? ' bar-open' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <i style={{ width: `${percent ?? 100}%` }} />
    </span>
  )
}

/** How many a helper already has, could have, and would have after this. */
export function LoadDots({ has, adds, limit, label }: { has: number; adds: number; limit: number; label: string }) {
  const kinds = [
    ...Array(has).fill('has'),
    ...Array(adds).fill('adds'),
    ...Array(Math.max(0, limit - has - adds)).fill('free'),
  ]
  return (
    <span className="load" role="img" aria-label={label}>
      {kinds.map((kind, at) => (
        <i key={at} className={`load-${String(kind)}`} />
      ))}
    </span>
  )
}

export interface MarginEntry {
  id: string
  when: ReactNode
  /** Today's entry, or the one that is waiting. */
  now?: boolean
  head: ReactNode
  aside?: ReactNode
  end?: ReactNode
  body?: ReactNode
}

/** The margin rule: a date in the margin, a thin upright line, words to the right. */
export function Margin({ entries, label }: { entries: readonly MarginEntry[]; label: string }) {
  return (
    <ol className="margin" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} className={entry.now ? 'now' : ''}>
          <div className="when">{entry.when}</div>
          <div className="what">
            <div className="what-head">
              <h3>{entry.head}</h3>
              <span className="dim small grow">{entry.aside}</span>
              {entry.end}
            </div>
            {entry.body && <div className="what-body">{entry.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
