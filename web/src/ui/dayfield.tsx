// A day that may be known only to its month or year, as birthdays in rosters are. One line of text is read as people write it
// (2017.8.21, 2017年8月, 20170821), and what was understood is said back.
import { useState } from 'react'
import { plainDay } from './dates.ts'
import { TextInput } from './fields.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

/** `YYYY[-MM[-DD]]` out of what was typed; null when it is no day of the calendar. */
export function readTypedDay(typed: string): string | null {
  const text = typed.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  const run = /^(\d{4})(\d{2})(\d{2})?$/.exec(text)
  const parted = /^(\d{4})(?:[-./年\s]+(\d{1,2})(?:[-./月\s]+(\d{1,2}))?)?[日月年号]?$/.exec(text)
  const [, year, month, day] = run ?? parted ?? []
  if (!year) return null
  const m = Number(month ?? 1)
  const d = Number(day ?? 1)
  const real = new Date(Date.UTC(Number(year), m - 1, d))
  if (real.getUTCMonth() !== m - 1 || real.getUTCDate() !== d) return null
  return [year, month?.padStart(2, '0'), day?.padStart(2, '0')].filter(Boolean).join('-')
}

export function DayField({
  label,
  value,
  onChange,
  error,
  optional,
}: {
  label: string
  /** `YYYY[-MM[-DD]]` or null (未采集). */
  value: string | null
  /** What was understood, and what was typed: a text that is no day is not the same as none. */
  onChange: (value: string | null, typed: string) => void
  error?: string | undefined
  optional?: boolean
}) {
  const t = useWords(uiText)
  const [typed, setTyped] = useState(value ?? '')
  const [left, setLeft] = useState(false)
  const wrong = left && typed.trim() !== '' && readTypedDay(typed) === null
  return (
    <TextInput
      label={label}
      optional={optional ?? false}
      inputMode="decimal"
      placeholder={t('day_example')}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        onChange(readTypedDay(next), next)
      }}
      onBlur={() => setLeft(true)}
      error={wrong ? t('day_wrong') : error}
      hint={value ? <span className="date">{plainDay(value, t.language, '')}</span> : t('day_partly')}
    />
  )
}
