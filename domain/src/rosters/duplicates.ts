// The same child twice in one file: in the village's and the school's list, in two classes.

import { mayBeSame } from '../dates.ts'
import type { Questions } from './questions.ts'
import { issue } from './questions.ts'
import type { ImportedRow } from './report.ts'

/** Marks later rows: the same number and name is a duplicate, the same number with another name and the same child without number are asked. */
export function markDuplicates(rows: readonly ImportedRow[], questions: Questions): void {
  const byNumber = new Map<string, ImportedRow>()
  const byName = new Map<string, ImportedRow[]>()
  for (const row of rows) {
    if (row.action === 'reject') continue
    const { name, id_no } = row.child
    const twin = id_no === null ? undefined : byNumber.get(id_no)
    const namesakes = name === null ? [] : (byName.get(name) ?? [])
    if (twin) markSameNumber(row, twin, questions)
    else if (namesakes.some((other) => isSameChild(row, other))) {
      const { choice } = questions.ask({
        sheet: row.sheet,
        column: null,
        place: String(row.row),
        code: 'possible_duplicate',
        row: row.row,
        raw: name ?? '',
        proposed: 'keep_both',
        choices: ['keep_both', 'same_child'],
      })
      row.issues.push(issue(null, 'possible_duplicate', choice === null ? 'question' : 'warning', name ?? ''))
      if (choice === 'same_child') row.action = 'duplicate'
    }
    if (id_no !== null && !twin) byNumber.set(id_no, row)
    if (name !== null) {
      namesakes.push(row)
      byName.set(name, namesakes)
    }
  }
}

function markSameNumber(row: ImportedRow, twin: ImportedRow, questions: Questions): void {
  const number = row.child.id_no ?? ''
  if (row.child.name === twin.child.name) {
    row.action = 'duplicate'
    row.issues.push(issue('id_no', 'id_no_duplicate_in_file', 'warning', number))
    return
  }
  const { choice } = questions.ask({
    sheet: row.sheet,
    column: null,
    place: String(row.row),
    code: 'id_no_duplicate_in_file',
    row: row.row,
    raw: number,
    proposed: 'keep_without_number',
    choices: ['keep_without_number', 'same_child'],
  })
  row.issues.push(issue('id_no', 'id_no_duplicate_in_file', choice === null ? 'question' : 'warning', number))
  if (choice === 'same_child') row.action = 'duplicate'
  else if (choice === 'keep_without_number') row.child.id_no = null
}

/** Same name, births that may be one day, and a parent or carer in common, or exactly the same full day of birth. */
function isSameChild(a: ImportedRow, b: ImportedRow): boolean {
  const [x, y] = [a.child, b.child]
  if (x.id_no !== null && y.id_no !== null) return false
  if (x.born_on !== null && y.born_on !== null && !mayBeSame(x.born_on, y.born_on)) return false
  if (x.sex !== null && y.sex !== null && x.sex !== y.sex) return false
  const sameDay = x.born_on !== null && x.born_on === y.born_on && x.born_on.length === 10
  const sameName = (p: { name: string | null } | null, q: { name: string | null } | null) =>
    p?.name != null && p.name === q?.name
  const phones = (child: typeof x) => [
    ...(child.father?.phones ?? []),
    ...(child.mother?.phones ?? []),
    ...(child.carer?.phones ?? []),
  ]
  const known = new Set(phones(y))
  return (
    sameDay ||
    sameName(x.father, y.father) ||
    sameName(x.mother, y.mother) ||
    sameName(x.carer, y.carer) ||
    phones(x).some((phone) => known.has(phone))
  )
}
