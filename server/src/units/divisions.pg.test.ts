import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dbOn } from '../kernel/db.ts'
import { testDatabase, type TestDatabase } from '../testing/database.ts'
import {
  divisionEdition,
  findDivisions,
  loadDivisions,
  searchDivisions,
  writtenInCode,
  type Queries,
} from './divisions.ts'
import { packDivisions } from './divisions.packing.ts'

const source = { source: '测试', version: '1', as_of: '2023-06-30', published_on: '2023-09-11', licence: 'MIT' }

/** An invented corner of the country, code, name and pinyin a line. */
const corner = `
99 云江省 yun jiang sheng
9901 云州市 yun zhou shi
990123 青禾县 qing he xian
990123001 城关街道 cheng guan jie dao
990123001016 小暑社区 xiao shu she qu
990123104 芦溪镇 lu xi zhen
990123104207 小暑村 xiao shu cun
990123104208 大暑村 da shu cun
990123104209 上小暑村 shang xiao shu cun
990123208 麦田乡 mai tian xiang
990123208203 小树村 xiao shu cun
990123208204 小暑沟村 xiao shu gou cun
990127 柳泉县 liu quan xian
990127106 双桥镇 shuang qiao zhen
990127106211 晓曙村 xiao shu cun
990127106212 小暑村 xiao shu cun
9902 白鹭市 bai lu shi
990200 白鹭市 bai lu shi
990200113 石湾镇 shi wan zhen
990200113219 筱墅村 xiao shu cun
9990 省直辖县级行政区划 sheng zhi xia xian ji xing zheng qu hua
999001 芦州市 lu zhou shi
999001100 安阳镇 an yang zhen
999001100201 阿牛村 a niu cun`

function pack(lines: string): Buffer {
  const facts = lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', name = '', ...syllables] = line.split(' ')
      return { code, name, syllables }
    })
  return packDivisions(source, facts)
}

let database: TestDatabase
let folder: string
let owner: pg.Client
let app: pg.Pool
let client: pg.PoolClient
let db: Queries

beforeAll(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'nuanyang-divisions-'))
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  app = new pg.Pool({ connectionString: database.appUrl })
  client = await app.connect()
  db = dbOn(client)
})

afterAll(async () => {
  client.release()
  await app.end()
  await owner.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})

function file(lines: string): string {
  const path = join(folder, `${lines.length}.bin`)
  writeFileSync(path, pack(lines))
  return path
}

async function find(q: string, more: { levels?: number[]; within?: string; limit?: number } = {}): Promise<string[]> {
  const { hits } = await searchDivisions(db, { q, ...more })
  return hits.map((hit) => `${hit.name} ${hit.code}`)
}

describe('before the list is there', () => {
  test('a search finds nothing and says that the list is being prepared', async () => {
    expect(await searchDivisions(db, { q: '小暑' })).toEqual({ hits: [], more: false, preparing_percent: 0 })
  })

  test('a damaged file is refused and leaves nothing behind; the next try works', async () => {
    const path = join(folder, 'damaged.bin')
    const whole = pack(corner)
    writeFileSync(path, whole.subarray(0, whole.length - 20))
    await expect(loadDivisions(owner, { file: path })).rejects.toThrow('全国区划没有装上')
    expect(await divisionEdition(db)).toBeNull()
    const told: number[] = []
    expect(
      await loadDivisions(owner, { file: file(corner), onProgress: (percent) => told.push(percent) }),
    ).toMatchObject({ loaded: true, rows: 24 })
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.at(-1)).toBe(100)
  })
})

describe('with the list', () => {
  test('a second start loads nothing; two processes at once load it once; another edition replaces it', async () => {
    expect(await loadDivisions(owner, { file: file(corner) })).toMatchObject({ loaded: false, rows: 24 })
    const second = new pg.Client({ connectionString: database.ownerUrl })
    await second.connect()
    const newer = file(`${corner}\n999001100202 新村 xin cun`)
    const both = await Promise.all([loadDivisions(owner, { file: newer }), loadDivisions(second, { file: newer })])
    expect(both.filter((result) => result.loaded)).toHaveLength(1)
    await second.end()
    expect(await find('新村')).toEqual(['新村 999001100202'])
    expect(await divisionEdition(db)).toMatchObject({ row_count: 25, as_of: '2023-06-30' })
    await loadDivisions(owner, { file: file(corner) })
    expect(await find('新村')).toEqual([])
  })

  test('the application may not change it', async () => {
    await expect(app.query("update divisions set name = 'x'")).rejects.toThrow('permission denied')
  })

  test.each([
    ['小暑村', ['小暑村 990123104207', '小暑村 990127106212', '上小暑村 990123104209']],
    [
      '小暑',
      [
        '小暑村 990123104207',
        '小暑村 990127106212',
        '小暑社区 990123001016',
        '小暑沟村 990123208204',
        '上小暑村 990123104209',
      ],
    ],
    ['小暑村村民委员会', ['小暑村 990123104207', '小暑村 990127106212', '上小暑村 990123104209']],
    [
      '暑',
      [
        '小暑村 990123104207',
        '大暑村 990123104208',
        '小暑村 990127106212',
        '小暑社区 990123001016',
        '上小暑村 990123104209',
        '小暑沟村 990123208204',
      ],
    ],
    ['暑沟', ['小暑沟村 990123208204']],
    ['xiaoshus', ['小暑社区 990123001016']],
    ['Xiao Shu Gou', ['小暑沟村 990123208204']],
    ['dsc', ['大暑村 990123104208']],
    ['an', ['安阳镇 999001100', '阿牛村 999001100201']],
    ['990123104207', ['小暑村 990123104207']],
    ['990123104207 ', ['小暑村 990123104207']],
    ['9902000000', ['白鹭市 9902', '白鹭市 990200']],
    ['990000', ['云江省 99']],
    ['青禾 小暑村', ['小暑村 990123104207', '上小暑村 990123104209']],
    ['柳泉县 小暑', ['小暑村 990127106212']],
    ['青禾 麦田 xsgc', ['小暑沟村 990123208204']],
    ['qinghe dashu', ['大暑村 990123104208']],
    ['qhx dsc', ['大暑村 990123104208']],
    ['990127 小', ['小暑村 990127106212']],
    ['芦溪镇小暑村', ['小暑村 990123104207']],
    ['云江省云州市青禾县芦溪镇小暑村', ['小暑村 990123104207']],
    ['青禾小暑沟', ['小暑沟村 990123208204']],
    ['luxixiaoshu', ['小暑村 990123104207']],
    ['省直辖', []],
    ['9990', ['芦州市 999001', '安阳镇 999001100']],
    ['没有这个村', []],
    ['%', []],
    ["'; drop table divisions", []],
    ['\u0000\ud800', []],
    ['', []],
  ])('%j finds %j', async (typed, places) => {
    expect(await find(typed)).toEqual(places)
  })

  test('sounds alike: every 小暑, 小树, 晓曙, 筱墅, exact ones first', async () => {
    expect(await find('xiaoshucun')).toEqual([
      '小暑村 990123104207',
      '小树村 990123208203',
      '晓曙村 990127106211',
      '小暑村 990127106212',
      '筱墅村 990200113219',
    ])
  })

  test('levels and an outer place narrow it; more says that there are more', async () => {
    expect(await find('l', { levels: [3] })).toEqual(['柳泉县 990127', '芦州市 999001'])
    expect(await find('xiaoshu', { within: '990127' })).toEqual(['晓曙村 990127106211', '小暑村 990127106212'])
    expect(await find('暑', { within: '990123104', levels: [5] })).toEqual([
      '小暑村 990123104207',
      '大暑村 990123104208',
      '上小暑村 990123104209',
    ])
    expect(await find('9', { levels: [5], limit: 2 })).toHaveLength(2)
    expect(await searchDivisions(db, { q: 'x', limit: 2 })).toMatchObject({ more: true, hits: [{}, {}] })
    expect(await searchDivisions(db, { q: 'xsgc', limit: 1 })).toMatchObject({ more: false })
  })

  test('a hit carries the path without paper levels and without a city repeated', async () => {
    const [cow, villa] = await findDivisions(db, ['999001100201', '990200113219', '000000'])
    expect(cow).toEqual({
      code: '999001100201',
      name: '阿牛村',
      level: 5,
      parent_code: '999001100',
      path_name: '云江省芦州市安阳镇',
    })
    expect(villa?.path_name).toBe('云江省白鹭市石湾镇')
  })
})

test('a place that the list lacks gets a code that two installations agree on', async () => {
  expect(await writtenInCode('9901', '高新区')).toBe('9901-gaoxinqu')
  expect(await writtenInCode('9901', '高新区', ['9901-gaoxinqu'])).toBe('9901-gaoxinqu2')
})

test(
  'the list of the country: complete, loaded in its order, every statement of a keystroke served by an index',
  { timeout: 120_000 },
  async () => {
    const { loaded, rows } = await loadDivisions(owner)
    expect({ loaded, rows }).toEqual({ loaded: true, rows: 665_276 })
    const levels = await db.rows('select level, count(*)::int as n from divisions group by 1 order by 1')
    expect(levels).toEqual([31, 342, 2_978, 41_352, 620_573].map((n, index) => ({ level: index + 1, n })))
    const [disorder] = await db.rows<{ n: number }>(
      `select count(*)::int as n from (select rank, lag(rank) over (order by ctid) as before from divisions where rank > 0) as t where before > rank`,
    )
    expect(disorder?.n).toBe(0)
    const orphans = await db.rows(
      'select d.code from divisions d left join divisions p on p.code = d.parent_code where d.level > 1 and p.code is null',
    )
    expect(orphans).toEqual([])

    const scans: string[] = []
    const explained: Queries = {
      async rows<T>(text: string, values: readonly unknown[] = []): Promise<T[]> {
        const { rows: plan } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values])
        scans.push(...plan.map((line) => line['QUERY PLAN']).filter((line) => /Seq Scan on divisions/.test(line)))
        return (await client.query(text, [...values])).rows as T[]
      },
    }
    for (const q of ['x', '村', 'lj', '4', '41', '新村', '江西 小', '芦溪镇小', 'xiaoshu', '360123']) {
      const { hits } = await searchDivisions(explained, { q })
      expect(hits.length, q).toBeGreaterThan(0)
    }
    expect(scans).toEqual([])
  },
)
