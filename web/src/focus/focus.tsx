// 重点关爱: what the rules propose, what they would have to ask, who was confirmed, and whose day to look again has come.
import { useState, type ReactNode } from 'react'
import { focusOps } from '@nuanyang/contract/focus.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { Tabs, useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { focusText } from './focus.text.ts'
import { FocusLine, SuggestionLine } from './focus_parts.tsx'

const tabs = ['suggested', 'asks', 'confirmed', 'due'] as const
type TabKey = (typeof tabs)[number]

export function FocusPage() {
  const t = useWords(focusText)
  const [address] = useAddress()
  const tab: TabKey = tabs.find((each) => each === address['tab']) ?? 'suggested'
  const counts = useOp(focusOps.counts, {}).data
  return (
    <Page title={t('title')} sub={t('sub')} back={paths.children()}>
      <Tabs
        label={t('tabs')}
        current={tab}
        tabs={tabs.map((key) => ({
          key,
          label: `${t(`tab_${key}`)}${counts ? ` ${counts[key]}` : ''}`,
          to: paths.focus(),
          ...(key === 'suggested' ? {} : { search: { tab: key } }),
        }))}
      />
      <Parts key={tab} tab={tab} />
    </Page>
  )
}

function Parts({ tab }: { tab: TabKey }) {
  const [parts, setParts] = useState<readonly (string | undefined)[]>([undefined])
  return parts.map((after, at) => (
    <Part
      key={after ?? ''}
      tab={tab}
      after={after}
      onMore={at === parts.length - 1 ? (next) => setParts([...parts, next]) : undefined}
    />
  ))
}

interface PartProps {
  tab: TabKey
  after: string | undefined
  onMore: ((next: string) => void) | undefined
}

function Part(props: PartProps) {
  return props.tab === 'suggested' || props.tab === 'asks' ? <Proposed {...props} /> : <Decided {...props} />
}

function Proposed({ tab, after, onMore }: PartProps) {
  const query = { asks: tab === 'asks' ? ('yes' as const) : ('no' as const), limit: 50, ...(after ? { after } : {}) }
  const page = useOp(focusOps.suggestions, query)
  return (
    <Loaded of={page} rows={5}>
      {({ items, next }) => (
        <Lines tab={tab} empty={items.length === 0 && !after} next={next} onMore={onMore}>
          {items.map((one) => (
            <SuggestionLine key={one.child_id + one.rule} one={one} named />
          ))}
        </Lines>
      )}
    </Loaded>
  )
}

function Decided({ tab, after, onMore }: PartProps) {
  const query = { ...(tab === 'due' ? { due: 'yes' as const } : {}), limit: 50, ...(after ? { after } : {}) }
  const page = useOp(focusOps.list, query)
  return (
    <Loaded of={page} rows={5}>
      {({ items, next }) => (
        <Lines tab={tab} empty={items.length === 0 && !after} next={next} onMore={onMore}>
          {items.map((one) => (
            <FocusLine key={one.id} one={one} named />
          ))}
        </Lines>
      )}
    </Loaded>
  )
}

function Lines({
  tab,
  empty,
  next,
  onMore,
  children,
}: {
  tab: TabKey
  empty: boolean
  next: string | null
  onMore: ((next: string) => void) | undefined
  children: ReactNode
}) {
  const t = useWords(focusText)
  if (empty) return <EmptyState title={t(`none_${tab}`)}>{t(`none_${tab}_help`)}</EmptyState>
  return (
    <>
      <ul className="lines">{children}</ul>
      {next && onMore && (
        <Button kind="text" onClick={() => onMore(next)}>
          {t('more')}
        </Button>
      )}
    </>
  )
}
