// 结对: who helps whom. Making and ending one are questions on top of the list; each row opens its pairing.
import { useMemo, useState } from 'react'
import {
  helperKindCodes,
  helperKinds,
  pairingCan,
  pairingGoals,
  pairingOps,
  type Pairing,
} from '@nuanyang/contract/pairings.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { SearchBox } from '../ui/fields.tsx'
import { FilterChips, useAddress } from '../ui/filters.tsx'
import { Go } from '../ui/go.tsx'
import { listed, useSay, useWords, type Say } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { PairingState } from './pairing.lines.tsx'
import { EndPairing, NewBuddyDialog, NewPairingDialog } from './pairings.asking.tsx'
import { PairingTabs } from './pairings.frame.tsx'
import { PaperDialog, papers, usePaperName, type Paper } from './pairings.printing.tsx'
import { pairingsText } from './pairings.text.ts'
import { WishDialog } from './wish.tsx'
import './pairings.css'

const pageSize = 50
const states = ['current', 'ending', 'ended', 'all'] as const
const kinds = [...helperKindCodes, 'buddy'] as const

/** Whoever neither pairs nor answers for others comes here for the own children. */
export function PairingsPage() {
  const pairs = useRight('pairings.write')
  const answers = useRight('helpers.read')
  const exports = useRight('children.export')
  return pairs || answers || exports ? <AllPairings /> : <Go to={paths.ownPairings()} />
}

/** `?child_id=…` shows one child's, `&new=yes` opens the question for that child, as the button in a file does. */
function AllPairings() {
  const t = useWords(pairingsText)
  const say = useSay()
  const unit = useActiveMembership()
  const mayWrite = useRight('pairings.write')
  const mayPrint = useRight('children.export')
  const paperName = usePaperName()
  const [wishing, setWishing] = useState(false)
  const [paper, setPaper] = useState<Paper | null>(null)
  const [address, change] = useAddress()
  const [ending, setEnding] = useState<Pairing | null>(null)
  const [typed, setTyped] = useState('')
  const q = useRested(typed.trim())
  const state = states.find((each) => each === address['state']) ?? 'current'
  const kind = kinds.find((each) => each === address['kind'])
  const child_id = address['child_id']
  const child = useOp(childOps.get, { id: child_id ?? '' }, { when: child_id !== undefined }).data
  const keyset = useKeyset(JSON.stringify([state, kind, q, child_id, unit?.id]))
  const list = useOp(
    pairingOps.list,
    {
      state,
      limit: pageSize,
      ...(kind ? { kind } : {}),
      ...(q ? { q } : {}),
      ...(child_id ? { child_id } : {}),
      ...(keyset.after ? { after: keyset.after } : {}),
    },
    { keepLast: true },
  )
  const kindLabel = (code: (typeof kinds)[number]) => (code === 'buddy' ? t('buddy') : say(helperKinds[code]))
  const asks = mayWrite && address['new'] === 'yes' && (child_id === undefined || child !== undefined)
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unit.unit_name }) : t('title')}
      sub={t('lead')}
      actions={
        <>
          {mayPrint && (
            <Menu
              className="btn btn-outline"
              align="end"
              items={papers.map((each) => ({ key: each, label: paperName(each), onSelect: () => setPaper(each) }))}
            >
              {t('print')}
            </Menu>
          )}
          {mayWrite && (
            <>
              <Button onClick={() => change({ new: 'buddy' })}>{t('buddy_pair')}</Button>
              <Button kind="primary" icon="plus" onClick={() => change({ new: 'yes' })}>
                {t('pair')}
              </Button>
            </>
          )}
        </>
      }
    >
      <PairingTabs current="pairings" />
      <div className="tools">
        <SearchBox label={t('search')} placeholder={t('search')} value={typed} onSearch={setTyped} />
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
        <Menu
          className="chip"
          align="start"
          items={[
            { key: 'all', label: t('all_kinds'), checked: !kind, onSelect: () => change({ kind: undefined }) },
            ...kinds.map((each) => ({
              key: each,
              label: kindLabel(each),
              checked: each === kind,
              onSelect: () => change({ kind: each }),
            })),
          ]}
        >
          {kind ? kindLabel(kind) : t('all_kinds')}
        </Menu>
        {mayWrite && child && <Button onClick={() => setWishing(true)}>{t('wish')}</Button>}
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
            <Pairings
              items={items}
              first={state === 'current' && !kind && !q}
              onEnd={mayWrite ? setEnding : undefined}
            />
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
      {mayWrite && address['new'] === 'buddy' && (
        <NewBuddyDialog onClose={() => change({ new: undefined }, { replace: true })} />
      )}
      {wishing && child && <WishDialog child={child} onClose={() => setWishing(false)} />}
      {paper && <PaperDialog paper={paper} onClose={() => setPaper(null)} />}
      {ending && <EndPairing pairing={ending} onClose={() => setEnding(null)} />}
    </Page>
  )
}

function Pairings({
  items,
  first,
  onEnd,
}: {
  items: readonly Pairing[]
  /** Nothing is chosen: an empty list is a first day, not a search without a find. */
  first: boolean
  onEnd: ((pairing: Pairing) => void) | undefined
}) {
  const t = useWords(pairingsText)
  const say = useSay()
  const columns = useMemo(() => columnsOf(t, say, onEnd), [t, say, onEnd])
  if (items.length === 0)
    return first ? (
      <EmptyState title={t('none_title')}>{t('none_help')}</EmptyState>
    ) : (
      <p className="dim">{t('none_found')}</p>
    )
  return (
    <Table
      label={t('title')}
      rows={items}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => `${row.child_name} ${row.helper_name}`}
      rowPath={(row) => paths.pairing(row.id)}
    />
  )
}

function columnsOf(
  t: Say<typeof pairingsText>,
  say: ReturnType<typeof useSay>,
  onEnd: ((pairing: Pairing) => void) | undefined,
): Column<Pairing>[] {
  const day = (on: string) => plainDay(on, t.language)
  const helper = (row: Pairing) => row.helper_name || t('hidden_buddy')
  return [
    { key: 'child', head: t('child'), cell: (row) => row.child_name, phone: 'name' },
    { key: 'helper', head: t('helper'), cell: helper, phone: 'beside' },
    {
      key: 'kind',
      head: t('kind'),
      cell: (row) => (row.helper_kind ? say(helperKinds[row.helper_kind]) : t('buddy')),
      phone: 'beside',
    },
    {
      key: 'goals',
      head: t('goals'),
      cell: (row) =>
        listed(
          row.goals.map((goal) => say(pairingGoals[goal])),
          t.language,
        ),
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
    { key: 'how', head: t('how'), cell: (row) => <PairingState pairing={row} />, phone: 'below' },
    ...(onEnd
      ? [
          {
            key: 'end',
            head: '',
            cell: (row: Pairing) =>
              pairingCan.end(row, dayOf()) && (
                <Button
                  kind="text"
                  aria-label={t('end_of', { helper: helper(row), child: row.child_name })}
                  onClick={() => onEnd({ ...row, helper_name: helper(row) })}
                >
                  {t('end')}
                </Button>
              ),
          } satisfies Column<Pairing>,
        ]
      : []),
  ]
}
