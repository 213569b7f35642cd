import { useState, type FormEvent, type ReactNode } from 'react'
import { accountOps, shortestPassword } from '@nuanyang/contract/accounts.ts'
import { useWrite } from '../kernel/query.ts'
import { useTakeSession } from '../kernel/session.ts'
import { PasswordInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { accountsText } from './accounts.text.ts'
import { lettersMissing } from './password.ts'

export function PasswordForm({ onDone, children }: { onDone: () => void; children: (busy: boolean) => ReactNode }) {
  const t = useWords(accountsText)
  const say = useSay()
  const take = useTakeSession()
  const change = useWrite(accountOps.change_own_password)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const left = lettersMissing(next)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!current || left > 0 || next === current) return
    const written = await change.send({ body: { current, password: next } })
    if (written.is !== 'done') return
    take(written.answer)
    onDone()
  }
  const refused = change.problem && say({ zh: change.problem.detail, en: change.problem.detail_en })
  const weak = change.error('password')
  const about = weak ? 'next' : change.problem?.code === 'wrong_password' ? 'current' : null
  const wrong =
    tried && left > 0
      ? t('short_password', { n: left, min: shortestPassword })
      : tried && next === current
        ? t('same_password')
        : undefined
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      <PasswordInput
        label={t('current_password')}
        value={current}
        onChange={setCurrent}
        autoFocus
        error={tried && !current ? t('need_password') : about === 'current' ? t('wrong_current') : undefined}
      />
      <PasswordInput
        label={t('new_password')}
        isNew
        value={next}
        onChange={setNext}
        error={wrong ?? (weak ? say(weak) : undefined)}
      />
      {refused && !about && <ProblemLine>{refused}</ProblemLine>}
      {children(change.busy)}
    </form>
  )
}
