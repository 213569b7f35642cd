import { useState } from 'react'
import { useSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Door } from '../shell/door.tsx'
import { Go } from '../ui/go.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { usePageTitle } from '../ui/page.tsx'
import { accountsText } from './accounts.text.ts'
import { SignInForm } from './sign_in_form.tsx'

export function SignInPage() {
  const t = useWords(accountsText)
  const session = useSession()
  const [{ to }] = useAddress()
  const [step, setStep] = useState<'name' | 'code'>('name')
  usePageTitle(t('sign_in'))
  // Only back into this application: an address from outside is not followed.
  if (session.data?.signed_in) return <Go to={to?.startsWith('/') && !to.startsWith('//') ? to : paths.home()} />
  if (session.data?.setup_needed) return <Go to={paths.start()} />
  return (
    <Door narrow foot={t('forgot')}>
      <h1 tabIndex={-1}>{t(step === 'name' ? 'sign_in_title' : 'code_title')}</h1>
      <p className="dim door-lead">{t(step === 'name' ? 'sign_in_lead' : 'code_lead')}</p>
      <SignInForm onStep={setStep} />
    </Door>
  )
}
