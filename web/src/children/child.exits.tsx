// A file is closed with a reason and registered again with a word; it is never deleted.
import { useState, type FormEvent } from 'react'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { useWrite, type Written } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { childText } from './child.text.ts'
import { exitWords } from './values.text.ts'

type Reason = keyof typeof exitWords
// Merging has its own verb; a child is not merged by closing a file.
const reasons = (Object.keys(exitWords) as Reason[]).filter((reason) => reason !== 'merged')

interface Props {
  file: ChildFile
  /** Reads the file anew after somebody else changed it. */
  reread: () => void
  onClose: () => void
}

function useOutcome({ reread, onClose }: Props): (written: Written<unknown>, said: string) => void {
  return (written, said) => {
    if (written.is === 'refused' && written.problem.code === 'stale') reread()
    if (written.is !== 'done') return
    toast(said)
    onClose()
  }
}

export function ExitDialog(props: Props) {
  const { file, onClose } = props
  const t = useWords(childText)
  const say = useSay()
  const [reason, setReason] = useState<Reason | null>(null)
  const [on, setOn] = useState(dayOf())
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const exit = useWrite(childOps.exit)
  const settle = useOutcome(props)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!reason || !on) return
    const body = { version: file.version, on, reason, ...(note.trim() ? { note: note.trim() } : {}) }
    settle(await exit.send({ id: file.id, body }), t('exited', { name: file.name }))
  }
  return (
    <Dialog title={t('exit_title', { name: file.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('exit_help')}</p>
        <div role="group" aria-label={t('exit_why')} className="row wrap g8">
          {reasons.map((each) => (
            <Chip key={each} pressed={each === reason} onClick={() => setReason(each)}>
              {exitWords[each][t.language]}
            </Chip>
          ))}
        </div>
        {tried && !reason && <ProblemLine>{t('exit_need')}</ProblemLine>}
        <TextInput
          kind="date"
          label={t('exit_on')}
          value={on}
          max={dayOf()}
          onChange={setOn}
          error={tried && !on ? t('need_day') : undefined}
        />
        <TextArea label={t('exit_note')} optional maxLength={500} rows={2} value={note} onChange={setNote} />
        {exit.problem && (
          <ProblemLine>
            {exit.problem.code === 'stale'
              ? t('stale_try')
              : say({ zh: exit.problem.detail, en: exit.problem.detail_en })}
          </ProblemLine>
        )}
        <Button kind="danger" submit busy={exit.busy}>
          {t('exit_do')}
        </Button>
      </form>
    </Dialog>
  )
}

export function RestoreDialog(props: Props) {
  const { file, onClose } = props
  const t = useWords(childText)
  const say = useSay()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const restore = useWrite(childOps.restore)
  const settle = useOutcome(props)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!note.trim()) return
    const body = { version: file.version, note: note.trim() }
    settle(await restore.send({ id: file.id, body }), t('restored', { name: file.name }))
  }
  return (
    <Dialog title={t('restore_title', { name: file.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('restore_help')}</p>
        <TextInput
          autoFocus
          label={t('restore_note')}
          maxLength={500}
          value={note}
          onChange={setNote}
          error={tried && !note.trim() ? t('restore_need') : undefined}
        />
        {restore.problem && (
          <ProblemLine>
            {restore.problem.code === 'stale'
              ? t('stale_try')
              : say({ zh: restore.problem.detail, en: restore.problem.detail_en })}
          </ProblemLine>
        )}
        <Button kind="primary" submit busy={restore.busy}>
          {t('restore')}
        </Button>
      </form>
    </Dialog>
  )
}
