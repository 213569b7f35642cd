// 设置: what an office changes itself.
import { useState } from 'react'
import { settingOps, type SecurityRules } from '@nuanyang/contract/settings.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { Select } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { settingsText } from './settings.text.ts'
import '../accounts/me.css'
import './settings.css'

export function SettingsPage() {
  const t = useWords(settingsText)
  const accounts = useRight('accounts.read')
  const mayRule = useRight('security.write')
  const maySet = useRight('settings.write')
  const rules = useOp(settingOps.get_security, {})
  return (
    <Page title={t('title')}>
      <div className="formw">
        <ul className="lines">
          {accounts && (
            <li>
              <span className="grow">
                <To to={paths.people()}>{t('accounts')}</To>
                <small>{t('accounts_help')}</small>
              </span>
            </li>
          )}
          <li>
            <span className="grow">
              <To to={paths.phones()}>{t('phones')}</To>
              <small>{t('phones_help')}</small>
            </span>
          </li>
          <li>
            <span className="grow">
              <To to={paths.calendar()}>{t('calendar')}</To>
              <small>{t('calendar_help')}</small>
            </span>
          </li>
          {maySet && (
            <li>
              <span className="grow">
                <To to={paths.noticeSettings()}>{t('notices')}</To>
                <small>{t('notices_help')}</small>
              </span>
            </li>
          )}
          <li>
            <span className="grow">
              <To to={paths.definitions()}>{t('definitions')}</To>
              <small>{t('definitions_help')}</small>
            </span>
          </li>
          <li>
            <span className="grow">
              <To to={paths.customFields()}>{t('own_fields')}</To>
              <small>{t('own_fields_help')}</small>
            </span>
          </li>
        </ul>
        <Section title={t('rules')}>
          <Loaded of={rules} rows={3}>
            {(kept) => <Rules kept={kept} mayRule={mayRule} />}
          </Loaded>
        </Section>
      </div>
    </Page>
  )
}

const choices: Record<keyof SecurityRules, readonly number[]> = {
  idle_minutes: [15, 30, 60, 120, 240],
  shared_idle_minutes: [5, 10, 20, 30],
  session_hours: [4, 8, 12, 24],
}

function Rules({ kept, mayRule }: { kept: SecurityRules; mayRule: boolean }) {
  const t = useWords(settingsText)
  const say = useSay()
  const save = useWrite(settingOps.set_security)
  const [rules, setRules] = useState(kept)
  const changed = JSON.stringify(rules) !== JSON.stringify(kept)
  const said = (key: keyof SecurityRules, n: number) => t(key === 'session_hours' ? 'hours_n' : 'minutes_n', { n })
  const field = (key: keyof SecurityRules, label: string) =>
    mayRule ? (
      <Select
        key={key}
        label={label}
        value={String(rules[key])}
        onChange={(next) => setRules({ ...rules, [key]: Number(next) })}
        options={[...new Set([...choices[key], kept[key]])]
          .toSorted((a, b) => a - b)
          .map((n) => ({ value: String(n), label: said(key, n) }))}
      />
    ) : (
      <p key={key} className="row between g12">
        <span>{label}</span>
        <span className="dim">{said(key, kept[key])}</span>
      </p>
    )
  return (
    <div className="stack">
      <p className="dim">{t('rules_help')}</p>
      {field('idle_minutes', t('idle'))}
      {field('shared_idle_minutes', t('shared_idle'))}
      {field('session_hours', t('hours'))}
      {save.problem && <ProblemLine>{say({ zh: save.problem.detail, en: save.problem.detail_en })}</ProblemLine>}
      {mayRule && changed && (
        <div>
          <Button
            kind="primary"
            busy={save.busy}
            onClick={() =>
              void save.send({ body: rules }).then((written) => written.is === 'done' && toast(t('saved')))
            }
          >
            {t('save')}
          </Button>
        </div>
      )}
    </div>
  )
}
