// Passwords: how they are kept, which are too weak, and the one-time ones that an administrator hands out.
import { hash, verify } from '@node-rs/argon2'
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { longestPassword, shortestPassword } from '@nuanyang/contract/accounts.ts'
import { pinyinOf } from '@nuanyang/domain/pinyin.ts'
import { invalid, problem } from '../kernel/problem.ts'

/** Argon2id as OWASP's password storage sheet asks at the least: 19 MiB, two passes, one lane. */
// 2 is Argon2id: the package's enum has no value at run time.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** More hashes at once than this would only make everybody wait, and each takes 19 MiB. */
const mostAtOnce = 24
let running = 0

async function counted<T>(work: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) throw problem('busy')
  running++
  try {
    return await work()
  } finally {
    running--
  }
}

export function hashPassword(password: string): Promise<string> {
  return counted(() => hash(fold(password), cost))
}

let dummy: Promise<string> | null = null

/**
 * Is this the password? Without an account the same work is done against a hash nobody knows the password of, so the time of the
 * answer does not tell whether a username exists.
 */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  dummy ??= hash(oneTimePassword(), cost)
  const against = kept?.startsWith('$argon2') ? kept : await dummy
  const right = await counted(() => verify(against, fold(password)))
  return right && against === kept
}

/** The same password whichever way a keyboard composes its letters. */
function fold(password: string): string {
  return password.normalize('NFKC')
}

/** Without the letters and digits that are taken for one another when read from paper: k7mp-3xwd-9rta, 59 bits. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
export function oneTimePassword(): string {
  const some = (n: number) => Array.from({ length: n }, () => letters[randomInt(letters.length)]).join('')
  return `${some(4)}-${some(4)}-${some(4)}`
}

export interface Weakness {
  zh: string
  en: string
}

/** Letters of a password; a Chinese character is worth two (six characters of a sentence are harder to guess than twelve letters). */
export function passwordLength(password: string): number {
  return Array.from(password).reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 2 : 1), 0)
}

/** Why a password cannot be used, or null. No rule about kinds of characters: length and being unguessable are what helps. */
export function weakness(password: string, who: { username: string; name: string }): Weakness | null {
  const length = passwordLength(password)
  if (length < shortestPassword)
    return {
      zh: `至少要 ${shortestPassword} 个字母或数字，汉字一个算两个，还差 ${shortestPassword - length} 个。可以用一句只有你知道的话。`,
      en: `At least ${shortestPassword} characters (a Chinese character counts as two); ${shortestPassword - length} more.`,
    }
  if (Array.from(password).length > longestPassword)
    return { zh: `最多 ${longestPassword} 个字。`, en: `At most ${longestPassword} characters.` }
  const plain = fold(password).toLowerCase()
  const own = ownWords(who).find((word) => plain.includes(word))
  if (own)
    return {
      zh: '里面有你的用户名、名字或名字的拼音，容易被猜到。请换一个。',
      en: 'It contains your username or your name. Choose another.',
    }
  if (isCommon(plain))
    return {
      zh: '这个密码很多人都在用，或者太有规律，一猜就中。请换一句只有你知道的话。',
      en: 'Too many people use this, or it follows a pattern. Choose something only you know.',
    }
  return null
}

/** Refuses a weak password under its field. */
export function refuseWeak(password: string, who: { username: string; name: string }, path = 'password'): void {
  const found = weakness(password, who)
  if (found) throw invalid({ path, ...found })
}

function ownWords({ username, name }: { username: string; name: string }): string[] {
  const reading = pinyinOf(name)
  return [username, name, reading.replaceAll(' ', '')]
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => (/\p{Script=Han}/u.test(word) ? Array.from(word).length >= 2 : word.length >= 3))
}

let common: Set<string> | null = null
function commonPasswords(): Set<string> {
  common ??= new Set(
    readFileSync(new URL('./common_passwords.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('#')),
  )
  return common
}

const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', 'qazwsxedcrfvtgbyhnujm', '1q2w3e4r5t6y7u8i9o0p'] // prettier-ignore
const runs = rows.flatMap((row) => [row, Array.from(row).toReversed().join('')])

/** In the list, or made only of listed words, runs of the keyboard, years and repetitions, with letters written as digits. */
function isCommon(plain: string): boolean {
  const list = commonPasswords()
  const spelt = plain.replace(/[\s._\-!?,，。！？@#*+]+/g, '')
  for (const form of new Set([plain, spelt, unleet(spelt)])) {
    if (list.has(form)) return true
    if (new Set(form).size <= 3) return true
    if (surprise(form, list) < 8) return true
  }
  return false
}

function unleet(text: string): string {
  return text.replace(
    /[0134578@$]/g,
    (one) => ({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', '@': 'a', $: 's' })[one] ?? one,
  )
}

/**
 * How many choices a guesser has, counted in letters: a listed word, a run of the keyboard, a year or what was said before counts
 * as two, anything else as itself. `qwer1234qwer1234` is 6, not 16.
 */
function surprise(text: string, list: ReadonlySet<string>): number {
  let score = 0
  for (let at = 0; at < text.length;) {
    const length = longestKnown(text, at, list)
    score += length ? 2 : /\p{Script=Han}/u.test(text[at]!) ? 2 : 1
    at += length || 1
  }
  return score
}

function longestKnown(text: string, at: number, list: ReadonlySet<string>): number {
  for (let length = Math.min(32, text.length - at); length >= 3; length--) {
    const part = text.slice(at, at + length)
    const known =
      list.has(part) ||
      runs.some((run) => run.includes(part)) ||
      new Set(part).size === 1 ||
      (length === 4 && /^(19|20)\d\d$/.test(part)) ||
      (length === 8 && /^(19|20)\d\d(0\d|1[0-2])[0-3]\d$/.test(part)) ||
      (length >= 4 && text.slice(0, at).includes(part))
    if (known) return length
  }
  return 0
}
