// 结对帮扶责任书: what helper, family and unit promise each other, in 公文 layout, with lines to sign. Unknown facts stay blank for the pen.
import { officialDocument, officialPdf, type OfficialBlock, type OfficialDocument } from './official.ts'
import { printedDay, printedPhone } from './printed_words.ts'

export interface PledgeLetter {
  readonly unit: string
  readonly on: string
  readonly helper: {
    readonly name: string
    readonly kind: string
    readonly employer: string | null
    readonly occupation: string | null
    readonly phone: string | null
  }
  readonly child: {
    readonly name: string
    readonly sex: string | null
    readonly age: number | null
    readonly class_name: string | null
    readonly guardian: string | null
  }
  readonly form: string | null
  readonly goals: readonly string[]
  readonly measures: string | null
  readonly contact_how: string | null
  readonly from_on: string
  readonly until_on: string | null
  readonly term: string | null
  readonly over_limit_reason: string | null
}

const blank = '＿＿＿＿＿＿'
const duties: Record<string, string> = {
  学习: '每周至少过问一次功课，帮着订学习计划，有困难时和老师商量。',
  生活: '留意吃穿和身体，天冷天热、生病的时候多问一句，有事马上告诉监护人。',
  心理: '耐心听孩子说话，替孩子保密；发现情绪不对，及时告诉心理教师或儿童主任，不自己下结论。',
  安全: '常提醒用水、用电、交通、防溺水和上网安全，放假和恶劣天气前专门叮嘱。',
}

export function pledgeLetter(letter: PledgeLetter): OfficialDocument {
  const { helper, child } = letter
  const text = (words: string): OfficialBlock => ({ kind: 'paragraph', text: words })
  const heading = (words: string): OfficialBlock => ({ kind: 'heading', level: 1, text: words })
  const until = letter.until_on ? `至${printedDay(letter.until_on)}止` : letter.term ? `，为期${letter.term}` : '起'
  const goals = letter.goals.length > 0 ? letter.goals : Object.keys(duties)
  const blocks: OfficialBlock[] = [
    text(`为了让${child.name}身边有一位固定、可靠的人，经${letter.unit}牵线，帮扶人、监护人和孩子都愿意，约定如下。`),
    {
      kind: 'table',
      columns: [
        { header: '', width: 20, set: 'line' },
        { header: '帮扶人', width: 55, set: 'text' },
        { header: '孩子', width: 55, set: 'text' },
      ],
      rows: [
        ['姓名', helper.name, child.name],
        ['情况', helper.kind, [child.sex, child.age === null ? null : `${child.age}岁`].filter(Boolean).join('，')],
        ['单位', [helper.employer, helper.occupation].filter(Boolean).join('，'), child.class_name ?? ''],
        ['联系', printedPhone(helper.phone), child.guardian ? `监护人：${child.guardian}` : ''],
      ],
    },
    heading('一、怎么结对'),
    text(
      `${letter.form ?? '一帮一'}，自${printedDay(letter.from_on)}${letter.until_on || letter.term ? until : '起'}。约好的联系方式：${letter.contact_how ?? blank}。`,
    ),
    heading('二、帮扶人答应的事'),
    ...goals.map((goal, at) => text(`${at + 1}．${goal}。${duties[goal] ?? ''}`)),
    ...(letter.measures ? [text(`另外约定：${letter.measures}`)] : []),
    text('每月把孩子的情况告诉监护人一次；不单独带孩子远行，不把孩子的姓名、照片和家里的事说给别人或发到网上。'),
    heading('三、监护人答应的事'),
    text('监护责任仍由监护人承担。常和帮扶人通气，家里有变化及时说；孩子不愿意时，随时可以提出换人或结束。'),
    heading('四、单位答应的事'),
    text('核查帮扶人的资格，每学期听一次孩子、监护人和帮扶人的意见；帮扶人不能继续时，当天另找一位。'),
    ...(letter.over_limit_reason ? [text(`帮扶人所带的孩子超过两名，理由：${letter.over_limit_reason}。`)] : []),
    {
      kind: 'table',
      columns: [
        { header: '帮扶人签名', width: 1, set: 'text' },
        { header: '监护人签名', width: 1, set: 'text' },
        { header: '单位盖章', width: 1, set: 'text' },
      ],
      rows: [['\n\n年　月　日', '\n\n年　月　日', '\n\n年　月　日']],
    },
  ]
  return { title: '结对帮扶责任书', subtitle: `（${helper.name}与${child.name}）`, blocks, signed: null }
}

/** Rejects with `DocumentFailed`. */
export const pledgeLetterPdf = (letter: PledgeLetter) => officialPdf(pledgeLetter(letter))
/** Rejects with `DocumentFailed`. */
export const pledgeLetterDocx = (letter: PledgeLetter) => officialDocument(pledgeLetter(letter))
