// For whoever answers for people below: who lags, where and since when, with a reminder to one or all; and who has not been contacted.
import { todayOps, quietDays, type Laggard } from '@nuanyang/contract/today.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { useSay, useWords, type Say } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { dueText } from './due.text.ts'

export function Watch({ today }: { today: string }) {
  return (
    <>
      <Lagging today={today} />
      <Quiet />
    </>
  )
}

/** Sends a reminder and says what became of it. */
export function useRemind() {
  const t = useWords(dueText)
  const write = useWrite(todayOps.remind, { refreshes: ['notices'] })
  async function remind(body: Parameters<typeof write.send>[0]['body']): Promise<void> {
    const written = await write.send({ body })
    if (written.is !== 'done') return
    const { told } = written.answer
    if (told.length === 0) toast(t('told_already'))
    else if (told.length <= 3) toast(t('told', { names: told.join(t.language === 'zh' ? '、' : ', ') }))
    else toast(t('told_many', { n: told.length }))
  }
  return { remind, busy: write.busy, problem: write.problem }
}

function Lagging({ today }: { today: string }) {
  const t = useWords(dueText)
  const say = useSay()
  const found = useOp(todayOps.lagging, {})
  const { remind, busy, problem } = useRemind()
  const waiting = (found.data?.items ?? []).filter((one) => one.account_id && !one.reminded)
  return (
    <Section
      title={t('lagging')}
      end={
        waiting.length > 1 && (
          <Button kind="text" busy={busy} onClick={() => void remind({ all: true })}>
            {t('remind_all', { n: waiting.length })}
          </Button>
        )
      }
    >
      <p className="small dim">{t('lagging_help')}</p>
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      <Loaded of={found} rows={4}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p className="watch-none">
              <State kind="done">{t('lagging_none')}</State>
            </p>
          ) : (
            <ul className="watch">
              {items.map((one) => (
                <LagLine
                  key={`${one.account_id} ${one.unit_id}`}
                  lag={one}
                  today={today}
                  busy={busy}
                  onRemind={(id) => void remind({ account_ids: [id] })}
                />
              ))}
              {total > items.length && <li className="dim small">{t('lag_more', { n: total - items.length })}</li>}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}

function LagLine({
  lag,
  today,
  busy,
  onRemind,
}: {
  lag: Laggard
  today: string
  busy: boolean
  onRemind: (id: string) => void
}) {
  const t = useWords(dueText)
  return (
    <li>
      <span className="watch-who">
        <b>{lag.name ?? lag.unit_name}</b>
        {lag.name ? (
          <span className="dim small">{lag.unit_name}</span>
        ) : lag.assigned ? (
          <span className="dim small">{t('helpers_lag')}</span>
        ) : (
          <State kind="asked">{t('no_one')}</State>
        )}
      </span>
      <span className="watch-what">
        <span>{t('lagging_line', { children: t('n_children', { n: lag.children }), items: t('n_items', { n: lag.items }) })}</span>
        <span className="dim small date">{t('since', { day: plainDay(lag.since_on, t.language, today) })}</span>
      </span>
      <span className="watch-act">
        {lag.account_id &&
          (lag.reminded ? (
            <State kind="done">{t('reminded')}</State>
          ) : (
            <Button busy={busy} aria-label={t('remind_one', { name: lag.name! })} onClick={() => onRemind(lag.account_id!)}>
              {t('remind')}
            </Button>
          ))}
      </span>
    </li>
  )
} // prettier-ignore

function Quiet() {
  const t = useWords(dueText)
  const found = useOp(todayOps.quiet, {})
  return (
    <Section title={t('quiet')}>
      <p className="small dim">{t('quiet_help')}</p>
      <Loaded of={found} rows={3}>
        {(quiet) => (
          <>
            <dl className="watch-numbers">
              {quietDays.map((days) => (
                <div key={days}>
                  <dt>{t('quiet_n', { n: days })}</dt>
                  <dd>
                    <To to={paths.quiet()} search={{ days: String(days) }} className="today-number">
                      {quiet[`d${days}`]}
                    </To>
                  </dd>
                </div>
              ))}
            </dl>
            {quiet.d14 === 0 ? <State kind="done">{t('quiet_none')}</State> : <QuietUnits t={t} units={quiet.units} />}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function QuietUnits({ t, units }: { t: Say<typeof dueText>; units: readonly { unit_id: string; unit_name: string; d14: number }[] }) {
  return (
    <ul className="watch-units">
      {units.slice(0, 12).map((unit) => (
        <li key={unit.unit_id}>
          <To to={paths.quiet()} search={{ days: '14', unit: unit.unit_id }}>
            {t('quiet_unit', { unit: unit.unit_name, n: unit.d14 })}
          </To>
        </li>
      ))}
    </ul>
  )
} // prettier-ignore
