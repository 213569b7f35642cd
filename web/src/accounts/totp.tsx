import { useState, type FormEvent } from 'react'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import type { Problem } from '../kernel/problem.ts'
import { useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { PasswordInput, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine, Section } from '../ui/page.tsx'
import { Qr } from '../ui/qr.tsx'
import { State } from '../ui/state.tsx'
import { accountsText } from './accounts.text.ts'

type Step =
  | { is: 'closed' }
  | { is: 'begin' }
  | { is: 'scan'; uri: string; secret: string }
  | { is: 'codes'; codes: readonly string[] }
  | { is: 'end' }
  | { is: 'renew' }

/** The second step of signing in: opened by scanning, confirmed by one code, and ended with the password. */
export function Totp({ on, recoveryLeft }: { on: boolean; recoveryLeft: number }) {
  const t = useWords(accountsText)
  const [step, setStep] = useState<Step>({ is: 'closed' })
  const close = () => setStep({ is: 'closed' })
  return (
    <Section title={t('totp')} end={<State kind={on ? 'done' : 'none'}>{t(on ? 'totp_on' : 'totp_off')}</State>}>
      <div className="row between g12 wrap">
        <p className="dim grow">{on ? t('recovery_left', { n: recoveryLeft }) : t('totp_why')}</p>
        {on ? (
          <>
            <Button onClick={() => setStep({ is: 'renew' })}>{t('recovery_new')}</Button>
            <Button onClick={() => setStep({ is: 'end' })}>{t('totp_end')}</Button>
          </>
        ) : (
          <Button onClick={() => setStep({ is: 'begin' })}>{t('totp_start')}</Button>
        )}
      </div>
      {step.is === 'begin' && <Begin onClose={close} onBegun={(begun) => setStep({ is: 'scan', ...begun })} />}
      {step.is === 'scan' && <Scan {...step} onClose={close} onCodes={(codes) => setStep({ is: 'codes', codes })} />}
      {step.is === 'codes' && (
        <Dialog
          title={t('recovery_title')}
          onClose={close}
          actions={
            <>
              <Button icon="print" onClick={() => globalThis.print()}>
                {t('print')}
              </Button>
              <Button kind="primary" onClick={close}>
                {t('copied')}
              </Button>
            </>
          }
        >
          <p>{t('recovery_help')}</p>
          <ul className="recovery">
            {step.codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
        </Dialog>
      )}
      {step.is === 'end' && <End onClose={close} />}
      {step.is === 'renew' && <Renew onClose={close} onCodes={(codes) => setStep({ is: 'codes', codes })} />}
    </Section>
  )
}

function Begin({
  onClose,
  onBegun,
}: {
  onClose: () => void
  onBegun: (begun: { uri: string; secret: string }) => void
}) {
  const t = useWords(accountsText)
  const begin = useWrite(accountOps.begin_totp)
  async function submit(password: string): Promise<void> {
    const written = await begin.send({ body: { password } })
    if (written.is === 'done') onBegun(written.answer)
  }
  return (
    <WithPassword title={t('totp_start')} why={t('totp_start_why')} write={begin} onClose={onClose} onSubmit={submit} />
  )
}

function Scan({
  uri,
  secret,
  onClose,
  onCodes,
}: {
  uri: string
  secret: string
  onClose: () => void
  onCodes: (codes: readonly string[]) => void
}) {
  const t = useWords(accountsText)
  const say = useSay()
  const confirm = useWrite(accountOps.confirm_totp)
  const [code, setCode] = useState('')
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const written = await confirm.send({ body: { code: code.replace(/\s/g, '') } })
    if (written.is === 'done') onCodes(written.answer.recovery_codes)
  }
  return (
    <Dialog title={t('scan')} onClose={onClose} wide>
      <form className="totp-two" onSubmit={(event) => void submit(event)} noValidate>
        <Qr text={uri} label={t('qr')} />
        <div className="stack grow">
          <p className="dim">{t('scan_help')}</p>
          <p className="totp-secret">{secret.match(/.{1,4}/g)?.join(' ')}</p>
          <TextInput label={t('six_digits')} kind="code" value={code} onChange={setCode} autoFocus />
          {confirm.problem && (
            <ProblemLine>{say({ zh: confirm.problem.detail, en: confirm.problem.detail_en })}</ProblemLine>
          )}
          <Button kind="primary" submit busy={confirm.busy}>
            {t('confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function End({ onClose }: { onClose: () => void }) {
  const t = useWords(accountsText)
  const end = useWrite(accountOps.disable_totp)
  async function submit(password: string): Promise<void> {
    const written = await end.send({ body: { password } })
    if (written.is !== 'done') return
    toast(t('totp_ended'))
    onClose()
  }
  return <WithPassword title={t('totp_end')} why={t('totp_end_why')} write={end} onClose={onClose} onSubmit={submit} />
}

function Renew({ onClose, onCodes }: { onClose: () => void; onCodes: (codes: readonly string[]) => void }) {
  const t = useWords(accountsText)
  const renew = useWrite(accountOps.new_recovery_codes)
  async function submit(password: string): Promise<void> {
    const written = await renew.send({ body: { password } })
    if (written.is === 'done') onCodes(written.answer.recovery_codes)
  }
  return (
    <WithPassword
      title={t('recovery_new')}
      why={t('recovery_new_why')}
      write={renew}
      onClose={onClose}
      onSubmit={submit}
    />
  )
}

function WithPassword({
  title,
  why,
  write,
  onClose,
  onSubmit,
}: {
  title: string
  why: string
  write: { busy: boolean; problem: Problem | null }
  onClose: () => void
  onSubmit: (password: string) => Promise<void>
}) {
  const t = useWords(accountsText)
  const say = useSay()
  const [password, setPassword] = useState('')
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="door-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void onSubmit(password)
        }}
      >
        <p>{why}</p>
        <PasswordInput label={t('password')} value={password} onChange={setPassword} autoFocus />
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={write.busy}>
          {title}
        </Button>
      </form>
    </Dialog>
  )
}
