// A county's worth of one roster: 20,000 rows of .xlsx through the product's own way, against a streaming read and COPY of every row it
// wrote into the same indexed tables.
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import exceljs from 'exceljs'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { randomOf, villageChildren } from '../server/src/demo/people.ts'
import { onDatabase, withClient } from '../server/src/kernel/roles.ts'
import { openWorkbook } from '../server/src/imports/workbook.ts'
import { send } from './load.ts'
import { startServer, type Bench, type Result, type Server } from './harness.ts'

const heads = ['村民组', '姓名', '性别', '身份证号', '出生日期', '家庭住址', '就读学校', '年级', '班级', '是否寄宿', '身体情况', '监护人姓名', '与儿童关系', '监护人年龄', '监护人电话', '父亲姓名', '父亲务工地点', '父亲电话', '母亲姓名', '母亲务工地点', '母亲电话', '备注'] // prettier-ignore

/** Deterministic; made once and kept beside the seed. */
export async function rosterFile(bench: Bench, rows: number): Promise<string> {
  const path = join(bench.place.dataDir, `roster-${rows}.xlsx`)
  if (existsSync(path)) return path
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: `${path}.half` })
  const sheet = book.addWorksheet('花名册')
  sheet.addRow([`大雪村留守儿童花名册（${new Date().getFullYear()}年9月）`]).commit()
  sheet.addRow(heads).commit()
  // Another region and seed than the seeded counties: every row is new. Written as people write and without namesakes born on the same
  // day, so it leaves nothing to ask.
  const seen = new Set<string>()
  const words: Record<string, string> = { male: '男', female: '女', healthy: '健康', ill: '患病', k1: '小班', k2: '中班', k3: '大班' } // prettier-ignore
  for (const { flat } of villageChildren(
    randomOf(77),
    '大雪村',
    '991050',
    rows,
    new Date().toISOString().slice(0, 10),
    0,
  )) {
    if (seen.has(`${String(flat.name)}${String(flat.born_on)}`)) continue
    seen.add(`${String(flat.name)}${String(flat.born_on)}`)
    const text = (value: unknown) =>
      Array.isArray(value)
        ? value.join('、')
        : typeof value === 'string'
          ? (words[value] ?? value)
          : typeof value === 'boolean'
            ? value
              ? '是'
              : '否'
            : (value as number | null)
    sheet
      .addRow(
        [
          flat.villager_group,
          flat.name,
          flat.sex,
          flat.identity_no,
          flat.born_on,
          flat.address,
          flat.school_name,
          flat.grade,
          flat.class_number,
          flat.boarding,
          flat.health,
          flat['carer.name'],
          flat['carer.relation_words'],
          flat['carer.age'],
          flat['carer.phones'],
          flat['father.name'],
          flat['father.work_place'],
          flat['father.phones'],
          flat['mother.name'],
          flat['mother.work_place'],
          flat['mother.phones'],
          null,
        ].map(text),
      ) // prettier-ignore
      .commit()
  }
  await book.commit()
  renameSync(`${path}.half`, path)
  return path
}

const written = ['children', 'identity_numbers', 'adults', 'phones', 'child_units', 'enrolments', 'parent_spells', 'care_spells', 'health_facts', 'changes', 'import_rows'] // prettier-ignore

export async function benchImport(bench: Bench): Promise<Result[]> {
  const rows = bench.small ? 400 : 20_000
  const file = await rosterFile(bench, rows)
  const urls = await bench.place.clone()
  const server = await startServer(bench.place, urls)
  const headers = await server.as('child_director')
  const begun = performance.now()
  const id = await upload(server, headers, file)
  await until(server, headers, id, 'ready')
  await answerAll(server, headers, id)
  const { version } = await look(server, headers, id)
  await post(server, headers, `/api/imports/${id}/apply`, { version })
  const applied = await until(server, headers, id, 'applied')
  const product = (performance.now() - begun) / 1000
  const { peak_mb } = await server.memory()
  await server.stop()
  bench.say(`imports: ${rows} 行，新增 ${applied.totals?.create ?? 0}，${product.toFixed(1)} 秒`)
  // COPY does not work under row security, so the floor is the superuser's.
  const floor = await copyFloor(bench, onDatabase(bench.place.superUrl, 'bench'), file, id)
  return [
    bench.result('imports.large', { value: product, unit: '秒', floor, ratio: product / floor }),
    bench.result('imports.memory_mb', { value: peak_mb, unit: 'MB' }),
  ]
}

const agent = new Agent({ keepAlive: true })

async function upload(server: Server, headers: Record<string, string>, file: string): Promise<string> {
  const edge = '----bench'
  const body = Buffer.concat([
    Buffer.from(
      `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="roster.xlsx"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    readFileSync(file),
    Buffer.from(`\r\n--${edge}--\r\n`),
  ])
  const answer = await send(agent, server.port, {
    method: 'POST',
    path: '/api/imports',
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${edge}` },
    body: body as never,
  })
  return (JSON.parse(answer) as { id: string }).id
}

interface Look {
  state: string
  version: number
  failure: string | null
  totals: { create: number } | null
  questions: { id: string; proposed: string | null; choices: string[]; answer?: string }[]
}
const look = async (server: Server, headers: Record<string, string>, id: string) =>
  JSON.parse(await send(agent, server.port, { method: 'GET', path: `/api/imports/${id}`, headers })) as Look
const post = (server: Server, headers: Record<string, string>, path: string, body: object) =>
  send(agent, server.port, { method: 'POST', path, headers, body: JSON.stringify(body) })

async function until(server: Server, headers: Record<string, string>, id: string, state: string): Promise<Look> {
  for (let tries = 0; tries < 3000; tries++) {
    const found = await look(server, headers, id)
    if (found.state === state) return found
    if (found.state === 'failed') throw new Error(found.failure ?? 'failed')
    await new Promise((done) => setTimeout(done, 250))
  }
  throw new Error(`the import never became ${state}`)
}

async function answerAll(server: Server, headers: Record<string, string>, id: string): Promise<void> {
  for (;;) {
    const open = (await look(server, headers, id)).questions.find((q) => q.answer === undefined)
    if (!open) return
    await post(server, headers, `/api/imports/${id}/answer`, {
      question_id: open.id,
      choice: open.proposed ?? open.choices[0] ?? null,
    })
    await until(server, headers, id, 'ready')
  }
}

/** Reads the file once as the product does, then copies out what the import wrote, removes it, and times copying it in again. */
async function copyFloor(bench: Bench, superUrl: string, file: string, importId: string): Promise<number> {
  const begun = performance.now()
  await openWorkbook(file)
  const read = performance.now() - begun
  const ids = `(select id from children where import_id = '${importId}')`
  const of = (whose: string) =>
    `select adult_id from parent_spells where child_id ${whose} ${ids} union select adult_id from care_spells where child_id ${whose} ${ids}`
  // Whoever belongs to a child that was there before stays.
  const adults = `(select adult_id from (${of('in')}) as a where adult_id is not null and adult_id not in (select adult_id from (${of('not in')}) as b where adult_id is not null))`
  const which: Record<string, string> = {
    children: `id in ${ids}`,
    adults: `id in ${adults}`,
    phones: `adult_id in ${adults}`,
    identity_numbers: `child_id in ${ids}`,
    import_rows: `import_id = '${importId}'`,
  }
  const copied = new Map<string, Buffer>()
  const columns = new Map<string, string>()
  let writing = 0
  await withClient(superUrl, async (client) => {
    for (const table of written) {
      const found = await client.query<{ list: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
        [table],
      )
      columns.set(table, found.rows[0]!.list)
      const parts: Buffer[] = []
      const out = new PassThrough().on('data', (part: Buffer) => parts.push(part))
      await pipeline(
        client.query(
          copyTo(
            `copy (select ${columns.get(table)} from ${table} where ${which[table] ?? `child_id in ${ids}`}) to stdout`,
          ),
        ),
        out,
      )
      copied.set(table, Buffer.concat(parts))
    }
    await client.query('begin')
    await client.query('set constraints all deferred')
    const order = [
      'import_rows',
      'changes',
      'health_facts',
      'care_spells',
      'parent_spells',
      'enrolments',
      'child_units',
      'phones',
      'identity_numbers',
    ]
    const saved = new Map(order.map((table) => [table, which[table] ?? `child_id in ${ids}`]))
    await client.query(`create temporary table gone_adults as ${adults.slice(1, -1)}`)
    for (const table of order)
      await client.query(
        `delete from ${table} where ${table === 'phones' ? 'adult_id in (select adult_id from gone_adults)' : saved.get(table)}`,
      )
    await client.query(`delete from children where import_id = '${importId}'`)
    await client.query(`delete from adults where id in (select adult_id from gone_adults)`)
    await client.query('commit')
    const start = performance.now()
    await client.query('begin')
    for (const table of ['adults', 'children', ...order.toReversed()]) {
      const into = client.query(copyFrom(`copy ${table} (${columns.get(table)}) from stdin`))
      await pipeline([copied.get(table)!], into)
    }
    await client.query('commit')
    writing = performance.now() - start
  })
  bench.say(`imports floor: 读 ${(read / 1000).toFixed(1)} 秒，COPY ${(writing / 1000).toFixed(1)} 秒`)
  return (read + writing) / 1000
}
