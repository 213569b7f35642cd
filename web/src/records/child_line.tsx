// 时间线: everything done for one child, inside the child's file.
import { useState } from 'react'
import { kindSpecs } from '@nuanyang/contract/kinds.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import { call } from '../kernel/client.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ChipLink } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { EmptyState, Loaded } from '../ui/page.tsx'
import { RecordLine } from './line.tsx'
import { PrintRecords } from './printing.tsx'
import { recordsText } from './records.text.ts'
import './records.css'

export function ChildLine({ child }: { child: { id: string; name: string } }) {
  const t = useWords(recordsText)
  const say = useSay()
  const first = useOp(recordOps.list, { child_id: child.id })
  const [more, setMore] = useState<{ items: RecordRow[]; next: string | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const [printing, setPrinting] = useState(false)
  const writes = useRight('records.write')
  const exports = useRight('records.export')
  async function next(after: string): Promise<void> {
    setBusy(true)
    const page = await call(recordOps.list, { child_id: child.id, after })
    setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next })
    setBusy(false)
  }
  return (
    <Loaded of={first} rows={5}>
      {(page) => {
        const after = more ? more.next : page.next
        const all = [...page.items, ...(more?.items ?? [])]
        return (
          <>
            {writes && (
              <p className="row wrap g8 no-print rec-acts">
                {(['talk', 'call', 'visit'] as const).map((kind) => (
                  <ChipLink key={kind} to={paths.record()} search={{ kind, child: child.id }} icon="pencil">
                    {say(kindSpecs[kind].title).replace(/(记录|登记)$/u, '')}
                  </ChipLink>
                ))}
                <ChipLink to={paths.record()} search={{ child: child.id }} icon="plus">
                  {t('other_record')}
                </ChipLink>
                <span className="grow" />
                {exports && all.length > 0 && (
                  <Button kind="text" icon="print" onClick={() => setPrinting(true)}>
                    {t('print')}
                  </Button>
                )}
              </p>
            )}
            {all.length === 0 ? (
              <EmptyState title={t('empty')}>{t('no_records_child', { name: child.name })}</EmptyState>
            ) : (
              <RecordLine records={all} ofChild />
            )}
            {after && (
              <p className="rec-more">
                <Button busy={busy} onClick={() => void next(after)}>
                  {t('more')}
                </Button>
              </p>
            )}
            {printing && <PrintRecords filter={{ child_id: child.id }} title={t('all_of_child', { name: child.name })} onClose={() => setPrinting(false)} />}
          </>
        )
      }}
    </Loaded>
  )
} // prettier-ignore
