// Reading one cell of the child's own columns.

import { foldText } from '../chinese_text.ts'
import { readBirth } from '../dates.ts'
import { gradeOn, readGradeClass, stageOfSchool, type Stage } from '../grades.ts'
import { isTrustworthy, parseIdentityNumber, readIdentityNumber } from '../identity_numbers.ts'
import { aways, type Away } from '../values/away.ts'
import { boardings } from '../values/boarding.ts'
import { ethnicities } from '../values/ethnicity.ts'
import { healths, type Health } from '../values/health.ts'
import { sexes, type Sex } from '../values/sex.ts'
import { readValue, type ValueEntry } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import type { Column } from './column.ts'
import { addExtra, addRemark, ask, report, type Draft, type Value } from './draft.ts'
import type { Attribute } from './heads.ts'
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
    else draft.child.illness = join(draft.child.illness, text)
  },
  disability(draft, column, { text }) {
    const said = saysNo(text)
    if (said) draft.child.facts['disabled'] = false
    else if (readValue(yesNo, text) === 'yes') addExtra(draft, column.header, text)
    else draft.child.disability = join(draft.child.disability, text)
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

function saysNo(text: string): boolean {
  return readValue(yesNo, text) === 'no' || /^(?:无|没有|未见|非)(?:残疾|疾病|病|患病|重病|大病)?$/.test(foldText(text))
}

function join(before: string | null, text: string): string {
  return before === null ? text : before.includes(text) ? before : `${before}${text}`
}

function readText(draft: Draft, column: Column, { text }: Value, field: (typeof TEXT_FIELDS)[number]): void {
  if (field !== 'school') {
    draft.child[field] = text
    return
  }
  // 白岩小学三年级(1)班 in one cell: the school ends where the class begins.
  const match = /^(.{2,30}?(?:小学|中学|学校|幼儿园|高中|完小|教学点|附小|附中|一中|二中))[\s,，、/]*(\S{2,12})$/.exec(
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

function coded<T extends string>(draft: Draft, column: Column, text: string): T | null {
  const folded = foldText(text)
  const legend = draft.table.legends.get(column.letters)
  return (/^\d{1,2}$/.test(folded) ? (legend?.get(String(Number(folded))) as T | undefined) : undefined) ?? null
}

function readTicked(draft: Draft, column: Column, attribute: string, text: string): boolean {
  if (column.tick === null) return false
  const answer = readValue(yesNo, text) ?? (readValue(sexes, text) !== null && attribute === 'sex' ? 'yes' : null)
  if (answer === null) return false
  draft.answers.push({ attribute, tick: column.tick, yes: answer === 'yes' })
  return true
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

export interface HealthText {
  readonly health: Health | null
  readonly illness: string | null
  readonly disability: string | null
}

/** 健康, 患病：癫痫, 残疾（听力二级）, 健康□残疾☑（肢体四级）, 先天性心脏病; null when the text is none of them. */
export function readHealth(text: string): HealthText | null {
  const ticked = readTicks(text)
  if (ticked)
    return ticked.length === 0
      ? { health: null, illness: null, disability: null }
      : mergeHealth(ticked.map(({ label, note }) => ({ health: readValue(healths, label), note })))
  const exact = readValue(healths, text.replace(/^\d{1,2}[.、-]?/, ''))
  if (exact) return { health: exact, illness: null, disability: null }
  const parts = /^(健康|残疾|患病|重病|大病|疾病|有病)[:：（(\s]*([^)）]+)[)）]?$/.exec(text)
  if (parts && readValue(healths, parts[1] ?? '') && readValue(healths, parts[1] ?? '') !== 'healthy')
    return mergeHealth([{ health: readValue(healths, parts[1] ?? ''), note: (parts[2] ?? '').trim() }])
  if (/残疾|残障|智障|失明|聋|哑|肢残|脑瘫/.test(text) && !/无|非|疑似|父|母/.test(text))
    return { health: 'disabled', illness: null, disability: text }
  if (/(?:病|症|癫痫|哮喘|炎|瘤|癌|贫血|癣)$/.test(text) && !/无|没|非|未|父|母/.test(text))
    return { health: 'ill', illness: text.replace(/^(?:患有?|有)/, ''), disability: null }
  return null
}

function mergeHealth(said: readonly { health: Health | null; note: string }[]): HealthText | null {
  if (said.some(({ health }) => health === null)) return null
  const disabled = said.find(({ health }) => health === 'disabled')
  const ill = said.find(({ health }) => health === 'ill')
  return {
    health: (disabled ?? ill ?? said[0])?.health ?? null,
    illness: ill?.note || null,
    disability: disabled?.note || null,
  }
}

function readHealthCell(draft: Draft, column: Column, { text }: Value): void {
  if (readTicked(draft, column, 'health', text)) return
  const code = coded<Health>(draft, column, text)
  const read = code ? { health: code, illness: null, disability: null } : readHealth(text)
  if (!read) {
    addExtra(draft, column.header, text)
    report(draft, 'health', 'value_unreadable', 'question', text)
    return
  }
  draft.child.health = read.health
  if (read.illness) draft.child.illness = join(draft.child.illness, read.illness)
  if (read.disability) draft.child.disability = join(draft.child.disability, read.disability)
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

/** The label of an away column, also with its code before it; null when it names none. */
export function readAwayLabel(text: string): Away | null {
  const ticked = readTicks(text)
  if (ticked) return ticked.length === 1 ? readAwayLabel(ticked[0]?.label ?? '') : null
  const folded = foldText(text)
    .replace(/^\d{1,2}[.、:-]?(?=\D)/, '')
    .replace(/[()（）]/g, '')
    .replace(/[,，、;。\s]/g, '')
  const exact = readValue(aways, text) ?? readValue(aways, folded)
  if (exact) return exact
  if (/一方.*(?:外出|务工|在外).*(?:另一方|一方).*(?:无|丧失|没有).*(?:能力|监护)/.test(folded))
    return 'one_parent_other_unable'
  return /^(?:父母|双亲|夫妻)?(?:双方|均|都|双双|共同)+(?:长期|常年)?(?:外出|在外)(?:地|省|县)?(?:务工|打工|经商|就业)?(?:留守)?$/.test(
    folded,
  )
    ? 'both_parents'
    : null
}

function readAway(draft: Draft, column: Column, { text }: Value): void {
  if (readTicked(draft, column, 'away', text)) return
  const code = coded<Away | 'yes' | 'no'>(draft, column, text)
  if (code === 'no') {
    draft.child.away = 'none'
    return
  }
  const label = code === 'yes' ? null : (code ?? readAwayLabel(text))
  if (label) {
    draft.child.away = label
    const who = /^(父|爸)[^母妈]*$/.test(text) ? 'father' : /^(母|妈)[^父爸]*$/.test(text) ? 'mother' : null
    if (label === 'one_parent' && who) draft.child.facts['away_parent'] = who
    return
  }
  if (
    readValue(yesNo, text) === 'no' &&
    /是否|留守|与否/.test(column.header) &&
    !/情况|类型|类别/.test(column.header) &&
    !/^\d$/.test(foldText(text))
  ) {
    draft.child.away = 'none'
    return
  }
  const codes = draft.table.codes.get(column.letters) ?? []
  const choices =
    codes.length > 0
      ? awayMappings(codes)
      : ['both_parents', 'one_parent_other_unable', 'one_parent', 'none', 'leave_empty']
  const word = codes.length > 0 ? '' : foldText(text)
  const { choice, severity } = ask(
    draft,
    column,
    'away_code_needs_label',
    text,
    choices[0] === undefined || codes.length === 0 ? 'leave_empty' : (choices[0] ?? null),
    choices,
    word,
  )
  if (choice !== null)
    draft.child.away = codes.length > 0 ? mappedAway(choice, text) : choice === 'leave_empty' ? null : (choice as Away)
  if (draft.child.away === null) addExtra(draft, column.header, text)
  report(draft, 'away', 'away_code_needs_label', severity, text)
}

/** 0=none,1=one_parent,2=both_parents and the other ways in which offices number the same three labels. */
function awayMappings(codes: readonly string[]): string[] {
  const orders: readonly (readonly Away[])[] =
    codes[0] === '0'
      ? [
          ['none', 'one_parent', 'both_parents'],
          ['none', 'both_parents', 'one_parent'],
          ['none', 'both_parents', 'one_parent_other_unable'],
        ]
      : [
          ['none', 'one_parent', 'both_parents'],
          ['both_parents', 'one_parent', 'none'],
          ['both_parents', 'one_parent_other_unable', 'one_parent'],
          ['one_parent', 'both_parents', 'none'],
        ]
  return [
    ...orders.map((order) => codes.map((code, place) => `${code}=${order[place] ?? 'leave_empty'}`).join(',')),
    'leave_empty',
  ]
}

function mappedAway(choice: string, text: string): Away | null {
  const code = foldText(text)
  const found = choice
    .split(',')
    .map((pair) => pair.split('='))
    .find(([from]) => from === code)?.[1]
  return found === undefined || found === 'leave_empty' ? null : (found as Away)
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

/** Lets a number with a fitting check digit fill an empty birth day and speak against what the cells say. */
export function compareWithIdentity(draft: Draft, columns: readonly Column[]): void {
  const { child } = draft
  const number = child.id_no ? parseIdentityNumber(child.id_no) : null
  const trusted =
    isTrustworthy(number) && !draft.issues.some((known) => known.code === 'id_no_checksum') ? number : null
  const columnOf = (attribute: Attribute) =>
    columns.find(
      (column) => column.attributes[0] === attribute && (column.owner === null || column.owner === 'child'),
    ) ?? null
  settleId(draft, columnOf('id_no'))
  settleBorn(draft, columnOf('born_on'), trusted)
  settleSex(draft, columnOf('sex'), trusted)
}

type Trusted = { born_on: string; sex: Sex } | null

function settleId(draft: Draft, column: Column | null): void {
  const wrong = draft.issues.find((known) => known.code === 'id_no_checksum')
  if (!wrong) return
  const { choice, severity } = ask(draft, column, 'id_no_checksum', wrong.raw, 'keep', ['keep', 'leave_empty'])
  wrong.severity = severity
  if (choice === 'leave_empty') draft.child.id_no = null
}

function settleBorn(draft: Draft, column: Column | null, trusted: Trusted): void {
  const { child } = draft
  const choices = (child.facts['born_on_choices'] as readonly string[] | undefined) ?? []
  const visible = child.facts['born_on_visible'] as string | undefined
  delete child.facts['born_on_choices']
  delete child.facts['born_on_visible']
  const doubt = draft.issues.find((known) => known.code === 'born_on_ambiguous' || known.code === 'born_on_unreadable')
  if (doubt?.code === 'born_on_ambiguous') {
    // The number of the child decides for its own row; the answer decides for rows without such a witness.
    const shown = choices.find((choice) => (trusted?.born_on ?? visible)?.startsWith(choice))
    const { choice, index, severity } = ask(
      draft,
      column,
      'born_on_ambiguous',
      doubt.raw,
      shown ?? choices[0] ?? null,
      [...choices, 'leave_empty'],
    )
    doubt.severity = severity
    child.born_on = shown ?? (choice === 'leave_empty' ? null : (choices[Math.max(0, index)] ?? null))
  } else if (doubt) {
    const { choice, severity } = ask(
      draft,
      column,
      'born_on_unreadable',
      doubt.raw,
      trusted ? 'use_id_no' : 'leave_empty',
      ['use_id_no', 'leave_empty'],
    )
    doubt.severity = severity
    child.born_on = trusted && choice !== 'leave_empty' ? trusted.born_on : null
    if (choices[0]) child.facts['born_on_partial'] = choices[0]
  } else if (trusted && child.born_on === null) child.born_on = trusted.born_on
  else if (trusted && child.born_on !== null && !trusted.born_on.startsWith(child.born_on)) {
    const { choice, severity } = ask(draft, column, 'born_on_conflicts_id_no', draft.bornRaw, 'keep_cell', [
      'keep_cell',
      'use_id_no',
    ])
    report(draft, 'born_on', 'born_on_conflicts_id_no', severity, draft.bornRaw)
    if (choice === 'use_id_no') child.born_on = trusted.born_on
  }
}

function settleSex(draft: Draft, column: Column | null, trusted: Trusted): void {
  const { child } = draft
  const unreadable = draft.issues.find((known) => known.code === 'sex_unreadable')
  if (unreadable) {
    const { choice, severity } = ask(
      draft,
      column,
      'sex_unreadable',
      unreadable.raw,
      trusted ? 'use_id_no' : 'leave_empty',
      ['use_id_no', 'leave_empty'],
    )
    unreadable.severity = severity
    if (trusted && choice === 'use_id_no') child.sex = trusted.sex
  } else if (trusted && child.sex !== null && child.sex !== trusted.sex) {
    const { choice, severity } = ask(draft, column, 'sex_conflicts_id_no', draft.sexRaw, 'keep_cell', [
      'keep_cell',
      'use_id_no',
    ])
    report(draft, 'sex', 'sex_conflicts_id_no', severity, draft.sexRaw)
    if (choice === 'use_id_no') child.sex = trusted.sex
  } else if (trusted && child.sex === null) child.facts['sex_by_id_no'] = trusted.sex
}

const YES_NO_FACTS: ReadonlySet<Attribute> = new Set<Attribute>([
  'hukou_registered',
  'entrusted',
  'orphan',
  'only_child',
  'suspected_disability',
  'is_disabled',
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
