// One helper: who it is, the vetting, and the children they are with.
import { useState, type ReactNode } from 'react'
import { pairingOps } from '@nuanyang/contract/pairings.ts'
import {
  consentWays,
  helperCan,
  helperOps,
  helperStates,
  vettingItemCodes,
  vettingItems,
  type Helper,
} from '@nuanyang/contract/pairings.register.ts'
import { useParams } from '@tanstack/react-router'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Loaded, Page, Section } from '../ui/page.tsx'
import { NotCollected, State } from '../ui/state.tsx'
import { LeaveDialog, VetDialog } from './register.asking.tsx'
import { HelperForm } from './register.form.tsx'
import { registerText } from './register.text.ts'
import { HelperLoad, kindWords, stateMarks } from './register.words.tsx'
import { PairingLines } from './pairing.lines.tsx'
import './pairings.css'

export function HelperPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useOp(helperOps.get, { id })
  return (
    <Loaded of={found} rows={8}>
      {(helper) => <OneHelper helper={helper} />}
    </Loaded>
  )
}

type Asked = 'change' | 'vet' | 'leave' | null

function OneHelper({ helper }: { helper: Helper }) {
  const t = useWords(registerText)
  const say = useSay()
  const mayWrite = useRight('helpers.write')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const needsVetting = helper.state !== 'ready' && helper.state !== 'left'
  return (
    <Page
      title={helper.name}
      back={paths.helperRegister()}
      sub={
        <>
          {kindWords(helper, say)} · <State kind={stateMarks[helper.state]}>{say(helperStates[helper.state])}</State>
        </>
      }
      actions={
        mayWrite &&
        helperCan.leave(helper) && (
          <>
            <Button kind="text" onClick={() => setAsked('leave')}>
              {t('leave')}
            </Button>
            <Button onClick={() => setAsked('change')}>{t('change')}</Button>
            <Button kind={needsVetting ? 'primary' : 'outline'} onClick={() => setAsked('vet')}>
              {t(needsVetting ? 'vet' : 'vet_again')}
            </Button>
          </>
        )
      }
    >
      <div className="two-cols">
        <div>
          <Section title={t('children')} end={<HelperLoad helper={helper} />}>
            <HelperChildren id={helper.id} />
          </Section>
          <Section title={t('about')}>
            <About helper={helper} />
          </Section>
        </div>
        <Section title={t('vetting')}>
          <VettingState helper={helper} />
        </Section>
      </div>
      {asked === 'change' && <HelperForm helper={helper} onClose={close} />}
      {asked === 'vet' && <VetDialog helper={helper} onClose={close} />}
      {asked === 'leave' && <LeaveDialog helper={helper} onClose={close} />}
    </Page>
  )
}

function HelperChildren({ id }: { id: string }) {
  const t = useWords(registerText)
  const list = useOp(pairingOps.list, { helper_id: id, state: 'current', limit: 100 })
  return (
    <Loaded of={list} rows={2}>
      {({ items }) =>
        items.length === 0 ? <p className="dim">{t('no_children')}</p> : <PairingLines pairings={items} who="child" />
      }
    </Loaded>
  )
}

function VettingState({ helper }: { helper: Helper }) {
  const t = useWords(registerText)
  const say = useSay()
  const day = (on: string) => plainDay(on, t.language)
  const vetting = helper.vetting
  return (
    <div className="stack">
      {helper.vetted_on && (
        <p>
          {t('vetted_is', { day: day(helper.vetted_on), who: helper.vetted_by_name ?? '' })}
          {helper.vetting_until_on && (
            <span className="dim"> · {t('vetted_until', { day: day(helper.vetting_until_on) })}</span>
          )}
        </p>
      )}
      {helper.declined_on && (
        <p>{t('declined_is', { day: day(helper.declined_on), why: helper.declined_reason ?? '' })}</p>
      )}
      {helper.until_on && helper.state === 'left' && (
        <p>{t('left_is', { day: day(helper.until_on), why: helper.ended_reason ?? '' })}</p>
      )}
      {!vetting && <p className="dim">{t('not_vetted')}</p>}
      {vetting && (
        <ul className="vetting">
          {vettingItemCodes.map((item) => (
            <li key={item}>
              <State kind={vetting[item] === 'clear' ? 'done' : 'late'}>{say(vettingItems[item])}</State>
            </li>
          ))}
        </ul>
      )}
      {helper.vetting_note && <p className="dim">{helper.vetting_note}</p>}
    </div>
  )
}

function About({ helper }: { helper: Helper }) {
  const t = useWords(registerText)
  const say = useSay()
  const rows: [string, ReactNode][] = [
    [
      t('phone'),
      helper.phones.length > 0 &&
        helper.phones.map((phone) => (
          <a key={phone} href={`tel:${phone}`}>
            {phone}
          </a>
        )),
    ],
    [t('sex'), helper.sex && t(helper.sex)],
    [t('employer'), listed([helper.employer, helper.occupation], t.language)],
    [t('group'), helper.villager_group],
    [t('offer'), helper.offer],
    [t('subjects'), listed(helper.subjects, t.language)],
    [t('skills'), listed(helper.skills, t.language)],
    [t('languages'), listed(helper.languages, t.language)],
    [t('free'), helper.free_times],
    [
      t('consent'),
      helper.consented_on && helper.consent_how
        ? t('consent_is', { day: plainDay(helper.consented_on, t.language), how: say(consentWays[helper.consent_how]) })
        : t('no_consent'),
    ],
    [t('applied_on'), helper.applied_on && plainDay(helper.applied_on, t.language)],
    [t('unit'), helper.unit_name],
    [t('account'), helper.account ?? t('no_account')],
  ]
  return (
    <dl className="facts-list">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value || <NotCollected />}</dd>
        </div>
      ))}
    </dl>
  )
}
