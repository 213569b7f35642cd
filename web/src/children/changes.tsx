// Proposals that wait for this side: what the file says and what somebody would make of it, side by side.
import { useState, type FormEvent } from 'react'
import { childOps } from '@nuanyang/contract/children.ts'
import { isFieldPath } from '@nuanyang/contract/children.fields.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { Tabs, useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { NotCollected, State } from '../ui/state.tsx'
import { groupOf } from './child.fields.ts'
import { Source, type Change } from './child.history.tsx'
import { changesText } from './changes.text.ts'
import { changeStateWords } from './values.text.ts'
import { fieldName, saidValue, whoSees } from './words.ts'
import './changes.css'

export function ChangesPage() {
  const t = useWords(changesText)
  const [address] = useAddress()
  const writes = useRight('children.write')
  const side = address['side'] === 'ours' && writes ? 'ours' : 'theirs'
  return (
    <Page title={t('title')} sub={t(side === 'ours' ? 'sub_ours' : 'sub')} back={paths.children()}>
      {writes && (
        <Tabs
          label={t('sides')}
          current={side}
          tabs={[
            { key: 'theirs', label: t('theirs'), to: paths.changes() },
            { key: 'ours', label: t('ours'), to: paths.changes(), search: { side: 'ours' } },
          ]}
        />
      )}
      <Parts key={side} side={side} />
    </Page>
  )
}

type Which = 'theirs' | 'ours'

function Parts({ side }: { side: Which }) {
  const [parts, setParts] = useState<readonly (string | undefined)[]>([undefined])
  return (
    <>
      {parts.map((after, at) => (
        <Part
          key={after ?? ''}
          side={side}
          after={after}
          first={at === 0}
          onMore={at === parts.length - 1 ? (next) => setParts([...parts, next]) : undefined}
        />
      ))}
    </>
  )
}

function Part({
  side,
  after,
  first,
  onMore,
}: {
  side: Which
  after: string | undefined
  first: boolean
  onMore: ((next: string) => void) | undefined
}) {
  const t = useWords(changesText)
  const page = useOp(side === 'ours' ? childOps.asked : childOps.waiting, { limit: 30, ...(after ? { after } : {}) })
  return (
    <Loaded of={page} rows={4}>
      {({ items, next }) => (
        <>
          {items.length === 0 && first && (
            <EmptyState title={t(side === 'ours' ? 'none_ours' : 'none')}>
              {t(side === 'ours' ? 'none_ours_help' : 'none_help')}
            </EmptyState>
          )}
          <ul className="changes">
            {items.map((change) => (
              <Proposal key={change.id} change={change} ours={side === 'ours'} />
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

function Proposal({ change, ours }: { change: Change; ours: boolean }) {
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
      {ours ? (
        <Outcome change={change} />
      ) : (
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
      )}
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

/** What became of what this side asked for. */
function Outcome({ change }: { change: Change }) {
  const t = useWords(changesText)
  const { language } = t
  if (change.state === 'proposed') return <State kind="asked">{t('still_waits')}</State>
  return (
    <p>
      <State kind={change.state === 'accepted' ? 'done' : 'none'}>{changeStateWords[change.state][language]}</State>{' '}
      <span className="dim small">
        {listed([change.decided_by_name, change.decided_at && saidMoment(change.decided_at, language)], language)}
      </span>
      {change.decision_note && <q className="outcome-note">{change.decision_note}</q>}
    </p>
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
