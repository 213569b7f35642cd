// 活动室、驿站开放: how long it was open and how many came: two numbers are enough.
import { field, gathering, type KindSpec } from './kind.ts'

export const station: KindSpec = {
  kind: 'station',
  title: { zh: '开放登记', en: 'Station open' },
  text: { zh: '情况', en: 'Notes' },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  places: ['儿童驿站', '活动室'],
  fields: [
    field('keeper', 'words', '谁值班', 'On duty'),
    ...gathering,
  ],
} // prettier-ignore
