// The layouts of domain practice: head variants of offices and schools, blocks of two and three levels, tables beside and below
// each other, forms, lists on their side.

import { describe, expect, test } from 'vitest'
import { readRows, readSheets, stated } from './testing/sheets.ts'
import type { ImportReport } from './report.ts'

function fields(report: ImportReport, table = 0): string[] {
  return report.sheets.flatMap((sheet) => sheet.tables)[table]?.columns.map(({ field }) => field ?? '') ?? []
}

function children(report: ImportReport) {
  return report.rows.map((row) => stated(row.child))
}

describe('heads', () => {
  test('of a village that writes as it speaks', () => {
    const report = readRows([
      '白岩村在家娃娃名册',
      '娃娃姓名|男娃女娃|哪年生|读哪个学校|几年级|住不住校|带娃的人|是娃的什么人|带娃人电话|爸爸打工去处|身体好不好|家住哪里',
      '张三妹|女|2015.3|白岩小学|三年级|住校|李大娘|奶奶|19000001111|广东|健康|一组',
    ])
    expect(fields(report)).toEqual([
      'name',
      'sex',
      'born_on',
      'school',
      'grade',
      'boarding',
      'carer.name',
      'carer.relation',
      'carer.phones',
      'father.work_place',
      'health',
      'residence',
    ])
    expect(children(report)[0]).toMatchObject({
      name: '张三妹',
      born_on: '2015-03',
      grade: '3',
      boarding: true,
      health: 'healthy',
      residence: '一组',
      father: { work_place: '广东' },
      carer: { name: '李大娘', relation: 'paternal_grandmother' },
    })
  })

  test('that ask in whole questions, and cells that say why there is no place of work', () => {
    const report = readRows([
      '娃儿姓名|男/女|住哪个组|爸爸在哪打工|妈妈在哪打工|现由谁带|家里情况说明',
      '张三|男|一组|广东东莞|同上|爷爷|房子漏雨',
      '李四|女|二组|离异后失联|福建泉州|外婆|',
      '王五|男|三组|在家务农|改嫁|爸爸|',
    ])
    expect(fields(report)).toEqual([
      'name',
      'sex',
      'villager_group',
      'father.work_place',
      'mother.work_place',
      'carer.relation',
      'remark',
    ])
    expect(children(report)).toMatchObject([
      { villager_group: '一组', father: { work_place: '广东东莞' }, carer: { relation: 'paternal_grandfather' } },
      { mother: { work_place: '福建泉州' }, carer: { relation: 'maternal_grandmother' } },
      { villager_group: '三组', carer: { relation: 'father' } },
    ])
    expect(report.rows.map(({ child }) => child.facts['father'] ?? null)).toEqual([
      null,
      { state: 'missing' },
      { state: 'home' },
    ])
    // Nothing stands above the first 同上: it is kept as written and shown, and is no place.
    expect(report.rows[0]!.child.extra['妈妈在哪打工']).toBe('同上')
    expect(report.rows[0]!.issues).toMatchObject([{ field: 'mother.work_place', code: 'value_unreadable' }])
    expect(report.rows.map(({ child }) => child.mother?.work_place ?? null)).toEqual([null, '福建泉州', null])
  })

  test('where a name should stand: how it is with the parent, or whose kin the carer is', () => {
    const report = readRows(
      [
        '儿童||父亲|||母亲|||照料人||',
        '姓名|性别|姓名|电话|务工地|姓名|电话|务工地|姓名|关系|电话',
        '张三|男|张五|19000001111|佛山|李花|同父|与父亲一样|外婆|外祖母|19000001113',
        '李四|女|李五|19000001112|宁波|已故|||李大娘|奶奶|19000001114',
        '王五|男|离异后失联|||赵花|19000001115|同父|赵大爷|外公|',
      ],
      { merges: ['A1:B1', 'C1:E1', 'F1:H1', 'I1:K1'] },
    )
    expect(children(report)).toMatchObject([
      { mother: { name: '李花', phones: ['19000001111'], work_place: '佛山' } },
      { father: { name: '李五' } },
      { mother: { name: '赵花' } },
    ])
    const [first, second, third] = report.rows.map(({ child }) => child)
    expect([first!.carer?.name, first!.carer?.relation]).toEqual([null, 'maternal_grandmother'])
    expect([second!.mother, second!.facts['mother']]).toEqual([null, { state: 'deceased' }])
    expect([third!.father, third!.facts['father'], third!.mother?.work_place]).toEqual([
      null,
      { state: 'missing' },
      null,
    ])
    // Nothing is said of the father, so nothing can be the same: the words are kept and shown.
    expect(third!.extra['母亲/务工地']).toBe('同父')
    expect(report.rows.map(({ issues }) => issues.map(({ field, code }) => `${field} ${code}`))).toEqual([
      ['mother.phones ditto_resolved', 'mother.work_place ditto_resolved'],
      [],
      ['mother.work_place value_unreadable'],
    ])
  })

  test('of a class teacher: 双 and 单(父), with whom the child lives, since when both are away', () => {
    const report = readRows([
      '学生姓名|年级|双留/单留|爸爸打工地|妈妈打工地|外出时间|平时跟谁生活',
      '张三|三年级|双|深圳|深圳|2023.2|奶奶',
      '李四|未上学|单（父）|泉州|在家务农|2020|妈妈',
    ])
    expect(fields(report)).toEqual([
      'name',
      'grade',
      'away',
      'father.work_place',
      'mother.work_place',
      '',
      'carer.relation',
    ])
    expect(children(report)).toMatchObject([
      { away: 'both_parents', carer: { relation: 'paternal_grandmother' } },
      { away: 'one_parent', carer: { relation: 'mother' } },
    ])
    expect(report.rows.map(({ child }) => child.facts)).toMatchObject([
      { away_since: '2023-02' },
      { away_since: '2020', away_parent: 'father', mother: { state: 'home' }, schooling: 'not_in_kindergarten' },
    ])
    expect(report.rows[1]!.child.facts['mother']).toEqual({ state: 'home' })
    expect(report.rows.flatMap(({ issues }) => issues)).toEqual([])
  })

  test('of a community: the same place said by its name, and a carer cell that names nobody', () => {
    const report = readRows([
      '儿童姓名|性别|户籍地|现居住地|看护人及电话|看护人与儿童关系|残疾|建档立卡',
      '张三|男|幸福里5栋|同户籍地|父母||是（听力）|Y',
      '李四|女|大水村|幸福里2栋|孙桂花（外婆）||N|N',
    ])
    expect(children(report)).toMatchObject([
      { household_place: '幸福里5栋', residence: '幸福里5栋', disability: '听力' },
      { residence: '幸福里2栋', carer: { name: '孙桂花', relation: 'maternal_grandmother' } },
    ])
    expect(report.rows.map(({ child }) => child.facts['economy'] ?? null)).toEqual(['建档立卡', null])
    expect(report.rows[0]!.child.extra['看护人及电话']).toBe('父母')
  })

  test('letters that the title explains; a day in three columns; 男, 女, 父 and 母 ticked', () => {
    const letters = readRows([
      '全校留守学生统计表（留守类型：A.父母双方外出 B.父亲外出 C.母亲外出）',
      '班级|姓名|留守类型|监护人',
      '三年级1班|张三|A|张大',
      '三年级1班|李四|C|李大',
    ])
    expect(letters.rows.map(({ child }) => child.away)).toEqual(['both_parents', 'one_parent'])
    expect(letters.questions.filter(({ code }) => code === 'away_code_needs_label')).toEqual([])
    const ticked = readRows(
      [
        '姓名|出生年|出生月|出生日|男|女|学校|父母外出情况（打√）|||监护人',
        '|||||||双方|父|母|',
        '张三|2016|8|15|√||青山小学|√|||张大',
        '李四|2018|1|9||√|青山小学|||√|李大',
      ],
      { merges: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:E2', 'F1:F2', 'G1:G2', 'H1:J1', 'K1:K2'] },
    )
    expect(children(ticked)).toMatchObject([
      { born_on: '2016-08-15', sex: 'male', away: 'both_parents' },
      { born_on: '2018-01-09', sex: 'female', away: 'one_parent' },
    ])
    expect(ticked.rows.flatMap(({ issues }) => issues)).toEqual([])
  })

  test('a place in several columns is one place; yes under a head that names it says what the head says', () => {
    const report = readRows([
      '学生姓名|性别|父务工省|父务工市|母务工省|母务工市|是否建档立卡',
      '张三|男|广东省|深圳市|||是',
      '李四|女|||江苏省|苏州市|否',
    ])
    expect(children(report)).toMatchObject([
      { father: { work_place: '广东省深圳市' } },
      { mother: { work_place: '江苏省苏州市' } },
    ])
    expect(report.rows.map(({ child }) => child.facts['economy'] ?? null)).toEqual(['建档立卡', null])
  })

  test('of a group over both parents belong to the parent named just before', () => {
    const report = readRows(
      [
        '基本情况||监护情况||父母情况||||||就学情况',
        '姓名|性别|照料人|联系电话|父亲姓名|去向|电话|母亲姓名|去向|电话|学校/年级',
        '张三|男|张大|19000001114|张五|佛山|19000001111|李花|宁波|19000001112|市一中八（3）班',
        '李四|女|李大|19000001113|李五|服刑||王花|||未入园',
      ],
      { merges: ['A1:B1', 'C1:D1', 'E1:J1'] },
    )
    expect(fields(report).slice(4, 10)).toEqual([
      'father.name',
      'father.work_place',
      'father.phones',
      'mother.name',
      'mother.work_place',
      'mother.phones',
    ])
    expect(children(report)).toMatchObject([
      {
        father: { name: '张五', phones: ['19000001111'], work_place: '佛山' },
        mother: { name: '李花', phones: ['19000001112'], work_place: '宁波' },
        school: '市一中',
        grade: '8',
        class: '3',
      },
      { father: { name: '李五' }, mother: { name: '王花' } },
    ])
    expect(report.rows.map(({ child }) => [child.school, child.father?.work_place])).toEqual([
      ['市一中', '佛山'],
      [null, null],
    ])
    expect(report.rows[1]!.child.facts).toMatchObject({
      schooling: 'not_in_kindergarten',
      father: { state: 'detained' },
    })
    expect(report.rows.flatMap(({ issues }) => issues)).toEqual([])
  })

  test('of three levels keep the people of each block apart', () => {
    const report = readRows(
      [
        '某镇留守儿童统计表',
        '序号|基本信息||||家庭情况||||||监护情况|||备注',
        '|姓名|性别|出生年月|家庭住址|父亲|||母亲|||姓名|关系|电话|',
        '|||||姓名|电话|务工地|姓名|电话|务工地||||',
        '1|张三|男|2015-03|一组|张五|19000001111|广东|李花|19000001112|浙江|王英|奶奶|19000001113|',
      ],
      {
        merges: [
          'A1:O1',
          'A2:A4',
          'B2:E2',
          'F2:K2',
          'L2:N2',
          'O2:O4',
          'B3:B4',
          'C3:C4',
          'D3:D4',
          'E3:E4',
          'F3:H3',
          'I3:K3',
          'L3:L4',
          'M3:M4',
          'N3:N4',
        ],
      },
    )
    expect(report.sheets[0]?.tables[0]?.header_rows).toEqual([2, 3, 4])
    expect(fields(report)).toEqual([
      '',
      'name',
      'sex',
      'born_on',
      'residence',
      'father.name',
      'father.phones',
      'father.work_place',
      'mother.name',
      'mother.phones',
      'mother.work_place',
      'carer.name',
      'carer.relation',
      'carer.phones',
      'remark',
    ])
  })

  test('of two levels survive a text export that knows no merges', () => {
    const report = readRows([
      '序号|姓名|性别|父亲|||母亲|||监护人||',
      '|||姓名|电话|务工地点|姓名|电话|务工地点|姓名|关系|电话',
      '1|张三|男|张五|19000001111|广东|李花|19000001112|浙江|王英|奶奶|19000001113',
    ])
    expect(fields(report)).toEqual([
      '',
      'name',
      'sex',
      'father.name',
      'father.phones',
      'father.work_place',
      'mother.name',
      'mother.phones',
      'mother.work_place',
      'carer.name',
      'carer.relation',
      'carer.phones',
    ])
  })

  test('whose lower level is the answers', () => {
    const report = readRows(
      [
        '姓名|性别||身体情况|||父母外出情况||民族',
        '|男|女|健康|残疾|患病|双方外出|一方外出|',
        '张三|√|||√|||√|汉',
        '李四||√|√|||√||苗',
      ],
      { merges: ['A1:A2', 'B1:C1', 'D1:F1', 'G1:H1', 'I1:I2'] },
    )
    expect(children(report)).toEqual([
      { name: '张三', sex: 'male', ethnicity: '汉族', health: 'disabled', away: 'one_parent' },
      { name: '李四', sex: 'female', ethnicity: '苗族', health: 'healthy', away: 'both_parents' },
    ])
  })

  test('repeated without a person belong to the person before them, the second age and number by their values', () => {
    const report = readRows([
      '姓名|性别|年龄|身份证号|监护人|年龄|身份证号|关系|电话',
      '张三|男|8|520203201705199295|王英|66|520203195206229287|奶奶|19000001111',
    ])
    expect(fields(report)).toEqual([
      'name',
      'sex',
      '',
      'id_no',
      'carer.name',
      'carer.age',
      'carer.id_no',
      'carer.relation',
      'carer.phones',
    ])
  })

  test('that leave open whose they are map to nothing, and their text stays', () => {
    const report = readRows(['姓名|性别|父亲姓名|母亲姓名|联系电话|家庭住址', '张三|男|张五|李花|19000001111|一组'])
    expect(fields(report)).toEqual(['name', 'sex', 'father.name', 'mother.name', '', 'residence'])
    expect(report.rows[0]?.child.extra).toEqual({ 联系电话: '19000001111' })
    expect(report.rows[0]?.child.facts['contact_phones']).toEqual(['19000001111'])
  })

  test('of helpers, teachers and contacts never become the parents’', () => {
    const report = readRows([
      '姓名|班主任|班主任电话|帮扶人|职务|联系电话|紧急联系人|电话|监护人|电话',
      '张三|赵老师|19000001111|钱主任|村支书|19000001112|孙某|19000001113|王英|19000001114',
    ])
    expect(report.rows[0]?.child).toMatchObject({
      father: null,
      mother: null,
      carer: { name: '王英', phones: ['19000001114'] },
    })
    expect(report.rows[0]?.child.facts).toMatchObject({
      class_teacher: { name: '赵老师', phones: ['19000001111'] },
      helper: { name: '钱主任', post: '村支书', phones: ['19000001112'] },
      contact: { name: '孙某' },
    })
  })

  test('of the county list H9 without names of persons in every head', () => {
    const report = readRows([
      '姓名|性别|出生|身份证|地址|监护人|监护人身份证|健康|就学|收入来源|学校资助|民族|寄宿|父姓名|出生|电话|身份证|母姓名|出生|电话|身份证|双方外出|一方外出另一方无监护能力|有无委托|人户状态',
      '张三|男|2017-05-19|520203201705199295|一组|王英|520203195206229287|健康|小学|打工|无|汉|是|张五|1984-10|19000001111|520203198410059012|李花|1986-02|19000001112|520203198302179121|是|否|有|人在户在',
    ])
    expect(children(report)[0]).toMatchObject({
      away: 'both_parents',
      father: { id_no: '520203198410059012' },
      mother: { phones: ['19000001112'] },
      facts: { schooling: 'primary', income_sources: ['wage_work'], entrusted: true, father: { born_on: '1984-10' } },
    })
  })

  test('a column of names without a head is the name', () => {
    const report = readRows([
      '序号||性别|出生年月|住址',
      '1|张三|男|2015-03|一组',
      '2|李四|女|2015-04|二组',
      '3|王五|男|2015-05|二组',
    ])
    expect(report.rows.map((row) => row.child.name)).toEqual(['张三', '李四', '王五'])
  })

  test('a table of numbers by village is no roster', () => {
    const report = readRows(['村名|留守儿童数|男|女', '白岩村|42|20|22', '合计|42|20|22'])
    expect(report.rows).toEqual([])
    expect(report.skipped.map(({ reason }) => reason)).toEqual(['note', 'note', 'note'])
  })
})

describe('several tables', () => {
  test('side by side share their rows', () => {
    const report = readRows([
      '花名册',
      '序号|姓名|性别|监护人||序号|姓名|性别|监护人',
      '1|张三|男|李四||3|王五|女|赵六',
      '2|张四|女|李五||||',
      '合计|2||||合计|1',
    ])
    expect(report.rows.map(({ row, child }) => [row, child.name, child.carer?.name])).toEqual([
      [3, '张三', '李四'],
      [3, '王五', '赵六'],
      [4, '张四', '李五'],
    ])
  })

  test('below each other, the class in the title of each', () => {
    const report = readRows([
      '一年级',
      '姓名|性别|监护人',
      '张三|男|王英',
      '',
      '二年级',
      '姓名|性别|监护人',
      '王五|男|钱英',
    ])
    expect(report.rows.map(({ child }) => [child.name, child.grade])).toEqual([
      ['张三', '1'],
      ['王五', '2'],
    ])
  })

  test('a page header repeated does not end the table', () => {
    const report = readRows(['姓名|性别|监护人', '张三|男|王英', '第1页 共2页', '姓名|性别|监护人', '李四|女|〃'])
    expect(report.sheets[0]?.tables).toHaveLength(1)
    expect(report.rows[1]?.child.carer?.name).toBe('王英')
    expect(report.skipped.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'header'],
      [3, 'note'],
      [4, 'header'],
    ])
  })

  test('lines with a group head the rows below them', () => {
    const report = readRows(['序号|姓名|性别|监护人', '一组', '1|张三|男|王英', '二组', '2|李四|女|赵英'])
    expect(report.rows.map(({ child }) => child.villager_group)).toEqual(['一组', '二组'])
  })

  test('a class of 一至六年级 is no class', () => {
    const report = readRows(['白岩小学一至六年级留守儿童花名册', '姓名|性别', '张三|男'])
    expect(report.rows[0]?.child.grade).toBeNull()
  })
})

describe('families in lines', () => {
  const father = { name: '张五', phones: ['19000001111'], work_place: '广东', id_no: null }
  test('under a merged name', () => {
    const report = readRows(
      [
        '姓名|性别|家庭成员姓名|关系|电话|务工地点',
        '张三|男|张五|父亲|19000001111|广东',
        '||李花|母亲|19000001112|浙江',
        '||王英|奶奶|19000001113|',
      ],
      { merges: ['A2:A4', 'B2:B4'] },
    )
    expect(report.rows).toHaveLength(1)
    expect(report.rows[0]?.child).toMatchObject({
      father,
      mother: { name: '李花' },
      carer: { name: '王英', relation: 'paternal_grandmother' },
    })
  })

  test('under a name left blank', () => {
    const report = readRows([
      '姓名|性别|家庭成员姓名|关系|电话|务工地点',
      '张三|男|张五|父亲|19000001111|广东',
      '||李花|母亲|19000001112|浙江',
      '李四|女|李五|父亲|19000001114|广东',
    ])
    expect(report.rows.map(({ child }) => [child.name, child.father?.name, child.mother?.name])).toEqual([
      ['张三', '张五', '李花'],
      ['李四', '李五', undefined],
    ])
  })

  test('parents in one cell', () => {
    const report = readRows([
      '姓名|年级|父母姓名|父母务工地点|父母联系电话',
      '张三|三年级|父：张五 母：李花|广东|父19000001111 母19000001112',
    ])
    expect(report.rows[0]?.child).toMatchObject({
      father: { name: '张五', phones: ['19000001111'] },
      mother: { name: '李花', phones: ['19000001112'] },
      extra: { 父母务工地点: '广东' },
    })
  })

  test('a parent is told by the number, by the relation, or asked', () => {
    const byNumber = readRows(['姓名|家长姓名|家长身份证号|家长电话', '张三|李花|520203198302179121|19000001112'])
    expect(byNumber.rows[0]?.child.mother).toMatchObject({ name: '李花', phones: ['19000001112'] })
    const byRelation = readRows(['姓名|家长姓名|与学生关系|联系电话', '张三|王英|奶奶|19000001113'])
    expect(byRelation.rows[0]?.child.carer).toMatchObject({
      name: '王英',
      relation: 'paternal_grandmother',
      phones: ['19000001113'],
    })
    const asked = readRows(['姓名|家长姓名|家长电话', '张三|张五|19000001113'])
    expect(asked.rows[0]?.child).toMatchObject({ father: null, mother: null })
    expect(asked.questions).toMatchObject([
      { code: 'relation_unreadable', proposed: 'father', choices: ['father', 'mother', 'leave_empty'] },
    ])
    const answered = readRows(['姓名|家长姓名|家长电话', '张三|张五|19000001113'], {
      options: { answers: { [asked.questions[0]?.id ?? '']: 'mother' } },
    })
    expect(answered.rows[0]?.child.mother).toMatchObject({ name: '张五', phones: ['19000001113'] })
  })
})

describe('forms', () => {
  const form = [
    '农村留守儿童基本情况登记表',
    '填报单位：白岩村|||填报日期：2026年9月1日',
    '姓名|沈宇|性别|男|民族|苗族',
    '出生日期|2018年4月28日|身份证号|520203201804289018||',
    '户籍所在地|贵州省六枝特区青石镇|||现居住地|一组',
    '身体情况|☑健康 □残疾 □患病|||是否寄宿|☑是 □否',
    '就学情况|小学|||年级班级|三(2)班',
    '父亲|姓名|沈五|联系电话|19000001111|',
    '|务工地点|广东东莞|身份证号|520203198410059012|',
    '母亲|姓名|李花|联系电话||',
    '|务工地点|在家|||',
    '委托监护人|姓名|王英|与儿童关系|奶奶|',
    '|联系电话|19000001113|年龄|66|',
    '留守类型|父母一方外出|||备注|品学兼优',
  ]
  const merges = ['A1:F1', 'A8:A9', 'A10:A11', 'A12:A13', 'B5:D5', 'B6:D6', 'B7:D7']

  test('one child per sheet', () => {
    const report = readSheets([
      { name: '沈宇', rows: form, merges },
      { name: '填表说明', rows: ['1. 姓名填户口簿上的姓名。'] },
    ])
    expect(report.rows).toHaveLength(1)
    expect(report.rows[0]).toMatchObject({ sheet: '沈宇', row: 3, issues: [] })
    expect(report.sheets[0]?.tables).toMatchObject([{ header_rows: [], columns: [] }])
    expect(stated(report.rows[0]?.child)).toMatchObject({
      name: '沈宇',
      sex: 'male',
      born_on: '2018-04-28',
      ethnicity: '苗族',
      residence: '一组',
      health: 'healthy',
      boarding: true,
      grade: '3',
      class: '2',
      away: 'one_parent',
      remark: '品学兼优',
      father: { name: '沈五', phones: ['19000001111'], work_place: '广东东莞', id_no: '520203198410059012' },
      mother: { name: '李花' },
      carer: { name: '王英', relation: 'paternal_grandmother', phones: ['19000001113'], age: 66 },
      facts: { schooling: 'primary', mother: { state: 'home' } },
    })
  })

  test('with a small table of the family', () => {
    const report = readRows(
      [
        '学生基本情况表',
        '姓名|李四|性别|女|出生年月|2016.03',
        '家庭住址|白岩村二组|||民族|汉',
        '家庭成员|称谓|姓名|年龄|工作单位|联系电话',
        '|父亲|李五|35|广东鞋厂|19000001111',
        '|母亲|赵花|33|浙江|19000001112',
        '|爷爷|李六|66||19000001113',
      ],
      { merges: ['A4:A7', 'A1:F1'] },
    )
    expect(report.rows).toHaveLength(1)
    expect(report.rows[0]?.child).toMatchObject({
      name: '李四',
      father: { name: '李五', work_place: '广东鞋厂' },
      mother: { name: '赵花' },
      carer: { name: '李六', relation: 'paternal_grandfather', age: 66, phones: ['19000001113'] },
    })
  })

  test('several below each other', () => {
    const report = readRows([
      '登记卡',
      '姓名|张三|性别|男',
      '出生年月|2015-03|民族|汉',
      '住址|一组|监护人|王英',
      '',
      '登记卡',
      '姓名|李四|性别|女',
      '出生年月|2016-03|民族|苗',
      '住址|二组|监护人|赵英',
    ])
    expect(
      report.rows.map(({ row, child }) => [row, child.name, child.born_on, child.residence, child.carer?.name]),
    ).toEqual([
      [2, '张三', '2015-03', '一组', '王英'],
      [7, '李四', '2016-03', '二组', '赵英'],
    ])
  })

  test('a list on its side', () => {
    const report = readRows([
      '留守儿童信息',
      '姓名|张三|李四',
      '性别|男|女',
      '出生年月|2015-03|2016-04',
      '家庭住址|一组|二组',
      '监护人|王英|赵英',
    ])
    expect(report.rows.map(({ child }) => [child.name, child.sex, child.born_on, child.carer?.name])).toEqual([
      ['张三', 'male', '2015-03', '王英'],
      ['李四', 'female', '2016-04', '赵英'],
    ])
  })

  test('an empty form is no child', () => {
    const blank = form.map((line) =>
      line
        .split('|')
        .map((cell, place) =>
          /^(姓名|出生日期|身份证号|性别|民族|父亲|母亲|委托监护人|联系电话|务工地点|留守类型|备注|农村留守儿童基本情况登记表)$/.test(
            cell,
          ) || place === 0
            ? cell
            : '',
        )
        .join('|'),
    )
    expect(readRows(blank, { merges }).rows).toEqual([])
  })
})
