// The questions on the way of a pairing. Each is one dialog with one filled button.
import { useState, type ReactNode } from 'react'
import {
  pairingFormCodes,
  pairingForms,
  pairingOps,
  reviewGrades,
  reviewVoiceCodes,
  reviewVoices,
  type Pairing,
  type PairingForm,
  type PairingGoal,
  type ReviewGrade,
  type ReviewVoice,
} from '@nuanyang/contract/pairings.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite, type Written } from '../kernel/query.ts'
import type { Problem } from '../kernel/problem.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Choices, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { GoalChips, OverLimit } from './pairings.asking.tsx'
import { chosenBody, HelperPick, nobodyYet } from './who.tsx'
import { pairingsText } from './pairings.text.ts'

interface Asking {
  pairing: Pairing
  onClose: () => void
}
const refreshes = ['children', 'today', 'helpers']

function Question({
  title,
  act,
  ready = true,
  write,
  onSend,
  onClose,
  children,
}: {
  title: string
  act: string
  ready?: boolean
  write: { busy: boolean; problem: Problem | null }
  onSend: () => Promise<Written<unknown>>
  onClose: () => void
  children: ReactNode
}) {
  const t = useWords(pairingsText)
  const say = useSay()
  async function go(): Promise<void> {
    if (!ready) return
    const written = await onSend()
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('saved'))
    onClose()
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={write.busy} disabled={!ready} onClick={() => void go()}>
          {act}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        {children}
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

export function ArrangeDialog({ pairing, onClose }: Asking) {
  const t = useWords(pairingsText)
  const say = useSay()
  const write = useWrite(pairingOps.arrange, { refreshes })
  const [form, setForm] = useState<PairingForm | null>(pairing.form)
  const [goals, setGoals] = useState<readonly PairingGoal[]>(pairing.goals)
  const [measures, setMeasures] = useState(pairing.measures ?? '')
  const [contact, setContact] = useState(pairing.contact_how ?? '')
  const [next, setNext] = useState(pairing.next_contact_on ?? '')
  const [term, setTerm] = useState(pairing.term ?? '')
  const body = {
    version: pairing.version,
    form,
    goals: [...goals],
    measures: measures.trim() || null,
    contact_how: contact.trim() || null,
    next_contact_on: next || null,
    term: term.trim() || null,
  }
  return (
    <Question
      title={t('do_arrange')}
      act={t('save')}
      write={write}
      onClose={onClose}
      onSend={() => write.send({ id: pairing.id, body }, t('do_arrange'))}
    >
      <Choices
        label={t('form')}
        value={form}
        onChange={setForm}
        options={pairingFormCodes.map((value) => ({ value, label: say(pairingForms[value]) }))}
      />
      <GoalChips value={goals} onChange={setGoals} />
      <TextArea
        optional
        label={t('measures')}
        hint={t('measures_help')}
        rows={3}
        maxLength={600}
        value={measures}
        onChange={setMeasures}
      />
      <TextInput
        optional
        label={t('contact_how')}
        hint={t('contact_help')}
        value={contact}
        maxLength={100}
        onChange={setContact}
      />
      <TextInput kind="date" optional label={t('next_contact')} value={next} onChange={setNext} />
      <TextInput optional label={t('term')} hint={t('term_help')} value={term} maxLength={50} onChange={setTerm} />
    </Question>
  )
}

export function SignDialog({ pairing, onClose }: Asking) {
  const t = useWords(pairingsText)
  const write = useWrite(pairingOps.sign, { refreshes })
  const [on, setOn] = useState(dayOf())
  return (
    <Question
      title={t('do_sign')}
      act={t('save')}
      ready={on !== ''}
      write={write}
      onClose={onClose}
      onSend={() => write.send({ id: pairing.id, body: { version: pairing.version, on } }, t('do_sign'))}
    >
      <p className="dim">{t('sign_help')}</p>
      <TextInput kind="date" label={t('sign_on')} value={on} min={pairing.from_on} max={dayOf()} onChange={setOn} />
    </Question>
  )
}

export function RenewDialog({ pairing, onClose }: Asking) {
  const t = useWords(pairingsText)
  const write = useWrite(pairingOps.renew, { refreshes })
  const [until, setUntil] = useState('')
  const [words, setWords] = useState('')
  const body = {
    version: pairing.version,
    planned_until_on: until,
    ...(words.trim() ? { words: words.trim() } : {}),
  }
  return (
    <Question
      title={t('do_renew')}
      act={t('do_renew')}
      ready={until !== ''}
      write={write}
      onClose={onClose}
      onSend={() => write.send({ id: pairing.id, body }, t('do_renew'))}
    >
      <TextInput
        kind="date"
        label={t('renew_until')}
        value={until}
        min={pairing.planned_until_on ?? dayOf()}
        onChange={setUntil}
      />
      <TextInput optional label={t('note')} value={words} maxLength={300} onChange={setWords} />
    </Question>
  )
}

export function StandInDialog({ pairing, onClose }: Asking) {
  const t = useWords(pairingsText)
  const write = useWrite(pairingOps.stand_in, { refreshes })
  const [id] = useState(newId)
  const [choice, setChoice] = useState(nobodyYet)
  const [from, setFrom] = useState(dayOf())
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const helper = chosenBody(choice)
  return (
    <Question
      title={t('do_stand_in')}
      act={t('save')}
      ready={helper !== null && until !== ''}
      write={write}
      onClose={onClose}
      onSend={() =>
        write.send(
          {
            id: pairing.id,
            body: {
              id,
              version: pairing.version,
              helper: helper!,
              from_on: from,
              until_on: until,
              ...(reason.trim() ? { over_limit_reason: reason.trim() } : {}),
            },
          },
          t('do_stand_in'),
        )
      }
    >
      <p className="dim">{t('stand_in_help', { helper: pairing.helper_name, child: pairing.child_name })}</p>
      <HelperPick value={choice} onChange={setChoice} />
      <TextInput kind="date" label={t('from_on')} value={from} min={dayOf()} onChange={setFrom} />
      <TextInput kind="date" label={t('stand_in_until')} value={until} min={from} onChange={setUntil} />
      {write.problem?.code === 'helper_full' && <OverLimit value={reason} onChange={setReason} />}
    </Question>
  )
}

export function TakeOverDialog({ pairing, onClose }: Asking) {
  const t = useWords(pairingsText)
  const write = useWrite(pairingOps.take_over, { refreshes })
  const [id] = useState(newId)
  const [choice, setChoice] = useState(nobodyYet)
  const [note, setNote] = useState('')
  const [reason, setReason] = useState('')
  const helper = chosenBody(choice)
  return (
    <Question
      title={t('do_take_over')}
      act={t('do_take_over')}
      ready={helper !== null}
      write={write}
      onClose={onClose}
      onSend={() =>
        write.send(
          {
            id: pairing.id,
            body: {
              id,
              version: pairing.version,
              helper: helper!,
              ...(note.trim() ? { note: note.trim() } : {}),
              ...(reason.trim() ? { over_limit_reason: reason.trim() } : {}),
            },
          },
          t('do_take_over'),
        )
      }
    >
      <p className="dim">{t('take_over_help', { helper: pairing.helper_name, child: pairing.child_name })}</p>
      <HelperPick value={choice} onChange={setChoice} />
      <TextInput optional label={t('take_over_why')} value={note} maxLength={300} onChange={setNote} />
      {write.problem?.code === 'helper_full' && <OverLimit value={reason} onChange={setReason} />}
    </Question>
  )
}

type Voices = Partial<Record<ReviewVoice, { grade: ReviewGrade | null; words: string }>>

export function ReviewDialog({ pairing, onClose }: Asking) {
  const t = useWords(pairingsText)
  const say = useSay()
  const write = useWrite(pairingOps.review, { refreshes })
  const [voices, setVoices] = useState<Voices>({})
  const [on, setOn] = useState(dayOf())
  const said = reviewVoiceCodes.flatMap((voice) => {
    const { grade, words } = voices[voice] ?? { grade: null, words: '' }
    return grade ? [{ voice, grade, ...(words.trim() ? { words: words.trim() } : {}) }] : []
  })
  return (
    <Question
      title={t('do_review')}
      act={t('save')}
      ready={said.length > 0}
      write={write}
      onClose={onClose}
      onSend={() =>
        write.send({ id: pairing.id, body: { version: pairing.version, on, voices: said } }, t('do_review'))
      }
    >
      <p className="dim">{t('review_help')}</p>
      {reviewVoiceCodes.map((voice) => {
        const now = voices[voice] ?? { grade: null, words: '' }
        const set = (patch: Partial<typeof now>) => setVoices({ ...voices, [voice]: { ...now, ...patch } })
        return (
          <div key={voice} className="stack">
            <Choices
              label={say(reviewVoices[voice])}
              value={now.grade}
              onChange={(grade) => set({ grade })}
              options={(Object.keys(reviewGrades) as ReviewGrade[]).map((value) => ({
                value,
                label: say(reviewGrades[value]),
              }))}
            />
            {now.grade && (
              <TextInput
                optional
                label={t('own_words', { who: say(reviewVoices[voice]) })}
                value={now.words}
                maxLength={500}
                onChange={(words) => set({ words })}
              />
            )}
          </div>
        )
      })}
      <TextInput kind="date" label={t('review_on')} value={on} min={pairing.from_on} max={dayOf()} onChange={setOn} />
    </Question>
  )
}
