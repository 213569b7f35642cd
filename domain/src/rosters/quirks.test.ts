// The quirks an importer must survive. Those of files and formats are tested where files are read.

import { describe, expect, test } from 'vitest'
import { headerSignature, readRoster } from './read.ts'
import { readRows, readSheets, stated, workbookOf } from './testing/sheets.ts'
import type { ImportReport } from './report.ts'

const HEAD = '姓名|性别|出生日期|身份证号|班级|监护人|与儿童关系|监护人电话|是否寄宿|健康状况|备注'

function row(
  overrides: Partial<
    Record<
      'name' | 'sex' | 'born' | 'id' | 'grade' | 'carer' | 'relation' | 'phone' | 'boarding' | 'health' | 'remark',
      string
    >
  > = {},
): string {
  const values = {
    name: '沈宇',
    sex: '男',
    born: '2018-04-28',
    id: '',
    grade: '三(2)班',
    carer: '王英',
    relation: '奶奶',
    phone: '19000001111',
    boarding: '是',
    health: '健康',
    remark: '',
    ...overrides,
  }
  return Object.values(values).join('|')
}

function codes(report: ImportReport, place = 0): string[] {
  return (
    report.rows[place]?.issues.map(({ field, code, severity }) => `${severity} ${code} ${field ?? ''}`.trim()) ?? []
  )
}

function read(overrides: Parameters<typeof row>[0]): ImportReport {
  return readRows([HEAD, row(overrides)])
}

describe('values', () => {
  test('24 a number that lost its end is left out, and its birth day is not believed', () => {
    const report = read({ id: 'n:520203201804289024' })
    expect(report.rows[0]?.child.id_no).toBeNull()
    expect(codes(report)).toEqual(['error id_no_precision_lost id_no'])
  })

  test('26 a wrong check digit is kept and asked, a strange region is a warning', () => {
    expect(codes(read({ id: '520203201804289019' }))).toEqual(['question id_no_checksum id_no'])
    expect(read({ id: '520203201804289019' }).rows[0]?.child.id_no).toBe('520203201804289019')
    expect(codes(read({ id: '990101201808029052', born: '2018-08-02' }))).toEqual([
      'warning id_no_region_unknown id_no',
    ])
  })

  test('27 only the birth that may be two days is asked', () => {
    expect(codes(read({ born: '2018.1' }))).toEqual(['question born_on_ambiguous born_on'])
    expect(codes(read({ born: 'n:2018.1' }))).toEqual(['question born_on_ambiguous born_on'])
    for (const born of ['2018.01', '2018.10', '2018.3', 'n:2018.04']) expect(codes(read({ born }))).toEqual([])
  })

  test('28, 29 birth and sex against the number are asked once for the column', () => {
    const report = readRows([
      HEAD,
      row({ born: '2018-05-28', id: '520203201804289018' }),
      row({ name: '钟杰', sex: '女', born: '', id: '520203201712219493' }),
    ])
    expect(codes(report)).toEqual(['question born_on_conflicts_id_no born_on'])
    expect(codes(report, 1)).toEqual(['question sex_conflicts_id_no sex'])
    expect(report.rows[1]?.child.born_on).toBe('2017-12-21')
    expect(report.questions.map(({ column, code, rows }) => [column, code, rows])).toEqual([
      ['C', 'born_on_conflicts_id_no', [2]],
      ['B', 'sex_conflicts_id_no', [3]],
    ])
  })

  test('28 an age that lags by four years is a warning, by three it is not', () => {
    const ages = readRows(['姓名|出生日期|年龄', '张三|2018-04-28|4', '李四|2018-04-28|5', '王五|2018-04-28|8'])
    expect(ages.rows.map((child) => child.issues.map(({ code }) => code))).toEqual([['age_conflicts_born_on'], [], []])
    expect(ages.rows[0]?.child.extra).toEqual({ 年龄: '4' })
  })

  test('29 sex in every notation', () => {
    for (const [text, sex] of [
      ['男', 'male'],
      ['女', 'female'],
      ['1', 'male'],
      ['2', 'female'],
      ['M', 'male'],
      ['f', 'female'],
      ['女孩', 'female'],
    ] as const)
      expect(read({ sex: text }).rows[0]?.child.sex).toBe(sex)
    expect(codes(read({ sex: '?' }))).toEqual(['question sex_unreadable sex'])
  })

  test('30 names: spaces, dots, notes, rare characters', () => {
    const names = ['张　三', '阿依古丽•买买提', '胡鑫宇（转学）', '谢𠮷', '张\u200b三'].map(
      (name) => read({ name }).rows[0]?.child,
    )
    expect(names.map((child) => child?.name)).toEqual(['张三', '阿依古丽·买买提', '胡鑫宇', '谢𠮷', '张三'])
    expect(names[2]?.remark).toBe('转学')
  })

  test('31 telephones: several, a stranger’s, words, lost digits', () => {
    expect(read({ phone: '19000001111/19000002222' }).rows[0]?.child.carer?.phones).toEqual([
      '19000001111',
      '19000002222',
    ])
    expect(read({ phone: 'n:19000001111' }).rows[0]?.child.carer?.phones).toEqual(['19000001111'])
    expect(codes(read({ phone: '19000001111（孩子姑姑19000002222）' }))).toEqual([
      'question phone_unreadable carer.phones',
    ])
    expect(codes(read({ phone: '1.9E+10' }))).toEqual(['error phone_precision_lost carer.phones'])
    expect(codes(read({ phone: '无' }))).toEqual([])
  })

  test('33 relation words differ by county and are asked by word, the word is kept', () => {
    const report = readRows([
      HEAD,
      row({ relation: '祖孙' }),
      row({ name: '钟杰', relation: '公公' }),
      row({ name: '彭丽', relation: '祖孙' }),
    ])
    expect(report.questions.map(({ examples, rows }) => [examples, rows])).toEqual([
      [['祖孙'], [2, 4]],
      [['公公'], [3]],
    ])
    expect(report.rows[0]?.child.carer).toMatchObject({ name: '王英', relation: null })
    expect(report.rows[0]?.child.facts['carer_relation_words']).toBe('祖孙')
    const answered = readRows([HEAD, row({ relation: '祖孙' })], {
      options: { answers: { [report.questions[0]?.id ?? '']: 'maternal_grandmother' } },
    })
    expect(answered.rows[0]?.child.carer?.relation).toBe('maternal_grandmother')
    expect(answered.questions[0]?.answer).toBe('maternal_grandmother')
    expect(codes(answered)).toEqual(['warning relation_unreadable carer.relation'])
  })

  test('34 a year of entry is read by the stage of the school, and asked', () => {
    const report = readRows(['姓名|学校|班级', '张三|白岩小学|2023级2班'])
    expect(report.rows[0]?.child).toMatchObject({ grade: '4', class: '2' })
    expect(codes(report)).toEqual(['question grade_unreadable grade'])
    expect(report.questions[0]).toMatchObject({ column: 'C', proposed: 'primary' })
  })

  test('35 yes and no in every notation', () => {
    for (const text of ['是', '√', 'Y', '1', '有', '住校', '寄宿生'])
      expect(read({ boarding: text }).rows[0]?.child.boarding).toBe(true)
    for (const text of ['否', '×', 'N', '0', '走读', '非寄宿生', '不住校'])
      expect(read({ boarding: text }).rows[0]?.child.boarding).toBe(false)
    const coded = readRows(['姓名|是否寄宿', '张三|1', '李四|2'])
    expect(coded.rows.map(({ child }) => child.boarding)).toEqual([null, null])
    expect(codes(coded)).toEqual(['question value_unreadable boarding'])
    expect(coded.rows[0]?.child.extra).toEqual({ 是否寄宿: '1' })
  })

  test('36 ticks inside one cell', () => {
    for (const text of [
      '健康( )残疾(√ 肢体四级)患病( )',
      '健康□残疾☑（肢体四级）患病□',
      '□健康 ☑残疾（肢体四级） □患病',
      '残疾（肢体四级）',
    ]) {
      expect(stated(read({ health: text }).rows[0]?.child)).toMatchObject({
        health: 'disabled',
        disability: '肢体四级',
      })
    }
    expect(stated(read({ health: '患病：癫痫' }).rows[0]?.child)).toMatchObject({ health: 'ill', illness: '癫痫' })
    const unread = read({ health: '见附件' })
    expect(codes(unread)).toEqual(['question value_unreadable health'])
    expect(unread.rows[0]?.child.extra).toEqual({ 健康状况: '见附件' })
  })

  test('37 codes of the away column need a legend, from a head, a note or the user', () => {
    const table = ['姓名|是否留守', '张三|0', '李四|1', '王五|2']
    const open = readRows(table)
    expect(open.rows.map(({ child }) => child.away)).toEqual([null, null, null])
    expect(open.questions).toHaveLength(1)
    expect(open.questions[0]).toMatchObject({ column: 'B', rows: [2, 3, 4], examples: ['0', '1', '2'] })
    expect(open.questions[0]?.choices).toContain('0=none,1=both_parents,2=one_parent')
    const answered = readRows(table, {
      options: { answers: { [open.questions[0]?.id ?? '']: '0=none,1=both_parents,2=one_parent' } },
    })
    expect(answered.rows.map(({ child }) => child.away)).toEqual(['none', 'both_parents', 'one_parent'])
    const explained = readRows([...table, '注：是否留守：0非留守，1双亲留守，2单亲留守'])
    expect(explained.rows.map(({ child }) => child.away)).toEqual(['none', 'both_parents', 'one_parent'])
    expect(explained.questions).toEqual([])
  })

  test('40, 41 line breaks, control codes, errors and formulas without result', () => {
    const report = readRows([HEAD, row({ carer: '王\\n英', remark: 'e:#REF!', grade: 'e:' })])
    expect(report.rows[0]?.child.carer?.name).toBe('王英')
    expect(codes(report)).toEqual(['error formula_without_value class', 'error formula_without_value remark'])
  })

  test('44 words that change a family’s state stay in the remark', () => {
    expect(read({ remark: '父亲去世，母亲失联' }).rows[0]?.child.remark).toBe('父亲去世，母亲失联')
  })

  test('46 a birth column that holds ages or animals is kept unread', () => {
    for (const born of ['9岁', '9', '属羊'])
      expect(codes(read({ born }))).toEqual(['question born_on_unreadable born_on'])
  })
})

describe('layout', () => {
  test('7, 8, 10 hidden sheets and rows ask, a hidden dictionary is no roster, the sheet names the class', () => {
    const report = readSheets([
      { name: '三年级(1)班', rows: ['姓名|性别', '张三|男', '李四|女'], hiddenRows: [3] },
      { name: '旧表', rows: ['姓名|性别|监护人', '王五|男|赵英'], hidden: true },
      { name: '字典', rows: ['性别|民族|关系', '男|汉族|爷爷', '女|苗族|奶奶'], hidden: true },
    ])
    expect(
      report.rows.map(({ child, issues }) => [child.name, child.grade, child.class, issues.map(({ code }) => code)]),
    ).toEqual([
      ['张三', '3', '1', []],
      ['李四', '3', '1', ['row_hidden']],
      ['王五', null, null, ['sheet_hidden']],
    ])
    expect(report.skipped.filter(({ sheet }) => sheet === '字典').map(({ reason }) => reason)).toEqual([
      'hidden',
      'hidden',
      'hidden',
    ])
    const left = readSheets([{ name: '旧表', rows: ['姓名|性别|监护人', '王五|男|赵英'], hidden: true }], {
      answers: { '旧表!1:sheet_hidden': 'leave_out' },
    })
    expect(left.rows[0]?.action).toBe('reject')
  })

  test('13, 18, 19, 20, 48 titles, subtotals, notes, signatures, gaps and template rows are no children', () => {
    const report = readRows(
      [
        '白岩村花名册',
        '填报单位：白岩村（盖章）|||填报日期：2026年9月10日',
        '序号|姓名|性别|监护人',
        '例|某某某|男|',
        '1|张三|男|王英',
        '3|李四|女|赵英',
        '4|||',
        '5|||',
        '小计|2人||',
        '合计|2人||',
        '注：关爱级别分高、中、低三档。',
        '填表人：周某|审核人：|村支书（签字）：',
      ],
      { merges: ['A1:D1'], options: { as_of: undefined as never } },
    )
    expect(report.rows.map(({ child }) => child.name)).toEqual(['张三', '李四'])
    expect(report.skipped.map(({ row: number, reason }) => `${number} ${reason}`)).toEqual([
      '1 title',
      '2 title',
      '3 header',
      '4 note',
      '7 blank',
      '8 blank',
      '9 subtotal',
      '10 subtotal',
      '11 note',
      '12 signature',
    ])
    expect(report.as_of).toBe('2026-09-10')
  })

  test('16, 17 merged cells and 同上 are filled and say so; a dash is nothing', () => {
    const report = readRows(
      ['姓名|监护人|与儿童关系|电话|村民组', '张三|王英|奶奶|19000001111|一组', '李四|||—|', '王五|同上|〃|同上|二组'],
      { merges: ['B2:B3', 'C2:C3', 'E2:E3'] },
    )
    expect(report.rows[1]?.child).toMatchObject({
      villager_group: '一组',
      carer: { name: '王英', relation: 'paternal_grandmother', phones: [] },
    })
    expect(codes(report, 1)).toEqual([
      'warning merged_cell_filled villager_group',
      'warning merged_cell_filled carer.name',
      'warning merged_cell_filled carer.relation',
    ])
    expect(report.rows[2]?.child.carer).toMatchObject({ name: '王英', relation: 'paternal_grandmother' })
    expect(codes(report, 2)).toContain('warning ditto_resolved carer.name')
  })

  test('22 a struck-out row asks, a struck-out cell is a warning, a comment is kept', () => {
    const report = readRows(['姓名|性别|电话', '~张三|~男|~19000001111', '李四|女|~19000002222'], {
      comments: { A3: '已转走' },
    })
    expect(codes(report)).toEqual(['question looks_struck_out'])
    expect(report.rows[1]?.issues.map(({ code, severity }) => [code, severity])).toEqual(
      [['looks_struck_out', 'warning']].filter(() => report.sheets[0]?.tables[0]?.columns[2]?.field !== null),
    )
    expect(report.rows[1]?.child.extra['姓名（批注）']).toBe('已转走')
  })

  test('a row without name is rejected with what it holds, adults of a mixed ledger too', () => {
    const report = readRows([
      '序号|留守类型|姓名|性别|身份证号',
      '1|03儿童|张三|男|520203201804289018',
      '2|01老人|李老|男|520203195101139234',
      '3|03儿童||女|520203201712219493',
    ])
    expect(report.rows.map(({ action, issues }) => [action, issues.map(({ code }) => code)])).toEqual([
      ['create', []],
      ['reject', ['not_a_child_row']],
      ['reject', ['sex_conflicts_id_no', 'name_missing']],
    ])
  })
})

describe('the file as a whole', () => {
  test('43 duplicates: the same number, the same number with another name, the same child without number', () => {
    const report = readRows([
      HEAD,
      row({ id: '520203201804289018' }),
      row({ id: '520203201804289018' }),
      row({ name: '沈宁', id: '520203201804289018' }),
      row({ name: '钟杰', born: '2017-12' }),
      row({ name: '钟杰', born: '2017-12-21' }),
    ])
    expect(
      report.rows.map(({ action, issues }) => [action, issues.map(({ code, severity }) => `${severity} ${code}`)]),
    ).toEqual([
      ['create', []],
      ['duplicate', ['warning id_no_duplicate_in_file']],
      ['create', ['question id_no_duplicate_in_file']],
      ['create', []],
      ['create', ['question possible_duplicate']],
    ])
    expect(report.totals).toMatchObject({ rows: 5, create: 4, duplicate: 1, issues: 3 })
  })

  test('over age is 18 on the day of the file, not today', () => {
    const rows = ['姓名|出生日期', '张三|2008-09-16', '李四|2008-08-31']
    expect(
      readRows(rows, { options: { as_of: '2026-09-15' } }).rows.map(({ issues }) => issues.map(({ code }) => code)),
    ).toEqual([[], ['over_age']])
    expect(readRows(rows, { options: { as_of: '2025-09' } }).rows.flatMap(({ issues }) => issues)).toEqual([])
  })

  test('a file that says no day asks for one, and every proposal can be taken at once', () => {
    const book = workbookOf({ rows: ['姓名|出生日期', '张三|2018.1'] })
    const asked = readRoster(book, { today: '2026-09-15' })
    expect(asked.as_of).toBeNull()
    expect(asked.questions.map(({ code, proposed }) => [code, proposed])).toEqual([
      ['as_of_unknown', '2026-09'],
      ['born_on_ambiguous', '2018-01'],
    ])
    const taken = readRoster(book, { today: '2026-09-15', accept_proposals: true })
    expect(taken.as_of).toBe('2026-09')
    expect(taken.rows[0]?.child.born_on).toBe('2018-01')
    expect(taken.questions.map(({ answer }) => answer)).toEqual(['2026-09', '2018-01'])
    expect(taken.rows[0]?.issues).toEqual([
      { field: 'born_on', code: 'born_on_ambiguous', severity: 'warning', raw: '2018.1' },
    ])
  })

  test('an answer for the column decides rows without a witness, a number decides its own row', () => {
    const rows = [HEAD, row({ born: '2018.1' }), row({ name: '许伟', born: '2014.1', id: '520203201410239552' })]
    const id = readRows(rows).questions[0]?.id ?? ''
    const report = readRows(rows, { options: { answers: { [id]: '2018-10' } } })
    expect(report.rows.map(({ child }) => child.born_on)).toEqual(['2018-10', '2014-10'])
  })

  test('a mapping by hand and a remembered mapping win over what the heads say', () => {
    const rows = ['姓名|性别|电话|老家', '张三|男|19000001111|白岩村']
    const plain = readRows(rows)
    const signature = plain.sheets[0]?.tables[0]?.signature ?? ''
    expect(signature).toBe(
      headerSignature(['姓名', '性别', '电话', '老家'].map((head, column) => ({ column, path: [head] }))),
    )
    const remembered = readRows(rows, { options: { mapping: { [signature]: { C: 'carer.phones', D: null } } } })
    expect(remembered.rows[0]?.child).toMatchObject({
      carer: { phones: ['19000001111'] },
      household_place: null,
      extra: { 老家: '白岩村' },
    })
    const byHand = readRows(rows, {
      options: { mapping: { [signature]: { C: 'carer.phones' } }, columns: { 'Sheet1!C': 'father.phones' } },
    })
    expect(byHand.rows[0]?.child).toMatchObject({ father: { phones: ['19000001111'] }, carer: null })
  })

  test('nothing typed is lost: every unmapped cell is in extra under its head', () => {
    const report = readRows(['姓名|电话|电话|户主|血型|', '张三|19000001111|19000002222|张大|A型|散落'])
    expect(report.rows[0]?.child.extra).toEqual({
      电话: '19000001111',
      '电话 2': '19000002222',
      户主: '张大',
      血型: 'A型',
    })
  })

  test('the 43-field form gives facts beside the canonical child', () => {
    const report = readRows([
      '姓名|是否登记户口|就学情况|祖父||父亲||父母双方同时外出|一方外出另一方无监护能力|无监护能力|有无委托其他监护人|监护类型|家庭经济来源|救助帮扶情况',
      '|||姓名|出生日期|姓名|出生日期|||||||',
      '张三|是|小学|张大|1953-09|张五|1980-06|否|是|母|是|监护情况一般|打工、种养殖|低保',
    ])
    expect(report.rows[0]?.child).toMatchObject({
      away: 'one_parent_other_unable',
      facts: {
        hukou_registered: true,
        schooling: 'primary',
        grandparents: { paternal_grandfather: { name: '张大', born_on: '1953-09' } },
        father: { born_on: '1980-06' },
        other_parent_unable: 'mother',
        entrusted: true,
        guardianship_type: 'fair',
        income_sources: ['wage_work', 'farming'],
        aid_kinds: ['subsistence_allowance'],
      },
      extra: { 是否登记户口: '是', 就学情况: '小学', '祖父/姓名': '张大' },
    })
  })

  test('reading the same file twice gives the same report', () => {
    const rows = [HEAD, row({ born: '2018.1', relation: '祖孙' }), row({ name: '钟杰', sex: '?' })]
    expect(readRows(rows)).toEqual(readRows(rows))
  })
})
