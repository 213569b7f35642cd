import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import { Sentence } from '../kernel/sentence.ts'

/** SECRET_KEY in a backup: without the passphrase the archive's sealed settings and look-ups cannot be used by whoever finds it. */
export interface Sealed {
  kdf: 'scrypt'
  cost: number
  block: number
  parallel: number
  cipher: 'aes-256-gcm'
  /** base64 */
  salt: string
  nonce: string
  tag: string
  sealed: string
}

/** 128 MB and about half a second a guess (RFC 7914 parameters of OWASP's list of 2025). */
const strength = { cost: 2 ** 17, block: 8, parallel: 1 }

export function sealKey(key: Buffer, passphrase: string): Sealed {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', derive(passphrase, salt, strength), nonce)
  const sealed = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    kdf: 'scrypt',
    ...strength,
    cipher: 'aes-256-gcm',
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    sealed: sealed.toString('base64'),
  }
}

/** Throws a sentence when the passphrase is another. */
export function unsealKey(box: Sealed, passphrase: string): Buffer {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  // A forged archive must not make us fill the memory.
  if (box.kdf !== 'scrypt' || box.cost > 2 ** 20 || box.block > 16 || box.parallel > 4)
    throw new Sentence('备份里的密钥不是暖阳封的，读不了。')
  const opened = createDecipheriv('aes-256-gcm', derive(passphrase, bytes(box.salt), box), bytes(box.nonce))
  opened.setAuthTag(bytes(box.tag))
  try {
    return Buffer.concat([opened.update(bytes(box.sealed)), opened.final()])
  } catch {
    throw new Sentence('口令不对：它打不开这份备份里的密钥。请用备份时设的那个口令；口令分大小写。')
  }
}

function derive(passphrase: string, salt: Buffer, { cost, block, parallel }: typeof strength): Buffer {
  // Typed on another keyboard the same characters must give the same key.
  const text = passphrase.normalize('NFKC')
  return scryptSync(text, salt, 32, { N: cost, r: block, p: parallel, maxmem: 256 * cost * block })
}
