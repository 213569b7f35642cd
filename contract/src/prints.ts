// Prints 打印与导出: contact cards and ledgers from one child, a selection or everything a filter leaves.
//
// Whoever prints says what for; the paper says who, when and why, and each file remembers it (谁看过). A print shows what its reader may
// see: open values and those that may be revealed for a purpose as they are, masked ones as their shape, the rest not at all.
import { ChildFilter } from './children.ts'
import { CardLayout } from './documents.ts'
import { Codes, File, Id, operations, Text, Type } from './kernel.ts'

/** The children to print: by id, or everything a filter leaves. */
const Chosen = {
  child_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000 })),
  filter: Type.Optional(Type.Object(ChildFilter)),
  purpose: Text(100),
}

export const ledgerCodes = ['village_ledger', 'school_roster', 'official_43', 'list'] as const

export const printOps = operations('prints', {
  contact_cards: {
    post: '/prints/contact-cards',
    may: 'children.export',
    body: Type.Object({ ...Chosen, layout: CardLayout, format: Codes(['pdf', 'docx']) }),
    ok: File('application/octet-stream'),
    errors: ['nobody_chosen', 'too_many_chosen'],
    logs: 'opening',
    replay: 'run',
  },
  ledger: {
    post: '/prints/ledger',
    may: 'children.export',
    body: Type.Object({
      ...Chosen,
      ledger: Codes(ledgerCodes),
      /** For `list`: the columns, by field. */
      columns: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 40 })),
      /** What an unknown looks like: blank for the pen, or in words. */
      unknown_as: Type.Optional(Codes(['blank', 'words'])),
      title: Type.Optional(Text(60)),
    }),
    ok: File('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
    errors: ['nobody_chosen', 'too_many_chosen', 'unknown_column'],
    logs: 'opening',
    replay: 'run',
  },
})
