// Name and password, then the code where it is asked for. Also shown over a page whose session has ended.
import { useEffect, useState, type FormEvent } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useWrite } from '../kernel/query.ts'
import { sessionKey } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { Checkbox, PasswordInput, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { recall, remember } from '../ui/remember.ts'
import { ProblemLine } from '../ui/page.tsx'
import { accountsOps } from './provisional.ts'
import { accountsText } from './accounts.text.ts'

export function SignInForm({
  username,
  onStep,
}: {
  username?: string | undefined
  onStep?: (step: 'name' | 'code') => void
}) {
  const t = useWords(accountsText)
  const say = useSay()
  const queries = useQueryClient()
  const signIn = useWrite(accountsOps.sign_in)
  const [name, setName] = useState(username ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [shared, setShared] = useState(() => recall('shared_computer') === 'yes')
  const [step, setStep] = useState<'name' | 'code'>('name')
  const [tried, setTried] = useState(false)
  useEffect(() => onStep?.(step), [step, onStep])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!name.trim() || !password || (step === 'code' && !code.trim())) return
    const written = await signIn.send({
      body: {
        username: name.trim(),
        password,
        shared_computer: shared,
        ...(step === 'code' ? { code: code.replace(/\s/g, '') } : {}),
      },
    })
    if (written.is !== 'done') return
    if (written.answer.needs === 'code') {
      setTried(false)
      setStep('code')
      return
    }
    remember('shared_computer', shared ? 'yes' : null)
    await queries.invalidateQueries({ queryKey: sessionKey })
  }
  const missing = (empty: boolean, key: 'need_username' | 'need_password' | 'need_code') =>
    tried && empty ? t(key) : undefined
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      {step === 'name' ? (
        <>
          <TextInput
            label={t('username')}
            kind="username"
            name="username"
            value={name}
            onChange={setName}
            autoFocus={!username}
            error={missing(!name.trim(), 'need_username')}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            value={password}
            onChange={setPassword}
            autoFocus={Boolean(username)}
            error={missing(!password, 'need_password')}
          />
          <Checkbox label={t('shared')} hint={t('shared_hint')} checked={shared} onChange={setShared} />
        </>
      ) : (
        <TextInput
          label={t('code')}
          kind="code"
          name="code"
          value={code}
          onChange={setCode}
          autoFocus
          error={missing(!code.trim(), 'need_code')}
        />
      )}
      {signIn.problem && <ProblemLine>{say({ zh: signIn.problem.detail, en: signIn.problem.detail_en })}</ProblemLine>}
      <Button kind="primary" submit wide busy={signIn.busy}>
        {t(step === 'name' ? 'sign_in' : 'go_on')}
      </Button>
      {step === 'code' && (
        <Button kind="text" onClick={() => setStep('name')}>
          {t('other_name')}
        </Button>
      )}
    </form>
  )
}
