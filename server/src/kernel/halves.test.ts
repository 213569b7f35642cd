import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sweepHalves } from './halves.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'nuanyang-halves-'))
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

test('what was on its way when the power went is gone an hour later; what arrives now and what is kept stay', async () => {
  await sweepHalves(dataDir)
  for (const folder of ['uploads', 'files/arriving', 'files/360123/ab'])
    mkdirSync(join(dataDir, folder), { recursive: true })
  const put = (path: string, minutes: number) => {
    writeFileSync(join(dataDir, path), '半张照片')
    const at = Date.now() / 1000 - minutes * 60
    utimesSync(join(dataDir, path), at, at)
    return path
  }
  const old = [put('uploads/a', 61), put('files/arriving/b', 3000)]
  const stays = [put('uploads/c', 5), put('files/arriving/d', 0), put('files/360123/ab/abcd', 90_000)]
  await sweepHalves(dataDir)
  expect([...old, ...stays].filter((path) => existsSync(join(dataDir, path)))).toEqual(stays)
})
