// The frame of every question about a unit: fields, what was refused in words, cancel and the one next step.
import { useEffect, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Problem } from '../kernel/problem.ts'
import { refresh } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { unitsText } from './units.text.ts'

export function Ask({
  title,
  help,
  action,
  danger,
  ready,
  busy,
  problem,
  onDo,
  onClose,
  children,
}: {
  title: string
  help?: ReactNode
  /** The words of the button. */
  action: string
  danger?: boolean
  ready: boolean
  busy: boolean
  problem: Problem | null
  onDo: () => void
  onClose: () => void
  children: ReactNode
}) {
  const t = useWords(unitsText)
  const say = useSay()
  const queries = useQueryClient()
  // Somebody else was quicker: the page behind is read again, so that the next press is about what is so now.
  const stale = problem?.code === 'stale'
  useEffect(() => {
    if (stale) refresh(queries, 'units')
  }, [stale, queries])
  // A sentence under its field says more than the sum of them.
  const beside = problem && problem.errors.length === 0
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={onDo}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !busy) onDo()
        }}
      >
        {help && <p className="dim">{help}</p>}
        {children}
        {beside && (
          <ProblemLine>{stale ? t('stale_now') : say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
