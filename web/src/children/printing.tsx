// Printing contact cards and exporting lists: one question (what for), then the file. The server writes who, when and why.
import { useState, type FormEvent } from 'react'
import { printOps } from '@nuanyang/contract/prints.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { Button } from '../ui/controls.tsx'
import { Choices } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { PurposeChoice, purposeOf, type Purpose } from './purpose.tsx'
import { printsText } from './prints.text.ts'

export interface Printing {
  what: 'cards' | 'ledger'
  ids: readonly string[]
  /** The child's name, where it is one. */
  name?: string
}

const purposes = {
  cards: ['for_family', 'for_visit', 'for_binder'],
  ledger: ['for_report', 'for_check', 'for_activity'],
} as const

export function PrintDialog({ what, ids, name, onClose }: Printing & { onClose: () => void }) {
  const t = useWords(printsText)
  const say = useSay()
  const [purpose, setPurpose] = useState<Purpose>({ chosen: null, other: '' })
  const [layout, setLayout] = useState<'a6' | 'a5' | 'a4'>(ids.length === 1 ? 'a6' : 'a5')
  const [format, setFormat] = useState<'pdf' | 'docx'>('pdf')
  const [ledger, setLedger] = useState<'village_ledger' | 'school_roster' | 'official_43'>('village_ledger')
  const [unknown, setUnknown] = useState<'blank' | 'words'>('blank')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const words = purposeOf(purpose, (key) => t(key as 'for_family'))

  async function make(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!words) return
    setBusy(true)
    setProblem(null)
    const chosen = { child_ids: [...ids], purpose: words }
    try {
      if (what === 'cards') await download(printOps.contact_cards, { body: { ...chosen, layout, format } })
      else await download(printOps.ledger, { body: { ...chosen, ledger, unknown_as: unknown } })
      toast(t('made'))
      onClose()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const n = ids.length
  const title =
    what === 'ledger' ? t('ledger_title', { n }) : name ? t('card_title', { name }) : t('cards_title', { n })
  const option = <V extends string>(...values: V[]) =>
    values.map((value) => ({ value, label: t(value as unknown as 'a5') }))
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void make(event)}>
        <PurposeChoice
          label={t('purpose')}
          hint={t('purpose_help')}
          ready={option(...purposes[what])}
          other={{ option: t('other'), label: t('other_label') }}
          value={purpose}
          onChange={setPurpose}
          error={tried && !words ? t('need_purpose') : undefined}
        />
        {what === 'cards' ? (
          <>
            {n > 1 && (
              <Choices
                required
                label={t('paper')}
                value={layout}
                onChange={(next) => next && setLayout(next)}
                options={option('a5', 'a4', 'a6')}
              />
            )}
            <Choices
              required
              label={t('format')}
              value={format}
              onChange={(next) => next && setFormat(next)}
              options={option('pdf', 'docx')}
            />
          </>
        ) : (
          <>
            <Choices
              required
              label={t('ledger')}
              value={ledger}
              onChange={(next) => next && setLedger(next)}
              options={option('village_ledger', 'school_roster', 'official_43')}
            />
            <Choices
              required
              label={t('unknown')}
              value={unknown}
              onChange={(next) => next && setUnknown(next)}
              options={option('blank', 'words')}
            />
          </>
        )}
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={busy}>
          {what === 'cards' ? t('make_cards', { n }) : t('make_ledger', { n })}
        </Button>
      </form>
    </Dialog>
  )
}
