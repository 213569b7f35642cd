// Ticks inside one cell: 健康☑ 残疾□ 患病□, 健康(√)残疾( )患病( ), □健康 ☑残疾（肢体四级）.

import { foldText } from '../chinese_text.ts'

export interface TickedOption {
  readonly label: string
  /** Words inside the brackets of the option: 肢体四级. */
  readonly note: string
}

const ON = '√✓✔☑■●◉☒✅þ'
const BOX = '□☐○◯▢'
const ANY_MARK = new RegExp(`[${ON}${BOX}]|\\(\\s*\\)|\\[\\s*\\]`)

/** The ticked options, or null when the text has no boxes at all. A lone √ is no group of options. */
export function readTicks(raw: string): TickedOption[] | null {
  const text = foldText(raw)
    .replace(/[【〔]/g, '(')
    .replace(/[】〕]/g, ')')
  if (!ANY_MARK.test(text) || !/\p{Script=Han}/u.test(text)) return null
  return new RegExp(`^[(\\[]?[${ON}${BOX}]`).test(text) || /^\(\)\p{Script=Han}/u.test(text)
    ? marksBefore(text)
    : marksAfter(text)
}

function marksBefore(text: string): TickedOption[] {
  const ticked: TickedOption[] = []
  for (const match of text.matchAll(
    new RegExp(`[(\\[]?([${ON}${BOX}]|(?<=\\()(?=\\)))[)\\]]?([^${ON}${BOX}]*)`, 'g'),
  )) {
    if (match[1] && ON.includes(match[1])) ticked.push(splitNote(match[2] ?? ''))
  }
  return ticked
}

function marksAfter(text: string): TickedOption[] {
  const ticked: TickedOption[] = []
  // A label, then a bare mark or a bracket with a mark and perhaps words, then perhaps a bracket with words.
  const option = new RegExp(
    `([^${ON}${BOX}()\\[\\],;、/]+)(?:([${ON}${BOX}])(?:\\(([^)]*)\\))?|[(\\[]([${ON}]?)([^)\\]]*)[)\\]])`,
    'g',
  )
  for (const match of text.matchAll(option)) {
    const mark = match[2] ?? match[4] ?? ''
    const note = (match[3] ?? match[5] ?? '').trim()
    if (mark !== '' && ON.includes(mark)) ticked.push({ label: match[1] ?? '', note })
  }
  return ticked
}

function splitNote(text: string): TickedOption {
  const match = /^([^([:：]*)(?:[([:：]([^)\]]*)[)\]]?)?/.exec(text.replace(/[)\],;、/]+$/, ''))
  return { label: (match?.[1] ?? text).trim(), note: (match?.[2] ?? '').trim() }
}
