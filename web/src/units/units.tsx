// 单位: the tree of the person's own unit with today's numbers, and the units tied to it by agreements.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { unitKinds, unitOps, type UnitLine } from '@nuanyang/contract/units.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { Checkbox } from '../ui/fields.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { EmptyState, ErrorState, Loaded, Page, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { NewUnit, kindsBelow } from './unit.actions.tsx'
import { UnitPick } from './unit_pick.tsx'
import { unitsText } from './units.text.ts'
import './units.css'

export function UnitsPage() {
  const t = useWords(unitsText)
  const navigate = useNavigate()
  const mayWrite = useRight('units.write')
  const [closed, setClosed] = useState(false)
  const [adding, setAdding] = useState(false)
  const tree = useOp(unitOps.list, { closed }, { keepLast: true })
  const own = tree.data?.items.filter((line) => !line.linked) ?? []
  const root = own.find((line) => line.id === tree.data?.root.id)
  const linked = tree.data?.items.filter((line) => line.linked) ?? []
  return (
    <Page
      title={t('title')}
      actions={
        mayWrite &&
        root &&
        kindsBelow(root.kind).length > 0 && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <div className="units-tools">
        <UnitPick label={t('find')} floats onPick={(unit) => unit && void navigate({ to: paths.unit(unit.id) })} />
        <Checkbox label={t('show_closed')} checked={closed} onChange={setClosed} />
      </div>
      <Loaded of={tree} rows={8}>
        {({ more }) => (
          <>
            {root && (
              <div className="sheet units" role="tree" aria-label={t('title')}>
                <Branch line={root} all={own} closed={closed} depth={0} first />
              </div>
            )}
            {more && <p className="dim small">{t('too_many')}</p>}
            {root?.units === 0 && <EmptyState title={t('nothing_below')}>{t('nothing_below_help')}</EmptyState>}
            {linked.length > 0 && (
              <Section title={t('linked')}>
                <p className="dim small">{t('linked_help')}</p>
                <div className="sheet units">
                  {linked.map((line) => (
                    <Row key={line.id} line={line} depth={0} />
                  ))}
                </div>
              </Section>
            )}
          </>
        )}
      </Loaded>
      {adding && root && <NewUnit unit={root} onClose={() => setAdding(false)} />}
    </Page>
  )
}

/** A unit and, once opened, what is right below it: from the page's own answer, else asked for. */
function Branch({
  line,
  all,
  closed,
  depth,
  first,
}: {
  line: UnitLine
  all: readonly UnitLine[]
  closed: boolean
  depth: number
  first?: boolean
}) {
  // Two levels open show a township's villages at a glance; a county's villages are opened one township at a time.
  const known = all.filter((other) => other.parent_id === line.id)
  const [open, setOpen] = useState(Boolean(first))
  const fetched = known.length === 0 && line.units > 0
  const below = useOp(unitOps.list, { under: line.id, levels: 1, closed }, { when: open && fetched })
  const lines = known.length > 0 ? known : (below.data?.items.filter((other) => other.id !== line.id) ?? [])
  const opens = line.units > 0 || known.length > 0
  return (
    <div role="treeitem" aria-expanded={opens ? open : undefined} aria-selected={false}>
      <Row line={line} depth={depth} open={opens ? open : null} onOpen={() => setOpen(!open)} />
      {open && below.error && !below.data && <ErrorState error={below.error} onRetry={() => void below.refetch()} />}
      {open && lines.length > 0 && (
        <div role="group">
          {lines.map((child) => (
            <Branch key={child.id} line={child} all={all} closed={closed} depth={depth + 1} />
          ))}
        </div>
      )}
    </div>
  )
}

function Row({
  line,
  depth,
  open,
  onOpen,
}: {
  line: UnitLine
  depth: number
  /** null: nothing below. */
  open?: boolean | null
  onOpen?: () => void
}) {
  const t = useWords(unitsText)
  const say = useSay()
  return (
    <div className="units-row" style={{ paddingLeft: `${12 + depth * 24}px` }}>
      {open === true || open === false ? (
        <button
          type="button"
          className="icbtn units-open"
          aria-label={t(open ? 'close_below' : 'open_below', { name: line.label })}
          aria-expanded={open}
          onClick={onOpen}
        >
          <Icon name={open ? 'down' : 'right'} size={16} />
        </button>
      ) : (
        <span className="units-open" />
      )}
      <span className="units-name">
        <To to={paths.unit(line.id)}>{line.label}</To> <span className="dim small">{say(unitKinds[line.kind])}</span>
        {line.closed_on && (
          <State kind="none">
            {t('closed_on', { day: plainDay(line.closed_on, t.language) })}
            {line.merged_into_id ? `，${t('merged_into')}` : ''}
          </State>
        )}
      </span>
      <UnitCounts line={line} />
    </div>
  )
}

/** Numbers are links: a count opens the list it counts. */
export function UnitCounts({ line }: { line: Pick<UnitLine, 'id' | 'children' | 'members'> }) {
  const t = useWords(unitsText)
  const mayList = useRight('children.read')
  const children = t('children_n', { n: line.children })
  return (
    <span className="units-counts small">
      <span className={line.children ? '' : 'dim'}>
        {mayList && line.children > 0 ? (
          <To to={paths.children()} search={{ unit_id: line.id }}>
            {children}
          </To>
        ) : (
          children
        )}
      </span>
      <span className="dim">{t('members_n', { n: line.members })}</span>
    </span>
  )
}
