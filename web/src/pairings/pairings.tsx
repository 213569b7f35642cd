// 结对: who helps whom. A bare list; making and ending one are questions on top of it.
import { useMemo, useState } from 'react'
import { endReasons, helperKinds, pairingCan, pairingOps, type Pairing } from '@nuanyang/contract/pairings.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { FilterChips, useAddress } from '../ui/filters.tsx'
import { useSay, useWords, type Say } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { EndPairing, NewPairingDialog } from './pairings.asking.tsx'
import { pairingsText } from './pairings.text.ts'

const pageSize = 50
const states = ['current', 'ended', 'all'] as const

/** `?child_id=…` shows one child's, `&new=yes` opens the question for that child, as the button in a file does. */
export function PairingsPage() {
  const t = useWords(pairingsText)
  const unit = useActiveMembership()
  const mayWrite = useRight('pairings.write')
  const [address, change] = useAddress()
  const [ending, setEnding] = useState<Pairing | null>(null)
  const state = states.find((each) => each === address['state']) ?? 'current'
  const child_id = address['child_id']
  const child = useOp(childOps.get, { id: child_id ?? '' }, { when: child_id !== undefined }).data
  const keyset = useKeyset(JSON.stringify([state, child_id, unit?.id]))
  const list = useOp(
    pairingOps.list,
    {
      state,
      limit: pageSize,
      ...(child_id ? { child_id } : {}),
      ...(keyset.after ? { after: keyset.after } : {}),
    },
    { keepLast: true },
  )
  const pair = mayWrite && (
    <Button kind="primary" icon="plus" onClick={() => change({ new: 'yes' })}>
      {t('pair')}
    </Button>
  )
  const asks = mayWrite && address['new'] === 'yes' && (child_id === undefined || child !== undefined)
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unit.unit_name }) : t('title')}
      sub={t('lead')}
      actions={pair}
    >
      <div className="tools">
        <Menu
          className="chip"
          align="start"
          items={states.map((each) => ({
            key: each,
            label: t(`state_${each}`),
            checked: each === state,
            onSelect: () => change({ state: each === 'current' ? undefined : each }),
          }))}
        >
          {t(`state_${state}`)}
        </Menu>
        {child_id && (
          <FilterChips
            active={[{ key: 'child_id', label: t('one_child', { name: child?.name ?? '' }) }]}
            onRemove={() => change({ child_id: undefined })}
            onClear={() => change({ child_id: undefined })}
          />
        )}
      </div>
      <Loaded of={list} rows={6}>
        {({ items, next }) => (
          <>
            <Pairings items={items} state={state} onEnd={mayWrite ? setEnding : undefined} />
            <Pager keyset={keyset} next={next} shown={items.length} />
          </>
        )}
      </Loaded>
      {asks && (
        <NewPairingDialog
          child={child ? { id: child.id, name: child.name } : null}
          onClose={() => change({ new: undefined }, { replace: true })}
        />
      )}
      {ending && <EndPairing pairing={ending} onClose={() => setEnding(null)} />}
    </Page>
  )
}

function Pairings({
  items,
  state,
  onEnd,
}: {
  items: readonly Pairing[]
  state: (typeof states)[number]
  onEnd: ((pairing: Pairing) => void) | undefined
}) {
  const t = useWords(pairingsText)
  const say = useSay()
  const columns = useMemo(() => columnsOf(t, say, onEnd), [t, say, onEnd])
  if (items.length === 0)
    return state === 'ended' ? (
      <p className="dim">{t('none_ended')}</p>
    ) : (
      <EmptyState title={t('none_title')}>{t('none_help')}</EmptyState>
    )
  return (
    <Table
      label={t('title')}
      rows={items}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => `${row.child_name} ${row.helper_name}`}
    />
  )
}

function columnsOf(
  t: Say<typeof pairingsText>,
  say: ReturnType<typeof useSay>,
  onEnd: ((pairing: Pairing) => void) | undefined,
): Column<Pairing>[] {
  const day = (on: string) => plainDay(on, t.language)
  return [
    {
      key: 'child',
      head: t('child'),
      cell: (row) => <To to={paths.child(row.child_id)}>{row.child_name}</To>,
      phone: 'name',
    },
    { key: 'helper', head: t('helper'), cell: (row) => row.helper_name, phone: 'beside' },
    { key: 'kind', head: t('kind'), cell: (row) => say(helperKinds[row.helper_kind]), phone: 'beside' },
    {
      key: 'goals',
      head: t('goals'),
      cell: (row) => row.goals.map((goal) => t(`goal_${goal}` as 'goal_study')).join(t.language === 'zh' ? '、' : ', '),
    },
    {
      key: 'days',
      head: t('days'),
      cell: (row) => (
        <span className="date">
          {row.until_on
            ? t('from_to', { from: day(row.from_on), until: day(row.until_on) })
            : t('since', { from: day(row.from_on) })}
        </span>
      ),
      phone: 'below',
    },
    {
      key: 'end',
      head: t('how'),
      cell: (row) =>
        row.ended_reason ? (
          <State kind="none">{say(endReasons[row.ended_reason])}</State>
        ) : onEnd && pairingCan.end(row) ? (
          <Button
            kind="text"
            aria-label={t('end_of', { helper: row.helper_name, child: row.child_name })}
            onClick={() => onEnd(row)}
          >
            {t('end')}
          </Button>
        ) : null,
      phone: 'end',
    },
  ]
}
