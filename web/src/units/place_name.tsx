// The name of a new unit. For townships and villages the places listed inside the parent are offered while typing: one that is
// chosen brings its division code, so that another installation knows it as the same place.
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { TextInput } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { useRested } from '../ui/rested.ts'
import { unitsText } from './units.text.ts'

export function PlaceName({
  levels,
  within,
  name,
  code,
  onChange,
  error,
}: {
  levels: number[] | undefined
  /** Division code of the parent; written-in places have none that the list knows. */
  within: string | null
  name: string
  code: string | null
  onChange: (name: string, code: string | null) => void
  error: string | undefined
}) {
  const t = useWords(unitsText)
  const q = useRested(name.trim(), 150)
  const listed = within !== null && /^(\d{2}|\d{4}|\d{6}|\d{9})$/.test(within)
  const asked = levels !== undefined && listed && code === null && q !== ''
  const answer = useOp(
    unitOps.search_divisions,
    { q, limit: 6, ...(levels ? { levels } : {}), ...(listed ? { within } : {}) },
    { when: asked, keepLast: true },
  )
  if (!levels || !listed)
    return (
      <TextInput
        label={t('name')}
        value={name}
        onChange={(next) => onChange(next, null)}
        maxLength={100}
        error={error}
      />
    )
  const hits = asked ? (answer.data?.hits ?? []) : []
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {t('name')}
      </span>
      <Combobox
        label={t('name')}
        placeholder={t('find_example')}
        typed={name}
        onType={(next) => onChange(next.slice(0, 100), null)}
        listLabel={t('found')}
        items={hits.map((hit) => ({ id: hit.code, main: hit.name, beside: hit.path_name }))}
        onTake={(taken) => {
          const hit = hits.find((one) => one.code === taken)
          if (hit) onChange(hit.name, hit.code)
        }}
      />
      <p className="field-hint">{code ? t('place_kept', { code }) : t('place_hint')}</p>
      {error && <p className="field-error">{error}</p>}
    </div>
  )
}
