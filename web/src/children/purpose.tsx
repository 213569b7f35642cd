// What for: a few ready answers and one of one's own. The access log keeps the words.
import { Chip } from '../ui/controls.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Icon } from '../ui/icons.tsx'

export interface Purpose {
  chosen: string | null
  other: string
}

/** The words to keep; empty while nothing is chosen or written. */
export function purposeOf(purpose: Purpose, words: (key: string) => string): string {
  if (purpose.chosen === null) return ''
  return purpose.chosen === 'other' ? purpose.other.trim() : words(purpose.chosen)
}

export function PurposeChoice({
  label,
  hint,
  ready,
  other,
  value,
  onChange,
  error,
}: {
  label: string
  hint: string
  ready: readonly { value: string; label: string }[]
  other: { option: string; label: string }
  value: Purpose
  onChange: (value: Purpose) => void
  error: string | undefined
}) {
  return (
    <div className="stack" role="group" aria-label={label}>
      <p className="dim small">{hint}</p>
      <div className="row wrap g8">
        {[...ready, { value: 'other', label: other.option }].map((each) => (
          <Chip
            key={each.value}
            pressed={each.value === value.chosen}
            onClick={() => onChange({ ...value, chosen: each.value })}
          >
            {each.label}
          </Chip>
        ))}
      </div>
      {value.chosen === 'other' && (
        <TextInput
          autoFocus
          label={other.label}
          maxLength={100}
          value={value.other}
          onChange={(text) => onChange({ ...value, other: text })}
        />
      )}
      {error && (
        <p className="field-error" role="alert">
          <Icon name="bang" size={16} />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}
