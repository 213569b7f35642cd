// Nothing to list: because nothing is there yet, or because the filters leave nobody. Then the page says which one to drop.
import { childOps } from '@nuanyang/contract/children.ts'
import { useOp } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import type { Address } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
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
  const active: (FilterKey | 'q')[] = [...(address['q'] ? (['q'] as const) : []), ...activeFilters(address)]
  return (
    <EmptyState title={t('none_title')}>
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
