// placeholder
import type { Grid } from './grid.ts'
import type { Column } from './columns.ts'
import type { TableContext } from './draft.ts'
import type { ImportedRow } from './report.ts'
export interface ReadForm {
  readonly row: ImportedRow
  readonly first: number
  readonly last: number
}
export function readForms(
  _grid: Grid,
  _context: (columns: readonly Column[], place: string) => TableContext,
): ReadForm[] {
  return []
}
