// Two questions on top of the list: why a document is withdrawn, and what somebody else's document is had for.
import { useState, type FormEvent } from 'react'
import { documentOps, type IssuedDocument } from '@nuanyang/contract/documents.ts'
import { PurposeChoice, purposeOf, type Purpose } from '../children/purpose.tsx'
import { useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { documentsText } from './documents.text.ts'

export function WithdrawDialog({ document, onClose }: { document: IssuedDocument; onClose: () => void }) {
  const t = useWords(documentsText)
  const say = useSay()
  const write = useWrite(documentOps.withdraw)
  const [reason, setReason] = useState('')
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!reason.trim()) return
    if ((await write.send({ id: document.id, body: { reason: reason.trim() } })).is === 'done') onClose()
  }
  return (
    <Dialog title={t('withdraw_title', { title: document.title })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p className="dim">{t('withdraw_help')}</p>
        <TextInput autoFocus label={t('withdraw_why')} maxLength={200} value={reason} onChange={setReason} />
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
        <Button kind="danger" submit busy={write.busy}>
          {t('withdraw')}
        </Button>
      </form>
    </Dialog>
  )
}

export function WhyDialog({
  document,
  onSaid,
  onClose,
}: {
  document: IssuedDocument
  onSaid: (purpose: string) => void
  onClose: () => void
}) {
  const t = useWords(documentsText)
  const [purpose, setPurpose] = useState<Purpose>({ chosen: null, other: '' })
  const [tried, setTried] = useState(false)
  const words = purposeOf(purpose, (key) => t(key as 'for_report'))
  return (
    <Dialog title={t('purpose_title', { title: document.title })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (words) onSaid(words)
        }}
      >
        <PurposeChoice
          label={t('purpose')}
          hint={t('purpose_help')}
          ready={(['for_report', 'for_check', 'for_meeting'] as const).map((value) => ({ value, label: t(value) }))}
          other={{ option: t('other'), label: t('other_label') }}
          value={purpose}
          onChange={setPurpose}
          error={tried && !words ? t('need_purpose') : undefined}
        />
        <Button kind="primary" submit>
          {t('take')}
        </Button>
      </form>
    </Dialog>
  )
}
