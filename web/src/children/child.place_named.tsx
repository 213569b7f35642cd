// A place in words and the division it stands for: the list of divisions is asked for only where there is a place.
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { useWords } from '../ui/language.ts'
import { childText } from './child.text.ts'

/** The place as people say it, and what the list of divisions makes of it. */
export function Place({ words, code }: { words: string; code: string | null }) {
  const t = useWords(childText)
  const named = useOp(unitOps.search_divisions, { q: code ?? '', limit: 1 }, { when: code !== null })
  const hit = named.data?.hits.find((each) => each.code === code)
  return (
    <span>
      {words} <span className="dim small">{code === null ? t('place_open') : hit ? hit.path_name + hit.name : ''}</span>
    </span>
  )
}
