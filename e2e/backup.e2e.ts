// The command line as a person uses it: back up while people work, restore on another computer, go on.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { projectFolder } from '../server/src/kernel/config.ts'
import { attachEmbedded } from '../server/src/kernel/postgres.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { newDataDir, settledDataDir, startServer } from './server.ts'

test.describe.configure({ timeout: 180_000 })

function nuanyang(dataDir: string, ...words: string[]): { code: number; said: string } {
  const ran = spawnSync(join(projectFolder, 'bin', 'nuanyang.js'), words, {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    encoding: 'utf8',
  })
  return { code: ran.status ?? 1, said: `${ran.stdout}${ran.stderr}` }
}

test('a backup made while the server runs is restored into an empty folder, and never over another', async () => {
  const here = await settledDataDir()
  const there = newDataDir()
  const file = join(here, '..', '暖阳 备份.tar')
  const words = join(here, '..', 'passphrase')
  writeFileSync(words, '荷塘月色二〇二六\n', { mode: 0o600 })
  try {
    const server = await startServer({ dataDir: here })
    await withClient(attachEmbedded(here)!.ownerUrl, (client) =>
      client.query(`insert into house values ('note', '龘𠮷')`),
    )
    const made = nuanyang(here, 'backup', file, '--passphrase-file', words)
    expect(made.said).toContain('备份好了')
    expect(made.code).toBe(0)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(nuanyang(here, 'backup', file, '--passphrase-file', words).said).toContain('已经存在，不会覆盖它')
    expect(nuanyang(here, 'restore', file, '--passphrase-file', words).code).toBe(1)
    expect(nuanyang(here, 'doctor').said).toContain('项正常')
    await server.stop()

    writeFileSync(`${words}.wrong`, '另一个口令八个字\n')
    const wrong = nuanyang(there, 'restore', file, '--passphrase-file', `${words}.wrong`)
    expect(wrong.said).toContain('口令不对')
    expect(existsSync(join(there, 'postgres.json'))).toBe(false)

    const restored = nuanyang(there, 'restore', file, '--passphrase-file', words)
    expect(restored.said).toContain('恢复好了')
    expect(restored.code).toBe(0)
    const again = await startServer({ dataDir: there })
    expect(await fetch(`${again.url}/readyz`).then(({ status }) => status)).toBe(200)
    const { rows } = await withClient(attachEmbedded(there)!.ownerUrl, (client) =>
      client.query<{ value: string }>(`select value from house where key = 'note'`),
    )
    expect(rows).toEqual([{ value: '龘𠮷' }])
    await again.stop()
  } finally {
    for (const folder of [here, there]) rmSync(join(folder, '..'), { recursive: true, force: true })
  }
})

test('the help lists commands that exist, and what is typed wrong is said', () => {
  const { said } = nuanyang('/nowhere', '--help')
  for (const name of ['start', 'worker', 'migrate', 'import', 'plan', 'backup', 'restore', 'doctor'])
    expect(said).toContain(`nuanyang ${name}`)
  expect(nuanyang('/nowhere', 'bakcup').said).toContain('没有“bakcup”这个命令')
  expect(nuanyang('/nowhere', 'backup').said).toContain('请说出一个文件名')
  expect(nuanyang('/nowhere', 'backup', 'a', '--loud').said).toContain('看不懂这个命令')
})
