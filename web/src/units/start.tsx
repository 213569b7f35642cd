// The first run: kind of unit, place, names. Three questions, one at a time; nothing is made before the last is answered.
import { useCallback, useState } from 'react'
import { useLocation } from '@tanstack/react-router'
import { accountOps } from '@nuanyang/contract/accounts.ts'
import { call } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp } from '../kernel/query.ts'
import { useSession } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Door } from '../shell/door.tsx'
import { Button } from '../ui/controls.tsx'
import { RadioList, TextInput } from '../ui/fields.tsx'
import { Go } from '../ui/go.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useHeadingFocus, usePageTitle } from '../ui/page.tsx'
import { noPlace, PlaceStep, type Answers, type StartKind } from './start.place.tsx'
import { startText } from './start.text.ts'
import { WhoStep } from './start.who.tsx'
import './start.css'

const kinds: readonly StartKind[] = ['village', 'school', 'township', 'county', 'partner_office', 'committee']

/** The link that `start` prints carries the code behind the #, where no server's log ever sees it. */
function useCodeInLink(): string | undefined {
  const { hash } = useLocation()
  return hash.replace(/^#/, '') || undefined
}

export function StartPage() {
  const t = useWords(startText)
  const session = useSession()
  const given = useCodeInLink()
  const [step, setStep] = useState<1 | 2 | 3>(1)
  const [answers, setAnswers] = useState<Answers>({ code: given ?? '', kind: 'village', place: noPlace })
  // The link may be opened in a window that shows this page already: then only what stands behind the # changes.
  const [taken, setTaken] = useState(given)
  if (given !== taken) {
    setTaken(given)
    if (given !== undefined) setAnswers({ ...answers, code: given })
  }
  const set = useCallback((change: Partial<Answers>) => setAnswers((before) => ({ ...before, ...change })), [])
  const [making, setMaking] = useState(false)
  useHeadingFocus(step)
  usePageTitle(t('title'))
  // While everything is being made the session is there already; the page leaves when all of it is done.
  if (!making && session.data && (session.data.signed_in || !session.data.setup_needed)) return <Go to={paths.home()} />
  return (
    <Door foot={step === 2 ? t('place_foot') : undefined}>
      <p className="dim">{t('step', { n: step })}</p>
      {step === 1 && <KindStep answers={answers} set={set} onNext={() => setStep(2)} />}
      {step === 2 && (
        <PlaceStep
          kind={answers.kind}
          place={answers.place}
          onChange={(place) => set({ place })}
          onBack={() => setStep(1)}
          onNext={() => setStep(3)}
        />
      )}
      {step === 3 && <WhoStep answers={answers} onBack={() => setStep(2)} onMaking={setMaking} />}
    </Door>
  )
}

interface KindStepProps {
  answers: Answers
  set: (change: Partial<Answers>) => void
  onNext: () => void
}

function KindStep({ answers, set, onNext }: KindStepProps) {
  const t = useWords(startText)
  const given = useCodeInLink()
  const say = useSay()
  const code = answers.code.trim()
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<{ code: string; problem: Problem | null }>()
  // The code in the link is looked at before anybody types anything.
  const link = useOp(accountOps.setup_status, { code: given ?? '' }, { when: given !== undefined })
  const badLink = link.data?.code_ok === false
  const wrong = (badLink && code === given) || (refused !== undefined && refused.code === code)
  const error = tried && code === '' ? t('need_code') : wrong ? (tell(refused?.problem) ?? t('code_wrong')) : undefined

  function tell(problem: Problem | null | undefined): string | undefined {
    return problem ? say({ zh: problem.detail, en: problem.detail_en }) : undefined
  }
  async function next(): Promise<void> {
    setTried(true)
    if (code === '') return
    setBusy(true)
    try {
      const { code_ok } = await call(accountOps.setup_status, { code })
      if (code_ok) onNext()
      else setRefused({ code, problem: null })
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      setRefused({ code, problem })
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void next()
      }}
    >
      <h1 tabIndex={-1}>{t('kind_title')}</h1>
      <p className="dim door-lead">{t('kind_lead')}</p>
      <div className="stack">
        <RadioList
          legend={t('kind')}
          hideLegend
          value={answers.kind}
          onChange={(kind) => set({ kind, place: noPlace })}
          options={kinds.map((kind) => ({ value: kind, label: t(kind), hint: t(`${kind}_hint`) }))}
        />
        {(given === undefined || badLink || refused) && (
          <TextInput
            label={t('code')}
            hint={t('code_hint')}
            error={error}
            value={answers.code}
            onChange={(typed) => set({ code: typed })}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </div>
      <div className="door-acts">
        <Button kind="primary" submit busy={busy}>
          {t('go_on')}
        </Button>
      </div>
    </form>
  )
}
