// What a plan holds, as lists: goals, what is done again and again, what is done once, measures.
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'
import type { PlanDuty, PlanGoal, PlanMeasure, PlanTask } from '@nuanyang/contract/plans.items.ts'
import { planCan, type Plan } from '@nuanyang/contract/plans.ts'
import { useRight } from '../kernel/session.ts'
import { plainDay } from '../ui/dates.ts'
import { useWords, type Say } from '../ui/language.ts'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { Menu } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import type { Asking } from './item_forms.tsx'
import { goalWords } from './item_line.tsx'
import { PlanAdds } from './plan_adds.tsx'
import { usePlanEdits, type Edits } from './plan_edits.ts'
import type { LifeAsking } from './plan_life.tsx'
import {
  goalName,
  kindWords,
  monthOfTask,
  monthWords,
  rhythmWords,
  subjectWords,
  taskWords,
  whoWords,
} from './plan_words.ts'
import { plansText } from './plans.text.ts'

// Fetched when somebody changes something.
const ItemDialog = lazy(() => import('./item_forms.tsx').then((module) => ({ default: module.ItemDialog })))

export function PlanItemsView({ plan, onAsk }: { plan: Plan; onAsk: (asking: LifeAsking) => void }) {
  const t = useWords(plansText)
  const { goals, duties, tasks, measures } = plan.items
  const mayChange = useRight('plans.adopt') && plan.mine && planCan.change_duty(plan)
  const mayEdit = useRight('plans.write') && plan.mine && planCan.edit(plan)
  const edits = usePlanEdits(plan)
  const [asking, setAsking] = useState<Asking | null>(null)
  const acts = (entry: Editable) => mayEdit && <Acts entry={entry} onEdit={setAsking} edits={edits} />
  const dutyColumns = [...columnsOfDuties(plan, t, mayChange ? onAsk : null), ...(mayEdit ? [editColumn<PlanDuty>((item) => acts({ type: 'duty', item }))] : [])] // prettier-ignore
  const taskColumns = [...columnsOfTasks(plan, t), ...(mayEdit ? [editColumn<PlanTask>((item) => acts({ type: 'task', item }))] : [])] // prettier-ignore
  const ordered = useMemo(() => tasks.toSorted((a, b) => (monthOfTask(a) < monthOfTask(b) ? -1 : monthOfTask(a) > monthOfTask(b) ? 1 : 0)), [tasks]) // prettier-ignore
  return (
    <div className="plan-rows">
      {goals.length > 0 && (
        <Section title={t('goals')}>
          <div className="plan-goals">
            {goals.map((goal) => (
              <p key={goal.id} title={goal.text}>
                <b>{goalName(goal, t.language)}</b>
                <span className="small dim grow">{goalWords(goal, t)}</span>
                {acts({ type: 'goal', item: goal })}
              </p>
            ))}
          </div>
        </Section>
      )}
      <Section title={t('duties')}>
        <Table
          label={t('duties')}
          rows={duties}
          columns={dutyColumns}
          rowId={(row) => row.id}
          rowName={(row) => row.title}
        />
      </Section>
      <Section title={t('tasks')}>
        <Table
          label={t('tasks')}
          rows={ordered}
          columns={taskColumns}
          rowId={(row) => row.id}
          rowName={(row) => row.title}
        />
      </Section>
      {measures.length > 0 && (
        <Section title={t('measures')}>
          <dl className="plan-measures">
            {measures.map((each) => (
              <div key={each.id}>
                <dt>
                  {each.path} {each.title} {acts({ type: 'measure', item: each })}
                </dt>
                {each.text !== each.title && <dd>{each.text}</dd>}
              </div>
            ))}
          </dl>
        </Section>
      )}
      {mayEdit && <PlanAdds plan={plan} edits={edits} onAsk={setAsking} />}
      {asking && (
        <Suspense>
          <ItemDialog
            key={JSON.stringify([asking.type, 'item' in asking && asking.item?.id])}
            plan={plan}
            edits={edits}
            asking={asking}
            onAsk={setAsking}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      )}
    </div>
  )
}

type Editable = { type: 'goal'; item: PlanGoal } | { type: 'measure'; item: PlanMeasure } | { type: 'duty'; item: PlanDuty } | { type: 'task'; item: PlanTask } // prettier-ignore

/** Changing and dropping one item of a draft; what came from above stays. */
function Acts({ entry, edits, onEdit }: { entry: Editable; edits: Edits; onEdit: (asking: Asking) => void }) {
  const t = useWords(plansText)
  const { type, item } = entry
  const name = type === 'goal' ? goalName(item, t.language) : item.title
  return (
    <span className="plan-acts">
      {(type !== 'measure' || !item.issued) && (
        <IconButton icon="pencil" size={18} label={`${t('edit')} ${name}`} onClick={() => onEdit(entry)} />
      )}
      {!item.issued && (
        <IconButton icon="close" size={18} label={`${t('drop')} ${name}`} onClick={() => void edits.drop(entry)} />
      )}
    </span>
  )
}

const editColumn = <Row,>(cell: (row: Row) => ReactNode): Column<Row> => ({ key: 'acts', head: '', cell, phone: 'end' })

function columnsOfDuties(
  plan: Plan,
  t: Say<typeof plansText>,
  onAsk: ((asking: LifeAsking) => void) | null,
): Column<PlanDuty>[] {
  const as = t.language
  return [
    {
      key: 'what',
      head: t('what'),
      cell: (row) => (
        <>
          {row.title}
          {(row.source ?? row.ended_reason) !== null && (
            <span className="small dim">
              {' '}
              ·{' '}
              {row.ended_reason === null
                ? row.source
                : t('ended', { day: plainDay(row.until_on, as), reason: row.ended_reason })}
            </span>
          )}
          {row.replaces_id && row.ended_reason === null && (
            <span className="small dim"> · {t('replaced', { day: plainDay(row.from_on, as) })}</span>
          )}
        </>
      ),
      phone: 'name',
    },
    {
      key: 'often',
      head: t('often'),
      cell: (row) =>
        'unspecified' in row.rhythm ? <State kind="asked">{t('ask_rhythm')}</State> : rhythmWords(row.rhythm, as),
      phone: 'below',
    },
    { key: 'whom', head: t('whom'), cell: (row) => subjectWords(row.subject, as), phone: 'below' },
    {
      key: 'who',
      head: t('who'),
      cell: (row) => whoWords(row, as) || <span className="dim">{t('nobody')}</span>,
      phone: 'below',
    },
    ...(plan.state === 'adopted' || plan.state === 'closed'
      ? [
          {
            key: 'since',
            head: t('days'),
            cell: (row: PlanDuty) => (
              <span className="date">
                {t('since', { from: plainDay(row.from_on, as), until: plainDay(row.until_on, as) })}
              </span>
            ),
          },
        ]
      : []),
    ...(onAsk
      ? [
          {
            key: 'acts',
            head: '',
            cell: (row: PlanDuty) =>
              row.ended_reason === null && (
                <Menu
                  className="icbtn"
                  label={t('edit')}
                  items={[
                    {
                      key: 'change',
                      label: t('change_day_menu'),
                      onSelect: () => onAsk({ type: 'change', duty: row }),
                    },
                    { key: 'stop', label: t('stop'), onSelect: () => onAsk({ type: 'stop', duty: row }) },
                  ]}
                >
                  <Icon name="more" size={20} />
                </Menu>
              ),
            phone: 'end' as const,
          },
        ]
      : []),
  ]
}

function columnsOfTasks(plan: Plan, t: Say<typeof plansText>): Column<PlanTask>[] {
  const as = t.language
  const year = plan.from_on.slice(0, 4)
  return [
    {
      key: 'month',
      head: t('month'),
      cell: (row) => (
        <span className="date">
          {monthWords(monthOfTask(row), as, year)}
          {row.festival && <span className="dim"> · {taskWords(row, as, year)}</span>}
        </span>
      ),
      phone: 'beside',
    },
    { key: 'what', head: t('what'), cell: (row) => row.title, phone: 'name' },
    { key: 'kind', head: t('f_kind'), cell: (row) => <span className="dim">{kindWords(row.kind, as)}</span> },
    {
      key: 'who',
      head: t('who'),
      cell: (row) => whoWords(row, as) || <span className="dim">{t('nobody')}</span>,
      phone: 'below',
    },
    ...(plan.state === 'adopted' || plan.state === 'closed'
      ? [
          {
            key: 'how',
            head: t('how'),
            cell: (row: PlanTask) =>
              row.state === 'done' ? (
                <State kind="done">{t('done')}</State>
              ) : row.state === 'dropped' ? (
                <State kind="none">{t('dropped_task', { reason: row.dropped_reason ?? '' })}</State>
              ) : (
                <State kind="plain">{t('not_done')}</State>
              ),
            phone: 'end' as const,
          },
        ]
      : []),
  ]
}
