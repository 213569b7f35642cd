// A form as it is filled in by hand: title, unit and day, framed pairs of name and value, framed text, tables, a line for signatures, one
// page or more per sheet. Set as PDF and as Word from one description. An unknown arrives as '' and stays blank for the pen.
import { renderPdf } from './pdf.ts'
import { setDocument } from './press.ts'

export type FormBlock =
  /** One or two pairs of name and value on a row. */
  | { readonly kind: 'pairs'; readonly rows: readonly (readonly (readonly [string, string])[])[] }
  /** A name and a text that takes the width; `least` is its least height in mm, for the pen. */
  | { readonly kind: 'text'; readonly name: string; readonly text: string; readonly least: number }
  | {
      readonly kind: 'table'
      readonly caption: string | null
      readonly columns: readonly FormColumn[]
      readonly rows: readonly (readonly string[])[]
      /** Height of a row in mm: signatures and thumbprints want room. */
      readonly row_height: number
    }
  | { readonly kind: 'words'; readonly paragraphs: readonly string[] }
  /** Signatures as they were given, side by side with who gave them. */
  | { readonly kind: 'signed'; readonly items: readonly FormSignature[] }

/** A JPEG with its size in pixels. */
export interface FormSignature {
  readonly signed_by: string
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

export interface FormColumn {
  readonly header: string
  /** Shares of the width, relative to each other. */
  readonly width: number
  readonly align: 'left' | 'center' | 'right'
}

export interface FormPage {
  readonly title: string
  /** Left and right above the frame: the unit, the day. */
  readonly above: readonly [string, string]
  readonly blocks: readonly FormBlock[]
  /** Names before the blanks of one line: 谈话人, 学生. */
  readonly signatures: readonly string[]
}

export interface FormDocument {
  readonly pages: readonly FormPage[]
  readonly landscape: boolean
  /** At the foot of every page: who printed it, when and what for. */
  readonly foot: string
}

/** Rejects with `DocumentFailed`. */
export async function formPdf(document: FormDocument): Promise<Uint8Array> {
  return renderPdf('form', {
    ...document,
    pages: document.pages.map((page) => ({
      ...page,
      blocks: page.blocks.map((block) =>
        block.kind === 'text'
          ? { ...block, lines: block.text.split('\n') }
          : block.kind === 'signed'
            ? { ...block, items: block.items.map((item) => ({ ...item, jpeg: [...item.jpeg] })) }
            : block,
      ),
    })),
  })
}

/** Rejects with `DocumentFailed`. */
export async function formDocx(document: FormDocument): Promise<Uint8Array> {
  return setDocument({ make: 'form_docx', document })
}
