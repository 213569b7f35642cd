// Who is signed in, as what, and with which rights. The session is a row at the server and a cookie here; this is its reading.
import { useQuery, type QueryClient } from '@tanstack/react-query'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import { onSignedOut, send } from './client.ts'

export interface Membership {
  id: string
  unit_id: string
  unit_name: string
  unit_kind: string
  role: string
}

export interface SignedIn {
  account: { id: string; name: string; username: string; must_change_password: boolean }
  memberships: readonly Membership[]
  active_membership_id: string | null
  tenant: { id: string; name: string; demo: boolean } | null
  rights: readonly string[]
  language?: string
}

/** Nobody, or somebody. `setup_needed`: this installation has no first person yet. */
export type Session = ({ signed_in: true } & SignedIn) | { signed_in: false; setup_needed: boolean }

const read: Pick<Operation, 'method' | 'path'> & { name: string } = {
  name: 'accounts.session',
  method: 'get',
  path: '/session',
}
export const sessionKey = [read.name] as const

let last: Session | undefined
let lastPerson: SignedIn | undefined

async function fetchSession(): Promise<Session> {
  const answer = (await send(read as Operation, {}, {})) as Partial<SignedIn> & { setup_needed?: boolean }
  last = answer.account
    ? { signed_in: true, ...(answer as SignedIn) }
    : { signed_in: false, setup_needed: Boolean(answer.setup_needed) }
  if (last.signed_in) lastPerson = last
  return last
}

/** The session as last read, for what runs outside of pages (the outbox). */
export function lastSession(): Session | undefined {
  return last
}

/** Signs everybody out of this window's memory when an answer says that the session is over; what is typed stays on the page. */
export function watchSession(queries: QueryClient): void {
  onSignedOut(() => {
    if (last && !last.signed_in) return
    last = { signed_in: false, setup_needed: false }
    queries.setQueryData(sessionKey, last)
  })
}

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 5 * 60_000, refetchOnWindowFocus: true })
}

/** Whose work is on the page: stays while a session has just ended, so that what is typed then still has its owner. */
export function lastSignedIn(): SignedIn | undefined {
  return lastPerson
}

/** The signed-in session; only inside pages that the frame shows to those signed in. */
export function useSignedIn(): SignedIn {
  const { data } = useSession()
  const somebody = data?.signed_in ? data : lastPerson
  if (!somebody) throw new Error('shown to somebody who is not signed in')
  return somebody
}

/** After signing out: the next person starts from nothing. */
export function forgetSession(): void {
  last = undefined
  lastPerson = undefined
}

export function useRight(right: string): boolean {
  return useSignedIn().rights.includes(right)
}

export function useActiveMembership(): Membership | undefined {
  const { memberships, active_membership_id } = useSignedIn()
  return memberships.find((each) => each.id === active_membership_id)
}
