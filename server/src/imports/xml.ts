// XML of office files by events. Namespace prefixes are dropped: Strict and Transitional files differ in them only.

import { SaxesParser } from 'saxes'
import { ReadRefusal } from './refusal.ts'

export type Attributes = Readonly<Record<string, string>>

export interface XmlHandler {
  readonly open?: (name: string, attributes: Attributes) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

const local = new Map<string, string>()

function localName(name: string): string {
  let known = local.get(name)
  if (known === undefined) {
    known = name.slice(name.indexOf(':') + 1)
    if (local.size < 2000) local.set(name, known)
  }
  return known
}

function createParser(handler: XmlHandler): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const { open, close, text } = handler
  parser.on('error', (cause) => {
    throw new ReadRefusal('corrupted', { cause })
  })
  if (open) parser.on('opentag', (tag) => open(localName(tag.name), tag.attributes))
  if (close) parser.on('closetag', (tag) => close(localName(tag.name)))
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  return parser
}

export function parseXml(xml: string, handler: XmlHandler): void {
  createParser(handler).write(xml).close()
}

export async function parseXmlChunks(chunks: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  const parser = createParser(handler)
  const decoder = new TextDecoder()
  for await (const chunk of chunks) parser.write(decoder.decode(chunk, { stream: true }))
  parser.write(decoder.decode()).close()
}

/** An attribute by its local name: `r:id` and `id` in whatever prefix the file uses. */
export function attribute(attributes: Attributes, name: string): string | undefined {
  if (name in attributes) return attributes[name]
  for (const key in attributes) if (localName(key) === name) return attributes[key]
  return undefined
}
