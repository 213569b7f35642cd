// The suggestion on the phone: one child after the other, with who would help and why.
import { useMemo, useState } from 'react'
import { Button } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { State } from '../ui/state.tsx'
import type { Hands } from './suggest.tsx'
import type { Draft, Suggestion } from './suggest.state.ts'
import { suggestText } from './suggest.text.ts'
import { helperPlace, needWords, placeWords, reasonWords, unmatchedWords, whyHere } from './suggest.words.ts'

const step = 30

export function SuggestList({ suggestion, draft, hands }: { suggestion: Suggestion; draft: Draft; hands: Hands }) {
  const t = useWords(suggestText)
  const say = useSay()
  const [shown, setShown] = useState(step)
  const pairOf = useMemo(() => new Map(draft.pairs.map((pair) => [pair.child_id, pair])), [draft])
  const helpers = useMemo(() => new Map(suggestion.helpers.map((one) => [one.id, one])), [suggestion])
  const rest = suggestion.children.length - shown
  return (
    <>
      <ul className="suggest-list">
        {suggestion.children.slice(0, shown).map((child) => {
          const pair = pairOf.get(child.id)
          const helper = pair && helpers.get(pair.helper_id)
          const why = whyHere(child, t, say)
          const waits = draft.without[child.id]
          return (
            <li key={child.id}>
              <p className="suggest-who">
                <b>{child.name}</b> <span className="dim small grow">{placeWords(child, t.language)}</span>
                <State kind={why.kind}>{why.words}</State>
              </p>
              {needWords(child, say, t.language) && <p className="dim small">{needWords(child, say, t.language)}</p>}
              {pair && helper ? (
                <p className="suggest-to">
                  <Icon name={pair.locked ? 'lock' : 'right'} size={16} />
                  <span>
                    <b>{helper.name}</b> <span className="dim small">{helperPlace(helper, say, t.language)}</span>
                    <br />
                    <span className="small">{reasonWords(pair.reasons, say, t.language)}</span>
                  </span>
                </p>
              ) : (
                <p className="suggest-to dim">{waits ? unmatchedWords(waits, say) : t('working')}</p>
              )}
              <p className="suggest-acts">
                {pair && (
                  <Button kind="text" onClick={() => hands.lock(child.id, !pair.locked)}>
                    {t(pair.locked ? 'unlock' : 'lock')}
                  </Button>
                )}
                <Button kind="text" aria-label={t('pick', { child: child.name })} onClick={() => hands.pick(child)}>
                  {t('other')}
                </Button>
                <Button kind="text" aria-label={t('wish_of', { child: child.name })} onClick={() => hands.wish(child)}>
                  {t('wish')}
                </Button>
                {waits === 'left_out' ? (
                  <Button kind="text" onClick={() => hands.bringBack(child.id)}>
                    {t('bring_back')}
                  </Button>
                ) : (
                  <Button kind="text" onClick={() => hands.leaveOut(child.id)}>
                    {t('not_now')}
                  </Button>
                )}
              </p>
            </li>
          )
        })}
      </ul>
      {rest > 0 && <Button onClick={() => setShown(shown + step)}>{t('more', { n: Math.min(step, rest) })}</Button>}
    </>
  )
}
