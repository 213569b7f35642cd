// 讨论: remarks on a plan or one of its items, what became of them, and who agreed.
import { useState } from 'react'
import { planCan, planOps, type Plan, type PlanComment } from '@nuanyang/contract/plans.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, saidDay } from '../ui/dates.ts'
import { Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Loaded, ProblemLine } from '../ui/page.tsx'
import { Margin, State } from '../ui/state.tsx'
import { plansText } from './plans.text.ts'

export function PlanTalk({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const found = useOp(planOps.comments, { id: plan.id })
  return (
    <div className="plan-talk section">
      <Loaded of={found} rows={4}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="dim">{t('talk_empty')}</p>}
            {items.some((each) => each.stance === 'agree' && !each.outdated) && (
              <p>
                <State kind="done">
                  {t('talk_who_agreed', {
                    n: items.filter((each) => each.stance === 'agree' && !each.outdated).length,
                  })}
                </State>
              </p>
            )}
            <Margin
              label={t('tab_talk')}
              entries={items.map((each) => ({
                id: each.id,
                when: saidDay(dayOf(each.at), t.language),
                head: each.by_name,
                aside: <About comment={each} plan={plan} />,
                body: <Remark comment={each} plan={plan} />,
              }))}
            />
          </>
        )}
      </Loaded>
      {planCan.comment(plan) && <Say plan={plan} />}
    </div>
  )
}

function About({ comment, plan }: { comment: PlanComment; plan: Plan }) {
  const t = useWords(plansText)
  if (comment.stance === 'agree')
    return comment.outdated ? (
      <State kind="soon">{t('talk_outdated')}</State>
    ) : (
      <State kind="done">{t('talk_agreed')}</State>
    )
  const all = [...plan.items.goals, ...plan.items.measures, ...plan.items.duties, ...plan.items.tasks]
  const item = all.find((each) => each.id === comment.target_id)
  return item ? <>{t('talk_about', { title: 'title' in item ? item.title : item.text })}</> : null
}

function Remark({ comment, plan }: { comment: PlanComment; plan: Plan }) {
  const t = useWords(plansText)
  const mayAnswer = useRight('plans.write') && plan.mine
  const answer = useWrite(planOps.answer_comment)
  const [text, setText] = useState<string | null>(null)
  return (
    <div className="plan-remark">
      <p>{comment.text}</p>
      {comment.answer && (
        <p className="dim">{t('talk_answered', { name: comment.answered_by_name ?? '', text: comment.answer })}</p>
      )}
      {mayAnswer && comment.stance === 'comment' && comment.answer === null && text === null && (
        <div>
          <Button kind="text" onClick={() => setText('')}>
            {t('talk_answer')}
          </Button>
        </div>
      )}
      {text !== null && comment.answer === null && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim()) void answer.send({ id: comment.id, body: { answer: text.trim() } })
          }}
        >
          <TextInput label={t('talk_answer')} value={text} onChange={setText} maxLength={2000} autoFocus />
          <div>
            <Button submit busy={answer.busy}>
              {t('talk_answer')}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}

function Say({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const say = useSay()
  const comment = useWrite(planOps.comment)
  const agree = useWrite(planOps.agree)
  const [text, setText] = useState('')
  const [target, setTarget] = useState('')
  const { goals, measures, duties, tasks } = plan.items
  const options = [
    ...goals.map((each) => ({ value: `goal ${each.id}`, label: each.text.slice(0, 40) })),
    ...measures.map((each) => ({ value: `measure ${each.id}`, label: `${each.path} ${each.title}`.slice(0, 40) })),
    ...duties.map((each) => ({ value: `duty ${each.id}`, label: each.title })),
    ...tasks.map((each) => ({ value: `task ${each.id}`, label: each.title })),
  ]
  async function go(): Promise<void> {
    if (text.trim() === '') return
    const [type, id] = target === '' ? ['plan', null] : target.split(' ')
    const written = await comment.send({
      id: plan.id,
      body: { id: newId(), target_type: type as PlanComment['target_type'], target_id: id ?? null, text: text.trim() },
    })
    if (written.is === 'done') setText('')
  }
  const problem = comment.problem ?? agree.problem
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void go()
      }}
    >
      <Select label={t('talk_target')} value={target} onChange={setTarget} empty={t('talk_whole')} options={options} />
      <TextArea label={t('talk_text')} value={text} onChange={setText} rows={3} maxLength={2000} />
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      <div className="plan-buttons">
        <Button submit busy={comment.busy}>
          {t('talk_send')}
        </Button>
        {planCan.agree(plan) && (
          <Button
            kind="primary"
            busy={agree.busy}
            onClick={() => void agree.send({ id: plan.id, body: { id: newId() } })}
          >
            {t('talk_agree')}
          </Button>
        )}
      </div>
    </form>
  )
}
