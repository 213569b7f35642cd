// What went out of the house: a trial whose end is waited for, and the list of the last ones with their reasons.
import { useState } from 'react'
import { noticeOps, sendingCan, type Sending } from '@nuanyang/contract/notices.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Loaded, ProblemLine, Section } from '../ui/page.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import { noticesText } from './notices.text.ts'

const under = ({ state }: Pick<Sending, 'state'>) => state === 'waiting' || state === 'sending'

export function Trial({
  channel,
  robot_id,
  changed,
}: {
  channel: 'email' | 'robot'
  robot_id?: string
  changed: boolean
}) {
  const t = useWords(noticesText)
  const say = useSay()
  const send = useWrite(noticeOps.send_test)
  const [to, setTo] = useState('')
  const [id, setId] = useState<string | null>(null)
  const result = useOp(
    noticeOps.sending,
    { id: id ?? '' },
    { when: id !== null, again: (now) => (!now || under(now) ? 700 : false) },
  )
  async function go(): Promise<void> {
    const next = newId()
    const body =
      channel === 'email'
        ? { id: next, channel: 'email' as const, to: to.trim() }
        : { id: next, channel: 'robot' as const, robot_id: robot_id! }
    const written = await send.send({ body })
    if (written.is === 'done') setId(next)
  }
  if (changed) return <p className="small dim">{t('test_first')}</p>
  const now = result.data
  return (
    <div className="stack">
      <div className="row g12 wrap">
        {channel === 'email' && (
          <TextInput label={t('test_to')} kind="email" aside value={to} onChange={setTo} autoComplete="off" />
        )}
        <Button busy={send.busy || (id !== null && (!now || under(now)))} onClick={() => void go()}>
          {t(channel === 'email' ? 'test_mail' : 'test')}
        </Button>
      </div>
      {send.problem && <ProblemLine>{say({ zh: send.problem.detail, en: send.problem.detail_en })}</ProblemLine>}
      <div aria-live="polite">
        {id !== null && (!now || under(now)) && <State kind="told">{t('testing')}</State>}
        {now?.state === 'sent' && <State kind="done">{t('test_sent')}</State>}
        {now?.failure && !under(now) && <ProblemLine>{say(now.failure)}</ProblemLine>}
      </div>
    </div>
  )
}

const marks: Record<Sending['state'], StateKind> = { waiting: 'soon', sending: 'told', sent: 'done', unclear: 'asked', failed: 'late' } // prettier-ignore

export function Sent() {
  const t = useWords(noticesText)
  const list = useOp(noticeOps.sendings, { limit: 20 }, { again: (now) => (now?.items.some(under) ? 3000 : false) })
  return (
    <Section title={t('lately')}>
      <Loaded of={list} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t('lately_none')}</p>
          ) : (
            <ul>
              {items.map((sending) => (
                <SentLine key={sending.id} sending={sending} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function SentLine({ sending }: { sending: Sending }) {
  const t = useWords(noticesText)
  const say = useSay()
  const again = useWrite(noticeOps.send_again)
  return (
    <li className="sending">
      <span className="sending-line">
        <span className="sending-to">{sending.to}</span>
        {sending.test && <span className="small dim">{t('is_test')}</span>}
        <span className="small dim date grow">{saidMoment(sending.created_at, t.language)}</span>
        <State kind={marks[sending.state]}>{t(`s_${sending.state}`)}</State>
      </span>
      {sending.failure && <span className="small dim">{say(sending.failure)}</span>}
      {sendingCan.again(sending) && (
        <span>
          <Button kind="text" busy={again.busy} onClick={() => void again.send({ id: sending.id })}>
            {t('again')}
          </Button>
        </span>
      )}
    </li>
  )
}
