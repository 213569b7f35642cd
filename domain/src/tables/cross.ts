// A cross table: one fact down, another across. Values that nobody has are left out, 未采集 stays as soon as one child has it.
import type { Category, CountedChild, DimensionSpec } from './counted.ts'

export interface CrossTable {
  readonly rows: readonly Category[]
  readonly across: readonly Category[]
  /** Counts by row and column, with a last row and a last column of sums: children, each once. */
  readonly cells: readonly (readonly number[])[]
}

export const notCollected: Category = { code: '', zh: '未采集', en: 'not collected' }

export function crossTable(
  children: readonly CountedChild[],
  down: DimensionSpec,
  across: DimensionSpec,
  county: string,
): CrossTable {
  const codesOf = (spec: DimensionSpec, child: CountedChild): readonly string[] => {
    const value = spec.of(child, county)
    return value === null ? [''] : typeof value === 'string' ? [value] : value
  }
  const counted = children.map((child) => ({ down: codesOf(down, child), across: codesOf(across, child) }))
  const used = (spec: DimensionSpec, side: 'down' | 'across') =>
    [...spec.values, notCollected].filter(({ code }) => counted.some((child) => child[side].includes(code)))
  const rows = used(down, 'down')
  const columns = used(across, 'across')
  const count = (test: (child: (typeof counted)[number]) => boolean) => counted.filter(test).length
  const cells = rows.map((row) => [
    ...columns.map((column) => count((child) => child.down.includes(row.code) && child.across.includes(column.code))),
    count((child) => child.down.includes(row.code)),
  ])
  cells.push([...columns.map((column) => count((child) => child.across.includes(column.code))), counted.length])
  return { rows, across: columns, cells }
}
