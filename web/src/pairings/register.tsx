// 帮扶人名册: who would help, with room, state and group as filters in the address.
import { useMemo, useState } from 'react'
import { helperKinds, helperKindCodes } from '@nuanyang/contract/pairings.ts'
import { helperOps, helperStates, type Helper, type HelperState } from '@nuanyang/contract/pairings.register.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { SearchBox } from '../ui/fields.tsx'
import { FilterChips, useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords, type Say } from '../ui/language.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { NotCollected, State } from '../ui/state.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { PairingTabs } from './pairings.frame.tsx'
import { HelperForm } from './register.form.tsx'
import { registerText } from './register.text.ts'
import { HelperLoad, kindWords, stateMarks } from './register.words.tsx'
import './pairings.css'

const pageSize = 50

export function RegisterPage() {
  const t = useWords(registerText)
  const say = useSay()
  const unit = useActiveMembership()
  const mayWrite = useRight('helpers.write')
  const [address, change] = useAddress()
  const [adding, setAdding] = useState(false)
  const [typed, setTyped] = useState(address['q'] ?? '')
  const q = useRested(typed.trim())
  const groups = useOp(helperOps.groups, {}).data?.items ?? []
  const kind = helperKindCodes.find((each) => each === address['kind'])
  const state = (Object.keys(helperStates) as HelperState[]).find((each) => each === address['state'])
  const room = (['yes', 'no'] as const).find((each) => each === address['room'])
  const group = groups.find((each) => each.id === address['group'])
  const filter = {
    ...(q ? { q } : {}),
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(room ? { room } : {}),
    ...(group ? { villager_group_id: group.id } : {}),
  }
  const keyset = useKeyset(JSON.stringify([filter, unit?.id]))
  const list = useOp(
    helperOps.list,
    { ...filter, limit: pageSize, ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true },
  )
  const active = [
    ...(kind ? [{ key: 'kind', label: t('kind_is', { kind: say(helperKinds[kind]) }) }] : []),
    ...(state ? [{ key: 'state', label: t('state_is', { state: say(helperStates[state]) }) }] : []),
    ...(room ? [{ key: 'room', label: t(`room_${room}`) }] : []),
    ...(group ? [{ key: 'group', label: t('group_is', { group: group.name }) }] : []),
  ]
  const clear = () => change({ kind: undefined, state: undefined, room: undefined, group: undefined })
  const columns = useMemo(() => columnsOf(t, say), [t, say])
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unit.unit_name }) : t('title')}
      sub={t('lead')}
      actions={
        mayWrite && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <PairingTabs current="register" />
      <div className="tools register-tools">
        <SearchBox label={t('find_label')} placeholder={t('find')} value={typed} onSearch={setTyped} />
        <FilterChips
          active={active}
          onRemove={(key) => change({ [key]: undefined })}
          onClear={clear}
          more={moreFilters(t, say, groups, change, active)}
        />
      </div>
      <Loaded of={list} rows={6}>
        {({ items, next, total }) =>
          items.length === 0 && active.length === 0 && !q ? (
            <EmptyState title={t('none_title')}>{t('none_help')}</EmptyState>
          ) : (
            <>
              <Table
                label={t('title')}
                rows={items}
                columns={columns}
                rowId={(row) => row.id}
                rowName={(row) => row.name}
                rowPath={(row) => paths.helper(row.id)}
                empty={t('none_found')}
              />
              <Pager keyset={keyset} next={next} shown={items.length} total={total} size={pageSize} />
            </>
          )
        }
      </Loaded>
      {adding && <HelperForm helper={null} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function moreFilters(
  t: Say<typeof registerText>,
  say: ReturnType<typeof useSay>,
  groups: readonly { id: string; name: string }[],
  change: ReturnType<typeof useAddress>[1],
  active: readonly { key: string }[],
) {
  const free = (key: string) => !active.some((each) => each.key === key)
  return [
    ...(free('room')
      ? (['yes', 'no'] as const).map((room) => ({
          key: `room.${room}`,
          label: t(`room_${room}`),
          onSelect: () => change({ room }),
        }))
      : []),
    ...(free('state')
      ? (Object.keys(helperStates) as HelperState[]).map((state, at) => ({
          key: `state.${state}`,
          label: say(helperStates[state]),
          parted: at === 0,
          onSelect: () => change({ state }),
        }))
      : []),
    ...(free('kind')
      ? helperKindCodes.map((kind, at) => ({
          key: `kind.${kind}`,
          label: say(helperKinds[kind]),
          parted: at === 0,
          onSelect: () => change({ kind }),
        }))
      : []),
    ...(free('group')
      ? groups.slice(0, 40).map((group, at) => ({
          key: `group.${group.id}`,
          label: t('group_is', { group: group.name }),
          parted: at === 0,
          onSelect: () => change({ group: group.id }),
        }))
      : []),
  ]
}

function columnsOf(t: Say<typeof registerText>, say: ReturnType<typeof useSay>): Column<Helper>[] {
  const can = (row: Helper) => listed([...row.subjects, ...row.skills, ...row.languages], t.language)
  return [
    { key: 'name', head: t('name'), cell: (row) => row.name, phone: 'name' },
    { key: 'kind', head: t('kind'), cell: (row) => kindWords(row, say), phone: 'beside' },
    { key: 'group', head: t('group'), cell: (row) => row.villager_group ?? <NotCollected />, phone: 'below' },
    { key: 'can', head: t('can'), cell: (row) => can(row) || <NotCollected /> },
    { key: 'free', head: t('free'), cell: (row) => row.free_times ?? <NotCollected /> },
    {
      key: 'state',
      head: t('state'),
      cell: (row) => <State kind={stateMarks[row.state]}>{say(helperStates[row.state])}</State>,
      phone: 'below',
    },
    { key: 'load', head: t('load'), cell: (row) => <HelperLoad helper={row} />, phone: 'end' },
  ]
}
