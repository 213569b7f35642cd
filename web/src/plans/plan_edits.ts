// Sending edits of one plan: the answer is shown at once, and dropping offers 撤销.
import { useQueryClient } from '@tanstack/react-query'
import type { ItemType, PlanEdit } from '@nuanyang/contract/plans.items.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { keyOf, useWrite, type Written } from '../kernel/query.ts'
import { useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { plansText } from './plans.text.ts'

export interface Edits {
  send: (...edits: PlanEdit[]) => Promise<boolean>
  drop: (entry: { type: ItemType; item: { id: string } & ({ title: string } | { text: string }) }) => Promise<void>
  busy: boolean
  problem: ReturnType<typeof useWrite>['problem']
}

export function usePlanEdits(plan: Plan): Edits {
  const t = useWords(plansText)
  const queries = useQueryClient()
  const edit = useWrite(planOps.edit)

  async function at(version: number, edits: PlanEdit[]): Promise<Written<Plan>> {
    const written = await edit.send({ id: plan.id, body: { version, edits } })
    if (written.is === 'done') queries.setQueryData(keyOf(planOps.get, { id: plan.id }), written.answer)
    return written as Written<Plan>
  }
  return {
    busy: edit.busy,
    problem: edit.problem,
    send: async (...edits) => (await at(plan.version, edits)).is === 'done',
    drop: async ({ type, item }) => {
      const written = await at(plan.version, [{ do: 'drop', type, id: item.id }])
      if (written.is !== 'done') return
      const title = 'title' in item ? item.title : item.text
      toast(t('dropped', { title }), () => {
        // By then somebody may have edited on: the newest version is the one to put it back into.
        const now = queries.getQueryData<Plan>(keyOf(planOps.get, { id: plan.id }))
        void at(now?.version ?? written.answer.version, [{ do: 'restore', id: item.id }])
      })
    },
  }
}
