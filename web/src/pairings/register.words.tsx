// How a helper is spoken of: the part, the state, the load.
import { helperKinds, type HelperKind } from '@nuanyang/contract/pairings.ts'
import type { Helper, HelperState } from '@nuanyang/contract/pairings.register.ts'
import { useWords, type useSay } from '../ui/language.ts'
import { LoadDots, type StateKind } from '../ui/state.tsx'
import { registerText } from './register.text.ts'

export const stateMarks: Record<HelperState, StateKind> = {
  applied: 'asked',
  ready: 'done',
  expired: 'soon',
  declined: 'late',
  left: 'none',
}

/** 爱心妈妈（退休教师） */
export function kindWords(helper: { kind: HelperKind; kind_words: string | null }, say: ReturnType<typeof useSay>) {
  return helper.kind_words ?? say(helperKinds[helper.kind])
}

export function HelperLoad({ helper }: { helper: Pick<Helper, 'children' | 'max_children'> }) {
  const t = useWords(registerText)
  const words = t('load_words', { n: helper.children, most: helper.max_children })
  // Dots are counted at a glance up to six; beyond that a number says it better.
  if (Math.max(helper.children, helper.max_children) > 6) return <span className="dim small">{words}</span>
  return <LoadDots has={helper.children} adds={0} limit={helper.max_children} label={words} />
}
