// How a pairing stands, and short lines of several.
import { endReasons, pairingGoals, type Pairing } from '@nuanyang/contract/pairings.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { State } from '../ui/state.tsx'
import { pairingsText } from './pairings.text.ts'

export function PairingLines({ pairings, who }: { pairings: readonly Pairing[]; who: 'child' | 'helper' }) {
  const t = useWords(pairingsText)
  const say = useSay()
  return (
    <ul className="pair-lines">
      {pairings.map((pairing) => (
        <li key={pairing.id}>
          <To to={paths.pairing(pairing.id)}>
            <b>{who === 'child' ? pairing.child_name : pairing.helper_name || t('hidden_buddy')}</b>
          </To>
          <span className="dim small grow">
            {listed(
              [...pairing.goals.map((goal) => say(pairingGoals[goal])), pairing.stands_in_for_id && t('stands_in')],
              t.language,
            )}
          </span>
          <span className="dim small date">{t('since', { from: plainDay(pairing.from_on, t.language) })}</span>
        </li>
      ))}
    </ul>
  )
}

export function PairingState({ pairing }: { pairing: Pairing }) {
  const t = useWords(pairingsText)
  const say = useSay()
  const today = dayOf()
  const day = (on: string) => plainDay(on, t.language)
  if (pairing.until_on && pairing.until_on <= today && pairing.ended_reason)
    return <State kind="none">{say(endReasons[pairing.ended_reason])}</State>
  if (pairing.stands_in_for_id && pairing.until_on)
    return <State kind="told">{t('stands_in_until', { day: day(pairing.until_on) })}</State>
  if (pairing.planned_until_on && pairing.planned_until_on < today)
    return <State kind="late">{t('over_since', { day: day(pairing.planned_until_on) })}</State>
  if (pairing.planned_until_on && pairing.planned_until_on <= daysLater(today, 30))
    return <State kind="soon">{t('over_soon', { day: day(pairing.planned_until_on) })}</State>
  return <State kind="done">{t('state_current')}</State>
}

function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
