import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { projectFolder, readConfig, secretKey } from './config.ts'

let place: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'nuanyang-config-'))
})
afterEach(() => rmSync(place, { recursive: true, force: true }))

test('an empty environment means: this computer only, port 8080, the folder data of the project', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: join(projectFolder, 'data'),
    databaseUrl: null,
    databaseOwnerUrl: null,
    publicUrl: null,
    trustProxy: false,
    tls: null,
    secretKeyGiven: null,
    scanCommand: null,
    logLevel: 'warn',
  })
})

test.each([
  ['PORT', '八零八零', /PORT 应当是 0 到 65535 之间的整数，现在是“八零八零”/],
  ['PORT', '70000', /PORT 应当是/],
  ['PORT', '80.5', /PORT 应当是/],
  ['DATABASE_URL', 'mysql://db/x', /DATABASE_URL 不是 PostgreSQL 的地址.*postgres:\/\/nuanyang_app/],
  ['DATABASE_OWNER_URL', 'postgres://a:b@db/x', /却没有设 DATABASE_URL/],
  ['PUBLIC_URL', 'nuanyang.example.cn', /PUBLIC_URL 应当只有协议和主机/],
  ['PUBLIC_URL', 'https://example.cn/care', /PUBLIC_URL 应当只有协议和主机/],
  ['TRUST_PROXY', 'the proxy', /TRUST_PROXY 应当是/],
  ['TLS_CERT', '/nowhere.pem', /TLS_CERT（证书文件）和 TLS_KEY（私钥文件）要一起设/],
  ['SECRET_KEY', 'short', /SECRET_KEY 应当是 32 字节的密钥.*openssl rand -base64 32/],
  ['LOG_LEVEL', 'loud', /LOG_LEVEL 只能是/],
])('%s=%s is refused with a sentence', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(sentence)
})

test.each([
  ['1', 1],
  ['true', true],
  ['false', false],
  ['10.0.0.5, 10.1.0.0/16', ['10.0.0.5', '10.1.0.0/16']],
])('TRUST_PROXY=%s', (value, meant) => {
  expect(readConfig({ TRUST_PROXY: value }).trustProxy).toEqual(meant)
})

test('a certificate that is none is named', () => {
  const file = join(place, 'cert.pem')
  writeFileSync(file, 'hello')
  expect(() => readConfig({ TLS_CERT: file, TLS_KEY: file })).toThrow('不是 PEM 格式')
  expect(() => readConfig({ TLS_CERT: join(place, 'none'), TLS_KEY: file })).toThrow('读不出来')
})

test('the key is made once, closed to others, and never changes under sealed values', () => {
  const made = secretKey({ dataDir: place, secretKeyGiven: null })
  expect(made.length).toBe(32)
  expect(statSync(join(place, 'secret.key')).mode & 0o777).toBe(0o600)
  expect(secretKey({ dataDir: place, secretKeyGiven: null }).equals(made)).toBe(true)
  expect(() => secretKey({ dataDir: place, secretKeyGiven: Buffer.alloc(32, 1) })).toThrow('再也打不开')
  writeFileSync(join(place, 'secret.key'), readFileSync(join(place, 'secret.key')).subarray(0, 10))
  expect(() => secretKey({ dataDir: place, secretKeyGiven: null })).toThrow('应当是 32 字节')
})
