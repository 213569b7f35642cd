// What the suggestion says in words: why a child is here, why two fit, how much a helper carries.
import {
  matchReasons,
  unmatchedReasons,
  waitingReasons,
  type FreeHelper,
  type MatchReason,
  type UnmatchedReason,
  type WaitingChild,
} from '@nuanyang/contract/pairings.matching.ts'
import { pairingGoals } from '@nuanyang/contract/pairings.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { plainDay } from '../ui/dates.ts'
import { listed, type Language, type Say, type useSay } from '../ui/language.ts'
import type { StateKind } from '../ui/state.tsx'
import { kindWords } from './register.words.tsx'
import type { suggestText } from './suggest.text.ts'

type Words = ReturnType<typeof useSay>

export function reasonWords(reasons: readonly MatchReason[], say: Words, language: Language, most = 9): string {
  return listed(
    reasons.slice(0, most).map((reason) => say(matchReasons[reason.code], { words: reason.words ?? '' })),
    language,
  )
}

export function unmatchedWords(why: UnmatchedReason, say: Words): string {
  return say(unmatchedReasons[why])
}

export function whyHere(
  child: WaitingChild,
  t: Say<typeof suggestText>,
  say: Words,
): { kind: StateKind; words: string } {
  const { code, on, helper_name, words } = child.why
  const day = on ? plainDay(on, t.language) : ''
  if (code === 'focus') return { kind: 'late', words: words ?? say(waitingReasons.focus) }
  if (code === 'helper_left' && helper_name) return { kind: 'soon', words: t('why_left', { helper: helper_name, day }) }
  if (code === 'never') return { kind: 'plain', words: say(waitingReasons.never) }
  return { kind: 'soon', words: day ? t('why_ended', { day }) : say(waitingReasons[code]) }
}

/** 五年级，三组 */
export function placeWords(child: WaitingChild, language: Language): string {
  return listed([child.grade ? gradeLabel(child.grade as Grade, language) : null, child.villager_group], language)
}

export function needWords(child: WaitingChild, say: Words, language: Language): string {
  return (
    child.needs ??
    listed([...child.goals.map((goal) => say(pairingGoals[goal])), ...child.subjects, ...child.languages], language)
  )
}

export function helperPlace(helper: FreeHelper, say: Words, language: Language): string {
  return listed([kindWords(helper, say), helper.villager_group ?? helper.unit_name], language)
}

export function helperLoad(helper: FreeHelper, t: Say<typeof suggestText>): string {
  const free = helper.max_children - helper.children
  if (free <= 0) return t('full')
  return helper.children === 0 ? t('helps_nobody', { free }) : t('helps', { n: helper.children, free })
}
