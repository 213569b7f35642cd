// The typst compiler with its fonts. Used inside the thread of press.ts only: a compile blocks.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import type { PdfTemplate } from './press.ts'
import { unpackWoff } from './woff.ts'

const require = createRequire(import.meta.url)
const templates = fileURLToPath(new URL('./templates/', import.meta.url))
let compiler: Promise<NodeCompiler> | undefined

async function openCompiler(): Promise<NodeCompiler> {
  const noto = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts')
  // The file named "latin" holds the whole face (30,142 characters); typst does not read WOFF.
  const kai = require.resolve('@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff')
  const fontBlobs = await Promise.all([
    readFile(join(noto, 'NotoSansHans-Regular.otf')),
    readFile(join(noto, 'NotoSansHans-Bold.otf')),
    readFile(kai).then(unpackWoff),
  ])
  // Nothing outside this folder can be read by a template.
  return NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs }] })
}

/** One document of a template; `json` reaches it as the string `sys.inputs.data`. Throws the compiler's diagnostics. */
export async function compilePdf(template: PdfTemplate, json: string): Promise<Uint8Array<ArrayBuffer>> {
  const opened = await (compiler ??= openCompiler())
  const compiled = opened.compile({ mainFilePath: join(templates, `${template}.typ`), inputs: { data: json } })
  const document = compiled.result
  if (!document) throw new Error(JSON.stringify(compiled.takeError()?.shortDiagnostics ?? 'no diagnostics'))
  // Tags make 400 cards seven times as large and twice as slow; who needs a readable document has the Word file.
  const pdf = new Uint8Array(opened.pdf(document, { pdfTags: false, creationTimestamp: Math.floor(Date.now() / 1000) }))
  // Children's data does not stay in the compiler's cache after the document is done.
  opened.evictCache(0)
  return pdf
}
