// The access log 访问记录: who opened, revealed, printed, changed what kind of thing, when and why. It holds no values, so the auditor, who
// sees no child, can still answer for what was done: a child appears only as “a child's file”, never by name.
import { Codes, Day, Id, Moment, operations, Page, PageQuery, Type, Unknown } from './kernel.ts'

/** What an auditor asks for; each is a set of operations, by the beginning of their names. */
export const auditGroups = {
  opening: { zh: '看档案', en: 'files opened', operations: ['children.get', 'children.names'] },
  reveal: { zh: '打开号码', en: 'numbers revealed', operations: ['children.reveal'] },
  print: {
    zh: '打印和导出',
    en: 'prints and exports',
    operations: ['documents.', 'prints.', 'team.printed', 'imports.workbook'],
  },
  change: {
    zh: '改档案',
    en: 'files changed',
    operations: [
      'children.c',
      'children.d',
      'children.e',
      'children.l',
      'children.p',
      'children.res',
      'pairings.',
      'helpers.',
    ],
  },
  import: { zh: '花名册', en: 'rosters', operations: ['imports.'] },
  account: { zh: '账号和登录', en: 'accounts and signing in', operations: ['account.', 'membership.', 'session.'] },
  house: {
    zh: '单位和设置',
    en: 'units and settings',
    operations: ['unit.', 'team.', 'setting.', 'notices.', 'phone_access.', 'demo.', 'installation.'],
  },
} as const
export type AuditGroup = keyof typeof auditGroups
export const auditGroupCodes = Object.keys(auditGroups) as [AuditGroup, ...AuditGroup[]]

export const AuditEntry = Type.Object({
  id: Id,
  at: Moment,
  by_name: Unknown(Type.String()),
  role: Unknown(Type.String()),
  unit_name: Unknown(Type.String()),
  operation: Type.String(),
  purpose: Unknown(Type.String()),
  /** Did it concern a child's file? Which one is not said; `child_key` tells two files apart, nothing more. */
  child: Type.Boolean(),
  child_key: Unknown(Type.String()),
})

export const auditOps = operations('audit', {
  list: {
    get: '/audit',
    may: 'audit.read',
    query: Type.Object({
      group: Type.Optional(Codes(auditGroupCodes)),
      /** Part of the person's name. */
      q: Type.Optional(Type.String({ maxLength: 60 })),
      /** A child's whole name or whole identity number, as a complaint brings it; parts find nobody. */
      child: Type.Optional(Type.String({ maxLength: 60 })),
      from: Type.Optional(Day),
      until: Type.Optional(Day),
      ...PageQuery,
    }),
    ok: Page(AuditEntry),
  },
})
