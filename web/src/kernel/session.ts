// Who is signed in, as what, and with which rights. The session is a row at the server and a cookie here; this is its reading.
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { accountOps, type Membership, type SessionNow } from '@nuanyang/contract/accounts.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import type { Right } from '@nuanyang/contract/roles.ts'
import { setLanguage, type Language } from '../ui/language.ts'
import { recall } from '../ui/remember.ts'
import { call, onSignedOut } from './client.ts'

export type SignedIn = SessionNow & { account: NonNullable<SessionNow['account']> }

/** Somebody; or nobody yet: a new installation (`setup_needed`), or a right password whose six digits are still asked for. */
export type Session =
  { signed_in: true; now: SignedIn } | { signed_in: false; setup_needed: boolean; needs_totp: boolean }

const signedInListeners = new Set<() => void>()
/** Tells whenever somebody is known to be signed in: at the start, after signing in, after a change of unit. */
export function onSignedIn(listener: () => void): void {
  signedInListeners.add(listener)
}

export const sessionKey = [accountOps.get_session.name] as const

let last: Session | undefined
let lastPerson: SignedIn | undefined

function understand(answer: Answer<typeof accountOps.get_session>): Session {
  if (answer.account && !answer.needs_totp) {
    lastPerson = answer as SignedIn
    last = { signed_in: true, now: lastPerson }
    // A browser that has not chosen a language takes the person's.
    if (recall('language') === null) setLanguage(answer.language)
    for (const listener of signedInListeners) listener()
  } else last = { signed_in: false, setup_needed: answer.setup_needed, needs_totp: answer.needs_totp }
  return last
}

/** The session as last read, for what runs outside of pages (the outbox). */
export function lastSession(): Session | undefined {
  return last
}

/** Whose work is on the page: stays while a session has just ended, so that what is typed then still has its owner. */
export function lastSignedIn(): SignedIn | undefined {
  return lastPerson
}

/** Ends the session of this window's memory when an answer says that it is over; what is typed stays on the page. */
export function watchSession(queries: QueryClient): void {
  onSignedOut(() => {
    if (last && !last.signed_in) return
    last = { signed_in: false, setup_needed: false, needs_totp: false }
    queries.setQueryData(sessionKey, last)
  })
}

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async () => understand(await call(accountOps.get_session, {})),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: true,
  })
}

/** Takes the session that signing in, the first run or a change of unit answers with. */
export function useTakeSession(): (answer: SessionNow) => void {
  const queries = useQueryClient()
  return (answer) => {
    const before = lastPerson
    queries.setQueryData(sessionKey, understand(answer))
    // Somebody else signed in over the page of another person: nothing of it may stay in this window.
    if (before && answer.account && answer.account.id !== before.account.id) globalThis.location.assign('/')
    // With another membership's rights nothing seen before may stay, not even until the new answer is there.
    else if (before && before.active_membership_id !== answer.active_membership_id)
      void queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
    else void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
  }
}

/** The signed-in session; only inside pages that the frame shows to those signed in. */
export function useSignedIn(): SignedIn {
  const { data } = useSession()
  const somebody = data?.signed_in ? data.now : lastPerson
  if (!somebody) throw new Error('shown to somebody who is not signed in')
  return somebody
}

/** After signing out: the next person starts from nothing. */
export function forgetSession(): void {
  last = undefined
  lastPerson = undefined
}

export function useRight(right: Right): boolean {
  return useSignedIn().rights.includes(right)
}

export function useActiveMembership(): Membership | undefined {
  const { memberships, active_membership_id } = useSignedIn()
  return memberships.find((each) => each.id === active_membership_id)
}

/** Changes the language here at once, and for the account, so that its letters and other devices follow. */
export function chooseLanguage(language: Language): void {
  setLanguage(language)
  // This browser has it already; the account's copy may wait for the next time.
  if (last?.signed_in) call(accountOps.set_language, { body: { language } }).catch(() => undefined)
}
