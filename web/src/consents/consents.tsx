// 同意书 of one child: what was agreed to and until when; giving one and taking one back are questions on top of it.
import { useState, type FormEvent } from 'react'
import {
  consentCan,
  consentGrounds,
  consentOps,
  consentPurposeCodes,
  consentPurposes,
  consentWays,
  type Consent,
  type ConsentPurpose,
} from '@nuanyang/contract/consents.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Choices, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine, Section } from '../ui/page.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import { consentsText } from './consents.text.ts'

interface Child {
  id: string
  name: string
  can_write: boolean
}

const marks: Record<Consent['state'], StateKind> = { current: 'done', coming: 'plain', over: 'soon', withdrawn: 'none' }

export function Consents({ child }: { child: Child }) {
  const t = useWords(consentsText)
  const list = useOp(consentOps.list, { child_id: child.id })
  const [asking, setAsking] = useState<Consent | 'new' | null>(null)
  const close = () => setAsking(null)
  return (
    <Section title={t('title')} end={child.can_write && <Button onClick={() => setAsking('new')}>{t('add')}</Button>}>
      <Loaded of={list} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t('none')}</p>
          ) : (
            <ul className="papers">
              {items.map((each) => (
                <ConsentLine
                  key={each.id}
                  consent={each}
                  onWithdraw={child.can_write && consentCan.withdraw(each) ? () => setAsking(each) : null}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking === 'new' && <AddConsent child={child} onClose={close} />}
      {asking && asking !== 'new' && <WithdrawConsent consent={asking} onClose={close} />}
    </Section>
  )
}

function ConsentLine({ consent, onWithdraw }: { consent: Consent; onWithdraw: (() => void) | null }) {
  const t = useWords(consentsText)
  const say = useSay()
  const day = (on: string) => plainDay(on, t.language)
  return (
    <li>
      <span className="grow">
        <b>{say(consentPurposes[consent.purpose])}</b>
        <span className="dim small">
          {listed(
            [
              consent.given_by ?? say(consentGrounds[consent.legal_basis]),
              say(consentWays[consent.how]),
              consent.until_on ? t('until', { day: day(consent.until_on) }) : t('open_end'),
              consent.pictures > 0 && t('pictures', { n: consent.pictures }),
              consent.withdrawn_reason,
            ],
            t.language,
          )}
        </span>
      </span>
      <State kind={marks[consent.state]}>{t(`state_${consent.state}`)}</State>
      {onWithdraw && (
        <Button kind="text" onClick={onWithdraw}>
          {t('withdraw')}
        </Button>
      )}
    </li>
  )
}

const optionsOf = <V extends string>(words: Record<V, { zh: string; en: string }>, say: ReturnType<typeof useSay>) =>
  (Object.keys(words) as V[]).map((value) => ({ value, label: say(words[value]) }))

/** A year from today, the last day of August: the school year that most consents are given for. */
function endOfSchoolYear(today: string): string {
  const [year = '', month = ''] = today.split('-')
  return `${Number(month) >= 8 ? Number(year) + 1 : year}-08-31`
}

function AddConsent({ child, onClose }: { child: Child; onClose: () => void }) {
  const t = useWords(consentsText)
  const say = useSay()
  const add = useWrite(consentOps.add)
  const [id] = useState(newId)
  const [purpose, setPurpose] = useState<ConsentPurpose>('photo')
  const [ground, setGround] = useState<keyof typeof consentGrounds>('consent')
  const [giver, setGiver] = useState('')
  const [how, setHow] = useState<keyof typeof consentWays>('paper')
  const [from, setFrom] = useState(dayOf())
  const [until, setUntil] = useState(endOfSchoolYear(dayOf()))
  const [tried, setTried] = useState(false)
  const named = ground !== 'consent' || giver.trim() !== ''
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!named || !from) return
    const said = giver.trim()
    const body = {
      id,
      child_id: child.id,
      purpose,
      legal_basis: ground,
      how,
      from_on: from,
      ...(said ? { given_by: said } : {}),
      ...(until ? { until_on: until } : {}),
    }
    const written = await add.send({ body }, `${child.name}，${t('title')}`)
    if (written.is === 'refused') return
    toast(t(written.is === 'kept' ? 'kept' : 'saved'))
    onClose()
  }
  return (
    <Dialog title={t('add_title', { name: child.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Select
          label={t('purpose')}
          value={purpose}
          onChange={setPurpose}
          options={consentPurposeCodes.map((value) => ({ value, label: say(consentPurposes[value]) }))}
        />
        <Choices
          label={t('ground')}
          required
          value={ground}
          onChange={(value) => value && setGround(value)}
          options={optionsOf(consentGrounds, say)}
        />
        {ground === 'consent' && (
          <TextInput
            label={t('given_by')}
            hint={t('given_by_hint')}
            maxLength={100}
            value={giver}
            onChange={setGiver}
            error={tried && !named ? t('need_giver') : undefined}
          />
        )}
        <Choices
          label={t('how')}
          required
          value={how}
          onChange={(value) => value && setHow(value)}
          options={optionsOf(consentWays, say)}
        />
        <TextInput kind="date" label={t('from_on')} value={from} onChange={setFrom} />
        <TextInput kind="date" optional label={t('until_on')} value={until} onChange={setUntil} />
        {add.problem && <ProblemLine>{say({ zh: add.problem.detail, en: add.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={add.busy}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}

function WithdrawConsent({ consent, onClose }: { consent: Consent; onClose: () => void }) {
  const t = useWords(consentsText)
  const say = useSay()
  const withdraw = useWrite(consentOps.withdraw, { refreshes: ['files'] })
  const [on, setOn] = useState(dayOf())
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!reason.trim() || !on) return
    const body = { version: consent.version, on, reason: reason.trim() }
    const written = await withdraw.send({ id: consent.id, body }, t('withdraw'))
    if (written.is === 'refused') return
    toast(t(written.is === 'kept' ? 'kept' : 'withdrawn'))
    onClose()
  }
  return (
    <Dialog title={t('withdraw_title', { purpose: say(consentPurposes[consent.purpose]) })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('withdraw_help')}</p>
        <TextInput kind="date" label={t('on')} value={on} min={consent.from_on} max={dayOf()} onChange={setOn} />
        <TextArea
          label={t('reason')}
          rows={2}
          maxLength={300}
          value={reason}
          onChange={setReason}
          error={tried && !reason.trim() ? t('need_reason') : undefined}
        />
        {withdraw.problem && (
          <ProblemLine>{say({ zh: withdraw.problem.detail, en: withdraw.problem.detail_en })}</ProblemLine>
        )}
        <Button kind="danger" submit busy={withdraw.busy}>
          {t('withdraw')}
        </Button>
      </form>
    </Dialog>
  )
}
