// 换一个人: any helper with a place, found by name.
import { useState } from 'react'
import type { FreeHelper, WaitingChild } from '@nuanyang/contract/pairings.matching.ts'
import { SearchBox } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { suggestText } from './suggest.text.ts'
import { helperLoad, helperPlace } from './suggest.words.ts'

export function PickHelper({
  child,
  helpers,
  onPick,
  onClose,
}: {
  child: WaitingChild
  helpers: readonly FreeHelper[]
  onPick: (helper: FreeHelper) => void
  onClose: () => void
}) {
  const t = useWords(suggestText)
  const say = useSay()
  const [q, setQ] = useState('')
  const found = helpers.filter((one) => one.max_children > one.children && one.name.includes(q.trim())).slice(0, 50)
  return (
    <Dialog title={t('pick', { child: child.name })} onClose={onClose}>
      <SearchBox label={t('pick_find')} placeholder={t('pick_find')} value={q} onSearch={setQ} autoFocus />
      <ul className="pick-list">
        {found.map((helper) => (
          <li key={helper.id}>
            <button type="button" onClick={() => onPick(helper)}>
              <b>{helper.name}</b> <span className="dim small">{helperPlace(helper, say, t.language)}</span>
              <span className="dim small">{helperLoad(helper, t)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
