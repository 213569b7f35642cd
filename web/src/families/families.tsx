// 家庭、外出和照护: ledgers told from the files, each with its filters and its print; and places of work that nobody confirmed yet.
import { useState, type ReactNode } from 'react'
import { familyOps, type AwaySpell, type CareSpell, type Home } from '@nuanyang/contract/families.ts'
import { kin } from '../children/words.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, Chip, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { SearchBox, Select } from '../ui/fields.tsx'
import { Tabs, useAddress, type Address } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { familiesText } from './families.text.ts'
import { Places } from './places.tsx'
import './families.css'

type Say = ReturnType<typeof useWords<typeof familiesText>>
const ledgers = { away: 'away_ledger', carers: 'carer_ledger', households: 'family_members' } as const
type Tab = keyof typeof ledgers | 'places'

export function FamiliesPage() {
  const t = useWords(familiesText)
  const [address, change] = useAddress()
  const writes = useRight('children.write')
  const exports = useRight('children.export')
  const offered: Tab[] = ['away', 'carers', 'households', ...(writes ? (['places'] as const) : [])]
  const tab = offered.find((each) => each === address['tab']) ?? 'away'
  return (
    <Page
      title={t('title')}
      sub={t('sub')}
      back={paths.children()}
      actions={
        exports &&
        tab !== 'places' && (
          <ButtonLink
            to={paths.newDocument()}
            search={{
              kind: 'ledger',
              ledger: ledgers[tab],
              ...(address['q']?.trim() ? { lines_q: address['q'].trim() } : {}),
              ...(tab === 'households' || address['when'] === 'all' ? {} : { lines_when: address['when'] ?? 'now' }),
              ...(onlyOf[tab].some((each) => each === address['only']) ? { lines_only: address['only'] } : {}),
            }}
          >
            {t('print')}
          </ButtonLink>
        )
      }
    >
      <Tabs
        label={t('title')}
        tabs={offered.map((key) => ({ key, label: t(`tab_${key}`), to: paths.families(), search: { tab: key } }))}
        current={tab}
      />
      {tab === 'places' ? (
        <Places />
      ) : (
        <>
          <Asked tab={tab} address={address} change={change} t={t} />
          {tab === 'away' ? (
            <Away address={address} />
          ) : tab === 'carers' ? (
            <Carers address={address} />
          ) : (
            <Homes address={address} />
          )}
        </>
      )}
    </Page>
  )
}

const onlyOf = {
  away: ['returns_soon', 'returns_late', 'lacks_since', 'lacks_place', 'lacks_return'],
  carers: [],
  households: ['away_some', 'away_all'],
} as const
const times = ['now', 'past', 'all'] as const

function Asked({
  tab,
  address,
  change,
  t,
}: {
  tab: keyof typeof ledgers
  address: Address
  change: (next: Address) => void
  t: Say
}) {
  return (
    <div className="stack families-asked" role="group" aria-label={t('when')}>
      <SearchBox
        label={t('search')}
        placeholder={t('search')}
        value={address['q'] ?? ''}
        onSearch={(q) => change({ q: q || undefined })}
      />
      <div className="row wrap g8">
        {tab !== 'households' &&
          times.map((each) => (
            <Chip
              key={each}
              pressed={each === (address['when'] ?? 'now')}
              onClick={() => change({ when: each === 'now' ? undefined : each })}
            >
              {t(`when_${each}`)}
            </Chip>
          ))}
      </div>
      {onlyOf[tab].length > 0 && (
        <Select
          label={t('only')}
          value={address['only'] ?? 'all'}
          onChange={(only) => change({ only: only === 'all' ? undefined : only })}
          options={[
            { value: 'all', label: t('when_all') },
            ...onlyOf[tab].map((each) => ({ value: each, label: t(each) })),
          ]}
        />
      )}
    </div>
  )
}

const asked = (address: Address) => ({
  ...(address['q']?.trim() ? { q: address['q'].trim() } : {}),
  ...(address['when'] === 'past' || address['when'] === 'all' ? { when: address['when'] as 'past' | 'all' } : {}),
})

/** A place or a day that is known, or in quiet words that nobody said it. */
const said = (t: Say, words: string | null) => words ?? <span className="dim">{t('not_said')}</span>

const day = (t: Say, words: string | null, otherwise: 'not_said' | 'still') =>
  words ? <span className="date">{plainDay(words, t.language, '')}</span> : <span className="dim">{t(otherwise)}</span>

function Away({ address }: { address: Address }) {
  const t = useWords(familiesText)
  const [how, what] = (address['only'] ?? '').split('_')
  const query = { ...asked(address), ...(how === 'returns' || how === 'lacks' ? ({ [how]: what } as object) : {}) }
  const columns: Column<AwaySpell>[] = [
    { key: 'child', head: t('child'), cell: (row) => <b>{row.child_name}</b>, phone: 'name' },
    { key: 'parent', head: t('parent'), cell: (row) => `${t(row.parent)} ${row.adult_name ?? ''}`, phone: 'beside' },
    { key: 'place', head: t('place'), cell: (row) => said(t, [row.place, row.work_unit].filter(Boolean).join(' ') || null), phone: 'below' },
    { key: 'since', head: t('since'), cell: (row) => day(t, row.from_on, 'not_said'), phone: 'below' },
    { key: 'returns', head: t('returns'), cell: (row) => day(t, row.planned_return_on, 'not_said') },
    { key: 'until', head: t('until'), cell: (row) => day(t, row.until_on, 'still') },
    { key: 'unit', head: t('unit'), cell: (row) => row.unit_name ?? '' },
  ] // prettier-ignore
  return (
    <Pages key={JSON.stringify(query)}>
      {(after, last) => <AwayPart query={{ ...query, ...after }} columns={columns} last={last} />}
    </Pages>
  )
}

function AwayPart({ query, columns, last }: { query: object; columns: Column<AwaySpell>[]; last: Last }) {
  const page = useOp(familyOps.away, { ...query, limit: 100 })
  return <Part page={page} columns={columns} last={last} rowId={(row) => row.id} rowName={(row) => row.child_name} rowPath={(row) => paths.child(row.child_id)} /> // prettier-ignore
}

function Carers({ address }: { address: Address }) {
  const t = useWords(familiesText)
  const query = asked(address)
  const columns: Column<CareSpell>[] = [
    { key: 'child', head: t('child'), cell: (row) => <b>{row.child_name}</b>, phone: 'name' },
    { key: 'carer', head: t('carer'), cell: (row) => said(t, row.adult_name), phone: 'beside' },
    { key: 'relation', head: t('relation'), cell: (row) => row.relation_words ?? (row.relation ? kin(row.relation, null, t.language) : ''), phone: 'below' },
    { key: 'since', head: t('since'), cell: (row) => day(t, row.from_on, 'not_said'), phone: 'below' },
    { key: 'until', head: t('until'), cell: (row) => day(t, row.until_on, 'still') },
    { key: 'why', head: t('why'), cell: (row) => row.why_changed ?? '' },
    { key: 'unit', head: t('unit'), cell: (row) => row.unit_name ?? '' },
  ] // prettier-ignore
  return (
    <Pages key={JSON.stringify(query)}>
      {(after, last) => <CarersPart query={{ ...query, ...after }} columns={columns} last={last} />}
    </Pages>
  )
}

function CarersPart({ query, columns, last }: { query: object; columns: Column<CareSpell>[]; last: Last }) {
  const page = useOp(familyOps.carers, { ...query, limit: 100 })
  return <Part page={page} columns={columns} last={last} rowId={(row) => row.id} rowName={(row) => row.child_name} rowPath={(row) => paths.child(row.child_id)} /> // prettier-ignore
}

function Homes({ address }: { address: Address }) {
  const t = useWords(familiesText)
  const phone = useIsPhone()
  const away = address['only'] === 'away_some' ? 'some' : address['only'] === 'away_all' ? 'all' : null
  const query = { ...(asked(address).q ? { q: asked(address).q } : {}), ...(away ? { away } : {}) }
  const people = (home: Home, gone: boolean) =>
    home.adults
      .filter((one) => (one.state === 'away') === gone && one.state !== 'deceased')
      .map((one) => {
        const who = one.role === 'carer' ? carerWord(t, one.relation_words) : t(one.role)
        return `${who} ${one.name ?? ''}${gone && one.place ? `（${one.place}）` : ''}`.trim()
      })
      .join('、') // prettier-ignore
  const columns: Column<Home>[] = [
    { key: 'children', head: t('children'), phone: 'name', cell: (home) => home.children.map((child, n) => (
        <span key={child.id}>{n > 0 && '、'}<To to={paths.child(child.id)}>{child.name}</To></span>)) },
    { key: 'home', head: t('home'), phone: 'beside', cell: (home) => [home.villager_group, home.household_no && t('home_no', { n: home.household_no }), home.address].filter(Boolean).join(' ') },
    { key: 'there', head: t('there'), phone: 'below', cell: (home) => said(t, people(home, false) || null) },
    { key: 'gone', head: t('gone'), phone: 'below', cell: (home) => (phone && people(home, true) ? t('gone_are', { who: people(home, true) }) : people(home, true)) },
    { key: 'unit', head: t('unit'), cell: (home) => home.unit_name ?? '' },
  ] // prettier-ignore
  return (
    <Pages key={JSON.stringify(query)}>
      {(after, last) => <HomesPart query={{ ...query, ...after }} columns={columns} last={last} />}
    </Pages>
  )
}

/** The family's own word, or the list's for a code. */
const carerWord = (t: Say, said: string | null) =>
  said === null ? t('carer') : /^[a-z_]+$/.test(said) ? kin(said, null, t.language) : said

function HomesPart({ query, columns, last }: { query: object; columns: Column<Home>[]; last: Last }) {
  const page = useOp(familyOps.households, { ...query, limit: 100 })
  return <Part page={page} columns={columns} last={last} rowId={(home) => home.key} rowName={(home) => home.children[0]?.name ?? ''} /> // prettier-ignore
}

/** What the last part shown does with what comes after it; null for those before it. */
type Last = ((next: string) => void) | null

/** A list in parts: each is fetched when somebody asks for more. */
function Pages({ children }: { children: (after: { after?: string }, last: Last) => ReactNode }) {
  const [parts, setParts] = useState<readonly (string | null)[]>([null])
  return parts.map((after, at) => (
    <div key={after ?? ''}>
      {children(after ? { after } : {}, at === parts.length - 1 ? (next) => setParts([...parts, next]) : null)}
    </div>
  ))
}

interface PartProps<R> {
  page: {
    data: { items: readonly R[]; next: string | null; total?: number } | undefined
    error: unknown
    refetch: () => unknown
  }
  columns: Column<R>[]
  last: Last
  rowId: (row: R) => string
  rowName: (row: R) => string
  rowPath?: (row: R) => string
}

function Part<R>({ page, columns, last, ...row }: PartProps<R>) {
  const t = useWords(familiesText)
  return (
    <Loaded of={page} rows={6}>
      {({ items, next, total }) =>
        items.length === 0 ? (
          <EmptyState title={t('nobody')}>{t('nobody_help')}</EmptyState>
        ) : (
          <>
            <Table label={t('title')} rows={items} columns={columns} {...row} />
            {last && (
              <p className="dim small">
                {total !== undefined && t('count', { n: total })}{' '}
                {next && (
                  <Button kind="text" onClick={() => last(next)}>
                    {t('more')}
                  </Button>
                )}
              </p>
            )}
          </>
        )
      }
    </Loaded>
  )
}
