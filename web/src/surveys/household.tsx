// One household of a round: who lives there, and what is said at the door. 无变化 is one tap, and can be taken back for seven seconds.
import { useState, type FormEvent } from 'react'
import { kindSpecs } from '@nuanyang/contract/kinds.ts'
import type { FieldSpec } from '@nuanyang/contract/kinds/kind.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import {
  saidStates,
  surveyCan,
  surveyOps,
  visitStates,
  type Round,
  type Visit,
  type VisitState,
} from '@nuanyang/contract/surveys.ts'
import { unitWords } from '../children/words.ts'
import { usePhotos } from '../records/form.photos.ts'
import { SignRow } from '../records/sign_row.tsx'
import '../records/records.css'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Checkbox, Choices, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import { surveysText } from './surveys.text.ts'

const marks: Record<VisitState, StateKind> = {
  waiting: 'plain',
  no_change: 'done',
  changed: 'done',
  not_home: 'soon',
  refused: 'soon',
  moved: 'none',
}
type Body = Input<typeof surveyOps.say>['body']

function useSaying(round: Round, name: string) {
  const t = useWords(surveysText)
  const say = useSay()
  const write = useWrite(surveyOps.say, { refreshes: ['records', 'today', 'children'] })
  const back = useWrite(surveyOps.unsay, { refreshes: ['records', 'today', 'children'] })
  /** 'kept': it waits on this device; null: refused. */
  async function send(body: Body): Promise<'done' | 'kept' | null> {
    const told = t('said', { name, state: say(visitStates[body.state]) })
    const written = await write.send({ id: round.id, body }, told)
    if (written.is === 'refused') return null
    if (written.is === 'kept') toast(t('kept'))
    else toast(told, () => void back.send({ id: round.id, body: { record_id: body.id } }))
    return written.is
  }
  return { send, write }
}

export function Household({ round, visits }: { round: Round; visits: readonly Visit[] }) {
  const t = useWords(surveysText)
  const say = useSay()
  const may = useRight('records.write') && surveyCan.visit(round)
  const [asking, setAsking] = useState(false)
  const first = visits[0]!
  const names = listed(
    visits.map((each) => each.name),
    t.language,
  )
  const { send, write } = useSaying(round, names)
  const waiting = visits.some((each) => each.state === 'waiting')
  const quick = (state: 'no_change' | 'not_home') =>
    void send({ id: newId(), visit_ids: visits.map((each) => each.id), state, visited_on: dayOf() })
  return (
    <li>
      <div className="grow">
        <span className="household-names">
          {visits.map((each) => (
            <To key={each.id} to={paths.child(each.child_id)}>
              <b>{each.name}</b>
            </To>
          ))}
          <span className="dim small">
            {listed([first.group && unitWords(first.group, t.language), first.address, first.carer], t.language)}
          </span>
        </span>
        {visits.map(
          (each) =>
            (each.state !== 'waiting' || each.missing > 0) && (
              <span key={each.id} className="household-line small">
                {each.state !== 'waiting' && (
                  <State kind={marks[each.state]}>
                    {listed(
                      [
                        visits.length > 1 && each.name,
                        say(visitStates[each.state]),
                        each.visited_on && plainDay(each.visited_on, t.language),
                        each.by_name,
                      ],
                      t.language,
                    )}
                  </State>
                )}
                {each.missing > 0 && (
                  <span className="dim">
                    {listed([visits.length > 1 && each.name, t('missing', { n: each.missing })], t.language)}
                  </span>
                )}
                {each.note && <span>{each.note}</span>}
              </span>
            ),
        )}
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
      </div>
      {may && (
        <div className="household-acts no-print">
          {waiting && (
            <>
              <Button
                busy={write.busy}
                aria-label={t('no_change_of', { name: names })}
                onClick={() => quick('no_change')}
              >
                {t('no_change')}
              </Button>
              <Button kind="text" aria-label={t('not_home_of', { name: names })} onClick={() => quick('not_home')}>
                {t('not_home')}
              </Button>
            </>
          )}
          <Button kind="text" aria-label={t('more_of', { name: names })} onClick={() => setAsking(true)}>
            {t('more')}
          </Button>
        </div>
      )}
      {asking && <SayDialog round={round} visits={visits} names={names} onClose={() => setAsking(false)} />}
    </li>
  )
}

const optionsOf = (code: string) =>
  (kindSpecs.survey.fields as readonly FieldSpec[]).find((each) => each.code === code)?.options ?? []

interface SayProps {
  round: Round
  visits: readonly Visit[]
  names: string
  onClose: () => void
}

function SayDialog({ round, visits, names, onClose }: SayProps) {
  const t = useWords(surveysText)
  const say = useSay()
  const { send, write } = useSaying(round, names)
  const [id] = useState(newId)
  const [state, setState] = useState<(typeof saidStates)[number]>('changed')
  const [on, setOn] = useState(dayOf())
  const [note, setNote] = useState('')
  const [reasons, setReasons] = useState<readonly string[]>([])
  const [request, setRequest] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const photos = usePhotos(id)
  // Said once; a signature that was refused is sent again without saying it again.
  const [said, setSaid] = useState<'done' | 'kept' | null>(null)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!on) return
    const done =
      said ??
      (await send({
        id,
        visit_ids: visits.map((each) => each.id),
        state,
        visited_on: on,
        ...(note.trim() ? { note: note.trim() } : {}),
        ...(reasons.length > 0 ? { reasons: [...reasons] } : {}),
        ...(request ? { request_about: request } : {}),
        ...(confirmed.trim() ? { confirmed_by: confirmed.trim() } : {}),
      }))
    setSaid(done)
    if (done && (await photos.send(id, done === 'done', t('signature')))) onClose()
  }
  return (
    <Dialog title={t('say_title', { name: names })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Choices
          label={t('state')}
          required
          value={state}
          onChange={(value) => value && setState(value)}
          options={saidStates.map((value) => ({ value, label: say(visitStates[value]) }))}
        />
        <TextArea label={t('note')} optional rows={3} maxLength={2000} value={note} onChange={setNote} />
        <Select
          label={t('request')}
          value={request}
          onChange={setRequest}
          empty={t('no_request')}
          options={optionsOf('request_about').map((option) => ({ value: option.code, label: say(option) }))}
        />
        <fieldset className="radios">
          <legend className="field-label">{t('reasons')}</legend>
          {optionsOf('reasons').map((option) => (
            <Checkbox
              key={option.code}
              label={say(option)}
              checked={reasons.includes(option.code)}
              onChange={(checked) =>
                setReasons(checked ? [...reasons, option.code] : reasons.filter((each) => each !== option.code))
              }
            />
          ))}
        </fieldset>
        <TextInput label={t('confirmed_by')} optional maxLength={60} value={confirmed} onChange={setConfirmed} />
        <SignRow photos={photos} label={t('signature')} name={confirmed} onName={setConfirmed} />
        {photos.refused && (
          <ProblemLine>{say({ zh: photos.refused.problem.detail, en: photos.refused.problem.detail_en })}</ProblemLine>
        )}
        <TextInput kind="date" label={t('on')} value={on} min={round.from_on} max={dayOf()} onChange={setOn} />
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
        <div className="row wrap g12">
          <Button kind="primary" submit busy={write.busy}>
            {t('save')}
          </Button>
          {visits.map((each) => (
            <ButtonLink key={each.id} to={paths.childEdit(each.child_id)}>
              {visits.length > 1 ? `${t('edit_file')} ${each.name}` : t('edit_file')}
            </ButtonLink>
          ))}
        </div>
      </form>
    </Dialog>
  )
}
