// Usernames: compared folded, made from names.
import { pinyinOf } from '@nuanyang/domain/pinyin.ts'
import type { Db } from '../kernel/db.ts'

/** The form in which two usernames are the same: width, case and outer spaces do not tell people apart. */
export function foldUsername(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}

/** 李山 → lishan; a name without letters of its own → user. */
export function usernameOf(name: string): string {
  const letters = pinyinOf(name)
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 24)
  return letters.length >= 2 ? letters : 'user'
}

/** Of these folded usernames, the ones in use. Also every numbered relative of a base: lishan → lishan, lishan2 … */
export async function takenUsernames(db: Db, bases: readonly string[]): Promise<Set<string>> {
  const rows = await db.rows<{ username: string }>(
    `select lower(username) as username from accounts
      where lower(username) = any ($1::text[]) or regexp_replace(lower(username), '\\d+$', '') = any ($1::text[])`,
    [bases],
  )
  return new Set(rows.map((row) => row.username))
}

/** The base, or the base with the first free number from 2 on; the answer counts as taken afterwards. */
export function freeUsername(base: string, taken: Set<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? base : `${base}${n}`
    if (taken.has(candidate)) continue
    taken.add(candidate)
    return candidate
  }
}
