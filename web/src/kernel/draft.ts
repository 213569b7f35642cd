// What is being written, kept while it is written: a closed window, a flat battery or a call loses no sentence. Kept per person
// in this browser, for seven days, and forgotten when it is sent. On a shared computer nothing is kept.
import { useEffect, useRef, useState } from 'react'
import { recall, remember } from '../ui/remember.ts'
import { lastSignedIn } from './session.ts'

const keptMs = 7 * 86_400_000

interface Draft {
  at: number
  value: unknown
}

function nameOf(key: string): string {
  return `draft.${lastSignedIn()?.account.id ?? ''}.${key}`
}

function read<T>(key: string): T | undefined {
  const stored = recall(nameOf(key))
  if (!stored) return undefined
  try {
    const { at, value } = JSON.parse(stored) as Draft
    return Date.now() - at < keptMs ? (value as T) : undefined
  } catch {
    return undefined
  }
}

function keep(key: string, value: unknown): void {
  remember(nameOf(key), JSON.stringify({ at: Date.now(), value } satisfies Draft))
}

/** There nothing is kept, so a form must ask before it is left. */
export function onSharedComputer(): boolean {
  return recall('shared_computer') === 'yes'
}

/** A form's value that survives its window. `key` names the form and what it is about: `record.talk.<child>`.
 *  `kept` is true once what is shown has been kept; `forget` after it was sent or given up. */
export function useDraft<T>(
  key: string,
  empty: T,
): { value: T; set: (value: T) => void; kept: boolean; forget: () => void } {
  const [value, setValue] = useState<T>(() => read<T>(key) ?? empty)
  // What was read back is kept already.
  const [kept, setKept] = useState(() => read<T>(key) !== undefined)
  const changed = useRef(false)
  useEffect(() => {
    if (!changed.current || onSharedComputer()) return
    const timer = setTimeout(() => {
      // Sent meanwhile: what was forgotten must not be kept again.
      if (!changed.current) return
      keep(key, value)
      setKept(true)
    }, 400)
    return () => clearTimeout(timer)
  }, [key, value])
  // Whoever leaves faster than that loses nothing either.
  const latest = useRef({ key, value })
  useEffect(() => {
    latest.current = { key, value }
  }, [key, value])
  useEffect(
    () => () => {
      if (changed.current && !onSharedComputer()) keep(latest.current.key, latest.current.value)
    },
    [key],
  )
  return {
    value,
    set: (next) => {
      changed.current = true
      setKept(false)
      setValue(next)
    },
    kept,
    forget: () => {
      changed.current = false
      remember(nameOf(key), null)
    },
  }
}
