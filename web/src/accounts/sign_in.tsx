import { useSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Door } from '../shell/door.tsx'
import { useAddress } from '../ui/filters.tsx'
import { Go } from '../ui/go.tsx'
import { useWords } from '../ui/language.ts'
import { ErrorState, Skeleton, usePageTitle } from '../ui/page.tsx'
import { accountsText } from './accounts.text.ts'
import { SignInForm } from './sign_in_form.tsx'

export function SignInPage() {
  const t = useWords(accountsText)
  const session = useSession()
  const [{ to }] = useAddress()
  usePageTitle(t('sign_in'))
  // Only back into this application: an address from outside is not followed.
  if (session.data?.signed_in) return <Go to={to?.startsWith('/') && !to.startsWith('//') ? to : paths.home()} />
  if (session.data?.setup_needed) return <Go to={paths.start()} />
  const code = session.data?.needs_totp
  return (
    <Door narrow foot={t('forgot')}>
      {session.data ? (
        <>
          <h1 tabIndex={-1}>{t(code ? 'code_title' : 'sign_in_title')}</h1>
          <p className="dim door-lead">{t(code ? 'code_lead' : 'sign_in_lead')}</p>
          <SignInForm />
        </>
      ) : session.error ? (
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Skeleton head rows={3} />
      )}
    </Door>
  )
}
