// 记录: everything this person may see, the newest on top; narrowed by kind, days, words.
import { useEffect, useState } from 'react'
import { kindCodes, kindSpecs } from '@nuanyang/contract/kinds.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import { call } from '../kernel/client.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { SearchBox, TextInput } from '../ui/fields.tsx'
import { FilterChips, useAddress, type ActiveFilter, type Address } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, type MenuItem } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { RecordLine } from './line.tsx'
import { LedgerDialog, PrintRecords } from './printing.tsx'
import { recordsText } from './records.text.ts'
import './records.css'

export type Filter = Omit<Input<typeof recordOps.list>, 'after' | 'limit'>

/** The address as the filter of the operation; what it does not know is left out. */
function filterOf(address: Address): Filter {
  const kind = kindCodes.find((code) => code === address['kind'])
  const state = (['drafts', 'withdrawn'] as const).find((each) => each === address['state'])
  const day = (text: string | undefined) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? text : undefined)
  const id = (key: string) => (/^[0-9a-f-]{36}$/.test(address[key] ?? '') ? address[key] : undefined)
  return Object.fromEntries(
    Object.entries({
      kind: kind && [kind],
      from: day(address['from']),
      until: day(address['until']),
      text: address['text'],
      mine: address['mine'] === 'yes' ? 'yes' : undefined,
      state,
      unit_id: id('unit_id'),
      task_id: id('task_id'),
      child_id: id('child_id'),
    }).filter(([, value]) => value !== undefined),
  )
}

export function RecordsPage() {
  const t = useWords(recordsText)
  const say = useSay()
  const [address, change] = useAddress()
  const filter = filterOf(address)
  const first = useOp(recordOps.list, filter, { keepLast: true })
  const writes = useRight('records.write')
  const exports = useRight('records.export')
  const [asking, setAsking] = useState<'days' | 'ledger' | 'print' | null>(null)
  const active: ActiveFilter[] = [
    ...(filter.kind ? [{ key: 'kind', label: say(kindSpecs[filter.kind[0]!].title) }] : []),
    ...(filter.from ? [{ key: 'from', label: t('filter_from', { day: plainDay(filter.from, t.language) }) }] : []),
    ...(filter.until ? [{ key: 'until', label: t('filter_until', { day: plainDay(filter.until, t.language) }) }] : []),
    ...(filter.mine ? [{ key: 'mine', label: t('filter_mine') }] : []),
    ...(filter.state === 'drafts' || filter.state === 'withdrawn'
      ? [{ key: 'state', label: t(`filter_${filter.state}`) }]
      : []),
  ]
  const month = dayOf().slice(0, 7)
  const more: MenuItem[] = [
    ...(filter.mine ? [] : [{ key: 'mine', label: t('filter_mine'), onSelect: () => change({ mine: 'yes' }) }]),
    { key: 'month', label: t('filter_month'), onSelect: () => change({ from: `${month}-01`, until: undefined }) },
    { key: 'days', label: t('filter_days'), onSelect: () => setAsking('days') },
    { key: 'drafts', label: t('filter_drafts'), onSelect: () => change({ state: 'drafts' }) },
    { key: 'withdrawn', label: t('filter_withdrawn'), onSelect: () => change({ state: 'withdrawn' }) },
    ...kindCodes.map((kind, at) => ({
      key: kind,
      label: say(kindSpecs[kind].title),
      parted: at === 0,
      onSelect: () => change({ kind }),
    })),
  ]
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {exports && (
            <Button icon="file" onClick={() => setAsking('ledger')}>
              {t('export')}
            </Button>
          )}
          {exports && (
            <Button icon="print" onClick={() => setAsking('print')}>
              {t('print')}
            </Button>
          )}
          {writes && (
            <ButtonLink kind="primary" to={paths.record()} icon="plus">
              {t('new')}
            </ButtonLink>
          )}
        </>
      }
    >
      <div className="rec-search">
        <WordSearch
          key={address['text'] === undefined ? 'none' : 'some'}
          text={address['text'] ?? ''}
          onSearch={(text) => change({ text: text || undefined })}
        />
      </div>
      <FilterChips
        active={active}
        onRemove={(key) => change({ [key]: undefined })}
        onClear={() =>
          change({ kind: undefined, from: undefined, until: undefined, mine: undefined, state: undefined })
        }
        more={more}
      />
      <Loaded of={first} rows={8}>
        {(page) => (
          <Pages
            key={JSON.stringify(filter)}
            filter={filter}
            first={page}
            narrowed={active.length > 0 || Boolean(filter.text)}
          />
        )}
      </Loaded>
      {asking === 'days' && <DaysDialog address={address} onChange={change} onClose={() => setAsking(null)} />}
      {asking === 'ledger' && <LedgerDialog filter={filter} onClose={() => setAsking(null)} />}
      {asking === 'print' && <PrintRecords filter={filter} title={t('title')} onClose={() => setAsking(null)} />}
    </Page>
  )
}

/** Types into the address after a short rest, so that the page follows and can be linked. */
function WordSearch({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const t = useWords(recordsText)
  const [typed, setTyped] = useState(text)
  const rested = useRested(typed.trim())
  useEffect(() => {
    if (rested !== text) onSearch(rested)
    // Only what is typed moves the address; the address moving by a chip must not type.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [rested])
  return <SearchBox label={t('find')} placeholder={t('find_by')} value={typed} onSearch={setTyped} />
}

function Pages({
  filter,
  first,
  narrowed,
}: {
  filter: Filter
  first: { items: RecordRow[]; next: string | null }
  narrowed: boolean
}) {
  const t = useWords(recordsText)
  const [more, setMore] = useState<{ items: RecordRow[]; next: string | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const after = more ? more.next : first.next
  if (first.items.length === 0)
    return narrowed ? (
      <EmptyState title={t('empty_found')}>{t('empty_found_help')}</EmptyState>
    ) : (
      <EmptyState title={t('empty')} firstDay>
        {t('empty_help')}
      </EmptyState>
    )
  return (
    <>
      <RecordLine records={[...first.items, ...(more?.items ?? [])]} />
      {after && (
        <p className="rec-more">
          <Button
            busy={busy}
            onClick={() => {
              setBusy(true)
              void call(recordOps.list, { ...filter, after }).then((page) => {
                setMore({ items: [...(more?.items ?? []), ...page.items], next: page.next })
                setBusy(false)
              })
            }}
          >
            {t('more')}
          </Button>
        </p>
      )}
    </>
  )
}

function DaysDialog({ address, onChange, onClose }: { address: Address; onChange: (change: Address) => void; onClose: () => void }) {
  const t = useWords(recordsText)
  const [from, setFrom] = useState(address['from'] ?? '')
  const [until, setUntil] = useState(address['until'] ?? '')
  return (
    <Dialog
      title={t('filter_days')}
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          onClick={() => {
            onChange({ from: from || undefined, until: until || undefined })
            onClose()
          }}
        >
          {t('show')}
        </Button>
      }
    >
      <div className="rec-row">
        <TextInput label={t('from_day')} kind="date" value={from} onChange={setFrom} />
        <TextInput label={t('until_day')} kind="date" value={until} onChange={setUntil} />
      </div>
    </Dialog>
  )
} // prettier-ignore
