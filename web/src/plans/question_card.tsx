// One question at a time, with ready answers.
import { useState } from 'react'
import type { PlanEdit, Rhythm } from '@nuanyang/contract/plans.items.ts'
import { planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { responsibles, type Responsible } from '@nuanyang/domain/values/responsible.ts'
import { useWrite } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import type { Edits } from './plan_edits.ts'
import type { Entry } from './plan_marks.ts'
import { goalName, rhythmWords, shareWords, spanWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'
import { otherRhythms, usualRhythms, type Question } from './questions.ts'

const usualWho: Record<string, readonly Responsible[]> = {
  village: ['child_director', 'village_committee', 'leading_group', 'volunteer'],
  community: ['child_director', 'grid_worker', 'leading_group', 'volunteer'],
  school: ['class_teacher', 'subject_teacher', 'help_teacher', 'school_leader'],
  agency: ['partner_cadre', 'leading_group', 'archivist', 'volunteer'],
  committee: ['next_gen_committee', 'leading_group', 'station_keeper', 'volunteer'],
}
const targets = [1, 0.95, 0.9, 0.85] as const

export interface QuestionProps {
  plan: Plan
  question: Question
  nth: number
  all: number
  /** 长期 3: what the question is about. */
  about: Entry | undefined
  edits: Edits
  onSkip: () => void
}

export function QuestionCard({ plan, question, nth, all, about, edits, onSkip }: QuestionProps) {
  const t = useWords(plansText)
  const say = useSay()
  const { head, answers, go, asideLabel } = useAnswers(plan, question, edits, onSkip)
  const [chosen, setChosen] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const picked = answers.find((each) => each.key === chosen)
  const shown = answers.filter((each) => !each.folded || each.key === chosen)
  const folded = answers.filter((each) => each.folded)
  return (
    <section className="plan-ask" aria-label={head} data-question={question.key}>
      <p className="small dim">
        {about
          ? t.with('question_about', { n: nth, all, what: <b>{t('tag', { type: t(about.type), n: about.n })}</b> })
          : t('question_of', { n: nth, all })}
      </p>
      <h2>{head}</h2>
      {question.kind === 'period' ? (
        <Period plan={plan} />
      ) : (
        <div className="plan-answers">
          {'zh' in question && <p className="dim plan-said">{say(question)}</p>}
          {shown.map((each) => (
            <Chip key={each.key} pressed={each.key === chosen} onClick={() => setChosen(each.key)}>
              {each.label}
            </Chip>
          ))}
          {folded.length > 0 && (
            <Menu
              className="chip"
              align="start"
              items={folded.map((each) => ({
                key: each.key,
                label: each.label,
                checked: each.key === chosen,
                onSelect: () => setChosen(each.key),
              }))}
            >
              {t('others')}
            </Menu>
          )}
          <span className="plan-answer-end">
            {asideLabel && (
              <Button kind="text" onClick={() => (question.kind === 'remark' ? void go(null) : onSkip())}>
                {asideLabel}
              </Button>
            )}
            {answers.length > 0 && (
              <Button
                busy={edits.busy}
                onClick={() => {
                  setTried(true)
                  if (picked) void go(picked)
                }}
              >
                {t('that_is_it')}
              </Button>
            )}
          </span>
        </div>
      )}
      {tried && !picked && answers.length > 0 && <ProblemLine>{t('choose_one')}</ProblemLine>}
      {edits.problem && <ProblemLine>{say({ zh: edits.problem.detail, en: edits.problem.detail_en })}</ProblemLine>}
    </section>
  )
}

interface PossibleAnswer {
  key: string
  label: string
  folded?: boolean
  edits: PlanEdit[]
}

function useAnswers(plan: Plan, question: Question, edits: Edits, onSkip: () => void) {
  const t = useWords(plansText)
  const say = useSay()
  const as = t.language
  const go = async (answer: PossibleAnswer | null) => {
    const list: PlanEdit[] =
      answer?.edits ?? (question.kind === 'remark' ? [{ do: 'put_aside', problem: question.problem }] : [])
    if (list.length > 0) await edits.send(...list)
  }
  const made = (head: string, answers: PossibleAnswer[], asideLabel: string | null) => ({
    head,
    answers,
    go,
    asideLabel,
    onSkip,
  })
  switch (question.kind) {
    case 'rhythm': {
      const of = (rhythm: Rhythm, folded: boolean): PossibleAnswer => ({
        key: JSON.stringify(rhythm), label: spanWords(rhythm, as), folded, edits: [{ do: 'change_duty', id: question.item.id, to: { rhythm } }],
      }) // prettier-ignore
      return made(
        t('q_rhythm', { title: question.item.title }),
        [...usualRhythms.map((each) => of(each, false)), ...otherRhythms.map((each) => of(each, true))],
        t('leave_open'),
      )
    }
    case 'who': {
      const first = usualWho[plan.archetype ?? 'village']!
      const answers = responsibles
        .toSorted((a, b) => rank(first, a.code) - rank(first, b.code))
        .map((each) => ({
          key: each.code, label: say(each), folded: !first.includes(each.code), edits: [{ do: 'change_duty' as const, id: question.item.id, to: { responsible: each.code } }],
        })) // prettier-ignore
      return made(t('q_who', { title: question.item.title }), answers, t('leave_open'))
    }
    case 'target':
      return made(
        t('q_target'),
        [
          ...targets.map((share) => ({
            key: String(share), label: shareWords(share), edits: [{ do: 'change_goal' as const, id: question.item.id, to: { target: share } }],
          })),
          { key: 'drop', label: t('no_goal'), edits: [{ do: 'drop' as const, type: 'goal' as const, id: question.item.id }] },
        ],
        null,
      ) // prettier-ignore
    case 'contradiction': {
      const [one, two] = question.items
      return made(
        t('q_contradiction', { name: goalName(two, as) }),
        [one, two].map((goal, n) => ({
          key: goal.id, label: shareWords(goal.target!), edits: [{ do: 'drop' as const, type: 'goal' as const, id: n === 0 ? two.id : one.id }],
        })),
        null,
      ) // prettier-ignore
    }
    case 'remark':
      return made(t('q_remark'), [], t('seen'))
    case 'period':
      return made(t('q_period'), [], null)
  }
}

function rank(first: readonly string[], code: string): number {
  const at = first.indexOf(code)
  return at === -1 ? 99 : at
}

/** From which month to which: the text says none. */
function Period({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const say = useSay()
  const change = useWrite(planOps.change)
  const [from, setFrom] = useState(plan.from_on)
  const [until, setUntil] = useState(plan.until_on)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void change.send({ id: plan.id, body: { version: plan.version, from_on: from, until_on: until } })
      }}
    >
      <div className="plan-two">
        <TextInput kind="date" label={t('first_day')} value={from} onChange={setFrom} />
        <TextInput kind="date" label={t('last_day')} value={until} min={from} onChange={setUntil} />
      </div>
      {change.problem && <ProblemLine>{say({ zh: change.problem.detail, en: change.problem.detail_en })}</ProblemLine>}
      <div className="row">
        <Button submit busy={change.busy}>
          {t('that_is_it')}
        </Button>
      </div>
    </form>
  )
}

/** The rhythm of a duty in a form: the usual ones, festivals and rules included when that is what it has. */
export function RhythmSelect({ value, onChange }: { value: Rhythm; onChange: (rhythm: Rhythm) => void }) {
  const t = useWords(plansText)
  const all = [...usualRhythms, ...otherRhythms]
  const now = JSON.stringify(value)
  const list = all.some((each) => JSON.stringify(each) === now) ? all : [value, ...all]
  return (
    <Select
      label={t('f_rhythm')}
      value={now}
      onChange={(next) => onChange(JSON.parse(next) as Rhythm)}
      options={list.map((each) => ({ value: JSON.stringify(each), label: rhythmWords(each, t.language) }))}
    />
  )
}
