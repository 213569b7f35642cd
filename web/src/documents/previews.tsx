// What a paper looks like, drawn small: enough to tell a card from a form from a table, in the colours of the page.
import type { DocumentKind } from '@nuanyang/contract/documents.kinds.ts'

const A4 = { width: 84, height: 118 }
const lying = { width: 118, height: 84 }

export function Preview({ kind }: { kind: DocumentKind }) {
  const size = kind === 'registration_form' ? A4 : lying
  return (
    <svg
      className="doc-preview"
      viewBox={`-1 -1 ${size.width + 2} ${size.height + 2}`}
      width={size.width}
      height={size.height}
      aria-hidden="true"
      focusable="false"
    >
      <rect className="p" width={size.width} height={size.height} />
      {drawings[kind]}
    </svg>
  )
}

const line = (x: number, y: number, width: number, strong = false) => (
  <path key={`${x} ${y}`} className={strong ? 's' : 'l'} d={`M${x} ${y}h${width}`} />
)
/** A frame with rules: `rows` and `columns` as places between 0 and 1. */
function grid(x: number, y: number, width: number, height: number, rows: number, columns: readonly number[]) {
  return (
    <>
      <rect className="g" x={x} y={y} width={width} height={height} />
      {Array.from({ length: rows - 1 }, (_, at) => line(x, y + (height * (at + 1)) / rows, width))}
      {columns.map((at) => (
        <path key={at} className="l" d={`M${x + width * at} ${y}v${height}`} />
      ))}
    </>
  )
}
function words(x: number, y: number, widths: readonly number[], step: number) {
  return widths.map((width, at) => line(x, y + at * step, width, true))
}

const card = (x: number, y: number) => (
  <g key={`${x} ${y}`} transform={`translate(${x} ${y}) scale(.7)`}>
    <rect className="g" width={68} height={46} />
    {words(4, 8, [24, 44, 36, 40], 7)}
    <rect className="a" x={52} y={30} width={12} height={12} />
    {line(4, 40, 38)}
  </g>
)
const table = (
  <>
    {line(40, 9, 38, true)}
    {grid(8, 16, 102, 56, 9, [0.08, 0.24, 0.36, 0.56, 0.68, 0.84])}
    {line(8, 78, 26)}
    {line(50, 78, 26)}
  </>
)
const numbers = (
  <>
    {line(40, 9, 38, true)}
    {grid(8, 16, 102, 56, 6, [0.2, 0.28, 0.36, 0.44, 0.52, 0.6, 0.68, 0.76, 0.84, 0.92])}
    <rect className="a" x={8} y={62.7} width={102} height={9.3} />
    {line(8, 78, 40)}
  </>
)

const drawings: Record<DocumentKind, React.ReactNode> = {
  registration_form: (
    <>
      {line(22, 9, 40, true)}
      {grid(8, 16, 68, 80, 11, [0.2])}
      {[25, 39, 54, 68].map((y) => (
        <g key={y}>
          <rect className="b" x={26} y={y} width={4} height={4} />
          <rect className="b" x={42} y={y} width={4} height={4} />
          <path className="t" d={`M27 ${y + 2}l1.2 1.4l2.6-4`} />
        </g>
      ))}
      {line(8, 104, 20)}
      {line(34, 104, 20)}
    </>
  ),
  contact_cards: <>{[6, 45].flatMap((y) => [8, 62].map((x) => card(x, y)))}</>,
  ledger: table,
  roster: (
    <>
      {table}
      <rect className="a" x={95} y={22.2} width={15} height={49.8} />
    </>
  ),
  enrolment_extract: (
    <>
      {table}
      <rect className="a" x={66} y={22.2} width={12} height={49.8} />
    </>
  ),
  summary: numbers,
  cross_table: (
    <>
      {line(40, 9, 38, true)}
      {grid(8, 16, 102, 56, 6, [0.25, 0.4, 0.55, 0.7, 0.85])}
      <path className="l" d="M8 16l25.5 9.3" />
    </>
  ),
  completeness: (
    <>
      {line(40, 9, 38, true)}
      {[20, 32, 44, 56].map((y, at) => (
        <g key={y}>
          {line(8, y + 4, 20)}
          <rect className="g" x={34} y={y} width={70} height={7} />
          <rect className="a" x={34} y={y} width={[64, 40, 56, 30][at]} height={7} />
        </g>
      ))}
      {line(8, 76, 44)}
    </>
  ),
}
