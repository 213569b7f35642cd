// 学习: the marks written in progress records, subject by subject, as the child's own trend.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { subjectOptions } from '@nuanyang/contract/kinds/subjects.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { useSay, useWords } from '../ui/language.ts'
import { Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { ownTrends } from './own_trend.ts'
import { recordsText } from './records.text.ts'
import './records.css'

export function OwnTrendOf({ file }: { file: ChildFile }) {
  const t = useWords(recordsText)
  const say = useSay()
  const reads = useRight('records.read')
  const records = useOp(recordOps.list, { child_id: file.id, kind: ['progress'], limit: 50 }, { when: reads })
  const trends = ownTrends((records.data?.items ?? []).filter((record) => record.state === 'open'))
  if (trends.length === 0) return null
  return (
    <Section title={t('own_trend')}>
      <ul className="lines" aria-label={t('own_trend')}>
        {trends.map(({ subject, marks, turn }) => {
          const named = subjectOptions.find(({ code }) => code === subject)
          return (
            <li key={subject} className="trend">
              <b>{named ? say(named) : subject}</b>
              <span className="grow trend-marks">
                {marks.map((mark) => (
                  <To key={mark.record_id} to={paths.oneRecord(mark.record_id)} className="trend-mark">
                    <span>{mark.words}</span>
                    <small className="date">{plainDay(mark.on, t.language)}</small>
                  </To>
                ))}
              </span>
              {turn === 'up' && <State kind="done">{t('trend_up')}</State>}
              {turn === 'same' && <State kind="plain">{t('trend_same')}</State>}
              {turn === 'down' && <State kind="soon">{t('trend_down')}</State>}
            </li>
          )
        })}
      </ul>
      <p className="dim small">{t('own_trend_help')}</p>
    </Section>
  )
}
