// In a file: what the child is by every definition on a day, and why; what is missing leads to its field.
import { useState } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { definitionOps } from '@nuanyang/contract/definitions.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { Loaded } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { definitionName } from './definition_name.ts'
import { fieldOfFact, whyWords } from './definition_words.ts'
import { definitionsText } from './definitions.text.ts'
import './definitions.css'

const marks = { yes: 'told', no: 'none', cannot_say: 'asked' } as const

export function ChildDefinitions({ file }: { file: ChildFile }) {
  const t = useWords(definitionsText)
  const [on, setOn] = useState(dayOf())
  const answer = useOp(definitionOps.of_child, { child_id: file.id, on: on || dayOf() }, { keepLast: true })
  return (
    <section className="block by-definition">
      <header>
        <h3>{t('section')}</h3>
        <span className="grow" />
        <div className="by-definition-day no-print">
          <TextInput kind="date" label={t('section_on')} value={on} onChange={setOn} />
        </div>
      </header>
      <Loaded of={answer} rows={3}>
        {({ items, hidden }) =>
          hidden ? (
            <p className="dim">{t('hidden')}</p>
          ) : (
            <ul className="lines">
              {items.map((one) => {
                const field = one.missing.map(fieldOfFact).find(Boolean)
                return (
                  <li key={one.definition_id}>
                    <span className="grow">
                      {definitionName(one, t.language)}
                      <small title={one.source}>{whyWords(one, t.language)}</small>
                    </span>
                    {one.answer === 'cannot_say' && field && file.can_write && (
                      <To
                        to={paths.childEdit(file.id)}
                        search={{ section: field.includes('.') ? 'family' : 'basic', field }}
                      >
                        {t('fill_in')}
                      </To>
                    )}
                    <State kind={marks[one.answer]}>{t(`is_${one.answer}`)}</State>
                  </li>
                )
              })}
            </ul>
          )
        }
      </Loaded>
    </section>
  )
}
