// A question about one item of a plan, sent as edits.
import type { ReactNode } from 'react'
import type { PlanEdit } from '@nuanyang/contract/plans.items.ts'
import type { Plan } from '@nuanyang/contract/plans.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import type { Edits } from './plan_edits.ts'
import { plansText } from './plans.text.ts'

export interface FormProps {
  plan: Plan
  edits: Edits
  onClose: () => void
}

export function FormDialog({
  title,
  edits,
  list,
  label,
  onClose,
  beside,
  children,
}: {
  title: string
  edits: Edits
  /** The edits to send; null while something is missing. */
  list: PlanEdit[] | null
  label?: string
  onClose: () => void
  beside?: ReactNode
  children: ReactNode
}) {
  const t = useWords(plansText)
  const say = useSay()
  async function go(): Promise<void> {
    if (list && (await edits.send(...list))) onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          {beside}
          <Button kind="primary" busy={edits.busy} disabled={!list} onClick={() => void go()}>
            {label ?? t('save')}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        {children}
        {edits.problem && <ProblemLine>{say({ zh: edits.problem.detail, en: edits.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
