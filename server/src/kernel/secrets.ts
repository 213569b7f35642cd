import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'

/** What SECRET_KEY is used for; each use has a key of its own, so one leaked use does not open another. */
export interface Secrets {
  /** AES-256-GCM, base64url of nonce + tag + ciphertext. */
  seal(plain: string): string
  unseal(sealed: string): string
  /** Keyed hash by which a full number is found without an index over the number itself. */
  blind(value: string): string
}

export function makeSecrets(secretKey: Buffer): Secrets {
  const sealKey = Buffer.from(hkdfSync('sha256', secretKey, 'nuanyang', 'seal', 32))
  const blindKey = createSecretKey(Buffer.from(hkdfSync('sha256', secretKey, 'nuanyang', 'blind', 32)))
  return {
    seal(plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    blind: (value) => createHmac('sha256', blindKey).update(value).digest('base64url').slice(0, 22),
  }
}

/** Hash of a secret that is random already (session tokens, set-up codes): plain SHA-256 is enough. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
