// What can be printed 材料的种类. Each says what it is for in plain words, in which files it can be had, and which parts of a child a
// role must be able to see at least as a shape before it is offered: a form full of holes is no form.
import { roles, type FieldGroup, type Role, type RoleSpec } from './roles.ts'

export const documentFormats = ['pdf', 'docx', 'xlsx'] as const
export type DocumentFormat = (typeof documentFormats)[number]

export interface DocumentKindSpec {
  readonly zh: string
  readonly en: string
  /** What it is for, in one sentence. */
  readonly lead: { readonly zh: string; readonly en: string }
  /** children: about named children, chosen one by one or by a filter · numbers: counts of a unit. */
  readonly about: 'children' | 'numbers'
  readonly formats: readonly [DocumentFormat, ...DocumentFormat[]]
  readonly needs: readonly FieldGroup[]
}

export const documentKinds = {
  registration_form: {
    zh: '基本情况登记表',
    en: 'registration form',
    lead: {
      zh: '民政的农村留守儿童基本情况登记表，一人一页，43 项照档案填好，签字盖章处留空。',
      en: 'The official form of 43 fields, a page for each child, filled from the file; signatures are left to the pen.',
    },
    about: 'children',
    formats: ['pdf', 'docx'],
    needs: ['full_name', 'birth', 'identity_no', 'phones', 'address', 'family', 'schooling', 'health', 'aid'],
  },
  contact_cards: {
    zh: '联系卡',
    en: 'contact cards',
    lead: {
      zh: '放书包里、贴墙上：找谁、打哪个电话。一张纸一张、两张或四张。',
      en: 'For the schoolbag and the wall: whom to call. One, two or four on a sheet.',
    },
    about: 'children',
    formats: ['pdf', 'docx'],
    needs: ['full_name', 'phones', 'family'],
  },
  ledger: {
    zh: '台账和花名册',
    en: 'ledgers and rosters',
    lead: {
      zh: '村、社区、县里、学校各要的栏目，一人一行；也可以自己选栏目。',
      en: 'The columns that village, community, county and school each ask for, a row for each child; or your own choice.',
    },
    about: 'children',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: ['full_name'],
  },
} as const satisfies Record<string, DocumentKindSpec>

export type DocumentKind = keyof typeof documentKinds
export const documentKindCodes = Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]

/** Whether a role sees a group over some link at all, be it as a shape. */
export function seesGroup(role: Role, group: FieldGroup): boolean {
  return Object.values((roles[role] as RoleSpec).sees).some((cells) => (cells[group] ?? 'no') !== 'no')
}

/** Whether a role may have a group in clear on paper, where a purpose is stated. */
export function printsGroup(role: Role, group: FieldGroup): boolean {
  return Object.values((roles[role] as RoleSpec).sees).some((cells) =>
    (['open', 'reveal'] as const).some((cell) => cells[group] === cell),
  )
}

export function offersKind(role: Role, kind: DocumentKind): boolean {
  const spec: DocumentKindSpec = documentKinds[kind]
  const few = (roles[role] as RoleSpec).prints
  return (!few || few.includes(kind)) && spec.needs.every((group) => seesGroup(role, group))
}

/** Which part of a child a ledger's column shows; null: nothing that anybody must not see. */
export function ledgerGroup(field: string): FieldGroup | null {
  const path = field.replace(/=.*$/, '').replace(/^facts\./, '')
  if (path === 'name') return 'full_name'
  if (path === 'born_on' || path === 'age') return 'birth'
  if (/(^|\.)id_no$/.test(path)) return 'identity_no'
  if (/(^|\.)phones$/.test(path)) return 'phones'
  if (/^(household_place|residence|villager_group|household_no|hukou_\w+|carer\.address)$/.test(path)) return 'address'
  if (/^(school|grade|class|grade\+class|boarding|schooling|hobbies)$/.test(path)) return 'schooling'
  if (/^(health|illness|disability|disability_level)$/.test(path)) return 'health'
  if (/^(income_sources|aid_kinds|economy_level)$/.test(path)) return 'aid'
  if (/^(last_visit_on|visit_note)$/.test(path)) return 'case_notes'
  if (/^(sex|blank\..*|unit_name)$/.test(path)) return null
  return 'family'
}
