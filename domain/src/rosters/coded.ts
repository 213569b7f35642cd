// Codes and ticks: what the legend of the file makes of a number, and what a tick under an answer says.

import { foldText } from '../chinese_text.ts'
import { sexes } from '../values/sex.ts'
import { readValue } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import type { Column } from './column.ts'
import { codeOf } from './legends.ts'
import type { Draft } from './draft.ts'

/** The value that the file's own legend gives a code, or null. */
export function coded<T extends string>(draft: Draft, column: Column, text: string): T | null {
  const folded = foldText(text)
  const legend = draft.table.legends.get(column.letters)
  return (/^(?:\d{1,2}|[a-h])$/.test(folded) ? (legend?.get(codeOf(folded)) as T | undefined) : undefined) ?? null
}

/** A cell of a column that is one answer: notes yes or no, and says whether the text was either. */
export function readTicked(draft: Draft, column: Column, attribute: string, text: string): boolean {
  if (column.tick === null) return false
  const answer = readValue(yesNo, text) ?? (readValue(sexes, text) !== null && attribute === 'sex' ? 'yes' : null)
  if (answer === null) return false
  draft.answers.push({ attribute, tick: column.tick, yes: answer === 'yes' })
  return true
}
