/**
 * Finding a place by typing. Runs on the reference table `divisions`, which has no row security, so its indexes serve.
 *
 * Order of the hits: the name exactly as typed, then names that begin with it, then names that contain it; inside each, higher
 * levels and shorter names first (`rank`). Every statement reads a bounded part of an index; bench/divisions.ts measures it.
 */
import type { DivisionAnswer, DivisionHit, DivisionSearch } from '@nuanyang/contract/divisions.ts'
import type { Db } from '../kernel/db.ts'
import { keyboardSyllable } from './divisions.names.ts'
import { loadingPercent } from './divisions.loading.ts'
import {
  codesMeant,
  gramsWanted,
  innermostPlaceGram,
  levelGram,
  parseQuery,
  prefixEnd,
  splits,
} from './divisions.query.ts'
import type { Term } from './divisions.query.ts'

export { loadDivisions, loadingPercent } from './divisions.loading.ts'

/** `ctx.db`: statements are named by the kernel, so PostgreSQL plans each once per connection. */
export type Queries = Pick<Db, 'rows'>

type Found = { code: string; sort: number }
type Scope = { levels: number[]; within: string[]; most: number }

const ALL_LEVELS = [1, 2, 3, 4, 5]
const UPPER_LEVELS = [1, 2, 3, 4]
/** Added to the rank of what is not exactly what was typed; ranks stay below 60,000,000. */
const PREFIXED = 100_000_000
const CONTAINED = 2 * PREFIXED
/** Fewer hits than this, and the input is also read as several places written together (江西南昌). */
const FEW = 5
/** Places taken as the outer part of “青禾 小暑”: enough for every 新华街道 that matters, few enough for one keystroke. */
const MOST_OUTER = 200
/** How many nested places one word without spaces may name: 省市县镇 + 村. */
const DEEPEST = 4

/** `$2` levels, `$3` codes of places to stay inside (empty: anywhere). `rank` carries the level (see the migration). */
const INSIDE = `rank > 0 and rank / 10000000 = any ($2::int[]) and ($3::text[] = '{}' or left(code, 2) = any ($3)
  or left(code, 4) = any ($3) or left(code, 6) = any ($3) or left(code, 9) = any ($3))`

/** Is the list ready, and which edition? Null until the first load has committed. */
export async function divisionEdition(
  db: Queries,
): Promise<{ edition: string; as_of: string; row_count: number } | null> {
  const rows = await db.rows<{ edition: string; as_of: string; row_count: number }>(
    'select edition, as_of::text as as_of, row_count from division_editions',
    [],
  )
  return rows[0] ?? null
}

/**
 * At most `limit` (20) places for what was typed so far. Never throws for odd input: it finds nothing.
 * While the list is being loaded for the first time, `preparing_percent` says how far it is.
 */
export async function searchDivisions(db: Queries, input: DivisionSearch): Promise<DivisionAnswer> {
  if ((await divisionEdition(db)) === null) return { hits: [], more: false, preparing_percent: loadingPercent() ?? 0 }
  const limit = input.limit ?? 20
  const scope: Scope = {
    levels: input.levels?.length ? input.levels : ALL_LEVELS,
    within: input.within === undefined ? [] : [input.within],
    most: limit + 1,
  }
  let found: Found[] = []
  for (const terms of parseQuery(input.q)) found = merge(found, await findTerms(db, terms, scope), scope.most)
  const hits = await hitsOf(db, found.slice(0, limit))
  return { hits, more: found.length > limit, preparing_percent: null }
}

/** The listed places with these codes, in the order of the codes; unknown codes are left out. */
export async function findDivisions(db: Queries, codes: readonly string[]): Promise<DivisionHit[]> {
  return hitsOf(
    db,
    codes.map((code) => ({ code, sort: 0 })),
  )
}

/**
 * The code of a place that the list lacks: its parent's code and its name in letters (3601 + 高新区 → 3601-gaoxinqu), so that two
 * installations agree on it. `taken` = written-in codes in use for other names; a second one gets a number.
 */
export async function writtenInCode(underCode: string, name: string, taken: readonly string[] = []): Promise<string> {
  const { pinyin } = await import('pinyin-pro')
  const letters = pinyin(name, { toneType: 'none', type: 'array' }).map(keyboardSyllable).join('').slice(0, 50)
  const code = `${underCode}-${letters || 'x'}`
  for (let n = 2; ; n++) {
    const candidate = n === 2 ? code : `${code}${n - 1}`
    if (!taken.includes(candidate)) return candidate
  }
}

async function findTerms(db: Queries, terms: readonly Term[], scope: Scope): Promise<Found[]> {
  const last = terms.at(-1)
  if (last === undefined) return []
  let within = scope.within
  for (const outer of terms.slice(0, -1)) {
    const places = await findOne(db, outer, { levels: UPPER_LEVELS, within, most: MOST_OUTER })
    if (places.length === 0) return []
    within = places.map((place) => place.code)
  }
  const inner = { ...scope, within }
  const found = await findOne(db, last, inner)
  if (found.length >= FEW) return found
  const joined = await findJoined(db, last, inner, DEEPEST)
  return merge(
    found,
    joined.map(({ code, sort }) => ({ code, sort: sort + PREFIXED })),
    scope.most,
  )
}

async function findOne(db: Queries, term: Term, scope: Scope): Promise<Found[]> {
  if (term.kind === 'code') return findByCode(db, term.text, scope)
  if (term.kind === 'letters') return findByLetters(db, term.text, scope)
  const prefixed = await findByPrefix(db, term.text, scope)
  if (prefixed.length >= scope.most) return prefixed
  return merge(prefixed, await findByFragment(db, term.text, scope), scope.most)
}

/**
 * Looks among levels 1–4 first. That is enough when only they are asked for, and when something short fills the list with them:
 * then the 70,000 villages in X need not be read.
 */
async function upperFirst(
  scope: Scope,
  short: boolean,
  find: (upper: string, scope: Scope) => Promise<Found[]>,
): Promise<Found[]> {
  const levels = scope.levels.filter((level) => level <= 4)
  const onlyUpper = levels.length === scope.levels.length
  if (onlyUpper || (short && levels.length > 0)) {
    const found = await find('level <= 4 and', { ...scope, levels })
    if (onlyUpper || found.length >= scope.most) return found
  }
  return find('', scope)
}

async function findByPrefix(db: Queries, text: string, scope: Scope): Promise<Found[]> {
  return upperFirst(scope, text.length === 1, (upper, { levels, within, most }) =>
    db.rows(
      `select code, case when name = $1 then 0 else ${PREFIXED} end + rank as sort from divisions
       where ${upper} name collate "C" >= $1 and name collate "C" < $5 and ${INSIDE} order by sort limit $4`,
      [text, levels, within, most, prefixEnd(text)],
    ),
  )
}

/** Level by level, because the highest come first and most searches end there. */
async function findByFragment(db: Queries, text: string, { levels, within, most }: Scope): Promise<Found[]> {
  let found: Found[] = []
  for (const level of levels.toSorted((a, b) => a - b)) {
    const rows = await db.rows<Found>(
      `select code, ${CONTAINED} + rank as sort from division_fragments($1, $2, $5, $3, $4)`,
      [[levelGram(level), ...gramsWanted(text)], text, within, most - found.length, within.map(innermostPlaceGram)],
    )
    found = [...found, ...rows]
    if (found.length >= most) break
  }
  return found
}

/** Whole pinyin and initials, each by its own index. 'an' is both 安… and 阿牛…: both are shown. */
async function findByLetters(db: Queries, text: string, scope: Scope): Promise<Found[]> {
  const found = await upperFirst(scope, text.length <= 2, (upper, { levels, within, most }) => {
    const by = (column: string) =>
      `(select code, case when ${column} = $1 then 0 else ${PREFIXED} end + rank as sort from divisions
        where ${upper} ${column} collate "C" >= $1 and ${column} collate "C" < $5 and ${INSIDE} order by sort limit $4)`
    // One letter is the first of the pinyin exactly when it is the first initial.
    const columns = text.length === 1 ? ['initials'] : ['pinyin', 'initials']
    return db.rows(columns.map(by).join(' union all '), [text, levels, within, most, prefixEnd(text)])
  })
  return merge([], found, scope.most)
}

/**
 * The place itself, then what lies in it. While fewer digits than a county's are typed only levels 1–4 are listed; asked for
 * villages alone, the first ones of the range.
 */
async function findByCode(db: Queries, digits: string, scope: Scope): Promise<Found[]> {
  const upperLevels = scope.levels.filter((level) => level <= 4)
  const early = digits.length < 6
  const levels = early && upperLevels.length > 0 ? upperLevels : scope.levels
  return upperFirst({ ...scope, levels }, false, (upper, { within, most }) =>
    db.rows(
      `(select code, rank as sort from divisions where ${upper} code = any ($5::text[]) and ${INSIDE} order by sort limit $4)
       union all
       (select code, ${PREFIXED} + rank as sort from divisions
        where ${upper} code >= $1 and code < $6 and code <> all ($5::text[]) and ${INSIDE}
        order by ${early && upper === '' ? 'code' : 'sort'} limit $4)
       order by sort limit $4`,
      [digits, levels, within, most, codesMeant(digits), nextCode(digits)],
    ),
  )
}

/** 芦溪镇小暑村: takes the longest listed place off the front and looks for the rest inside it, again if need be. */
async function findJoined(db: Queries, term: Term, scope: Scope, deepest: number): Promise<Found[]> {
  const ways = splits(term)
  if (ways.length === 0 || deepest === 0 || term.kind === 'code') return []
  const column = term.kind === 'han' ? 'name' : 'pinyin'
  const outer = await db.rows<{ code: string; called: string }>(
    `select code, ${column} as called from divisions
     where level <= 4 and ${column} collate "C" = any ($1::text[]) and ${INSIDE} order by rank limit $4`,
    [ways.flatMap((way) => way.names), UPPER_LEVELS, scope.within, MOST_OUTER],
  )
  for (const { names, rest } of ways) {
    const within = outer.filter((place) => names.includes(place.called)).map((place) => place.code)
    if (within.length === 0) continue
    const inner = { ...scope, within }
    // No fragments here: the rest of a path begins with the name.
    const found = rest.kind === 'han' ? await findByPrefix(db, rest.text, inner) : await findOne(db, rest, inner)
    if (found.length > 0) return found
    const deeper = await findJoined(db, rest, inner, deepest - 1)
    if (deeper.length > 0) return deeper
  }
  return []
}

async function hitsOf(db: Queries, found: readonly Found[]): Promise<DivisionHit[]> {
  if (found.length === 0) return []
  return db.rows(
    `select d.code, d.name, d.level, d.path_name, d.parent_code
     from unnest($1::text[]) with ordinality as wanted(code, n) join divisions d on d.code = wanted.code order by wanted.n`,
    [found.map(({ code }) => code)],
  )
}

/** One hit per place, best first. */
function merge(first: readonly Found[], second: readonly Found[], most: number): Found[] {
  const best = new Map<string, number>()
  for (const { code, sort } of [...first, ...second]) best.set(code, Math.min(sort, best.get(code) ?? Infinity))
  return [...best]
    .map(([code, sort]) => ({ code, sort }))
    .toSorted((a, b) => a.sort - b.sort)
    .slice(0, most)
}

/** The first text after every code that begins with these digits. Digits sort alike in every collation; ':' would not. */
function nextCode(digits: string): string {
  const trimmed = digits.replace(/9+$/, '')
  return trimmed === '' ? 'a' : trimmed.slice(0, -1) + String(Number(trimmed.at(-1)) + 1)
}
