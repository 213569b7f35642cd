// 完成情况: units × kinds over some months. Who lags, where, since when; a number opens the names.
import { dueOps } from '@nuanyang/contract/plans.due.ts'
import { kinds, type Kind } from '@nuanyang/domain/values/kinds.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Select } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { EmptyState, Loaded } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import { statisticsText } from './statistics.text.ts'

type Unit = Answer<typeof dueOps.completion>['units'][number]
type Cell = Pick<Unit, 'owed' | 'on_time' | 'late' | 'waived' | 'due' | 'overdue'>

export function Completion() {
  const t = useWords(statisticsText)
  const phone = useIsPhone()
  const [address, change] = useAddress()
  const now = dayOf().slice(0, 7)
  const from = address['from'] ?? now
  const until = address['until'] ?? now
  const unit = address['unit'] ? { unit_id: address['unit'] } : {}
  const found = useOp(dueOps.completion, { ...unit, from_month: from, until_month: until < from ? from : until }, { keepLast: true }) // prettier-ignore
  const months = lastMonths(now, 12).map((month) => ({ value: month, label: plainDay(month, t.language) }))
  const open = address['of'] !== undefined
  const names = open && <LagNames units={found.data?.units ?? []} from={from} until={until < from ? from : until} />
  if (phone && names) return names
  return (
    <>
      <div className="statistics-months no-print">
        <Select label={t('month_from')} value={from} options={months} onChange={(month) => change({ from: month, ...(until < month ? { until: month } : {}), of: undefined })} />
        <Select label={t('month_until')} value={until} options={months.filter(({ value }) => value >= from)} onChange={(month) => change({ until: month, of: undefined })} />
      </div>
      <Loaded of={found} rows={8}>
        {({ units, kept_on }) =>
          units.length === 0 ? (
            <EmptyState title={t('no_plans')} actions={<ButtonLink to={paths.plans()}>{t('go_plans')}</ButtonLink>}>
              {t('no_plans_help')}
            </EmptyState>
          ) : (
            <div className={open ? 'statistics-cols' : ''}>
              <div>
                <p className="dim small">
                  {t('completion_note')}
                  {kept_on && ` ${t('kept_on', { day: plainDay(kept_on, t.language) })}`}
                </p>
                <Grid units={units} />
              </div>
              {names && <div className="no-print">{names}</div>}
            </div>
          )
        }
      </Loaded>
    </>
  )
} // prettier-ignore

function lastMonths(month: string, count: number): string[] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(year, number - 1 - n, 1)).toISOString().slice(0, 7),
  ).toReversed()
}

const done = (cell: Cell) => cell.on_time + cell.late

/** The furthest behind first. */
function Grid({ units }: { units: readonly Unit[] }) {
  const t = useWords(statisticsText)
  const say = useSay()
  const used = kinds.filter(({ code }) => units.some((unit) => unit.cells.some((cell) => cell.kind === code)))
  const rows = units.toSorted((a, b) => b.overdue - a.overdue)
  return (
    <div className="table-scroll">
      <table className="tbl completion" aria-label={t('tab_completion')}>
        <thead>
          <tr>
            <th scope="col">{t('unit')}</th>
            <th scope="col" className="num">
              {t('whole')}
            </th>
            {used.map((kind) => (
              <th scope="col" key={kind.code} className="num">
                {say({ zh: kind.zh.split('、')[0]!, en: kind.en })}
              </th>
            ))}
            <th scope="col">{t('since')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((unit) => (
            <tr key={unit.plan_id}>
              <td className="name">{unit.unit_name}</td>
              <td className="num">
                <CellLink unit={unit} cell={unit} kind={null} />
              </td>
              {used.map(({ code }) => (
                <td key={code} className="num">
                  <CellLink unit={unit} cell={unit.cells.find((cell) => cell.kind === code)} kind={code} />
                </td>
              ))}
              <td>
                {unit.overdue_since ? (
                  <State kind="late">{plainDay(unit.overdue_since, t.language)}</State>
                ) : (
                  <State kind="done">{t('nothing_late')}</State>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CellLink({ unit, cell, kind }: { unit: Unit; cell: Cell | undefined; kind: Kind | null }) {
  const t = useWords(statisticsText)
  const [address] = useAddress()
  if (!cell || cell.owed === 0) return <span className="dim">–</span>
  const words = t('done_of', { done: done(cell), owed: cell.owed })
  if (cell.overdue === 0) return <span>{words}</span>
  const search = { ...(address as Record<string, string>), of: unit.plan_id, kind: kind ?? '' }
  return (
    <To to={paths.statistics()} search={search}>
      {words}
      <small className="brick">{t('overdue_n', { n: cell.overdue })}</small>
    </To>
  )
}

function LagNames({ units, from, until }: { units: readonly Unit[]; from: string; until: string }) {
  const t = useWords(statisticsText)
  const say = useSay()
  const phone = useIsPhone()
  const [address, change] = useAddress()
  const plan_id = address['of']!
  const kind = kinds.find(({ code }) => code === address['kind'])
  const unit = units.find((each) => each.plan_id === plan_id)
  const keyset = useKeyset(JSON.stringify([plan_id, kind?.code, from, until]))
  const span = from === until ? { month: from } : { from: `${from}-01`, until: lastDay(until) }
  const list = useOp(
    dueOps.due,
    { plan_id, ...span, ...(kind ? { kind: kind.code } : {}), state: ['overdue'], limit: 50, ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true },
  ) // prettier-ignore
  return (
    <section className="rate-names">
      {phone && (
        <Button kind="text" icon="left" onClick={() => change({ of: undefined, kind: undefined })}>
          {t('back')}
        </Button>
      )}
      <h2>{t('lag_head', { unit: unit?.unit_name ?? '', kind: kind ? say({ zh: kind.zh.split('、')[0]!, en: kind.en }) : '' })}</h2>
      <Loaded of={list} rows={6}>
        {(now) => (
          <>
            <ul className="lines">
              {now.items.map((item) => (
                <li key={`${item.duty_id} ${item.subject_id} ${item.period_from} ${item.ordinal}`}>
                  <span className="grow">
                    {item.child_id ? <To to={paths.child(item.child_id)}>{item.name}</To> : item.name}
                    <small className="date">
                      {listed([item.title, `${plainDay(item.period_from, t.language)}—${plainDay(item.period_until, t.language)}`])}
                    </small>
                  </span>
                  <span className="dim small">
                    {item.owner_how === 'nobody' ? t('owed_nobody') : t('owed_by', { who: listed(item.owners) })}
                  </span>
                </li>
              ))}
            </ul>
            {now.others > 0 && <p className="dim small">{t('others', { n: now.others })}</p>}
            <Pager keyset={keyset} next={now.next} shown={now.items.length} total={now.total - now.others} size={50} />
          </>
        )}
      </Loaded>
    </section>
  )
} // prettier-ignore

function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
