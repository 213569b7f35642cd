// Records as a line through time, the newest on top: the date in the margin, the kind and the names, what was written.
import type { RecordRow } from '@nuanyang/contract/records.ts'
import { fieldWords, specOf, yuan } from '@nuanyang/contract/records.fields.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay, saidDay } from '../ui/dates.ts'
import { listed, useSay, useWords, type Language } from '../ui/language.ts'
import { Margin, State } from '../ui/state.tsx'
import { recordsText } from './records.text.ts'

/** 陈小雨、陈小晨, 还有 3 个孩子. */
export function useNames(): (record: RecordRow) => string {
  const t = useWords(recordsText)
  return (record) => {
    const names = record.children.map((child) => child.name)
    const shown = names.slice(0, 4)
    const rest = record.others + names.length - shown.length
    return [...shown, ...(rest > 0 ? [t('and_others', { n: rest })] : [])].join(t.language === 'zh' ? '、' : ', ')
  }
}

/** The few fields that say most, as words beside the head. */
export function shortFacts(record: RecordRow, language: Language): string {
  const spec = specOf(record.kind)
  const words = spec.fields
    .filter((field) => field.quick && field.code !== 'part')
    .map((field) => fieldWords(field, record.fields[field.code], language))
  const sum = record.items.reduce((total, item) => total + (item.amount_fen ?? 0), 0)
  return listed([record.place, ...words, sum > 0 && yuan(sum, language)], language)
}

export function RecordState({ record }: { record: RecordRow }) {
  const t = useWords(recordsText)
  if (record.withdrawn) return <State kind="none">{t('withdrawn')}</State>
  if (record.draft) return <State kind="told">{t('draft')}</State>
  if (!record.counts) return <State kind="none">{t('not_counted')}</State>
  if (record.visibility === 'psychological') return <State kind="told">{t('restricted')}</State>
  return null
}

export function RecordLine({ records, ofChild }: { records: readonly RecordRow[]; ofChild?: boolean }) {
  const t = useWords(recordsText)
  const say = useSay()
  const names = useNames()
  return (
    <Margin
      label={t('line')}
      entries={records.map((record) => ({
        id: record.id,
        when: (
          <span className="date" title={plainDay(record.happened_on, t.language, '')}>
            {saidDay(record.happened_on, t.language)}
          </span>
        ),
        head: (
          <To to={paths.oneRecord(record.id)} className="rec-head">
            {listed([!ofChild && names(record), say(specOf(record.kind).title)], t.language)}
          </To>
        ),
        aside: record.done_by,
        end: <RecordState record={record} />,
        body:
          record.state === 'masked' ? (
            <p className="dim">{t('masked')}</p>
          ) : (
            <>
              {record.text && <p className="rec-text">{record.text}</p>}
              <p className="dim small">{shortFacts(record, t.language)}</p>
            </>
          ),
      }))}
    />
  )
}
