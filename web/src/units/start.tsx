// The first run: kind of unit, place, names. Three questions, one at a time; nothing is made before the last is answered.
import { useCallback, useState, type FormEvent } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import { useWrite } from '../kernel/query.ts'
import { sessionKey, useSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Door } from '../shell/door.tsx'
import { Go } from '../ui/go.tsx'
import { Button } from '../ui/controls.tsx'
import { Checkbox, PasswordInput, RadioList, TextInput } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProblemLine, useHeadingFocus, usePageTitle } from '../ui/page.tsx'
import { PlaceSearch } from './place_search.tsx'
import { setupOps } from './provisional.ts'
import { startText } from './start.text.ts'
import './start.css'

type Kind = 'village' | 'school' | 'township' | 'county'
const kinds: readonly Kind[] = ['village', 'school', 'township', 'county']
/** Which levels of the list of places answer the second question. A school stands in a village or in a township. */
const levels: Record<Kind, number[]> = { village: [5], school: [4, 5], township: [4], county: [3] }
const writtenLevel: Record<Kind, number> = { village: 5, school: 4, township: 4, county: 3 }
const shortestPassword = 10

interface Place {
  hit: DivisionHit | null
  /** Written in: its name, and `hit` is the place above it. */
  name: string | null
}

interface Answers {
  code: string
  kind: Kind
  place: Place
}

export function StartPage() {
  const t = useWords(startText)
  const session = useSession()
  const [{ code: given }] = useAddress()
  const [step, setStep] = useState<1 | 2 | 3>(1)
  const [answers, setAnswers] = useState<Answers>({
    code: given ?? '',
    kind: 'village',
    place: { hit: null, name: null },
  })
  const set = useCallback((change: Partial<Answers>) => setAnswers((before) => ({ ...before, ...change })), [])
  useHeadingFocus(step)
  usePageTitle(t('title'))
  if (session.data && (session.data.signed_in || !session.data.setup_needed)) return <Go to={paths.home()} />
  return (
    <Door foot={step === 2 ? t('place_foot') : undefined}>
      <p className="dim">{t('step', { n: step })}</p>
      {step === 1 && <KindStep answers={answers} set={set} askCode={!given} onNext={() => setStep(2)} />}
      {step === 2 && <PlaceStep answers={answers} set={set} onBack={() => setStep(1)} onNext={() => setStep(3)} />}
      {step === 3 && <WhoStep answers={answers} onBack={() => setStep(2)} />}
    </Door>
  )
}

interface StepProps {
  answers: Answers
  set: (change: Partial<Answers>) => void
}

function KindStep({ answers, set, askCode, onNext }: StepProps & { askCode: boolean; onNext: () => void }) {
  const t = useWords(startText)
  const say = useSay()
  const queries = useQueryClient()
  const demo = useWrite(setupOps.demo)
  const [tried, setTried] = useState(false)
  const hasCode = answers.code.trim() !== ''
  async function showDemo(): Promise<void> {
    setTried(true)
    if (!hasCode) return
    const written = await demo.send({ body: { code: answers.code.trim() } })
    if (written.is === 'done') await queries.invalidateQueries({ queryKey: sessionKey })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (hasCode) onNext()
      }}
    >
      <h1 tabIndex={-1}>{t('kind_title')}</h1>
      <p className="dim door-lead">{t('kind_lead')}</p>
      <div className="stack">
        <RadioList
          legend={t('kind')}
          hideLegend
          value={answers.kind}
          onChange={(kind) => set({ kind, place: { hit: null, name: null } })}
          options={kinds.map((kind) => ({ value: kind, label: t(kind), hint: t(`${kind}_hint`) }))}
        />
        {askCode && (
          <TextInput
            label={t('code')}
            hint={t('code_hint')}
            error={tried && !hasCode ? t('need_code') : undefined}
            value={answers.code}
            onChange={(code) => set({ code })}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
      <div className="door-acts">
        <Button kind="primary" submit>
          {t('go_on')}
        </Button>
      </div>
      <p className="start-alt start-demo">
        <button type="button" onClick={() => void showDemo()} aria-busy={demo.busy}>
          {t('demo')}
        </button>
        <span className="dim">{t('demo_hint')}</span>
      </p>
      {demo.problem && <ProblemLine>{say({ zh: demo.problem.detail, en: demo.problem.detail_en })}</ProblemLine>}
    </form>
  )
}

function PlaceStep({ answers, set, onBack, onNext }: StepProps & { onBack: () => void; onNext: () => void }) {
  const t = useWords(startText)
  const { kind, place } = answers
  const [tried, setTried] = useState(false)
  const writing = place.name !== null
  const ready = place.hit !== null && (!writing || place.name!.trim().length > 1)
  const name = writing ? place.name!.trim() : place.hit?.name
  const choose = useCallback((hit: DivisionHit | null) => set({ place: { hit, name: place.name } }), [set, place.name])
  function next(): void {
    setTried(true)
    if (ready) onNext()
  }
  return (
    <div>
      <h1 tabIndex={-1}>{t(`place_${kind}`)}</h1>
      <p className="dim door-lead">{t('place_lead')}</p>
      {writing && (
        <div className="stack" style={{ marginBottom: 16 }}>
          <TextInput
            label={t('written_name')}
            value={place.name ?? ''}
            onChange={(typed) => set({ place: { ...place, name: typed } })}
          />
          <p className="field-label">
            {t('written_under')} <span>{t('written_under_hint')}</span>
          </p>
        </div>
      )}
      <PlaceSearch
        key={String(writing)}
        levels={writing ? [writtenLevel[kind] - 1, Math.max(1, writtenLevel[kind] - 2)] : levels[kind]}
        example={t(kind === 'village' && !writing ? 'place_example_village' : 'place_example_other')}
        chosen={place.hit}
        onChoose={choose}
        onTake={next}
      />
      <p className="start-alt">
        <button type="button" onClick={() => set({ place: { hit: null, name: writing ? null : '' } })}>
          {t(writing ? 'from_list' : 'write_in')}
        </button>
        {!writing && <span className="dim">{t('write_in_help')}</span>}
      </p>
      {tried && !ready && <ProblemLine>{t(writing ? 'need_written' : 'choose_first')}</ProblemLine>}
      <div className="door-acts">
        <Button kind="primary" onClick={next}>
          {ready && name ? t('is_it', { name }) : t('go_on')}
        </Button>
        <Button kind="text" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}

function WhoStep({ answers, onBack }: { answers: Answers; onBack: () => void }) {
  const t = useWords(startText)
  const say = useSay()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const setup = useWrite(setupOps.begin)
  const { kind, place, code } = answers
  const [unitName, setUnitName] = useState(kind === 'school' ? '' : (place.name ?? place.hit?.name ?? ''))
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [separate, setSeparate] = useState(kind === 'township' || kind === 'county')
  const [tried, setTried] = useState(false)
  const left = shortestPassword - password.length
  const goodUsername = /^[a-z0-9][a-z0-9._-]{2,29}$/i.test(username)
  const said = (field: string) => {
    const error = setup.error(field)
    return error ? say(error) : undefined
  }
  const need = (empty: boolean, field: string) => (tried && empty ? t('need') : said(field))

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!unitName.trim() || !name.trim() || !goodUsername || left > 0 || !place.hit) return
    const written = await setup.send({
      body: {
        code: code.trim(),
        kind,
        ...(place.name === null
          ? { place_code: place.hit.code }
          : { written_in: { name: place.name.trim(), level: writtenLevel[kind], under_code: place.hit.code } }),
        unit_name: unitName.trim(),
        name: name.trim(),
        username,
        password,
        separate_admins: separate,
      },
    })
    if (written.is !== 'done') return
    await queries.invalidateQueries({ queryKey: sessionKey })
    await navigate({ to: paths.home() })
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
      </div>
      {setup.problem && setup.problem.errors.length === 0 && (
        <ProblemLine>{say({ zh: setup.problem.detail, en: setup.problem.detail_en })}</ProblemLine>
      )}
      <div className="door-acts">
        <Button kind="primary" submit busy={setup.busy}>
          {t('finish', { name: unitName.trim() })}
        </Button>
        <Button kind="text" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </form>
  )
}
