// One pairing: what was agreed, what happened on the way, and what can be done now.
import { useState, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import {
  endReasons,
  helperKinds,
  pairingCan,
  pairingForms,
  pairingGoals,
  pairingOps,
  reviewGrades,
  reviewVoices,
  type PairingDetail,
} from '@nuanyang/contract/pairings.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { Loaded, Page, Section } from '../ui/page.tsx'
import { Margin, NotCollected, type MarginEntry } from '../ui/state.tsx'
import {
  ArrangeDialog,
  RenewDialog,
  ReviewDialog,
  SignDialog,
  StandInDialog,
  TakeOverDialog,
} from './pairing.asking.tsx'
import { EndPairing } from './pairings.asking.tsx'
import { PairingState } from './pairing.lines.tsx'
import { printLetter } from './pairings.printing.tsx'
import { pairingsText } from './pairings.text.ts'
import './pairings.css'

export function PairingPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useOp(pairingOps.get, { id })
  return (
    <Loaded of={found} rows={8}>
      {(pairing) => <OnePairing pairing={pairing} />}
    </Loaded>
  )
}

type Asked = 'arrange' | 'sign' | 'renew' | 'stand_in' | 'take_over' | 'review' | 'end' | null

function OnePairing({ pairing }: { pairing: PairingDetail }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const mayWrite = useRight('pairings.write')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  const today = dayOf()
  const helper = pairing.helper_name || t('hidden_buddy')
  const buddy = pairing.helper_id === null
  const can = {
    end: pairingCan.end(pairing, today),
    renew: pairingCan.renew(pairing, today),
    stand_in: pairingCan.stand_in(pairing, today),
    review: pairingCan.review(pairing),
  }
  const more = [
    ...(can.stand_in ? (['stand_in', 'take_over'] as const) : []),
    ...(can.review && !buddy ? (['review'] as const) : []),
    ...(can.end && !buddy && !pairing.signed_on ? (['sign'] as const) : []),
    ...(can.end ? (['end'] as const) : []),
  ]
  return (
    <Page
      title={t('pair_of', { helper, child: pairing.child_name })}
      back={paths.pairings()}
      sub={<PairingState pairing={pairing} />}
      actions={
        mayWrite && (
          <>
            {more.length > 0 && (
              <Menu
                className="btn btn-outline"
                align="end"
                items={[
                  ...(buddy
                    ? []
                    : [
                        {
                          key: 'pdf',
                          label: t('letter_pdf'),
                          onSelect: () => void printLetter(pairing.id, 'pdf', say),
                        },
                        {
                          key: 'docx',
                          label: t('letter_word'),
                          onSelect: () => void printLetter(pairing.id, 'docx', say),
                        },
                      ]),
                  ...more.map((key, at) => ({
                    key,
                    label: t(`do_${key}`),
                    parted: (at === 0 && !buddy) || (key === 'end' && more.length > 1),
                    onSelect: () => setAsked(key),
                  })),
                ]}
              >
                {t('more')}
              </Menu>
            )}
            {can.renew && <Button onClick={() => setAsked('renew')}>{t('do_renew')}</Button>}
            {can.end && !buddy && (
              <Button kind="primary" onClick={() => setAsked('arrange')}>
                {t('do_arrange')}
              </Button>
            )}
          </>
        )
      }
    >
      <div className="two-cols">
        <Section title={t('agreed')}>
          <Agreed pairing={pairing} helper={helper} />
        </Section>
        <Section title={t('way')}>
          <Margin label={t('way')} entries={wayOf(pairing, t, say)} />
        </Section>
      </div>
      {asked === 'arrange' && <ArrangeDialog pairing={pairing} onClose={close} />}
      {asked === 'sign' && <SignDialog pairing={pairing} onClose={close} />}
      {asked === 'renew' && <RenewDialog pairing={pairing} onClose={close} />}
      {asked === 'stand_in' && <StandInDialog pairing={pairing} onClose={close} />}
      {asked === 'take_over' && <TakeOverDialog pairing={pairing} onClose={close} />}
      {asked === 'review' && <ReviewDialog pairing={pairing} onClose={close} />}
      {asked === 'end' && <EndPairing pairing={{ ...pairing, helper_name: helper }} onClose={close} />}
    </Page>
  )
}

function Agreed({ pairing, helper }: { pairing: PairingDetail; helper: string }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const reads = useRight('helpers.read')
  const day = (on: string) => plainDay(on, t.language)
  const rows: [string, ReactNode][] = [
    [
      t('child'),
      <To key="c" to={paths.child(pairing.child_id)}>
        {pairing.child_name}
      </To>,
    ],
    [
      t('helper'),
      <span key="h">
        {pairing.helper_id && reads ? <To to={paths.helper(pairing.helper_id)}>{helper}</To> : helper}{' '}
        <span className="dim">{pairing.helper_kind ? say(helperKinds[pairing.helper_kind]) : t('buddy')}</span>
      </span>,
    ],
    [t('form'), pairing.form && say(pairingForms[pairing.form])],
    [
      t('goals'),
      listed(
        pairing.goals.map((goal) => say(pairingGoals[goal])),
        t.language,
      ),
    ],
    [t('measures'), pairing.measures],
    [t('contact_how'), pairing.contact_how],
    [t('next_contact'), pairing.next_contact_on && day(pairing.next_contact_on)],
    [t('term'), pairing.term],
    [t('planned_until'), pairing.planned_until_on && day(pairing.planned_until_on)],
    [t('letter'), pairing.signed_on && t('signed_is', { day: day(pairing.signed_on) })],
    ...(pairing.over_limit_reason
      ? ([[t('over_limit_short'), pairing.over_limit_reason]] satisfies [string, ReactNode][])
      : []),
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

function wayOf(
  pairing: PairingDetail,
  t: ReturnType<typeof useWords<typeof pairingsText>>,
  say: ReturnType<typeof useSay>,
): MarginEntry[] {
  const day = (on: string) => plainDay(on, t.language)
  const began: MarginEntry = {
    id: 'began',
    when: day(pairing.from_on),
    head: t(pairing.replaces_id ? 'way_took_over' : pairing.stands_in_for_id ? 'way_stands_in' : 'way_began'),
  }
  const steps = pairing.steps.map((step, at): MarginEntry => {
    const base = { id: `${at}`, when: day(step.on_day), aside: step.by_name, body: step.words }
    if (step.step === 'signed') return { ...base, head: t('way_signed') }
    if (step.step === 'renewed') return { ...base, head: t('way_renewed', { day: day(step.until_on ?? '') }) }
    return {
      ...base,
      head: t('way_reviewed', {
        who: step.voice ? say(reviewVoices[step.voice]) : '',
        grade: step.grade ? say(reviewGrades[step.grade]) : '',
      }),
    }
  })
  const ended: MarginEntry[] =
    pairing.until_on && pairing.ended_reason
      ? [
          {
            id: 'ended',
            when: day(pairing.until_on),
            head: say(endReasons[pairing.ended_reason]),
            body: pairing.ended_note,
          },
        ]
      : []
  return [...ended, ...steps.toReversed(), began]
}
