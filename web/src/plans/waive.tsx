// 免做: one item let off, with the reason; taken back by 撤销 right away, or later where the item is listed.
import { useState } from 'react'
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import type { WebInput } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { waiveText } from './waive.text.ts'

export interface Waived extends Omit<WebInput<typeof dueOps.waive>['body'], 'id' | 'reason'> {
  /** The child's, or the unit's. */
  name: string
  what: string
  period_until: string
}

const usual = ['why_ill', 'why_away', 'why_with_parents', 'why_school'] as const

export function WaiveDialog({ item, onClose }: { item: Waived; onClose: () => void }) {
  const t = useWords(waiveText)
  const say = useSay()
  const waive = useWrite(dueOps.waive, { refreshes: ['today'] })
  const lift = useLift()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [id] = useState(newId)
  const { name, what, period_until, ...key } = item
  const ready = reason.trim() !== ''
  async function go(): Promise<void> {
    setTried(true)
    if (!ready) return
    const written = await waive.send({ body: { id, ...key, reason: reason.trim() } }, t('waive_one', { what }))
    if (written.is === 'refused') return
    toast(t('done', { name }), () => void lift.send(id))
    onClose()
  }
  const day = (on: string) => plainDay(on, t.language)
  return (
    <Dialog
      title={t('title')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={waive.busy} onClick={() => void go()}>
          {t('waive')}
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
        <p>
          <b>{t('about', { name, what })}</b>
          <br />
          <span className="small dim">{t('days', { from: day(item.period_from), until: day(period_until) })}</span>
        </p>
        <div className="row wrap g8" role="group" aria-label={t('why')}>
          {usual.map((each) => (
            <Chip key={each} pressed={reason === t(each)} onClick={() => setReason(t(each))}>
              {t(each)}
            </Chip>
          ))}
        </div>
        <TextInput
          label={t('why')}
          value={reason}
          onChange={setReason}
          maxLength={300}
          error={tried && !ready ? t('why_first') : undefined}
        />
        <p className="small dim">{t('help')}</p>
        {waive.problem && <ProblemLine>{say({ zh: waive.problem.detail, en: waive.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

/** Takes a waiver back: the item is owed as before. */
export function useLift() {
  const t = useWords(waiveText)
  const lift = useWrite(dueOps.lift_waiver, { refreshes: ['today'] })
  return {
    busy: lift.busy,
    problem: lift.problem,
    send: async (id: string): Promise<void> => {
      if ((await lift.send({ id, body: {} }, t('lift'))).is !== 'refused') toast(t('lifted'))
    },
  }
}
