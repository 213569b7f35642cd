// The list of children. Its address holds every filter, the order and the page, so that a number anywhere can link to its names.
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { childOps, type ChildRow } from '@nuanyang/contract/children.ts'
import type { CustomField } from '@nuanyang/contract/custom_fields.ts'
import { offersKind, type DocumentKind } from '@nuanyang/contract/documents.kinds.ts'
import { handOver } from '../documents/chosen.ts'
import { call } from '../kernel/client.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { SearchBox } from '../ui/fields.tsx'
import { FilterChips, useAddress, type Address } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Menu, type MenuItem } from '../ui/overlay.tsx'
import { Loaded, Page } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { Pager, SelectionBar, Table, useColumns, type Sort } from '../ui/table.tsx'
import { childColumns } from './children.columns.tsx'
import { activeFilters, filterKeys, filterLabel, keysOf, readQuery, type FilterKey } from './children.filters.ts'
import { useNames, useOwnFields } from './children.names.ts'
import { addressKeyset } from './children.paging.ts'
import { childrenText } from './children.text.ts'
import { NamesPurpose, needsPurpose } from './names_purpose.tsx'
import { useHasPage } from './has_page.ts'
import { unitWords } from './words.ts'
import './children.css'

const FirstDay = lazy(async () => ({ default: (await import('./children.empty.tsx')).FirstDay }))
const NobodyFound = lazy(async () => ({ default: (await import('./children.empty.tsx')).NobodyFound }))
const FilterDialog = lazy(async () => ({ default: (await import('./children.asking.tsx')).FilterDialog }))
const CustomFilterDialog = lazy(async () => ({
  default: (await import('./children.custom_filter.tsx')).CustomFilterDialog,
}))
const SavedFilters = lazy(async () => ({ default: (await import('./saved.tsx')).SavedFilters }))
const ManyDialog = lazy(async () => ({ default: (await import('./many.tsx')).ManyDialog }))

const pageSize = 50
/** What one change of many takes. */
const manyLimit = 500
/** What one print or export takes. */
const selectLimit = 2000

type Order = 'name' | 'age' | 'updated'
const sorts: Record<Order, Sort> = {
  name: { by: 'name', down: false },
  age: { by: 'age', down: true },
  updated: { by: 'updated', down: true },
}

export function ChildrenPage() {
  const t = useWords(childrenText)
  const phone = useIsPhone()
  const [address, change] = useAddress()
  const filter = useMemo(() => readQuery(address), [address])
  const order = (['age', 'updated'] as const).find((each) => each === address['order']) ?? 'name'
  const key = JSON.stringify([filter, order])
  const keyset = addressKeyset(key, address, change)
  const list = useOp(
    childOps.list,
    { ...filter, order, limit: pageSize, ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true },
  )
  const all = useOp(childOps.count, {}).data?.count
  const some = useOp(childOps.count, filter, { keepLast: true }).data?.count
  const names = useNames(address)
  const fields = useOwnFields()
  const filtered = address['q'] !== undefined || activeFilters(address).length > 0
  const imports = useHasPage(paths.imports()) && useRight('imports.write')
  const writes = useRight('children.write')
  const unit = useActiveMembership()
  const manyUnits = unit ? !['village', 'community', 'villager_group', 'grid'].includes(unit.unit_kind) : false
  const { columns, compact, chooser } = useColumns('children', childColumns(t, phone, manyUnits, fields))
  const selection = useSelection(key)
  const exports = useRight('children.export')
  // Ticks cost the phone's rows their room: they come when somebody wants to choose.
  const [picking, setPicking] = useState(false)
  const navigate = useNavigate()
  const firstDay = all === 0 && list.data?.items.length === 0 && !filtered
  const print = (kind: DocumentKind) => {
    handOver({ ids: [...selection.ids], names: [...selection.ids].flatMap((id) => selection.nameOf(id) ?? []) })
    void navigate({ to: paths.newDocument(), search: { kind, chosen: 'yes' } as never })
  }
  const goTo = (next: Address, options?: { replace?: boolean }) =>
    change({ ...next, after: undefined, page: undefined }, options)
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unitWords(unit.unit_name, t.language) }) : t('title')}
      sub={!firstDay && <Counts all={all} some={filtered ? some : undefined} />}
      actions={
        !firstDay && (
          <>
            {chooser}
            <MoreLists />
            {imports && <ButtonLink to={paths.imports()}>{t('import')}</ButtonLink>}
            {writes && <ButtonLink to={paths.newChild()}>{t('add')}</ButtonLink>}
            {phone && exports && (
              <Button
                aria-pressed={picking}
                onClick={() => {
                  setPicking(!picking)
                  selection.clear()
                }}
              >
                {t(picking ? 'pick_end' : 'pick')}
              </Button>
            )}
          </>
        )
      }
    >
      {needsPurpose(list.error) ? (
        <NamesPurpose />
      ) : firstDay ? (
        <Suspense fallback={null}>
          <FirstDay imports={imports} />
        </Suspense>
      ) : (
        <>
          <Tools address={address} order={order} names={names} fields={fields} change={goTo} />
          <Loaded of={list} rows={10}>
            {({ items, next }) => (
              <>
                <Table
                  label={t('title')}
                  rows={items}
                  columns={columns}
                  compact={compact}
                  rowId={(row) => row.id}
                  rowName={(row) => row.name}
                  rowPath={(row) => paths.child(row.id)}
                  sort={sorts[order]}
                  onSort={({ by }) => goTo({ order: by === 'name' ? undefined : by })}
                  selection={exports && (picking || !phone) ? selection.of(items) : undefined}
                  empty={
                    <Suspense fallback={null}>
                      <NobodyFound
                        address={address}
                        names={names}
                        onDrop={goTo}
                        onClear={() => goTo(cleared(address, true))}
                      />
                    </Suspense>
                  }
                />
                <Pager keyset={keyset} next={next} shown={items.length} total={some} size={pageSize} />
                <ChosenBar selection={selection} filter={filter} total={some ?? items.length} onPrint={print} />
              </>
            )}
          </Loaded>
        </>
      )}
    </Page>
  )
}

function cleared(address: Address, searchToo: boolean): Address {
  const keys = [...activeFilters(address), ...(searchToo ? (['q'] as const) : [])].flatMap(keysOf)
  return Object.fromEntries(keys.map((key) => [key, undefined]))
}

/** Lists that are worked out: who looks alike, who came and went. */
function MoreLists() {
  const t = useWords(childrenText)
  const navigate = useNavigate()
  const go = (to: string) => void navigate({ to })
  const decides = useRight('changes.decide')
  const writes = useRight('children.write')
  const items: MenuItem[] = [
    { key: 'survey', label: t('survey'), onSelect: () => go(paths.surveys()) },
    ...(writes ? [{ key: 'round', label: t('round'), onSelect: () => go(paths.round()) }] : []),
    { key: 'families', label: t('families'), onSelect: () => go(paths.families()) },
    { key: 'focus', label: t('focus'), onSelect: () => go(paths.focus()) },
    { key: 'turns', label: t('turns'), onSelect: () => go(paths.turns()) },
    ...(decides ? [{ key: 'duplicates', label: t('duplicates'), onSelect: () => go(paths.duplicates()) }] : []),
  ]
  return (
    <Menu items={items}>
      {t('more_lists')}
      <Icon name="down" size={16} />
    </Menu>
  )
}

function Counts({ all, some }: { all: number | undefined; some: number | undefined }) {
  const t = useWords(childrenText)
  const decides = useRight('changes.decide')
  const waiting = useOp(childOps.waiting, { limit: 50 }, { when: decides }).data?.items.length ?? 0
  return (
    <>
      {all !== undefined && (some === undefined ? t('count_all', { all }) : t('count_some', { all, some }))}
      {waiting > 0 && (
        <To to={paths.changes()} className="waiting-link">
          {t('changes_wait', { n: waiting < 50 ? waiting : '50+' })}
        </To>
      )}
    </>
  )
}

/** Search, filters and, on the phone, the order; `/` puts the cursor into this search while the list is open. */
function Tools({
  address,
  order,
  names,
  fields,
  change,
}: {
  address: Address
  order: Order
  names: Address
  fields: readonly CustomField[]
  change: (change: Address, options?: { replace?: boolean }) => void
}) {
  const t = useWords(childrenText)
  const phone = useIsPhone()
  const box = useRef<HTMLDivElement>(null)
  const [asking, setAsking] = useState<FilterKey | null>(null)
  const [asked, setAsked] = useState<CustomField | null>(null)
  const [typed, setTyped] = useSearchText(address['q'] ?? '', (q) => change({ q }, { replace: true }))
  const imports = useRight('imports.write')
  useSlash(box)
  const active = activeFilters(address)
  const more: MenuItem[] = [
    ...filterKeys
      .filter((key) => key !== 'custom' && !active.includes(key) && (key !== 'import_id' || imports))
      .map((key) => ({ key, label: t(`f_${key}`), onSelect: () => setAsking(key) })),
    ...fields.map((field, at) => ({ key: field.code, label: field.name, parted: at === 0, onSelect: () => setAsked(field) })), // prettier-ignore
  ]
  return (
    <div className="tools children-tools" ref={box}>
      <SearchBox
        label={t('search')}
        placeholder={t(phone ? 'search_short' : 'search_by')}
        value={typed}
        onSearch={setTyped}
      />
      <FilterChips
        active={active.map((key) => ({ key, label: filterLabel(key, address, t.language, names) }))}
        onRemove={(key) => change(Object.fromEntries(keysOf(key as FilterKey).map((each) => [each, undefined])))}
        onClear={() => change(cleared(address, false))}
        more={more}
      />
      <Suspense fallback={null}>
        <SavedFilters address={address} onUse={(next) => change(next, { replace: false })} />
      </Suspense>
      {phone && (
        <Menu
          className="chip"
          align="start"
          items={(['name', 'age', 'updated'] as const).map((each) => ({
            key: each,
            label: t(`order_${each}`),
            checked: order === each,
            onSelect: () => change({ order: each === 'name' ? undefined : each }),
          }))}
        >
          {t(`order_${order}`)}
        </Menu>
      )}
      <Suspense fallback={null}>
        {asking && (
          <FilterDialog
            filter={asking}
            address={address}
            onUse={(next) => {
              setAsking(null)
              change(next, { replace: false })
            }}
            onClose={() => setAsking(null)}
          />
        )}
        {asked && (
          <CustomFilterDialog
            field={asked}
            address={address}
            onUse={(next) => {
              setAsked(null)
              change(next, { replace: false })
            }}
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </div>
  )
}

/** What is typed goes into the address after a short rest; an address that changes by itself (back) changes what is typed. */
function useSearchText(q: string, onRest: (q: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(q)
  const said = useRef(q)
  const rested = useRested(typed.trim(), 250)
  useEffect(() => {
    if (q === said.current) return
    said.current = q
    setTyped(q)
  }, [q])
  useEffect(() => {
    if (rested === said.current) return
    said.current = rested
    onRest(rested)
    // Only a rested word is sent, not a changed callback.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [rested])
  return [typed, setTyped]
}

/** The page's own search comes before the one in the bar, which listens at the document. */
function useSlash(box: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const at = event.target
      const typing = at instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]'))
        return
      event.preventDefault()
      event.stopPropagation()
      box.current?.querySelector('input')?.focus()
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [box])
}

interface Chosen {
  ids: ReadonlySet<string>
  nameOf: (id: string) => string | undefined
  /** For the table: remembers the names of the rows it shows. */
  of: (rows: readonly ChildRow[]) => { ids: ReadonlySet<string>; onChange: (ids: ReadonlySet<string>) => void }
  take: (rows: readonly ChildRow[]) => void
  clear: () => void
}

/** Chosen rows of one list: another filter is another list, and keeps nobody chosen out of sight. */
function useSelection(key: string): Chosen {
  const [state, setState] = useState<{ key: string; names: ReadonlyMap<string, string> }>({ key, names: new Map() })
  const names = state.key === key ? state.names : new Map<string, string>()
  const ids = new Set(names.keys())
  return {
    ids,
    nameOf: (id) => names.get(id),
    of: (rows) => ({
      ids,
      onChange: (next) => {
        const known = new Map([...names, ...rows.map((row) => [row.id, row.name] as const)])
        setState({ key, names: new Map([...next].map((id) => [id, known.get(id) ?? ''])) })
      },
    }),
    take: (rows) => setState({ key, names: new Map(rows.map((row) => [row.id, row.name])) }),
    clear: () => setState({ key, names: new Map() }),
  }
}

function ChosenBar({
  selection,
  filter,
  total,
  onPrint,
}: {
  selection: Chosen
  filter: object
  total: number
  onPrint: (kind: DocumentKind) => void
}) {
  const t = useWords(childrenText)
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [changing, setChanging] = useState(false)
  const writes = useRight('children.write')
  const role = useActiveMembership()?.role
  const count = selection.ids.size
  const most = Math.min(total, selectLimit)
  const names = [...selection.ids].slice(0, 6).map((id) => selection.nameOf(id))
  const said = names.join(t.language === 'zh' ? '、' : ', ')

  async function takeAll(): Promise<void> {
    setBusy(true)
    try {
      const rows: ChildRow[] = []
      for (let after: string | null | undefined; after !== null && rows.length < selectLimit;) {
        const page = await queries.fetchQuery({
          queryKey: ['children.list', filter, 'all', after ?? ''],
          queryFn: () => call(childOps.list, { ...filter, limit: 200, ...(after ? { after } : {}) }),
        })
        rows.push(...page.items)
        after = page.next
      }
      selection.take(rows.slice(0, selectLimit))
    } finally {
      setBusy(false)
    }
  }
  return (
    <SelectionBar
      count={count}
      names={count > names.length ? t('more_names', { names: said }) : said}
      onClear={selection.clear}
    >
      {count < most && (
        <Button kind="text" busy={busy} onClick={() => void takeAll()}>
          {t(total > selectLimit ? 'select_first' : 'select_all', { n: most })}
        </Button>
      )}
      {writes && count <= manyLimit && (
        <Button kind="text" onClick={() => setChanging(true)}>
          {t('change_many')}
        </Button>
      )}
      {changing && (
        <Suspense fallback={null}>
          <ManyDialog ids={[...selection.ids]} onClose={() => setChanging(false)} />
        </Suspense>
      )}
      {role && offersKind(role, 'registration_form') && (
        <Button kind="text" onClick={() => onPrint('registration_form')}>
          {t('print_forms')}
        </Button>
      )}
      <Button onClick={() => onPrint('ledger')}>{t('export_list')}</Button>
      <Button kind="primary" onClick={() => onPrint('contact_cards')}>
        {t('print_cards', { n: count })}
      </Button>
    </SelectionBar>
  )
}
