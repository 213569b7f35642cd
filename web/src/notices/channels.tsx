// 设置 → 提醒: mail server, group robots, quiet hours, weekly digest; a trial of each, and what became of what was sent.
import { useState } from 'react'
import {
  noticeOps,
  robotKinds,
  smtpSecurity,
  type NoticeChannels,
  type RobotKind,
  type SmtpSecurity,
} from '@nuanyang/contract/notices.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { PasswordInput, Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { LeaveGuard, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { UnitPick } from '../units/unit_pick.tsx'
import { noticesText } from './notices.text.ts'
import { Sent, Trial } from './sendings.tsx'
import './notices.css'

export function NoticeSettingsPage() {
  const t = useWords(noticesText)
  const kept = useOp(noticeOps.get_channels, {})
  return (
    <Page title={t('channels')} sub={t('channels_help')} back={paths.settings()}>
      <Loaded of={kept} rows={6}>
        {(now) => (
          <div className="channels-cols">
            <Channels key={now.version} kept={now} />
            <Sent />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

type Body = Input<typeof noticeOps.set_channels>['body']
type Smtp = NonNullable<Body['smtp']>
type Robot = Body['robots'][number] & { unit_name: string; host: string; has_secret: boolean }

const weekdays = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const

function Channels({ kept }: { kept: NoticeChannels }) {
  const t = useWords(noticesText)
  const say = useSay()
  const set = useWrite(noticeOps.set_channels)
  const start = kept.smtp && without(kept.smtp)
  const [smtp, setSmtp] = useState<Smtp | null>(start)
  const [robots, setRobots] = useState<readonly Robot[]>(kept.robots)
  const [rules, setRules] = useState(kept.rules)
  const changed = JSON.stringify([smtp, robots, rules]) !== JSON.stringify([start, kept.robots, kept.rules])
  const { unit } = useHere()
  async function save(): Promise<void> {
    const body = { version: kept.version, rules, smtp, robots: robots.map(bare) }
    const written = await set.send({ body })
    if (written.is === 'done') toast(t('saved'))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <LeaveGuard when={changed && !set.busy} />
      <Section
        title={t('smtp')}
        end={
          smtp && (
            <Button kind="text" onClick={() => setSmtp(null)}>
              {t('smtp_drop')}
            </Button>
          )
        }
      >
        {smtp ? (
          <SmtpForm smtp={smtp} has={kept.smtp?.has_password ?? false} onChange={setSmtp} />
        ) : (
          <p className="row g12">
            <span className="dim grow">{t('smtp_none')}</span>
            <Button onClick={() => setSmtp({ host: '', port: 465, security: 'tls', from_address: '' })}>
              {t('smtp_set')}
            </Button>
          </p>
        )}
        {kept.smtp && <Trial channel="email" changed={changed} />}
      </Section>
      <Section
        title={t('robots')}
        end={
          <Button
            kind="text"
            onClick={() =>
              setRobots([
                ...robots,
                { id: newId(), kind: 'wecom', name: '', unit_id: unit.id, unit_name: unit.name, host: '', has_secret: false },
              ])
            }
          >
            {t('robot_add')}
          </Button>
        }
      >
        <p className="small dim">{t('robots_help')}</p>
        {robots.map((robot) => (
          <div key={robot.id}>
            <RobotForm
              robot={robot}
              onChange={(next) => setRobots(robots.map((one) => (one.id === robot.id ? next : one)))}
              onDrop={() => setRobots(robots.filter((one) => one.id !== robot.id))}
            />
            {kept.robots.some((one) => one.id === robot.id) && (
              <Trial channel="robot" robot_id={robot.id} changed={changed} />
            )}
          </div>
        ))}
      </Section>
      <Section title={t('rules')}>
        <Rules rules={rules} onChange={setRules} />
      </Section>
      {set.problem && <ProblemLine>{say({ zh: set.problem.detail, en: set.problem.detail_en })}</ProblemLine>}
      {changed && (
        <p className="row g12 section">
          <Button kind="primary" submit busy={set.busy}>
            {t('save')}
          </Button>
          <State kind="told">{t('changed')}</State>
        </p>
      )}
    </form>
  )
} // prettier-ignore

function useHere() {
  const active = useActiveMembership()
  return { unit: { id: active?.unit_id ?? '', name: active?.unit_name ?? '' } }
}

function without({ has_password: _has, ...smtp }: NonNullable<NoticeChannels['smtp']>): Smtp {
  return smtp
}
function bare({ unit_name: _name, host: _host, has_secret: _has, ...robot }: Robot): Body['robots'][number] {
  return robot
}

function SmtpForm({ smtp, has, onChange }: { smtp: Smtp; has: boolean; onChange: (next: Smtp) => void }) {
  const t = useWords(noticesText)
  const say = useSay()
  const change = (part: Partial<Smtp>) => {
    const next = { ...smtp, ...part }
    // An emptied field is no field: the contract knows no empty texts.
    for (const key of ['username', 'from_name', 'password'] as const) if (next[key] === '') delete next[key]
    onChange(next)
  }
  return (
    <div className="stack">
      <TextInput label={t('host')} hint={t('host_hint')} value={smtp.host} onChange={(host) => change({ host })} />
      <div className="channel-two">
        <Select
          label={t('security')}
          value={smtp.security}
          onChange={(security) => change({ security, port: usualPort[security] })}
          options={(Object.keys(smtpSecurity) as SmtpSecurity[]).map((value) => ({
            value,
            label: say(smtpSecurity[value]),
          }))}
        />
        <TextInput
          label={t('port')}
          kind="digits"
          value={String(smtp.port || '')}
          onChange={(port) => change({ port: Number(port.replace(/\D/g, '')) })}
        />
        <TextInput
          label={t('username')}
          optional
          value={smtp.username ?? ''}
          autoComplete="off"
          onChange={(username) => change({ username })}
        />
        <PasswordInput
          label={t('password')}
          isNew
          hint={has ? t('password_kept') : undefined}
          value={smtp.password ?? ''}
          onChange={(password) => change({ password })}
        />
        <TextInput
          label={t('from_address')}
          kind="email"
          value={smtp.from_address}
          onChange={(from_address) => change({ from_address })}
        />
        <TextInput
          label={t('from_name')}
          optional
          value={smtp.from_name ?? ''}
          onChange={(from_name) => change({ from_name })}
        />
      </div>
    </div>
  )
}
const usualPort: Record<SmtpSecurity, number> = { tls: 465, starttls: 587, none: 25 }

function RobotForm({ robot, onChange, onDrop }: { robot: Robot; onChange: (next: Robot) => void; onDrop: () => void }) {
  const t = useWords(noticesText)
  const say = useSay()
  const { unit } = useHere()
  const [picking, setPicking] = useState(false)
  return (
    <div className="channel">
      <div className="channel-two">
        <Select
          label={t('robot_kind')}
          value={robot.kind}
          onChange={(kind) => onChange({ ...robot, kind })}
          options={(Object.keys(robotKinds) as RobotKind[]).map((value) => ({ value, label: say(robotKinds[value]) }))}
        />
        <TextInput label={t('robot_name')} value={robot.name} onChange={(name) => onChange({ ...robot, name })} />
      </div>
      <TextInput
        label={t('robot_url')}
        hint={robot.host ? t('robot_url_kept', { host: robot.host }) : undefined}
        value={robot.url ?? ''}
        inputMode="url"
        autoComplete="off"
        onChange={(url) => onChange({ ...robot, url })}
      />
      {robot.kind !== 'wecom' && (
        <PasswordInput
          label={t('robot_secret')}
          isNew
          hint={robot.has_secret ? t('password_kept') : t('robot_secret_hint')}
          value={robot.secret ?? ''}
          onChange={(secret) => onChange({ ...robot, secret })}
        />
      )}
      {picking ? (
        <UnitPick
          label={t('robot_unit')}
          under={unit.id}
          onPick={(picked) => {
            if (!picked) return
            onChange({ ...robot, unit_id: picked.id, unit_name: picked.label })
            setPicking(false)
          }}
        />
      ) : (
        <p className="row between">
          <span className="dim">{t('robot_unit')}</span>
          <Button kind="text" onClick={() => setPicking(true)}>
            {robot.unit_name}
          </Button>
        </p>
      )}
      <p>
        <Button kind="danger" onClick={onDrop}>
          {t('robot_drop')}
        </Button>
      </p>
    </div>
  )
}

function Rules({ rules, onChange }: { rules: Body['rules']; onChange: (next: Body['rules']) => void }) {
  const t = useWords(noticesText)
  const clock = (key: 'quiet_from' | 'quiet_until' | 'digest_at', label: string) => (
    <TextInput
      label={label}
      type="time"
      value={rules[key]}
      onChange={(time) => time && onChange({ ...rules, [key]: time })}
    />
  )
  return (
    <div className="channels-rules">
      {clock('quiet_from', t('quiet_from'))}
      {clock('quiet_until', t('quiet_until'))}
      <Select
        label={t('digest_on')}
        value={String(rules.digest_on ?? 'never')}
        onChange={(day) => onChange({ ...rules, digest_on: day === 'never' ? null : Number(day) })}
        options={[
          { value: 'never', label: t('digest_never') },
          ...weekdays[t.language].map((label, at) => ({ value: String(at + 1), label })),
        ]}
      />
      {rules.digest_on !== null && clock('digest_at', t('digest_at'))}
    </div>
  )
}
