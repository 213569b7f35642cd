// 下发: to whom a plan was issued and who took it up; and, in the list, what waits to be taken up here.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { planOps, planStates, type Plan } from '@nuanyang/contract/plans.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { Checkbox } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { plansText } from './plans.text.ts'

const takers = ['township', 'village', 'community', 'school']

export function IssueDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useWords(plansText)
  const say = useSay()
  const units = useOp(unitOps.list, { under: plan.unit_id, levels: 3 })
  const given = useOp(planOps.issues, { id: plan.id })
  const issue = useWrite(planOps.issue)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const issued = new Map(given.data?.items.map((each) => [each.unit_id, each]))
  async function go(): Promise<void> {
    const written = await issue.send({ id: plan.id, body: { unit_ids: [...chosen] } })
    if (written.is !== 'done') return
    toast(t('issued_to', { n: chosen.length }))
    onClose()
  }
  return (
    <Dialog
      title={t('issue_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={issue.busy} disabled={chosen.length === 0} onClick={() => void go()}>
          {t('issue_go', { n: chosen.length })}
        </Button>
      }
    >
      <p className="dim">{t('issue_help')}</p>
      <Loaded of={units} rows={4}>
        {({ items }) => {
          const below = items.filter(
            (each) => takers.includes(each.kind) && each.id !== plan.unit_id && !each.closed_on,
          )
          const open = below.filter((each) => !issued.has(each.id))
          return (
            <>
              {below.length === 0 && <p>{t('issue_nobody')}</p>}
              {open.length > 1 && (
                <Checkbox
                  label={t('issue_all')}
                  checked={chosen.length === open.length}
                  mixed={chosen.length > 0 && chosen.length < open.length}
                  onChange={(on) => setChosen(on ? open.map((each) => each.id) : [])}
                />
              )}
              {below.map((each) => {
                const there = issued.get(each.id)
                if (there)
                  return (
                    <p key={each.id} className="row between">
                      <span>{each.label}</span>
                      <State kind={there.taken_state ? 'done' : 'plain'}>
                        {there.taken_state ? `${t('taken')} · ${say(planStates[there.taken_state])}` : t('not_taken')}
                      </State>
                    </p>
                  )
                return (
                  <Checkbox
                    key={each.id}
                    label={each.label}
                    checked={chosen.includes(each.id)}
                    onChange={(on) => setChosen(on ? [...chosen, each.id] : chosen.filter((id) => id !== each.id))}
                  />
                )
              })}
            </>
          )
        }}
      </Loaded>
      {issue.problem && <ProblemLine>{say({ zh: issue.problem.detail, en: issue.problem.detail_en })}</ProblemLine>}
    </Dialog>
  )
}

/** Above the list: plans handed down that nobody here has taken up. */
export function Waiting() {
  const t = useWords(plansText)
  const say = useSay()
  const navigate = useNavigate()
  const mayWrite = useRight('plans.write')
  const found = useOp(planOps.waiting, {})
  const take = useWrite(planOps.take_up)
  const items = found.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={t('waiting')}>
      <p className="dim plan-lead">{t('waiting_help')}</p>
      <ul className="plan-list">
        {items.map((each) => (
          <li key={each.id}>
            <div className="grow">
              <b>{each.title}</b>
              <p className="small dim">
                {t('waiting_from', {
                  from: each.from_name,
                  unit: each.unit_name,
                  at: saidMoment(each.issued_at, t.language),
                })}
              </p>
            </div>
            {mayWrite && (
              <Button
                busy={take.busy}
                onClick={() =>
                  void (async () => {
                    const id = newId()
                    const written = await take.send({ id: each.id, body: { id } })
                    if (written.is === 'done') await navigate({ to: paths.plan(id) })
                  })()
                }
              >
                {t('take_up')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {take.problem && <ProblemLine>{say({ zh: take.problem.detail, en: take.problem.detail_en })}</ProblemLine>}
    </Section>
  )
}
