// 核对计划: the text left with what was read marked in it, the items right in the same order; a question at a time first. The same page
// changes a plan's items later, with or without a text.
import { useEffect, useMemo, useState } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { planCan, planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { useAddress } from '../ui/filters.tsx'
import { Go } from '../ui/go.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { ItemDialog, type Asking } from './item_forms.tsx'
import { ItemLine } from './item_line.tsx'
import { PlanAdds } from './plan_adds.tsx'
import { usePlanEdits, type Edits } from './plan_edits.ts'
import { inOrder, type Entry } from './plan_marks.ts'
import { PlanText } from './plan_text.tsx'
import { plansText } from './plans.text.ts'
import { QuestionCard } from './question_card.tsx'
import { questionsOf, type Question } from './questions.ts'
import './plans.css'

export function CheckPlanPage() {
  const t = useWords(plansText)
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useOp(planOps.get, { id })
  const plan = found.data
  if (!plan)
    return (
      <Page title={t('check_title')} back={paths.plans()}>
        <Loaded of={found} rows={10}>
          {() => null}
        </Loaded>
      </Page>
    )
  return planCan.edit(plan) && plan.mine ? <Check key={plan.id} plan={plan} /> : <Go to={paths.plan(plan.id)} />
}

function Check({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const navigate = useNavigate()
  const phone = useIsPhone()
  const edits = usePlanEdits(plan)
  const confirm = useWrite(planOps.confirm)
  const entries = useMemo(() => inOrder(plan.items), [plan.items])
  const asked = useMemo(() => questionsOf(plan), [plan])
  const [skipped, setSkipped] = useState<readonly string[]>([])
  // Counted from when the page opened, so that the third of five stays the third when two are answered.
  const [first] = useState(asked.length)
  const [lit, setLit] = useState<string | null>(null)
  const [view, setView] = useState<'items' | 'text'>('items')
  const [away, setAway] = useState(false)
  const open = asked.filter((each) => !skipped.includes(each.key))
  const counts = { goals: plan.items.goals.length, duties: plan.items.duties.length, tasks: plan.items.tasks.length }
  const fresh = plan.confirmed_at === null
  const find = (id: string, where: 'item' | 'text') => {
    setLit(id)
    if (phone) setView(where === 'item' ? 'items' : 'text')
    // The other side may only just be coming onto the screen.
    requestAnimationFrame(() => {
      const target =
        where === 'item' ? document.getElementById(`item-${id}`) : document.querySelector(`mark[data-items~="${id}"]`)
      target?.scrollIntoView({ block: 'center', behavior: 'auto' })
    })
  }
  async function save(): Promise<void> {
    const written = await confirm.send({ id: plan.id, body: { version: plan.version } })
    if (written.is !== 'done') return
    toast(t('saved'))
    await navigate({ to: paths.plan(plan.id) })
  }
  return (
    <Page
      title={t('check_title')}
      heading={t(fresh ? 'check_heading' : 'edit_title')}
      sub={t(fresh && plan.text && !phone ? 'check_lead' : 'edit_lead', counts)}
      back={paths.plans()}
      notice={
        <span className="desk-only">
          {open.length > 0 ? (
            <State kind="asked">{t('still_asked', { n: open.length })}</State>
          ) : (
            <State kind="done">{t('all_asked')}</State>
          )}
        </span>
      }
      actions={
        <>
          {fresh && <Button onClick={() => setAway(true)}>{t('another')}</Button>}
          <Button kind="primary" busy={confirm.busy} onClick={() => void save()}>
            {t('save_draft')}
          </Button>
        </>
      }
    >
      {plan.reading_id && fresh && <Several plan={plan} />}
      <Problem of={confirm.problem} />
      {plan.text && phone && (
        <div className="plan-views" role="group">
          <Button
            kind={view === 'items' ? 'outline' : 'text'}
            aria-pressed={view === 'items'}
            onClick={() => setView('items')}
          >
            {t('items_tab', { n: entries.length })}
          </Button>
          <Button
            kind={view === 'text' ? 'outline' : 'text'}
            aria-pressed={view === 'text'}
            onClick={() => setView('text')}
          >
            {t('text_tab')}
          </Button>
        </div>
      )}
      <div className={`plan-cols${plan.text ? '' : ' plan-one'}`}>
        {plan.text && (!phone || view === 'text') && (
          <PlanText text={plan.text} entries={entries} lit={lit} onLight={setLit} onPick={(id) => find(id, 'item')} />
        )}
        {(!phone || view === 'items') && (
          <Items
            plan={plan}
            entries={entries}
            open={open}
            all={Math.max(first, asked.length)}
            lit={lit}
            edits={edits}
            onLight={setLit}
            onFind={(id) => find(id, 'text')}
            onSkip={(key) => setSkipped([...skipped, key])}
            onAsk={(key) => setSkipped(skipped.filter((each) => each !== key))}
          />
        )}
      </div>
      {away && <Another plan={plan} onClose={() => setAway(false)} />}
    </Page>
  )
}

function Problem({ of }: { of: { detail: string; detail_en: string } | null }) {
  const say = useSay()
  return of && <ProblemLine>{say({ zh: of.detail, en: of.detail_en })}</ProblemLine>
}

/** Several plans of one file: the others are a step away. */
function Several({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const say = useSay()
  const { data } = useOp(planOps.get_reading, { id: plan.reading_id! })
  if (!data || (data.plans.length < 2 && data.notes.length === 0)) return null
  return (
    <div className="plan-several">
      {data.plans.length > 1 && (
        <p className="small">
          {t('several', { n: data.plans.length })}
          {data.plans.map((each) => (
            <To
              key={each.id}
              to={paths.planCheck(each.id)}
              {...(each.id === plan.id ? { 'aria-current': 'page' } : {})}
            >
              {each.title}
            </To>
          ))}
        </p>
      )}
      {data.notes.map((note) => (
        <p key={note.code} className="small">
          <State kind="told">{say(note)}</State>
        </p>
      ))}
    </div>
  )
}

function Items({
  plan,
  entries,
  open,
  all,
  lit,
  edits,
  onLight,
  onFind,
  onSkip,
  onAsk,
}: {
  plan: Plan
  entries: readonly Entry[]
  open: readonly Question[]
  all: number
  lit: string | null
  edits: Edits
  onLight: (id: string | null) => void
  onFind: (id: string) => void
  onSkip: (key: string) => void
  onAsk: (key: string) => void
}) {
  const t = useWords(plansText)
  const [address] = useAddress()
  const [asking, setAsking] = useState<Asking | null>(address['add'] === 'policies' ? { type: 'policies' } : null)
  const [first, setFirst] = useState<string | null>(null)
  const question = open.find((each) => each.key === first) ?? open[0]
  const about = question && 'item' in question ? entries.find(({ item }) => item.id === question.item.id) : undefined
  const openOf = (entry: Entry): 'rhythm' | 'who' | null => {
    if (entry.type !== 'duty') return null
    if ('unspecified' in entry.item.rhythm) return 'rhythm'
    return entry.item.responsible === null && entry.item.account_id === null ? 'who' : null
  }
  useEffect(() => {
    if (about) onLight(about.item.id)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [about?.item.id])
  return (
    <section className="plan-side" aria-label={t('items_tab', { n: entries.length })}>
      {question && (
        <QuestionCard
          key={question.key}
          plan={plan}
          question={question}
          nth={all - open.length + 1}
          all={all}
          about={about}
          edits={edits}
          onSkip={() => onSkip(question.key)}
        />
      )}
      <ol className="plan-items">
        {entries.map((entry) => {
          const asked = openOf(entry)
          return (
            <ItemLine
              key={entry.item.id}
              entry={entry}
              plan={plan}
              lit={lit === entry.item.id}
              asked={asked}
              onLight={onLight}
              onFind={() => onFind(entry.item.id)}
              onAsk={() => {
                onAsk(`${asked} ${entry.item.id}`)
                setFirst(`${asked} ${entry.item.id}`)
                document.querySelector('.plan-side')?.scrollTo({ top: 0 })
              }}
              onEdit={() => setAsking({ type: entry.type, item: entry.item } as Asking)}
              onDrop={() => void edits.drop(entry)}
            />
          )
        })}
      </ol>
      <PlanAdds plan={plan} edits={edits} onAsk={setAsking} />
      {asking && (
        <ItemDialog
          key={JSON.stringify([asking.type, 'item' in asking && asking.item?.id])}
          plan={plan}
          edits={edits}
          asking={asking}
          onAsk={setAsking}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  )
}

function Another({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useWords(plansText)
  const navigate = useNavigate()
  const withdraw = useWrite(planOps.withdraw)
  async function go(): Promise<void> {
    const written = await withdraw.send({ id: plan.id, body: { version: plan.version, reason: t('another') } })
    if (written.is === 'done') await navigate({ to: paths.newPlan() })
  }
  return (
    <Dialog
      title={t('another_title')}
      onClose={onClose}
      actions={
        <>
          <ButtonLink kind="text" to={paths.plan(plan.id)}>
            {t('save_draft')}
          </ButtonLink>
          <Button kind="primary" busy={withdraw.busy} onClick={() => void go()}>
            {t('another')}
          </Button>
        </>
      }
    >
      <p>{t('another_help')}</p>
      <Problem of={withdraw.problem} />
    </Dialog>
  )
}
