// One round: who is still to be seen, household by household; how far each group is; what families said.
import { useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { kindSpecs } from '@nuanyang/contract/kinds.ts'
import type { FieldSpec } from '@nuanyang/contract/kinds/kind.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { surveyCan, surveyOps, visitStateCodes, visitStates, type Visit } from '@nuanyang/contract/surveys.ts'
import { unitWords } from '../children/words.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, Chip } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { SearchBox } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { ProgressLine, State } from '../ui/state.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import { Household } from './household.tsx'
import { seenOf } from './surveys.tsx'
import { surveysText } from './surveys.text.ts'
import './surveys.css'

type Whole = Answer<typeof surveyOps.get>
const filters = [...visitStateCodes] as const

export function SurveyPage() {
  const t = useWords(surveysText)
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useOp(surveyOps.get, { id })
  if (found.data) return <Shown round={found.data} />
  return (
    <Page title={t('title')} back={paths.surveys()}>
      <Loaded of={found} rows={6}>
        {() => null}
      </Loaded>
    </Page>
  )
}

function Shown({ round }: { round: Whole }) {
  const t = useWords(surveysText)
  const say = useSay()
  const [closing, setClosing] = useState(false)
  const exports = useRight('children.export')
  const writes = useRight('children.write')
  const join = useWrite(surveyOps.join)
  const open = surveyCan.visit(round)
  const phone = useIsPhone()
  const waiting = round.counts.waiting
  const day = (on: string) => plainDay(on, t.language)
  async function takeIn(): Promise<void> {
    const written = await join.send({ id: round.id, body: {} })
    if (written.is === 'done')
      toast(written.answer.joined === 0 ? t('joined_none') : t('joined', { n: written.answer.joined }))
  }
  async function report(): Promise<void> {
    try {
      await download(surveyOps.report, { id: round.id })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(say({ zh: error.detail, en: error.detail_en }))
    }
  }
  const acts = (
    <>
      {exports && (
        <Button icon="file" onClick={() => void report()}>
          {t('report')}
        </Button>
      )}
      {round.may_lead && open && <Button onClick={() => setClosing(true)}>{t('close')}</Button>}
    </>
  )
  return (
    <Page
      title={round.title}
      sub={`${round.unit_name} ${t('days', { from: day(round.from_on), until: day(round.until_on) })}`}
      back={paths.surveys()}
      notice={
        <State kind={open ? (waiting === 0 ? 'done' : 'soon') : 'done'}>
          {open ? (waiting === 0 ? t('all_seen') : t('left', { n: waiting })) : t('state_closed')}
        </State>
      }
      actions={phone ? null : acts}
    >
      <div className="survey">
        <div className="survey-main">
          <Visits round={round} />
          <div className="row wrap g12 no-print survey-foot">
            {open && writes && (
              <>
                <ButtonLink to={paths.newChild()} icon="plus">
                  {t('new_child')}
                </ButtonLink>
                <Button busy={join.busy} onClick={() => void takeIn()}>
                  {t('join')}
                </Button>
              </>
            )}
            {phone && acts}
          </div>
        </div>
        <Side round={round} />
      </div>
      {closing && <CloseRound round={round} onClose={() => setClosing(false)} />}
    </Page>
  )
}

function Visits({ round }: { round: Whole }) {
  const t = useWords(surveysText)
  const say = useSay()
  const [address, change] = useAddress()
  const state = filters.find((each) => each === address['state']) ?? (round.counts.waiting > 0 ? 'waiting' : undefined)
  const shown = address['state'] === 'all' ? undefined : state
  const group = address['group']
  const chosen = round.boards.find((board) => board.key === group)
  const q = address['q']
  const keyset = useKeyset(JSON.stringify([round.id, shown, group, q]))
  const list = useOp(
    surveyOps.visits,
    {
      id: round.id,
      ...(shown ? { state: shown } : {}),
      ...(group ? { group } : {}),
      ...(q ? { q } : {}),
      ...(keyset.after ? { after: keyset.after } : {}),
    },
    { keepLast: true },
  )
  return (
    <>
      <SearchBox
        label={t('search')}
        placeholder={t('search')}
        value={q ?? ''}
        onSearch={(text) => change({ q: text || undefined })}
      />
      <div className="row wrap g8 survey-chips">
        <Chip
          pressed={shown === undefined}
          onClick={() => change({ state: 'all' })}
        >{`${t('filter_all')} ${round.children}`}</Chip>
        {filters
          .filter((each) => round.counts[each] > 0 || each === shown)
          .map((each) => (
            <Chip key={each} pressed={each === shown} onClick={() => change({ state: each })}>
              {`${say(visitStates[each])} ${round.counts[each]}`}
            </Chip>
          ))}
        {group && (
          <Chip pressed onClick={() => change({ group: undefined })}>
            {chosen ? unitWords(chosen.name ?? '', t.language) : group}
          </Chip>
        )}
      </div>
      <Loaded of={list} rows={6}>
        {({ items, next }) => (
          <>
            {items.length === 0 && <p className="dim">{t('nobody')}</p>}
            <ul className="households">
              {households(items).map((visits) => (
                <Household key={visits[0]!.id} round={round} visits={visits} />
              ))}
            </ul>
            <Pager keyset={keyset} next={next} shown={items.length} />
          </>
        )}
      </Loaded>
    </>
  )
}

/** Children of one household side by side; a child without one stands alone. The list comes in the order of a walk. */
function households(items: readonly Visit[]): Visit[][] {
  const out: Visit[][] = []
  for (const visit of items) {
    const last = out.at(-1)
    if (last && visit.household_id !== null && last[0]!.household_id === visit.household_id) last.push(visit)
    else out.push([visit])
  }
  return out
}

const optionsOf = (code: string) =>
  (kindSpecs.survey.fields as readonly FieldSpec[]).find((each) => each.code === code)?.options ?? []

function Side({ round }: { round: Whole }) {
  const t = useWords(surveysText)
  const say = useSay()
  const [, change] = useAddress()
  const seen = seenOf(round)
  const word = (field: string, code: string) => {
    const option = optionsOf(field).find((each) => each.code === code)
    return option ? say(option) : code
  }
  const rows = [
    ...round.cross.reasons.map((each) => ({ ...each, label: word('reasons', each.code) })),
    ...round.cross.requests.map((each) => ({ ...each, label: word('request_about', each.code) })),
  ]
  return (
    <aside className="survey-side">
      <section>
        <p>{t('progress', { seen, all: round.children })}</p>
        <ProgressLine
          value={round.children === 0 ? 0 : seen / round.children}
          label={t('progress', { seen, all: round.children })}
        />
        {round.differences && (
          <p className="dim small">
            {t('before', {
              title: round.differences.before_title,
              joined: round.differences.joined,
              left: round.differences.left,
            })}
          </p>
        )}
      </section>
      <section>
        <h3>{t(`board_${round.by}`)}</h3>
        <ul className="boards">
          {round.boards.map((board) => (
            <li key={board.key ?? ''}>
              {board.key ? (
                <Button kind="text" onClick={() => change({ group: board.key ?? undefined, state: 'all' })}>
                  {unitWords(board.name ?? '', t.language)}
                </Button>
              ) : (
                <span className="dim">{t(`no_${round.by}`)}</span>
              )}
              <span className="num">{t('board_count', { seen: board.seen, all: board.children })}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('found')}</h3>
        {rows.length === 0 ? (
          <p className="dim">{t('found_none')}</p>
        ) : (
          <ul className="boards">
            {rows.map((row) => (
              <li key={`${row.label}${row.code}`}>
                <span>{row.label}</span>
                <span className="num">{t('people', { n: row.children })}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </aside>
  )
}

function CloseRound({ round, onClose }: { round: Whole; onClose: () => void }) {
  const t = useWords(surveysText)
  const say = useSay()
  const close = useWrite(surveyOps.close)
  const left = round.counts.waiting
  async function go(): Promise<void> {
    const written = await close.send({ id: round.id, body: { version: round.version } })
    if (written.is !== 'done') return
    toast(t('closed'))
    onClose()
  }
  return (
    <Dialog
      title={t('close_title', { title: round.title })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={close.busy} onClick={() => void go()}>
          {t('close')}
        </Button>
      }
    >
      <p>{left > 0 ? t('close_left', { n: left }) : t('close_all')}</p>
      <p className="dim">
        {listed([round.unit_name, t('progress', { seen: seenOf(round), all: round.children })], t.language)}
      </p>
      {close.problem && <ProblemLine>{say({ zh: close.problem.detail, en: close.problem.detail_en })}</ProblemLine>}
    </Dialog>
  )
}
