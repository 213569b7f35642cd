// Who is away, by the label of the table; by a number only when something explains the number.

import { foldText } from '../chinese_text.ts'
import { aways, type Away } from '../values/away.ts'
import { readValue } from '../values/value.ts'
import { yesNo } from '../values/yes_no.ts'
import { coded, readTicked } from './coded.ts'
import type { Column } from './column.ts'
import { addExtra, ask, report, type Draft, type Value } from './draft.ts'
import { readTicks } from './ticks.ts'

/** The label of an away column, also with its code before it; null when it names none. */
export function readAwayLabel(text: string): Away | null {
  const ticked = readTicks(text)
  if (ticked) return ticked.length === 1 ? readAwayLabel(ticked[0]?.label ?? '') : null
  const folded = foldText(text)
    .replace(/^\d{1,2}[.、:-]?(?=\D)/, '')
    .replace(/[()（）]/g, '')
    .replace(/[,，、;。\s]/g, '')
  const exact = readValue(aways, text) ?? readValue(aways, folded)
  if (exact) return exact
  if (/一方.*(?:外出|务工|在外).*(?:另一方|一方).*(?:无|丧失|没有).*(?:能力|监护)/.test(folded))
    return 'one_parent_other_unable'
  return /^(?:父母|双亲|夫妻)?(?:双方|均|都|双双|共同)+(?:长期|常年)?(?:外出|在外)(?:地|省|县)?(?:务工|打工|经商|就业)?(?:留守)?$/.test(
    folded,
  )
    ? 'both_parents'
    : null
}

/** 双 and 单(父) under 双留/单留: the head says of what. */
function readShort(column: Column, text: string): Away | null {
  if (!/双.{0,3}单|单.{0,3}双/.test(column.header)) return null
  const word = /^([双单])(?:留守?|亲)?(?:[(（]?(?:父|母|爸|妈)亲?爸?妈?[)）]?)?$/.exec(foldText(text))?.[1]
  return word === undefined ? null : word === '双' ? 'both_parents' : 'one_parent'
}

export function readAway(draft: Draft, column: Column, { text }: Value): void {
  if (readTicked(draft, column, 'away', text)) return
  const code = coded<Away | 'yes' | 'no'>(draft, column, text)
  if (code === 'no') {
    draft.child.away = 'none'
    return
  }
  const label = code === 'yes' ? null : (code ?? readAwayLabel(text) ?? readShort(column, text))
  if (label) {
    draft.child.away = label
    const who = /^单?[(（]?(父|爸)[^母妈]*$/.test(text)
      ? 'father'
      : /^单?[(（]?(母|妈)[^父爸]*$/.test(text)
        ? 'mother'
        : null
    if (label === 'one_parent' && who) draft.child.facts['away_parent'] = who
    return
  }
  if (
    readValue(yesNo, text) === 'no' &&
    /是否|留守|与否/.test(column.header) &&
    !/情况|类型|类别/.test(column.header) &&
    !/^\d$/.test(foldText(text))
  ) {
    draft.child.away = 'none'
    return
  }
  const codes = draft.table.codes.get(column.letters) ?? []
  const choices =
    codes.length > 0
      ? awayMappings(codes)
      : ['both_parents', 'one_parent_other_unable', 'one_parent', 'none', 'leave_empty']
  const word = codes.length > 0 ? '' : foldText(text)
  const { choice, severity } = ask(
    draft,
    column,
    'away_code_needs_label',
    text,
    choices[0] === undefined || codes.length === 0 ? 'leave_empty' : (choices[0] ?? null),
    choices,
    word,
  )
  if (choice !== null)
    draft.child.away = codes.length > 0 ? mappedAway(choice, text) : choice === 'leave_empty' ? null : (choice as Away)
  if (draft.child.away === null) addExtra(draft, column.header, text)
  report(draft, 'away', 'away_code_needs_label', severity, text)
}

/** 0=none,1=one_parent,2=both_parents and the other ways in which offices number the same three labels. */
function awayMappings(codes: readonly string[]): string[] {
  const orders: readonly (readonly Away[])[] =
    codes[0] === '0'
      ? [
          ['none', 'one_parent', 'both_parents'],
          ['none', 'both_parents', 'one_parent'],
          ['none', 'both_parents', 'one_parent_other_unable'],
        ]
      : [
          ['none', 'one_parent', 'both_parents'],
          ['both_parents', 'one_parent', 'none'],
          ['both_parents', 'one_parent_other_unable', 'one_parent'],
          ['one_parent', 'both_parents', 'none'],
        ]
  return [
    ...orders.map((order) => codes.map((code, place) => `${code}=${order[place] ?? 'leave_empty'}`).join(',')),
    'leave_empty',
  ]
}

function mappedAway(choice: string, text: string): Away | null {
  const code = foldText(text)
  const found = choice
    .split(',')
    .map((pair) => pair.split('='))
    .find(([from]) => from === code)?.[1]
  return found === undefined || found === 'leave_empty' ? null : (found as Away)
}
