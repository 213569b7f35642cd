import { useState, type FormEvent, type ReactNode } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useWrite } from '../kernel/query.ts'
import { sessionKey } from '../kernel/session.ts'
import { PasswordInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { accountsOps } from './provisional.ts'
import { accountsText } from './accounts.text.ts'

/** Length is what makes a password good; no rules about digits and signs (NIST SP 800-63B, OWASP ASVS 2.1). */
export const shortestPassword = 10

export function PasswordForm({ onDone, children }: { onDone: () => void; children: (busy: boolean) => ReactNode }) {
  const t = useWords(accountsText)
  const say = useSay()
  const queries = useQueryClient()
  const change = useWrite(accountsOps.change_password)
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const left = shortestPassword - next.length

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!current || left > 0 || next === current) return
    const written = await change.send({ body: { current, password: next } })
    if (written.is !== 'done') return
    await queries.invalidateQueries({ queryKey: sessionKey })
    onDone()
  }
  const said = (field: string) => {
    const error = change.error(field)
    return error ? say(error) : undefined
  }
  const wrong =
    tried && left > 0
      ? t('short_password', { n: left, min: shortestPassword })
      : tried && next === current
        ? t('same_password')
        : said('password')
  return (
    <form className="door-form" onSubmit={(event) => void submit(event)} noValidate>
      <PasswordInput
        label={t('current_password')}
        value={current}
        onChange={setCurrent}
        autoFocus
        error={tried && !current ? t('need_password') : said('current')}
      />
      <PasswordInput label={t('new_password')} isNew value={next} onChange={setNext} error={wrong} />
      {change.problem && change.problem.errors.length === 0 && (
        <ProblemLine>{say({ zh: change.problem.detail, en: change.problem.detail_en })}</ProblemLine>
      )}
      {children(change.busy)}
    </form>
  )
}
