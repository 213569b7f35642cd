// Reading one cell of the child's own columns.

import { foldText } from '../chinese_text.ts'
import { readBirth } from '../dates.ts'
import { gradeOn, readGradeClass, stageOfSchool, type Stage } from '../grades.ts'
import { readIdentityNumber } from '../identity_numbers.ts'
import { aways, type Away } from '../values/away.ts'
import { boardings } from '../values/boarding.ts'
import { ethnicities } from '../values/ethnicity.ts'
import { healths, type Health } from '../values/health.ts'
import { sexes, type Sex } from '../values/sex.ts'
import { schoolingWords } from '../values/schooling.ts'
import { readValue, type ValueEntry } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import type { Column } from './column.ts'
import { readAway } from './away_cell.ts'
import { coded, readTicked } from './coded.ts'
import { addExtra, addRemark, ask, report, type Draft, type Value } from './draft.ts'
import type { Attribute } from './heads.ts'
import { joinText, readHealthCell } from './health.ts'
import { readName } from './names.ts'
import { readTicks } from './ticks.ts'

type Reader = (draft: Draft, column: Column, value: Value) => void

const TEXT_FIELDS = ['household_place', 'residence', 'villager_group', 'school'] as const

/** Reads a filled cell into the field of its column. Cells that say nothing never come here, except for sex. */
export const childReaders: Readonly<Partial<Record<Attribute, Reader>>> = {
  name(draft, _column, { text }) {
    const { name, note } = readName(text)
    draft.child.name ??= name
    if (note !== null) addRemark(draft, note)
  },
  sex: readSex,
  born_on: readBorn,
  id_no: readId,
  ethnicity(draft, _column, { text }) {
    draft.child.ethnicity = readValue(ethnicities, text.replace(/^\d{1,2}[.、-]?/, '')) ?? text
  },
  health: readHealthCell,
  illness(draft, column, { text }) {
    const said = saysNo(text)
    if (said) draft.child.facts['ill'] = false
    else if (readValue(yesNo, text) === 'yes') addExtra(draft, column.header, text)
    else draft.child.illness = joinText(draft.child.illness, withoutYes(text))
  },
  disability(draft, column, { text }) {
    const said = saysNo(text)
    if (said) draft.child.facts['disabled'] = false
    else if (readValue(yesNo, text) === 'yes') addExtra(draft, column.header, text)
    else draft.child.disability = joinText(draft.child.disability, withoutYes(text))
  },
  boarding: readBoarding,
  away: readAway,
  grade: readGradeCell,
  class: readGradeCell,
  remark(draft, _column, { text }) {
    addRemark(draft, text)
  },
  ...Object.fromEntries(
    TEXT_FIELDS.map((field): [Attribute, Reader] => [
      field,
      (draft, column, value) => readText(draft, column, value, field),
    ]),
  ),
}

/** 是(听力) says what it is in the bracket. */
const withoutYes = (text: string) => /^(?:是|有|y)\s*[(（](.+)[)）]$/i.exec(text)?.[1] ?? text

function saysNo(text: string): boolean {
  return readValue(yesNo, text) === 'no' || /^(?:无|没有|未见|非)(?:残疾|疾病|病|患病|重病|大病)?$/.test(foldText(text))
}

/** 同户籍地, 与现住址一致: what the other column says; null where it says nothing, or not yet. */
function samePlace(draft: Draft, field: 'residence' | 'household_place', text: string): string | null {
  const other =
    field === 'residence'
      ? '户籍|户口|户籍地|户口所在地|户籍所在地|户籍地址'
      : '现?(?:居住|住)(?:地|址|地址)?|家庭(?:住址|地址)|现居'
  if (!new RegExp(`^[同与和]于?(?:${other})(?:相同|一致|一样|同)?$`).test(foldText(text))) return text
  return draft.child[field === 'residence' ? 'household_place' : 'residence']
}

/** Words that a roster puts where a school's name belongs, and that may be one. */
const SCHOOL_STAGES: ReadonlySet<string> = new Set(['kindergarten', 'primary', 'junior', 'senior', 'vocational'])

function readText(draft: Draft, column: Column, { text }: Value, field: (typeof TEXT_FIELDS)[number]): void {
  if (field === 'residence' || field === 'household_place') {
    draft.child[field] = samePlace(draft, field, text)
    if (draft.child[field] === null) addExtra(draft, column.header, text)
    return
  }
  if (field !== 'school') {
    draft.child[field] = text
    return
  }
  // 未入园, 辍学: how it stands with school, and no school.
  const standing = readValue(schoolingWords, text)
  if (standing !== null && !SCHOOL_STAGES.has(standing)) {
    draft.child.facts['schooling'] ??= standing
    addExtra(draft, column.header, text)
    return
  }
  // 白岩小学三年级(1)班 in one cell: the school ends where the class begins.
  const match =
    /^(.{1,30}?(?:小学|中学|学校|幼儿园|高中|完小|教学点|附小|附中|[一二三四五六七八九十镇乡民职]中|中心校))[\s,，、/]*(\S{2,12})$/.exec(
      text,
    )
  const rest = match?.[2] ? readGradeClass(match[2]) : null
  if (
    match &&
    rest &&
    (column.attributes.includes('class') ||
      !draft.table.columns.some((other) => other.attributes[0] === 'class' || other.attributes[0] === 'grade'))
  ) {
    draft.child.school = match[1] ?? text
    applyGrade(draft, column, match[2] ?? '', 'grade')
  } else draft.child.school = text
}

function readSex(draft: Draft, column: Column, { text }: Value): void {
  draft.sexRaw = text
  if (readTicked(draft, column, 'sex', text)) return
  const folded = foldText(text)
  const ticked = readTicks(text)
  const sex: Sex | null =
    ticked?.length === 1
      ? readValue(sexes, ticked[0]?.label ?? '')
      : (coded<Sex>(draft, column, text) ??
        readValue(sexes, text) ??
        (folded === '1' ? 'male' : folded === '2' ? 'female' : null))
  if (sex) draft.child.sex = sex
  else report(draft, 'sex', 'sex_unreadable', 'question', text)
}

function readBorn(draft: Draft, _column: Column, value: Value): void {
  draft.bornRaw = value.text
  if (value.kind === 'date') {
    const day = value.text
    if (day <= draft.table.today && day >= '1900') draft.child.born_on = day
    else report(draft, 'born_on', 'born_on_unreadable', 'question', value.text)
    return
  }
  const read = readBirth(value.text, { date1904: draft.table.date1904, until: draft.table.today })
  if (read.state === 'ok') draft.child.born_on = read.value
  else if (read.state !== 'empty') {
    draft.child.facts['born_on_choices'] = read.choices
    report(
      draft,
      'born_on',
      read.state === 'ambiguous' ? 'born_on_ambiguous' : 'born_on_unreadable',
      'question',
      value.text,
    )
  }
}

function readId(draft: Draft, _column: Column, { text, kind }: Value): void {
  const read = readIdentityNumber(text, kind === 'number')
  if (read.state === 'ok') {
    draft.child.id_no = read.number.value
    if (!read.number.check_ok || read.number.born_on === null)
      report(draft, 'id_no', 'id_no_checksum', 'question', text)
    else if (!read.number.region_known) report(draft, 'id_no', 'id_no_region_unknown', 'warning', text)
  } else if (read.state === 'precision_lost') {
    if (read.visible_birth) draft.child.facts['born_on_visible'] = read.visible_birth
    report(draft, 'id_no', 'id_no_precision_lost', 'error', text)
  } else if (read.state !== 'empty') {
    if (/未办|没办|未上|无户|没有|未登记|办理中/.test(text)) draft.child.facts['id_no_words'] = text
    report(draft, 'id_no', 'id_no_length', 'error', text)
  }
}

/** 1 and 0 are yes and no when a column holds nothing else; 1 and 2 mean different things in different offices. */
function plainCode(draft: Draft, column: Column, text: string): 'yes' | 'no' | null {
  const word = foldText(text)
  const codes = draft.table.codes.get(column.letters) ?? [word]
  if (!codes.every((code) => code === '0' || code === '1')) return null
  return word === '1' ? 'yes' : word === '0' ? 'no' : null
}

function readBoarding(draft: Draft, column: Column, { text }: Value): void {
  if (readTicked(draft, column, 'boarding', text)) return
  const ticked = readTicks(text)
  const word = ticked?.length === 1 ? (ticked[0]?.label ?? '') : text
  const code = coded<string>(draft, column, text)
  const said = code ?? readValue(boardings, word)
  const answer = readValue(yesNo, word) ?? plainCode(draft, column, word)
  if (said === 'boarding' || said === 'day') draft.child.boarding = said === 'boarding'
  else if (said === 'yes' || said === 'no') draft.child.boarding = (said === 'yes') !== column.negated
  else if (answer) draft.child.boarding = (answer === 'yes') !== column.negated
  else {
    addExtra(draft, column.header, text)
    report(draft, 'boarding', 'value_unreadable', 'question', text)
  }
}

function readGradeCell(draft: Draft, column: Column, { text }: Value): void {
  applyGrade(
    draft,
    column,
    text,
    column.attributes[0] === 'class' && column.field === 'class'
      ? 'class'
      : column.attributes[0] === 'class' && column.field === 'grade+class'
        ? 'grade'
        : 'grade',
  )
}

const STAGES: readonly Stage[] = ['primary', 'junior', 'senior', 'kindergarten']

export function applyGrade(draft: Draft, column: Column | null, text: string, alone: 'grade' | 'class'): void {
  const read = readGradeClass(text, alone)
  const { child } = draft
  const standing = read ? null : readValue(schoolingWords, text)
  if (column && standing !== null && !SCHOOL_STAGES.has(standing)) {
    child.facts['schooling'] ??= standing
    addExtra(draft, column.header, text)
    return
  }
  if (!read) {
    if (column) addExtra(draft, column.header, text)
    const { severity } = ask(draft, column, 'grade_unreadable', text, 'leave_empty', ['leave_empty'], foldText(text))
    report(draft, 'grade', 'grade_unreadable', severity, text)
    return
  }
  if (read.class !== null && (column === null || column.field !== 'grade')) child.class = read.class
  if (column?.field === 'class' && read.entry_year === null) return
  if (read.grade !== null) child.grade = read.grade
  if (read.entry_year === null) return
  // A year of entry is a grade only when the stage is known: 2023级 is 四年级 of a primary school, or has left a junior one.
  const fitting = STAGES.filter((stage) => gradeOn(stage, read.entry_year ?? 0, draft.table.asOf) !== null)
  const schoolStage = child.school ? stageOfSchool(child.school) : null
  const proposed = schoolStage && fitting.includes(schoolStage) ? schoolStage : (fitting[0] ?? null)
  const { choice, severity } = ask(draft, column, 'grade_unreadable', text, proposed ?? 'leave_empty', [
    ...fitting,
    'leave_empty',
  ])
  const stage = choice ?? proposed
  child.grade = stage && stage !== 'leave_empty' ? gradeOn(stage as Stage, read.entry_year, draft.table.asOf) : null
  child.facts['entry_year'] = read.entry_year
  report(draft, 'grade', 'grade_unreadable', severity, text)
}

/** Answers spread over several columns, each ticked or not: 男 | 女, 双方外出 | 一方外出. */
export function settleAnswers(draft: Draft): void {
  for (const attribute of ['sex', 'health', 'boarding', 'away']) {
    const said = draft.answers.filter((answer) => answer.attribute === attribute)
    const yes = said.filter((answer) => answer.yes).map((answer) => answer.tick)
    if (said.length === 0) continue
    const { child } = draft
    if (attribute === 'sex' && yes.length === 1) child.sex = yes[0] as Sex
    else if (attribute === 'health' && yes.length > 0)
      child.health = (yes.find((tick) => tick !== 'healthy') ?? yes[0]) as Health
    else if (attribute === 'boarding' && yes.length === 1) child.boarding = yes[0] === 'boarding'
    else if (attribute === 'away') settleAway(draft, said, yes)
  }
  // 否 under 是否留守儿童 beside an empty 留守类型 says that nobody is away.
  if (draft.child.away === null && draft.child.facts['left_behind'] === false) draft.child.away = 'none'
  const { father, mother } = draft.isAway
  if (draft.child.away === null && father !== null && mother !== null)
    draft.child.away = father && mother ? 'both_parents' : father || mother ? 'one_parent' : 'none'
}

function settleAway(draft: Draft, said: readonly { tick: string; yes: boolean }[], yes: readonly string[]): void {
  const distinct = [...new Set(yes)]
  if (distinct.length === 1) draft.child.away = distinct[0] as Away
  else if (distinct.length > 1) report(draft, 'away', 'away_code_needs_label', 'question', distinct.join('、'))
  // Both questions answered with no, and together they are all that can be.
  else if (said.some(({ tick }) => tick === 'both_parents') && said.some(({ tick }) => tick === 'one_parent'))
    draft.child.away = 'none'
}

const YES_NO_FACTS: ReadonlySet<Attribute> = new Set<Attribute>([
  'hukou_registered',
  'entrusted',
  'orphan',
  'only_child',
  'suspected_disability',
  'is_disabled',
  'left_behind',
])

export function listOf(attribute: Attribute): readonly ValueEntry[] | null {
  switch (attribute) {
    case 'sex':
      return sexes
    case 'health':
      return healths
    case 'away':
      return aways
    case 'boarding':
      return [...boardings, ...yesNo]
    default:
      return YES_NO_FACTS.has(attribute) ? yesNo : null
  }
}
