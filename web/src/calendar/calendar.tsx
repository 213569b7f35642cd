// 设置 → 校历: terms of the county and of the own school, days off with the year that is missing, festivals.
import { useState } from 'react'
import { calendarOps, type Calendar, type Term } from '@nuanyang/contract/calendar.ts'
import { festivals } from '@nuanyang/domain/values/festivals.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay, weekday } from '../ui/dates.ts'
import { DayField } from '../ui/dayfield.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { calendarText } from './calendar.text.ts'
import { DaysOff } from './days_off.tsx'
import './calendar.css'

export function CalendarPage() {
  const t = useWords(calendarText)
  const calendar = useOp(calendarOps.get, {})
  return (
    <Page title={t('title')} sub={t('help')} back={paths.settings()}>
      <Loaded of={calendar} rows={8}>
        {(now) => (
          <div className="calendar-cols">
            <div>
              <Terms now={now} />
              {!now.may_county && !now.may_own && <p className="dim section">{t('ask')}</p>}
            </div>
            <div>
              {now.years.map((year) => (
                <DaysOff key={year.year} year={year} may={now.may_county} />
              ))}
              <Festivals now={now} />
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

type YearTerm = Calendar['school_years'][number]['terms'][number]

function Terms({ now }: { now: Calendar }) {
  const t = useWords(calendarText)
  // A year that is over and was never entered needs no asking.
  const shown = now.school_years.filter(({ terms }, at) => at > 0 || terms.some((term) => term.own ?? term.county))
  const missing = shown.some(({ terms }) => terms.some((term) => !term.own && !term.county))
  return (
    <Section title={now.unit_id ? t('of_school', { name: now.unit_name }) : t('terms')}>
      {shown.map(({ school_year, terms }) => (
        <div key={school_year} className="calendar-year">
          <h3>{t('school_year', { from: school_year, to: school_year + 1 })}</h3>
          <ul className="lines">
            {terms.map((term) => (
              <TermLine key={term.number} now={now} year={school_year} term={term} />
            ))}
          </ul>
        </div>
      ))}
      {missing && <p className="small dim calendar-year">{t('unknown_help')}</p>}
    </Section>
  )
}

function TermLine({ now, year, term }: { now: Calendar; year: number; term: YearTerm }) {
  const t = useWords(calendarText)
  const [open, setOpen] = useState(false)
  const name = t(term.number === 1 ? 'autumn' : 'spring')
  const holds = term.own ?? term.county
  const own = now.unit_id !== null && now.may_own
  const may = own || now.may_county
  if (open)
    return (
      <li className="calendar-form">
        <TermForm name={name} year={year} number={term.number} unit_id={own ? now.unit_id : null} kept={own ? term.own : term.county} like={holds} close={() => setOpen(false)} />
      </li>
    ) // prettier-ignore
  return (
    <li>
      <span className="grow">
        {name}
        <small>
          {holds ? (
            t('from_to', { from: plainDay(holds.from_on, t.language, ''), until: plainDay(holds.until_on, t.language, '') })
          ) : (
            <State kind="asked">{t('unknown')}</State>
          )}
          {holds && now.unit_id && ` · ${t(term.own ? 'own' : 'by_county')}`}
        </small>
      </span>
      {may && (
        <Button kind="text" aria-label={t('change_of', { term: `${year} ${name}` })} onClick={() => setOpen(true)}>
          {t(!holds ? 'enter' : own && !term.own ? 'own_days' : 'change')}
        </Button>
      )}
    </li>
  ) // prettier-ignore
}

function TermForm({
  name,
  year,
  number,
  unit_id,
  kept,
  like,
  close,
}: {
  name: string
  year: number
  number: 1 | 2
  unit_id: string | null
  kept: Term | null
  like: Term | null
  close: () => void
}) {
  const t = useWords(calendarText)
  const say = useSay()
  const set = useWrite(calendarOps.set_term, { refreshes: ['plans', 'today'] })
  const remove = useWrite(calendarOps.remove_term, { refreshes: ['plans', 'today'] })
  const [from, setFrom] = useState<string | null>(like?.from_on ?? null)
  const [until, setUntil] = useState<string | null>(like?.until_on ?? null)
  const [tried, setTried] = useState(false)
  const whole = (day: string | null): day is string => day !== null && day.length === 10
  const wrong = (day: string | null) => (tried && !whole(day) ? t('day_needed') : undefined)
  async function save() {
    setTried(true)
    if (!whole(from) || !whole(until)) return
    const body = { id: kept?.id ?? newId(), unit_id, school_year: year, number, from_on: from, until_on: until, ...(kept ? { version: kept.version } : {}) } // prettier-ignore
    const written = await set.send({ body })
    if (written.is !== 'done') return
    toast(t('saved'))
    close()
  }
  async function back() {
    if (!kept) return
    const written = await remove.send({ id: kept.id, body: { version: kept.version } })
    if (written.is === 'done') close()
  }
  const problem = set.problem ?? remove.problem
  return (
    <form
      className="stack"
      aria-label={name}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <strong>{name}</strong>
      <div className="calendar-days">
        <DayField label={t('from_on')} value={from} onChange={setFrom} error={wrong(from)} />
        <DayField label={t('until_on')} value={until} onChange={setUntil} error={wrong(until)} />
      </div>
      {kept && <p className="small dim">{t('changes_past')}</p>}
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      <p className="row g12 wrap">
        <Button kind="primary" submit busy={set.busy}>
          {t('save')}
        </Button>
        <Button kind="text" onClick={close}>
          {t('cancel')}
        </Button>
        {kept && unit_id && (
          <Button kind="text" busy={remove.busy} onClick={() => void back()}>
            {t('back_to_county')}
          </Button>
        )}
      </p>
    </form>
  )
}

function Festivals({ now }: { now: Calendar }) {
  const t = useWords(calendarText)
  const say = useSay()
  const days = now.years[0]!
  return (
    <Section title={`${days.year} ${t('festivals')}`}>
      <p className="small dim">{t('festivals_help')}</p>
      <ul className="calendar-festivals">
        {days.festivals.map(({ festival, on_day }) => (
          <li key={festival}>
            <span>{say(festivals.find(({ code }) => code === festival)!)}</span>
            <span className="dim date">
              {plainDay(on_day, t.language)} {weekday(on_day, t.language)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
