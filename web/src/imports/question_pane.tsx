// One question at a time: what is doubtful, three examples, ready choices.
import { useState, type ReactNode } from 'react'
import { importOps, type Import, type ImportRow } from '@nuanyang/contract/imports.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { DayField } from '../ui/dayfield.tsx'
import { RadioList } from '../ui/fields.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { importsText } from './imports.text.ts'
import { CellText } from './parts.tsx'
import { asked, witness, type Asked } from './questions.ts'
import { questionText } from './questions.text.ts'
import { columnsOf, type Column, type Question } from './sheet.ts'

export const isOpen = (question: Question) => question.answer === undefined && !question.aside

export interface Answering {
  question: Question
  told: Asked
  columns: readonly Column[]
  choice: string | null
  setChoice: (choice: string) => void
  /** What is missing, or why it was refused. */
  error: string | null
  busy: boolean
  go: () => Promise<void>
  aside: () => Promise<void>
}

interface Said {
  /** The question it was said to. */
  to: string
  choice: string | null
  tried: boolean
}

/** The state of the question that is asked; it begins anew with each one. Null where none is. */
export function useAnswering(
  found: Import,
  question: Question | undefined,
  again: boolean,
  onDone: () => void,
): Answering | null {
  const t = useWords(importsText)
  const say = useSay()
  const language = useLanguage()
  const [last, setLast] = useState<Said | null>(null)
  const answer = useWrite(importOps.answer)
  const day = useWrite(importOps.set_as_of)
  const put = useWrite(importOps.put_aside)
  if (!question) return null
  const sheet = found.sheets.find((each) => each.name === question.sheet)
  const columns = sheet ? columnsOf(sheet, []) : []
  const told = asked(
    question,
    columns.find((each) => each.column === question.column),
    language,
  )
  const said =
    last?.to === question.id ? last : { to: question.id, choice: question.answer ?? told.proposed, tried: false }
  const { choice } = said
  const writes = [answer, day, put]
  const problem = writes.find((write) => write.problem)?.problem
  const good = choice !== null && (!told.month || /^\d{4}-\d{2}$/.test(choice))
  return {
    question,
    told,
    columns,
    choice,
    setChoice: (next) => setLast({ ...said, choice: next }),
    error: problem ? say({ zh: problem.detail, en: problem.detail_en }) : said.tried && !good ? t('choose_one') : null,
    busy: again || writes.some((write) => write.busy),
    go: async () => {
      setLast({ ...said, tried: true })
      if (!good || again) return
      const written = told.month
        ? await day.send({ id: found.id, body: { as_of: choice } })
        : await answer.send({ id: found.id, body: { question_id: question.id, choice } })
      if (written.is === 'done') onDone()
    },
    aside: async () => {
      if (again) return
      const written = await put.send({ id: found.id, body: { question_id: question.id, aside: true } })
      if (written.is === 'done') onDone()
    },
  }
}

export function QuestionBody({
  of,
  nth,
  all,
  id,
  more,
  onRow,
}: {
  of: Answering
  nth: number
  all: number
  id: string
  more?: ReactNode
  /** An example leads to its line in the sheet, where there is one. */
  onRow?: (row: ImportRow) => void
}) {
  const t = useWords(importsText)
  const q = useWords(questionText)
  return (
    <>
      <p className="small dim">{t('question_of', { n: nth, all })}</p>
      <h2>{of.told.title}</h2>
      <p className="dim">{of.told.help}</p>
      {of.question.rows.length > 0 && <Examples of={of} id={id} onRow={onRow} />}
      {more}
      {of.told.month ? (
        <DayField
          key={of.question.id}
          label={q('month')}
          value={of.choice || null}
          onChange={(value) => of.setChoice(value?.slice(0, 7) ?? '')}
        />
      ) : (
        <RadioList
          legend={of.told.title}
          hideLegend
          value={of.choice}
          onChange={of.setChoice}
          options={of.told.options}
        />
      )}
      {of.error && <ProblemLine>{of.error}</ProblemLine>}
    </>
  )
}

export function QuestionActions({ of, last }: { of: Answering; last: boolean }) {
  const t = useWords(importsText)
  return (
    <>
      <Button kind="text" onClick={() => void of.aside()}>
        {t('aside')}
      </Button>
      <Button kind="primary" busy={of.busy} onClick={() => void of.go()}>
        {t(last ? 'that_is_all' : 'that_is_it')}
      </Button>
    </>
  )
}

/** Three of the lines it is about, each with what the line itself says to the point. */
function Examples({ of, id, onRow }: { of: Answering; id: string; onRow: ((row: ImportRow) => void) | undefined }) {
  const t = useWords(importsText)
  const q = useWords(questionText)
  const language = useLanguage()
  const found = useOp(importOps.rows, { id, question_id: of.question.id, limit: 3 }, { keepLast: false })
  return (
    <Loaded of={found} rows={3}>
      {({ items }) => (
        <table className="imp-ex">
          <tbody>
            {items.map((row) => {
              const said = of.question.column ? row.cells[of.question.column] : undefined
              return (
                <tr key={row.id}>
                  <td className="dim small">{t('row_n', { n: row.row })}</td>
                  <td>
                    {onRow ? (
                      <button type="button" onClick={() => onRow(row)}>
                        {row.name ?? q('no_name')}
                      </button>
                    ) : (
                      <b>{row.name ?? q('no_name')}</b>
                    )}
                  </td>
                  <td>{said && <CellText text={said} />}</td>
                  <td className="dim small">{witness(of.question, row, of.columns, language)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Loaded>
  )
}
