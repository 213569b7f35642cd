// Struck-out cells of an old .xls or .et: the spreadsheet parser drops fonts, but 已转走 is often said by striking out.
// [MS-XLS]: FONT 0x31 (bit 3 of its options is strike-out), XF 0xE0, BOUNDSHEET 0x85, and the records of cells.

const FONT = 0x31
const XF = 0xe0
const BOUNDSHEET = 0x85
const BOF = 0x809
const MULRK = 0xbd
/** Records that begin with row, column and format: LABELSST, NUMBER, RK, FORMULA, LABEL, RSTRING, BOOLERR. */
const CELLS: ReadonlySet<number> = new Set([0xfd, 0x203, 0x27e, 0x06, 0x204, 0xd6, 0x205])

/** `row:column` (0-based) of struck-out cells, per sheet in the order of the workbook, from the bytes of its Workbook stream. */
export function struckCells(stream: Uint8Array): Set<string>[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.length)
  const struckFonts: boolean[] = []
  const formats: number[] = []
  const starts: number[] = []
  const sheets: Set<string>[] = []
  let sheet: Set<string> | undefined
  const isStruck = (format: number) => {
    const font = formats[format] ?? 0
    // Font number 4 is never written: numbers above it are one ahead.
    return struckFonts[font > 4 ? font - 1 : font] === true
  }
  for (let at = 0; at + 4 <= stream.length;) {
    const type = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    const body = at + 4
    if (body + length > stream.length) break
    if (type === FONT && length >= 4) struckFonts.push((view.getUint16(body + 2, true) & 8) !== 0)
    else if (type === XF && length >= 2) formats.push(view.getUint16(body, true))
    else if (type === BOUNDSHEET && length >= 4) {
      starts.push(view.getUint32(body, true))
      sheets.push(new Set())
    } else if (type === BOF && starts.includes(at)) sheet = sheets[starts.indexOf(at)]
    else if (CELLS.has(type) && length >= 6 && isStruck(view.getUint16(body + 4, true)))
      sheet?.add(`${view.getUint16(body, true)}:${view.getUint16(body + 2, true)}`)
    else if (type === MULRK) {
      const [row, first] = [view.getUint16(body, true), view.getUint16(body + 2, true)]
      for (let place = 0; body + 4 + place * 6 + 6 <= body + length - 2; place++)
        if (isStruck(view.getUint16(body + 4 + place * 6, true))) sheet?.add(`${row}:${first + place}`)
    }
    at = body + length
  }
  return sheets
}
