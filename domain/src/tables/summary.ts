// 摸底排查汇总表: 32 columns counted from the children themselves, and the cross-foot rules (勾稽) that tie them. A fact not collected has no
// column: the child is counted in 合计, is missing from the columns of that fact, and is named beside the table; the rule says by how many
// the sides differ.
import { ageBandOf, schoolingOf, type CountedChild } from './counted.ts'

export interface SummaryColumn {
  readonly n: number
  readonly group: string
  readonly head: string
}

const block = (first: number, group: string, ...heads: string[]): SummaryColumn[] =>
  heads.map((head, at) => ({ n: first + at, group, head }))

export const summaryColumns: readonly SummaryColumn[] = [
  { n: 1, group: '合计', head: '合计' },
  ...block(2, '0–5岁', '小计', '男', '女'),
  ...block(5, '6–13岁', '小计', '男', '女'),
  ...block(8, '14–16岁', '小计', '男', '女'),
  ...block(11, '就学情况', '幼儿园', '未入园', '小学', '初中', '高中', '中职', '辍学', '不在学'),
  ...block(19, '父母外出', '双方外出', '一方外出另一方无监护能力'),
  ...block(21, '学段', '学前', '高中中职', '辍学不在学', '义务教育寄宿', '义务教育走读'),
  ...block(26, '实际照护人', '（外）祖父母', '其他亲友', '父或母（无能力）', '无人'),
  ...block(30, '监护情况', '较好', '一般', '差'),
]

/** Left = the sum of each list on the right. */
interface CrossFoot {
  readonly left: readonly number[]
  readonly right: readonly number[]
}
const to = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)
export const crossFoots: readonly CrossFoot[] = [
  { left: [1], right: [2, 5, 8] },
  { left: [1], right: to(11, 18) },
  { left: [1], right: [19, 20] },
  { left: [1], right: to(21, 25) },
  { left: [1], right: to(26, 29) },
  { left: [1], right: to(30, 32) },
  { left: [2], right: [3, 4] },
  { left: [5], right: [6, 7] },
  { left: [8], right: [9, 10] },
  { left: [13, 14], right: [24, 25] },
]

const schoolingColumn: Record<string, number> = {
  kindergarten: 11, not_in_kindergarten: 12, primary: 13, junior: 14, senior: 15, vocational: 16, dropout: 17, not_in_school: 18,
} // prettier-ignore
const stageColumn: Record<string, number> = {
  kindergarten: 21, not_in_kindergarten: 21, senior: 22, vocational: 22, dropout: 23, not_in_school: 23,
} // prettier-ignore

export interface Placed {
  /** Numbers of the columns that count this child. */
  readonly columns: readonly number[]
  /** What is not collected, in the words of the table's groups. */
  readonly lacks: readonly string[]
}

export function placeInSummary(child: CountedChild): Placed {
  const columns = [1]
  const lacks: string[] = []
  const put = (column: number | null | undefined, lack: string) => {
    if (column) columns.push(column)
    else lacks.push(lack)
  }
  const band = { '0-5': 2, '6-13': 5, '14-16': 8 }[ageBandOf(child) ?? '']
  put(band, '年龄')
  if (band) put(child.sex === 'male' ? band + 1 : child.sex === 'female' ? band + 2 : null, '性别')
  const schooling = schoolingOf(child)
  put(schoolingColumn[schooling ?? ''], '就学情况')
  put({ both_parents: 19, one_parent_other_unable: 20 }[child.category ?? ''], '父母外出')
  // Schooling that is unknown is said once; of a pupil in compulsory school boarding is asked as well.
  if (schooling === 'primary' || schooling === 'junior')
    put(child.boarding === null ? null : child.boarding ? 24 : 25, '是否寄宿')
  else if (schooling) put(stageColumn[schooling], '学段')
  put(carerColumn(child), '照护人')
  put(guardianshipColumn(child), '监护情况')
  return { columns, lacks }
}

function carerColumn({ relation, guardianship_type }: CountedChild): number | null {
  if (guardianship_type === 'nobody') return 29
  if (relation === null) return null
  if (/grand/.test(relation)) return 26
  return relation === 'father' || relation === 'mother' ? 28 : 27
}

function guardianshipColumn({ guardianship_type }: CountedChild): number | null {
  if (guardianship_type === null) return null
  return guardianship_type === 'good' ? 30 : guardianship_type === 'fair' ? 31 : 32
}

/** Cells 1…32 at their own number; place 0 is unused. */
export function summarise(placed: readonly Placed[]): number[] {
  const cells = Array.from({ length: 33 }, () => 0)
  for (const { columns } of placed) for (const n of columns) cells[n] = (cells[n] ?? 0) + 1
  return cells
}

export interface BrokenRule {
  /** 1=2+5+8 */
  readonly rule: string
  readonly left: number
  readonly right: number
}

export function brokenRules(cells: readonly number[]): BrokenRule[] {
  const sum = (columns: readonly number[]) => columns.reduce((all, n) => all + (cells[n] ?? 0), 0)
  return crossFoots.flatMap(({ left, right }) => {
    const [a, b] = [sum(left), sum(right)]
    return a === b ? [] : [{ rule: `${left.join('+')}=${spell(right)}`, left: a, right: b }]
  })
}

/** 11+12+…+18 as the form itself writes it. */
function spell(columns: readonly number[]): string {
  return columns.length > 5 ? `${columns[0]}+${columns[1]}+…+${columns.at(-1)}` : columns.join('+')
}

/** The sums that hold within one row, for hiding small cells: places are column numbers. */
export const summarySums = crossFoots
  .filter(({ left }) => left.length === 1)
  .map(({ left, right }) => ({ total: left[0]!, parts: right }))
