// Ledgers 台账 as data: which columns a sheet has that is handed in, under which heads, and how a child's facts are written into
// them. Heads are those people know, so a printed ledger can be read back by the roster reader and changes nothing.
// A head `父亲/姓名` stands on two rows. Sources of the column orders: the village ledger and the school roster as found in the field,
// and the 43 fields of 农村留守儿童基本情况登记表 (民政部 附件1).

import { ageOn } from './dates.ts'
import { gradeLabel, type Grade } from './grades.ts'
import { readRelation } from './relations.ts'
import { aidKinds } from './values/aid_kinds.ts'
import { aways } from './values/away.ts'
import { causes } from './values/causes.ts'
import { commutes } from './values/commutes.ts'
import { entrustReasons } from './values/entrust_reasons.ts'
import { identityKinds } from './values/identity_kinds.ts'
import { improperCare } from './values/improper_care.ts'
import { needKinds } from './values/need_kinds.ts'
import { specialCases } from './values/special_cases.ts'
import { careLevels } from './values/care_level.ts'
import { ethnicities } from './values/ethnicity.ts'
import { guardianshipTypes } from './values/guardianship_type.ts'
import { healths } from './values/health.ts'
import { hukouTypes } from './values/hukou_type.ts'
import { incomeSources } from './values/income_sources.ts'
import { relations } from './values/relation.ts'
import { schoolingWords } from './values/schooling.ts'
import { sexes } from './values/sex.ts'
import { labelOf, type ValueEntry } from './values/value.ts'

export interface LedgerField {
  /** Path in `LedgerChild`; `grade+class` is one cell with both, `age` follows from the birth, `away=CODE` says 是 or 否 to that code. */
  readonly field: string
  readonly header: string
  /** In characters of the sheet's face: a Chinese character is two. */
  readonly width: number
  /** Long words break over lines; names, numbers and dates never do. */
  readonly wrap?: true
}

/** Several rows for one child: absences of the parents, carers one after the other, people of the home. Their values are `facts.row.…`. */
export type LedgerRows = 'away' | 'carers' | 'members'

export interface LedgerPreset {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly paper: 'a4' | 'a3'
  /** A first column 序号 counts the rows. */
  readonly numbered: boolean
  /** Sheets of paper side by side, the name repeated on each; 1 unless told. */
  readonly pages_across?: 2
  readonly columns: readonly LedgerField[]
  readonly signature_lines: readonly string[]
  /** A row for each of these instead of one for each child. */
  readonly rows?: LedgerRows
}

export interface LedgerParent {
  readonly name: string | null
  readonly phones: readonly string[]
  readonly work_place: string | null
  readonly id_no: string | null
}

/** The canonical child of roster reading, with what else is known in `facts` by the contract's names. null = 未采集. */
export interface LedgerChild {
  readonly name: string | null
  readonly sex: string | null
  readonly born_on: string | null
  readonly id_no: string | null
  readonly ethnicity: string | null
  readonly household_place: string | null
  readonly residence: string | null
  readonly villager_group: string | null
  readonly school: string | null
  readonly grade: string | null
  readonly class: string | null
  readonly boarding: boolean | null
  readonly health: string | null
  readonly illness: string | null
  readonly disability: string | null
  readonly away: string | null
  readonly remark: string | null
  readonly father: LedgerParent | null
  readonly mother: LedgerParent | null
  readonly carer:
    | (Omit<LedgerParent, 'work_place'> & {
        readonly relation: string | null
        readonly age: number | null
        readonly health: string | null
        readonly occupation: string | null
        readonly address: string | null
      })
    | null
  readonly facts?: Readonly<Record<string, unknown>>
}

/** Name, place of work and telephone of a parent, under one head. */
export const parentColumns = (who: 'father' | 'mother', zh: string, place: string, phone: string): LedgerField[] => [
  { field: `${who}.name`, header: `${zh}/姓名`, width: 9 },
  { field: `${who}.work_place`, header: `${zh}/${place}`, width: 14, wrap: true },
  { field: `${who}.phones`, header: `${zh}/${phone}`, width: 13, wrap: true },
]

/** Every column a list export may choose from, in the order in which it offers them. */
export const listFields: readonly LedgerField[] = [
  { field: 'name', header: '姓名', width: 11 },
  { field: 'sex', header: '性别', width: 6 },
  { field: 'born_on', header: '出生日期', width: 12 },
  { field: 'id_no', header: '身份证号码', width: 21 },
  { field: 'ethnicity', header: '民族', width: 8 },
  { field: 'household_place', header: '户籍所在地', width: 20, wrap: true },
  { field: 'residence', header: '现居住地', width: 22, wrap: true },
  { field: 'villager_group', header: '村民组', width: 9 },
  { field: 'school', header: '就读学校', width: 18, wrap: true },
  { field: 'grade+class', header: '年级班级', width: 15 },
  { field: 'facts.schooling', header: '就学情况', width: 10 },
  { field: 'boarding', header: '是否寄宿', width: 8 },
  { field: 'health', header: '健康状况', width: 9 },
  { field: 'illness', header: '患病类型', width: 12, wrap: true },
  { field: 'disability', header: '残疾类别', width: 12, wrap: true },
  { field: 'away', header: '留守类型', width: 16, wrap: true },
  ...parentColumns('father', '父亲', '务工地点', '电话'),
  { field: 'father.id_no', header: '父亲/身份证号', width: 21 },
  ...parentColumns('mother', '母亲', '务工地点', '电话'),
  { field: 'mother.id_no', header: '母亲/身份证号', width: 21 },
  { field: 'carer.name', header: '监护人/姓名', width: 11 },
  { field: 'carer.relation', header: '监护人/与儿童关系', width: 12 },
  { field: 'carer.age', header: '监护人/年龄', width: 6 },
  { field: 'carer.occupation', header: '监护人/职业', width: 10, wrap: true },
  { field: 'carer.health', header: '监护人/身体状况', width: 14, wrap: true },
  { field: 'carer.address', header: '监护人/居住地址', width: 22, wrap: true },
  { field: 'carer.phones', header: '监护人/电话', width: 14, wrap: true },
  { field: 'carer.id_no', header: '监护人/身份证号', width: 21 },
  { field: 'facts.guardianship_type', header: '监护类型', width: 16, wrap: true },
  { field: 'facts.entrusted', header: '有无委托其他监护人', width: 9 },
  { field: 'facts.household_no', header: '户号', width: 7 },
  { field: 'facts.hukou_registered', header: '是否登记户口', width: 8 },
  { field: 'facts.hukou_type', header: '户口性质', width: 9 },
  { field: 'facts.father.born_on', header: '父亲/出生日期', width: 12 },
  { field: 'facts.mother.born_on', header: '母亲/出生日期', width: 12 },
  { field: 'facts.income_sources', header: '家庭经济来源', width: 13, wrap: true },
  { field: 'facts.aid_kinds', header: '救助帮扶', width: 13, wrap: true },
  { field: 'facts.former_name', header: '曾用名', width: 11 },
  { field: 'facts.id_type', header: '身份证件类型', width: 14 },
  { field: 'facts.native_place', header: '籍贯', width: 14, wrap: true },
  { field: 'facts.only_child', header: '是否独生子女', width: 8 },
  { field: 'facts.orphan', header: '是否孤儿', width: 8 },
  { field: 'facts.suspected_disability', header: '疑似残疾', width: 8 },
  { field: 'facts.blood_type', header: '血型', width: 6 },
  { field: 'facts.hobby', header: '爱好特长', width: 16, wrap: true },
  { field: 'facts.commute', header: '上下学方式', width: 11 },
  { field: 'facts.needs_school_bus', header: '是否需要乘坐校车', width: 8 },
  { field: 'facts.subsidised', header: '是否享受资助', width: 8 },
  { field: 'facts.causes', header: '留守原因', width: 18, wrap: true },
  { field: 'facts.need_kinds', header: '需求类别', width: 14, wrap: true },
  { field: 'facts.difficulties', header: '困难及诉求', width: 22, wrap: true },
  { field: 'facts.special_cases', header: '特殊情况', width: 16, wrap: true },
  { field: 'facts.special_note', header: '其他特殊情况', width: 16, wrap: true },
  { field: 'facts.improper_care', header: '监护不当情形', width: 16, wrap: true },
  { field: 'facts.entrust_reason', header: '委托照料原因', width: 14 },
  { field: 'facts.contact.name', header: '方便联系人/姓名', width: 11 },
  { field: 'facts.contact.phones', header: '方便联系人/电话', width: 14, wrap: true },
  { field: 'facts.economy', header: '家庭经济情况', width: 12, wrap: true },
  { field: 'remark', header: '备注', width: 18, wrap: true },
]

/** The chosen columns in the order of `listFields`; a name that is not there is an error of the caller. */
export function chooseFields(fields: readonly string[]): LedgerField[] {
  const unknown = fields.find((field) => !listFields.some((offered) => offered.field === field))
  if (unknown !== undefined) throw new Error(`没有“${unknown}”这一列，请在列表中重新选择`)
  return listFields.filter((offered) => fields.includes(offered.field))
}

const LISTS: Readonly<Record<string, readonly ValueEntry[]>> = {
  sex: sexes,
  ethnicity: ethnicities,
  health: healths,
  away: aways,
  'facts.care_level': careLevels,
  'facts.schooling': schoolingWords,
  'facts.guardianship_type': guardianshipTypes,
  'facts.hukou_type': hukouTypes,
  'facts.income_sources': incomeSources,
  'facts.aid_kinds': aidKinds,
  'facts.other_parent_unable': relations,
  'facts.id_type': identityKinds,
  'facts.commute': commutes,
  'facts.causes': causes,
  'facts.need_kinds': needKinds,
  'facts.special_cases': specialCases,
  'facts.improper_care': improperCare,
  'facts.entrust_reason': entrustReasons,
  'facts.row.sex': sexes,
  'facts.row.guardianship_type': guardianshipTypes,
}

/**
 * What stands in a cell; null when unknown, so that the sheet decides how an unknown looks. Codes become their Chinese label.
 * `asOf` is the day an age refers to, YYYY-MM-DD; an age that the known birth leaves open is unknown.
 */
export function fieldText(child: LedgerChild, field: string, asOf: string): string | null {
  if (field === 'age') return ageText(child.born_on, asOf)
  if (field === 'carer.relation') return relationText(child)
  if (field === 'grade+class') return gradeAndClass(child.grade, child.class)
  if (field === 'grade') return child.grade === null ? null : gradeText(child.grade)
  if (field === 'class') return child.class === null ? null : `${child.class}班`
  const [path = '', code] = field.split('=')
  const value = at(child, path)
  if (code !== undefined) return value === null ? null : value === code ? '是' : '否'
  const list = LISTS[path]
  const words = (one: unknown) => (list ? labelOf(list, String(one)) : String(one))
  // A number on each line: a line break inside a cell would cut a number in two.
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map(words).join(path.endsWith('phones') ? '\n' : '、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  return value === null || value === '' ? null : words(value)
}

/** The word the family uses (阿婆), as long as it still says the same without asking; else the list's own. */
export function relationText(child: LedgerChild): string | null {
  const code = child.carer?.relation ?? null
  if (code === null) return null
  const said = child.facts?.['carer_relation_words']
  if (typeof said === 'string') {
    const read = readRelation(said)
    if (read.state === 'ok' && read.relation === code) return said
  }
  return labelOf(relations, code)
}

function ageText(born: string | null, asOf: string): string | null {
  // A masked birth ("2017••••") is no date.
  if (born === null || !/^\d{4}(-\d{2}){0,2}$/.test(born)) return null
  const { least, most } = ageOn(born, asOf)
  return least === most ? String(least) : null
}

function at(child: LedgerChild, path: string): unknown {
  let value: unknown = child
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return null
    value = (value as Record<string, unknown>)[key] ?? null
  }
  return value
}

const GRADES = new Set<string>(['k1', 'k2', 'k3', ...Array.from({ length: 12 }, (_, index) => String(index + 1))])

function gradeText(grade: string): string {
  return GRADES.has(grade) ? gradeLabel(grade as Grade) : grade
}

/** 三年级（2）班, 大（1）班, 高一（3）班; one of the two alone when the other is unknown. */
function gradeAndClass(grade: string | null, number: string | null): string | null {
  if (number === null) return grade === null ? null : gradeText(grade)
  return `${grade === null ? '' : gradeText(grade).replace(/^([大中小])班$/, '$1')}（${number}）班`
}
