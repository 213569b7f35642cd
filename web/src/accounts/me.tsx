// 我的账号: who I am here, the password, the second step, and every place where I am signed in.
import { useState } from 'react'
import { roles } from '@nuanyang/contract/roles.ts'
import { accountOps, type SessionLine } from '@nuanyang/contract/accounts.ts'
import { DemoSection } from '../demo/demo_section.tsx'
import { useOp, useWrite } from '../kernel/query.ts'
import { useOutbox } from '../kernel/outbox_browser.ts'
import { chooseLanguage, useActiveMembership, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { useBecome } from '../shell/become.ts'
import { Button, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { Choices } from '../ui/fields.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, Page, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { setTheme, useTheme } from '../ui/theme.ts'
import { accountsText } from './accounts.text.ts'
import { PasswordForm } from './password_form.tsx'
import { Totp } from './totp.tsx'
import './me.css'

export function MePage() {
  const t = useWords(accountsText)
  const { account } = useSignedIn()
  const me = useOp(accountOps.list_sessions, {})
  return (
    <Page title={t('title')} heading={account.name} sub={account.username}>
      <div className="me-cols">
        <div>
          <Roles />
          <Display />
          <Unsent />
          <DemoSection />
        </div>
        <div>
          <Password />
          <Loaded of={me} rows={4}>
            {(mine) => (
              <>
                <Totp on={mine.totp_on} recoveryLeft={mine.recovery_left} />
                <Sessions lines={mine.items} />
              </>
            )}
          </Loaded>
        </div>
      </div>
    </Page>
  )
}

function Roles() {
  const t = useWords(accountsText)
  const say = useSay()
  const { memberships } = useSignedIn()
  const active = useActiveMembership()
  const { become, busy } = useBecome()
  return (
    <Section title={t('roles')}>
      <ul className="lines">
        {memberships.map((each) => (
          <li key={each.id}>
            <b>{each.unit_name}</b>
            <span className="dim grow">{say(roles[each.role])}</span>
            {each.id === active?.id ? (
              <State kind="done">{t('here_now')}</State>
            ) : (
              <Button kind="text" busy={busy} onClick={() => void become(each.id)}>
                {t('become')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Display() {
  const t = useWords(accountsText)
  const theme = useTheme()
  const language = useLanguage()
  return (
    <Section title={t('display')}>
      <div className="stack me-picks">
        <Choices
          label={t('theme')}
          required
          value={theme}
          onChange={(next) => next && setTheme(next)}
          options={[
            { value: 'system', label: t('theme_system') },
            { value: 'light', label: t('theme_light') },
            { value: 'dark', label: t('theme_dark') },
          ]}
        />
        <Choices
          label={t('language')}
          required
          value={language}
          onChange={(next) => next && chooseLanguage(next)}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </div>
    </Section>
  )
}

function Unsent() {
  const t = useWords(accountsText)
  const { account } = useSignedIn()
  const count = useOutbox().filter((row) => row.account_id === account.id).length
  return (
    <Section title={t('unsent')}>
      <ul className="lines">
        <li>
          {count ? (
            <To to={paths.outbox()}>{t('unsent_some', { n: count })}</To>
          ) : (
            <State kind="done">{t('unsent_none')}</State>
          )}
        </li>
      </ul>
    </Section>
  )
}

function Password() {
  const t = useWords(accountsText)
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('password_section')}>
      <div className="row between g12 wrap">
        <p className="dim grow">{t('password_help')}</p>
        <Button onClick={() => setOpen(true)}>{t('change_password')}</Button>
      </div>
      {open && (
        <Dialog title={t('change_password')} onClose={() => setOpen(false)}>
          <PasswordForm
            onDone={() => {
              setOpen(false)
              toast(t('password_changed'))
            }}
          >
            {(busy) => (
              <Button kind="primary" submit busy={busy}>
                {t('change_password')}
              </Button>
            )}
          </PasswordForm>
        </Dialog>
      )}
    </Section>
  )
}

function Sessions({ lines }: { lines: readonly SessionLine[] }) {
  const t = useWords(accountsText)
  const end = useWrite(accountOps.end_session)
  const endOthers = useWrite(accountOps.end_other_sessions)
  const others = lines.filter((line) => !line.current)
  return (
    <Section
      title={t('sessions')}
      end={
        others.length > 1 && (
          <Button kind="text" busy={endOthers.busy} onClick={() => void endOthers.send({ body: {} })}>
            {t('end_others')}
          </Button>
        )
      }
    >
      <ul className="lines">
        {lines.map((line) => (
          <li key={line.id}>
            <span className="grow">
              {line.device}
              <small>
                {line.address} <span className="date">{t('seen', { when: saidMoment(line.seen_at, t.language) })}</span>
              </small>
            </span>
            {line.current ? (
              <State kind="done">{t('this_device')}</State>
            ) : (
              <Button
                kind="text"
                onClick={() =>
                  void end.send({ id: line.id, body: {} }).then((written) => written.is === 'done' && toast(t('ended')))
                }
              >
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
