// What can be printed 材料的种类. Each says what it is for in plain words, in which files it can be had, and which parts of a child a
// role must be able to see at least as a shape before it is offered: a form full of holes is no form.
import type { Dimension } from './documents.ts'
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
      zh: '村、社区、县里、学校各要的栏目，一人一行；也可以自己选栏目，存下来大家用。',
      en: 'The columns that village, community, county and school each ask for, a row for each child; or your own choice.',
    },
    about: 'children',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: ['full_name'],
  },
  roster: {
    zh: '按口径的名册',
    en: 'roster by definition',
    lead: {
      zh: '按民政、教育或流动的口径算出是谁，说不准的也列出来，写明还缺哪一项。',
      en: 'Who counts by a definition; those it cannot say are listed with what is missing.',
    },
    about: 'children',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: ['full_name', 'birth', 'family', 'address'],
  },
  enrolment_extract: {
    zh: '学籍留守情况',
    en: 'enrolment extract',
    lead: {
      zh: '填学籍“是否留守儿童”用：非留守、单亲留守、双亲留守，说不准的写明缺什么。',
      en: 'For the school register: not left behind, one or both parents away, and what is missing where it cannot be said.',
    },
    about: 'children',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: ['full_name', 'family', 'schooling'],
  },
  summary: {
    zh: '摸底排查汇总表',
    en: 'survey summary',
    lead: {
      zh: '32 栏汇总：年龄段、就学、外出、照护、监护。勾稽关系自动核对，对不上的点得出名字。',
      en: 'The summary of 32 columns by age band; cross-foot rules are checked and whoever breaks one is named.',
    },
    about: 'numbers',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: ['birth', 'family', 'schooling'],
  },
  cross_table: {
    zh: '交叉分析表',
    en: 'cross table',
    lead: {
      zh: '两样情况对着数：外出原因和年龄，照护人和年龄，务工地和年级……未采集单独一栏。',
      en: 'Two facts counted against each other, with a column of its own for what is not known.',
    },
    about: 'numbers',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: [],
  },
  completeness: {
    zh: '建档情况表',
    en: 'completeness by unit',
    lead: {
      zh: '各村、各班建了多少、齐了多少、还缺什么，建档率的算法印在表下。',
      en: 'How many files each unit has, how many are complete and what the others lack; the rate’s definition is printed.',
    },
    about: 'numbers',
    formats: ['xlsx', 'pdf', 'docx'],
    needs: [],
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
  return (!few || few.kinds.includes(kind)) && spec.needs.every((group) => seesGroup(role, group))
}

/** A column order by its code, null for one's own choice of columns. */
export function offersLedger(role: Role, code: string | null): boolean {
  const few = (roles[role] as RoleSpec).prints
  return !few || (code !== null && few.ledgers.includes(code))
}

/** Which part of a child a ledger's column shows; null: nothing that anybody must not see. */
export function ledgerGroup(field: string): FieldGroup | null {
  const path = field.replace(/=.*$/, '').replace(/^facts\./, '')
  if (path === 'name' || path === 'former_name') return 'full_name'
  if (path === 'born_on' || path === 'age') return 'birth'
  if (/(^|\.)id_no$/.test(path)) return 'identity_no'
  if (/(^|\.)phones$/.test(path)) return 'phones'
  if (/^(household_place|residence|villager_group|household_no|hukou_\w+|carer\.address)$/.test(path)) return 'address'
  if (/^(school|grade|class|grade\+class|boarding|schooling|hobby|commute|needs_school_bus|subsidised)$/.test(path))
    return 'schooling'
  if (/^(health|illness|disability|disability_level|suspected_disability|blood_type)$/.test(path)) return 'health'
  if (/^(income_sources|aid_kinds|economy)$/.test(path)) return 'aid'
  if (/^(last_visit_on|visit_note)$/.test(path)) return 'case_notes'
  if (/^(sex|blank\..*|unit_name)$/.test(path)) return null
  return 'family'
}

/** Which part of a child a dimension counts: a role counts by what it sees open, over the tie that is counted by. */
export const dimensionGroups: Record<Dimension, FieldGroup | null> = {
  unit: null,
  age_band: 'birth',
  sex: null,
  schooling: 'schooling',
  grade: 'schooling',
  boarding: 'schooling',
  away: 'family',
  work_region: 'family',
  carer: 'family',
  guardianship: 'family',
  health: 'health',
  income: 'aid',
  aid: 'aid',
  cause: 'family',
  need: 'family',
}
