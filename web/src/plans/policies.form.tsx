// One duty that a rule asks for: what, for whom, when, by whom, for which units, and where it is written.
import { useState } from 'react'
import type { Rhythm } from '@nuanyang/contract/plans.items.ts'
import type { PolicyDuty } from '@nuanyang/contract/plans.ts'
import { archetypes, type Archetype } from '@nuanyang/domain/values/archetypes.ts'
import { festivals, type Festival } from '@nuanyang/domain/values/festivals.ts'
import { kinds, type Kind } from '@nuanyang/domain/values/kinds.ts'
import { responsibles, type Responsible } from '@nuanyang/domain/values/responsible.ts'
import { subjects, type Subject } from '@nuanyang/domain/values/subjects.ts'
import { newId } from '../kernel/ids.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { Checkbox, Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { eventWords } from './plan_words.ts'
import { policiesText } from './policies.text.ts'
import { RhythmSelect } from './question_card.tsx'

type Event = Extract<Rhythm, { within_days: number }>['of']
const events: readonly Event[] = ['new_child', 'parents_left', 'parents_returned', 'carer_changed']
type When = 'often' | 'event' | 'festival'

function whenOf(rhythm: Rhythm): When {
  return 'within_days' in rhythm ? 'event' : 'festival' in rhythm ? 'festival' : 'often'
}

/** When it is owed, as a form holds it; null while the days are no number. */
function useWhen(start: Rhythm) {
  const [when, setWhen] = useState<When>(whenOf(start))
  const [often, setOften] = useState<Rhythm>(whenOf(start) === 'often' ? start : { every: 'month', count: 1 })
  const [festival, setFestival] = useState<Festival>('festival' in start ? start.festival : 'spring_festival')
  const [event, setEvent] = useState<Event>('within_days' in start ? start.of : 'new_child')
  const [days, setDays] = useState('within_days' in start ? String(start.within_days) : '5')
  const [working, setWorking] = useState('within_days' in start ? start.working_days : true)
  const n = /^\d{1,3}$/.test(days) ? Number(days) : 0
  const good = when !== 'event' || (n >= 1 && n <= 365)
  const rhythm: Rhythm =
    when === 'often' ? often : when === 'festival' ? { festival } : { within_days: n, working_days: working, of: event }
  return { when, setWhen, often, setOften, festival, setFestival, event, setEvent, days, setDays, working, setWorking, good, rhythm } // prettier-ignore
}

function WhenFields({ of }: { of: ReturnType<typeof useWhen> }) {
  const t = useWords(policiesText)
  const say = useSay()
  return (
    <>
      <div className="row wrap g8" role="group" aria-label={t('f_when')}>
        {(['often', 'event', 'festival'] as const).map((each) => (
          <Chip key={each} pressed={of.when === each} onClick={() => of.setWhen(each)}>
            {t(`when_${each}`)}
          </Chip>
        ))}
      </div>
      {of.when === 'often' && <RhythmSelect value={of.often} onChange={of.setOften} />}
      {of.when === 'festival' && (
        <Select
          label={t('f_festival')}
          value={of.festival}
          onChange={of.setFestival}
          options={festivals.map((each) => ({ value: each.code, label: say(each) }))}
        />
      )}
      {of.when === 'event' && (
        <>
          <div className="plan-two">
            <Select
              label={t('f_event')}
              value={of.event}
              onChange={of.setEvent}
              options={events.map((each) => ({ value: each, label: eventWords(each, t.language) }))}
            />
            <TextInput
              kind="digits"
              label={t('f_days')}
              value={of.days}
              onChange={of.setDays}
              error={of.good ? undefined : t('need_days')}
            />
          </div>
          <Checkbox label={t('f_working')} checked={of.working} onChange={of.setWorking} />
        </>
      )}
    </>
  )
}

export function PolicyForm({
  row,
  busy,
  problem,
  onSave,
  onClose,
}: {
  row: PolicyDuty | null
  busy: boolean
  problem: { detail: string; detail_en: string } | null
  onSave: (row: PolicyDuty) => Promise<void>
  onClose: () => void
}) {
  const t = useWords(policiesText)
  const say = useSay()
  const [code] = useState(() => row?.code ?? `own_${newId().replaceAll('-', '').slice(0, 20)}`)
  const [title, setTitle] = useState(row?.title ?? '')
  const [kind, setKind] = useState<Kind>(row?.kind ?? 'visit')
  const [subject, setSubject] = useState<Subject>(row?.subject ?? 'each_child')
  const [responsible, setResponsible] = useState<Responsible | ''>(row?.responsible ?? '')
  const [places, setPlaces] = useState<readonly Archetype[]>(row?.archetypes ?? ['village', 'community'])
  const [source, setSource] = useState(row?.source ?? '')
  const [tried, setTried] = useState(false)
  const when = useWhen(row?.rhythm ?? { within_days: 5, working_days: true, of: 'new_child' })
  const good = title.trim() !== '' && source.trim() !== '' && places.length > 0 && when.good
  async function save(): Promise<void> {
    setTried(true)
    if (!good) return
    await onSave({
      code, title: title.trim(), kind, subject, rhythm: when.rhythm, responsible: responsible || null, source: source.trim(), archetypes: [...places],
    }) // prettier-ignore
  }
  return (
    <Dialog
      title={row ? t('change_one', { title: row.title }) : t('add')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={busy} onClick={() => void save()}>
          {t('save')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput label={t('f_title')} value={title} onChange={setTitle} maxLength={200} />
        <TextInput label={t('f_source')} hint={t('f_source_hint')} value={source} onChange={setSource} maxLength={200} />
        <div className="plan-two">
          <Select label={t('f_kind')} value={kind} onChange={setKind} options={kinds.map((each) => ({ value: each.code, label: say(each) }))} />
          <Select label={t('f_subject')} value={subject} onChange={setSubject} options={subjects.map((each) => ({ value: each.code, label: say(each) }))} />
        </div>
        <WhenFields of={when} />
        <Select
          label={t('f_who')}
          value={responsible}
          onChange={setResponsible}
          empty={t('f_nobody')}
          options={responsibles.map((each) => ({ value: each.code, label: say(each) }))}
        />
        <div className="row wrap g8" role="group" aria-label={t('f_places')}>
          {archetypes.map((each) => (
            <Chip
              key={each.code}
              pressed={places.includes(each.code)}
              onClick={() => setPlaces(places.includes(each.code) ? places.filter((one) => one !== each.code) : [...places, each.code])}
            >
              {say(each)}
            </Chip>
          ))}
        </div>
        {tried && !good && <ProblemLine>{t('need')}</ProblemLine>}
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
} // prettier-ignore
