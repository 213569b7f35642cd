// 手机使用: which way phones of the office network come in, the risk in plain words, and the address as a QR code for the wall.
import { useState } from 'react'
import { phoneWayCodes, plainRisk, settingOps, type PhoneAccess, type PhoneWay } from '@nuanyang/contract/settings.ts'
import { roles } from '@nuanyang/contract/roles.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay, saidMoment } from '../ui/dates.ts'
import { Checkbox, RadioList, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { Qr } from '../ui/qr.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import { settingsText } from './settings.text.ts'
import './settings.css'

export function PhonesPage() {
  const t = useWords(settingsText)
  const say = useSay()
  const mayChange = useRight('security.write')
  // The running server takes a change up within three seconds.
  const access = useOp(settingOps.phone_access_get, {}, { again: (now) => (now?.door === 'waiting' ? 1500 : false) })
  return (
    <Page title={t('phones')} sub={t('phones_help')} back={paths.settings()}>
      <Loaded of={access} rows={5}>
        {(now) => (
          <div className="phones-cols">
            <Door now={now} />
            {now.opened_by_environment ? (
              <p className="dim">{t('by_environment')}</p>
            ) : mayChange ? (
              <Ways key={`${now.way} ${now.proxy_url ?? ''}`} now={now} />
            ) : (
              <p className="dim">{t('ask_admin', { who: say(roles.administrator) })}</p>
            )}
          </div>
        )}
      </Loaded>
    </Page>
  )
}

const marks: Record<PhoneAccess['door'], StateKind> = { open: 'done', closed: 'none', waiting: 'told', failed: 'late' }

function Door({ now }: { now: PhoneAccess }) {
  const t = useWords(settingsText)
  const say = useSay()
  const plain = now.way === 'plain'
  return (
    <div>
      <p className="row g12 wrap">
        <State kind={marks[now.door]}>{t(now.door)}</State>
        {now.door === 'open' && (
          <State kind={plain ? 'soon' : 'done'}>{t(plain ? 'not_encrypted' : 'encrypted')}</State>
        )}
      </p>
      {now.door_problem && <ProblemLine>{say(now.door_problem)}</ProblemLine>}
      {now.accepted && (
        <p className="small dim">
          {t('accepted', { name: now.accepted.by_name, when: saidMoment(now.accepted.at, t.language) })}
        </p>
      )}
      {now.addresses.map((address) => (
        <Section key={address} title={t('address')}>
          <div className="phones-qr">
            <Qr text={address} label={t('qr')} size={220} />
            <p className="phones-address">{address}</p>
            <p className="small dim">{t('address_help')}</p>
            <Button icon="print" onClick={() => globalThis.print()}>
              {t('print')}
            </Button>
          </div>
        </Section>
      ))}
    </div>
  )
}

function Ways({ now }: { now: PhoneAccess }) {
  const t = useWords(settingsText)
  const say = useSay()
  const set = useWrite(settingOps.phone_access_set)
  const [way, setWay] = useState<PhoneWay>(now.way)
  const [accepts, setAccepts] = useState(false)
  const [replaces, setReplaces] = useState(now.certificate === null)
  const [certificate, setCertificate] = useState('')
  const [key, setKey] = useState('')
  const [url, setUrl] = useState(now.proxy_url ?? '')
  const said = (field: string) => {
    const error = set.error(field)
    return error ? say(error) : undefined
  }
  const ready = {
    off: now.way !== 'off',
    plain: accepts,
    proxy: url.trim() !== '' && (now.way !== 'proxy' || url.trim() !== now.proxy_url),
    certificate: replaces ? certificate.trim() !== '' && key.trim() !== '' : now.way !== 'certificate',
  }[way]
  const body = {
    way,
    ...(way === 'plain' ? { accepted_edition: plainRisk.edition } : {}),
    ...(way === 'proxy' ? { proxy_url: url.trim() } : {}),
    ...(way === 'certificate' && replaces ? { certificate: certificate.trim(), private_key: key.trim() } : {}),
  }
  return (
    <form
      className="stack formw no-print"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void set.send({ body })
      }}
    >
      <RadioList
        legend={t('way')}
        value={way}
        onChange={(next) => {
          set.clear()
          setWay(next)
        }}
        options={phoneWayCodes.map((value) => ({ value, label: t(`way_${value}`), hint: t(`way_${value}_hint`) }))}
      />
      {way === 'plain' && now.way !== 'plain' && (
        <section className="phones-risk">
          <h2>{t('risk')}</h2>
          <p>{say(plainRisk)}</p>
          <Checkbox label={t('accept')} checked={accepts} onChange={setAccepts} />
        </section>
      )}
      {way === 'proxy' && (
        <TextInput
          label={t('proxy_url')}
          value={url}
          onChange={setUrl}
          type="url"
          inputMode="url"
          placeholder="https://"
          error={said('proxy_url')}
        />
      )}
      {way === 'certificate' && now.certificate && !replaces && (
        <div className="row between g12 wrap">
          <span>
            {t('keep_certificate', {
              names: now.certificate.names.join(' '),
              until: plainDay(now.certificate.until.slice(0, 10), t.language),
            })}
          </span>
          <Button kind="text" onClick={() => setReplaces(true)}>
            {t('other_certificate')}
          </Button>
        </div>
      )}
      {way === 'certificate' && replaces && (
        <>
          <TextArea
            label={t('certificate')}
            hint={t('certificate_hint')}
            value={certificate}
            onChange={setCertificate}
            rows={5}
            spellCheck={false}
          />
          <TextArea
            label={t('private_key')}
            hint={t('private_key_hint')}
            value={key}
            onChange={setKey}
            rows={5}
            spellCheck={false}
          />
        </>
      )}
      {set.problem && set.problem.errors.length === 0 && (
        <ProblemLine>{say({ zh: set.problem.detail, en: set.problem.detail_en })}</ProblemLine>
      )}
      <div>
        <Button kind={way === 'off' ? 'danger' : 'primary'} submit busy={set.busy} disabled={!ready}>
          {t(way === 'off' ? 'close' : 'use')}
        </Button>
      </div>
    </form>
  )
}
