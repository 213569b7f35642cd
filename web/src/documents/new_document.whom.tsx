// Whom a material is about: one child, those chosen in a list, or a unit with the list's own filters.
import { lazy, Suspense, useState } from 'react'
import { childOps } from '@nuanyang/contract/children.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { activeFilters, filterLabel, keysOf, readQuery, type ChildQuery } from '../children/children.filters.ts'
import { useNames } from '../children/children.names.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { FilterChips, useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import type { PickedUnit } from '../units/unit_pick.tsx'
import { handedOver } from './chosen.ts'
import { documentsText } from './documents.text.ts'

// Only who prints for another unit fetches it.
const UnitPick = lazy(() => import('../units/unit_pick.tsx').then((module) => ({ default: module.UnitPick })))

export type Scope =
  | { is: 'children'; ids: readonly string[]; names: readonly string[]; whole: () => void }
  | { is: 'unit'; unit: PickedUnit; query: ChildQuery; own: boolean; pick: (unit: PickedUnit | null) => void }

export function useScope(): Scope {
  const own = useActiveMembership()!
  const [address, change] = useAddress()
  const [picked, setPicked] = useState<PickedUnit | null>(null)
  const one = address['child']
  const name = useOp(childOps.get, { id: one ?? '' }, { when: one !== undefined }).data?.name
  const [chosen] = useState(() => (address['chosen'] ? handedOver() : null))
  const whole = () => change({ child: undefined, chosen: undefined })
  if (one) return { is: 'children', ids: [one], names: name ? [name] : [], whole }
  if (address['chosen'] && chosen) return { is: 'children', ids: chosen.ids, names: chosen.names, whole }
  const unit = picked ?? { id: own.unit_id, label: own.unit_name }
  // The list's `unit_id` is one of its filters; here the unit is asked for by itself.
  const { unit_id, as, ...rest } = readQuery(address)
  const id = picked?.id ?? unit_id ?? own.unit_id
  return {
    is: 'unit',
    unit: { ...unit, id },
    query: { ...rest, unit_id: id, ...(as ? { as } : {}) },
    own: id === own.unit_id,
    pick: setPicked,
  }
}

export function scopeBody(scope: Scope, numbers: boolean): Pick<NewDocument, 'child_ids' | 'filter' | 'unit_id'> {
  if (numbers && scope.is === 'unit') return { unit_id: scope.unit.id }
  return scope.is === 'children' ? { child_ids: [...scope.ids] } : { filter: scope.query }
}

export function Whom({ scope, count, numbers }: { scope: Scope; count: number | undefined; numbers: boolean }) {
  const t = useWords(documentsText)
  const own = useActiveMembership()!
  const units = useRight('units.read')
  const [picking, setPicking] = useState(false)
  const [address, change] = useAddress()
  const names = useNames(address)
  const joint = t.language === 'zh' ? '、' : ', '
  if (scope.is === 'children' && !numbers) {
    const said = scope.names.join(joint)
    const names = scope.ids.length > scope.names.length ? t('and_more', { names: said }) : said
    return (
      <div className="pick">
        <span className="pick-label">{t('whom')}</span>
        <p className="row wrap g12">
          <span>{scope.ids.length === 1 ? said : t('chosen_some', { n: scope.ids.length, names })}</span>
          <Button kind="text" onClick={scope.whole}>
            {t('instead')}
          </Button>
        </p>
      </div>
    )
  }
  if (scope.is === 'children') return null
  const filters = numbers ? [] : activeFilters(address).filter((key) => key !== 'unit_id')
  return (
    <div className="stack">
      <div className="pick">
        <span className="pick-label">{t(numbers ? 'of_which' : 'whom')}</span>
        <p className="row wrap g12">
          {numbers && <span>{scope.unit.label}</span>}
          {!numbers && count !== undefined && (
            <span>
              {t(filters.length > 0 || address['q'] ? 'in_filter' : 'in_register', {
                unit: scope.unit.label,
                n: count,
              })}
            </span>
          )}
          {units && !picking && hasBelow(own.unit_kind) && (
            <Button kind="text" onClick={() => setPicking(true)}>
              {t('other_unit')}
            </Button>
          )}
        </p>
      </div>
      {picking && (
        <Suspense>
          <UnitPick label={t('pick_unit')} under={own.unit_id} autoFocus onPick={scope.pick} />
        </Suspense>
      )}
      {filters.length > 0 && (
        <FilterChips
          active={filters.map((key) => ({ key, label: filterLabel(key, address, t.language, names) }))}
          onRemove={(key) =>
            change(Object.fromEntries(keysOf(key as (typeof filters)[number]).map((each) => [each, undefined])))
          }
          onClear={() => change(Object.fromEntries(filters.flatMap(keysOf).map((each) => [each, undefined])))}
        />
      )}
    </div>
  )
}

/** A class and a grid have nothing below them to choose. */
const hasBelow = (kind: string) => kind !== 'class' && kind !== 'grid' && kind !== 'villager_group'
