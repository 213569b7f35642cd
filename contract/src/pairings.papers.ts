// What of the pairings goes onto paper: the pledge letter of one, the network of care by villager group, and the tables that are handed
// in. They show what their reader may see; each print is remembered for every child on it.
import { Codes, File, operations, Text, Type } from './kernel.ts'

export const pairingSheets = {
  pairings: { zh: '结对帮扶登记表', en: 'Pairings' },
  load: { zh: '结对负荷表', en: 'Load of helpers' },
  buddies: { zh: '学习帮手名单', en: 'Study buddies' },
  register: { zh: '帮扶人名册', en: 'Register of helpers' },
} as const
export type PairingSheet = keyof typeof pairingSheets

const pdf = File('application/pdf')

export const pairingPaperOps = operations('pairings', {
  /** 结对帮扶责任书, to be signed by helper, guardian and unit. */
  letter: {
    post: '/pairings/:id/letter',
    may: 'pairings.write',
    body: Type.Object({ format: Codes(['pdf', 'docx']) }),
    ok: File('application/octet-stream'),
    errors: ['letter_of_buddy'],
    logs: 'opening',
    replay: 'run',
  },
  /** 关爱网络图: children and helpers of each villager group, and who has nobody. */
  network: {
    post: '/pairings/network',
    may: 'children.export',
    body: Type.Object({ purpose: Text(100), villager_group: Type.Optional(Text(60)) }),
    ok: pdf,
    errors: ['nobody_paired'],
    logs: 'opening',
    replay: 'run',
  },
  sheet: {
    post: '/pairings/sheets',
    may: 'children.export',
    body: Type.Object({
      which: Codes(Object.keys(pairingSheets) as PairingSheet[]),
      purpose: Text(100),
      format: Codes(['xlsx', 'pdf', 'docx']),
    }),
    ok: File('application/octet-stream'),
    errors: ['nobody_paired'],
    logs: 'opening',
    replay: 'run',
  },
})
