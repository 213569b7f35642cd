// 计划: the unit's plans and those above it, and the way to a new one.
import { useMemo } from 'react'
import { planOps, planStates, type PlanHead } from '@nuanyang/contract/plans.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { ButtonLink, To } from '../ui/controls.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { State, type StateKind } from '../ui/state.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { Waiting } from './plan_issue.tsx'
import { periodWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'
import './plans.css'

const filters = ['open', 'closed', 'withdrawn', 'all'] as const
const stateMarks: Record<PlanHead['state'], StateKind> = {
  draft: 'told',
  in_discussion: 'soon',
  adopted: 'done',
  closed: 'plain',
  withdrawn: 'none',
}

export function PlanState({ plan }: { plan: Pick<PlanHead, 'state' | 'confirmed_at'> }) {
  const t = useWords(plansText)
  const say = useSay()
  if (plan.state === 'draft' && plan.confirmed_at === null) return <State kind="asked">{t('to_check')}</State>
  return <State kind={stateMarks[plan.state]}>{say(planStates[plan.state])}</State>
}

/** A draft that nobody looked through opens where it is looked through. */
export function planPath(plan: Pick<PlanHead, 'id' | 'state' | 'confirmed_at' | 'mine'>): string {
  return plan.state === 'draft' && plan.confirmed_at === null && plan.mine
    ? paths.planCheck(plan.id)
    : paths.plan(plan.id)
}

export function PlansPage() {
  const t = useWords(plansText)
  const unit = useActiveMembership()
  const mayWrite = useRight('plans.write')
  const [address, change] = useAddress()
  const state = filters.find((each) => each === address['state']) ?? 'open'
  const keyset = useKeyset(JSON.stringify([state, unit?.id]))
  const list = useOp(
    planOps.list,
    { state, limit: 50, ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true },
  )
  const start = mayWrite && (
    <ButtonLink kind="primary" icon="plus" to={paths.newPlan()}>
      {t('new_plan')}
    </ButtonLink>
  )
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unit.unit_name }) : t('title')}
      sub={t('lead')}
      actions={start}
    >
      <div className="tools">
        <Menu
          className="chip"
          align="start"
          items={filters.map((each) => ({
            key: each,
            label: t(`state_${each}`),
            checked: each === state,
            onSelect: () => change({ state: each === 'open' ? undefined : each }),
          }))}
        >
          {t(`state_${state}`)}
        </Menu>
        <To to={paths.policies()} className="small">
          {t('policies_title')}
        </To>
      </div>
      <Waiting />
      <Loaded of={list} rows={4}>
        {({ items, next }) =>
          items.length === 0 ? (
            state === 'open' ? (
              <EmptyState title={t('none_title')} firstDay>
                {t('none_help')}
              </EmptyState>
            ) : (
              <p className="dim">{t('none_here')}</p>
            )
          ) : (
            <>
              <Plans items={items} />
              <Pager keyset={keyset} next={next} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Plans({ items }: { items: readonly PlanHead[] }) {
  const t = useWords(plansText)
  const columns = useMemo<Column<PlanHead>[]>(
    () => [
      { key: 'plan', head: t('plan'), cell: (row) => row.title, phone: 'name' },
      { key: 'unit', head: t('unit'), cell: (row) => row.unit_name, phone: 'below' },
      {
        key: 'days',
        head: t('days'),
        cell: (row) => <span className="date">{periodWords(row, t.language)}</span>,
        phone: 'below',
      },
      {
        key: 'holds',
        head: t('holds'),
        cell: (row) => (
          <span className="dim">{t('counts', { goals: row.goals, duties: row.duties, tasks: row.tasks })}</span>
        ),
      },
      { key: 'how', head: t('how'), cell: (row) => <PlanState plan={row} />, phone: 'below' },
    ],
    [t],
  )
  return (
    <div className="plan-rows">
      <Table
        label={t('title')}
        rows={items}
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.title}
        rowPath={planPath}
      />
    </div>
  )
}
