// 我帮的孩子: the helper's own view, made for a phone. What the server sends is all there is: first name, age band, needs, the agreed
// contact, the next one.
import { useState } from 'react'
import { recordOps } from '@nuanyang/contract/records.ts'
import { pairingGoals, pairingOps, type OwnPairing } from '@nuanyang/contract/pairings.ts'
import { ageBandWords } from '../children/values.text.ts'
import { wordOf } from '../children/words.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, plainDay, saidDay } from '../ui/dates.ts'
import { Choices, TextArea, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { PairingTabs } from './pairings.frame.tsx'
import { mineText } from './mine.text.ts'
import './pairings.css'

export function MinePage() {
  const t = useWords(mineText)
  const own = useOp(pairingOps.mine, {})
  return (
    <Page title={t('title')} sub={t('sub')}>
      <PairingTabs current="mine" />
      <Loaded of={own} rows={5}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none_title')}>{t('none_help')}</EmptyState>
          ) : (
            <ul className="own-children">
              {items.map((pairing) => (
                <OwnChild key={pairing.id} pairing={pairing} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function OwnChild({ pairing }: { pairing: OwnPairing }) {
  const t = useWords(mineText)
  const say = useSay()
  const mayWrite = useRight('records.write')
  const [asked, setAsked] = useState<'note' | 'next' | null>(null)
  const close = () => setAsked(null)
  const needs = listed(
    [pairing.needs, ...pairing.goals.map((goal) => say(pairingGoals[goal])), ...pairing.subjects],
    t.language,
  )
  return (
    <li className="sheet own-child">
      <header>
        <h2>{pairing.first_name}</h2>
        <span className="dim">{pairing.age_band && wordOf(ageBandWords, pairing.age_band, t.language)}</span>
        <span className="grow" />
        {pairing.stands_in && pairing.until_on && (
          <State kind="told">{t('stands_in', { day: plainDay(pairing.until_on, t.language) })}</State>
        )}
      </header>
      <dl className="facts-list">
        <div>
          <dt>{t('needs')}</dt>
          <dd>{needs || <span className="dim">{t('no_needs')}</span>}</dd>
        </div>
        <div>
          <dt>{t('contact')}</dt>
          <dd>{pairing.contact_how ?? <span className="dim">{t('no_contact')}</span>}</dd>
        </div>
        <div>
          <dt>{t('next')}</dt>
          <dd>
            <NextDay on={pairing.next_contact_on} />
          </dd>
        </div>
      </dl>
      {mayWrite && <Notes child_id={pairing.child_id} />}
      <div className="own-acts">
        <Button onClick={() => setAsked('next')}>{t('set_next')}</Button>
        {mayWrite && (
          <Button kind="primary" onClick={() => setAsked('note')}>
            {t('note')}
          </Button>
        )}
      </div>
      {asked === 'note' && <NoteDialog pairing={pairing} onClose={close} />}
      {asked === 'next' && <NextDialog pairing={pairing} onClose={close} />}
    </li>
  )
}

function NextDay({ on }: { on: string | null }) {
  const t = useWords(mineText)
  if (!on) return <span className="dim">{t('no_next')}</span>
  const day = saidDay(on, t.language)
  return on < dayOf() ? <State kind="soon">{t('overdue', { day })}</State> : <b>{day}</b>
}

/** What the helper wrote: the last three. */
function Notes({ child_id }: { child_id: string }) {
  const t = useWords(mineText)
  const list = useOp(recordOps.list, { child_id, mine: 'yes', limit: 3 })
  if (!list.data || list.data.items.length === 0) return null
  return (
    <section className="own-notes" aria-label={t('notes')}>
      {list.data.items.map((record) => (
        <p key={record.id}>
          <span className="dim small">{plainDay(record.happened_on, t.language)}</span> {record.text}
        </p>
      ))}
    </section>
  )
}

const kinds = ['talk', 'study', 'visit'] as const

function NoteDialog({ pairing, onClose }: { pairing: OwnPairing; onClose: () => void }) {
  const t = useWords(mineText)
  const say = useSay()
  const add = useWrite(recordOps.add, { refreshes: ['today', 'plans'] })
  const [id] = useState(newId)
  const [kind, setKind] = useState<(typeof kinds)[number]>('talk')
  const [text, setText] = useState('')
  const [on, setOn] = useState(dayOf())
  const ready = text.trim() !== '' && on !== ''
  async function save(): Promise<void> {
    if (!ready) return
    const body = {
      id,
      kind,
      happened_on: on,
      text: text.trim(),
      child_ids: [pairing.child_id],
      pairing_id: pairing.id,
      fields: {},
    }
    const written = await add.send({ body }, t('note_of', { name: pairing.first_name }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('saved'))
    onClose()
  }
  return (
    <Dialog
      title={t('note_of', { name: pairing.first_name })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={add.busy} disabled={!ready} onClick={() => void save()}>
          {t('save')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextArea label={t('note_text')} hint={t('note_hint')} rows={4} value={text} onChange={setText} autoFocus />
        <Choices
          required
          label={t('note_kind')}
          value={kind}
          onChange={(next) => next && setKind(next)}
          options={kinds.map((value) => ({ value, label: t(`kind_${value}`) }))}
        />
        <TextInput kind="date" label={t('note_on')} value={on} max={dayOf()} onChange={setOn} />
        {add.problem && <ProblemLine>{say({ zh: add.problem.detail, en: add.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

function NextDialog({ pairing, onClose }: { pairing: OwnPairing; onClose: () => void }) {
  const t = useWords(mineText)
  const say = useSay()
  const set = useWrite(pairingOps.set_next_contact)
  const [on, setOn] = useState(pairing.next_contact_on ?? '')
  async function save(): Promise<void> {
    const body = { version: pairing.version, on: on || null }
    const written = await set.send({ id: pairing.id, body }, t('set_next_of', { name: pairing.first_name }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('saved'))
    onClose()
  }
  return (
    <Dialog
      title={t('set_next_of', { name: pairing.first_name })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={set.busy} onClick={() => void save()}>
          {t('save')}
        </Button>
      }
    >
      <div className="stack">
        <TextInput kind="date" label={t('next')} value={on} min={dayOf()} onChange={setOn} />
        {set.problem && <ProblemLine>{say({ zh: set.problem.detail, en: set.problem.detail_en })}</ProblemLine>}
      </div>
    </Dialog>
  )
}
