// PDF: typst templates in `templates/`. The data goes in as JSON through `sys.inputs` and is only ever read with `json()`, so a
// name like `#read("/etc/passwd")` prints as exactly these characters.
import { setDocument, type PdfTemplate } from './press.ts'

/**
 * Sets one document. `data` must be plain JSON in the template's own shape. The first call loads compiler and fonts (about half
 * a second); a card then takes some 10 ms. Rejects with `DocumentFailed`.
 */
export async function renderPdf(template: PdfTemplate, data: unknown): Promise<Uint8Array> {
  return setDocument({ make: 'pdf', template, json: JSON.stringify(data) })
}
