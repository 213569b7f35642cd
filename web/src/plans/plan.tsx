// 计划: one plan, and its life: talked over, adopted, changed from a day on, closed.
import { lazy, Suspense, useState } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { planCan, planOps, type Plan } from '@nuanyang/contract/plans.ts'
import { newId } from '../kernel/ids.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { Tabs, useAddress } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { listed, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Menu, type MenuItem } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Skeleton } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { PlanItemsView } from './plan_items.tsx'
import { LifeDialog, type LifeAsking } from './plan_life.tsx'
import { PlanTalk } from './plan_talk.tsx'
import { PlanVersions } from './plan_versions.tsx'
import { IssueDialog } from './plan_issue.tsx'
import { PlanText } from './plan_text.tsx'
import { inOrder } from './plan_marks.ts'
import { periodWords } from './plan_words.ts'
import { PlanProgress } from './progress.tsx'
import { PlanState } from './plans.tsx'
import { plansText } from './plans.text.ts'
import './plans.css'

// Fetched with the tab: the board and what it asks.
const TasksBoard = lazy(() => import('./tasks.tsx').then((module) => ({ default: module.TasksBoard })))

const views = ['progress', 'tasks', 'items', 'talk', 'versions', 'text'] as const
type View = (typeof views)[number]
const viewWords = {
  progress: 'tab_progress',
  tasks: 'tasks',
  items: 'tab_items',
  talk: 'tab_talk',
  versions: 'tab_versions',
  text: 'text_tab',
} as const
const papers = ['plan', 'division', 'text'] as const
const formats = [
  ['docx', 'Word'],
  ['pdf', 'PDF'],
] as const

export function PlanPage() {
  const t = useWords(plansText)
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useOp(planOps.get, { id })
  if (found.data) return <OnePlan key={id} plan={found.data} />
  return (
    <Page title={t('plan')} back={paths.plans()}>
      <Loaded of={found} rows={10}>
        {() => null}
      </Loaded>
    </Page>
  )
}

function OnePlan({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const [address] = useAddress()
  const [asking, setAsking] = useState<LifeAsking | null>(null)
  const runs = plan.state === 'adopted' || plan.state === 'closed'
  const shown = views.filter(
    (each) => (each !== 'text' || plan.text !== null) && (runs || (each !== 'progress' && each !== 'tasks')),
  )
  const view: View = shown.find((each) => each === address['view']) ?? shown[0]!
  const sub = listed(
    [
      t('sub_state', { unit: plan.unit_name, days: periodWords(plan, t.language) }),
      plan.adopted_on && t('adopted_on', { day: plainDay(plan.adopted_on, t.language) }),
      plan.closed_on && t('closed_on', { day: plainDay(plan.closed_on, t.language) }),
    ],
    t.language,
  )
  return (
    <Page
      title={plan.title}
      sub={sub}
      back={paths.plans()}
      notice={
        <span className="desk-only">
          <PlanState plan={plan} />
        </span>
      }
      actions={<Actions plan={plan} onAsk={setAsking} />}
    >
      <Notes plan={plan} />
      <Tabs
        label={plan.title}
        current={view}
        tabs={shown.map((each) => ({
          key: each,
          label: t(viewWords[each]),
          to: paths.plan(plan.id),
          ...(each === shown[0] ? {} : { search: { view: each } }),
        }))}
      />
      {view === 'progress' && <PlanProgress plan={plan} />}
      {view === 'tasks' && (
        <Suspense fallback={<Skeleton />}>
          <TasksBoard plan={plan} />
        </Suspense>
      )}
      {view === 'items' && <PlanItemsView plan={plan} onAsk={setAsking} />}
      {view === 'talk' && <PlanTalk plan={plan} />}
      {view === 'versions' && <PlanVersions plan={plan} />}
      {view === 'text' && (
        <PlanText text={plan.text!} entries={inOrder(plan.items)} lit={null} onLight={nothing} onPick={nothing} />
      )}
      {asking && <LifeDialog plan={plan} asking={asking} onClose={() => setAsking(null)} />}
    </Page>
  )
}

function nothing(): void {}

/** Kinds of unit that have others below to issue a plan to. */
const above: ReadonlySet<string> = new Set(['county', 'township'])

function Notes({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const from = plan.issued_from
  return (
    <>
      {plan.state === 'withdrawn' && (
        <p className="plan-note">
          <State kind="none">{t('withdrawn_because', { reason: plan.withdrawn_reason ?? '' })}</State>
        </p>
      )}
      {from && (
        <p className="plan-note">
          {from.state === 'withdrawn' ? (
            <State kind="soon">
              {t('above_withdrawn', {
                unit: from.unit_name,
                title: from.title,
                reason: from.withdrawn_reason ?? '',
              })}
            </State>
          ) : (
            <State kind="told">{t('from_above', { unit: from.unit_name, title: from.title })}</State>
          )}
        </p>
      )}
    </>
  )
}

/** What may be done now, the next step filled and last. */
function Actions({ plan, onAsk }: { plan: Plan; onAsk: (asking: LifeAsking) => void }) {
  const t = useWords(plansText)
  const navigate = useNavigate()
  const mayWrite = useRight('plans.write') && plan.mine
  const mayAdopt = useRight('plans.adopt') && plan.mine
  const start = useWrite(planOps.start_discussion)
  const back = useWrite(planOps.return_to_draft)
  const create = useWrite(planOps.create)
  const body = { id: plan.id, body: { version: plan.version } }
  async function carry(): Promise<void> {
    const year = (on: string) => `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`.replace('-02-29', '-02-28')
    const id = newId()
    const title = plan.title.replace(plan.from_on.slice(0, 4), String(Number(plan.from_on.slice(0, 4)) + 1))
    const written = await create.send({
      body: { id, title, from_on: year(plan.from_on), until_on: year(plan.until_on), carry_from_id: plan.id },
    })
    if (written.is === 'done') await navigate({ to: paths.plan(id) })
  }
  const [issuing, setIssuing] = useState(false)
  const [printing, setPrinting] = useState<Problem | null>(null)
  const take = (what: (typeof papers)[number], format: 'docx' | 'pdf') => {
    setPrinting(null)
    download(planOps.print, { id: plan.id, what, format }).catch((error: unknown) => {
      if (error instanceof Problem) setPrinting(error)
      else throw error
    })
  }
  const prints = papers
    .filter((what) => what !== 'text' || plan.text !== null)
    .flatMap((what) =>
      formats.map(([format, name]) => ({
        key: `${what} ${format}`,
        label: `${t(`print_${what}`)} · ${name}`,
        onSelect: () => take(what, format),
      })),
    )
  // Five buttons fit no phone: there all but the next step lie behind one.
  const phone = useIsPhone()
  const more: MenuItem[] = []
  const add = (when: boolean, item: MenuItem) => when && more.push(item)
  const edits = mayWrite && planCan.edit(plan)
  const editLabel = t(plan.confirmed_at ? 'change_items' : 'check')
  const talks = mayWrite && planCan.discuss(plan)
  const talk = () => void start.send(body)
  if (phone) {
    add(edits, { key: 'edit', label: editLabel, to: paths.planCheck(plan.id) })
    add(talks, { key: 'talk', label: t('start_talk'), onSelect: talk })
    more.push(...prints.map((item, n) => ({ ...item, label: `${t('print')} ${item.label}`, parted: n === 0 })))
  }
  add(mayWrite && planCan.return_to_draft(plan), { key: 'back', label: t('back_to_draft'), onSelect: () => void back.send(body) }) // prettier-ignore
  add(mayWrite && (plan.state === 'adopted' || plan.state === 'closed'), { key: 'carry', label: t('carry_on'), onSelect: () => void carry() }) // prettier-ignore
  add(mayAdopt && planCan.issue(plan) && above.has(plan.unit_kind), { key: 'issue', label: t('issue'), onSelect: () => setIssuing(true) }) // prettier-ignore
  add(mayAdopt && planCan.close(plan), { key: 'close', label: t('close'), onSelect: () => onAsk({ type: 'close' }) })
  add(mayWrite && planCan.withdraw(plan), { key: 'withdraw', label: t('withdraw'), parted: more.length > 0, onSelect: () => onAsk({ type: 'withdraw' }) }) // prettier-ignore
  const problem = printing ?? start.problem ?? back.problem ?? create.problem
  return (
    <>
      {problem && <ProblemLine>{t.language === 'zh' ? problem.detail : problem.detail_en}</ProblemLine>}
      {issuing && <IssueDialog plan={plan} onClose={() => setIssuing(false)} />}
      {!phone && (
        <Menu className="btn btn-outline" label={t('print')} items={prints}>
          {t('print')}
          <Icon name="down" size={16} />
        </Menu>
      )}
      {more.length > 0 && (
        <Menu className="btn btn-outline" label={t('more')} items={more}>
          {t('more')}
        </Menu>
      )}
      {!phone && edits && <ButtonLink to={paths.planCheck(plan.id)}>{editLabel}</ButtonLink>}
      {!phone && talks && (
        <Button busy={start.busy} onClick={talk}>
          {t('start_talk')}
        </Button>
      )}
      {mayAdopt && planCan.adopt(plan) && (
        <Button kind="primary" onClick={() => onAsk({ type: 'adopt' })}>
          {t('adopt')}
        </Button>
      )}
    </>
  )
}
