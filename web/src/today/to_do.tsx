// 档案待办 and what else waits below the people: rosters on their way, proposals, gaps in files, other memberships.
import { useState, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { roles } from '@nuanyang/contract/roles.ts'
import type { Today } from '@nuanyang/contract/today.ts'
import { requirementWords, type Requirement } from '@nuanyang/domain/dossier.ts'
import { useWrite } from '../kernel/query.ts'
import { useTakeSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { State, type StateKind } from '../ui/state.tsx'
import { todayText } from './today.text.ts'

/** The commonest gaps first; the rest folds, so that the list stays a list of things to do. */
const shownKinds = 4
const shownBesidePeople = 1

export function ToDo({ today }: { today: Today }) {
  const t = useWords(todayText)
  const say = useSay()
  const [all, setAll] = useState(false)
  // Where people wait, files come after them and in one line.
  const few = today.due && today.due.counts.all > 0 ? shownBesidePeople : shownKinds
  const missing = all ? today.missing : today.missing.slice(0, few)
  const rest = today.missing.length - few
  const what = (code: string) => (code in requirementWords ? say(requirementWords[code as Requirement]) : code)
  const contradictory = today.contradictory?.count ?? 0
  const proposals = today.proposals?.count ?? 0
  const places = today.open_places ?? 0
  const waits = (today.due?.counts.all ?? 0) + (today.due?.units.length ?? 0)
  const quiet =
    today.imports.length +
      contradictory +
      proposals +
      places +
      today.missing.length +
      today.elsewhere.length +
      waits ===
    0
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
      {(contradictory > 0 || places > 0 || missing.length > 0) && (
        <ul className="today-group">
          {places > 0 && (
            <Line kind={t('file')} to={paths.families()} search={{ tab: 'places' }} end={t('look')}>
              {t('open_places', { n: places })}
            </Line>
          )}
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
