// The rates, one under the other: name and percent, a thin bar, the numbers that open their lists, and how it is counted.
import type { Rate } from '@nuanyang/contract/plans.due.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { To } from '../ui/controls.tsx'
import { Choices } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProgressLine } from '../ui/state.tsx'
import { paths } from '../paths.ts'
import { statisticsText } from './statistics.text.ts'

/** Rounded down, so that 100 % says that nobody is missing. */
export const percentOf = ({ numerator, denominator }: Pick<Rate, 'numerator' | 'denominator'>) =>
  denominator === 0 ? null : Math.floor((numerator / denominator) * 100)

export function Rates({ items }: { items: readonly Rate[] }) {
  return (
    <ul className="rates">
      {items.map((rate) => (
        <RateLine key={rate.code} rate={rate} />
      ))}
    </ul>
  )
}

function RateLine({ rate }: { rate: Rate }) {
  const t = useWords(statisticsText)
  const say = useSay()
  const [address] = useAddress()
  const name = say(indicators.find(({ code }) => code === rate.code)!)
  const percent = percentOf(rate)
  const numbers = { yes: rate.numerator, no: rate.denominator - rate.numerator, unknown: rate.unknown, outside: rate.outside } // prettier-ignore
  return (
    <li aria-current={address['rate'] === rate.code || undefined}>
      <p className="rate-head">
        <strong>{name}</strong>
        <span className="rate-percent">
          {percent === null ? <span className="dim">{t('nobody')}</span> : t('percent', { n: percent })}
        </span>
      </p>
      {percent !== null && <ProgressLine value={percent / 100} label={name} />}
      <p className="rate-numbers">
        {(['yes', 'no', 'unknown', 'outside'] as const)
          .filter((part) => numbers[part] > 0)
          .map((part) => (
            <PartLink key={part} rate={rate} part={part} n={numbers[part]} />
          ))}
        {!rate.opens && <span className="dim">{t('closed')}</span>}
      </p>
      {rate.code === 'material_aid_rate' && <AidOf />}
      <details className="rate-meaning">
        <summary className="dim small">{say(rate.definition)}</summary>
        <p className="dim small">{say(rate.footnote)}</p>
      </details>
    </li>
  )
}

function PartLink({ rate, part, n }: { rate: Rate; part: 'yes' | 'no' | 'unknown' | 'outside'; n: number }) {
  const t = useWords(statisticsText)
  const [address] = useAddress()
  if (!rate.opens) return <span>{t(part, { n })}</span>
  const search = { ...(address as Record<string, string>), rate: rate.code, part }
  const here = address['rate'] === rate.code && address['part'] === part
  return (
    <To to={paths.statistics()} search={search} {...(here ? { 'aria-current': 'true' as const } : {})}>
      {t(part, { n })}
    </To>
  )
}

function AidOf() {
  const t = useWords(statisticsText)
  const [address, change] = useAddress()
  return (
    <div className="no-print">
      <Choices
        required
        label={t('aid_of')}
        value={address['aid'] === 'in_need' ? 'in_need' : 'all'}
        onChange={(next) => change({ aid: next === 'in_need' ? 'in_need' : undefined, rate: undefined })}
        options={[
          { value: 'all', label: t('aid_all') },
          { value: 'in_need', label: t('aid_in_need') },
        ]}
      />
    </div>
  )
}
