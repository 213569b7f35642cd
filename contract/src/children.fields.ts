// Every fact of a file by its path: the words people know it by, and the field group that guards it. One list for history,
// proposals, conflicts, "还差", forms and exports.
import type { FieldGroup } from './roles.ts'

export interface FileField {
  readonly zh: string
  readonly en: string
  readonly group: FieldGroup
}

const parent = (zh: string, en: string) =>
  ({
    name: { zh: `${zh}的姓名`, en: `${en}’s name`, group: 'family' },
    phones: { zh: `${zh}的电话`, en: `${en}’s phone`, group: 'phones' },
    identity_no: { zh: `${zh}的身份证号`, en: `${en}’s identity number`, group: 'identity_no' },
    born_on: { zh: `${zh}的出生日期`, en: `${en}’s birth`, group: 'family' },
    state: { zh: `${zh}在不在家`, en: `${en}: home or away`, group: 'family' },
    able: { zh: `${zh}有没有监护能力`, en: `${en}: able to care`, group: 'family' },
    work_place: { zh: `${zh}的务工地点`, en: `${en}’s place of work`, group: 'family' },
    work_place_code: { zh: `${zh}务工地点的区划`, en: `${en}’s place of work, division`, group: 'family' },
    work_unit: { zh: `${zh}的务工单位`, en: `${en}’s employer`, group: 'family' },
    occupation: { zh: `${zh}的职业`, en: `${en}’s occupation`, group: 'family' },
    away_since: { zh: `${zh}外出时间`, en: `${en} away since`, group: 'family' },
    planned_return_on: { zh: `${zh}打算何时回来`, en: `${en}’s planned return`, group: 'family' },
  }) as const satisfies Record<string, FileField>

/** Grandparents as the registration form names them, whether or not they care for the child. */
const grandparent = (zh: string, en: string) =>
  ({
    name: { zh: `${zh}的姓名`, en: `${en}’s name`, group: 'family' },
    born_on: { zh: `${zh}的出生日期`, en: `${en}’s birth`, group: 'family' },
    deceased: { zh: `${zh}是否已去世`, en: `${en} deceased`, group: 'family' },
  }) as const satisfies Record<string, FileField>

const father = parent('爸爸', 'father')
const mother = parent('妈妈', 'mother')

type Prefixed<P extends string, T> = { [K in keyof T & string as `${P}.${K}`]: T[K] }
function prefixed<const P extends string, const T extends Record<string, FileField>>(
  prefix: P,
  fields: T,
): Prefixed<P, T> {
  return Object.fromEntries(Object.entries(fields).map(([k, v]) => [`${prefix}.${k}`, v])) as Prefixed<P, T>
}

export const fileFields = {
  name: { zh: '姓名', en: 'name', group: 'full_name' },
  sex: { zh: '性别', en: 'sex', group: 'full_name' },
  born_on: { zh: '出生日期', en: 'birth', group: 'birth' },
  identity_no: { zh: '身份证号', en: 'identity number', group: 'identity_no' },
  ethnicity: { zh: '民族', en: 'ethnicity', group: 'family' },
  former_name: { zh: '曾用名', en: 'former name', group: 'full_name' },
  identity_kind: { zh: '证件类型', en: 'kind of identity document', group: 'identity_no' },
  native_place: { zh: '籍贯', en: 'native place', group: 'family' },
  only_child: { zh: '是否独生子女', en: 'only child', group: 'family' },
  orphan: { zh: '是否孤儿', en: 'orphan', group: 'family' },
  household_place: { zh: '户籍所在地', en: 'registered residence', group: 'address' },
  household_place_code: { zh: '户籍所在地的区划', en: 'registered residence, division', group: 'address' },
  hukou_registered: { zh: '是否登记户口', en: 'hukou registered', group: 'address' },
  hukou_type: { zh: '户口性质', en: 'hukou type', group: 'address' },
  address: { zh: '现住址', en: 'home address', group: 'address' },
  villager_group: { zh: '村民组', en: 'villager group', group: 'address' },
  household_no: { zh: '户号', en: 'household number', group: 'address' },
  hobbies: { zh: '爱好特长', en: 'hobbies', group: 'schooling' },
  remark: { zh: '备注', en: 'remark', group: 'family' },
  causes: { zh: '留守原因', en: 'why parents left', group: 'family' },
  need_kinds: { zh: '需要哪方面的帮助', en: 'kinds of help needed', group: 'aid' },
  needs: { zh: '困难和需要', en: 'difficulties and needs', group: 'aid' },
  special_cases: { zh: '特殊情况', en: 'special circumstances', group: 'family' },
  special_note: { zh: '其他特殊情况', en: 'other circumstances', group: 'family' },
  improper_care: { zh: '监护不当情形', en: 'improper care', group: 'case_notes' },
  phones: { zh: '孩子的电话', en: 'child’s phone', group: 'phones' },
  enrolment_status: { zh: '就学情况', en: 'schooling', group: 'schooling' },
  school_name: { zh: '学校', en: 'school', group: 'schooling' },
  grade: { zh: '年级', en: 'grade', group: 'schooling' },
  class_number: { zh: '班', en: 'class', group: 'schooling' },
  boarding: { zh: '是否寄宿', en: 'boarding', group: 'schooling' },
  commute: { zh: '上下学方式', en: 'way to school', group: 'schooling' },
  needs_school_bus: { zh: '是否需要乘坐校车', en: 'needs the school bus', group: 'schooling' },
  subsidised: { zh: '是否享受资助', en: 'receives a school subsidy', group: 'schooling' },
  health: { zh: '身体情况', en: 'health', group: 'health' },
  illness: { zh: '患病类型', en: 'illness', group: 'health' },
  disability: { zh: '残疾类别', en: 'disability', group: 'health' },
  disability_level: { zh: '残疾等级', en: 'disability level', group: 'health' },
  suspected_disability: { zh: '疑似残疾', en: 'suspected disability', group: 'health' },
  blood_type: { zh: '血型', en: 'blood type', group: 'health' },
  ...prefixed('father', father),
  ...prefixed('mother', mother),
  'carer.name': { zh: '照护人', en: 'carer', group: 'family' },
  'carer.relation': { zh: '与孩子的关系', en: 'carer’s relation', group: 'family' },
  'carer.relation_words': { zh: '关系原话', en: 'relation as said', group: 'family' },
  'carer.age': { zh: '照护人年龄', en: 'carer’s age', group: 'family' },
  'carer.phones': { zh: '照护人的电话', en: 'carer’s phone', group: 'phones' },
  'carer.identity_no': { zh: '照护人的身份证号', en: 'carer’s identity number', group: 'identity_no' },
  'carer.health': { zh: '照护人身体状况', en: 'carer’s health', group: 'family' },
  'carer.occupation': { zh: '照护人职业', en: 'carer’s occupation', group: 'family' },
  'carer.address': { zh: '照护人住址', en: 'carer’s address', group: 'address' },
  'carer.guardianship_type': { zh: '监护类型', en: 'guardianship', group: 'family' },
  'carer.able': { zh: '照护人有没有监护能力', en: 'carer able to care', group: 'family' },
  'carer.entrust_reason': { zh: '委托照料原因', en: 'why entrusted', group: 'family' },
  'carer.why_changed': { zh: '为什么换照护人', en: 'why the carer changed', group: 'family' },
  'carer.entrusted': { zh: '有没有委托照护', en: 'entrusted care', group: 'family' },
  'carer.since': { zh: '从何时起照护', en: 'carer since', group: 'family' },
  ...prefixed('paternal_grandfather', grandparent('爷爷', 'paternal grandfather')),
  ...prefixed('paternal_grandmother', grandparent('奶奶', 'paternal grandmother')),
  ...prefixed('maternal_grandfather', grandparent('外公', 'maternal grandfather')),
  ...prefixed('maternal_grandmother', grandparent('外婆', 'maternal grandmother')),
  'contact.name': { zh: '方便联系的人', en: 'somebody easy to reach', group: 'family' },
  'contact.relation_words': { zh: '方便联系的人是孩子的什么人', en: 'who that is to the child', group: 'family' },
  'contact.phones': { zh: '方便联系的人的电话', en: 'phone of somebody easy to reach', group: 'phones' },
  income_sources: { zh: '家庭经济来源', en: 'income sources', group: 'aid' },
  economy_level: { zh: '家庭经济情况', en: 'household economy', group: 'aid' },
  economy_note: { zh: '家庭经济说明', en: 'household economy, in words', group: 'aid' },
  aid_kinds: { zh: '救助帮扶', en: 'aid received', group: 'aid' },
  aid_note: { zh: '救助说明', en: 'aid, in words', group: 'aid' },
} as const satisfies Record<string, FileField>

export type FieldPath = keyof typeof fileFields
export const fieldPaths = Object.keys(fileFields) as FieldPath[]

export function isFieldPath(value: string): value is FieldPath {
  return value in fileFields
}

/** Heads of a file that are persons besides parents and carer. */
export const kinHeads = ['paternal_grandfather', 'paternal_grandmother', 'maternal_grandfather', 'maternal_grandmother', 'contact'] as const // prettier-ignore
export type KinHead = (typeof kinHeads)[number]
