// A child as tables of numbers count it: facts as of one day, unknown is null. And what can be counted: each dimension says its values in
// order and which of them a child has. Whoever's value is not collected has a column of its own, never that of “no”.
import { gradeLabel, type Grade } from '../grades.ts'
import { aidKinds } from '../values/aid_kinds.ts'
import { causes } from '../values/causes.ts'
import { guardianshipTypes } from '../values/guardianship_type.ts'
import { healths } from '../values/health.ts'
import { incomeSources } from '../values/income_sources.ts'
import { needKinds } from '../values/need_kinds.ts'
import { schoolings } from '../values/schooling.ts'
import { sexes } from '../values/sex.ts'
import type { ValueEntry } from '../values/value.ts'

export interface CountedChild {
  readonly id: string
  /** null where the reader may not have the name. */
  readonly name: string | null
  /** Id of the unit below the one counted, '' when the child stands in that one itself. */
  readonly unit: string
  readonly sex: string | null
  /** Whole years on the day, at least and at most: a birth known to the year leaves two. */
  readonly age_least: number | null
  readonly age_most: number | null
  readonly enrolment_status: string | null
  readonly grade: string | null
  readonly school: string | null
  readonly boarding: boolean | null
  readonly father_state: string | null
  readonly mother_state: string | null
  readonly father_able: boolean | null
  readonly mother_able: boolean | null
  readonly father_place_code: string | null
  readonly mother_place_code: string | null
  readonly relation: string | null
  readonly guardianship_type: string | null
  readonly health: string | null
  readonly income_sources: readonly string[] | null
  readonly aid_kinds: readonly string[] | null
  readonly causes: readonly string[] | null
  readonly need_kinds: readonly string[] | null
  /** The definition's answer; null where none was asked. */
  readonly answer: 'yes' | 'no' | 'cannot_say' | null
  readonly category: string | null
  readonly missing: readonly string[]
}

export interface Category {
  readonly code: string
  readonly zh: string
  readonly en: string
}

export interface DimensionSpec {
  readonly zh: string
  readonly en: string
  /** Several values of one child count once each: their sum may be more than the children. */
  readonly several?: true
  readonly values: readonly Category[]
  /** null = not collected. `county` is the six digits of the county that counts. */
  readonly of: (child: CountedChild, county: string) => string | readonly string[] | null
}

export const ageBands = [
  { code: '0-5', zh: '0–5岁', en: '0–5' },
  { code: '6-13', zh: '6–13岁', en: '6–13' },
  { code: '14-16', zh: '14–16岁', en: '14–16' },
  { code: '17+', zh: '17岁以上', en: '17 and over' },
] as const

/** The band of the survey: 0–5, 6–13, 14–16 (both ends included); null while the birth leaves it open. */
export function ageBandOf({ age_least, age_most }: Pick<CountedChild, 'age_least' | 'age_most'>): string | null {
  if (age_least === null || age_most === null) return null
  const band = (age: number) => (age < 6 ? '0-5' : age < 14 ? '6-13' : age <= 16 ? '14-16' : '17+')
  return band(age_least) === band(age_most) ? band(age_least) : null
}

/** One of the eight values of the registration form. */
export function schoolingOf(child: CountedChild): string | null {
  if (child.enrolment_status === 'dropped_out') return 'dropout'
  if (child.enrolment_status === 'not_enrolled') {
    if (child.age_most !== null && child.age_most < 6) return 'not_in_kindergarten'
    return child.age_least !== null && child.age_least >= 6 ? 'not_in_school' : null
  }
  const { grade } = child
  if (grade === null) return null
  if (grade.startsWith('k')) return 'kindergarten'
  const year = Number(grade)
  if (year <= 6) return 'primary'
  if (year <= 9) return 'junior'
  return /职|技|中专/.test(child.school ?? '') ? 'vocational' : 'senior'
}

/** Both parents' whereabouts in one word; null as soon as one of them is not known. */
export function awayOf(child: CountedChild): string | null {
  const { father_state: father, mother_state: mother } = child
  const unknown = (state: string | null) => state === null || state === 'unknown'
  if (unknown(father) || unknown(mother)) return null
  if (father === 'away' && mother === 'away') return 'both'
  if (father !== 'away' && mother !== 'away') return father === 'home' && mother === 'home' ? 'none' : 'other'
  const stays = father === 'away' ? mother : father
  const able = father === 'away' ? child.mother_able : child.father_able
  return stays !== 'home' || able === false ? 'one_unable' : 'one'
}

/** The farther of those who are away; null while a place is not known to its county. */
function workRegionOf(child: CountedChild, county: string): string | null {
  const away = (['father', 'mother'] as const).filter((parent) => child[`${parent}_state`] === 'away')
  if (away.length === 0) return awayOf(child) === null ? null : 'nobody'
  const codes = away.map((parent) => child[`${parent}_place_code`])
  if (codes.some((code) => code === null)) return null
  const far = codes.map((code) => {
    if (!/^\d/.test(code!)) return 3
    if (code!.slice(0, 2) !== county.slice(0, 2)) return 2
    return code!.length < 6 ? -1 : code!.slice(0, 6) === county.slice(0, 6) ? 0 : 1
  })
  if (far.includes(-1)) return null
  return ['county', 'province', 'elsewhere', 'abroad'][Math.max(...far)]!
}

function carerOf({ relation, guardianship_type }: CountedChild): string | null {
  if (guardianship_type === 'nobody') return 'nobody'
  if (relation === null) return null
  if (/^(paternal|maternal)_grand/.test(relation)) return relation.startsWith('paternal') ? 'paternal' : 'maternal'
  if (relation === 'father' || relation === 'mother') return 'parent'
  return ['aunt_uncle', 'sibling', 'relative'].includes(relation) ? 'relative' : 'other'
}

const plain = (list: readonly ValueEntry[]): Category[] => list.map(({ code, zh, en }) => ({ code, zh, en }))
const grades = ['k1', 'k2', 'k3', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'] as const

export const dimensions = {
  age_band: { zh: '年龄段', en: 'age band', values: ageBands, of: ageBandOf },
  sex: { zh: '性别', en: 'sex', values: plain(sexes), of: (child) => child.sex },
  schooling: { zh: '就学情况', en: 'schooling', values: plain(schoolings), of: schoolingOf },
  grade: {
    zh: '年级',
    en: 'grade',
    values: grades.map((code) => ({ code, zh: gradeLabel(code as Grade), en: gradeLabel(code as Grade, 'en') })),
    of: (child) => child.grade,
  },
  boarding: {
    zh: '是否寄宿',
    en: 'boarding',
    values: [
      { code: 'yes', zh: '寄宿', en: 'boarding' },
      { code: 'no', zh: '走读', en: 'day pupil' },
    ],
    of: (child) => (child.boarding === null ? null : child.boarding ? 'yes' : 'no'),
  },
  away: {
    zh: '父母外出情况',
    en: 'parents away',
    values: [
      { code: 'both', zh: '双方外出', en: 'both away' },
      { code: 'one_unable', zh: '一方外出另一方无监护能力', en: 'one away, the other unable' },
      { code: 'one', zh: '一方外出', en: 'one away' },
      { code: 'none', zh: '都在家', en: 'both at home' },
      { code: 'other', zh: '其他', en: 'other' },
    ],
    of: awayOf,
  },
  work_region: {
    zh: '务工地区',
    en: 'where they work',
    values: [
      { code: 'county', zh: '县内', en: 'inside the county' },
      { code: 'province', zh: '省内县外', en: 'elsewhere in the province' },
      { code: 'elsewhere', zh: '省外', en: 'another province' },
      { code: 'abroad', zh: '境外', en: 'abroad' },
      { code: 'nobody', zh: '没有人外出', en: 'nobody away' },
    ],
    of: workRegionOf,
  },
  carer: {
    zh: '谁在照护',
    en: 'carer',
    values: [
      { code: 'paternal', zh: '祖父母', en: 'father’s parents' },
      { code: 'maternal', zh: '外祖父母', en: 'mother’s parents' },
      { code: 'parent', zh: '父亲或母亲', en: 'father or mother' },
      { code: 'relative', zh: '其他亲属', en: 'other relatives' },
      { code: 'other', zh: '非亲属', en: 'not a relative' },
      { code: 'nobody', zh: '无人', en: 'nobody' },
    ],
    of: carerOf,
  },
  guardianship: {
    zh: '监护类型',
    en: 'guardianship',
    values: plain(guardianshipTypes),
    of: (child) => child.guardianship_type,
  },
  health: { zh: '身体情况', en: 'health', values: plain(healths), of: (child) => child.health },
  income: {
    zh: '家庭经济来源',
    en: 'income',
    several: true,
    values: plain(incomeSources),
    of: (child) => (child.income_sources?.length ? child.income_sources : null),
  },
  aid: {
    zh: '救助帮扶',
    en: 'aid',
    several: true,
    values: [...plain(aidKinds), { code: 'none', zh: '没有', en: 'none' }],
    of: (child) => (child.aid_kinds === null ? null : child.aid_kinds.length === 0 ? 'none' : child.aid_kinds),
  },
  cause: {
    zh: '留守原因',
    en: 'why the parents left',
    several: true,
    values: plain(causes),
    of: (child) => (child.causes?.length ? child.causes : null),
  },
  need: {
    zh: '需求类别',
    en: 'needs',
    several: true,
    values: plain(needKinds),
    of: (child) => (child.need_kinds?.length ? child.need_kinds : null),
  },
} as const satisfies Record<string, DimensionSpec>
