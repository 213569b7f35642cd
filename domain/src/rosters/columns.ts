// From heads to fields. A head says what it can; what it leaves open (whose 电话? which 年龄?) is decided by the columns before
// it and by what the values are. What stays open maps to nothing: the text is kept, never guessed.

import { foldText, saysDitto, saysNothing } from '../chinese_text.ts'
import { readGradeClass } from '../grades.ts'
import { parseIdentityNumber } from '../identity_numbers.ts'
import { readPhones } from '../phones.ts'
import { isRelationWord } from '../relations.ts'
import { aways } from '../values/away.ts'
import { healths } from '../values/health.ts'
import { sexes } from '../values/sex.ts'
import { readValue } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import { boardings } from '../values/boarding.ts'
import { looksLikeName } from './grid.ts'
import { understandHead, type Attribute, type HeadMeaning, type Owner } from './heads.ts'
import { CHILD_FIELDS, isPartOfPlace, PEOPLE, type Column, type Samples } from './column.ts'
import { inherit } from './owners.ts'
import type { TableColumn } from './tables.ts'
import { columnLetters } from './workbook.ts'

const PERSON_FIELDS: Readonly<Record<string, Readonly<Partial<Record<Attribute, string>>>>> = {
  father: { name: 'name', phone: 'phones', work_place: 'work_place', id_no: 'id_no' },
  mother: { name: 'name', phone: 'phones', work_place: 'work_place', id_no: 'id_no' },
  parents: { name: 'name', phone: 'phones', work_place: 'work_place', id_no: 'id_no', relation: 'relation' },
  carer: {
    name: 'name',
    relation: 'relation',
    age: 'age',
    phone: 'phones',
    health: 'health',
    occupation: 'occupation',
    residence: 'address',
    id_no: 'id_no',
  },
  member: {
    name: 'name',
    relation: 'relation',
    phone: 'phones',
    work_place: 'work_place',
    id_no: 'id_no',
    age: 'age',
    health: 'health',
    occupation: 'occupation',
  },
}
const PREFIX: Readonly<Record<string, string>> = {
  father: 'father',
  mother: 'mother',
  parents: 'parent',
  carer: 'carer',
  member: 'member',
}

export interface Assigned {
  readonly columns: Column[]
  /** The child's name, without which a table is no roster. */
  readonly name: Column | null
}

export function assignColumns(table: readonly TableColumn[], samples: Samples): Assigned {
  const columns = table.map((column) => startColumn(column))
  correctByValues(columns, samples)
  joinBirth(columns)
  tickedSexes(columns, samples)
  tickedParents(columns, samples)
  inherit(columns, samples)
  findNameByValues(columns, samples)
  keepOnePerField(columns)
  for (const column of columns) finish(column, columns, samples)
  const name = columns.find((column) => column.field?.split('+').includes('name')) ?? null
  return { columns, name }
}

function startColumn({ column, path }: TableColumn): Column {
  const letters = columnLetters(column)
  const meanings = path.map((text) => understandHead(text))
  const leaf = meanings.at(-1)
  const base = {
    column,
    letters,
    header: path.join('/'),
    group: path.slice(0, -1).join('/'),
    member: null,
    tick: null,
    negated: false,
    field: null,
    confidence: 0,
    serial: false,
  }
  if (!leaf) return { ...base, owner: null, attributes: [] }
  const named = [...meanings].reverse().find((meaning) => meaning.owner !== null)?.owner ?? null
  // 监护情况 over 姓名 | 关系 | 电话 is the carer's block.
  const owner =
    named ?? (meanings.slice(0, -1).some((meaning) => meaning.attributes[0] === 'guardianship_type') ? 'carer' : null)
  const member = meanings.find((meaning) => meaning.member !== null)?.member ?? null
  const group = meanings
    .slice(0, -1)
    .reverse()
    .find((meaning) => meaning.attributes.length > 0)
  const answer = group ? answerUnder(path.at(-1) ?? '', group) : null
  if (group && answer)
    return { ...base, owner: group.owner, attributes: [answer.attribute], member, tick: answer.tick, confidence: 0.95 }
  const attributes =
    leaf.attributes.length > 0 ? [...leaf.attributes] : leaf.owner === null && group ? [...group.attributes] : []
  return {
    ...base,
    owner,
    attributes,
    member,
    tick: leaf.tick,
    negated: leaf.negated,
    confidence: Math.min(...meanings.filter((meaning) => meaning.sure > 0).map((meaning) => meaning.sure), 0.99),
  }
}

/** 性别 / 男, 身体情况 / 残疾, 父母外出情况 / 双方外出: the lower head is one answer of the upper one. */
function answerUnder(text: string, group: HeadMeaning): { attribute: Attribute; tick: string } | null {
  const attribute = group.attributes[0]
  const list =
    attribute === 'sex'
      ? sexes
      : attribute === 'health'
        ? healths
        : attribute === 'away'
          ? aways
          : attribute === 'boarding'
            ? boardings
            : null
  const tick = list ? readValue(list, text) : null
  if (attribute && tick) return { attribute, tick }
  if (attribute === 'boarding' && /^[是有]$/.test(text)) return { attribute, tick: 'boarding' }
  return attribute === 'boarding' && /^[否无不]/.test(text) ? { attribute, tick: 'day' } : null
}

const leafOf = ({ header }: Column) => foldText(header.split('/').at(-1) ?? '')

/** 出生年 | 出生月 | 出生日, also as 年 | 月 | 日 under one head: one day written in three columns. */
function joinBirth(columns: Column[]): void {
  columns.forEach((year, at) => {
    const [month, day] = columns.slice(at + 1, at + 3)
    const under = (column: Column | undefined, word: string) =>
      column !== undefined &&
      (column.owner === null || column.owner === 'child') &&
      (leafOf(column) === `出生${word}` ||
        (leafOf(column).replace(/份$/, '') === word && /出生/.test(column.group) && column.group === year.group))
    if (!under(year, '年') || !under(month, '月')) return
    const rest = [month!, ...(under(day, '日') ? [day!] : [])]
    year.attributes = ['born_on']
    year.goesOnIn = rest.map(({ column }) => column)
    for (const column of rest) column.attributes = ['other']
  })
}

const isTick = (value: string) => readValue(yesNo, value) !== null

/** 男 | 女 side by side without a head above: a tick in one of them says the sex. */
function tickedSexes(columns: Column[], samples: Samples): void {
  if (columns.some((column) => column.attributes[0] === 'sex')) return
  const pair = ['男', '女'].map((word) => columns.filter((column) => leafOf(column) === word))
  const [male, female] = [pair[0]![0], pair[1]![0]]
  if (!male || !female || pair.some((found) => found.length > 1) || Math.abs(male.column - female.column) !== 1) return
  if (![male, female].every((column) => samples(column.column).every(isTick))) return
  for (const [column, tick] of [[male, 'male'], [female, 'female']] as const)
    Object.assign(column, { owner: null, attributes: ['sex'], tick, confidence: 0.95 })
} // prettier-ignore

/** 父母外出情况 over 双方 | 父 | 母, ticked: the one parent that is away. */
function tickedParents(columns: Column[], samples: Samples): void {
  for (const both of columns.filter((column) => column.attributes[0] === 'away' && column.tick === 'both_parents'))
    for (const column of columns)
      if (
        column.group === both.group &&
        both.group !== '' &&
        (column.owner === 'father' || column.owner === 'mother') &&
        column.attributes[0] === 'state' &&
        samples(column.column).every(isTick)
      )
        Object.assign(column, { owner: null, attributes: ['away'], tick: 'one_parent', confidence: 0.95 })
}

function share(values: readonly string[], test: (value: string) => boolean): number {
  return values.length === 0 ? 0 : values.filter(test).length / values.length
}

const isId = (value: string) =>
  parseIdentityNumber(
    foldText(value)
      .replace(/['"\s]/g, '')
      .toUpperCase(),
  ) !== null
const isPhone = (value: string) => readPhones(value).phones.length > 0 && !isId(value)

/** Heads that name a person only, or that the values contradict. */
function correctByValues(columns: Column[], samples: Samples): void {
  for (const column of columns) {
    const values = samples(column.column)
    const bare = column.attributes.length === 0 && column.owner !== null
    if (bare) column.attributes = [bareAttribute(column, values)]
    // 监护人 filled with 爷爷 and 奶奶 says the relation, not the name.
    if (
      column.attributes.length === 1 &&
      column.attributes[0] === 'name' &&
      column.owner !== 'child' &&
      column.owner !== null &&
      share(values, isRelationWord) >= 0.7
    )
      column.attributes = ['relation']
    if (
      column.owner !== null &&
      column.owner !== 'child' &&
      column.attributes[0] === 'away' &&
      column.attributes.length === 1
    )
      column.attributes = ['state']
    // 就学情况 filled with 三年级2班 is grade and class.
    if (column.attributes[0] === 'schooling' && share(values, (value) => readGradeClass(value)?.grade != null) >= 0.6)
      column.attributes = ['class']
    // 留守类型 of a mixed ledger says which kind of person: 01老人, 02妇女, 03儿童.
    if (
      column.attributes[0] === 'away' &&
      share(values, (value) => /老人|妇女|儿童/.test(value) && readValue(aways, value) === null) >= 0.5
    )
      column.attributes = ['other']
    if (column.attributes[0] === 'class' && share(values, (value) => /学校|小学|中学|幼儿园/.test(value)) >= 0.6)
      column.attributes = ['school', 'class']
    if (
      column.attributes[0] === 'phone' &&
      column.owner === null &&
      share(values, isPhone) === 0 &&
      share(values, looksLikeName) >= 0.7
    )
      column.attributes = ['other']
  }
}

function bareAttribute(column: Column, values: readonly string[]): Attribute {
  if (column.confidence < 0.5) return 'other'
  if (share(values, isPhone) >= 0.6)
    return share(values, (value) => looksLikeName(value.replace(/[\d\s+\-/、,，;；:：()（）]/g, ''))) >= 0.6
      ? 'name'
      : 'phone'
  if (share(values, isId) >= 0.6) return 'id_no'
  if (/情况|状况|信息/.test(column.header) && share(values, looksLikeName) < 0.5) return 'state'
  if (
    values.length >= 3 &&
    share(values, (value) => /^(?:√|✓|✔|☑|是|否|有|无|×|y|n|1|0)$/i.test(foldText(value))) >= 0.8
  )
    return 'other'
  // 父亲 filled with places is where he works, 儿童 filled with yes and no is no name.
  if (
    values.length >= 3 &&
    PEOPLE.has(column.owner as Owner) &&
    column.owner !== 'carer' &&
    share(values, (value) => /[省市县区镇]/.test(value) && value.length > 3) >= 0.7
  )
    return 'work_place'
  return 'name'
}

/** A table whose name column has no head, or a head like 学生信息: the column of distinct names nobody else claims. */
function findNameByValues(columns: Column[], samples: Samples): void {
  const isChildName = (column: Column) =>
    column.attributes.includes('name') && (column.owner === null || column.owner === 'child')
  if (columns.some(isChildName)) return
  const others = columns.filter((column) => column.attributes.length > 0 && column.attributes[0] !== 'other').length
  const candidate = columns.find((column) => {
    const values = samples(column.column)
    return (
      (column.attributes.length === 0 || column.attributes[0] === 'other') &&
      column.owner !== 'staff' &&
      values.length >= 2 &&
      share(values, looksLikeName) >= 0.8 &&
      new Set(values).size >= values.length * 0.9
    )
  })
  if (!candidate || others < 2) return
  candidate.attributes = ['name']
  candidate.owner = 'child'
  candidate.confidence = 0.7
}

const SEVERAL: ReadonlySet<Attribute> = new Set<Attribute>([
  'phone',
  'illness',
  'disability',
  'away',
  'sex',
  'health',
  'boarding',
])

/** Two columns for one scalar field: the better head keeps it, the other stays text. */
function keepOnePerField(columns: Column[]): void {
  const best = new Map<string, Column>()
  for (const column of columns) {
    const attribute = column.attributes[0]
    if (!attribute || column.attributes.length > 1) continue
    const owner = column.owner ?? 'child'
    const several =
      (SEVERAL.has(attribute) &&
        (column.tick !== null || attribute === 'phone' || attribute === 'illness' || attribute === 'disability')) ||
      (attribute === 'work_place' && isPartOfPlace(column))
    const key = `${owner}.${column.member ?? ''}.${attribute}${several ? `.${column.letters}` : ''}`
    const rival = best.get(key)
    if (!rival) best.set(key, column)
    else if (fitness(column) > fitness(rival)) {
      setAside(rival)
      best.set(key, column)
    } else setAside(column)
  }
}

function setAside(column: Column): void {
  if (column.attributes[0] === 'away' && /是否|是不是/.test(column.header)) {
    column.attributes = ['left_behind']
    return
  }
  column.attributes = [column.attributes[0] === 'residence' ? 'home_address' : 'other']
}

function fitness(column: Column): number {
  const leaf = column.header.split('/').at(-1) ?? ''
  const current = column.attributes[0] === 'residence' && /现|居住|实际/.test(leaf) ? 0.5 : 0
  const usual = column.attributes[0] === 'remark' && /备注|备考/.test(leaf) ? 0.3 : 0
  const full = column.attributes[0] === 'school' && /学校/.test(leaf) ? 0.3 : 0
  // 是否留守儿童 says less than 留守类型.
  const vague = column.attributes[0] === 'away' && /是否|是不是/.test(leaf) ? -0.5 : 0
  return column.confidence + current + full + usual + vague + (column.owner === 'child' ? 0.2 : 0)
}

function finish(column: Column, columns: readonly Column[], samples: Samples): void {
  const [first] = column.attributes
  column.serial = first === 'serial' && column.owner === null
  const fields = column.attributes.flatMap((attribute) => fieldOf(column, attribute) ?? [])
  if (first === 'class' || first === 'grade') column.field = gradeField(column, first, columns, samples(column.column))
  else if (column.attributes.length > 1 && (column.owner === null || column.owner === 'child'))
    column.field = compositeField(column)
  else column.field = fields.length > 0 ? [...new Set(fields)].join('+') : null
  column.confidence = Math.round(column.confidence * 100) / 100
}

/** Two things of the child in one cell can be told apart only for school with class, and health with its illness. */
function compositeField(column: Column): string | null {
  const [first, second] = column.attributes
  if (first === 'school' && (second === 'class' || second === 'grade')) return 'school+grade+class'
  if (first === 'health' && (second === 'illness' || second === 'disability')) return 'health'
  return null
}

function fieldOf(column: Column, attribute: Attribute): string | null {
  const owner = column.owner
  if (owner === null || owner === 'child') return CHILD_FIELDS.has(attribute) ? attribute : null
  const field = PERSON_FIELDS[owner]?.[attribute]
  if (!field) return null
  return `${PREFIX[owner]}.${field}`
}

/** 班级 may hold the grade as well, 年级 the class. */
function gradeField(
  column: Column,
  attribute: 'class' | 'grade',
  columns: readonly Column[],
  values: readonly string[],
): string | null {
  if (column.owner !== null && column.owner !== 'child') return null
  const read = values.map((value) => readGradeClass(value, attribute))
  const grades = read.filter((value) => value?.grade != null || value?.entry_year != null).length
  const classes = read.filter((value) => value?.class != null).length
  const hasOther = columns.some(
    (other) =>
      other !== column &&
      other.attributes[0] === (attribute === 'class' ? 'grade' : 'class') &&
      (other.owner === null || other.owner === 'child'),
  )
  if (hasOther) return attribute
  const both = /年级.*班|班.*年级|年班/.test(column.header)
  if (attribute === 'grade') return classes > read.length * 0.1 || both ? 'grade+class' : 'grade'
  if (both || (grades > 0 && classes > 0)) return 'grade+class'
  return grades > 0 ? 'grade' : 'class'
}

/** Values of one column worth looking at. */
export function sampleValues(texts: Iterable<string>, limit = 200): string[] {
  const values: string[] = []
  for (const text of texts) {
    if (text === '' || saysNothing(text) || saysDitto(text)) continue
    values.push(text)
    if (values.length >= limit) break
  }
  return values
}
