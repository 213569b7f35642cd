// Filters stand in the address, so that a list can be linked, and are shown as chips that can be taken away.
import { useCallback } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Chip, To } from './controls.tsx'
import { Icon } from './icons.tsx'
import { Menu, type MenuItem } from './overlay.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

export type Address = Readonly<Record<string, string | undefined>>

/** The query of the address as plain strings, and a way to change some of it (`undefined` or '' takes one away). */
export function useAddress(): [Address, (change: Address, options?: { replace?: boolean }) => void] {
  const search: Address = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = useCallback(
    (patch: Address, options?: { replace?: boolean }) =>
      void navigate({
        to: '.',
        search: ((before: Address) =>
          Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value))) as never,
        replace: options?.replace ?? true,
      }),
    [navigate],
  )
  return [search, change]
}

export interface ActiveFilter {
  key: string
  label: string
}

export function FilterChips({
  active,
  onRemove,
  onClear,
  more,
}: {
  active: readonly ActiveFilter[]
  onRemove: (key: string) => void
  onClear: () => void
  more?: readonly MenuItem[]
}) {
  const t = useWords(uiText)
  return (
    <div className="filters no-print">
      {active.map((filter) => (
        <Chip
          key={filter.key}
          removes
          aria-label={t('remove_filter', { name: filter.label })}
          onClick={() => onRemove(filter.key)}
        >
          {filter.label}
        </Chip>
      ))}
      {more && more.length > 0 && (
        <Menu items={more} className="chip" align="start">
          <Icon name="plus" size={16} />
          {t('add_filter')}
        </Menu>
      )}
      {active.length > 1 && (
        <button type="button" className="filters-clear" onClick={onClear}>
          {t('clear_filters')}
        </button>
      )}
    </div>
  )
}

export interface Tab {
  key: string
  label: string
  to: string
  search?: Record<string, string>
}

/** Tabs are links: each has its address. `end` holds what is quieter (谁看过, 修改记录). */
export function Tabs({
  tabs,
  current,
  label,
  end,
}: {
  tabs: readonly Tab[]
  current: string
  label: string
  end?: readonly Tab[]
}) {
  const link = (tab: Tab, quiet: boolean) => (
    <To
      key={tab.key}
      to={tab.to}
      search={tab.search}
      replace
      className={quiet ? 'tab tab-quiet' : 'tab'}
      {...(tab.key === current ? { 'aria-current': 'page' as const } : {})}
    >
      {tab.label}
    </To>
  )
  return (
    <nav className="tabs no-print" aria-label={label}>
      {tabs.map((tab) => link(tab, false))}
      {end && <span className="grow" />}
      {end?.map((tab) => link(tab, true))}
    </nav>
  )
}
