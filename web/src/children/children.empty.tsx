// Nothing to list: because nothing is there yet, or because the filters leave nobody. Then the page says which one to drop.
import { childOps } from '@nuanyang/contract/children.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import { filterGroups } from '@nuanyang/contract/filter_groups.ts'
import { opensGroup } from '@nuanyang/contract/roles.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import type { Address } from '../ui/filters.tsx'
import { listed, useWords } from '../ui/language.ts'
import { EmptyState } from '../ui/page.tsx'
import { childrenText } from './children.text.ts'
import { activeFilters, filterLabel, keysOf, readQuery, type FilterKey } from './children.filters.ts'

export function FirstDay({ imports }: { imports: boolean }) {
  const t = useWords(childrenText)
  const writes = useRight('children.write')
  if (!writes) return <EmptyState title={t('empty_title')}>{t('empty_reader')}</EmptyState>
  return (
    <EmptyState
      firstDay
      title={t('empty_title')}
      actions={
        <>
          {imports && (
            <ButtonLink kind="primary" to={paths.imports()}>
              {t('import')}
            </ButtonLink>
          )}
          <ButtonLink kind={imports ? 'outline' : 'primary'} to={paths.newChild()}>
            {t('add')}
          </ButtonLink>
        </>
      }
      note={imports && t('empty_note')}
    >
      {t('empty_help')}
    </EmptyState>
  )
}

export function NobodyFound({
  address,
  names,
  onDrop,
  onClear,
}: {
  address: Address
  names: Address
  onDrop: (change: Address) => void
  onClear: () => void
}) {
  const t = useWords(childrenText)
  const beyond = useBeyond(address)
  const active: (FilterKey | 'q')[] = [...(address['q'] ? (['q'] as const) : []), ...activeFilters(address)]
  return (
    <EmptyState title={t('none_title')}>
      {beyond.length > 0 && <span>{t('beyond', { what: listed(beyond, t.language) })}</span>}
      {t('none_help')}
      <span className="drops">
        {active.map((key) => (
          <Without
            key={key}
            name={key === 'q' ? address['q']! : filterLabel(key, address, t.language, names)}
            address={address}
            drop={Object.fromEntries(keysOf(key).map((each) => [each, undefined]))}
            onDrop={onDrop}
          />
        ))}
        {!address['status'] && <Without address={address} drop={{ status: 'all' }} onDrop={onDrop} />}
        {active.length > 1 && (
          <Button kind="text" onClick={onClear}>
            {t('none_clear')}
          </Button>
        )}
      </span>
    </EmptyState>
  )
}

/** Names of the conditions over what this role does not read: kept in a link or a saved filter, and the right is gone since. */
function useBeyond(address: Address): string[] {
  const t = useWords(childrenText)
  const role = useActiveMembership()?.role
  const fields = useOp(customFieldOps.list, {}, { when: address['custom'] !== undefined }).data?.items ?? []
  if (!role) return []
  const field = fields.find((one) => one.code === address['custom'])
  const hidden = activeFilters(address).filter((key) =>
    key === 'custom'
      ? field && !opensGroup(role, field.field_group)
      : keysOf(key).some((each) => address[each] && filterGroups[each]?.some((group) => !opensGroup(role, group))),
  )
  return hidden.map((key) => (key === 'custom' ? field!.name : t(`f_${key}`)))
}

/** A way out, only when somebody is there. */
function Without({
  name,
  address,
  drop,
  onDrop,
}: {
  name?: string
  address: Address
  drop: Address
  onDrop: (change: Address) => void
}) {
  const t = useWords(childrenText)
  const count = useOp(childOps.count, readQuery({ ...address, ...drop })).data?.count ?? 0
  if (count === 0) return null
  return (
    <Button onClick={() => onDrop(drop)}>
      {name === undefined ? t('none_exited', { n: count }) : t('none_without', { name, n: count })}
    </Button>
  )
}
