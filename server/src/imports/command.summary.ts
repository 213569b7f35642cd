// The report in words, for a terminal.

import type { ImportIssue, ImportReport } from '@nuanyang/domain/rosters/report.ts'

const CODES: Readonly<Record<ImportIssue['code'] | 'as_of_unknown', string>> = {
  name_missing: '没有姓名，没有导入',
  id_no_precision_lost: '身份证号被当成数字，后几位已丢失',
  id_no_checksum: '身份证号校验位不对',
  id_no_length: '身份证号位数不对',
  id_no_region_unknown: '身份证号的地区码不认识',
  id_no_duplicate_in_file: '身份证号与前面的行重复',
  born_on_ambiguous: '出生日期有两种可能',
  born_on_unreadable: '出生日期读不懂',
  born_on_conflicts_id_no: '出生日期与身份证号不一致',
  sex_conflicts_id_no: '性别与身份证号不一致',
  sex_unreadable: '性别读不懂',
  age_conflicts_born_on: '年龄与出生日期不符',
  phone_unreadable: '电话读不懂或不止是本人的',
  phone_precision_lost: '电话被当成数字，后几位已丢失',
  relation_unreadable: '与儿童的关系要确认',
  grade_unreadable: '年级要确认',
  away_code_needs_label: '留守情况的写法要对应',
  ditto_resolved: '“同上”“同父”已按所指的补齐',
  merged_cell_filled: '合并单元格已补齐',
  formula_without_value: '公式没有结果',
  sheet_hidden: '来自隐藏的工作表',
  row_hidden: '来自隐藏的行',
  possible_duplicate: '可能与前面的行是同一个孩子',
  over_age: '已满 18 周岁',
  looks_struck_out: '被划掉',
  not_a_child_row: '不是儿童，没有导入',
  value_unreadable: '写法读不懂',
  as_of_unknown: '表里没有写是哪一天的情况',
}

const MARK = { error: '✗', question: '？', warning: '·' } as const
const SHOWN = 20

/** `ending`: what was done with it. */
export function describeReport(report: ImportReport, ending = '只读取了文件，什么也没有写入。'): string {
  const { totals } = report
  const lines = [
    `${report.file.name}（${report.file.format}）`,
    `读到 ${totals.rows} 行：可建档 ${totals.create}${totals.update + totals.unchanged > 0 ? `，更新 ${totals.update}，无变化 ${totals.unchanged}` : ''}，重复 ${totals.duplicate}，不导入 ${totals.reject}；提示 ${totals.issues} 条。${report.as_of ? `表中情况截至 ${report.as_of}。` : ''}`,
    ...report.notes.map((note) => note.zh),
    ...report.sheets.flatMap((sheet) => describeSheet(sheet)),
    ...describeIssues(report),
    ...describeQuestions(report),
    ending,
  ]
  return `${lines.join('\n')}\n`
}

function describeSheet(sheet: ImportReport['sheets'][number]): string[] {
  return sheet.tables.flatMap((table) => {
    if (table.header_rows.length === 0) return [`工作表“${sheet.name}”：登记表，第 ${table.first_row} 行起`]
    const kept = table.columns
      .filter(
        (column) =>
          column.field === null && column.fact === undefined && !/^(?:序号?|编号|No\.?)$/i.test(column.header),
      )
      .map((column) => column.header)
    const where = `工作表“${sheet.name}”${sheet.hidden ? '（隐藏）' : ''}：表头第 ${table.header_rows.join('、')} 行，内容第 ${table.first_row}–${table.last_row} 行`
    return kept.length > 0 ? [where, `  原样保留的列：${kept.join('、')}`] : [where]
  })
}

function describeIssues(report: ImportReport): string[] {
  const counts = new Map<string, { count: number; places: string[]; severity: ImportIssue['severity'] }>()
  for (const row of report.rows) {
    for (const { code, severity } of row.issues) {
      const entry = counts.get(code) ?? { count: 0, places: [], severity }
      entry.count++
      if (entry.places.length < 5) entry.places.push(`${row.sheet}第${row.row}行`)
      counts.set(code, entry)
    }
  }
  return [...counts].map(
    ([code, { count, places, severity }]) =>
      `${MARK[severity]} ${CODES[code as ImportIssue['code']]}：${count} 处（${places.join('、')}${count > places.length ? ' 等' : ''}）`,
  )
}

function describeQuestions(report: ImportReport): string[] {
  if (report.questions.length === 0) return []
  const lines = report.questions.slice(0, SHOWN).map((question) => {
    const where = question.column === null ? question.sheet : `${question.sheet} ${question.column} 列`
    const examples = question.examples.length > 0 ? `，如“${question.examples.slice(0, 3).join('”“')}”` : ''
    const taken = question.answer === undefined ? `建议：${question.proposed ?? '无'}` : `已取：${question.answer}`
    return `  ${where}：${CODES[question.code as keyof typeof CODES] ?? question.code}${examples}。${taken}；可选：${question.choices.join(' / ')}`
  })
  return [`需要确认 ${report.questions.length} 处：`, ...lines]
}
