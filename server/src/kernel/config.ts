import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { explainFile, Sentence } from './sentence.ts'

/** The folder that holds package.json. */
export const projectFolder = fileURLToPath(new URL('../../../', import.meta.url))

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Everything the environment may say. This module is the only one that reads `process.env`. */
export interface Config {
  /** 0 means: any free port (used by tests). */
  port: number
  host: string
  /** absolute */
  dataDir: string
  /** null: the embedded PostgreSQL in `dataDir` */
  databaseUrl: string | null
  databaseOwnerUrl: string | null
  /** scheme and host that people type, without a slash at the end; null: made from host and port */
  publicUrl: string | null
  /** as Fastify's `trustProxy`: false, true, a number of hops, or a list of addresses */
  trustProxy: boolean | number | string[]
  tls: { certFile: string; keyFile: string } | null
  /** as given in the environment; null: the file in `dataDir` is used, see `secretKey()` */
  secretKeyGiven: Buffer | null
  /** a program that gets a file's path and exits 0 when the file is clean */
  scanCommand: string | null
  logLevel: LogLevel
}

type Env = Record<string, string | undefined>

/** Reads and checks the environment once. Every refusal is a `Sentence` that names the variable and an example. */
export function readConfig(env: Env = process.env): Config {
  const databaseUrl = postgresUrl(env, 'DATABASE_URL')
  const databaseOwnerUrl = postgresUrl(env, 'DATABASE_OWNER_URL')
  if (databaseOwnerUrl && !databaseUrl)
    throw new Sentence('设了 DATABASE_OWNER_URL，却没有设 DATABASE_URL。两个要一起设；都不设则使用自带的数据库。')
  return {
    port: port(env),
    host: text(env, 'HOST') ?? '127.0.0.1',
    dataDir: dataDir(env),
    databaseUrl,
    databaseOwnerUrl,
    publicUrl: publicUrl(env),
    trustProxy: trustProxy(env),
    tls: tls(env),
    secretKeyGiven: secretKeyGiven(env),
    scanCommand: text(env, 'SCAN_COMMAND'),
    logLevel: logLevel(env),
  }
}

function text(env: Env, name: string): string | null {
  const value = env[name]?.trim()
  return value ? value : null
}

function port(env: Env): number {
  const value = text(env, 'PORT') ?? '8080'
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535)
    throw new Sentence(`PORT 应当是 0 到 65535 之间的整数，现在是“${value}”。例如：PORT=8080 npm start`)
  return Number(value)
}

function dataDir(env: Env): string {
  const given = text(env, 'DATA_DIR')
  return given ? resolve(given) : join(projectFolder, 'data')
}

function postgresUrl(env: Env, name: string): string | null {
  const value = text(env, name)
  if (value === null) return null
  if (!/^postgres(ql)?:\/\/[^/@]+@?[^@]*$/.test(value) && !/^postgres(ql)?:\/\/.+@.*$/.test(value))
    throw new Sentence(
      `${name} 不是 PostgreSQL 的地址。它应当像这样：postgres://nuanyang_app:密码@数据库主机:5432/nuanyang`,
    )
  return value
}

function publicUrl(env: Env): string | null {
  const value = text(env, 'PUBLIC_URL')
  if (value === null) return null
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol) || new URL(value).pathname !== '/')
    throw new Sentence(`PUBLIC_URL 应当只有协议和主机，例如 https://nuanyang.example.cn，现在是“${value}”。`)
  return new URL(value).origin
}

function trustProxy(env: Env): Config['trustProxy'] {
  const value = text(env, 'TRUST_PROXY')
  if (value === null || /^(false|no|off|0)$/i.test(value)) return false
  if (/^(true|yes|on)$/i.test(value)) return true
  if (/^\d$/.test(value)) return Number(value)
  const addresses = value.split(',').map((part) => part.trim())
  if (
    addresses.every(
      (address) => /^[\da-f.:]+(\/\d{1,3})?$/i.test(address) || /^(loopback|linklocal|uniquelocal)$/.test(address),
    )
  )
    return addresses
  throw new Sentence(
    `TRUST_PROXY 应当是 true、代理的层数（如 1）或代理的地址（如 10.0.0.5,10.0.0.0/8），现在是“${value}”。`,
  )
}

function tls(env: Env): Config['tls'] {
  const certFile = text(env, 'TLS_CERT')
  const keyFile = text(env, 'TLS_KEY')
  if (certFile === null && keyFile === null) return null
  if (certFile === null || keyFile === null) throw new Sentence('TLS_CERT（证书文件）和 TLS_KEY（私钥文件）要一起设。')
  for (const [name, file] of [
    ['TLS_CERT', certFile],
    ['TLS_KEY', keyFile],
  ] as const)
    try {
      if (!readFileSync(file, 'utf8').includes('-----BEGIN'))
        throw new Sentence(`${name} 指向的 ${file} 不是 PEM 格式的文件（应以 -----BEGIN 开头）。`)
    } catch (error) {
      if (error instanceof Sentence) throw error
      throw new Sentence(`${name} 指向的文件读不出来：${file}。请检查路径和权限。`)
    }
  return { certFile, keyFile }
}

function secretKeyGiven(env: Env): Buffer | null {
  const value = text(env, 'SECRET_KEY')
  return value === null ? null : decodeKey(value, 'SECRET_KEY')
}

function decodeKey(value: string, where: string): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64')
  if (bytes.length !== 32)
    throw new Sentence(
      `${where} 应当是 32 字节的密钥（base64 或 64 位十六进制）。可以这样做一个：openssl rand -base64 32`,
    )
  return bytes
}

function logLevel(env: Env): LogLevel {
  const value = text(env, 'LOG_LEVEL') ?? 'warn'
  const known = logLevels.find((level) => level === value)
  if (known) return known
  throw new Sentence(`LOG_LEVEL 只能是 ${logLevels.join('、')} 之一，现在是“${value}”。`)
}

export function secretKeyFile(dataDir: string): string {
  return join(dataDir, 'secret.key')
}

/**
 * The 32 bytes that seal secrets of the settings and blind the look-up of identity numbers. Made at the first start, mode 0600.
 * A SECRET_KEY in the environment that differs from the file is refused: with another key every sealed value would be unreadable.
 */
export function secretKey(config: Pick<Config, 'dataDir' | 'secretKeyGiven'>): Buffer {
  const file = secretKeyFile(config.dataDir)
  if (existsSync(file)) {
    const kept = readKey(file)
    if (config.secretKeyGiven && !kept.equals(config.secretKeyGiven))
      throw new Sentence(
        `SECRET_KEY 与 ${file} 里保存的密钥不同。换了密钥，已加密的内容就再也打不开。请去掉 SECRET_KEY，或改成原来的值。`,
      )
    return kept
  }
  if (config.secretKeyGiven) return config.secretKeyGiven
  writeKey(file, randomBytes(32))
  return readKey(file)
}

function readKey(file: string): Buffer {
  try {
    return decodeKey(readFileSync(file, 'utf8').trim(), file)
  } catch (error) {
    if (error instanceof Sentence) throw error
    throw explainFile(error, file) ?? error
  }
}

/** Written whole or not at all: a half key after a power cut would look like another key. An existing key is never replaced. */
export function writeKey(file: string, key: Buffer): void {
  const half = `${file}.${process.pid}.half`
  try {
    const handle = openSync(half, 'w', 0o600)
    writeSync(handle, `${key.toString('base64')}\n`)
    fsyncSync(handle)
    closeSync(handle)
    linkSync(half, file)
  } catch (error) {
    if (!existsSync(file)) throw explainFile(error, file) ?? error
  } finally {
    rmSync(half, { force: true })
  }
}
