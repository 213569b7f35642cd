// A child's marks against the child's own past: no class, no average, no place in a row.
import type { RecordRow } from '@nuanyang/contract/records.ts'

export interface OwnMark {
  record_id: string
  on: string
  /** As written: 83/100, 甲. */
  words: string
  /** 0…1; null where only a grade in words was given. */
  share: number | null
}
export interface OwnTrend {
  subject: string
  /** Oldest first. */
  marks: OwnMark[]
  /** The last against the one before; null while one of the two is no number. */
  turn: 'up' | 'same' | 'down' | null
}

interface MarkRow {
  subject?: string
  score?: number | null
  full?: number | null
  level?: string | null
}

/** From this part of the full marks on, a difference is one. */
const noticeable = 0.03

/** @param records of kind `progress`, in any order @param most so many marks of a subject, the newest */
export function ownTrends(records: readonly RecordRow[], most = 6): OwnTrend[] {
  const bySubject = new Map<string, OwnMark[]>()
  for (const record of records.toSorted((a, b) => (a.happened_on < b.happened_on ? -1 : 1)))
    for (const row of (record.fields['marks'] ?? []) as MarkRow[]) {
      const scored = typeof row.score === 'number'
      const words = [scored && (row.full ? `${row.score}/${row.full}` : String(row.score)), row.level].filter(Boolean)
      if (!row.subject || words.length === 0) continue
      const mark = {
        record_id: record.id,
        on: record.happened_on,
        words: words.join(' '),
        share: scored && row.full ? row.score! / row.full : null,
      }
      bySubject.set(row.subject, [...(bySubject.get(row.subject) ?? []), mark])
    }
  return [...bySubject].map(([subject, all]) => {
    const marks = all.slice(-most)
    const [before, last] = [marks.at(-2)?.share ?? null, marks.at(-1)?.share ?? null]
    const by = before === null || last === null ? null : last - before
    return { subject, marks, turn: by === null ? null : by >= noticeable ? 'up' : by <= -noticeable ? 'down' : 'same' }
  })
}
