// 反馈单: what the visit found and what was agreed, in plain words, for the carer at home and the parents away. It says nothing that was
// written for the file alone: only the fields meant for the family.
import type { RecordRow } from '@nuanyang/contract/records.ts'
import type { FormPage } from '../../documents/form.ts'
import { printedDay } from '../../documents/printed_words.ts'
import { childNames } from './card.ts'

export function slipPage(record: RecordRow): FormPage {
  const words = (code: string) => (typeof record.fields[code] === 'string' ? record.fields[code] : '')
  const part = (name: string, text: string, least: number) => ({ kind: 'text' as const, name, text, least })
  return {
    title: '家访反馈单',
    above: [record.unit_name, printedDay(record.happened_on)],
    blocks: [
      {
        kind: 'words',
        paragraphs: [
          `${childNames(record)}的家长、照护人：`,
          `${printedDay(record.happened_on)}我们到家里走访，和您说过的事写在下面，请留着，也请告诉在外的爸爸妈妈。`,
        ],
      },
      part('孩子在校情况', words('at_school'), 20),
      part('孩子在家情况', words('at_home'), 20),
      part('给家里的建议', words('advice'), 20),
      part('约好的事', words('next_step'), 16),
      part('家长想说的话', '', 30),
    ],
    signatures: ['家访人', '照护人（家长）', '日期'],
  }
}
