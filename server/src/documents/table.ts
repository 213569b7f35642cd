// A table in any of its three files.
import type { PrintedTable } from '@nuanyang/contract/documents.printed.ts'
import { renderPdf } from './pdf.ts'
import { setDocument } from './press.ts'
import { layTable } from './table_layout.ts'
import { sheetStream } from './xlsx.ts'

/** Excel, streamed. */
export function tableXlsx(table: PrintedTable): AsyncIterable<Uint8Array> {
  return sheetStream(table)
}

/** Rejects with `DocumentFailed`. */
export async function tablePdf(table: PrintedTable): Promise<Uint8Array> {
  return renderPdf('table', layTable(table))
}

/** Rejects with `DocumentFailed`. */
export async function tableDocx(table: PrintedTable): Promise<Uint8Array> {
  return setDocument({ make: 'table_docx', table: layTable(table) })
}
