// What this person wrote here and the server does not have yet: what waits, and what was refused with its reason.
import { useState } from 'react'
import { flushOutbox, openOutbox, useOutbox } from '../kernel/outbox_browser.ts'
import type { OutboxEntry } from '../kernel/outbox.ts'
import { useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Page, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { outboxText } from './outbox.text.ts'
import './outbox.css'

type Asking = { is: 'withdraw' | 'edit'; entry: OutboxEntry } | null

export function OutboxPage() {
  const t = useWords(outboxText)
  const { account } = useSignedIn()
  const all = useOutbox()
  const mine = all.filter((entry) => entry.account_id === account.id)
  const parked = mine.filter((entry) => entry.parked)
  const waiting = mine.filter((entry) => !entry.parked)
  const [asking, setAsking] = useState<Asking>(null)
  const [busy, setBusy] = useState(false)
  async function sendNow(): Promise<void> {
    setBusy(true)
    await flushOutbox()
    setBusy(false)
  }
  const others = all.length - mine.length
  return (
    <Page
      title={t('title')}
      sub={mine.length > 0 ? t('lead') : undefined}
      back={paths.me()}
      actions={
        waiting.length > 0 && (
          <Button kind="primary" busy={busy} onClick={() => void sendNow()}>
            {t('send_now')}
          </Button>
        )
      }
    >
      <div className="formw">
        {mine.length === 0 && <EmptyState title={t('empty')}>{t('empty_help')}</EmptyState>}
        {parked.length > 0 && (
          <Section title={t('parked_section')}>
            <Entries entries={parked} onAsk={setAsking} />
          </Section>
        )}
        {waiting.length > 0 && (
          <Section title={t('waiting_section')}>
            <Entries entries={waiting} onAsk={setAsking} />
          </Section>
        )}
        {others > 0 && <p className="dim small outbox-others">{t('others', { n: others })}</p>}
      </div>
      {asking?.is === 'withdraw' && <Withdraw entry={asking.entry} onClose={() => setAsking(null)} />}
      {asking?.is === 'edit' && <Edit entry={asking.entry} onClose={() => setAsking(null)} />}
    </Page>
  )
}

function Entries({ entries, onAsk }: { entries: readonly OutboxEntry[]; onAsk: (asking: Asking) => void }) {
  const t = useWords(outboxText)
  const say = useSay()
  const { active_membership_id, memberships } = useSignedIn()
  async function again(id: string): Promise<void> {
    await (await openOutbox()).retry(id)
    const left = (await (await openOutbox()).list()).some((entry) => entry.id === id)
    if (!left) toast(t('sent'))
  }
  return (
    <ul className="outbox">
      {entries.map((entry) => {
        const unit = memberships.find((each) => each.id === entry.membership_id)
        const elsewhere = entry.membership_id !== active_membership_id
        return (
          <li key={entry.id}>
            <div className="row base g8 wrap">
              <b className="grow">{entry.label || t('unnamed')}</b>
              {entry.parked ? <State kind="late">{t('refused')}</State> : <State kind="soon">{t('waiting')}</State>}
            </div>
            <p className="dim small">{t('written', { when: saidMoment(entry.written_at, t.language) })}</p>
            {entry.parked && (
              <p className="outbox-why">{say({ zh: entry.parked.detail, en: entry.parked.detail_en })}</p>
            )}
            {entry.parked?.errors?.map((error) => (
              <p key={error.path} className="outbox-why">
                {say(error)}
              </p>
            ))}
            {elsewhere && !entry.parked && (
              <p className="small">{unit ? t('other_unit', { unit: unit.unit_name }) : t('other_unit_gone')}</p>
            )}
            <div className="row g12 wrap outbox-acts">
              {entry.parked && <Button onClick={() => void again(entry.id)}>{t('again')}</Button>}
              {entry.parked && Object.keys(editable(entry.body)).length > 0 && (
                <Button onClick={() => onAsk({ is: 'edit', entry })}>{t('edit')}</Button>
              )}
              <Button kind="text" onClick={() => onAsk({ is: 'withdraw', entry })}>
                {t('withdraw')}
              </Button>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Withdraw({ entry, onClose }: { entry: OutboxEntry; onClose: () => void }) {
  const t = useWords(outboxText)
  async function withdraw(): Promise<void> {
    const outbox = await openOutbox()
    await outbox.withdraw(entry.id)
    onClose()
    toast(t('withdrawn'), () => void outbox.add(entry))
  }
  return (
    <Dialog
      title={t('withdraw_title')}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" onClick={() => void withdraw()}>
            {t('withdraw')}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <p>{t('withdraw_help', { label: entry.label || t('unnamed') })}</p>
    </Dialog>
  )
}

/** The texts of a row that a person wrote: not its ids, codes and dates, which a page has to choose. */
function editable(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {}
  return Object.fromEntries(
    Object.entries(body).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string' && !/(^|_)(id|kind|code)$/.test(pair[0]),
    ),
  )
}

function Edit({ entry, onClose }: { entry: OutboxEntry; onClose: () => void }) {
  const t = useWords(outboxText)
  const say = useSay()
  const [texts, setTexts] = useState(() => editable(entry.body))
  async function save(): Promise<void> {
    onClose()
    await (await openOutbox()).retry(entry.id, { ...(entry.body as object), ...texts })
  }
  return (
    <Dialog
      title={t('edit_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={() => void save()}>
          {t('save_send')}
        </Button>
      }
    >
      {Object.entries(texts).map(([name, text]) => {
        const wrong = entry.parked?.errors?.find(({ path }) => path === name || path === `body.${name}`)
        const props = {
          label: name,
          value: text,
          error: wrong ? say(wrong) : undefined,
          onChange: (next: string) => setTexts({ ...texts, [name]: next }),
        }
        return text.length > 40 ? <TextArea key={name} {...props} /> : <TextInput key={name} {...props} />
      })}
    </Dialog>
  )
}
