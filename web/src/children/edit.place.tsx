// A place in the family's words, and the division it stands for: the list of the country proposes, a person confirms. Words without
// a division stay as they are; a definition that needs to know asks for them.
import { useState } from 'react'
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { Chip } from '../ui/controls.tsx'
import { TextInput } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { useRested } from '../ui/rested.ts'
import { editText } from './edit.text.ts'
import type { FactForm } from './edit.form.ts'

export function PlaceInput({
  path,
  code,
  form,
  label,
  error,
  optional,
}: {
  path: FieldPath
  code: FieldPath
  form: FactForm
  label: string
  error?: string | undefined
  optional?: boolean
}) {
  const t = useWords(editText)
  const text = form.text(path)
  const chosen = form.value(code) as string | null
  // Words that nobody has placed yet are asked about at once.
  const [asking, setAsking] = useState(chosen === null && text !== '')
  const q = useRested(text.trim().slice(0, 40), 200)
  const known = useOp(unitOps.search_divisions, { q: chosen ?? '', limit: 1 }, { when: chosen !== null })
  const found = useOp(unitOps.search_divisions, { q, levels: [1, 2, 3, 4], limit: 4 }, { when: asking && q.length > 1, keepLast: true }) // prettier-ignore
  const name = known.data?.hits.find((hit) => hit.code === chosen)
  const hits = chosen === null && asking && q.length > 1 ? (found.data?.hits ?? []) : []
  return (
    <div className="place-in">
      <TextInput
        label={label}
        optional={optional ?? false}
        error={error}
        autoComplete="off"
        value={text}
        onFocus={() => setAsking(true)}
        onChange={(next) => {
          form.type(path, next)
          // Other words are another place until somebody says which.
          if (chosen !== null) form.choose(code, null)
        }}
        hint={
          chosen !== null ? `${name ? name.path_name + name.name : chosen}` : text ? t('place_which') : t('place_hint')
        }
      />
      {hits.length > 0 && (
        <div className="row wrap g8 place-hits" role="group" aria-label={t('place_which')}>
          {hits.map((hit) => (
            <Chip key={hit.code} onClick={() => form.choose(code, hit.code)}>
              {hit.path_name}
              {hit.name}
            </Chip>
          ))}
        </div>
      )}
    </div>
  )
}
