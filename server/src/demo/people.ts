// Invented people, the same for the same seed: for the demonstration, for tests and for benchmarks. Region codes beginning with 99 belong
// to no place, so no number here is anybody's.
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import type { FlatFacts } from '../children/children.facts.ts'

/** mulberry32: small, fast, and the same on every machine. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const surnames = Array.from(
  '陈李王张刘黄何郭罗徐林唐赵孙马周吴郑冯邓曾彭肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
)
const girls =
  '小雨 嘉禾 梓涵 若溪 可心 念念 佳怡 雨桐 诗琪 思琪 语嫣 静怡 欣妍 雅婷 梦瑶 小满 慧敏 春燕 晓彤 心悦 婉清 书瑶 美玲 小霞 芷若'.split(
    ' ',
  )
const boys =
  '小晨 天佑 浩然 思远 一鸣 子墨 宇轩 俊杰 志强 明轩 博文 家豪 子涵 文博 小虎 建军 晓峰 立新 海涛 伟杰 俊豪 志远 小康 国栋 阳阳'.split(
    ' ',
  )
const men = '建国 军 伟 强 勇 志刚 海波 永康 卫东 大明 国强 立军 小兵 春生 长林'.split(' ')
const women = '秋萍 丽 芳 敏 静 艳 小红 玉兰 桂花 海燕 春梅 凤英 雪梅 晓燕 翠萍'.split(' ')
const elders = '桂英 德厚 长顺 茂林 玉兰 有田 秀云 金花 有福 素珍 春梅 德才 世昌 桂兰 国强'.split(' ')
/** Real cities, with the code that a person would confirm: without it no definition can say how far a parent is. */
const placeCodes: Readonly<Record<string, string>> = {
  东莞: '4419', 宁波: '3302', 温州: '3303', 佛山: '4406', 厦门: '3502', 昆山: '320583', 杭州: '3301', 嘉兴: '3304',
  中山: '4420', 义乌: '330782', 苏州: '3205', 深圳: '4403', 泉州: '3505', 惠州: '4413', 无锡: '3202',
} // prettier-ignore
const places = Object.keys(placeCodes)
/** A few words stay to be confirmed, as in every real roster. */
const unconfirmed = ['嘉兴', '泉州']
const codeOf = (place: string | null) => (place === null || unconfirmed.includes(place) ? null : placeCodes[place]!)
const groups = ['一组', '二组', '三组', '四组', '五组', '六组']
const jobs = ['务农', '在家', '打零工', '村里保洁', '开小卖部']
const hobbies = ['画画', '唱歌', '跑步', '看书', '跳绳', '养小动物', '打乒乓球', null]

type Random = () => number
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!
const chance = (random: Random, p: number) => random() < p
const phone = (random: Random) =>
  `19${Math.floor(random() * 1e9)
    .toString()
    .padStart(9, '0')}`

/** Five hundred numbers to a day and sex; the next five hundred children are of the next region, so no two share a number. */
function identity(region: string, born: string, male: boolean, counter: number): string {
  const sequence = (counter % 500) * 2 + (male ? 1 : 0)
  const first17 = `${Number(region) + Math.floor(counter / 500)}${born.replaceAll('-', '')}${sequence.toString().padStart(3, '0')}`
  return first17 + checkDigit(first17)
}

interface Family {
  father: { name: string; phone: string | null; place: string | null; away: boolean | null }
  mother: { name: string; phone: string | null; place: string | null; away: boolean | null }
  carer: {
    name: string
    relation: string
    words: string
    age: number
    phone: string | null
    health: string | null
    job: string
  }
  surname: string
  group: string
  address: string
}

function family(random: Random, village: string): Family {
  const surname = pick(random, surnames)
  const group = pick(random, groups)
  const both = chance(random, 0.7)
  const unknown = chance(random, 0.05)
  const away = (p: boolean) => (unknown ? null : p)
  const [relation, words, carerSurname] = pick(random, [
    ['paternal_grandmother', '奶奶', null],
    ['paternal_grandfather', '爷爷', surname],
    ['maternal_grandmother', '外婆', null],
    ['maternal_grandfather', '外公', null],
    ['aunt_uncle', '姑姑', surname],
  ] as const)
  const person = (name: string, isAway: boolean) => ({
    name,
    phone: chance(random, 0.85) ? phone(random) : null,
    place: isAway && chance(random, 0.9) ? pick(random, places) : null,
    away: away(isAway),
  })
  return {
    surname,
    group,
    address: `${village}${group} ${1 + Math.floor(random() * 90)} 号`,
    father: person(surname + pick(random, men), true),
    mother: person(pick(random, surnames) + pick(random, women), both),
    carer: {
      name: (carerSurname ?? pick(random, surnames)) + pick(random, elders),
      relation,
      words,
      age: 52 + Math.floor(random() * 24),
      phone: chance(random, 0.9) ? phone(random) : null,
      health: chance(random, 0.2) ? '腰腿不好' : '尚可',
      job: pick(random, jobs),
    },
  }
}

export interface Pupil {
  flat: FlatFacts
  /** 'YYYY-MM-DD' */
  born_on: string
  sex: 'male' | 'female'
}

/** Children of one village, brothers and sisters together. `counter` keeps identity numbers apart across villages. */
export function villageChildren(
  random: Random,
  village: string,
  region: string,
  count: number,
  today: string,
  counter: number,
): Pupil[] {
  const out: Pupil[] = []
  const year = Number(today.slice(0, 4))
  while (out.length < count) {
    const home = family(random, village)
    const siblings = chance(random, 0.3) ? 2 : 1
    for (let n = 0; n < siblings && out.length < count; n++)
      out.push(child(random, home, region, year, counter + out.length, village))
  }
  return out
}

function child(random: Random, home: Family, region: string, year: number, counter: number, village: string): Pupil {
  const male = chance(random, 0.5)
  const age = 3 + Math.floor(random() * 13)
  const born = `${year - age}-${(1 + Math.floor(random() * 12)).toString().padStart(2, '0')}-${(1 + Math.floor(random() * 28)).toString().padStart(2, '0')}`
  // School begins on 1 September after the sixth birthday.
  const schoolAge = age - (born.slice(5) > '09-01' ? 1 : 0)
  const grade =
    schoolAge < 6 ? (schoolAge >= 3 ? `k${schoolAge - 2}` : null) : schoolAge - 5 <= 12 ? String(schoolAge - 5) : null
  const number = grade?.startsWith('k') ? null : Number(grade)
  const { father, mother, carer } = home
  const state = (away: boolean | null) => (away === null ? null : away ? 'away' : 'home')
  const flat: FlatFacts = {
    name: home.surname + pick(random, male ? boys : girls),
    identity_no: chance(random, 0.93) ? identity(region, born, male, counter) : null,
    sex: male ? 'male' : 'female',
    born_on: born,
    ethnicity: '汉族',
    address: home.address,
    villager_group: home.group,
    household_place: `${village}${home.group}`,
    school_name: grade ? (number && number > 6 ? '芦溪中学' : number ? '镇中心小学' : '镇幼儿园') : null,
    grade,
    class_number: number ? String(1 + Math.floor(random() * 3)) : null,
    boarding: number && number >= 5 ? chance(random, 0.5) : number ? false : null,
    health: chance(random, 0.94) ? 'healthy' : chance(random, 0.5) ? 'ill' : null,
    hobbies: pick(random, hobbies),
    'father.name': father.name,
    'father.phones': father.phone ? [father.phone] : null,
    'father.state': state(father.away),
    'father.work_place': father.place,
    'father.work_place_code': codeOf(father.place),
    'father.away_since': father.place
      ? `${year - 1 - Math.floor(random() * 4)}-0${1 + Math.floor(random() * 9)}`
      : null,
    'mother.name': mother.name,
    'mother.phones': mother.phone ? [mother.phone] : null,
    'mother.state': state(mother.away),
    'mother.work_place': mother.place,
    'mother.work_place_code': codeOf(mother.place),
    'carer.name': carer.name,
    'carer.relation': carer.relation,
    'carer.relation_words': carer.words,
    'carer.age': carer.age,
    'carer.phones': carer.phone ? [carer.phone] : null,
    'carer.health': carer.health,
    'carer.occupation': carer.job,
  }
  // Most couples leave together.
  flat['mother.away_since'] = mother.place ? (flat['father.away_since'] ?? `${year - 1}-03`) : null
  return { flat, born_on: born, sex: male ? 'male' : 'female' }
}

const villageFirst =
  '小暑 大雪 立春 谷雨 白露 清明 秋分 芒种 霜降 惊蛰 青竹 石桥 柳溪 梅岭 桃源 莲塘 松坪 枫林 月湖 云岭 南山 北坡 东岸 西渡 河湾'.split(
    ' ',
  )
const townshipFirst = '芦溪镇 麦田乡 双桥镇 石湾镇'.split(' ')

/** Names of invented villages: distinct inside a township. */
export function villageName(n: number): string {
  const round = Math.floor(n / villageFirst.length)
  return `${villageFirst[n % villageFirst.length]}${round === 0 ? '' : ['上', '下', '新', '老', '中'][(round - 1) % 5]}村`
}
export function townshipName(n: number): string {
  return townshipFirst[n % townshipFirst.length]!
}
