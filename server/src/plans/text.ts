import iconv from 'iconv-lite'
import { docxText } from './docx.ts'

export type PlanFormat = 'txt' | 'md' | 'docx'
export type Sentences = { code: string; zh: string; en: string }
export type PlanText =
  { ok: true; format: PlanFormat; text: string; notes: Sentences[] } | { ok: false; refusal: Sentences }

const LARGEST = 20 * 1024 * 1024

/**
 * The text of a plan's file, whatever kind of file it is: decided by its bytes, the name only tells markdown from plain text.
 * Offsets of everything read later are UTF-16 units of `text`. Files that hold no text end in a sentence saying what to do.
 */
export function planText(name: string, bytes: Uint8Array): PlanText {
  if (bytes.length === 0) return refuse('empty')
  if (bytes.length > LARGEST) return refuse('too_large')
  const kind = kindOf(bytes)
  if (kind === 'zip') return fromDocx(bytes)
  if (kind !== 'text') return refuse(kind)
  const text = decode(bytes)
  if (text === null) return refuse('not_text')
  if (!/\S/.test(text)) return refuse('empty')
  return { ok: true, format: /\.(?:md|markdown)$/i.test(name) ? 'md' : 'txt', text, notes: [] }
}

function fromDocx(bytes: Uint8Array): PlanText {
  const read = docxText(bytes)
  if ('refusal' in read) return refuse(read.refusal)
  if (!/\S/.test(read.text)) return refuse(read.pictures > 0 ? 'picture' : 'empty')
  const notes =
    read.pictures > 0
      ? [
          {
            code: 'pictures_ignored',
            zh: `文件里有 ${read.pictures} 张图片，图片里的字没有读；如果计划写在图片里，请把文字粘贴进来。`,
            en: `The file holds ${read.pictures} picture(s); words inside them were not read. Paste them as text if the plan is there.`,
          },
        ]
      : []
  return { ok: true, format: 'docx', text: read.text, notes }
}

type Kind = 'zip' | 'text' | 'pdf' | 'picture' | 'doc' | 'password' | 'rtf'

function kindOf(bytes: Uint8Array): Kind {
  const starts = (...magic: number[]): boolean => magic.every((b, i) => bytes[i] === b)
  if (starts(0x50, 0x4b, 0x03, 0x04)) return 'zip'
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'pdf'
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return 'picture'
  if (starts(0x7b, 0x5c, 0x72, 0x74, 0x66)) return 'rtf'
  // a compound file is an old .doc, or a modern one locked with a password
  if (starts(0xd0, 0xcf, 0x11, 0xe0))
    return Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'password' : 'doc'
  return 'text'
}

/** UTF-8, UTF-16 with its mark, GB 18030 or Big5, told apart by content. Null for bytes that are no text at all. */
function decode(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.subarray(0, 8192).includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const buffer = Buffer.from(bytes)
    const readings = ['gb18030', 'big5'].map((encoding) => iconv.decode(buffer, encoding))
    const [best = ''] = readings.sort((a, b) => familiar(b) - familiar(a))
    return familiar(best) > 0.02 ? best : null
  }
}

/** Share of the characters no plan does without, in either script: the wrong encoding yields almost none. */
function familiar(text: string): number {
  const sample = text.slice(0, 20_000)
  const hits = sample.match(/[的一在和年月工作留守儿童兒关爱關愛学學生]/g)?.length ?? 0
  return sample.length > 0 ? hits / sample.length : 0
}

const REFUSALS: Record<string, [zh: string, en: string]> = {
  empty: ['这个文件里没有文字，请检查是不是选错了文件。', 'The file holds no text; check that it is the right one.'],
  too_large: [
    '文件超过 20 MB，不像一份工作计划；请另存为只含文字的 .docx 再读。',
    'The file is larger than 20 MB. Save it as a .docx with the words only.',
  ],
  picture: [
    '这个文件里只有图片，没有能读的文字；请把计划的文字粘贴进来，或换成文字版的文件。',
    'The file holds only pictures and no readable text. Paste the words or choose a file with text.',
  ],
  pdf: [
    'PDF 里的文字常常缺行乱序，这里不读；请用 Word 或 WPS 打开后另存为 .docx，或把文字复制粘贴进来。',
    'PDF files are not read. Open it in Word or WPS and save it as .docx, or paste the text.',
  ],
  doc: [
    '这是旧版的 .doc（或其他旧格式）文件；请用 Word 或 WPS 打开，另存为 .docx 再读。',
    'This is an old .doc file. Open it in Word or WPS and save it as .docx.',
  ],
  password: [
    '这个文件加了打开密码；请先在 Word 或 WPS 里取消密码，另存后再读。',
    'The file is locked with a password. Remove the password and save it again.',
  ],
  rtf: [
    '这是 RTF 格式的文件；请用 Word 或 WPS 打开，另存为 .docx 再读。',
    'This is an RTF file. Open it in Word or WPS and save it as .docx.',
  ],
  spreadsheet: [
    '这是 Excel 表格，不是文字计划；请把计划另存为 .docx，或把文字粘贴进来。',
    'This is a spreadsheet. Save the plan as .docx or paste its text.',
  ],
  damaged: [
    '文件打不开，可能已损坏；请用 Word 或 WPS 打开另存一次再读。',
    'The file cannot be opened and may be damaged. Open it in Word or WPS and save it again.',
  ],
  not_document: [
    '这个压缩文件里没有 Word 文档；请选择 .docx、.txt 或 .md 文件。',
    'There is no Word document inside. Choose a .docx, .txt or .md file.',
  ],
  not_text: [
    '认不出这个文件的文字编码；请另存为 UTF-8 的 .txt 或 .docx 再读。',
    'The encoding of the file is unknown. Save it as UTF-8 text or .docx.',
  ],
}

function refuse(code: string): PlanText {
  const [zh, en] = REFUSALS[code] ?? [
    '这个文件读不了；请另存为 .docx 或 .txt 再读。',
    'The file cannot be read. Save it as .docx or .txt.',
  ]
  return { ok: false, refusal: { code, zh, en } }
}
