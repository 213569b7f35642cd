// 摸底走访: the rounds of the unit, and beginning one.
import { useState, type FormEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { seenStates, surveyOps, type Round } from '@nuanyang/contract/surveys.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { ProgressLine, State } from '../ui/state.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import { surveysText } from './surveys.text.ts'
import './surveys.css'

export const seenOf = (round: Round) => seenStates.reduce((sum, state) => sum + round.counts[state], 0)

export function SurveysPage() {
  const t = useWords(surveysText)
  const leads = useRight('surveys.lead')
  const [asking, setAsking] = useState(false)
  const keyset = useKeyset('surveys')
  const list = useOp(surveyOps.list, keyset.after ? { after: keyset.after } : {}, { keepLast: true })
  const begin = leads && (
    <Button kind="primary" icon="plus" onClick={() => setAsking(true)}>
      {t('open')}
    </Button>
  )
  return (
    <Page title={t('title')} sub={t('lead')} back={paths.children()} actions={list.data?.items.length ? begin : null}>
      <Loaded of={list} rows={4}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={t('none_title')} actions={begin}>
              {t('none_help')}
            </EmptyState>
          ) : (
            <>
              <ul className="rounds">
                {items.map((round) => (
                  <RoundLine key={round.id} round={round} />
                ))}
              </ul>
              <Pager keyset={keyset} next={next} shown={items.length} />
            </>
          )
        }
      </Loaded>
      {asking && <OpenRound onClose={() => setAsking(false)} />}
    </Page>
  )
}

function RoundLine({ round }: { round: Round }) {
  const t = useWords(surveysText)
  const seen = seenOf(round)
  const day = (on: string) => plainDay(on, t.language)
  return (
    <li>
      <div className="grow">
        <To to={paths.survey(round.id)}>
          <b>{round.title}</b>
        </To>
        <span className="dim small">
          {round.unit_name} {t('days', { from: day(round.from_on), until: day(round.until_on) })}
        </span>
      </div>
      <div className="round-bar">
        <ProgressLine
          value={round.children === 0 ? 0 : seen / round.children}
          label={t('progress', { seen, all: round.children })}
        />
        <span className="small">{t('progress', { seen, all: round.children })}</span>
      </div>
      <State kind={round.state === 'open' ? 'plain' : 'done'}>{t(`state_${round.state}`)}</State>
    </li>
  )
}

/** Two months from a day, as a first proposal. */
function laterBy(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}

function OpenRound({ onClose }: { onClose: () => void }) {
  const t = useWords(surveysText)
  const say = useSay()
  const navigate = useNavigate()
  const open = useWrite(surveyOps.open)
  const today = dayOf()
  const spring = Number(today.slice(5, 7)) < 8
  const [id] = useState(newId)
  const [title, setTitle] = useState(
    t('name_default', { year: today.slice(0, 4), season: t(spring ? 'spring' : 'autumn') }),
  )
  const [from, setFrom] = useState(today)
  const [until, setUntil] = useState(laterBy(today, 2))
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!title.trim() || !from || !until) return
    const written = await open.send({ body: { id, title: title.trim(), from_on: from, until_on: until } })
    if (written.is !== 'done') return
    toast(t('begun', { n: written.answer.children }))
    void navigate({ to: paths.survey(id) })
  }
  return (
    <Dialog title={t('open_title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextInput label={t('name')} maxLength={100} value={title} onChange={setTitle} />
        <TextInput kind="date" label={t('from_on')} value={from} onChange={setFrom} />
        <TextInput kind="date" label={t('until_on')} value={until} min={from} onChange={setUntil} />
        {open.problem && <ProblemLine>{say({ zh: open.problem.detail, en: open.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={open.busy}>
          {t('begin')}
        </Button>
      </form>
    </Dialog>
  )
}
