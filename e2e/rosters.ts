// The rosters of the main days. A folder `../shared/samples/rosters` beside the project is used where there is one; everywhere else
// invented tables of the same kinds are written here, with the habits of the field: merged titles, 小计, 同上, siblings under one carer.
import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { projectFolder } from '../server/src/kernel/config.ts'

export interface Roster {
  path: string
  file_name: string
  /** Names of the children that get a file, in the order of the table. */
  names: string[]
}

const samples = join(projectFolder, '..', 'shared', 'samples', 'rosters')
const folder = () => mkdtempSync(join(realpathSync(tmpdir()), 'nuanyang-rosters-'))

/** The sample of that name with the children its report says, else the invented table. */
async function sampleOr(name: string, own: () => Promise<Roster>): Promise<Roster> {
  const path = join(samples, name)
  const report = path.replace(/\.\w+$/, '.expected.json')
  if (!existsSync(path) || !existsSync(report)) return own()
  const { rows } = JSON.parse(readFileSync(report, 'utf8')) as {
    rows: { action: string; child: { name: string } | null }[]
  }
  return {
    path,
    file_name: basename(path),
    names: rows.filter((row) => row.action === 'create').map((row) => row.child!.name),
  }
}

export const villageLedger = (): Promise<Roster> => sampleOr('01-village-ledger.xlsx', ownVillageLedger)
export const schoolClasses = (): Promise<Roster> => sampleOr('03-school-classes.xlsx', ownSchoolClasses)
export const schoolRegister = (): Promise<Roster> => sampleOr('04-xueji-71-columns.xlsx', ownSchoolRegister)
export const communityGrid = (): Promise<Roster> => sampleOr('07-community-grid.et', ownCommunityGrid)

/** A full identity number for an invented child: sequence digits 900–999 are given to nobody. */
export function inventedNumber(area: string, born_on: string, sequence: number): string {
  const first = `${area}${born_on.replaceAll('-', '')}${sequence}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number(first[at]), 0)
  return `${first}${'10X98765432'[sum % 11]}`
}

const families = [
  ['祝', '祝长河', '莫彩霞', '一组'], ['谷', '谷春生', '焦玉兰', '一组'], ['苗', '苗得水', '卞秀英', '二组'],
  ['桑', '桑海平', '阮桂香', '二组'], ['甘', '甘有田', '柴巧云', '三组'], ['麦', '麦大川', '栾凤琴', '三组'],
] as const // prettier-ignore
const given = ['小满', '夏至', '白露', '雨水', '立秋', '清明', '春分', '小雪', '谷雨', '寒露', '芒种', '惊蛰']

export interface Invented {
  name: string
  sex: '男' | '女'
  born_on: string
  id_no: string
  group: string
  grade: number
  father: string
  father_phone: string
  carer: string
  carer_phone: string
  work_place: string
}

/** Two children of each of six families: the same people in every invented table, so that village and school meet. */
export const invented: readonly Invented[] = families.flatMap(([surname, father, carer, group], family) =>
  [0, 1].map((nth) => {
    const at = family * 2 + nth
    const born_on = `${2014 + (at % 6)}-0${1 + (at % 9)}-${10 + at}`
    return {
      name: `${surname}${given[at]}`,
      sex: at % 2 === 0 ? ('女' as const) : ('男' as const),
      born_on,
      id_no: inventedNumber('360123', born_on, at % 2 === 0 ? 900 + at * 2 : 901 + at * 2),
      group,
      grade: 6 - (at % 6),
      father,
      father_phone: `1930000${String(1000 + family)}`,
      carer,
      carer_phone: `1910000${String(2000 + family)}`,
      work_place: ['广东省东莞市', '浙江省宁波市', '上海市松江区'][family % 3]!,
    }
  }),
)

/** Last year's ledger of a village: merged title, groups and carers merged over siblings, 同上, subtotals, a line for signatures. */
export async function ownVillageLedger(): Promise<Roster> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('留守儿童台账')
  sheet.addRow(['留守儿童信息台账'])
  sheet.mergeCells('A1:L1')
  sheet.addRow(['填报单位：村民委员会', '', '', '', '', '', '', '', '填报日期：2026年9月'])
  sheet.addRow([
    '序号',
    '村民组',
    '姓名',
    '性别',
    '出生年月',
    '身份证号',
    '年级',
    '父亲姓名',
    '父亲联系电话',
    '务工地点',
    '监护人姓名',
    '监护人电话',
  ])
  for (const [at, child] of invented.entries()) {
    const second = at % 2 === 1
    sheet.addRow([
      at + 1,
      second ? '' : child.group,
      child.name,
      child.sex,
      // One habit of the field asks a question: is 2014.1 January or October?
      at === 0 ? '2014.1' : child.born_on.slice(0, 7).replace('-', '.'),
      at === 0 ? '' : child.id_no,
      `${'一二三四五六'[child.grade - 1]}年级`,
      child.father,
      child.father_phone,
      second ? '同上' : child.work_place,
      second ? '' : child.carer,
      second ? '' : child.carer_phone,
    ])
    const row = sheet.rowCount
    if (second) for (const column of ['B', 'K', 'L']) sheet.mergeCells(`${column}${row - 1}:${column}${row}`)
  }
  sheet.addRow(['合计', '', `${invented.length}人`])
  sheet.addRow(['填表人：', '', '', '', '审核人：'])
  return write(
    book,
    '村留守儿童台账.xlsx',
    invented.map((child) => child.name),
  )
}

export const movedOn = { child: invented[3]!.name, work_place: '湖南省长沙市' }

/** A school's workbook with a sheet for each class; the class stands in the name of the sheet only. */
export async function ownSchoolClasses(): Promise<Roster> {
  const book = new ExcelJS.Workbook()
  const names: string[] = []
  for (const grade of [1, 2, 3, 4, 5, 6]) {
    const sheet = book.addWorksheet(`${'一二三四五六'[grade - 1]}年级(1)班`)
    sheet.addRow(['留守学生花名册'])
    sheet.mergeCells('A1:I1')
    sheet.addRow(['序号', '姓名', '性别', '出生日期', '身份证号', '父亲姓名', '父亲电话', '父亲务工地点', '监护人'])
    for (const [at, child] of invented.filter((each) => each.grade === grade).entries()) {
      // One father has moved on, and the school heard of it first.
      const work_place = child.name === movedOn.child ? movedOn.work_place : child.work_place
      sheet.addRow([
        at + 1, child.name, child.sex, child.born_on, child.id_no, child.father, child.father_phone, work_place, child.carer,
      ]) // prettier-ignore
      names.push(child.name)
    }
  }
  return write(book, '留守学生花名册.xlsx', names)
}

/** The export of the pupil register: coded 留守, two family members whose relation decides who they are. */
export async function ownSchoolRegister(): Promise<Roster> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('三年级')
  sheet.addRow([
    '姓名', '性别', '出生日期', '身份证件号', '民族', '现住址', '年级', '班级', '是否留守儿童', '是否寄宿',
    '成员1姓名', '成员1关系', '成员1联系电话', '成员2姓名', '成员2关系', '成员2联系电话',
  ]) // prettier-ignore
  const third = invented.filter((each) => each.grade === 3)
  for (const child of third)
    sheet.addRow([
      child.name, child.sex, child.born_on.replaceAll('-', ''), child.id_no, '汉族', `${child.group}`, '三年级', '1班',
      '是', '否', child.father, '父亲', child.father_phone, child.carer, '祖母', child.carer_phone,
    ]) // prettier-ignore
  return write(
    book,
    '学籍信息.xlsx',
    third.map((child) => child.name),
  )
}

/** A community's ledger in the old binary format: old people and women stand among the children and are none. */
export async function ownCommunityGrid(): Promise<Roster> {
  const lines: (string | number)[][] = [
    ['社区留守人员台账'],
    ['序号', '所属网格', '姓名', '性别', '出生日期', '身份证号', '留守类型', '监护人', '监护人关系', '监护人电话'],
  ]
  for (const [at, child] of invented.entries())
    lines.push([
      at + 1, `第${1 + (at % 3)}网格`, child.name, child.sex, child.born_on, child.id_no, '03儿童', child.carer, '祖母', child.carer_phone,
    ]) // prettier-ignore
  lines.push([13, '第1网格', '祝老根', '男', '1951-03-02', '', '01老人', '', '', ''])
  lines.push([14, '第2网格', '焦玉兰', '女', '1957-08-19', '', '02妇女', '', '', ''])
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(lines), '留守人员')
  const path = join(folder(), '社区留守人员台账.xls')
  XLSX.writeFile(book, path, { bookType: 'biff8' })
  return { path, file_name: basename(path), names: invented.map((child) => child.name) }
}

/** A ledger so large that reading and writing it takes a while. */
export async function largeLedger(children: number): Promise<Roster> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('台账')
  sheet.addRow(['全镇留守儿童台账（2026年9月）'])
  sheet.addRow(['姓名', '性别', '身份证号', '父亲姓名', '父亲联系电话', '监护人姓名', '监护人电话', '备注'])
  const names: string[] = []
  for (let at = 0; at < children; at += 1) {
    const digits = Array.from(String(at).padStart(4, '0'), (digit) => '春夏秋冬山水花鸟云月'.charAt(Number(digit)))
    const name = `禾${digits.slice(0, 2).join('')}${digits.slice(2).join('')}`
    // Area, birthday and sequence together stand for one child only.
    const born_on = `${2011 + (Math.floor(at / 540) % 8)}-0${1 + (at % 9)}-${10 + (at % 18)}`
    names.push(name)
    sheet.addRow([
      name, at % 2 ? '男' : '女', inventedNumber(`36012${3 + (Math.floor(at / 90) % 6)}`, born_on, 910 + (at % 90)),
      `禾父${at}`, `1920${String(at).padStart(7, '0')}`, `禾奶${at}`, `1940${String(at).padStart(7, '0')}`, '',
    ]) // prettier-ignore
  }
  return write(book, `台账${children}人.xlsx`, names)
}

async function write(book: ExcelJS.Workbook, file_name: string, names: string[]): Promise<Roster> {
  const path = join(folder(), file_name)
  await book.xlsx.writeFile(path)
  return { path, file_name, names }
}
