// When it was: today unless somebody says otherwise. 补记 is a tap away, never in the way.
import { useState } from 'react'
import { dayOf, saidDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { Icon } from '../ui/icons.tsx'
import { listed, useWords } from '../ui/language.ts'
import type { RecordForm } from './form.ts'
import { recordsText } from './records.text.ts'

export function WhenRow({ form }: { form: RecordForm }) {
  const t = useWords(recordsText)
  const { value, set } = form
  const [open, setOpen] = useState(false)
  const time = [value.from_time, value.to_time].filter(Boolean).join('–')
  return (
    <>
      <div className="pick">
        <span className="pick-label">{t('when')}</span>
        <button type="button" className="rec-when" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="date">{listed([saidDay(value.happened_on, t.language), time], t.language)}</span>
          <Icon name="down" size={16} />
        </button>
      </div>
      {open && (
        <div className="rec-row rec-when-row">
          <TextInput label={t('day')} kind="date" max={dayOf()} value={value.happened_on} onChange={(day) => set({ happened_on: day || dayOf() })} />
          <TextInput label={t('from_time')} type="time" value={value.from_time} onChange={(from_time) => set({ from_time })} />
          <TextInput label={t('to_time')} type="time" value={value.to_time} onChange={(to_time) => set({ to_time })} />
        </div>
      )}
    </>
  )
} // prettier-ignore
