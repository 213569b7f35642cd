// A table with a fixed head: 44 px rows, rules between rows only. Under 768 px it becomes a list of two-line rows.
// Keyboard: ↑ ↓ Home End walk the rows, Enter opens, Space selects; shift and click selects a range.
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Checkbox } from './fields.tsx'
import { IconButton, To } from './controls.tsx'
import { Icon } from './icons.tsx'
import { Menu } from './overlay.tsx'
import { useWords } from './language.ts'
import { useIsPhone } from './media.ts'
import { recall, remember } from './remember.ts'
import { uiText } from './ui.text.ts'

export interface Column<R> {
  key: string
  head: string
  cell: (row: R) => ReactNode
  /** Numbers stand right. */
  number?: boolean
  /** The list can be ordered by it: the key is what the server is asked for. */
  sorts?: boolean
  width?: string
  /** Where it goes in the phone's two lines; what has no place is left to the row's own page. */
  phone?: 'name' | 'beside' | 'below' | 'end'
  /** Not among the first columns: offered by 选列. */
  extra?: boolean
}

export interface Sort {
  by: string
  down: boolean
}

export interface Selection {
  ids: ReadonlySet<string>
  onChange: (ids: ReadonlySet<string>) => void
}

export interface TableProps<R> {
  label: string
  rows: readonly R[]
  columns: readonly Column<R>[]
  rowId: (row: R) => string
  /** What a screen reader calls the row, in 选中陈小雨. */
  rowName: (row: R) => string
  /** Where the row leads. */
  rowPath?: (row: R) => string
  sort?: Sort
  onSort?: (sort: Sort) => void
  selection?: Selection | undefined
  compact?: boolean
  empty?: ReactNode
}

export function Table<R>(props: TableProps<R>) {
  const phone = useIsPhone()
  const t = useWords(uiText)
  const { range, toggle } = useRange(props)
  if (props.rows.length === 0) return <div className="table-empty dim">{props.empty ?? t('nothing_here')}</div>
  return phone ? <PhoneRows {...props} toggle={toggle} /> : <DeskTable {...props} toggle={toggle} range={range} />
}

type Toggle = (id: string, on: boolean, shift: boolean) => void

function useRange<R>({ rows, rowId, selection }: TableProps<R>): { range: (on: boolean) => void; toggle: Toggle } {
  const last = useRef<string | null>(null)
  const ids = rows.map(rowId)
  return {
    range: (on) =>
      selection?.onChange(
        new Set(on ? [...selection.ids, ...ids] : [...selection.ids].filter((id) => !ids.includes(id))),
      ),
    toggle: (id, on, shift) => {
      if (!selection) return
      const next = new Set(selection.ids)
      const from = shift && last.current ? ids.indexOf(last.current) : -1
      const to = ids.indexOf(id)
      const touched = from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1)
      for (const each of touched) {
        if (on) next.add(each)
        else next.delete(each)
      }
      last.current = id
      selection.onChange(next)
    },
  }
}

function DeskTable<R>(props: TableProps<R> & { toggle: Toggle; range: (on: boolean) => void }) {
  const { label, rows, columns, rowId, rowName, rowPath, sort, onSort, selection, compact, toggle, range } = props
  const t = useWords(uiText)
  const [active, setActive] = useState(0)
  const chosen = selection ? rows.filter((row) => selection.ids.has(rowId(row))).length : 0

  const onKeyDown = rowKeys(props, setActive)
  return (
    <div className="table-scroll">
      <table className={`tbl${compact ? ' tbl-compact' : ''}`} aria-label={label}>
        <thead>
          <tr>
            {selection && (
              <th className="tbl-pick">
                <Checkbox
                  hideLabel
                  label={t('select_all')}
                  checked={chosen === rows.length}
                  mixed={chosen > 0 && chosen < rows.length}
                  onChange={range}
                />
              </th>
            )}
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {rows.map((row, at) => {
            const id = rowId(row)
            const on = selection?.ids.has(id) ?? false
            return (
              <tr
                key={id}
                className={on ? 'on' : ''}
                aria-selected={selection ? on : undefined}
                tabIndex={at === Math.min(active, rows.length - 1) ? 0 : -1}
                onFocus={() => setActive(at)}
              >
                {selection && (
                  <td className="tbl-pick">
                    <Checkbox
                      hideLabel
                      label={t('select_row', { name: rowName(row) })}
                      checked={on}
                      onChange={(next, { shiftKey }) => toggle(id, next, shiftKey)}
                    />
                  </td>
                )}
                {columns.map((column) => (
                  <td key={column.key} className={cellClass(column)}>
                    {column.phone === 'name' && rowPath ? (
                      <To to={rowPath(row)}>{column.cell(row)}</To>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** ↑ ↓ Home End walk the rows, Enter opens one, Space selects it. Keys pressed inside a cell are the cell's. */
function rowKeys<R>(
  { rows, rowId, selection, toggle }: TableProps<R> & { toggle: Toggle },
  setActive: (place: number) => void,
) {
  return (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const body = event.currentTarget
    const at = [...body.rows].findIndex((each) => each === event.target)
    const row = rows[at]
    if (!row) return
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next !== undefined) {
      event.preventDefault()
      const to = Math.min(rows.length - 1, Math.max(0, next))
      setActive(to)
      body.rows[to]?.focus()
    }
    if (event.key === 'Enter') body.rows[at]?.querySelector<HTMLElement>('a[href]')?.click()
    if (event.key === ' ' && selection) {
      event.preventDefault()
      toggle(rowId(row), !selection.ids.has(rowId(row)), event.shiftKey)
    }
  }
}

function cellClass<R>(column: Column<R>): string {
  return [column.number && 'num', column.phone === 'name' && 'name'].filter(Boolean).join(' ')
}

function HeadCell<R>({
  column,
  sort,
  onSort,
}: {
  column: Column<R>
  sort: Sort | undefined
  onSort: ((sort: Sort) => void) | undefined
}) {
  const t = useWords(uiText)
  const by = sort?.by === column.key
  const width = column.width ? { width: column.width } : undefined
  if (!column.sorts || !onSort)
    return (
      <th scope="col" className={cellClass(column)} style={width}>
        {column.head}
      </th>
    )
  return (
    <th
      scope="col"
      className={cellClass(column)}
      style={width}
      aria-sort={by ? (sort.down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="tbl-sort"
        onClick={() => onSort({ by: column.key, down: by && !sort.down })}
        title={t(by && !sort.down ? 'sort_down' : 'sort_up')}
      >
        {column.head}
        {by && <Icon name={sort.down ? 'down' : 'up'} size={16} />}
      </button>
    </th>
  )
}

function PhoneRows<R>({
  label,
  rows,
  columns,
  rowId,
  rowName,
  rowPath,
  selection,
  toggle,
}: TableProps<R> & { toggle: Toggle }) {
  const t = useWords(uiText)
  const place = (where: Column<R>['phone']) => columns.filter((column) => column.phone === where)
  return (
    <ul className="tworow" aria-label={label}>
      {rows.map((row) => {
        const id = rowId(row)
        const on = selection?.ids.has(id) ?? false
        const words = (
          <>
            <span className="tworow-1">
              <b>{place('name').map((column) => column.cell(row))}</b>
              <span className="dim small grow">{join(place('beside').map((column) => column.cell(row)))}</span>
              {place('end').map((column) => (
                <span key={column.key}>{column.cell(row)}</span>
              ))}
            </span>
            <span className="tworow-2 dim small">{join(place('below').map((column) => column.cell(row)))}</span>
          </>
        )
        return (
          <li key={id} className={on ? 'on' : ''}>
            {selection && (
              <Checkbox
                hideLabel
                label={t('select_row', { name: rowName(row) })}
                checked={on}
                onChange={(next) => toggle(id, next, false)}
              />
            )}
            {rowPath ? (
              <To to={rowPath(row)} className="tworow-go">
                {words}
              </To>
            ) : (
              <div className="tworow-go">{words}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function join(parts: ReactNode[]): ReactNode {
  return parts
    .filter((part) => part !== null && part !== undefined && part !== '' && part !== false)
    .map((part, at) => (
      <span key={at} className="joined">
        {part}
      </span>
    ))
}

/** The columns this browser's user chose for a table, remembered under its name. */
export function useColumns<R>(
  name: string,
  all: readonly Column<R>[],
): { columns: Column<R>[]; compact: boolean; chooser: ReactNode } {
  const t = useWords(uiText)
  const phone = useIsPhone()
  const [stored, setStored] = useState<{ shown?: string[]; compact?: boolean }>(() => readColumns(name))
  const shown = stored.shown ?? all.filter((column) => !column.extra).map((column) => column.key)
  function store(next: typeof stored): void {
    setStored(next)
    remember(`columns.${name}`, JSON.stringify(next))
  }
  const chooser = phone ? null : (
    <Menu
      items={[
        ...all
          .filter((column) => column.phone !== 'name')
          .map((column) => ({
            key: column.key,
            label: column.head,
            checked: shown.includes(column.key),
            onSelect: () =>
              store({
                ...stored,
                shown: shown.includes(column.key) ? shown.filter((key) => key !== column.key) : [...shown, column.key],
              }),
          })),
        {
          key: ' compact',
          label: t('compact'),
          checked: Boolean(stored.compact),
          parted: true,
          onSelect: () => store({ ...stored, compact: !stored.compact }),
        },
      ]}
    >
      {t('columns')}
    </Menu>
  )
  return {
    columns: all.filter((column) => column.phone === 'name' || shown.includes(column.key)),
    compact: Boolean(stored.compact),
    chooser,
  }
}

function readColumns(name: string): { shown?: string[]; compact?: boolean } {
  const raw = recall(`columns.${name}`)
  if (!raw) return {}
  try {
    return JSON.parse(raw) as { shown?: string[]; compact?: boolean }
  } catch {
    return {}
  }
}

/** What will happen to the chosen, at the bottom of the page; its filled button carries the number. */
export function SelectionBar({
  count,
  names,
  onClear,
  children,
}: {
  count: number
  names?: string
  onClear: () => void
  children: ReactNode
}) {
  const t = useWords(uiText)
  if (count === 0) return null
  const words = t('selected', { count })
  return (
    <div className="selbar no-print" role="region" aria-label={words}>
      <b className="nowrap">{words}</b>
      <span className="dim small grow selbar-names">{names}</span>
      <div className="selbar-acts">{children}</div>
      <IconButton icon="close" label={t('unselect')} onClick={onClear} />
    </div>
  )
}

/** Keyset paging: forwards by the server's cursor, backwards by the cursors already seen. */
export function useKeyset(key: string): {
  after: string | undefined
  page: number
  forward: (next: string) => void
  back: () => void
} {
  const [state, setState] = useState<{ key: string; cursors: string[] }>({ key, cursors: [] })
  const cursors = state.key === key ? state.cursors : []
  return {
    after: cursors.at(-1),
    page: cursors.length,
    forward: (next) => setState({ key, cursors: [...cursors, next] }),
    back: () => setState({ key, cursors: cursors.slice(0, -1) }),
  }
}

export function Pager({
  keyset,
  next,
  shown,
  total,
  size,
}: {
  keyset: ReturnType<typeof useKeyset>
  next: string | null
  shown: number
  total?: number | undefined
  /** Rows of a full page: then the line says from which to which. */
  size?: number
}) {
  const t = useWords(uiText)
  if (!next && keyset.page === 0) return null
  return (
    <nav className="pager no-print" aria-label={t('older')}>
      <span className="dim small grow">
        {total !== undefined &&
          (size
            ? t('range', { from: keyset.page * size + 1, to: keyset.page * size + shown, total })
            : t('shown', { shown, total }))}
      </span>
      {keyset.page > 0 && (
        <button type="button" className="btn btn-outline" onClick={keyset.back}>
          <Icon name="left" size={16} />
          {t('newer')}
        </button>
      )}
      {next && (
        <button type="button" className="btn btn-outline" onClick={() => keyset.forward(next)}>
          {t('older')}
          <Icon name="right" size={16} />
        </button>
      )}
    </nav>
  )
}
