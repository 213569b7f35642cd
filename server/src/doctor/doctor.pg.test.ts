import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../kernel/config.ts'
import { checkWall } from '../kernel/roles.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import { checkComputer, examine, type Finding } from './doctor.ts'

let here: TestApp
let place: string
beforeAll(async () => {
  here = await testApp()
  place = mkdtempSync(join(tmpdir(), 'nuanyang-doctor-'))
})
afterAll(async () => {
  await here.close()
  rmSync(place, { recursive: true, force: true })
})

const url = (pool: TestApp['owner']) => (pool.options as { connectionString: string }).connectionString
const look = () => examine(url(here.parts.pool), url(here.owner), { dataDir: here.parts.house.dataDir })
const bad = (findings: Finding[]) => findings.filter((one) => one.state === 'bad').map((one) => one.says)

test('a whole house has nothing to mend, but says that nobody has an account and nothing was backed up', async () => {
  // The test server runs without fsync, and doctor must notice.
  expect(bad(await look())).toEqual(['数据库关了 fsync，停电会丢数据。请让管理员打开它。'])
  expect((await look()).at(-1)!.says).toContain('还没有帐号')
  const county = await here.make.county()
  await here.make.account('child_director', county.village)
  expect((await look()).at(-1)!.says).toContain('还没有备份过')
})

test('a breach of the second wall is named, and a start refuses', async () => {
  await here.owner.query('alter table children no force row level security')
  await here.owner.query('grant update on audit to nuanyang_app')
  try {
    const says = bad(await look()).join()
    expect(says).toContain('表 children 没有强制行级安全')
    expect(says).toContain('应用能改动审计')
    await expect(checkWall(url(here.parts.pool))).rejects.toThrow('拒绝启动')
  } finally {
    await here.owner.query('alter table children force row level security')
    await here.owner.query('revoke update on audit from nuanyang_app')
  }
  await checkWall(url(here.parts.pool))
})

test('a file whose bytes are gone is named', async () => {
  const county = await here.make.county('990777')
  await here.owner.query(
    `insert into files (tenant_id, id, owner_type, owner_id, field_group, sha256, bytes, media, file_name, created_at)
     values ($1, $2, 'unit', $3, 'photo', $4, 3, 'image/png', '门牌.png', $5)`,
    [county.tenant_id, newId(), county.village.id, 'a'.repeat(64), here.time.now],
  )
  expect(bad(await look()).join()).toContain('有 1 个文件不见了（如 门牌.png）')
  await here.owner.query('delete from files')
})

test('open secrets, plain text on the network, and a scanner that is missing', async () => {
  const dataDir = join(place, 'data')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'secret.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`)
  chmodSync(join(dataDir, 'secret.key'), 0o644)
  const findings = await checkComputer(
    readConfig({ DATA_DIR: dataDir, HOST: '0.0.0.0', SCAN_COMMAND: 'no-such-scanner --fast' }),
  )
  expect(bad(findings).join()).toContain(`chmod 600 ${join(dataDir, 'secret.key')}`)
  expect(bad(findings).join()).toContain('no-such-scanner 不存在')
  expect(
    findings
      .filter((one) => one.state === 'care')
      .map((one) => one.says)
      .join(),
  ).toContain('没有加密')
})
