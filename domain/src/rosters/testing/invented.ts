// Rosters nobody wrote: children with known facts, laid out with random heads, notations, order of columns and levels of heads.
// The reader must give the facts back, or say that it can't, but never something else.

import { checkDigit } from '../../identity_numbers.ts'
import type { SheetSpec } from './sheets.ts'

export interface Truth {
  readonly rows: SheetSpec
  /** Per child in order: value by field path, for every field a column states. */
  readonly facts: readonly Readonly<Record<string, unknown>>[]
}

interface Kid {
  readonly facts: Record<string, unknown>
  readonly year: number
  readonly month: number
  readonly day: number
  readonly grade: number
  readonly class: number
  readonly said: string
}

interface Draw {
  (): number
}

/** mulberry32: the same seed, the same roster. */
function drawFrom(seed: number): Draw {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const HEADS = {
  name: ['姓名', '学生姓名', '儿童姓名', '孩子姓名', '留守儿童姓名', '娃娃姓名', '姓  名', '名字', '学生', '小孩姓名'],
  sex: ['性别', '性\\n别', '男女', '学生性别'],
  born_on: ['出生日期', '出生年月', '出生年月日', '出生时间', '生日', '出生'],
  id_no: ['身份证号', '身份证号码', '公民身份号码', '身份证件号', '证件号码', '居民身份证号'],
  ethnicity: ['民族', '民\\n族'],
  household_place: ['户籍所在地', '户口所在地', '户籍地址', '户籍地'],
  residence: ['现居住地', '家庭住址', '现住址', '家庭地址', '住址', '家住哪里', '实际居住地址'],
  villager_group: ['村民组', '组别', '村民小组', '所在组'],
  school: ['就读学校', '学校', '所在学校', '学校名称', '就读学校名称', '读书学校'],
  grade: ['年级班级', '班级', '所在班级', '年级/班级', '就读班级'],
  boarding: ['是否寄宿', '是否住校', '寄宿情况', '住校否', '住不住校', '是否学校寄宿'],
  health: ['健康状况', '身体状况', '身体情况', '健康情况'],
  away: ['留守类型', '留守情况', '父母外出情况', '留守类别', '父母务工情况'],
  phones: ['电话', '联系电话', '手机', '联系方式', '手机号码', '手机号'],
  work_place: ['务工地', '务工地点', '打工地点', '务工地址', '外出地点', '打工去处', '务工去向', '工作单位'],
  relation: ['与儿童关系', '关系', '与学生关系', '与被监护人关系', '称谓', '与孩子关系'],
  age: ['年龄', '年 龄'],
  person_id: ['身份证号', '身份证号码'],
  father: ['父亲', '爸爸', '父'],
  mother: ['母亲', '妈妈', '母'],
  carer: ['监护人', '委托监护人', '实际监护人', '照护人', '照料人', '带娃的人', '现监护人', '被委托人'],
  noise: ['政治面貌', '家庭年收入', '班主任', '帮扶人', '走访人', '特长', '学籍号', '家庭人口'],
} as const

const SURNAMES = '赵钱孙李周吴郑王冯陈韩杨朱秦许何吕张孔曹金魏姜谢邹章苏潘范彭'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华文玉萍红鹏宇晨轩'
const PLACES = ['广东省东莞市', '浙江义乌', '上海市松江区', '福建晋江', '重庆市']
const RELATIONS = [
  ['paternal_grandfather', '爷爷'],
  ['paternal_grandmother', '奶奶'],
  ['maternal_grandfather', '外公'],
  ['maternal_grandmother', '姥姥'],
  ['aunt_uncle', '大伯'],
] as const
const AWAY = {
  both_parents: '父母双方外出',
  one_parent: '父母一方外出',
  one_parent_other_unable: '一方外出另一方无监护能力',
} as const
const HEALTH = { healthy: '健康', disabled: '残疾', ill: '患病' } as const
const CHINESE = '一二三四五六七八九'

export function inventRoster(seed: number): Truth {
  const draw = drawFrom(seed)
  const pick = <T>(list: ArrayLike<T>): T => list[Math.floor(draw() * list.length)] as T
  const chance = (share: number) => draw() < share
  const kids = Array.from({ length: 4 + Math.floor(draw() * 8) }, () => inventKid(draw, pick))
  const columns: { path: string[]; fields: string[]; write: (kid: Kid) => string }[] = []
  const add = (path: string[], fields: string[], write: (kid: Kid) => string) => columns.push({ path, fields, write })
  const plain = (field: keyof typeof HEADS, share = 0.6) => {
    if (chance(share)) add([pick(HEADS[field])], [field], (kid) => String(kid.facts[field]))
  }
  if (chance(0.6)) add(['序号'], [], (kid) => String(kids.indexOf(kid) + 1))
  add([pick(HEADS.name)], ['name'], (kid) => String(kid.facts['name']))
  addCoded(add, pick, chance)
  for (const field of ['id_no', 'ethnicity', 'household_place', 'residence', 'villager_group', 'school'] as const)
    plain(field)
  const levels = pick(['flat', 'inherited', 'merged', 'unmerged'])
  for (const who of ['father', 'mother', 'carer'] as const) {
    if (chance(0.8)) addPerson(who, levels, add, pick, chance)
    const noise = pick(HEADS.noise)
    if (chance(0.2) && !columns.some(({ path }) => path[0] === noise))
      add([noise], [], () => (noise.endsWith('人') ? '周某' : '3'))
  }
  if (chance(0.5)) add([pick(HEADS.away)], ['away'], (kid) => AWAY[kid.facts['away'] as keyof typeof AWAY])
  const stated = new Set(columns.flatMap(({ fields }) => fields))
  return {
    rows: layOut(kids, columns, levels === 'merged', chance),
    facts: kids.map((kid) =>
      Object.fromEntries(Object.entries(kid.facts).map(([field, value]) => [field, stated.has(field) ? value : null])),
    ),
  }
}

type Pick = <T>(list: ArrayLike<T>) => T
type Chance = (share: number) => boolean
type Add = (path: string[], fields: string[], write: (kid: Kid) => string) => void

function inventKid(draw: Draw, pick: Pick): Kid {
  const name = () => pick(SURNAMES) + pick(GIVEN) + pick(GIVEN)
  const phone = () => [`19${pick('089')}0000${String(Math.floor(draw() * 10_000)).padStart(4, '0')}`]
  const identity = (year: number, month: number, day: number, male: boolean) => {
    const first = `520203${year}${pad(month)}${pad(day)}9${Math.floor(draw() * 10)}${Math.floor(draw() * 5) * 2 + (male ? 1 : 0)}`
    return first + checkDigit(first)
  }
  const [year, month, day, male] = [
    2012 + Math.floor(draw() * 9),
    1 + Math.floor(draw() * 12),
    1 + Math.floor(draw() * 28),
    draw() < 0.5,
  ]
  const [relation, said] = pick(RELATIONS)
  const [grade, klass] = [1 + Math.floor(draw() * 9), 1 + Math.floor(draw() * 4)]
  const facts = {
    name: name(),
    sex: male ? 'male' : 'female',
    born_on: `${year}-${pad(month)}-${pad(day)}`,
    id_no: identity(year, month, day, male),
    ethnicity: pick(['汉族', '苗族', '布依族']),
    household_place: '贵州省六枝特区青石镇白岩村',
    residence: `青石镇白岩村${pick(['一组', '二组'])}`,
    villager_group: pick(['一组', '二组']),
    school: pick(['白岩小学', '青石中学']),
    grade: String(grade),
    class: String(klass),
    boarding: draw() < 0.5,
    health: pick(Object.keys(HEALTH)),
    away: pick(Object.keys(AWAY)),
    'father.name': name(),
    'father.phones': phone(),
    'father.work_place': pick(PLACES),
    'father.id_no': identity(1984, 5, 12, true),
    'mother.name': name(),
    'mother.phones': phone(),
    'mother.work_place': pick(PLACES),
    'mother.id_no': identity(1987, 6, 13, false),
    'carer.name': name(),
    'carer.phones': phone(),
    'carer.relation': relation,
    'carer.age': 55 + Math.floor(draw() * 25),
    'carer.id_no': identity(1955, 7, 14, draw() < 0.5),
  }
  return { facts, year, month, day, grade, class: klass, said }
}

/** The fields with several notations, in random order. */
function addCoded(add: Add, pick: Pick, chance: Chance): void {
  const sexes = pick([
    ['男', '女'],
    ['M', 'F'],
    ['1', '2'],
  ])
  const sexHead = sexes[0] === '1' ? '性别(1男2女)' : pick(HEADS.sex)
  const birth = pick<(kid: Kid) => string>([
    (kid) => `d:${String(kid.facts['born_on'])}`,
    (kid) => `${kid.year}${pad(kid.month)}${pad(kid.day)}`,
    (kid) => `${kid.year}年${kid.month}月${kid.day}日`,
    (kid) => `${kid.year}/${kid.month}/${kid.day}`,
    (kid) => `${kid.year}.${pad(kid.month)}.${pad(kid.day)}`,
  ])
  const grade = pick<(kid: Kid) => string>([
    (kid) => `${CHINESE[kid.grade - 1]}(${kid.class})班`,
    (kid) => `${kid.grade}.${kid.class}`,
    (kid) => `${kid.grade}0${kid.class}`,
    (kid) => `${CHINESE[kid.grade - 1]}年级${CHINESE[kid.class - 1]}班`,
  ])
  const boarding = pick([
    ['是', '否'],
    ['住校', '走读'],
    ['√', '×'],
  ])
  const ticks = pick<(said: string) => string>([
    (said) => said,
    (said) =>
      Object.values(HEALTH)
        .map((word) => word + (word === said ? '☑' : '□'))
        .join(' '),
    (said) =>
      Object.values(HEALTH)
        .map((word) => (word === said ? '√' : '□') + word)
        .join(' '),
  ])
  const all: (() => void)[] = [
    () => add([sexHead], ['sex'], (kid) => (kid.facts['sex'] === 'male' ? sexes[0] : sexes[1]) ?? ''),
    () => add([pick(HEADS.born_on)], ['born_on'], birth),
    () => add([pick(HEADS.grade)], ['grade', 'class'], grade),
    () => add([pick(HEADS.boarding)], ['boarding'], (kid) => (kid.facts['boarding'] ? boarding[0] : boarding[1]) ?? ''),
    () => add([pick(HEADS.health)], ['health'], (kid) => ticks(HEALTH[kid.facts['health'] as keyof typeof HEALTH])),
  ]
  for (const one of all.sort(() => (chance(0.5) ? 1 : -1))) if (chance(0.75)) one()
}

function addPerson(who: 'father' | 'mother' | 'carer', levels: string, add: Add, pick: Pick, chance: Chance): void {
  const label = pick(HEADS[who])
  const grouped = levels === 'merged' || levels === 'unmerged'
  const head = (words: string) => (grouped ? [label, words] : levels === 'flat' ? [label + words] : [words])
  add(grouped ? [label, '姓名'] : [chance(0.5) ? label : `${label}姓名`], [`${who}.name`], (kid) =>
    String(kid.facts[`${who}.name`]),
  )
  const more =
    who === 'carer' ? (['relation', 'phones', 'age', 'id_no'] as const) : (['phones', 'work_place', 'id_no'] as const)
  for (const field of more) {
    // A name alone before the next parent's name leaves open whose the next columns are: the first one is always there.
    if (field !== 'relation' && field !== 'phones' && !chance(0.6)) continue
    const words = pick(HEADS[field === 'id_no' ? 'person_id' : field])
    const path = field === 'relation' && levels === 'flat' ? [words] : head(words)
    add(path, [`${who}.${field}`], (kid) =>
      field === 'relation' ? kid.said : String([kid.facts[`${who}.${field}`]].flat()[0]),
    )
  }
}

function layOut(
  kids: readonly Kid[],
  columns: readonly { path: string[]; write: (kid: Kid) => string }[],
  merged: boolean,
  chance: Chance,
): SheetSpec {
  const rows = [
    ...(chance(0.7) ? ['白岩村留守儿童花名册'] : []),
    ...(chance(0.5) ? ['填报单位：白岩村|||2026年9月1日'] : []),
  ]
  const merges: string[] = []
  const first = rows.length + 1
  const starts = columns.map(
    ({ path }, place) =>
      path.length === 1 || columns[place - 1]?.path.length === 1 || columns[place - 1]?.path[0] !== path[0],
  )
  if (columns.some(({ path }) => path.length > 1)) {
    rows.push(
      columns.map(({ path }, place) => (starts[place] ? path[0] : '')).join('|'),
      columns.map(({ path }) => path[1] ?? '').join('|'),
    )
    if (merged)
      columns.forEach(({ path }, place) => starts[place] && merges.push(...mergeOf(path.length, place, starts, first)))
  } else rows.push(columns.map(({ path }) => path[0]).join('|'))
  rows.push(...kids.map((kid) => columns.map(({ write }) => write(kid)).join('|')))
  if (chance(0.5)) rows.push(`合计|${kids.length}人`)
  if (chance(0.5)) rows.push('填表人：周某||审核人：')
  return { rows, merges }
}

function mergeOf(levels: number, place: number, starts: readonly boolean[], row: number): string[] {
  if (levels === 1) return [`${letter(place)}${row}:${letter(place)}${row + 1}`]
  const next = starts.indexOf(true, place + 1)
  const last = (next < 0 ? starts.length : next) - 1
  return last > place ? [`${letter(place)}${row}:${letter(last)}${row}`] : []
}

function letter(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(39 + column)}`
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
