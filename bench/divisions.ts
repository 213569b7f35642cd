/**
 * Finding a place, per keystroke: every prefix (1–12 characters) of what people would type for 40 places drawn from the list by
 * a fixed seed, as 汉字, pinyin, initials, code and “县 村”, and the worst cases by hand. The floor is one lookup by primary key.
 * Budget: 50 ms per keystroke at the 99th percentile.
 */
import { searchDivisions } from '../server/src/units/divisions.ts'
import type { Queries } from '../server/src/units/divisions.ts'

export const name = 'divisions'

export type BenchResult = {
  name: string
  value: number
  unit: string
  floor: number
  ratio: number
  budget: number
  ok: boolean
  p95_ms: number
}

const BUDGET_MS = 50
const LONGEST_TYPED = 12

/** The most frequent letters and characters: the widest ranges of every index, and parts that hundreds of thousands contain. */
const WORST = ['x', 's', 'd', 'xi', 'sh', 'zh', 'xin', 'lj', 'xzc', '村', '社', '区', '家村', '社区', '村社区', '居委会', '新', '大', '新村', '4', '41', '3'] // prettier-ignore

/** Needs a database whose divisions are loaded. Deterministic: the same list gives the same keystrokes. */
export async function run({ db }: { db: Queries }): Promise<BenchResult[]> {
  const keystrokes = await keystrokesOf(db)
  const times: { q: string; ms: number }[] = []
  const floor: number[] = []
  for (const round of ['warm', 'measured']) {
    for (const { q, levels } of keystrokes) {
      const ms = await timed(() => searchDivisions(db, { q, ...(levels ? { levels } : {}) }))
      if (round === 'measured') times.push({ q, ms })
      const one = await timed(() =>
        db.rows('select code, name, level, path_name from divisions where code = $1', ['11']),
      )
      if (round === 'measured') floor.push(one)
    }
  }
  const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const slowest = times.toSorted((a, b) => b.ms - a.ms).slice(0, 5)
  console.error(
    `divisions: ${times.length} keystrokes, p50 ${at(0.5).toFixed(1)}, p95 ${at(0.95).toFixed(1)}, p99 ${at(0.99).toFixed(1)} ms; slowest ` +
      slowest.map(({ q, ms }) => `${q} ${ms.toFixed(1)}`).join(', '),
  )
  const floorMs = floor.toSorted((a, b) => a - b)[Math.floor(floor.length / 2)] ?? 0
  const p99 = at(0.99)
  return [
    {
      name: 'divisions.keystroke_p99',
      value: round2(p99),
      unit: 'ms',
      floor: round2(floorMs),
      ratio: round2(p99 / floorMs),
      budget: BUDGET_MS,
      ok: p99 < BUDGET_MS,
      p95_ms: round2(at(0.95)),
    },
  ]
}

async function keystrokesOf(db: Queries): Promise<{ q: string; levels?: number[] }[]> {
  const places = await db.rows<{ code: string; name: string; pinyin: string; initials: string; county: string }>(
    `select v.code, v.name, v.pinyin, v.initials, c.name as county from divisions v join divisions c on c.code = left(v.code, 6)
     where v.level >= 4 order by md5(v.code) limit 40`,
  )
  const typed = places.flatMap((place) => [
    place.name,
    place.pinyin,
    place.initials,
    place.code,
    `${place.county.slice(0, 2)} ${place.name}`,
    place.county + place.name,
  ])
  const prefixes = typed.flatMap((text) => {
    const characters = Array.from(text).slice(0, LONGEST_TYPED)
    return characters.map((_, n) => characters.slice(0, n + 1).join(''))
  })
  const worst = WORST.flatMap((q) => [{ q }, { q, levels: [3] }, { q, levels: [5] }])
  return [...[...new Set(prefixes)].map((q) => ({ q })), ...worst]
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

function round2(value: number): number {
  return Math.round(value * 100) / 100
}
