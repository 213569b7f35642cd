import type { Responsible } from '../values/responsible.ts'
import type { TermSide, When } from './months.ts'
import { readWhen } from './months.ts'
import type { Row } from './outline.ts'
import { firstActor } from './responsible.ts'
import type { RhythmRead } from './rhythm.ts'
import { readRhythms } from './rhythm.ts'
import type { Piece } from './script.ts'

type Column = 'time' | 'act' | 'rhythm' | 'who' | 'indicator' | 'target' | 'skip'
export type Columns = { isHeader: boolean; of: Column[] }

const HEADINGS: [Column, RegExp][] = [
  ['skip', /^(?:序号|编号|备注|说明|号|完成情况|地点|对象|场所|参加对象|参加人员|经费|预算)$/],
  ['who', /责任|负责|牵头|承办|主体|执行人|实施人|配合|参与单位|联系人|主办/],
  ['rhythm', /频次|频率|次数|周期|多久/],
  ['target', /目标值|指标值|达标|标准值|完成值|^目标$|目标要求/],
  ['indicator', /指标/],
  ['time', /时间|月份|月|周次|日期|时限|阶段|进度|学期|季度|节点/],
  ['act', /内容|工作|任务|措施|活动|事项|主题|项目|安排|重点|形式|要求|做法/],
]

/** Reads a row as the header of a table; without one, a first column of months or numbers still tells the columns apart. */
export function readHeader(row: Row, side: TermSide): Columns {
  const of = row.cells.map(({ text }): Column => {
    if (text.length === 0 || text.length > 10) return 'skip'
    return HEADINGS.find(([, word]) => word.test(text))?.[0] ?? 'skip'
  })
  const short = row.cells.every(({ text }) => text.length <= 10 && !/[。;]/.test(text) && !/\d/.test(text))
  const dated = row.cells.some(({ text }) => readWhen(text, side) !== null)
  if (short && !dated && of.filter((c) => c !== 'skip').length >= 2) return { isHeader: true, of }
  const first = row.cells[0]?.text ?? ''
  return {
    isHeader: false,
    of: row.cells.map((cell, i): Column => {
      if (i === 0 && (readWhen(first, side) || readRhythms(first).some((r) => r.strict))) return 'time'
      if (/^\d*$/.test(cell.text)) return 'skip'
      if (i > 0 && cell.text.length <= 12 && firstActor(cell.text) && !/[开展召建]/.test(cell.text)) return 'who'
      return i > 0 && cell.text.length <= 12 && readRhythms(cell.text).some((r) => r.strict) ? 'rhythm' : 'act'
    }),
  }
}

/** One row by its columns. An empty time cell continues the one above, as merged cells do. */
export function readRow(
  row: Row,
  columns: Columns,
  side: TermSide,
  above: { when: When | null; hint: RhythmRead[] },
): {
  when: When | null
  timeHint: RhythmRead[]
  rhythms: RhythmRead[]
  who: Responsible | null
  acts: Piece[]
  goals: Piece[]
} {
  const at = (column: Column): Piece[] => row.cells.filter((c, i) => columns.of[i] === column && c.text !== '')
  const time = at('time').map((c) => c.text)
  const dated = time.map((t) => readWhen(t, side)).find((w) => w !== null) ?? null
  const timeHint = time.flatMap((t) => (readWhen(t, side) ? [] : readRhythms(t)))
  const carried = time.length === 0 && columns.of.includes('time')
  const who = at('who')
    .map((c) => firstActor(c.text))
    .find((w) => w !== null)
  const targets = at('target').length > 0 && /%|百分|成|覆盖/.test(at('target')[0]?.text ?? '')
  return {
    when: dated ?? (carried ? above.when : null),
    timeHint: timeHint.length > 0 ? timeHint : carried && !above.when ? above.hint : [],
    rhythms: at('rhythm').flatMap((c) => readRhythms(c.text)),
    who: who ?? (at('who').length > 0 ? 'other' : null),
    acts: targets && !dated && timeHint.length === 0 && at('rhythm').length === 0 ? [] : at('act'),
    goals: targets
      ? joinedGoal(at('indicator').length > 0 ? at('indicator') : at('act').slice(0, 1), at('target'))
      : [],
  }
}

/** “建档率 | 100%”: name and number of a goal stand in two cells; read as one text whose span covers both. */
function joinedGoal(names: Piece[], targets: Piece[]): Piece[] {
  const name = names[0]
  const target = targets[0]
  if (!name || !target) return []
  return [{ text: name.text + target.text, at: [...name.at, ...target.at] }]
}
