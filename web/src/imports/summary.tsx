// What stands after the questions: what will happen in numbers that open their lines, what was put aside, who is not named.
import { useState } from 'react'
import type { Import } from '@nuanyang/contract/imports.ts'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { State } from '../ui/state.tsx'
import { Absent } from './done.tsx'
import { importsText } from './imports.text.ts'
import { isOpen } from './question_pane.tsx'
import { asked } from './questions.ts'
import { columnsOf, type Fate, type Question } from './sheet.ts'

const kinds = { create: 'done', update: 'told', unchanged: 'plain', duplicate: 'asked', reject: 'none' } as const

export function Summary({
  found,
  onTake,
  onShow,
}: {
  found: Import
  onTake: (id: string) => void
  onShow: (fate: Fate) => void
}) {
  const t = useWords(importsText)
  const say = useSay()
  const sum = (fate: Fate) => found.sheets.reduce((all, { counts }) => all + counts[fate], 0)
  const lines = (['create', 'update', 'unchanged', 'duplicate', 'reject'] as const)
    .map((fate) => ({ fate, n: sum(fate) }))
    .filter(({ n }) => n > 0)
  const aside = found.questions.filter((question) => question.aside)
  const answered = found.questions.filter((question) => question.answer !== undefined)
  return (
    <div className="imp-summary">
      <h2>{t('ready_title')}</h2>
      <ul className="imp-sum">
        {lines.map(({ fate, n }) => (
          <li key={fate}>
            <State kind={kinds[fate]}>{t(`ready_${fate}`, { n })}</State>
            <button type="button" className="imp-link small" onClick={() => onShow(fate)}>
              {t('look_at')}
            </button>
          </li>
        ))}
      </ul>
      {found.questions.some(isOpen) ? null : (
        <>
          <Questions title={t('put_aside')} word={t('take_up')} of={aside} found={found} onTake={onTake} />
          <Questions title={t('answered')} word={t('change_answer')} of={answered} found={found} onTake={onTake} />
        </>
      )}
      {found.notes.length > 0 && (
        <section>
          <h3>{t('notes')}</h3>
          <ul className="imp-reasons small dim">
            {found.notes.map((note) => (
              <li key={note.code + note.zh}>{say(note)}</li>
            ))}
          </ul>
        </section>
      )}
      {found.absent > 0 && <AbsentFold found={found} />}
    </div>
  )
}

function Questions({
  title,
  word,
  of,
  found,
  onTake,
}: {
  title: string
  word: string
  of: readonly Question[]
  found: Import
  onTake: (id: string) => void
}) {
  const language = useLanguage()
  if (of.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul className="imp-sum">
        {of.map((question) => {
          const sheet = found.sheets.find(({ name }) => name === question.sheet)
          const column = sheet && columnsOf(sheet, []).find((each) => each.column === question.column)
          const told = asked(question, column, language)
          const said = told.options.find(({ value }) => value === question.answer)?.label
          return (
            <li key={question.id}>
              <span className="grow small">
                {told.title}
                {said && <span className="dim"> {said}</span>}
              </span>
              <button type="button" className="imp-link small" onClick={() => onTake(question.id)}>
                {word}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function AbsentFold({ found }: { found: Import }) {
  const t = useWords(importsText)
  const [open, setOpen] = useState(false)
  return (
    <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="grow">{t('absent', { n: found.absent })}</span>
      </summary>
      <div className="fold-body">{open && <Absent id={found.id} />}</div>
    </details>
  )
}
