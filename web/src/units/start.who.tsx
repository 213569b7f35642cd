// The third question: what the unit and the first person are called. Then everything is made at once.
import { useState, type FormEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { accountOps, shortestPassword, type SessionNow, type SetUpKind } from '@nuanyang/contract/accounts.ts'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import { lettersMissing } from '../accounts/password.ts'
import { demoText } from '../demo/demo.text.ts'
import { loadDemo } from '../demo/load_demo.ts'
import { Problem } from '../kernel/problem.ts'
import { useWrite } from '../kernel/query.ts'
import { useTakeSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { Checkbox, PasswordInput, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { placeName, writtenIn, type Answers } from './start.place.tsx'
import { startText } from './start.text.ts'

/** 社区、居委会 is a community; everything else at that level a village. */
function setUpKind(kind: Answers['kind'], name: string): SetUpKind {
  return kind === 'village' && /(社区|居委会|居民委员会)$/.test(name) ? 'community' : kind
}

export function WhoStep({
  answers,
  onBack,
  onMaking,
}: {
  answers: Answers
  onBack: () => void
  /** True from the press until everything is there, or was refused. */
  onMaking: (making: boolean) => void
}) {
  const t = useWords(startText)
  const td = useWords(demoText)
  const say = useSay()
  const take = useTakeSession()
  const navigate = useNavigate()
  const setUp = useWrite(accountOps.set_up)
  const { kind, place, code } = answers
  const named = kind === 'village' || kind === 'township' || kind === 'county'
  const [unitName, setUnitName] = useState(named ? placeName(place) : '')
  const [grids, setGrids] = useState('')
  const isCommunity = setUpKind(kind, placeName(place)) === 'community'
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [separate, setSeparate] = useState(kind === 'township' || kind === 'county')
  const [demo, setDemo] = useState(false)
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const left = lettersMissing(password)
  const goodUsername = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u.test(username)
  const refused = setUp.problem && say({ zh: setUp.problem.detail, en: setUp.problem.detail_en })
  /** A refusal about one field stands under it. */
  const about = { username_taken: 'username', weak_password: 'password', unit_exists: 'unit_name' }[
    setUp.problem?.code ?? ''
  ]
  // A refusal speaks of what was sent; once that is changed it no longer holds.
  const [sent, setSent] = useState<Record<string, string>>({})
  const written: Record<string, string> = { unit_name: unitName, name, username, password }
  const said = (field: string) => {
    if (written[field] !== sent[field]) return undefined
    const error = setUp.error(field)
    return error ? say(error) : about === field && refused ? refused : undefined
  }
  const need = (empty: boolean, field: string) => (tried && empty ? t('need') : said(field))

  /** The unit is made already: a demonstration that fails is said and can be loaded later. */
  async function withDemo(session: SessionNow): Promise<SessionNow> {
    try {
      return await loadDemo(session)
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      toast(say({ zh: problem.detail, en: problem.detail_en }))
      return session
    }
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!unitName.trim() || !name.trim() || !goodUsername || left > 0 || !place.hit) return
    setSent(written)
    making(true)
    const answer = await setUp.send({ body: asked(place.hit) })
    if (answer.is === 'done') {
      take(demo ? await withDemo(answer.answer) : answer.answer)
      await navigate({ to: paths.home() })
    }
    making(false)
  }
  function making(now: boolean): void {
    setBusy(now)
    onMaking(now)
  }
  function asked(hit: DivisionHit) {
    const extra = writtenIn(place)
    return {
      code: code.trim(),
      kind: setUpKind(kind, placeName(place)),
      place_code: hit.code,
      ...(extra.length > 0 ? { written_in: extra } : {}),
      ...(isCommunity
        ? {
            grids: grids
              .split(/[\n、，,]/)
              .map((one) => one.trim())
              .filter(Boolean),
          }
        : {}),
      unit_name: unitName.trim(),
      name: name.trim(),
      username,
      password,
      separate_admins: separate,
      language: t.language,
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <h1 tabIndex={-1}>{t('who_title')}</h1>
      <p className="dim door-lead">{t('who_lead')}</p>
      <div className="stack">
        <TextInput
          label={t('unit_name')}
          hint={t('unit_name_hint')}
          value={unitName}
          onChange={setUnitName}
          error={need(!unitName.trim(), 'unit_name')}
        />
        {isCommunity && (
          <TextArea label={t('grids')} optional hint={t('grids_hint')} value={grids} onChange={setGrids} rows={3} />
        )}
        <div className="start-two">
          <TextInput
            label={t('your_name')}
            value={name}
            onChange={setName}
            autoComplete="name"
            error={need(!name.trim(), 'name')}
          />
          <TextInput
            label={t('username')}
            kind="username"
            hint={t('username_hint')}
            value={username}
            onChange={setUsername}
            error={tried && !goodUsername ? t('need_username') : said('username')}
          />
        </div>
        <PasswordInput
          label={t('password')}
          isNew
          hint={t('password_hint', { n: shortestPassword })}
          value={password}
          onChange={setPassword}
          error={tried && left > 0 ? t('need_length', { n: left }) : said('password')}
        />
        <Checkbox label={t('separate')} hint={t('separate_hint')} checked={separate} onChange={setSeparate} />
        <Checkbox label={td('with_setup')} hint={td('with_setup_hint')} checked={demo} onChange={setDemo} />
      </div>
      {refused && !about && setUp.problem?.errors.length === 0 && <ProblemLine>{refused}</ProblemLine>}
      <div className="door-acts">
        <Button kind="primary" submit busy={busy}>
          {t('finish', { name: unitName.trim() })}
        </Button>
        <Button kind="text" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
