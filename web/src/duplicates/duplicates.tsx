// 疑似重复: pairs that look alike, and what was merged lately.
import { useState } from 'react'
import { duplicateOps, type Likeness } from '@nuanyang/contract/duplicates.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { listed, useWords } from '../ui/language.ts'
import { EmptyState, Loaded, Page, Section } from '../ui/page.tsx'
import { duplicatesText } from './duplicates.text.ts'
import { MergeLine, reasonWords } from './likeness.tsx'
import './duplicates.css'

export function DuplicatesPage() {
  const t = useWords(duplicatesText)
  const [parts, setParts] = useState<readonly (string | undefined)[]>([undefined])
  const merges = useOp(duplicateOps.merges, { limit: 20 })
  return (
    <Page title={t('title')} sub={t('sub')} back={paths.children()}>
      {parts.map((after, at) => (
        <Part
          key={after ?? ''}
          after={after}
          onMore={at === parts.length - 1 ? (next) => setParts([...parts, next]) : undefined}
        />
      ))}
      {merges.data && merges.data.items.length > 0 && (
        <Section title={t('recent')}>
          <ul className="lines">
            {merges.data.items.map((merge) => (
              <MergeLine key={merge.id} merge={merge} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  )
}

function Part({ after, onMore }: { after: string | undefined; onMore: ((next: string) => void) | undefined }) {
  const t = useWords(duplicatesText)
  const page = useOp(duplicateOps.list, { limit: 30, ...(after ? { after } : {}) })
  return (
    <Loaded of={page} rows={4}>
      {({ items, next }) => (
        <>
          {items.length === 0 && !after && <EmptyState title={t('none')}>{t('none_help')}</EmptyState>}
          <ul className="lines">
            {items.map((pair) => (
              <li key={pair.one.child_id + pair.other.child_id}>
                <span className="grow">
                  <b>{pair.one.name}</b> <Where one={pair.one} />
                  <span className="alike-and" aria-hidden="true" />
                  <b>{pair.other.name}</b> <Where one={pair.other} />
                  <small>{reasonWords(pair.reasons, t.language)}</small>
                </span>
                <To to={paths.pair(pair.one.child_id, pair.other.child_id)}>{t('compare')}</To>
              </li>
            ))}
          </ul>
          {next && onMore && (
            <Button kind="text" onClick={() => onMore(next)}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

function Where({ one }: { one: Likeness['one'] }) {
  const t = useWords(duplicatesText)
  return (
    <span className="dim small">{listed([one.unit_name, one.status === 'exited' && t('closed')], t.language)}</span>
  )
}
