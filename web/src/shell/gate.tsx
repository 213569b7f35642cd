// Who may pass: nobody signed in goes to the door, an installation without people to the first run, a borrowed password is changed
// first. A session that ends while a page is open asks on top of the page, so that nothing typed is lost.
import { lazy, Suspense, type ReactNode } from 'react'
import { useLocation } from '@tanstack/react-router'
import { lastSignedIn, useSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Go } from '../ui/go.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ErrorState, Skeleton } from '../ui/page.tsx'
import { Door } from './door.tsx'
import { shellText } from './shell.text.ts'

const SignInForm = lazy(() => import('../accounts/sign_in_form.tsx').then((module) => ({ default: module.SignInForm })))

export function Gate({ children }: { children: ReactNode }) {
  const session = useSession()
  const { pathname, searchStr } = useLocation()
  if (!session.data)
    return (
      <Door>
        {session.error ? (
          <ErrorState error={session.error} onRetry={() => void session.refetch()} />
        ) : (
          <Skeleton head />
        )}
      </Door>
    )
  if (session.data.signed_in) {
    // Also while that page is being fetched: what was here before would lead away from it again.
    if (session.data.now.account.must_change_password) return <Go to={paths.newPassword()} />
    return children
  }
  if (session.data.setup_needed) return <Go to={paths.start()} />
  if (lastSignedIn())
    return (
      <>
        {children}
        <Expired />
      </>
    )
  return <Go to={paths.signIn()} back={pathname + searchStr} />
}

function Expired() {
  const t = useWords(shellText)
  return (
    <Dialog title={t('signed_out_title')}>
      <p>{t('signed_out_help')}</p>
      <Suspense fallback={<Skeleton rows={3} />}>
        <SignInForm username={lastSignedIn()?.account.username} />
      </Suspense>
    </Dialog>
  )
}
