// Reads documents back with other people's readers: poppler for PDF, a zip and an XML parser for Word, jsQR for codes.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { strFromU8, unzipSync } from 'fflate'
import jsqr from 'jsqr'
import { SaxesParser } from 'saxes'

const run = promisify(execFile)

async function onDisk<T>(pdf: Uint8Array, use: (file: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'nuanyang-document-'))
  try {
    await writeFile(join(folder, 'it.pdf'), pdf)
    return await use(join(folder, 'it.pdf'), folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

export async function pdfText(pdf: Uint8Array): Promise<string> {
  return onDisk(pdf, async (file) => (await run('pdftotext', ['-raw', file, '-'])).stdout)
}

/** Number of pages and the size of the first, in millimetres. */
export async function pdfPages(pdf: Uint8Array): Promise<{ pages: number; width: number; height: number }> {
  const { stdout } = await onDisk(pdf, (file) => run('pdfinfo', [file]))
  const [, width, height] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(stdout) ?? []
  const mm = (points: string | undefined) => Math.round((Number(points) * 25.4) / 72)
  return { pages: Number(/Pages: +(\d+)/.exec(stdout)?.[1]), width: mm(width), height: mm(height) }
}

/** Names of the faces in the file, without the subset's prefix. */
export async function pdfFonts(pdf: Uint8Array): Promise<string[]> {
  const { stdout } = await onDisk(pdf, (file) => run('pdffonts', [file]))
  return stdout
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map((line) => (line.split(/ +/)[0] ?? '').replace(/^[A-Z]{6}\+/, ''))
}

export interface PdfWord {
  readonly page: number
  readonly text: string
  /** Millimetres from the page's left and top edge. */
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Every run of text with its place. */
export async function pdfWords(pdf: Uint8Array): Promise<PdfWord[]> {
  const { stdout } = await onDisk(pdf, (file) => run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 1e8 }))
  const words: PdfWord[] = []
  let page = 0
  for (const line of stdout.split('\n')) {
    if (line.includes('<page ')) page += 1
    const match = /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)<\/word>/.exec(line)
    if (!match) continue
    const [left = 0, top = 0, right = 0, bottom = 0] = match.slice(1, 5).map((points) => (Number(points) * 25.4) / 72)
    words.push({ page, text: match[5] ?? '', left, top, right, bottom })
  }
  return words
}

/** What the QR codes of a page say, from top to bottom; found by looking at the picture in bands of a card's height. */
export async function qrCodesOf(pdf: Uint8Array, cardsDown: number): Promise<(string | null)[]> {
  return onDisk(pdf, async (file, folder) => {
    await run('pdftoppm', ['-r', '200', '-f', '1', '-l', '1', file, join(folder, 'page')])
    const name = (await readdir(folder)).find((entry) => entry.endsWith('.ppm'))
    const { width, height, rgba } = readPpm(await readFile(join(folder, name ?? '')))
    const band = Math.floor(height / cardsDown)
    return Array.from({ length: cardsDown }, (_, index) => {
      const pixels = rgba.subarray(index * band * width * 4, (index + 1) * band * width * 4)
      return decode(pixels, width, band)
    })
  })
}

// The package's types describe a CommonJS default.
const decodeQr = jsqr as unknown as (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null
function decode(pixels: Uint8ClampedArray, width: number, height: number): string | null {
  return decodeQr(new Uint8ClampedArray(pixels), width, height)?.data ?? null
}

function readPpm(file: Buffer): { width: number; height: number; rgba: Uint8ClampedArray } {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(file.toString('latin1', 0, 40))
  if (!header) throw new Error('not a P6 picture')
  const [width, height] = [Number(header[1]), Number(header[2])]
  const rgb = file.subarray(header[0].length)
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
    rgba[pixel * 4 + 3] = 255
  }
  return { width, height, rgba }
}

/** The XML of a part of a Word or Excel file. */
export function partOf(file: Uint8Array, path: string): string {
  const part = unzipSync(file)[path]
  if (!part) throw new Error(`${path} is not in the file`)
  return strFromU8(part)
}

/** The paragraphs of a Word file as text, in order; throws when the XML is not well formed. */
export function docxParagraphs(file: Uint8Array): string[] {
  const paragraphs: string[] = []
  let current = ''
  let inText = false
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name }) => {
    if (name === 'w:p') current = ''
    inText = name === 'w:t'
  })
  parser.on('text', (text) => {
    if (inText) current += text
  })
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText = false
    if (name === 'w:p') paragraphs.push(current)
  })
  parser.write(partOf(file, 'word/document.xml')).close()
  return paragraphs
}
