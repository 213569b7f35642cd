// 评估 of one child: how the care is, what is needed, and when to look again.
import { useState, type FormEvent } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import {
  evaluationCan,
  evaluationKinds,
  evaluationOps,
  evaluationResults,
  guardianshipReasons,
  needReasons,
  type Evaluation,
  type EvaluationKind,
} from '@nuanyang/contract/evaluations.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Checkbox, Choices, TextArea, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords, type Words } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { evaluationsText } from './evaluations.text.ts'

type Reason = Evaluation['reasons'][number]
type Result = Evaluation['result']
const reasonWords: Record<Reason, Words> = { ...guardianshipReasons, ...needReasons }
const resultWords: Record<Result, Words> = { ...evaluationResults.guardianship, ...evaluationResults.needs }
const reasonsOf = (kind: EvaluationKind) =>
  Object.keys(kind === 'guardianship' ? guardianshipReasons : needReasons) as Reason[]

export function Evaluations({ file }: { file: ChildFile }) {
  const t = useWords(evaluationsText)
  const list = useOp(evaluationOps.list, { child_id: file.id })
  const [asking, setAsking] = useState<Evaluation | 'new' | null>(null)
  const close = () => setAsking(null)
  return (
    <Section title={t('title')} end={file.can_write && <Button onClick={() => setAsking('new')}>{t('add')}</Button>}>
      <Loaded of={list} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t('none')}</p>
          ) : (
            <ul className="papers">
              {items.map((each) => (
                <EvaluationLine
                  key={each.id}
                  evaluation={each}
                  onWithdraw={file.can_write && evaluationCan.withdraw(each) ? () => setAsking(each) : null}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {asking === 'new' && <AddEvaluation file={file} onClose={close} />}
      {asking && asking !== 'new' && <WithdrawEvaluation evaluation={asking} onClose={close} />}
    </Section>
  )
}

function EvaluationLine({ evaluation, onWithdraw }: { evaluation: Evaluation; onWithdraw: (() => void) | null }) {
  const t = useWords(evaluationsText)
  const say = useSay()
  const day = (on: string) => plainDay(on, t.language)
  const { withdrawn_reason } = evaluation
  return (
    <li>
      <span className="grow">
        <b>{`${say(evaluationKinds[evaluation.kind])} ${say(resultWords[evaluation.result])}`}</b>
        <span className="dim small">
          {listed(
            [
              day(evaluation.on_day),
              evaluation.by_name && t('by', { name: evaluation.by_name }),
              evaluation.child_heard && t('heard'),
              evaluation.review_on && t('review', { day: day(evaluation.review_on) }),
            ],
            t.language,
          )}
        </span>
        {(evaluation.reasons.length > 0 || evaluation.note) && (
          <span>
            {listed([...evaluation.reasons.map((code) => say(reasonWords[code])), evaluation.note], t.language)}
          </span>
        )}
      </span>
      {withdrawn_reason && <State kind="none">{listed([t('withdrawn'), withdrawn_reason], t.language)}</State>}
      {onWithdraw && (
        <Button kind="text" onClick={onWithdraw}>
          {t('withdraw')}
        </Button>
      )}
    </li>
  )
}

function AddEvaluation({ file, onClose }: { file: ChildFile; onClose: () => void }) {
  const t = useWords(evaluationsText)
  const say = useSay()
  const add = useWrite(evaluationOps.add)
  const [id] = useState(newId)
  const [kind, setKind] = useState<EvaluationKind>('guardianship')
  const [result, setResult] = useState<Result | null>(null)
  const [reasons, setReasons] = useState<readonly Reason[]>([])
  const [note, setNote] = useState('')
  const [heard, setHeard] = useState(false)
  const [on, setOn] = useState(dayOf())
  const [review, setReview] = useState('')
  const [tried, setTried] = useState(false)
  const results = Object.keys(evaluationResults[kind]) as Result[]
  function turn(next: EvaluationKind | null): void {
    if (!next || next === kind) return
    setKind(next)
    setResult(null)
    setReasons([])
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!result || !on) return
    const body = {
      id,
      child_id: file.id,
      kind,
      on_day: on,
      result,
      reasons: [...reasons],
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(heard ? { child_heard: true } : {}),
      ...(review ? { review_on: review } : {}),
    }
    const written = await add.send({ body }, `${file.name}，${t('title')}`)
    if (written.is === 'refused') return
    toast(t(written.is === 'kept' ? 'kept' : 'saved'))
    onClose()
  }
  return (
    <Dialog title={t('add_title', { name: file.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Choices
          label={t('kind')}
          required
          value={kind}
          onChange={turn}
          options={(Object.keys(evaluationKinds) as EvaluationKind[]).map((value) => ({
            value,
            label: say(evaluationKinds[value]),
          }))}
        />
        <Choices
          label={t('result')}
          value={result}
          onChange={setResult}
          options={results.map((value) => ({ value, label: say(resultWords[value]) }))}
          error={tried && !result ? t('need_result') : undefined}
        />
        <fieldset className="radios">
          <legend className="field-label">{t(kind === 'needs' ? 'needs' : 'why')}</legend>
          {reasonsOf(kind).map((code) => (
            <Checkbox
              key={code}
              label={say(reasonWords[code])}
              checked={reasons.includes(code)}
              onChange={(on) => setReasons(on ? [...reasons, code] : reasons.filter((each) => each !== code))}
            />
          ))}
        </fieldset>
        <TextArea label={t('note')} optional rows={3} maxLength={2000} value={note} onChange={setNote} />
        <Checkbox label={t('child_heard')} checked={heard} onChange={setHeard} />
        <TextInput kind="date" label={t('on_day')} value={on} max={dayOf()} onChange={setOn} />
        <TextInput kind="date" optional label={t('review_on')} value={review} onChange={setReview} />
        {add.problem && <ProblemLine>{say({ zh: add.problem.detail, en: add.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={add.busy}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}

function WithdrawEvaluation({ evaluation, onClose }: { evaluation: Evaluation; onClose: () => void }) {
  const t = useWords(evaluationsText)
  const say = useSay()
  const withdraw = useWrite(evaluationOps.withdraw)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!reason.trim()) return
    const written = await withdraw.send(
      { id: evaluation.id, body: { version: evaluation.version, reason: reason.trim() } },
      t('withdraw_title'),
    )
    if (written.is === 'refused') return
    toast(t(written.is === 'kept' ? 'kept' : 'withdrawn'))
    onClose()
  }
  return (
    <Dialog title={t('withdraw_title')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextArea
          label={t('reason')}
          rows={2}
          maxLength={300}
          value={reason}
          onChange={setReason}
          error={tried && !reason.trim() ? t('need_reason') : undefined}
        />
        {withdraw.problem && (
          <ProblemLine>{say({ zh: withdraw.problem.detail, en: withdraw.problem.detail_en })}</ProblemLine>
        )}
        <Button kind="danger" submit busy={withdraw.busy}>
          {t('withdraw')}
        </Button>
      </form>
    </Dialog>
  )
}
