// Proposals that wait for this side: what the file says and what somebody would make of it, side by side.
import { useState, type FormEvent } from 'react'
import { childOps } from '@nuanyang/contract/children.ts'
import { isFieldPath } from '@nuanyang/contract/children.fields.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { NotCollected } from '../ui/state.tsx'
import { groupOf } from './child.fields.ts'
import { Source, type Change } from './child.history.tsx'
import { changesText } from './changes.text.ts'
import { fieldName, saidValue, whoSees } from './words.ts'
import './changes.css'

export function ChangesPage() {
  const t = useWords(changesText)
  const [parts, setParts] = useState<readonly (string | undefined)[]>([undefined])
  return (
    <Page title={t('title')} sub={t('sub')} back={paths.children()}>
      {parts.map((after, at) => (
        <Part
          key={after ?? ''}
          after={after}
          first={at === 0}
          onMore={at === parts.length - 1 ? (next) => setParts([...parts, next]) : undefined}
        />
      ))}
    </Page>
  )
}

function Part({
  after,
  first,
  onMore,
}: {
  after: string | undefined
  first: boolean
  onMore: ((next: string) => void) | undefined
}) {
  const t = useWords(changesText)
  const page = useOp(childOps.waiting, { limit: 30, ...(after ? { after } : {}) })
  return (
    <Loaded of={page} rows={4}>
      {({ items, next }) => (
        <>
          {items.length === 0 && first && <EmptyState title={t('none')}>{t('none_help')}</EmptyState>}
          <ul className="changes">
            {items.map((change) => (
              <Proposal key={change.id} change={change} />
            ))}
          </ul>
          {next && onMore && (
            <Button kind="text" onClick={() => onMore(next)}>
              {t('earlier')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

function Proposal({ change }: { change: Change }) {
  const t = useWords(changesText)
  const say = useSay()
  const decide = useWrite(childOps.decide)
  const [declining, setDeclining] = useState(false)
  const field = fieldName(change.field, t.language)
  const group = isFieldPath(change.field) ? groupOf(change.field) : 'full_name'
  async function send(accept: boolean, note?: string): Promise<void> {
    const written = await decide.send({ id: change.id, body: { accept, ...(note ? { note } : {}) } })
    if (written.is !== 'done') return
    setDeclining(false)
    toast(t(accept ? 'accepted' : 'declined', { name: change.child_name, field }))
  }
  return (
    <li>
      <div className="row base g8 wrap">
        <b>
          <To to={paths.child(change.child_id)}>{change.child_name}</To>
        </b>
        <span>{field}</span>
        <span className="grow" />
        <span className="dim small">
          <Source change={change} /> <span className="date">{saidMoment(change.at, t.language)}</span>
        </span>
      </div>
      {change.hidden ? (
        <p className="dim">{t('hidden', { who: whoSees(group, t.language) })}</p>
      ) : (
        <div className="sides">
          <Side name={t('now')} path={change.field} value={change.old} />
          <Side name={t('wanted')} path={change.field} value={change.new} wanted />
        </div>
      )}
      {decide.problem && !declining && (
        <ProblemLine>{say({ zh: decide.problem.detail, en: decide.problem.detail_en })}</ProblemLine>
      )}
      <div className="row g12 wrap">
        {!change.hidden && (
          <Button busy={decide.busy} onClick={() => void send(true)}>
            {t('accept')}
          </Button>
        )}
        <Button kind="text" onClick={() => setDeclining(true)}>
          {t('decline')}
        </Button>
      </div>
      {declining && (
        <Decline
          problem={decide.problem && say({ zh: decide.problem.detail, en: decide.problem.detail_en })}
          busy={decide.busy}
          onSend={(note) => void send(false, note)}
          onClose={() => setDeclining(false)}
        />
      )}
    </li>
  )
}

function Side({ name, path, value, wanted }: { name: string; path: string; value: unknown; wanted?: boolean }) {
  const { language } = useWords(changesText)
  return (
    <div className={wanted ? 'side side-wanted' : 'side'}>
      <span className="dim small">{name}</span>
      <span>{saidValue(path, value, language) ?? <NotCollected />}</span>
    </div>
  )
}

function Decline({
  problem,
  busy,
  onSend,
  onClose,
}: {
  problem: string | null
  busy: boolean
  onSend: (note: string) => void
  onClose: () => void
}) {
  const t = useWords(changesText)
  const [note, setNote] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    onSend(note.trim())
  }
  return (
    <Dialog title={t('decline_title')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextInput
          autoFocus
          label={t('note')}
          optional
          hint={t('decline_help')}
          maxLength={300}
          value={note}
          onChange={setNote}
        />
        {problem && <ProblemLine>{problem}</ProblemLine>}
        <Button kind="primary" submit busy={busy}>
          {t('decline')}
        </Button>
      </form>
    </Dialog>
  )
}
