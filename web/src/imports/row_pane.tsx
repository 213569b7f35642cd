// One line of the sheet: why it is marked, what it would change, and what the person decides about it.
import { importOps, type ImportRow } from '@nuanyang/contract/imports.ts'
import { issueWords } from '@nuanyang/contract/imports.words.ts'
import { saidValue } from '../children/words.ts'
import { useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { RadioList, type Option } from '../ui/fields.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { NotCollected, State } from '../ui/state.tsx'
import { importsText } from './imports.text.ts'
import { CellText, FateState } from './parts.tsx'
import { columnsOf, concerns, factWords, fateOf, type Difference, type Issue, type Sheet } from './sheet.ts'

export function RowPane({
  row,
  sheet,
  id,
  onDecided,
  titled,
}: {
  row: ImportRow
  sheet: Sheet
  id: string
  /** Its name stands above it already. */
  titled?: boolean
  onDecided: (decision: ImportRow['decision']) => void
}) {
  const t = useWords(importsText)
  const fate = fateOf(row)
  if (row.action === null)
    return (
      <>
        <p className="small dim">{t('row_title', { n: row.row })}</p>
        <h2>
          {row.skipped === 'subtotal' ||
          row.skipped === 'note' ||
          row.skipped === 'signature' ||
          row.skipped === 'hidden'
            ? t(`skip_${row.skipped}`)
            : t(row.skipped === 'title' ? 'title_row' : row.skipped === 'header' ? 'header_row' : 'blank_row')}
        </h2>
        <p className="dim">{t('no_child')}</p>
      </>
    )
  return (
    <>
      <div className="row base between g12">
        <p className="small dim">{t('row_title', { n: row.row })}</p>
        {fate && <FateState fate={fate} />}
      </div>
      {!titled && <h2>{row.name ?? <NotCollected />}</h2>}
      {row.child && <Known row={row} />}
      {row.issues.length > 0 && <Issues row={row} sheet={sheet} />}
      {row.differences.length > 0 && <Differences of={row.differences} />}
      {row.issues.length === 0 && row.differences.length === 0 && !row.child && (
        <p className="dim">{t('nothing_to_note')}</p>
      )}
      {row.action !== 'unchanged' && row.name !== null && <Decide row={row} id={id} onDecided={onDecided} />}
    </>
  )
}

/** The file this line goes into, or looks like. */
function Known({ row }: { row: ImportRow }) {
  const t = useWords(importsText)
  const child = row.child!
  const why = (['identity_no', 'name_and_birth', 'name_and_carer', 'name_alone'] as const).find(
    (each) => each === child.why,
  )
  const words =
    row.action !== 'duplicate'
      ? t('is_file', { name: child.name })
      : child.unit_name
        ? t('looks_like_at', { unit: child.unit_name, name: child.name })
        : t('looks_like', { name: child.name })
  return (
    <p>
      {child.id ? <To to={paths.child(child.id)}>{words}</To> : words}
      {why && <span className="dim">{t.language === 'zh' ? `，${t(`why_${why}`)}` : `, ${t(`why_${why}`)}`}</span>}
    </p>
  )
}

const marks = { error: 'late', question: 'asked', warning: 'told' } as const

function Issues({ row, sheet }: { row: ImportRow; sheet: Sheet }) {
  const t = useWords(importsText)
  const say = useSay()
  const columns = columnsOf(sheet, [])
  const head = (issue: Issue) =>
    columns
      .find((column) => concerns(column, issue))
      ?.header.split('/')
      .at(-1)
  return (
    <section>
      <h3>{t('reasons')}</h3>
      <ul className="imp-reasons">
        {row.issues.map((issue, at) => (
          <li key={at}>
            <State kind={marks[issue.severity]}>
              {issueWords[issue.code] ? say(issueWords[issue.code]!) : issue.code}
            </State>
            {issue.raw && (
              <span className="small dim">
                {head(issue) && `${head(issue)} `}
                <CellText text={issue.raw.slice(0, 80)} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Differences({ of }: { of: readonly Difference[] }) {
  const t = useWords(importsText)
  const say = useSay()
  const language = useLanguage()
  return (
    <section>
      <h3>{t('changes')}</h3>
      <dl className="imp-diff">
        {of.map((difference) => {
          const old = saidValue(difference.field, difference.old, language)
          const now = saidValue(difference.field, difference.new, language)
          return (
            <div key={difference.field}>
              <dt className="dim small">{say(factWords(difference.field))}</dt>
              <dd>
                {now ? <CellText text={now} /> : <NotCollected />}
                <span className="dim small">
                  {difference.how === 'fill' ? (
                    t('was_unknown')
                  ) : old ? (
                    <CellText text={t('was', { old })} />
                  ) : (
                    t('hidden_old')
                  )}
                </span>
                {difference.how === 'propose' && <State kind="soon">{t('proposed')}</State>}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

type Choice = 'create' | 'update' | 'skip'

/** Kept at once: nothing is written into a file before the import is applied. */
function Decide({
  row,
  id,
  onDecided,
}: {
  row: ImportRow
  id: string
  onDecided: (decision: ImportRow['decision']) => void
}) {
  const t = useWords(importsText)
  const say = useSay()
  const decide = useWrite(importOps.decide)
  const fate = fateOf(row)
  const now: Choice | null = fate === 'reject' ? 'skip' : fate === 'create' || fate === 'update' ? fate : null
  const options: Option<Choice>[] = [
    // Into a file out of sight nothing would be written, so it is not offered.
    ...(row.child && (row.child.id !== null || row.action === 'update')
      ? [{ value: 'update' as const, label: t('same_child', { name: row.child.name }) }]
      : []),
    ...(row.child?.why === 'identity_no' ? [] : [{ value: 'create' as const, label: t('as_new') }]),
    { value: 'skip', label: t('leave_out') },
  ]
  async function choose(choice: Choice): Promise<void> {
    const proposed = row.action === choice ? null : choice
    const written = await decide.send({ id, body: { row_ids: [row.id], decision: proposed } })
    if (written.is === 'done') onDecided(proposed)
  }
  return (
    <section>
      <h3>{t('what_to_do')}</h3>
      <RadioList
        legend={t('what_to_do')}
        hideLegend
        value={now}
        onChange={(choice) => void choose(choice)}
        options={options}
      />
      {decide.problem && <ProblemLine>{say({ zh: decide.problem.detail, en: decide.problem.detail_en })}</ProblemLine>}
    </section>
  )
}
