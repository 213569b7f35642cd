// What is asked of the rates: over which days, and of which children.
import { useAddress } from '../ui/filters.tsx'
import { Choices } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { statisticsText } from './statistics.text.ts'

const periods = ['this_year', 'this_month', 'last_month'] as const

/** The days of a period; the school year when none is chosen. */
export function spanOf(period: string | undefined, today: string): { from?: string; until?: string } {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const first = (m: number) => new Date(Date.UTC(year, m - 1, 1)).toISOString().slice(0, 10)
  const last = (m: number) => new Date(Date.UTC(year, m, 0)).toISOString().slice(0, 10)
  if (period === 'this_month') return { from: first(month), until: today }
  if (period === 'last_month') return { from: first(month - 1), until: last(month - 1) }
  return {}
}

export function Period() {
  const t = useWords(statisticsText)
  const [address, change] = useAddress()
  const value = periods.find((each) => each === address['period']) ?? 'this_year'
  return (
    <Choices
      required
      label={t('period')}
      value={value}
      onChange={(next) => change({ period: next === 'this_year' ? undefined : (next ?? undefined), rate: undefined })}
      options={periods.map((each) => ({ value: each, label: t(each) }))}
    />
  )
}

export function Population() {
  const t = useWords(statisticsText)
  const [address, change] = useAddress()
  const all = ['all', 'mca', 'moe'] as const
  const value = all.find((each) => each === address['population']) ?? 'all'
  return (
    <Choices
      required
      label={t('population')}
      value={value}
      onChange={(next) => change({ population: next === 'all' ? undefined : (next ?? undefined), rate: undefined })}
      options={all.map((each) => ({ value: each, label: t(each) }))}
    />
  )
}
