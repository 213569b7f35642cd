// Tables and the network of care: which one, what for, in which format. The server writes who, when and why.
import { useState } from 'react'
import { pairingPaperOps, pairingSheets, type PairingSheet } from '@nuanyang/contract/pairings.papers.ts'
import { PurposeChoice, purposeOf, type Purpose } from '../children/purpose.tsx'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { Button } from '../ui/controls.tsx'
import { Choices } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { pairingsText } from './pairings.text.ts'

export type Paper = PairingSheet | 'network'
export const papers: readonly Paper[] = ['network', ...(Object.keys(pairingSheets) as PairingSheet[])]

export function usePaperName(): (paper: Paper) => string {
  const t = useWords(pairingsText)
  const say = useSay()
  return (paper) => (paper === 'network' ? t('network') : say(pairingSheets[paper]))
}

export function PaperDialog({ paper, onClose }: { paper: Paper; onClose: () => void }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const nameOf = usePaperName()
  const [purpose, setPurpose] = useState<Purpose>({ chosen: null, other: '' })
  const [format, setFormat] = useState<'xlsx' | 'pdf' | 'docx'>('xlsx')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const words = purposeOf(purpose, (key) => t(key as 'for_report'))

  async function make(): Promise<void> {
    setTried(true)
    if (!words) return
    setBusy(true)
    setProblem(null)
    try {
      if (paper === 'network') await download(pairingPaperOps.network, { body: { purpose: words } })
      else await download(pairingPaperOps.sheet, { body: { which: paper, purpose: words, format } })
      toast(t('paper_made'))
      onClose()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={nameOf(paper)}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={busy} onClick={() => void make()}>
          {t('paper_make')}
        </Button>
      }
    >
      <div className="stack">
        <PurposeChoice
          label={t('purpose')}
          hint={t('purpose_help')}
          ready={(['for_report', 'for_meeting', 'for_binder'] as const).map((value) => ({ value, label: t(value) }))}
          other={{ option: t('purpose_other'), label: t('purpose_words') }}
          value={purpose}
          onChange={setPurpose}
          error={tried && !words ? t('purpose_needed') : undefined}
        />
        {paper !== 'network' && (
          <Choices
            required
            label={t('format')}
            value={format}
            onChange={(next) => next && setFormat(next)}
            options={[
              { value: 'xlsx', label: 'Excel' },
              { value: 'pdf', label: 'PDF' },
              { value: 'docx', label: 'Word' },
            ]}
          />
        )}
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      </div>
    </Dialog>
  )
}

/** The pledge letter of one pairing needs no purpose: it is one. */
export async function printLetter(id: string, format: 'pdf' | 'docx', say: ReturnType<typeof useSay>): Promise<void> {
  try {
    await download(pairingPaperOps.letter, { id, body: { format } })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast(say({ zh: error.detail, en: error.detail_en }))
  }
}
