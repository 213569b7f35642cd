import { accountOps, type SessionNow } from '@nuanyang/contract/accounts.ts'
import { demoOps } from '@nuanyang/contract/demo.ts'
import { call } from '../kernel/client.ts'

/** Loads the demonstration and comes back to the membership that was in use. The right to do it is the administrator's, who in
 *  a small office is the same person under another membership. @returns the session, with the demonstration's memberships */
export async function loadDemo(session: SessionNow): Promise<SessionNow> {
  const before = session.active_membership_id
  const admin = session.memberships.find((each) => each.role === 'administrator' && !each.demo)
  if (admin && admin.id !== before) await call(accountOps.switch_membership, { body: { membership_id: admin.id } })
  try {
    await call(demoOps.load, {})
  } finally {
    if (before && admin && admin.id !== before)
      await call(accountOps.switch_membership, { body: { membership_id: before } })
  }
  return call(accountOps.get_session, {})
}
