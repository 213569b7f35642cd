// The county's own fields on a kind of record: they become fields of the kind, so that form, check, card, correction, print and ledger treat
// them like all others. Their values stand in `fields` under `custom.<code>`; the code stays for good, whatever the name becomes.
import type { CustomType } from './custom_fields.ts'
import type { FieldSpec, FieldType, KindSpec } from './kinds/kind.ts'

export interface OwnField {
  readonly code: string
  readonly name: string
  readonly type: CustomType
  readonly options: readonly string[]
  readonly until_on: string | null
}

const types: Record<CustomType, FieldType> = {
  text: 'words',
  long_text: 'text',
  number: 'number',
  day: 'day',
  yes_no: 'yes_no',
  choice: 'choice',
  choices: 'choices',
}

export const ownKey = (code: string) => `custom.${code}`
export const isOwnKey = (key: string) => key.startsWith('custom.')

/**
 * The kind with the county's fields behind its own. One that ended stays where something stands in it, and a word that is no longer
 * offered stays where it was chosen: nothing that was written is ever refused later. `stands`: the fields of the record as it was.
 */
export function withOwn(
  spec: KindSpec,
  own: readonly OwnField[],
  stands: Readonly<Record<string, unknown>> = {},
): KindSpec {
  const shown = own.filter((field) => field.until_on === null || stands[ownKey(field.code)] !== undefined)
  return shown.length === 0 ? spec : { ...spec, fields: [...spec.fields, ...shown.map((field) => asField(field, stands[ownKey(field.code)]))] } // prettier-ignore
}

function asField({ code, name, type, options }: OwnField, value: unknown): FieldSpec {
  const chosen = (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')
  const words = type === 'choice' || type === 'choices' ? [...new Set([...options, ...chosen])] : []
  return {
    code: ownKey(code),
    type: types[type],
    zh: name,
    en: name,
    ...(words.length > 0 ? { options: words.map((word) => ({ code: word, zh: word, en: word })) } : {}),
    ...(type === 'text' || type === 'long_text' ? { max: 1000 } : {}),
  }
}
