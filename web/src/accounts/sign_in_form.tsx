// Name and password, then the six digits where they are asked for. Also shown over a page whose session has ended.
import { useState, type FormEvent } from 'react'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { useWrite } from '../kernel/query.ts'
import { useSession, useTakeSession } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { Checkbox, PasswordInput, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { recall, remember } from '../ui/remember.ts'
import { accountsText } from './accounts.text.ts'

export function SignInForm({ username }: { username?: string | undefined }) {
  const session = useSession()
  const waits = session.data && !session.data.signed_in && session.data.needs_totp
  return waits ? <CodeForm /> : <NameForm username={username} />
}

function NameForm({ username }: { username: string | undefined }) {
  const t = useWords(accountsText)
  const say = useSay()
  const take = useTakeSession()
  const signIn = useWrite(accountOps.sign_in)
  const [name, setName] = useState(username ?? '')
  const [password, setPassword] = useState('')
  const [shared, setShared] = useState(() => recall('shared_computer') === 'yes')
  const [tried, setTried] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!name.trim() || !password) return
    const written = await signIn.send({ body: { username: name.trim(), password, shared_computer: shared } })
    if (written.is !== 'done') return
    remember('shared_computer', shared ? 'yes' : null)
    take(written.answer)
  }
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('username')}
        kind="username"
        name="username"
        value={name}
        onChange={setName}
        autoFocus={!username}
        error={tried && !name.trim() ? t('need_username') : undefined}
      />
      <PasswordInput
        label={t('password')}
        name="password"
        value={password}
        onChange={setPassword}
        autoFocus={Boolean(username)}
        error={tried && !password ? t('need_password') : undefined}
      />
      <Checkbox label={t('shared')} hint={t('shared_hint')} checked={shared} onChange={setShared} />
      {signIn.problem && <ProblemLine>{say({ zh: signIn.problem.detail, en: signIn.problem.detail_en })}</ProblemLine>}
      <Button kind="primary" submit wide busy={signIn.busy}>
        {t('sign_in')}
      </Button>
    </form>
  )
}

function CodeForm() {
  const t = useWords(accountsText)
  const say = useSay()
  const take = useTakeSession()
  const session = useSession()
  const verify = useWrite(accountOps.verify_totp)
  const signOut = useWrite(accountOps.sign_out)
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    const said = code.replace(/\s/g, '')
    if (!said) return
    const written = await verify.send({ body: { code: said } })
    if (written.is !== 'done') return
    take(written.answer)
  }
  async function startOver(): Promise<void> {
    await signOut.send({ body: {} })
    await session.refetch()
  }
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      <TextInput
        label={t('code')}
        kind="code"
        name="code"
        value={code}
        onChange={setCode}
        autoFocus
        error={tried && !code.trim() ? t('need_code') : undefined}
      />
      {verify.problem && <ProblemLine>{say({ zh: verify.problem.detail, en: verify.problem.detail_en })}</ProblemLine>}
      <Button kind="primary" submit wide busy={verify.busy}>
        {t('go_on')}
      </Button>
      <Button kind="text" busy={signOut.busy} onClick={() => void startOver()}>
        {t('other_name')}
      </Button>
    </form>
  )
}
