// One account: the roles it has and had, how it signs in, and what an administrator can do about it.
import { useState, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import { accountCan, accountOps, type AccountRow, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { roles } from '@nuanyang/contract/roles.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { plainDay, saidMoment } from '../ui/dates.ts'
import { Checkbox, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Menu, toast } from '../ui/overlay.tsx'
import { Loaded, Page, Section } from '../ui/page.tsx'
import { Ask } from '../units/unit_dialog.tsx'
import { HandOver } from './hand_over.tsx'
import { peopleText } from './people.text.ts'
import { SignInState } from './people.tsx'
import { RoleAndUnitFields, type RoleAndUnit } from './role_and_unit.tsx'
import { SlipDialog } from './slips.tsx'
import './me.css'
import './people.css'

type Asking = 'reset' | 'rename' | 'disable' | 'add_role' | 'hand_over' | { ending: AccountRow['memberships'][number] }

export function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const person = useOp(accountOps.get, { id })
  return <Loaded of={person}>{(row) => <Person row={row} />}</Loaded>
}

function Person({ row }: { row: AccountRow }) {
  const t = useWords(peopleText)
  const { account } = useSignedIn()
  const mayWrite = useRight('accounts.write')
  const [asking, setAsking] = useState<Asking | null>(null)
  const [made, setMade] = useState<NewCredentials | null>(null)
  const mine = account.id === row.id
  const close = () => setAsking(null)
  return (
    <Page
      title={row.name}
      sub={row.username}
      back={paths.people()}
      actions={mayWrite && !mine && <Actions row={row} onAsk={setAsking} />}
    >
      <div className="person-cols">
        {mine && (
          <p className="dim">
            {t('is_you')}
            {t.language === 'zh' ? '。' : '. '}
            <To to={paths.me()}>{t('you_help')}</To>
          </p>
        )}
        <Roles row={row} mayWrite={mayWrite} onAsk={setAsking} />
        <Section title={t('sign_in_state')}>
          <ul className="lines">
            <li>
              <span className="grow">
                <SignInState row={row} />
              </span>
              <span className="dim">{row.last_seen_at ? saidMoment(row.last_seen_at, t.language) : t('never')}</span>
            </li>
          </ul>
        </Section>
      </div>
      {asking === 'reset' && (
        <Reset row={row} onClose={close} onMade={(credentials) => (close(), setMade(credentials))} />
      )}
      {asking === 'rename' && <Rename row={row} onClose={close} />}
      {asking === 'disable' && <Disable row={row} onClose={close} />}
      {asking === 'add_role' && <AddRole row={row} onClose={close} />}
      {asking === 'hand_over' && <HandOver from={row} onClose={close} />}
      {typeof asking === 'object' && asking && <EndRole row={row} ending={asking.ending} onClose={close} />}
      {made && <SlipDialog made={made} onClose={() => setMade(null)} />}
    </Page>
  )
}

function Actions({ row, onAsk }: { row: AccountRow; onAsk: (asking: Asking) => void }) {
  const t = useWords(peopleText)
  const enable = useWrite(accountOps.enable)
  if (accountCan.enable(row))
    return (
      <Button
        kind="primary"
        busy={enable.busy}
        onClick={() =>
          void enable.send({ id: row.id, body: {} }).then((written) => written.is === 'done' && toast(t('enabled')))
        }
      >
        {t('enable')}
      </Button>
    )
  const items = (['rename', 'disable'] as const).map((key) => ({ key, label: t(key), onSelect: () => onAsk(key) }))
  return (
    <>
      <Menu className="btn btn-outline" label={t('more')} items={items}>
        ⋯
      </Menu>
      <Button onClick={() => onAsk('hand_over')}>{t('hand_over')}</Button>
      <Button kind="primary" onClick={() => onAsk('reset')}>
        {t('reset')}
      </Button>
    </>
  )
}

function Roles({ row, mayWrite, onAsk }: { row: AccountRow; mayWrite: boolean; onAsk: (asking: Asking) => void }) {
  const t = useWords(peopleText)
  const say = useSay()
  const { today } = useSignedIn()
  const current = row.memberships.filter((one) => accountCan.endMembership(one, today))
  const past = row.memberships.filter((one) => !accountCan.endMembership(one, today))
  const line = (one: AccountRow['memberships'][number], when: ReactNode, end?: ReactNode) => (
    <li key={one.id}>
      <span className="grow">
        <b>{one.unit_name}</b> {say(roles[one.role])}
        <small>{when}</small>
      </span>
      {end}
    </li>
  )
  const day = (on: string) => plainDay(on, t.language)
  return (
    <>
      <Section
        title={t('memberships')}
        end={
          mayWrite &&
          !row.disabled_at && (
            <Button kind="text" onClick={() => onAsk('add_role')}>
              {t('add_role')}
            </Button>
          )
        }
      >
        {current.length === 0 && <p className="dim">{t('no_role')}</p>}
        <ul className="lines">
          {current.map((one) =>
            line(
              one,
              t('since', { day: day(one.from_on) }),
              mayWrite && (
                <Button kind="text" onClick={() => onAsk({ ending: one })}>
                  {t('end_role')}
                </Button>
              ),
            ),
          )}
        </ul>
      </Section>
      {past.length > 0 && (
        <Section title={t('past_roles')}>
          <ul className="lines">
            {past.map((one) => line(one, t('from_until', { from: day(one.from_on), until: day(one.until_on ?? '') })))}
          </ul>
        </Section>
      )}
    </>
  )
}

interface AskProps {
  row: AccountRow
  onClose: () => void
}

function Reset({ row, onClose, onMade }: AskProps & { onMade: (made: NewCredentials) => void }) {
  const t = useWords(peopleText)
  const reset = useWrite(accountOps.reset_password)
  const [totpOff, setTotpOff] = useState(false)
  return (
    <Ask
      title={t('reset')}
      help={t('reset_help', { name: row.name })}
      action={t('reset')}
      ready
      busy={reset.busy}
      problem={reset.problem}
      onClose={onClose}
      onDo={() =>
        void reset
          .send({ id: row.id, body: { totp_off: totpOff } })
          .then((written) => written.is === 'done' && onMade(written.answer))
      }
    >
      {row.totp_on && <Checkbox label={t('reset_totp')} checked={totpOff} onChange={setTotpOff} />}
    </Ask>
  )
}

function Rename({ row, onClose }: AskProps) {
  const t = useWords(peopleText)
  const rename = useWrite(accountOps.rename)
  const [name, setName] = useState(row.name)
  return (
    <Ask
      title={t('rename')}
      action={t('save')}
      ready={name.trim() !== '' && name.trim() !== row.name}
      busy={rename.busy}
      problem={rename.problem}
      onClose={onClose}
      onDo={() =>
        void rename
          .send({ id: row.id, body: { name: name.trim(), version: row.version } })
          .then((written) => written.is === 'done' && onClose())
      }
    >
      <TextInput label={t('name')} value={name} onChange={setName} autoFocus autoComplete="off" />
    </Ask>
  )
}

function Disable({ row, onClose }: AskProps) {
  const t = useWords(peopleText)
  const disable = useWrite(accountOps.disable)
  return (
    <Ask
      title={t('disable')}
      help={t('disable_help', { name: row.name })}
      action={t('disable')}
      danger
      ready
      busy={disable.busy}
      problem={disable.problem}
      onClose={onClose}
      onDo={() => void disable.send({ id: row.id, body: {} }).then((written) => written.is === 'done' && onClose())}
    >
      {null}
    </Ask>
  )
}

function AddRole({ row, onClose }: AskProps) {
  const t = useWords(peopleText)
  const add = useWrite(accountOps.add_membership)
  const [where, setWhere] = useState<RoleAndUnit>({ role: '', unit_id: null })
  const [tried, setTried] = useState(false)
  async function send(): Promise<void> {
    setTried(true)
    if (where.role === '' || !where.unit_id) return
    const written = await add.send({ id: row.id, body: { role: where.role, unit_id: where.unit_id } })
    if (written.is === 'done') onClose()
  }
  return (
    <Ask
      title={t('add_role')}
      action={t('save')}
      ready
      busy={add.busy}
      problem={add.problem}
      onClose={onClose}
      onDo={() => void send()}
    >
      <RoleAndUnitFields value={where} onChange={setWhere} tried={tried} />
    </Ask>
  )
}

function EndRole({ row, ending, onClose }: AskProps & { ending: AccountRow['memberships'][number] }) {
  const t = useWords(peopleText)
  const say = useSay()
  const end = useWrite(accountOps.end_membership)
  const [reason, setReason] = useState('')
  return (
    <Ask
      title={t('end_role_title')}
      help={t('end_role_help', { name: row.name, unit: ending.unit_name, role: say(roles[ending.role]) })}
      action={t('end_role')}
      danger
      ready={reason.trim() !== ''}
      busy={end.busy}
      problem={end.problem}
      onClose={onClose}
      onDo={() =>
        void end
          .send({ id: ending.id, body: { reason: reason.trim() } })
          .then((written) => written.is === 'done' && onClose())
      }
    >
      <TextInput label={t('reason')} hint={t('reason_example')} value={reason} onChange={setReason} autoFocus />
    </Ask>
  )
}
