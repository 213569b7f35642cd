// 统计: the rates of a unit with their definition and the very children behind each number; and what the plans below it asked for and got.
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Tabs, useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Loaded, Page } from '../ui/page.tsx'
import { UnitPick } from '../units/unit_pick.tsx'
import { Completion } from './completion.tsx'
import { RateNames } from './rate_names.tsx'
import { Rates } from './rates.tsx'
import { Period, Population, spanOf } from './questions.tsx'
import { statisticsText } from './statistics.text.ts'
import './statistics.css'

export function StatisticsPage() {
  const t = useWords(statisticsText)
  const [address] = useAddress()
  const tab = address['tab'] === 'completion' ? 'completion' : 'rates'
  return (
    <Page title={t('title')} actions={<WhichUnit />}>
      <Tabs
        label={t('tabs')}
        current={tab}
        tabs={(['rates', 'completion'] as const).map((key) => ({
          key,
          label: t(`tab_${key}`),
          to: paths.statistics(),
          search: { tab: key, ...(address['unit'] ? { unit: address['unit'] } : {}) },
        }))}
      />
      {tab === 'rates' ? <RatesTab /> : <Completion />}
    </Page>
  )
}

/** Those who answer for several units look at one of them. */
function WhichUnit() {
  const t = useWords(statisticsText)
  const active = useActiveMembership()
  const [address, change] = useAddress()
  if (!active || !['county', 'township', 'school'].includes(active.unit_kind)) return null
  if (address['unit'])
    return (
      <Button kind="text" onClick={() => change({ unit: undefined, rate: undefined })}>
        {t('mine')}
      </Button>
    )
  return (
    <span className="statistics-unit no-print">
      <UnitPick
        floats
        label={t('other_unit')}
        under={active.unit_id}
        onPick={(unit) => unit && change({ unit: unit.id, rate: undefined })}
      />
    </span>
  )
}

function RatesTab() {
  const t = useWords(statisticsText)
  const phone = useIsPhone()
  const [address] = useAddress()
  const query = {
    ...spanOf(address['period'], dayOf()),
    ...(address['unit'] ? { unit_id: address['unit'] } : {}),
    ...(address['population'] === 'mca' || address['population'] === 'moe'
      ? { population: address['population'] as 'mca' | 'moe' }
      : {}),
    ...(address['aid'] === 'in_need' ? { aid_of: 'in_need' as const } : {}),
  }
  const rates = useOp(dueOps.rates, query, { keepLast: true })
  return (
    <>
      <div className="statistics-ask no-print">
        <Period />
        <Population />
      </div>
      <Loaded of={rates} rows={10}>
        {(now) => {
          const chosen = now.items.find(({ code }) => code === address['rate'])
          const names = chosen && <RateNames rate={chosen} query={query} />
          if (phone && names) return names
          return (
            <>
              <p className="dim small date">
                {t('of_unit', {
                  unit: now.unit_name,
                  n: now.children,
                  day: plainDay(now.items[0]?.as_of ?? dayOf(), t.language),
                })}
              </p>
              <div className="statistics-cols">
                <Rates items={now.items} />
                {!phone && <div className="no-print">{names ?? <p className="dim">{t('pick')}</p>}</div>}
              </div>
            </>
          )
        }}
      </Loaded>
    </>
  )
}
