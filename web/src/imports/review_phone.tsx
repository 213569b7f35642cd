// The lines of a roster on the phone: two lines each, the rest of it in a sheet from below.
import { useState } from 'react'
import { importOps, type ImportRow } from '@nuanyang/contract/imports.ts'
import { issueWords } from '@nuanyang/contract/imports.words.ts'
import { useOp } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded } from '../ui/page.tsx'
import { uiText } from '../ui/ui.text.ts'
import { importsText } from './imports.text.ts'
import { FateState } from './parts.tsx'
import { RowPane } from './row_pane.tsx'
import { factWords, fateOf, type Fate, type Sheet } from './sheet.ts'

const page = 40

export function PhoneLines({ id, sheet, fate, total }: { id: string; sheet: Sheet; fate: Fate | null; total: number }) {
  const t = useWords(importsText)
  const u = useWords(uiText)
  const [skip, setSkip] = useState(0)
  const [open, setOpen] = useState<ImportRow | null>(null)
  const head = fate ? 0 : sheet.counts.head
  const found = useOp(
    importOps.rows,
    { id, sheet: sheet.name, ...(fate ? { action: fate } : {}), skip: head + skip, limit: page },
    { keepLast: true },
  )
  return (
    <Loaded of={found}>
      {({ items }) => (
        <>
          <ul className="tworow imp-lines" aria-label={t('the_sheet')}>
            {items
              .filter((row) => fateOf(row) !== null)
              .map((row) => (
                <li key={row.id}>
                  <button type="button" className="tworow-go" onClick={() => setOpen(row)}>
                    <LineWords row={row} />
                  </button>
                </li>
              ))}
          </ul>
          {total > page && (
            <nav className="row g12 imp-pager">
              <span className="dim small grow">
                {skip + 1}–{Math.min(total, skip + page)} / {total}
              </span>
              {skip > 0 && <Button onClick={() => setSkip(skip - page)}>{u('newer')}</Button>}
              {skip + page < total && <Button onClick={() => setSkip(skip + page)}>{u('older')}</Button>}
            </nav>
          )}
          {open && (
            <Dialog title={open.name ?? t('row_title', { n: open.row })} onClose={() => setOpen(null)}>
              <RowPane
                titled={open.name !== null}
                row={open}
                sheet={sheet}
                id={id}
                onDecided={(decision) => setOpen({ ...open, decision })}
              />
            </Dialog>
          )}
        </>
      )}
    </Loaded>
  )
}

function LineWords({ row }: { row: ImportRow }) {
  const t = useWords(importsText)
  const say = useSay()
  const fate = fateOf(row)
  const gravest = row.issues.find(({ severity }) => severity !== 'warning') ?? row.issues[0]
  const said = gravest && issueWords[gravest.code]
  const skipped =
    row.skipped === 'subtotal' || row.skipped === 'note' || row.skipped === 'signature' || row.skipped === 'hidden'
      ? t(`skip_${row.skipped}`)
      : null
  return (
    <>
      <span className="tworow-1">
        <b>{row.name ?? Object.values(row.cells)[0] ?? ''}</b>
        <span className="dim small grow">{t('row_n', { n: row.row })}</span>
        {fate && <FateState fate={fate} />}
      </span>
      <span className="tworow-2 dim small">
        {skipped ??
          listed([
            said && say(said),
            row.differences.length > 0 &&
              row.differences
                .map((each) => say(factWords(each.field)))
                .slice(0, 3)
                .join(t.language === 'zh' ? '、' : ', '),
          ])}
      </span>
    </>
  )
}
