// In a file: others that look like it, and what was merged into it or it into.
import { duplicateOps } from '@nuanyang/contract/duplicates.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { useWords } from '../ui/language.ts'
import { duplicatesText } from './duplicates.text.ts'
import { MergeLine, reasonWords } from './likeness.tsx'

export function FileLikeness({ id }: { id: string }) {
  const t = useWords(duplicatesText)
  const decides = useRight('changes.decide')
  const like = useOp(duplicateOps.of_child, { child_id: id }, { when: decides }).data?.items ?? []
  const merges = useOp(duplicateOps.merges, { child_id: id, limit: 10 }).data?.items ?? []
  if (like.length === 0 && merges.length === 0) return null
  return (
    <section className="block">
      <header>
        <h3>{t('title')}</h3>
      </header>
      <ul className="lines">
        {like.map((pair) => (
          <li key={pair.other.child_id}>
            <span className="grow">
              <b>{pair.other.name}</b>
              <small>{reasonWords(pair.reasons, t.language)}</small>
            </span>
            <To to={paths.pair(id, pair.other.child_id)}>{t('compare')}</To>
          </li>
        ))}
        {merges.map((merge) => (
          <MergeLine key={merge.id} merge={merge} />
        ))}
      </ul>
    </section>
  )
}
