// 各稿: two states of a plan side by side.
import { useState } from 'react'
import { planCan, planOps, type Plan, type PlanVersionHead } from '@nuanyang/contract/plans.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { Checkbox, Select } from '../ui/fields.tsx'
import { useWords, type Say } from '../ui/language.ts'
import { Loaded } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { compared, type Row } from './plan_compare.ts'
import { plansText } from './plans.text.ts'

const now = 'now'

export function PlanVersions({ plan }: { plan: Plan }) {
  const t = useWords(plansText)
  const found = useOp(planOps.versions, { id: plan.id })
  const save = useWrite(planOps.save_version)
  const maySave = useRight('plans.write') && plan.mine && planCan.edit(plan)
  return (
    <div className="section plan-versions">
      <Loaded of={found} rows={4}>
        {({ items }) =>
          items.length === 0 ? <p className="dim">{t('versions_none')}</p> : <SideBySide plan={plan} versions={items} />
        }
      </Loaded>
      {maySave && (
        <div>
          <Button busy={save.busy} onClick={() => void save.send({ id: plan.id })}>
            {t('version_save')}
          </Button>
        </div>
      )}
    </div>
  )
}

const name = (version: PlanVersionHead, t: Say<typeof plansText>) =>
  t('version_name', {
    n: version.number,
    why: t(`why_${version.why}`),
    at: saidMoment(version.made_at, t.language),
    by: version.made_by_name ?? '',
  })

function SideBySide({ plan, versions }: { plan: Plan; versions: readonly PlanVersionHead[] }) {
  const t = useWords(plansText)
  const [left, setLeft] = useState(versions.at(1)?.id ?? versions[0]!.id)
  const [right, setRight] = useState(planCan.edit(plan) ? now : versions[0]!.id)
  const [all, setAll] = useState(false)
  const old = useOp(planOps.version, { id: left })
  const later = useOp(planOps.version, { id: right === now ? left : right }, { when: right !== now })
  const options = versions.map((each) => ({ value: each.id, label: name(each, t) }))
  const after = right === now ? plan.items : later.data?.items
  return (
    <>
      <div className="plan-two">
        <Select label={t('version_before')} value={left} onChange={setLeft} options={options} />
        <Select
          label={t('version_after')}
          value={right}
          onChange={setRight}
          options={[{ value: now, label: t('version_now') }, ...options]}
        />
      </div>
      <Checkbox label={t('version_all')} checked={all} onChange={setAll} />
      <Loaded of={old} rows={6}>
        {(before) => {
          if (!after) return null
          const rows = compared(before.items, after, t.language).filter((row) => all || row.before !== row.after)
          return rows.length === 0 ? <p className="dim">{t('version_same')}</p> : <Differences rows={rows} />
        }}
      </Loaded>
    </>
  )
}

function Differences({ rows }: { rows: readonly Row[] }) {
  const t = useWords(plansText)
  return (
    <table className="plan-diff">
      <thead>
        <tr>
          <th>{t('how')}</th>
          <th>{t('version_before')}</th>
          <th>{t('version_after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Change row={row} />
            </td>
            <td className={row.before !== row.after ? 'plan-was' : ''}>{row.before}</td>
            <td>{row.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Change({ row }: { row: Row }) {
  const t = useWords(plansText)
  if (row.before === row.after) return <State kind="plain">{t(row.type)}</State>
  if (row.before === null) return <State kind="done">{t('diff_added')}</State>
  if (row.after === null) return <State kind="none">{t('diff_gone')}</State>
  return <State kind="soon">{t('diff_changed')}</State>
}
