// In a file, for those who see the case: what was confirmed, what the rules propose, what they would have to ask.
import { focusOps } from '@nuanyang/contract/focus.ts'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { useOp } from '../kernel/query.ts'
import { useWords } from '../ui/language.ts'
import { focusText } from './focus.text.ts'
import { FocusLine, SuggestionLine } from './focus_parts.tsx'

export function ChildFocus({ file }: { file: ChildFile }) {
  const t = useWords(focusText)
  const sees = (['family', 'health', 'case_notes'] as const).every((group) => file.groups[group] === 'open')
  const child_id = file.id
  const decided = useOp(focusOps.list, { child_id }, { when: sees }).data?.items ?? []
  const proposed = useOp(focusOps.suggestions, { child_id }, { when: sees }).data?.items ?? []
  const asked = useOp(focusOps.suggestions, { child_id, asks: 'yes' }, { when: sees }).data?.items ?? []
  if (!sees || file.status !== 'registered') return null
  const quiet = decided.length + proposed.length + asked.length === 0
  return (
    <section className="block no-print">
      <header>
        <h3>{t('section')}</h3>
      </header>
      {quiet ? (
        <p className="dim">{t('quiet')}</p>
      ) : (
        <ul className="lines">
          {decided.map((one) => (
            <FocusLine key={one.id} one={one} />
          ))}
          {[...proposed, ...asked].map((one) => (
            <SuggestionLine key={one.rule} one={one} />
          ))}
        </ul>
      )}
    </section>
  )
}
