// 结对: written by the act of pairing, or for an event where pairs were made.
import { field, type KindSpec } from './kind.ts'

export const pairing: KindSpec = {
  kind: 'pairing',
  title: { zh: '结对记录', en: 'Pairing' },
  text: { zh: '做了什么', en: 'What was done', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  fields: [field('pairs', 'count', '结了几对', 'Pairs made')],
}
