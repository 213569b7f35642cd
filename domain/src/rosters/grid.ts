// One sheet seen as a grid, with its merged ranges.

import { cleanText, foldText, saysDitto } from '../chinese_text.ts'
import { ethnicities } from '../values/ethnicity.ts'
import { sexes } from '../values/sex.ts'
import { readValue } from '../values/value.ts'
import { understandHead, type HeadMeaning } from './heads.ts'
import type { Cell, Merge, Row, Sheet } from './workbook.ts'

export interface Grid {
  readonly sheet: Sheet
  readonly rows: readonly Row[]
  /** The cell that is really there, not what a merge shows. */
  cell(row: number, column: number): Cell | undefined
  /** The merged range that covers a place. */
  merge(row: number, column: number): Merge | undefined
  /** Through merges: the cell a reader sees at this place. */
  seen(row: number, column: number): Cell | undefined
}

export function makeGrid(sheet: Sheet): Grid {
  const byNumber = new Map(sheet.rows.map((row) => [row.number, row]))
  const merges = indexMerges(sheet.merges)
  const cell = (row: number, column: number) => byNumber.get(row)?.cells.get(column)
  const merge = (row: number, column: number) =>
    merges.get(row)?.find((range) => range.left <= column && column <= range.right)
  return {
    sheet,
    rows: sheet.rows,
    cell,
    merge,
    seen(row, column) {
      const range = merge(row, column)
      return range ? cell(range.top, range.left) : cell(row, column)
    },
  }
}

// Merges of whole columns or of a padded template are bounded, a merged range is rarely higher than a village group.
function indexMerges(merges: readonly Merge[]): Map<number, Merge[]> {
  const index = new Map<number, Merge[]>()
  for (const merge of merges) {
    for (let row = merge.top; row <= Math.min(merge.bottom, merge.top + 2000); row++) {
      const list = index.get(row)
      if (list) list.push(merge)
      else index.set(row, [merge])
    }
  }
  return index
}

/** The text of a cell as stored; empty for a cell that only carries a comment. */
export function textOf(cell: Cell | undefined): string {
  return cell ? cleanText(cell.text) : ''
}

/** Rows that hold something to see. */
export function filledCells(row: Row): { column: number; cell: Cell; text: string }[] {
  const filled: { column: number; cell: Cell; text: string }[] = []
  for (const [column, cell] of row.cells) {
    const text = textOf(cell)
    if (text !== '' || cell.kind === 'error') filled.push({ column, cell, text })
  }
  return filled
}

const SURNAMES = new Set(
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代闫涂覃岳帅亓佘佟爱仉付谌岩苟迟敬税揭智邸战展由候泮粟仝',
)

/** 2 to 4 characters that begin with a surname, or a longer name with a middle dot. */
export function looksLikeName(text: string): boolean {
  const bare = text.replace(/[\s\u3000]/g, '').replace(/[(（][^)）]*[)）]$/, '')
  if (/^[\p{Script=Han}]{1,12}[·•・‧.．][\p{Script=Han}·•・‧.．]{1,20}$/u.test(bare)) return true
  return (
    /^\p{Script=Han}{2,4}$/u.test(bare) &&
    (SURNAMES.has(bare[0] ?? '') || /^(?:欧阳|司马|上官|诸葛|尉迟|公孙|令狐|皇甫|宇文|长孙|慕容|司徒|司空)/.test(bare))
  )
}

/** Values nobody writes as a head: numbers, dates, 男, 汉族, telephone and identity numbers, names, label：value. */
export function looksLikeData(cell: Cell, text: string): boolean {
  return isPlainlyData(cell, text) || (looksLikeName(text) && isNoHead(understandHead(text)))
}

/** The part of `looksLikeData` that needs no understanding, for judging every row of a long list. */
export function isPlainlyData(cell: Cell, text: string): boolean {
  if (cell.kind !== 'text' || text.length > 60 || /\d{5,}/.test(text)) return true
  const folded = foldText(text)
  return (
    /\d{5,}/.test(folded) ||
    /^\d{4}[-./年]\d{1,2}/.test(folded) ||
    /^\d+(?:\.\d+)?$/.test(folded) ||
    /[:：]./.test(text) ||
    readValue(sexes, folded) !== null ||
    readValue(ethnicities, folded) !== null ||
    saysDitto(text)
  )
}

function isNoHead(meaning: HeadMeaning): boolean {
  return meaning.owner === null && meaning.attributes.length === 0
}

/** A head good enough to count when rows are judged. */
export function isHead(text: string): boolean {
  const meaning = understandHead(text)
  return meaning.sure >= 0.5 && (meaning.attributes.length > 0 || meaning.owner !== null)
}
