// The health of a child as one cell says it.

import { healths, type Health } from '../values/health.ts'
import { readValue } from '../values/value.ts'
import { coded, readTicked } from './coded.ts'
import type { Column } from './column.ts'
import { addExtra, report, type Draft, type Value } from './draft.ts'
import { readTicks } from './ticks.ts'

/** Two columns that say parts of one thing: 听力 and 二级. */
export function joinText(before: string | null, text: string): string {
  return before === null ? text : before.includes(text) ? before : `${before}${text}`
}

export interface HealthText {
  readonly health: Health | null
  readonly illness: string | null
  readonly disability: string | null
}

/** 健康, 患病：癫痫, 残疾（听力二级）, 健康□残疾☑（肢体四级）, 先天性心脏病; null when the text is none of them. */
export function readHealth(text: string): HealthText | null {
  const ticked = readTicks(text)
  if (ticked)
    return ticked.length === 0
      ? { health: null, illness: null, disability: null }
      : mergeHealth(ticked.map(({ label, note }) => ({ health: readValue(healths, label), note })))
  const exact = readValue(healths, text.replace(/^\d{1,2}[.、-]?/, ''))
  if (exact) return { health: exact, illness: null, disability: null }
  const parts = /^(健康|残疾|患病|重病|大病|疾病|有病)[:：（(\s]*([^)）]+)[)）]?$/.exec(text)
  if (parts && readValue(healths, parts[1] ?? '') && readValue(healths, parts[1] ?? '') !== 'healthy')
    return mergeHealth([{ health: readValue(healths, parts[1] ?? ''), note: (parts[2] ?? '').trim() }])
  if (/残疾|残障|智障|失明|聋|哑|肢残|脑瘫/.test(text) && !/无|非|疑似|父|母/.test(text))
    return { health: 'disabled', illness: null, disability: text }
  if (/(?:病|症|癫痫|哮喘|炎|瘤|癌|贫血|癣)$/.test(text) && !/无|没|非|未|父|母/.test(text))
    return { health: 'ill', illness: text.replace(/^(?:患有?|有)/, ''), disability: null }
  return null
}

function mergeHealth(said: readonly { health: Health | null; note: string }[]): HealthText | null {
  if (said.some(({ health }) => health === null)) return null
  const disabled = said.find(({ health }) => health === 'disabled')
  const ill = said.find(({ health }) => health === 'ill')
  return {
    health: (disabled ?? ill ?? said[0])?.health ?? null,
    illness: ill?.note || null,
    disability: disabled?.note || null,
  }
}

export function readHealthCell(draft: Draft, column: Column, { text }: Value): void {
  if (readTicked(draft, column, 'health', text)) return
  const code = coded<Health>(draft, column, text)
  const read = code ? { health: code, illness: null, disability: null } : readHealth(text)
  if (!read) {
    addExtra(draft, column.header, text)
    report(draft, 'health', 'value_unreadable', 'question', text)
    return
  }
  draft.child.health = read.health
  if (read.illness) draft.child.illness = joinText(draft.child.illness, read.illness)
  if (read.disability) draft.child.disability = joinText(draft.child.disability, read.disability)
}
