// Why two files look alike, in words; and a merge with its way back. For the list, the pair and the file.
import { useState } from 'react'
import { duplicateOps, likenessReasons, type Likeness, type Merge } from '@nuanyang/contract/duplicates.ts'
import { useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { listed, useSay, useWords, type Language } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { duplicatesText } from './duplicates.text.ts'

export function reasonWords(reasons: Likeness['reasons'], language: Language): string {
  return listed(
    reasons.map((reason) => likenessReasons[reason][language]),
    language,
  )
}

export function MergeLine({ merge }: { merge: Merge }) {
  const t = useWords(duplicatesText)
  const [asking, setAsking] = useState(false)
  return (
    <li>
      <span className="grow">
        <To to={paths.child(merge.kept_id)}>{t('recent_line', { gone: merge.gone_name, kept: merge.kept_name })}</To>
        <small className="dim">
          {listed([merge.by_name, saidMoment(merge.at, t.language), merge.note], t.language)}
        </small>
      </span>
      {merge.state === 'undone' && <State kind="plain">{t('undone')}</State>}
      {merge.can_undo && (
        <Button kind="text" onClick={() => setAsking(true)}>
          {t('undo')}
        </Button>
      )}
      {asking && <UndoDialog merge={merge} onClose={() => setAsking(false)} />}
    </li>
  )
}

function UndoDialog({ merge, onClose }: { merge: Merge; onClose: () => void }) {
  const t = useWords(duplicatesText)
  const say = useSay()
  const undo = useWrite(duplicateOps.undo, { refreshes: ['children'] })
  async function send(keep_edits: boolean): Promise<void> {
    const written = await undo.send({ id: merge.id, body: { version: merge.version, keep_edits } })
    if (written.is !== 'done') return
    toast(t('undo_done'))
    onClose()
  }
  const edited = undo.problem?.code === 'merge_edited'
  return (
    <Dialog title={t('undo_title')} onClose={onClose}>
      <div className="stack">
        <p>{t('undo_help')}</p>
        {undo.problem && <ProblemLine>{say({ zh: undo.problem.detail, en: undo.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" busy={undo.busy} onClick={() => void send(edited)}>
          {t(edited ? 'undo_keep' : 'undo')}
        </Button>
      </div>
    </Dialog>
  )
}
