import { accountOps, type SessionNow } from '@nuanyang/contract/accounts.ts'
import { useWrite } from '../kernel/query.ts'
import { useSignedIn, useTakeSession } from '../kernel/session.ts'
import { useSay } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'

/** Works on under another membership; everything on the screen is then fetched anew with its rights. Answers them, or null when nothing changed. */
export function useBecome(): { become: (membershipId: string) => Promise<SessionNow | null>; busy: boolean } {
  const say = useSay()
  const { active_membership_id } = useSignedIn()
  const take = useTakeSession()
  const change = useWrite(accountOps.switch_membership)
  async function become(membership_id: string): Promise<SessionNow | null> {
    if (membership_id === active_membership_id) return null
    const written = await change.send({ body: { membership_id } })
    if (written.is === 'refused') toast(say({ zh: written.problem.detail, en: written.problem.detail_en }))
    if (written.is !== 'done') return null
    take(written.answer)
    return written.answer
  }
  return { become, busy: change.busy }
}
