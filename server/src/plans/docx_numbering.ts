import type { SaxesTagPlain } from 'saxes'
import { SaxesParser } from 'saxes'

type Level = { format: string; text: string; start: number }
/** Lists of a document: the id a paragraph names → its levels. Ids that share a definition share their counting, as in Word. */
export type Numbering = Map<string, { definition: string; levels: Map<number, Level>; restarts: Map<number, number> }>

/** Reads word/numbering.xml; an empty text gives no lists. */
export function readNumbering(source: string): Numbering {
  const definitions = new Map<string, Map<number, Level>>()
  const lists: Numbering = new Map()
  let definition: Map<number, Level> | null = null
  let level: Level | null = null
  let list: { id: string; definition: string; restarts: Map<number, number> } | null = null
  let override = 0
  walk(source, (tag, value, of) => {
    if (tag === 'w:abstractNum') definitions.set(of('abstractNumId') ?? '', (definition = new Map()))
    else if (tag === 'w:lvl' && definition && !list)
      definition.set(Number(of('ilvl')), (level = { format: 'decimal', text: '', start: 1 }))
    else if (tag === 'w:numFmt' && level && !list) level.format = value ?? 'decimal'
    else if (tag === 'w:lvlText' && level && !list) level.text = value ?? ''
    else if (tag === 'w:start' && level && !list) level.start = Number(value)
    else if (tag === 'w:num') list = { id: of('numId') ?? '', definition: '', restarts: new Map() }
    else if (tag === 'w:abstractNumId' && list) {
      list.definition = value ?? ''
      lists.set(list.id, {
        definition: list.definition,
        levels: definitions.get(list.definition) ?? new Map(),
        restarts: list.restarts,
      })
    } else if (tag === 'w:lvlOverride') override = Number(of('ilvl'))
    else if (tag === 'w:startOverride' && list) list.restarts.set(override, Number(value))
  })
  return lists
}

type Style = { outline: number | null; list: { id: string; level: number } | null; based: string | null }

/** Paragraph styles that make a heading or carry a list, with what they inherit. */
export function readStyles(source: string): Map<string, Style> {
  const styles = new Map<string, Style>()
  let style: Style | null = null
  walk(source, (tag, value, of) => {
    if (tag === 'w:style') styles.set(of('styleId') ?? '', (style = { outline: null, list: null, based: null }))
    else if (!style) return
    else if (tag === 'w:basedOn') style.based = value
    else if (tag === 'w:outlineLvl') style.outline = Number(value)
    else if (tag === 'w:numId') style.list = { id: value ?? '', level: style.list?.level ?? 0 }
    else if (tag === 'w:ilvl') style.list = { id: style.list?.id ?? '', level: Number(value) }
    else if (tag === 'w:name') style.outline ??= headingLevel(value ?? '')
  })
  for (const one of styles.values()) {
    let base = one.based
    for (let depth = 0; base !== null && depth < 10; depth++) {
      const parent = styles.get(base)
      one.outline ??= parent?.outline ?? null
      one.list ??= parent?.list ?? null
      base = parent?.based ?? null
    }
  }
  return styles
}

function headingLevel(name: string): number | null {
  const level = /^heading (\d)$/i.exec(name)?.[1] ?? /^标题 (\d)$/.exec(name)?.[1]
  return level ? Number(level) - 1 : null
}

/** Counts paragraphs of lists as they come and writes each one's number: 一、 （二） 3. ①. */
export function startCounting(lists: Numbering): (id: string, level: number) => string {
  const counters = new Map<string, number[]>()
  const restarted = new Set<string>()
  return (id, level) => {
    const list = lists.get(id)
    const form = list?.levels.get(level)
    if (!list || !form) return ''
    if (form.format === 'bullet') return '•'
    const counter = counters.get(list.definition) ?? []
    counters.set(list.definition, counter)
    const restart = list.restarts.get(level)
    if (restart !== undefined && !restarted.has(`${id}/${level}`)) {
      restarted.add(`${id}/${level}`)
      counter[level] = restart
    } else counter[level] = (counter[level] ?? form.start - 1) + 1
    counter.length = level + 1
    return form.text.replace(/%(\d)/g, (_all, k: string) => {
      const at = Number(k) - 1
      const other = list.levels.get(at)
      return inFormat(counter[at] ?? other?.start ?? 1, other?.format ?? 'decimal')
    })
  }
}

function inFormat(n: number, format: string): string {
  if (/chinese|japaneseCounting|taiwanese|ideographDigital|japaneseDigital/i.test(format)) return han(n)
  if (/EnclosedCircle/i.test(format) && n >= 1 && n <= 20) return String.fromCodePoint(0x2460 + n - 1)
  if (format === 'lowerLetter') return String.fromCodePoint(97 + ((n - 1) % 26))
  if (format === 'upperLetter') return String.fromCodePoint(65 + ((n - 1) % 26))
  if (format === 'none') return ''
  return String(n)
}

function han(n: number): string {
  const digits = '〇一二三四五六七八九'
  if (n < 10) return digits.charAt(n)
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? digits.charAt(tens % 10) : ''}十${n % 10 > 0 ? digits.charAt(n % 10) : ''}`
}

function walk(
  source: string,
  onTag: (tag: string, value: string | null, of: (name: string) => string | null) => void,
): void {
  if (source === '') return
  const parser = new SaxesParser()
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const of = (name: string): string | null => tag.attributes[`w:${name}`] ?? null
    onTag(tag.name, of('val'), of)
  })
  parser.on('error', (error: Error) => {
    throw error
  })
  parser.write(source).close()
}
