// A password that somebody else made is changed before anything else can be seen.
import { useNavigate } from '@tanstack/react-router'
import { shortestPassword } from '@nuanyang/contract/accounts.ts'
import { useSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Door } from '../shell/door.tsx'
import { Go } from '../ui/go.tsx'
import { Button } from '../ui/controls.tsx'
import { useWords } from '../ui/language.ts'
import { usePageTitle } from '../ui/page.tsx'
import { accountsText } from './accounts.text.ts'
import { PasswordForm } from './password_form.tsx'

export function NewPasswordPage() {
  const t = useWords(accountsText)
  const session = useSession()
  const navigate = useNavigate()
  usePageTitle(t('new_title'))
  if (session.data && !session.data.signed_in) return <Go to={paths.signIn()} />
  return (
    <Door narrow>
      <h1 tabIndex={-1}>{t('new_title')}</h1>
      <p className="dim door-lead">{t('new_lead', { n: shortestPassword })}</p>
      <PasswordForm onDone={() => void navigate({ to: paths.home() })}>
        {(busy) => (
          <Button kind="primary" submit wide busy={busy}>
            {t('set_password')}
          </Button>
        )}
      </PasswordForm>
    </Door>
  )
}
