// The columns of the list, and what of them the phone's two lines hold.
import type { ChildRow } from '@nuanyang/contract/children.ts'
import type { CustomField } from '@nuanyang/contract/custom_fields.ts'
import { customWords } from '../custom_fields/custom_words.ts'
import { saidDay } from '../ui/dates.ts'
import { useWords, type Say } from '../ui/language.ts'
import { Masked, NotCollected, State } from '../ui/state.tsx'
import type { Column } from '../ui/table.tsx'
import { childrenText } from './children.text.ts'
import { ageBandWords, sexWords } from './values.text.ts'
import { awayWords, classWords, kin, wordOf } from './words.ts'

type T = Say<typeof childrenText>

/** What a file lacks, in one mark: a contradiction before a gap. */
export function DossierState({ row }: { row: Pick<ChildRow, 'status' | 'missing' | 'contradictions'> }) {
  const t = useWords(childrenText)
  if (row.status === 'exited') return <State kind="none">{t('exited')}</State>
  if (row.contradictions > 0) return <State kind="late">{t('contradicts', { n: row.contradictions })}</State>
  if (row.missing > 0) return <State kind="soon">{t('short_of', { n: row.missing })}</State>
  return <State kind="done">{t('complete')}</State>
}

export function ageWords(row: { age: number | null; age_band: string | null }, t: T): string | null {
  if (row.age !== null) return t('years', { n: row.age })
  return row.age_band ? wordOf(ageBandWords, row.age_band, t.language) : null
}

function carerOf(row: ChildRow, t: T) {
  if (row.carer_name === null && row.carer_relation === null) return null
  return [row.carer_relation && kin(row.carer_relation, null, t.language), row.carer_name].filter(Boolean).join(' ')
}

const known = (words: string | null) => words ?? <NotCollected />

/** On the phone only what is known is said: the file's own mark tells how much is not. */
export function childColumns(
  t: T,
  phone: boolean,
  manyUnits: boolean,
  fields: readonly CustomField[],
): Column<ChildRow>[] {
  const { language } = t
  const text = (words: string | null) => (phone ? words : known(words))
  return [
    { key: 'name', head: t('name'), cell: (row) => row.name, phone: 'name', sorts: true },
    {
      key: 'sex',
      head: t('sex'),
      cell: (row) => text(row.sex && wordOf(sexWords, row.sex, language)),
      phone: 'beside',
    },
    {
      key: 'age',
      head: t('age'),
      number: !phone,
      cell: (row) => (phone ? ageWords(row, t) : known(row.age === null ? ageWords(row, t) : String(row.age))),
      phone: 'beside',
      sorts: true,
    },
    {
      key: 'schooling',
      head: t('schooling'),
      cell: (row) =>
        text(phone ? classWords({ ...row, school_name: null }, language, true) : classWords(row, language, true)),
      phone: 'beside',
    },
    { key: 'carer', head: t('carer'), cell: (row) => text(carerOf(row, t)), phone: 'below' },
    { key: 'away', head: t('away'), cell: (row) => text(awayWords(row, language, phone)), phone: 'below' },
    {
      key: 'helper',
      head: t('helper'),
      cell: (row) => row.helper_name ?? <State kind="none">{t('no_helper')}</State>,
    },
    {
      key: 'unit',
      head: t('unit'),
      cell: (row) => text(row.unit_name),
      extra: !manyUnits,
    },
    { key: 'group', head: t('group'), cell: (row) => text(row.villager_group), extra: true },
    {
      key: 'phone',
      head: t('phone'),
      cell: (row) => (row.phone ? <Masked value={row.phone} /> : <NotCollected />),
      extra: true,
    },
    {
      key: 'updated',
      head: t('updated'),
      cell: (row) => <span className="date">{saidDay(row.updated_on, language)}</span>,
      sorts: true,
      extra: true,
    },
    ...fields.map((field) => ({
      key: `custom.${field.code}`,
      head: field.name,
      number: field.type === 'number',
      cell: (row: ChildRow) => known(customWords(row.custom[field.code], field.type, language)),
      extra: true,
    })),
    { key: 'dossier', head: t('dossier'), cell: (row) => <DossierState row={row} />, phone: 'end' },
  ]
}
