// Signing out first sends what waits, or asks. Rows left behind stay with their writer: nobody else can see or send them.
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { call } from '../kernel/client.ts'
import { flushOutbox, useOutbox } from '../kernel/outbox_browser.ts'
import { forgetSession, lastSignedIn, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { useIdleSignOut } from './idle.ts'
import { shellText } from './shell.text.ts'

export function useSignOut() {
  const t = useWords(shellText)
  const { account } = useSignedIn()
  const unsent = useOutbox().filter((row) => row.account_id === account.id && !row.parked).length
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)

  async function leave(): Promise<void> {
    setBusy(true)
    try {
      await call(accountOps.sign_out, { body: {} })
      forgetSession()
      queries.clear()
      await navigate({ to: paths.signIn() })
    } catch (error) {
      toast(error instanceof Error ? error.message : t('still_unsent'))
    } finally {
      setBusy(false)
    }
  }
  useIdleSignOut(() => void leave())
  async function sendFirst(): Promise<void> {
    setBusy(true)
    await flushOutbox()
    setBusy(false)
    toast(t('still_unsent'))
  }
  const dialog = asking && lastSignedIn() && (
    <Dialog
      title={t('leave_title', { n: unsent })}
      onClose={() => setAsking(false)}
      actions={
        <>
          <Button kind="text" busy={busy} onClick={() => void leave()}>
            {t('leave_here')}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => void (unsent ? sendFirst() : leave())}>
            {unsent ? t('send_first') : t('sign_out')}
          </Button>
        </>
      }
    >
      <p>{t('leave_help')}</p>
      <ButtonLink to={paths.outbox()}>{t('look')}</ButtonLink>
    </Dialog>
  )
  return { start: () => (unsent ? setAsking(true) : void leave()), dialog }
}
