// Small cells of a public table: under five a number may point at a child. Such a cell is not written, and neither is another one of its
// row or column that would give it away by subtraction.

/** Fewer than this may point at somebody. Zero points at nobody. */
export const smallCell = 5

/** A sum that is printed, with the cells it is the sum of; all by their place in the list. */
export interface SumGroup {
  readonly total: number
  readonly parts: readonly number[]
}

/**
 * Which cells must not be written. First those from one to four; then, as long as some sum has exactly one cell hidden among itself and
 * its parts, or so little that a difference tells, the smallest other one of them: what is left cannot be subtracted.
 */
export function hiddenCells(cells: readonly number[], groups: readonly SumGroup[]): Set<number> {
  const hidden = new Set(cells.flatMap((value, at) => (value > 0 && value < smallCell ? [at] : [])))
  for (let again = true; again;) {
    again = false
    for (const { total, parts } of groups) {
      const members = [total, ...parts]
      const gone = members.filter((at) => hidden.has(at))
      // Two hidden cells that together are two were each one: what is hidden must be as much as a cell that may be written.
      const little = !hidden.has(total) && gone.reduce((sum, at) => sum + (cells[at] ?? 0), 0) < smallCell
      if (gone.length === 0 || (gone.length > 1 && !little)) continue
      const open = (list: readonly number[]) =>
        list
          .filter((at) => !hidden.has(at) && (cells[at] ?? 0) > 0)
          .toSorted((a, b) => (cells[a] ?? 0) - (cells[b] ?? 0))[0]
      // A part rather than the sum: the sum is what people look for.
      const next = open(parts) ?? open(members)
      if (next === undefined) continue
      hidden.add(next)
      again = true
    }
  }
  return hidden
}
