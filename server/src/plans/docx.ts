import { unzipSync } from 'fflate'
import type { SaxesTagPlain } from 'saxes'
import { SaxesParser } from 'saxes'
import type { Numbering } from './docx_numbering.ts'
import { readNumbering, readStyles, startCounting } from './docx_numbering.ts'

/** No plan has this much XML; a small archive that claims more is a trap. */
const LARGEST_PART = 32 * 1024 * 1024
const PARTS = new Set(['word/document.xml', 'word/numbering.xml', 'word/styles.xml', 'xl/workbook.xml'])

/**
 * A Word document as lines of text: one line per paragraph, automatic numbers written out as Word shows them, headings marked
 * like markdown when they carry no number, a table row as one line with tabs between its cells. Tabs, because white space is
 * the one thing a quote may hold that the document does not.
 */
export function docxText(bytes: Uint8Array): { text: string; pictures: number } | { refusal: string } {
  let parts: Record<string, Uint8Array>
  try {
    let tooLarge = false
    parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.has(name)) return false
        if (originalSize > LARGEST_PART) tooLarge = true
        return originalSize <= LARGEST_PART
      },
    })
    if (tooLarge) return { refusal: 'too_large' }
  } catch {
    return { refusal: 'damaged' }
  }
  const document = parts['word/document.xml']
  if (!document) return { refusal: parts['xl/workbook.xml'] ? 'spreadsheet' : 'not_document' }
  try {
    const numbering = readNumbering(xml(parts['word/numbering.xml']))
    const styles = readStyles(xml(parts['word/styles.xml']))
    return flatten(xml(document), numbering, styles)
  } catch {
    return { refusal: 'damaged' }
  }
}

function xml(part: Uint8Array | undefined): string {
  return part ? new TextDecoder().decode(part) : ''
}

type Styles = ReturnType<typeof readStyles>
type Paragraph = {
  text: string
  style: string | null
  list: { id: string; level: number } | null
  outline: number | null
}

/** Walks the document once, top to bottom. */
function flatten(source: string, numbering: Numbering, styles: Styles): { text: string; pictures: number } {
  const count = startCounting(numbering)
  const lines: string[] = []
  /** One entry per table that is open: its row so far, a cell being an array of its paragraphs. */
  const tables: string[][][] = []
  const paragraphs: Paragraph[] = []
  let pictures = 0
  let reading = false
  let skipping = 0
  const parser = new SaxesParser()
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const name = tag.name
    const value = attribute(tag, 'val')
    const paragraph = paragraphs.at(-1)
    if (name === 'mc:Fallback' || name === 'w:del' || name === 'w:moveFrom') skipping++
    if (skipping > 0) return
    if (name === 'w:p') paragraphs.push({ text: '', style: null, list: null, outline: null })
    else if (name === 'w:t') reading = true
    else if ((name === 'w:br' || name === 'w:cr') && paragraph) paragraph.text += '\n'
    else if (name === 'w:tab' && paragraph && tag.isSelfClosing && !('w:pos' in tag.attributes)) paragraph.text += ' '
    else if (name === 'w:tbl') tables.push([])
    else if (name === 'w:tr') tables.at(-1)?.splice(0)
    else if (name === 'w:tc') tables.at(-1)?.push([])
    else if (name === 'w:drawing' || name === 'w:pict') pictures++
    else if (name === 'w:pStyle' && paragraph) paragraph.style = value
    else if (name === 'w:outlineLvl' && paragraph) paragraph.outline = Number(value)
    else if (name === 'w:ilvl' && paragraph) paragraph.list = { id: paragraph.list?.id ?? '', level: Number(value) }
    else if (name === 'w:numId' && paragraph) paragraph.list = { id: value ?? '', level: paragraph.list?.level ?? 0 }
  })
  parser.on('text', (text: string) => {
    const paragraph = paragraphs.at(-1)
    if (reading && skipping === 0 && paragraph) paragraph.text += text
  })
  parser.on('closetag', (tag: SaxesTagPlain) => {
    if (tag.name === 'mc:Fallback' || tag.name === 'w:del' || tag.name === 'w:moveFrom') skipping--
    if (skipping > 0) return
    if (tag.name === 'w:t') reading = false
    else if (tag.name === 'w:p') {
      const paragraph = paragraphs.pop()
      if (!paragraph) return
      const line = written(paragraph, count, styles, tables.length > 0)
      const cell = tables.at(-1)?.at(-1)
      if (cell) cell.push(line)
      else lines.push(line)
    } else if (tag.name === 'w:tr') {
      const row = tables.at(-1) ?? []
      const line = row
        .map((cell) =>
          cell
            .filter((p) => p !== '')
            .join('\v')
            .replace(/\n/g, '\v'),
        )
        .join('\t')
      const outer = tables.at(-2)?.at(-1)
      if (outer) outer.push(line.replace(/\t/g, ' '))
      else lines.push(line)
    } else if (tag.name === 'w:tbl') tables.pop()
  })
  parser.on('error', (error: Error) => {
    throw error
  })
  parser.write(source).close()
  return { text: lines.join('\n'), pictures }
}

function attribute(tag: SaxesTagPlain, name: string): string | null {
  return tag.attributes[`w:${name}`] ?? tag.attributes[name] ?? null
}

/** A paragraph with what Word shows before it: its automatic number, or the mark of a heading. */
function written(
  paragraph: Paragraph,
  count: (id: string, level: number) => string,
  styles: Styles,
  inTable: boolean,
): string {
  const text = paragraph.text.trim()
  if (text === '') return ''
  const style = paragraph.style ? styles.get(paragraph.style) : undefined
  const list = paragraph.list?.id ? paragraph.list : (style?.list ?? null)
  const level = paragraph.list?.level ?? list?.level ?? 0
  const number = list && list.id !== '0' ? count(list.id, level) : ''
  if (number !== '') return `${number}${/[、.．)）]$/.test(number) ? '' : ' '}${text}`
  const outline = paragraph.outline ?? style?.outline ?? null
  const numbered =
    /^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．]|第[一二三四五六七八九十\d])/.test(
      text,
    )
  return outline !== null && outline < 6 && !numbered && !inTable && text.length <= 40
    ? `${'#'.repeat(outline + 1)} ${text}`
    : text
}
