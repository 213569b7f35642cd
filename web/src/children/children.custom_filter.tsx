// A condition over one of the county's own fields, asked as the field is filled in: one of its words, yes or no, two ends, or some words.
import { useState, type FormEvent } from 'react'
import type { CustomField } from '@nuanyang/contract/custom_fields.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { TextInput } from '../ui/fields.tsx'
import type { Address } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { keysOf } from './children.filters.ts'
import { childrenText } from './children.text.ts'

export function CustomFilterDialog({
  field,
  address,
  onUse,
  onClose,
}: {
  field: CustomField
  address: Address
  onUse: (change: Address) => void
  onClose: () => void
}) {
  const t = useWords(childrenText)
  const now = address['custom'] === field.code ? address : {}
  /** One field at a time: another condition takes the place of the one that stood there. */
  const use = (asked: Address) =>
    onUse({ ...Object.fromEntries(keysOf('custom').map((key) => [key, undefined])), custom: field.code, ...asked })
  const words =
    field.type === 'yes_no'
      ? (['true', 'false'] as const).map((value) => ({ value, label: t(`custom_${value}`) }))
      : field.options.map((value) => ({ value, label: value }))
  return (
    <Dialog title={field.name} onClose={onClose}>
      <div className="stack">
        <div className="row wrap g8">
          {words.map(({ value, label }) => (
            <Chip key={value} pressed={now['custom_value'] === value} onClick={() => use({ custom_value: value })}>
              {label}
            </Chip>
          ))}
          <Chip pressed={now['custom_unknown'] !== undefined} onClick={() => use({ custom_unknown: 'yes' })}>
            {t('not_collected')}
          </Chip>
          <Chip
            pressed={
              now['custom'] !== undefined && Object.keys(now).filter((key) => key.startsWith('custom_')).length === 0
            }
            onClick={() => use({})}
          >
            {t('custom_filled')}
          </Chip>
        </div>
        {(field.type === 'number' || field.type === 'day') && <Ends day={field.type === 'day'} now={now} onUse={use} />}
        {(field.type === 'text' || field.type === 'long_text') && <Contains now={now} onUse={use} />}
      </div>
    </Dialog>
  )
}

interface Part {
  now: Address
  onUse: (asked: Address) => void
}

function Ends({ day, now, onUse }: Part & { day: boolean }) {
  const t = useWords(childrenText)
  const [from, setFrom] = useState(now['custom_from'] ?? '')
  const [until, setUntil] = useState(now['custom_until'] ?? '')
  const [tried, setTried] = useState(false)
  const fits = (text: string) => text === '' || (day ? /^\d{4}-\d{2}-\d{2}$/ : /^-?\d{1,15}(\.\d{1,6})?$/).test(text)
  const ordered = from === '' || until === '' || (day ? from <= until : Number(from) <= Number(until))
  const good = fits(from) && fits(until) && from + until !== '' && ordered
  function submit(event: FormEvent): void {
    event.preventDefault()
    setTried(true)
    if (good) onUse({ custom_from: from, custom_until: until })
  }
  const kind = day ? ({ kind: 'date' } as const) : ({ inputMode: 'decimal' } as const)
  return (
    <form className="stack" onSubmit={submit}>
      <div className="ages">
        <TextInput {...kind} label={t('custom_least')} value={from} onChange={setFrom} />
        <TextInput {...kind} label={t('custom_most')} value={until} onChange={setUntil} />
      </div>
      {tried && !good && <p className="field-error">{t('custom_wrong')}</p>}
      <Button kind="primary" submit>
        {t('use')}
      </Button>
    </form>
  )
}

function Contains({ now, onUse }: Part) {
  const t = useWords(childrenText)
  const [words, setWords] = useState(now['custom_value'] ?? '')
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (words.trim()) onUse({ custom_value: words.trim() })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextInput label={t('custom_contains')} maxLength={60} value={words} onChange={setWords} />
      <Button kind="primary" submit>
        {t('use')}
      </Button>
    </form>
  )
}
