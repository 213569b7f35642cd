// What the marks of a read roster mean, for the preview and for the workbook with the column 问题.
interface Words {
  readonly zh: string
  readonly en: string
}

export const issueWords: Readonly<Record<string, Words>> = {
  name_missing: { zh: '没有姓名', en: 'no name' },
  id_no_precision_lost: {
    zh: '身份证号被表格当成数字，末尾几位丢了，没有导入',
    en: 'identity number lost digits (stored as a number); not imported',
  },
  id_no_checksum: { zh: '身份证号最后一位校验不对，可能抄错了', en: 'check digit of the identity number is wrong' },
  id_no_length: { zh: '身份证号位数不对', en: 'identity number has the wrong length' },
  id_no_region_unknown: { zh: '身份证号的地区代码不认识', en: 'unknown region in the identity number' },
  id_no_duplicate_in_file: { zh: '这个身份证号在表里出现了不止一次', en: 'identity number appears more than once' },
  born_on_ambiguous: { zh: '出生月份看不准', en: 'month of birth is ambiguous' },
  born_on_unreadable: { zh: '出生日期看不懂', en: 'birth can’t be read' },
  born_on_conflicts_id_no: { zh: '出生日期和身份证号对不上', en: 'birth and identity number differ' },
  sex_conflicts_id_no: { zh: '性别和身份证号对不上', en: 'sex and identity number differ' },
  sex_unreadable: { zh: '性别看不懂', en: 'sex can’t be read' },
  age_conflicts_born_on: { zh: '年龄和出生日期对不上', en: 'age and birth differ' },
  phone_unreadable: { zh: '电话看不懂', en: 'phone can’t be read' },
  phone_precision_lost: { zh: '电话被表格当成数字，丢了几位', en: 'phone lost digits' },
  relation_unreadable: { zh: '关系看不懂', en: 'relation can’t be read' },
  grade_unreadable: { zh: '年级班级看不懂', en: 'grade or class can’t be read' },
  away_code_needs_label: { zh: '留守类型是代码，要说明每个代码的意思', en: 'codes need their meaning' },
  ditto_resolved: { zh: '“同上”“同父”按所指的填了', en: '“ditto” filled from what it points to' },
  merged_cell_filled: { zh: '合并的单元格，按同一个值填了', en: 'filled from a merged cell' },
  formula_without_value: { zh: '公式没有算出结果', en: 'formula without a result' },
  sheet_hidden: { zh: '这张表是隐藏的', en: 'hidden sheet' },
  row_hidden: { zh: '这一行是隐藏的', en: 'hidden row' },
  possible_duplicate: { zh: '可能和另一行是同一个孩子', en: 'may be the same child as another row' },
  over_age: { zh: '已满 18 岁', en: '18 or older' },
  looks_struck_out: { zh: '这一行被划掉了', en: 'struck out' },
  not_a_child_row: { zh: '这一行不像一个孩子', en: 'does not look like a child' },
  value_unreadable: { zh: '这一格看不懂，原样留着', en: 'can’t be read; kept as typed' },
}

const person = (zh: string, en: string) => ({
  name: { zh: `${zh}姓名`, en: `${en}’s name` },
  phones: { zh: `${zh}电话`, en: `${en}’s phone` },
  work_place: { zh: `${zh}务工地点`, en: `${en}’s place of work` },
  id_no: { zh: `${zh}身份证号`, en: `${en}’s identity number` },
})
const withOwner = <P extends string>(owner: P, fields: Record<string, Words>) =>
  Object.fromEntries(Object.entries(fields).map(([field, words]) => [`${owner}.${field}`, words]))

/** What a column of a roster can be, in the order a form asks for it: the choices of 表头. */
export const columnWords: Readonly<Record<string, Words>> = {
  name: { zh: '姓名', en: 'name' },
  sex: { zh: '性别', en: 'sex' },
  born_on: { zh: '出生日期', en: 'birth' },
  id_no: { zh: '身份证号', en: 'identity number' },
  ethnicity: { zh: '民族', en: 'ethnicity' },
  household_place: { zh: '户籍所在地', en: 'registered residence' },
  residence: { zh: '现住址', en: 'home address' },
  villager_group: { zh: '村民组', en: 'villager group' },
  school: { zh: '学校', en: 'school' },
  grade: { zh: '年级', en: 'grade' },
  class: { zh: '班', en: 'class' },
  'grade+class': { zh: '年级和班', en: 'grade and class' },
  'school+grade+class': { zh: '学校、年级和班', en: 'school, grade and class' },
  boarding: { zh: '是否寄宿', en: 'boarding' },
  health: { zh: '身体情况', en: 'health' },
  illness: { zh: '患病类型', en: 'illness' },
  disability: { zh: '残疾类别', en: 'disability' },
  away: { zh: '留守情况', en: 'parents away' },
  ...withOwner('carer', {
    name: { zh: '照护人', en: 'carer' },
    relation: { zh: '与孩子关系', en: 'carer’s relation' },
    age: { zh: '照护人年龄', en: 'carer’s age' },
    phones: { zh: '照护人电话', en: 'carer’s phone' },
    health: { zh: '照护人身体状况', en: 'carer’s health' },
    occupation: { zh: '照护人职业', en: 'carer’s occupation' },
    address: { zh: '照护人住址', en: 'carer’s address' },
    id_no: { zh: '照护人身份证号', en: 'carer’s identity number' },
  }),
  ...withOwner('father', person('爸爸', 'father')),
  ...withOwner('mother', person('妈妈', 'mother')),
  ...withOwner('parent', {
    ...person('家长', 'a parent'),
    relation: { zh: '是爸爸还是妈妈', en: 'father or mother' },
  }),
  ...withOwner('member', {
    ...person('家庭成员', 'a family member'),
    relation: { zh: '家庭成员与孩子关系', en: 'the member’s relation' },
  }),
  remark: { zh: '备注', en: 'remark' },
}
