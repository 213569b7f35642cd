// 疑似重复: pairs that look alike, and what was merged lately.
import { useState } from 'react'
import { duplicateOps, likenessReasons, type Likeness, type Merge } from '@nuanyang/contract/duplicates.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { listed, useSay, useWords, type Language } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { duplicatesText } from './duplicates.text.ts'
import './duplicates.css'

export function reasonWords(reasons: Likeness['reasons'], language: Language): string {
  return listed(
    reasons.map((reason) => likenessReasons[reason][language]),
    language,
  )
}

export function DuplicatesPage() {
  const t = useWords(duplicatesText)
  const [parts, setParts] = useState<readonly (string | undefined)[]>([undefined])
  const merges = useOp(duplicateOps.merges, { limit: 20 })
  return (
    <Page title={t('title')} sub={t('sub')} back={paths.children()}>
      {parts.map((after, at) => (
        <Part
          key={after ?? ''}
          after={after}
          onMore={at === parts.length - 1 ? (next) => setParts([...parts, next]) : undefined}
        />
      ))}
      {merges.data && merges.data.items.length > 0 && (
        <Section title={t('recent')}>
          <ul className="lines">
            {merges.data.items.map((merge) => (
              <MergeLine key={merge.id} merge={merge} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}

function Part({ after, onMore }: { after: string | undefined; onMore: ((next: string) => void) | undefined }) {
  const t = useWords(duplicatesText)
  const page = useOp(duplicateOps.list, { limit: 30, ...(after ? { after } : {}) })
  return (
    <Loaded of={page} rows={4}>
      {({ items, next }) => (
        <>
          {items.length === 0 && !after && <EmptyState title={t('none')}>{t('none_help')}</EmptyState>}
          <ul className="lines">
            {items.map((pair) => (
              <li key={pair.one.child_id + pair.other.child_id}>
                <span className="grow">
                  <b>{pair.one.name}</b> <Where one={pair.one} />
                  <span className="alike-and" aria-hidden="true" />
                  <b>{pair.other.name}</b> <Where one={pair.other} />
                  <small>{reasonWords(pair.reasons, t.language)}</small>
                </span>
                <To to={paths.pair(pair.one.child_id, pair.other.child_id)}>{t('compare')}</To>
              </li>
            ))}
          </ul>
          {next && onMore && (
            <Button kind="text" onClick={() => onMore(next)}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

function Where({ one }: { one: Likeness['one'] }) {
  const t = useWords(duplicatesText)
  return (
    <span className="dim small">{listed([one.unit_name, one.status === 'exited' && t('closed')], t.language)}</span>
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
