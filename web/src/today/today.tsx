// 今天: what is asked of this person now. Every number opens the list it counts.
import { useState, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { roles } from '@nuanyang/contract/roles.ts'
import { todayOps, type Today } from '@nuanyang/contract/today.ts'
import { requirementWords, type Requirement } from '@nuanyang/domain/dossier.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight, useTakeSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { ButtonLink, To } from '../ui/controls.tsx'
import { plainDay, weekday } from '../ui/dates.ts'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { EmptyState, ErrorState, Page, Skeleton } from '../ui/page.tsx'
import { ProgressLine, State, type StateKind } from '../ui/state.tsx'
import { todayText } from './today.text.ts'
import './today.css'

export function TodayPage() {
  const t = useWords(todayText)
  const phone = useIsPhone()
  const found = useOp(todayOps.get, {}, { again: (data) => (data?.imports.some(isMoving) ? 1500 : false) })
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
  const first = today.numbers?.registered.count === 0 && today.imports.length === 0 && today.elsewhere.length === 0
  if (first) return <FirstDay />
  return (
    <div className="today">
      <section className="today-list" aria-label={t('to_do')}>
        <Sentence today={today} />
        <ToDo today={today} />
      </section>
      {today.numbers && <Numbers numbers={today.numbers} />}
    </div>
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
  const phone = useIsPhone()
  const near = phone && festival ? <span className="dim">{festivalWords(t, festival)}</span> : null
  if (!numbers)
    return (
      <p className="today-say">
        {t('nobody')} {near}
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

/** The commonest gaps first; the rest folds, so that the list stays a list of things to do. */
const shownKinds = 4

function ToDo({ today }: { today: Today }) {
  const t = useWords(todayText)
  const say = useSay()
  const [all, setAll] = useState(false)
  const missing = all ? today.missing : today.missing.slice(0, shownKinds)
  const rest = today.missing.length - shownKinds
  const what = (code: string) => (code in requirementWords ? say(requirementWords[code as Requirement]) : code)
  const contradictory = today.contradictory?.count ?? 0
  const proposals = today.proposals?.count ?? 0
  const quiet = today.imports.length + contradictory + proposals + today.missing.length + today.elsewhere.length === 0
  return (
    <>
      {today.imports.length > 0 && (
        <ul className="today-group">
          {today.imports.map((each) => (
            <RosterLine key={each.id} roster={each} />
          ))}
        </ul>
      )}
      {proposals > 0 && (
        <ul className="today-group">
          <Line kind={t('change')} to={paths.changes()} end={t('look')}>
            {t('proposals', { n: proposals })}
          </Line>
        </ul>
      )}
      {(contradictory > 0 || missing.length > 0) && (
        <ul className="today-group">
          {contradictory > 0 && (
            <Line
              kind={t('file')}
              to={paths.children()}
              search={today.contradictory!.filter}
              end={t('who')}
              mark="late"
            >
              {t('contradicts', { n: contradictory })}
            </Line>
          )}
          {missing.map(({ requirement, count, filter }) => (
            <Line key={requirement} kind={t('file')} to={paths.children()} search={filter} end={t('who')}>
              {t('lacks', { n: count, what: what(requirement) })}
            </Line>
          ))}
          {rest > 0 && (
            <li>
              <button type="button" className="today-line" aria-expanded={all} onClick={() => setAll(!all)}>
                <span className="today-kind" />
                <span className="grow today-more">{all ? t('fewer') : t('more_kinds', { n: rest })}</span>
                <Icon name={all ? 'up' : 'down'} size={16} />
              </button>
            </li>
          )}
        </ul>
      )}
      {today.elsewhere.length > 0 && (
        <ul className="today-group">
          {today.elsewhere.map((each) => (
            <ElsewhereLine key={each.membership_id} there={each} />
          ))}
        </ul>
      )}
      {quiet && <p className="today-quiet dim">{t('nothing')}</p>}
    </>
  )
}

function Line({
  kind,
  to,
  search,
  end,
  mark,
  children,
}: {
  kind: string
  to: string
  search?: Record<string, string>
  end: string
  mark?: StateKind
  children: ReactNode
}) {
  return (
    <li>
      <To to={to} search={search} className="today-line">
        <span className="today-kind dim small">{kind}</span>
        <span className="grow">{mark ? <State kind={mark}>{children}</State> : children}</span>
        <span className="dim small desk-only">{end}</span>
        <Icon name="right" size={16} />
      </To>
    </li>
  )
}

const rosterMarks: Record<string, StateKind> = { ready: 'asked', failed: 'late' }

function RosterLine({ roster }: { roster: Today['imports'][number] }) {
  const t = useWords(todayText)
  const words =
    roster.state === 'ready'
      ? roster.questions > 0
        ? t('r_questions', { n: roster.questions })
        : t('r_ready')
      : roster.state === 'applied' || roster.state === 'withdrawn'
        ? ''
        : t(`r_${roster.state}`)
  return (
    <li>
      <To to={paths.importing(roster.id)} className="today-line">
        <span className="today-kind dim small">{t('roster')}</span>
        <span className="grow today-file">{roster.file_name}</span>
        <State kind={rosterMarks[roster.state] ?? 'soon'}>{words}</State>
      </To>
    </li>
  )
}

/** What waits under another membership; pressing it goes there. */
function ElsewhereLine({ there }: { there: Today['elsewhere'][number] }) {
  const t = useWords(todayText)
  const say = useSay()
  const queries = useQueryClient()
  const take = useTakeSession()
  const change = useWrite(accountOps.switch_membership)
  async function go(): Promise<void> {
    const written = await change.send({ body: { membership_id: there.membership_id } })
    if (written.is !== 'done') return
    take(written.answer)
    await queries.invalidateQueries()
  }
  const waits = [
    there.incomplete > 0 && t('there', { n: there.incomplete }),
    there.proposals > 0 && t('there_changes', { n: there.proposals }),
  ].filter(Boolean)
  return (
    <li>
      <button type="button" className="today-line" aria-busy={change.busy} onClick={() => void go()}>
        <span className="today-kind dim small">{t('elsewhere')}</span>
        <span className="grow">
          {there.unit_name} <span className="dim small">{say(roles[there.role])}</span>
        </span>
        <span className="dim small">{waits.join(t.language === 'zh' ? '，' : ', ')}</span>
        <Icon name="right" size={16} />
      </button>
    </li>
  )
}

function Numbers({ numbers }: { numbers: NonNullable<Today['numbers']> }) {
  const t = useWords(todayText)
  const { registered, complete } = numbers
  const share = registered.count === 0 ? null : complete.count / registered.count
  // Rounded down: 100 % is said only when nothing is left to do.
  const percent = share === null ? null : Math.floor(share * 100)
  return (
    <section className="today-pane" aria-label={t('numbers')}>
      <h2>{t('numbers')}</h2>
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
      <p className="small dim today-note">{t('note')}</p>
    </section>
  )
}
