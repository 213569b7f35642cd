// 今天: what is asked of this person now. Every number opens the list it counts.
import { todayOps, type Today } from '@nuanyang/contract/today.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { ButtonLink, To } from '../ui/controls.tsx'
import { plainDay, weekday } from '../ui/dates.ts'
import { useAddress } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { EmptyState, ErrorState, Page, Section, Skeleton } from '../ui/page.tsx'
import { ProgressLine, State } from '../ui/state.tsx'
import { Beside } from './beside.tsx'
import { BeyondLinks } from './beyond.tsx'
import { dueText } from './due.text.ts'
import { todayText } from './today.text.ts'
import { ToDo } from './to_do.tsx'
import { UnitLines, Waiting } from './waiting.tsx'
import { Watch } from './watch.tsx'
import './today.css'

export function TodayPage() {
  const t = useWords(todayText)
  const phone = useIsPhone()
  const found = useOp(todayOps.get, {}, { fresh: true, again: (data) => (data?.imports.some(isMoving) ? 1500 : false) })
  const today = found.data
  if (!today)
    return (
      <Page title={t('title')}>
        {found.error ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : <Skeleton />}
      </Page>
    )
  return (
    <Page
      title={t('title')}
      heading={phone ? <DayHeading today={today} /> : t('title')}
      sub={phone ? undefined : <DayLine today={today} />}
    >
      <Body today={today} />
    </Page>
  )
}

const isMoving = ({ state }: Today['imports'][number]) => /^(uploaded|reading|applying)$/.test(state)

/** The phone's heading is the day itself. */
function DayHeading({ today }: { today: Today }) {
  const { language } = useWords(todayText)
  return (
    <span className="today-day">
      <span className="date">
        {plainDay(today.day, language, today.day)} {weekday(today.day, language)}
      </span>
      <small className="dim">{today.lunar[language]}</small>
    </span>
  )
}

function DayLine({ today }: { today: Today }) {
  const t = useWords(todayText)
  const comma = t.language === 'zh' ? '，' : ', '
  return (
    <>
      <span className="date">
        {plainDay(today.day, t.language, today.day)} {weekday(today.day, t.language)}
      </span>
      {comma}
      {today.lunar[t.language]}
      {today.festival && `${comma}${festivalWords(t, today.festival)}`}
    </>
  )
}

type Say = ReturnType<typeof useWords<typeof todayText>>

function festivalWords(t: Say, festival: NonNullable<Today['festival']>): string {
  const name = festival[t.language]
  if (festival.in_days === 0) return t('festival_today', { name })
  return festival.in_days === 1 ? t('festival_tomorrow', { name }) : t('festival_in', { n: festival.in_days, name })
}

function Body({ today }: { today: Today }) {
  const t = useWords(todayText)
  const phone = useIsPhone()
  const [address] = useAddress()
  const chosen = { child: address['child'], duty: address['duty'] }
  const first = today.numbers?.registered.count === 0 && today.imports.length === 0 && today.elsewhere.length === 0
  if (first) return <FirstDay />
  const watches = today.supervises && today.due
  const beside =
    !phone && chosen.child && today.due ? (
      <Beside list={today.due.children} chosen={chosen} today={today.day} />
    ) : (
      (watches || today.numbers) && (
        <>
          {watches && <Watch today={today.day} />}
          {today.numbers && <Numbers today={today} numbers={today.numbers} />}
        </>
      )
    )
  return (
    <div className={beside ? 'today' : ''}>
      <section className={beside ? 'today-list' : 'today-alone'} aria-label={t('to_do')}>
        <Sentence today={today} />
        {today.due?.beyond && <BeyondLinks />}
        {today.due && <Waiting list={today.due.children} today={today.day} chosen={chosen} />}
        {today.due && <Rest due={today.due} />}
        {today.due && <UnitLines lines={today.due.units} today={today.day} />}
        <ToDo today={today} />
      </section>
      {beside && (
        <section className="today-pane" aria-label={t('beside')}>
          {beside}
        </section>
      )}
    </div>
  )
}

/** What did not fit, and what nobody is assigned to: each opens its list. */
function Rest({ due }: { due: NonNullable<Today['due']> }) {
  const t = useWords(dueText)
  const more = due.counts.all - due.children.length
  if (more <= 0 && !due.nobody) return null
  return (
    <ul className="today-group">
      {more > 0 && (
        <li>
          <To to={paths.due()} className="today-line">
            <span className="today-kind" />
            <span className="grow today-more">
              {t(due.children.length > 0 ? 'more' : 'behind', { children: t('n_children', { n: more }) })}
            </span>
            <Icon name="right" size={16} />
          </To>
        </li>
      )}
      {due.nobody !== null && due.nobody > 0 && (
        <li>
          <To to={paths.due()} search={{ owner: 'nobody' }} className="today-line">
            <span className="today-kind dim small">{t('nobody_kind')}</span>
            <span className="grow">
              <State kind="asked">{t('nobody', { children: t('n_children', { n: due.nobody }) })}</State>
            </span>
            <Icon name="right" size={16} />
          </To>
        </li>
      )}
    </ul>
  )
}

/** Nobody yet: what this page is for, and the first step. */
function FirstDay() {
  const t = useWords(todayText)
  const imports = useRight('imports.write')
  const writes = useRight('children.write')
  const phone = useIsPhone()
  if (!writes && !imports) return <EmptyState title={t('first_title')}>{t('first_reader')}</EmptyState>
  return (
    <EmptyState
      firstDay
      title={t('first_title')}
      actions={
        <>
          {imports && (
            <ButtonLink kind="primary" to={paths.imports()}>
              {t('first_import')}
            </ButtonLink>
          )}
          {writes && <ButtonLink to={paths.newChild()}>{t('first_add')}</ButtonLink>}
        </>
      }
      note={phone && imports && t('first_phone')}
    >
      {t('first_help')}
    </EmptyState>
  )
}

/** One sentence, not a chart. */
function Sentence({ today }: { today: Today }) {
  const t = useWords(todayText)
  const { numbers, festival } = today
  const active = useActiveMembership()
  const phone = useIsPhone()
  const near = phone && festival ? <span className="dim">{festivalWords(t, festival)}</span> : null
  if (!numbers)
    return (
      <p className="today-say">
        {t('nobody')} {near}
      </p>
    )
  // Offices above have people below who do it: there the files are the sentence until something is asked of them.
  const field = active?.unit_kind !== 'township' && active?.unit_kind !== 'county'
  if (today.due?.beyond)
    return (
      <p className="today-say">
        {t.with('beyond', { all: <To to={paths.children()}>{t('of_children', { n: today.due.beyond })}</To> })} {near}
      </p>
    )
  if (today.due && (field || today.due.counts.all > 0))
    return (
      <p className="today-say">
        <DueSentence counts={today.due.counts} /> {near}
      </p>
    )
  const open = numbers.registered.count - numbers.complete.count
  const all = <To to={paths.children()}>{t('of_children', { n: numbers.registered.count })}</To>
  return (
    <p className="today-say">
      {today.contradictory === null
        ? t.with('only_readers', { all })
        : open === 0
          ? t.with('all_complete', { all })
          : t.with('some_open', {
              all,
              open: (
                <To to={paths.children()} search={{ missing: 'any' }}>
                  {t('of_files', { n: open })}
                </To>
              ),
            })}{' '}
      {near}
    </p>
  )
}

/** This week first, and of it what ends today; each number opens its list. */
function DueSentence({ counts }: { counts: NonNullable<Today['due']>['counts'] }) {
  const t = useWords(dueText)
  const link = (when: keyof typeof counts, words: string) => (
    <To to={paths.due()} search={{ when }}>
      {words}
    </To>
  )
  if (counts.all === 0) return <>{t('all_done')}</>
  if (counts.week === 0) return t.with('month_some', { children: link('all', t('n_children', { n: counts.all })) })
  const children = link('week', t('n_children', { n: counts.week }))
  if (counts.today === 0) return t.with('week_some', { children })
  return t.with('week_today', { children, today: link('today', t('n_of_them', { n: counts.today })) })
}

function Numbers({ today, numbers }: { today: Today; numbers: NonNullable<Today['numbers']> }) {
  const t = useWords(todayText)
  const { registered, complete } = numbers
  const share = registered.count === 0 ? null : complete.count / registered.count
  // Rounded down: 100 % is said only when nothing is left to do.
  const percent = share === null ? null : Math.floor(share * 100)
  return (
    <Section title={t('numbers')}>
      <dl className="today-numbers">
        <div>
          <dt>{t('registered')}</dt>
          <dd>
            <To to={paths.children()} className="today-number">
              {t('people', { n: registered.count })}
            </To>
            <p className="small dim">{t('registered_help')}</p>
          </dd>
        </div>
        <div>
          <dt>{t('rate')}</dt>
          <dd>
            {percent === null ? (
              <span className="dim">{t('no_rate')}</span>
            ) : (
              <>
                <To to={paths.children()} search={complete.filter} className="today-number">
                  {percent}%
                </To>
                <ProgressLine value={share} label={t('rate')} />
                <p className="small dim">{t('rate_help', { complete: complete.count, all: registered.count })}</p>
              </>
            )}
          </dd>
        </div>
      </dl>
      {!today.due && <p className="small dim today-note">{t('note')}</p>}
    </Section>
  )
}
