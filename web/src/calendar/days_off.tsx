// Days off of one year as people read them (a festival: from–to, and when one works instead), and a newer notice pasted and read.
import { useState } from 'react'
import { calendarOps, type Calendar, type LegalDay } from '@nuanyang/contract/calendar.ts'
import { readHolidayNotice } from '@nuanyang/domain/holiday_notice.ts'
import { useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { TextArea } from '../ui/fields.tsx'
import { listed, useSay, useWords, type Language } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { calendarText } from './calendar.text.ts'

type Year = Calendar['years'][number]

export function DaysOff({ year, may }: { year: Year; may: boolean }) {
  const t = useWords(calendarText)
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={`${year.year} ${t('days_off')}`}
      end={
        may && !open ? (
          <Button kind="text" onClick={() => setOpen(true)}>
            {t('paste')}
          </Button>
        ) : null
      }
    >
      {year.source === null ? (
        <div className="stack">
          <State kind="asked">{t('year_missing', { year: year.year })}</State>
          <p className="small dim">{t('year_missing_help')}</p>
        </div>
      ) : (
        <>
          <p className="small dim">{t(year.source === 'official' ? 'official' : 'county_own')}</p>
          <Spans days={year.days} />
        </>
      )}
      {open && <Paste year={year} close={() => setOpen(false)} />}
    </Section>
  )
}

/** Runs of days off with the days of work that belong to them. */
function Spans({ days }: { days: readonly LegalDay[] }) {
  const t = useWords(calendarText)
  return (
    <ul className="calendar-off">
      {spansOf(days).map((span) => (
        <li key={span.from ?? span.work[0]}>
          <span>{span.name}</span>
          <span className="date">
            {span.from && range(span.from, span.until!, t.language)}
            {span.work.length > 0 && (
              <small className="dim">
                {t('work_on', { days: listed(span.work.map((day) => said(day, t.language))) })}
              </small>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** The heading says the year. */
const said = (day: string, language: Language) => plainDay(day, language, day)

function range(from: string, until: string, language: Language): string {
  return from === until ? said(from, language) : `${said(from, language)}—${said(until, language)}`
}

interface OffSpan {
  name: string
  from: string | null
  until: string | null
  work: string[]
}

function spansOf(days: readonly LegalDay[]): OffSpan[] {
  const spans: OffSpan[] = []
  for (const { on_day, kind, name } of days) {
    const last = spans.find((span) => span.name === name && (span.until === null || near(span.until, on_day)))
    const span = last ?? { name, from: null, until: null, work: [] }
    if (!last) spans.push(span)
    if (kind === 'working') span.work.push(on_day)
    else {
      span.from ??= on_day
      span.until = on_day
    }
  }
  return spans.toSorted((a, b) => ((a.from ?? a.work[0]!) < (b.from ?? b.work[0]!) ? -1 : 1))
}

/** 元旦 stands at both ends of a year. */
const near = (a: string, b: string) => Date.parse(b) - Date.parse(a) < 40 * 86_400_000

function Paste({ year, close }: { year: Year; close: () => void }) {
  const t = useWords(calendarText)
  const say = useSay()
  const set = useWrite(calendarOps.set_days, { refreshes: ['plans', 'today'] })
  const [text, setText] = useState('')
  const read = readHolidayNotice(text, year.year).filter(({ on_day }) => on_day.startsWith(`${year.year}-`))
  const off = read.filter(({ kind }) => kind === 'holiday').length
  async function save(days: LegalDay[]) {
    const written = await set.send({ body: { year: year.year, days } })
    if (written.is !== 'done') return
    toast(t('saved'))
    close()
  }
  return (
    <form
      className="stack calendar-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (read.length > 0) void save(read)
      }}
    >
      <TextArea label={t('paste_label')} hint={t('paste_hint')} value={text} onChange={setText} rows={6} />
      {text.trim() !== '' && (
        <p>
          {read.length > 0 ? (
            <State kind="told">{t('read_off', { off, work: read.length - off })}</State>
          ) : (
            <State kind="asked">{t('read_none')}</State>
          )}
        </p>
      )}
      <Spans days={read} />
      {set.problem && <ProblemLine>{say({ zh: set.problem.detail, en: set.problem.detail_en })}</ProblemLine>}
      <p className="row g12 wrap">
        {read.length > 0 && (
          <Button kind="primary" submit busy={set.busy}>
            {t('keep_days', { year: year.year, n: read.length })}
          </Button>
        )}
        {year.source === 'county' && (
          <Button busy={set.busy} onClick={() => void save([])}>
            {t('to_official')}
          </Button>
        )}
        <Button kind="text" onClick={close}>
          {t('cancel')}
        </Button>
      </p>
    </form>
  )
}
