// A suggestion and a confirmed one, each with its question: used by the list and by the file.
import { useState, type FormEvent } from 'react'
import { focusOps, focusRules, reviewDays, type Focus, type Suggestion } from '@nuanyang/contract/focus.ts'
import { isFieldPath } from '@nuanyang/contract/children.fields.ts'
import { sectionOf } from '../children/child.fields.ts'
import { fieldName } from '../children/words.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { dayOf, saidDay } from '../ui/dates.ts'
import { TextArea, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { focusText } from './focus.text.ts'

export function SuggestionLine({ one, named }: { one: Suggestion; named?: boolean }) {
  const t = useWords(focusText)
  const decides = useRight('changes.decide')
  const writes = useRight('children.write')
  const [asking, setAsking] = useState(false)
  const rule = focusRules[one.rule]
  const field = one.lacks.find(isFieldPath)
  return (
    <li>
      <span className="grow">
        {named && (
          <b>
            <To to={paths.child(one.child_id)}>{one.child_name}</To>{' '}
          </b>
        )}
        {rule[t.language]}
        <small className="dim">
          {one.lacks.length > 0
            ? t('ask_for', {
                facts: listed(
                  one.lacks.map((path) => fieldName(path, t.language)),
                  t.language,
                ),
              })
            : t('basis', { source: rule.source })}
        </small>
      </span>
      {one.lacks.length === 0 && one.urgent && <State kind="late">{t('urgent')}</State>}
      {field && writes && (
        <To to={paths.childEdit(one.child_id)} search={{ section: sectionOf(field), field }}>
          {t('fill_in')}
        </To>
      )}
      {one.lacks.length === 0 && decides && (
        <Button kind="text" onClick={() => setAsking(true)}>
          {t('look')}
        </Button>
      )}
      {asking && <DecideDialog one={one} onClose={() => setAsking(false)} />}
    </li>
  )
}

const plus = (days: number) => new Date(Date.parse(dayOf()) + days * 86_400_000).toISOString().slice(0, 10)

function DecideDialog({ one, onClose }: { one: Suggestion; onClose: () => void }) {
  const t = useWords(focusText)
  const say = useSay()
  const decide = useWrite(focusOps.decide)
  const [note, setNote] = useState('')
  const [review_on, setReview] = useState(plus(one.urgent ? reviewDays.urgent : reviewDays.other))
  const [tried, setTried] = useState(false)
  async function send(confirm: boolean): Promise<void> {
    setTried(true)
    if (!note.trim()) return
    const body = { id: newId(), child_id: one.child_id, rule: one.rule, confirm, note: note.trim(), ...(confirm && review_on ? { review_on } : {}) } // prettier-ignore
    const written = await decide.send({ body })
    if (written.is !== 'done') return
    toast(t(confirm ? 'confirmed' : 'declined', { name: one.child_name }))
    onClose()
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    void send(true)
  }
  const rule = focusRules[one.rule][t.language]
  return (
    <Dialog title={t('decide_title', { name: one.child_name, rule })} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <p className="dim">{t('decide_help')}</p>
        <TextArea
          autoFocus
          rows={3}
          label={t('note')}
          maxLength={300}
          value={note}
          onChange={setNote}
          error={tried && !note.trim() ? t('need_note') : undefined}
        />
        <TextInput kind="date" label={t('review_on')} value={review_on} onChange={setReview} />
        {decide.problem && (
          <ProblemLine>{say({ zh: decide.problem.detail, en: decide.problem.detail_en })}</ProblemLine>
        )}
        <div className="row g12">
          <Button kind="primary" submit busy={decide.busy}>
            {t('confirm')}
          </Button>
          <Button onClick={() => void send(false)}>{t('decline')}</Button>
        </div>
      </form>
    </Dialog>
  )
}

export function FocusLine({ one, named }: { one: Focus; named?: boolean }) {
  const t = useWords(focusText)
  const decides = useRight('changes.decide')
  const [asking, setAsking] = useState(false)
  const late = one.review_on !== null && one.review_on <= dayOf()
  return (
    <li>
      <span className="grow">
        {named && (
          <b>
            <To to={paths.child(one.child_id)}>{one.child_name}</To>{' '}
          </b>
        )}
        {focusRules[one.rule][t.language]}
        <small className="dim">{listed([one.decision_note, one.decided_by_name], t.language)}</small>
      </span>
      {one.review_on && (
        <State kind={late ? 'late' : 'plain'}>{t('review_day', { day: saidDay(one.review_on, t.language) })}</State>
      )}
      {decides && one.state === 'confirmed' && (
        <Button kind="text" onClick={() => setAsking(true)}>
          {t('review')}
        </Button>
      )}
      {asking && <ReviewDialog one={one} onClose={() => setAsking(false)} />}
    </li>
  )
}

function ReviewDialog({ one, onClose }: { one: Focus; onClose: () => void }) {
  const t = useWords(focusText)
  const say = useSay()
  const review = useWrite(focusOps.review)
  const [note, setNote] = useState('')
  const [review_on, setReview] = useState(plus(focusRules[one.rule].urgent ? reviewDays.urgent : reviewDays.other))
  const [tried, setTried] = useState(false)
  async function send(ends: boolean): Promise<void> {
    setTried(true)
    if (!note.trim()) return
    const body = { ends, note: note.trim(), ...(!ends && review_on ? { review_on } : {}) }
    const written = await review.send({ id: one.id, body })
    if (written.is !== 'done') return
    toast(t(ends ? 'ended' : 'reviewed', { name: one.child_name }))
    onClose()
  }
  const rule = focusRules[one.rule][t.language]
  return (
    <Dialog title={t('review_title', { name: one.child_name, rule })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void send(false)
        }}
      >
        <TextArea
          autoFocus
          rows={3}
          label={t('note')}
          maxLength={300}
          value={note}
          onChange={setNote}
          error={tried && !note.trim() ? t('need_note') : undefined}
        />
        <TextInput kind="date" label={t('review_on')} value={review_on} onChange={setReview} />
        {review.problem && (
          <ProblemLine>{say({ zh: review.problem.detail, en: review.problem.detail_en })}</ProblemLine>
        )}
        <div className="row g12">
          <Button kind="primary" submit busy={review.busy}>
            {t('goes_on')}
          </Button>
          <Button onClick={() => void send(true)}>{t('ends')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
