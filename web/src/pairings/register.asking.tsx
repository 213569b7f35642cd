// The two questions about a helper that weigh most: the four items of the law, and leaving.
import { useState } from 'react'
import {
  helperOps,
  vettingItemCodes,
  vettingItems,
  type Helper,
  type VettingItem,
} from '@nuanyang/contract/pairings.register.ts'
import { useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Choices, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { registerText } from './register.text.ts'

type Answer = 'clear' | 'found'

export function VetDialog({ helper, onClose }: { helper: Helper; onClose: () => void }) {
  const t = useWords(registerText)
  const say = useSay()
  const vet = useWrite(helperOps.vet, { refreshes: ['pairings', 'children', 'today'] })
  const [items, setItems] = useState<Partial<Record<VettingItem, Answer>>>({})
  const [on, setOn] = useState(dayOf())
  const [until, setUntil] = useState(() => nextYear(dayOf()))
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const { offences, habits, neglect, other } = items

  async function save(): Promise<void> {
    setTried(true)
    if (!offences || !habits || !neglect || !other) return
    const body = {
      version: helper.version,
      on,
      items: { offences, habits, neglect, other },
      until_on: until || null,
      note: note.trim() || null,
    }
    const written = await vet.send({ id: helper.id, body }, t('vet_title', { name: helper.name }))
    if (written.is === 'refused') return
    const clear = Object.values(body.items).every((answer) => answer === 'clear')
    toast(written.is === 'kept' ? t('kept') : t(clear ? 'vet_done' : 'vet_declined'))
    onClose()
  }
  return (
    <Dialog
      title={t('vet_title', { name: helper.name })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={vet.busy} onClick={() => void save()}>
          {t('save')}
        </Button>
      }
    >
      <div className="stack">
        <p className="dim">{t('vet_law')}</p>
        <div className="stack vet-items">
          {vettingItemCodes.map((item) => (
            <Choices
              key={item}
              required
              label={say(vettingItems[item])}
              value={items[item] ?? null}
              onChange={(answer) => answer && setItems({ ...items, [item]: answer })}
              options={(['clear', 'found'] as const).map((value) => ({ value, label: t(value) }))}
              error={tried && !items[item] ? t('vet_missing') : undefined}
            />
          ))}
        </div>
        <TextInput kind="date" label={t('vet_on')} value={on} max={dayOf()} onChange={setOn} />
        <TextInput kind="date" optional label={t('vet_until')} value={until} min={on} onChange={setUntil} />
        <TextArea
          optional
          label={t('vet_note')}
          hint={t('vet_note_hint')}
          rows={2}
          maxLength={300}
          value={note}
          onChange={setNote}
        />
        {vet.problem && <ProblemLine>{say({ zh: vet.problem.detail, en: vet.problem.detail_en })}</ProblemLine>}
      </div>
    </Dialog>
  )
}

function nextYear(day: string): string {
  // 29 February has no day of its own a year later.
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
}

export function LeaveDialog({ helper, onClose }: { helper: Helper; onClose: () => void }) {
  const t = useWords(registerText)
  const say = useSay()
  const leave = useWrite(helperOps.leave, { refreshes: ['pairings', 'children', 'today'] })
  const [reason, setReason] = useState('')
  async function go(): Promise<void> {
    if (!reason.trim()) return
    const body = { version: helper.version, reason: reason.trim() }
    const written = await leave.send({ id: helper.id, body }, t('leave_title', { name: helper.name }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('left', { n: helper.children }))
    onClose()
  }
  return (
    <Dialog
      title={t('leave_title', { name: helper.name })}
      onClose={onClose}
      actions={
        <Button kind="danger" busy={leave.busy} disabled={!reason.trim()} onClick={() => void go()}>
          {t('leave')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <p className="dim">{t('leave_help', { n: helper.children })}</p>
        <TextInput label={t('leave_reason')} value={reason} onChange={setReason} maxLength={200} />
        {leave.problem && <ProblemLine>{say({ zh: leave.problem.detail, en: leave.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
