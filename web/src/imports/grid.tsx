// The user's own sheet: its letters, its line numbers, its words; coloured by what will happen. Only the lines in sight are built,
// and only those near them fetched, so a sheet of twenty thousand lines scrolls like one of twenty.
import { memo, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useQueries } from '@tanstack/react-query'
import { importOps, type ImportRow } from '@nuanyang/contract/imports.ts'
import { issueWords } from '@nuanyang/contract/imports.words.ts'
import { saidValue } from '../children/words.ts'
import { call } from '../kernel/client.ts'
import { keyOf } from '../kernel/query.ts'
import { Icon } from '../ui/icons.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { NotCollected } from '../ui/state.tsx'
import { importsText } from './imports.text.ts'
import { CellText, FateState } from './parts.tsx'
import {
  columnsOf,
  differenceOf,
  fateOf,
  isMissed,
  issueOf,
  veiled,
  widthOf,
  type Column,
  type Fate,
  type Issue,
  type Sheet,
} from './sheet.ts'

const lineHeight = 38
const headHeight = 36
const fateWidth = 108
const chunk = 100
const around = 12

export interface GridQuery {
  id: string
  sheet: string
  action?: Fate
  question_id?: string
}

/** The lines of the chunks that hold `from`…`until`; a line not there yet is undefined. */
export function useLines(
  query: GridQuery,
  head: number,
  from: number,
  until: number,
): (at: number) => ImportRow | undefined {
  const first = Math.floor(from / chunk)
  const last = Math.max(first, Math.floor(Math.max(0, until - 1) / chunk))
  const parts = Array.from({ length: last - first + 1 }, (_, n) => first + n)
  const found = useQueries({
    queries: parts.map((part) => {
      const input = { ...query, skip: head + part * chunk, limit: chunk }
      return {
        queryKey: keyOf(importOps.rows, input),
        queryFn: ({ signal }: { signal: AbortSignal }) => call(importOps.rows, input, { signal }),
        staleTime: 60_000,
      }
    }),
  })
  return (at) => found[Math.floor(at / chunk) - first]?.data?.items[at % chunk]
}

export interface GridProps {
  sheet: Sheet
  query: GridQuery
  total: number
  /** The column that is asked about. */
  hot: string | null
  /** The line to be brought into sight, by its place in the sheet. */
  target: { place: number } | null
  chosen: number | null
  onChoose: (at: number, row: ImportRow) => void
}

export function Grid({ sheet, query, total, hot, target, chosen, onChoose }: GridProps) {
  const t = useWords(importsText)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const seen = useSeen(box)
  const head = query.action || query.question_id ? 0 : sheet.counts.head
  const from = Math.max(0, Math.floor(seen.top / lineHeight) - around)
  const until = Math.min(total, Math.ceil((seen.top + seen.height) / lineHeight) + around)
  const lineAt = useLines(query, head, from, until)
  const { columns, widths } = useColumns(sheet, query, lineAt, total)
  const nameAt = columns.findIndex((column) => column.field?.split('+').includes('name'))
  const numberWidth = 20 + String(sheet.rows + 20).length * 9
  const width = widths.reduce((sum, each) => sum + each, numberWidth + fateWidth)
  useStartOver(box, `${query.sheet}${query.action ?? ''}${query.question_id ?? ''}`)
  useColumnInSight(box, hot, columns, widths, nameAt, numberWidth)

  useEffect(() => {
    if (target && box.current)
      box.current.scrollTo({ top: (target.place - sheet.counts.head) * lineHeight - box.current.clientHeight / 3 })
  }, [target, sheet.counts.head])
  const lit = target && !query.action && !query.question_id ? target.place - head : null

  function choose(at: number): void {
    const row = lineAt(at)
    if (row) onChoose(at, row)
    const scroller = box.current
    if (!scroller) return
    const top = at * lineHeight
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (top + lineHeight * 2 > scroller.scrollTop + scroller.clientHeight - headHeight)
      scroller.scrollTop = top + lineHeight * 2 + headHeight - scroller.clientHeight
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = chosen ?? Math.floor(seen.top / lineHeight) - 1
    const page = Math.max(1, Math.floor(seen.height / lineHeight) - 2)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: total - 1 }[
      event.key
    ]
    const sideways = { ArrowLeft: -160, ArrowRight: 160 }[event.key]
    if (to === undefined && sideways === undefined) return
    event.preventDefault()
    if (sideways) box.current?.scrollBy({ left: sideways })
    else choose(Math.min(total - 1, Math.max(0, to!)))
  }
  const lines = Array.from({ length: Math.max(0, until - from) }, (_, n) => from + n)
  return (
    <div
      className="book"
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label={`${t('the_sheet')}，${t('grid_keys')}`}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 2}
      aria-activedescendant={chosen === null ? undefined : `${id}-${chosen}`}
      onKeyDown={onKeyDown}
    >
      <div className="book-in" style={{ width, height: headHeight + total * lineHeight }}>
        <div className="book-head" role="row" aria-rowindex={1}>
          <span role="columnheader" className="book-n" style={{ width: numberWidth }} />
          <span role="columnheader" className="book-fate" style={{ width: fateWidth, left: numberWidth }}>
            {t('fate')}
          </span>
          {columns.map((column, place) => (
            <span
              key={column.column}
              role="columnheader"
              className={`${column.column === hot ? 'hot' : ''}${place === nameAt ? ' book-pin' : ''}`}
              style={{ width: widths[place], ...(place === nameAt ? { left: numberWidth + fateWidth } : {}) }}
              title={column.header.replaceAll('/', ' ')}
            >
              {column.column} {column.header.split('/').at(-1)}
            </span>
          ))}
        </div>
        {lines.map((at) => (
          <Line
            key={at}
            id={`${id}-${at}`}
            at={at}
            row={lineAt(at)}
            columns={columns}
            widths={widths}
            nameAt={nameAt}
            numberWidth={numberWidth}
            chosen={at === chosen}
            lit={at === lit}
            onChoose={choose}
          />
        ))}
      </div>
      {total === 0 && <p className="book-none dim">{t('no_rows')}</p>}
    </div>
  )
}

/** What of the sheet is in sight, in pixels. */
function useSeen(box: React.RefObject<HTMLDivElement | null>): { top: number; height: number } {
  const [seen, setSeen] = useState({ top: 0, height: 700 })
  useLayoutEffect(() => {
    const scroller = box.current
    if (!scroller) return
    let frame = 0
    const look = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() =>
        setSeen((before) =>
          Math.abs(before.top - scroller.scrollTop) < lineHeight * 4 && before.height === scroller.clientHeight
            ? before
            : { top: scroller.scrollTop, height: scroller.clientHeight },
        ),
      )
    }
    const size = new ResizeObserver(look)
    size.observe(scroller)
    scroller.addEventListener('scroll', look, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      size.disconnect()
      scroller.removeEventListener('scroll', look)
    }
  }, [box])
  return seen
}

/** Columns and their widths, from the first lines seen of a sheet; then they keep still. */
function useColumns(sheet: Sheet, query: GridQuery, lineAt: (at: number) => ImportRow | undefined, total: number) {
  const language = useLanguage()
  const t = useWords(importsText)
  const mark = `${query.id}${sheet.name}`
  const [kept, setKept] = useState<{ of: string; lines: ImportRow[] }>({ of: '', lines: [] })
  // Taken once, while rendering: whatever the filter or a later reading shows, the columns keep still.
  if (kept.of !== mark && total > 0 && lineAt(0)) {
    const seen = Array.from({ length: Math.min(total, 60) }, (_, at) => lineAt(at))
    setKept({ of: mark, lines: seen.filter((row) => row !== undefined) })
  }
  return useMemo(() => {
    const lines = kept.of === mark ? kept.lines : []
    const columns = columnsOf(sheet, lines)
    const widths = columns.map((column) => {
      const extra = Math.max(
        0,
        ...lines.map((row) => {
          const difference = differenceOf(row, column)
          const old = difference && saidValue(difference.field, difference.old, language)
          return old ? t('was', { old: veiled(old) }).length * 13 : isMarked(issueOf(row, column)) ? 20 : 0
        }),
      )
      return widthOf(column, lines, extra)
    })
    return { columns, widths }
  }, [sheet, kept, mark, language, t])
}

const isMarked = (issue: Issue | undefined) => issue?.severity === 'question' || issue?.severity === 'error'

/** Another sheet or filter begins at its top. */
function useStartOver(box: React.RefObject<HTMLDivElement | null>, of: string): void {
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: 0 })
  }, [box, of])
}

/** The column that is asked about comes into sight. */
function useColumnInSight(
  box: React.RefObject<HTMLDivElement | null>,
  hot: string | null,
  columns: readonly Column[],
  widths: readonly number[],
  nameAt: number,
  numberWidth: number,
): void {
  useEffect(() => {
    const scroller = box.current
    const place = columns.findIndex((column) => column.column === hot)
    if (!scroller || place < 0) return
    const before = widths.slice(0, place).reduce((sum, each) => sum + each, 0)
    const fixed = numberWidth + fateWidth + (nameAt >= 0 && nameAt < place ? (widths[nameAt] ?? 0) : 0)
    const right = numberWidth + fateWidth + before + (widths[place] ?? 0)
    if (right > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = right - scroller.clientWidth + 60
    else if (numberWidth + fateWidth + before < scroller.scrollLeft + fixed)
      scroller.scrollLeft = Math.max(0, numberWidth + fateWidth + before - fixed)
    // oxlint-disable-next-line react/exhaustive-deps -- only another column, or its width once known, moves the sheet
  }, [hot, widths])
}

interface LineProps {
  id: string
  at: number
  row: ImportRow | undefined
  columns: readonly Column[]
  widths: readonly number[]
  nameAt: number
  numberWidth: number
  chosen: boolean
  lit: boolean
  onChoose: (at: number) => void
}

const Line = memo(
  function Line({ id, at, row, columns, widths, nameAt, numberWidth, chosen, lit, onChoose }: LineProps) {
    const t = useWords(importsText)
    const fate = row ? fateOf(row) : null
    return (
      <div
        id={id}
        role="row"
        aria-rowindex={at + 2}
        aria-selected={chosen}
        className={`book-row${fate ? ` r-${fate}` : row ? ' r-head' : ''}${chosen ? ' on' : lit ? ' lit' : ''}`}
        style={{ top: headHeight + at * lineHeight }}
        onClick={() => onChoose(at)}
      >
        <span role="rowheader" className="book-n" style={{ width: numberWidth }}>
          {row?.row}
        </span>
        <span role="gridcell" className="book-fate" style={{ width: fateWidth, left: numberWidth }}>
          {fate ? (
            <FateState fate={fate} />
          ) : (
            row?.skipped && (
              <span className="dim small">
                {t(row.skipped === 'header' ? 'header_row' : row.skipped === 'title' ? 'title_row' : 'blank_row')}
              </span>
            )
          )}
        </span>
        {columns.map((column, place) => (
          <Cell
            key={column.column}
            row={row}
            fate={fate}
            column={column}
            width={widths[place] ?? 100}
            pinned={place === nameAt ? numberWidth + fateWidth : null}
          />
        ))}
      </div>
    )
  },
  (a, b) =>
    a.row === b.row &&
    a.chosen === b.chosen &&
    a.lit === b.lit &&
    a.columns === b.columns &&
    a.widths === b.widths &&
    a.nameAt === b.nameAt &&
    a.at === b.at,
)

function Cell({
  row,
  fate,
  column,
  width,
  pinned,
}: {
  row: ImportRow | undefined
  fate: Fate | null
  column: Column
  width: number
  pinned: number | null
}) {
  const t = useWords(importsText)
  const say = useSay()
  const language = useLanguage()
  const text = row?.cells[column.column] ?? ''
  const issue = row && fate && fate !== 'reject' ? issueOf(row, column) : undefined
  const difference = row && fate === 'update' ? differenceOf(row, column) : undefined
  const old = difference ? saidValue(difference.field, difference.old, language) : null
  const filled = issue && (issue.code === 'merged_cell_filled' || issue.code === 'ditto_resolved')
  const mark =
    issue?.severity === 'question'
      ? 'c-ask'
      : issue?.severity === 'error'
        ? 'c-bad'
        : difference && difference.how !== 'fill'
          ? 'c-upd'
          : filled
            ? 'c-fill'
            : issue
              ? 'c-told'
              : ''
  const told = issue && issueWords[issue.code] ? say(issueWords[issue.code]!) : undefined
  return (
    <span
      role="gridcell"
      className={`${mark}${pinned === null ? '' : ' book-pin nm'}`}
      style={{ width, ...(pinned === null ? {} : { left: pinned }) }}
      title={told ?? (text.length > 12 ? veiled(text) : undefined)}
    >
      {mark === 'c-ask' && <Icon name="ask" size={16} />}
      {mark === 'c-bad' && <Icon name="bang" size={16} />}
      {mark === 'c-told' && <Icon name="info" size={16} />}
      {text ? (
        <CellText text={text} />
      ) : filled ? (
        '〃'
      ) : (
        fate && fate !== 'reject' && row?.action !== null && isMissed(column) && <NotCollected />
      )}
      {old && <small>{t('was', { old: veiled(old) })}</small>}
    </span>
  )
}
