// Word building blocks. Faces are named, not embedded: 仿宋_GB2312, 楷体_GB2312, 黑体 and 方正小标宋 may not be passed on, and the
// reader's Word or WPS has them. Indents are twips and line spacing is in points, because LibreOffice and WPS read
// `firstLineChars` and `linesAndChars` grids differently from Word.
import type { IParagraphOptions, IRunOptions, ITableCellOptions } from 'docx'
import { charactersOf } from './printed_words.ts'

type Docx = typeof import('docx')

/** The library is loaded with the first Word file, not with the server. */
export async function loadDocx(): Promise<Docx> {
  return import('docx')
}

/** Chinese faces of GB/T 9704 with the Latin face that goes with each. */
export const faces = {
  title: { eastAsia: '方正小标宋简体', ascii: 'Times New Roman' },
  body: { eastAsia: '仿宋_GB2312', ascii: 'Times New Roman' },
  heading: { eastAsia: '黑体', ascii: 'Times New Roman' },
  subheading: { eastAsia: '楷体_GB2312', ascii: 'Times New Roman' },
  song: { eastAsia: '宋体', ascii: 'Times New Roman' },
  sans: { eastAsia: '黑体', ascii: 'Arial' },
} as const
export type Face = keyof typeof faces

export const twipsPerMm = 1440 / 25.4
export function mm(length: number): number {
  return Math.round(length * twipsPerMm)
}

/** Runs of one text in one face; `size` in points. Masking dots go into the Latin face: Chinese faces draw • as a full square. */
export function runs(docx: Docx, text: string, face: Face, size: number, more: IRunOptions = {}) {
  const font = faces[face]
  return text
    .split(/(•+)/)
    .filter((part) => part !== '')
    .map(
      (part) =>
        new docx.TextRun({
          ...more,
          text: printable(part),
          size: Math.round(size * 2),
          font: part.startsWith('•')
            ? { ascii: 'Arial', hAnsi: 'Arial', eastAsia: 'Arial', cs: 'Arial' }
            : { ascii: font.ascii, hAnsi: font.ascii, eastAsia: font.eastAsia, cs: font.ascii },
        }),
    )
}

/** XML 1.0 knows no control characters: one in a remark would make a file that Word refuses to open. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
}

/** A paragraph of one face. */
export function paragraph(docx: Docx, text: string, face: Face, size: number, options: IParagraphOptions = {}) {
  return new docx.Paragraph({ ...options, children: runs(docx, text, face, size) })
}

/** A bordered or bare cell around paragraphs, vertically centred. */
export function cell(
  docx: Docx,
  children: ITableCellOptions['children'],
  options: Partial<Omit<ITableCellOptions, 'children'>> = {},
) {
  return new docx.TableCell({
    verticalAlign: docx.VerticalAlignTable.CENTER,
    margins: { left: 60, right: 40, top: 0, bottom: 0, marginUnitType: docx.WidthType.DXA },
    ...options,
    children,
  })
}

/** No lines at all, for tables that only place things. */
export function bare(docx: Docx) {
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' } as const
  return { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
}

/** Estimated width of one line in mm at `size` points: Chinese characters and full-width signs 1 em, others about half. */
export function lineWidth(text: string, size: number): number {
  const ems = charactersOf(text).reduce(
    (sum, character) => sum + (/[\u2e80-\u{3ffff}“”‘’—…]/u.test(character) ? 1 : 0.55),
    0,
  )
  return (ems * size * 25.4) / 72
}

/** The largest of `sizes` (points) at which `text` stays on one line of `width` mm, else the smallest. */
export function sizeFor(text: string, width: number, sizes: readonly number[]): number {
  return sizes.find((size) => lineWidth(text, size) <= width) ?? sizes.at(-1) ?? 10
}

/** As `sizeFor`, but once one line would be too small to read the words may take `rows` lines. */
export function sizeForRows(
  text: string,
  width: number,
  rows: number,
  single: readonly number[],
  smaller: readonly number[],
): number {
  const onOneLine = single.find((size) => lineWidth(text, size) <= width)
  // A line breaks up to two characters early, before a bracket or a comma.
  return (
    onOneLine ??
    smaller.find((size) => lineWidth(text, size) <= (width - lineWidth('中中', size)) * rows) ??
    smaller.at(-1) ??
    6
  )
}
