// Custom fields 自设栏目: what a county asks about a child, or in one kind of record, that no form of the country has. A child's belongs to
// one field group, so the same people see it as see that group; it is in the file, the form, the list, a roster that is read and a sheet
// that is printed. A record's is seen like the record; it is in its form, card, corrections, prints and ledger (records.own.ts). The code
// stays for good: renaming a field never touches what was written in it, and ending one keeps it.
import { Codes, Day, Id, operations, Text, Type, Unknown, type Static } from './kernel.ts'
import { kinds } from '@nuanyang/domain/values/kinds.ts'
import { fieldGroups } from './roles.ts'

export type { CustomValue } from './custom_fields.values.ts'

export const customTypes = {
  text: { zh: '一行字', en: 'a line of text' },
  long_text: { zh: '一段话', en: 'a paragraph' },
  number: { zh: '数', en: 'a number' },
  day: { zh: '日期', en: 'a day' },
  yes_no: { zh: '是或否', en: 'yes or no' },
  choice: { zh: '选一个', en: 'one of several' },
  choices: { zh: '选几个', en: 'several of several' },
} as const
export type CustomType = keyof typeof customTypes
export const customTypeCodes = Object.keys(customTypes) as CustomType[]

const kindCodes = kinds.map((one) => one.code)
/** null: of the child. */
const Kind = Codes(kindCodes)

export const CustomField = Type.Object({
  id: Id,
  kind: Unknown(Kind),
  code: Type.String(),
  name: Type.String(),
  type: Codes(customTypeCodes),
  /** The words to choose from. */
  options: Type.Array(Type.String()),
  field_group: Codes(fieldGroups),
  from_on: Day,
  until_on: Unknown(Day),
  /** Children in whose file, or records in which, something stands in it. */
  used: Type.Integer(),
  version: Type.Integer(),
})
export type CustomField = Static<typeof CustomField>

const Options = Type.Array(Text(60), { maxItems: 40 })

export const customFieldOps = operations('custom_fields', {
  /** Left out: of children. `all`: of children and of every kind. */
  list: { get: '/custom_fields', may: 'signed_in', query: Type.Object({ of: Type.Optional(Codes(['all', ...kindCodes])) }), ok: Type.Object({ items: Type.Array(CustomField) }) },
  get: { get: '/custom_fields/:id', may: 'signed_in', ok: CustomField },
  add: {
    post: '/custom_fields',
    may: 'definitions.write',
    body: Type.Object({ id: Id, name: Text(40), type: Codes(customTypeCodes), options: Options, kind: Type.Optional(Kind), /** Of a child’s field; a record’s is seen like the record. */ field_group: Type.Optional(Codes(fieldGroups)) }),
    ok: CustomField,
    errors: ['custom_name_taken', 'custom_options'],
    replay: 'get',
  },
  change: {
    post: '/custom_fields/:id/change',
    may: 'definitions.write',
    body: Type.Object({ version: Type.Integer(), name: Type.Optional(Text(40)), options: Type.Optional(Options), ends: Type.Optional(Type.Boolean()) }),
    ok: CustomField,
    errors: ['custom_name_taken', 'custom_options'],
    replay: 'get',
  },
}) // prettier-ignore
