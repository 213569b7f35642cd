// One unit: what stands above and below it, its agreements and its groups.
import { lazy, Suspense, useState } from 'react'
import { useParams } from '@tanstack/react-router'
import { unitCan, unitKinds, unitOps, type Unit } from '@nuanyang/contract/units.ts'
import { gradeOn, schoolYear } from '@nuanyang/domain/grades.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { useSay, useWords } from '../ui/language.ts'
import { Loaded, Page, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { NewUnit, UnitMenu, kindsBelow } from './unit.actions.tsx'
import { UnitLinks } from './unit.links.tsx'
import { UnitTeams } from './teams.tsx'
import { UnitCounts } from './units.tsx'
import { unitsText } from './units.text.ts'
import './units.css'

// Fetched with the page, not with the tree.
const Attachments = lazy(() => import('../files/attachments.tsx').then((module) => ({ default: module.Attachments })))

export function UnitPage() {
  const { id = '' } = useParams({ strict: false })
  const unit = useOp(unitOps.get, { id })
  const t = useWords(unitsText)
  if (!unit.data)
    return (
      <Page title={t('title')} back={paths.units()}>
        <Loaded of={unit}>{() => null}</Loaded>
      </Page>
    )
  return <Shown unit={unit.data} key={id} />
}

function Shown({ unit }: { unit: Unit }) {
  const t = useWords(unitsText)
  const say = useSay()
  const mayWrite = useRight('units.write') && unit.mine
  const [adding, setAdding] = useState(false)
  const below = kindsBelow(unit.kind)
  return (
    <Page
      title={unit.label}
      back={paths.units()}
      sub={<Above unit={unit} />}
      actions={
        mayWrite && (
          <>
            <UnitMenu unit={unit} />
            {below.length > 0 && unitCan.change(unit) && (
              <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
                {t('add_below')}
              </Button>
            )}
          </>
        )
      }
    >
      {unit.closed_on && (
        <p className="unit-closed">
          <State kind="none">{t('closed_on', { day: plainDay(unit.closed_on, t.language) })}</State>
          {unit.closed_reason && <span className="dim">{unit.closed_reason}</span>}
          {unit.merged_into_id && <To to={paths.unit(unit.merged_into_id)}>{t('merged_into')}</To>}
        </p>
      )}
      {hasGraduated(unit) && <p>{t('graduated')}</p>}
      {!unit.mine && <p className="dim">{t('view_only')}</p>}
      <dl className="unit-facts">
        <div>
          <dt>{t('kind')}</dt>
          <dd>{say(unitKinds[unit.kind])}</dd>
        </div>
        <div>
          <dt>{t('numbers')}</dt>
          <dd>
            <UnitCounts line={unit} />
          </dd>
        </div>
        {unit.division_code && (
          <div>
            <dt>{t('code')}</dt>
            <dd className="nowrap">{unit.division_code}</dd>
          </div>
        )}
        {unit.opened_on && (
          <div>
            <dt>{t('opened')}</dt>
            <dd>{plainDay(unit.opened_on, t.language)}</dd>
          </div>
        )}
      </dl>
      {unit.mine && (
        <div className="unit-body">
          {unit.units > 0 && <Below unit={unit} />}
          <UnitTeams unit={unit} />
          <Suspense>
            <Attachments owner={{ owner_type: 'unit', owner_id: unit.id }} />
          </Suspense>
          <UnitLinks unit={unit} />
        </div>
      )}
      {adding && <NewUnit unit={unit} onClose={() => setAdding(false)} />}
    </Page>
  )
}

/** No grade fits any more, and once did. */
function hasGraduated({ stage, entry_year }: Unit): boolean {
  return (
    stage !== null &&
    entry_year !== null &&
    entry_year < schoolYear(dayOf()) &&
    gradeOn(stage, entry_year, dayOf()) === null
  )
}

function Above({ unit }: { unit: Unit }) {
  return (
    <span className="unit-above">
      {unit.above.map((one) => (
        <span key={one.id}>
          <To to={paths.unit(one.id)}>{one.label}</To>
          <span aria-hidden="true"> › </span>
        </span>
      ))}
      {unit.label}
    </span>
  )
}

function Below({ unit }: { unit: Unit }) {
  const t = useWords(unitsText)
  const say = useSay()
  const list = useOp(unitOps.list, { under: unit.id, levels: 1 })
  return (
    <Section title={t('below')} end={<span className="dim small">{t('units_n', { n: unit.units })}</span>}>
      <Loaded of={list} rows={4}>
        {({ items }) => (
          <div className="sheet units">
            {items
              .filter((line) => line.id !== unit.id)
              .map((line) => (
                <div className="units-row" key={line.id}>
                  <span className="units-name">
                    <To to={paths.unit(line.id)}>{line.label}</To>{' '}
                    <span className="dim small">{say(unitKinds[line.kind])}</span>
                  </span>
                  <UnitCounts line={line} />
                </div>
              ))}
          </div>
        )}
      </Loaded>
    </Section>
  )
}
