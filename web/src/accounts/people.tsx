// 账号: who can sign in, in the own unit and below.
import { useMemo, useState } from 'react'
import { accountOps, type AccountRow, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { roleCodes, roles, type Role } from '@nuanyang/contract/roles.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { SearchBox } from '../ui/fields.tsx'
import { FilterChips, useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { State } from '../ui/state.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { NewPerson } from './new_person.tsx'
import { peopleText } from './people.text.ts'
import { SlipDialog } from './slips.tsx'
import './people.css'

const pageSize = 50
const states = ['active', 'disabled', 'left', 'all'] as const
type ListState = (typeof states)[number]

export function PeoplePage() {
  const t = useWords(peopleText)
  const unit = useActiveMembership()
  const mayWrite = useRight('accounts.write')
  const [address, change] = useAddress()
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<NewCredentials | null>(null)
  const [typed, setTyped] = useState(address['q'] ?? '')
  const q = useRested(typed.trim(), 200)
  const state = states.find((one) => one === address['state']) ?? 'active'
  const role = roleCodes.find((one) => one === address['role'])
  const keyset = useKeyset(JSON.stringify([q, state, role, unit?.id]))
  const list = useOp(
    accountOps.list,
    {
      state,
      limit: pageSize,
      ...(q ? { q } : {}),
      ...(role ? { role } : {}),
      ...(keyset.after ? { after: keyset.after } : {}),
    },
    { keepLast: true },
  )
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unit.unit_name }) : t('title')}
      back={paths.settings()}
      actions={
        mayWrite && (
          <>
            <ButtonLink to={paths.manyPeople()}>{t('many')}</ButtonLink>
            <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          </>
        )
      }
    >
      <div className="people-tools">
        <SearchBox label={t('search')} placeholder={t('search_by')} value={typed} onSearch={setTyped} />
        <StateMenu state={state} onChange={(next) => change({ state: next === 'active' ? undefined : next })} />
        <RoleFilter role={role} onChange={(next) => change({ role: next })} />
      </div>
      <Loaded of={list} rows={8}>
        {({ items, next }) => (
          <>
            <People items={items} />
            <Pager keyset={keyset} next={next} shown={items.length} />
          </>
        )}
      </Loaded>
      {adding && (
        <NewPerson
          onClose={() => setAdding(false)}
          onMade={(credentials) => {
            setAdding(false)
            setMade(credentials)
          }}
        />
      )}
      {made && <SlipDialog made={made} onClose={() => setMade(null)} />}
    </Page>
  )
}

function StateMenu({ state, onChange }: { state: ListState; onChange: (state: ListState) => void }) {
  const t = useWords(peopleText)
  return (
    <Menu
      className="chip"
      align="start"
      items={states.map((each) => ({
        key: each,
        label: t(`state_${each}`),
        checked: each === state,
        onSelect: () => onChange(each),
      }))}
    >
      {t(`state_${state}`)}
    </Menu>
  )
}

function RoleFilter({ role, onChange }: { role: Role | undefined; onChange: (role: Role | undefined) => void }) {
  const t = useWords(peopleText)
  const say = useSay()
  if (role)
    return (
      <FilterChips
        active={[{ key: 'role', label: t('role_filter', { role: say(roles[role]) }) }]}
        onRemove={() => onChange(undefined)}
        onClear={() => onChange(undefined)}
      />
    )
  return (
    <Menu
      className="chip"
      align="start"
      items={roleCodes.map((each) => ({ key: each, label: say(roles[each]), onSelect: () => onChange(each) }))}
    >
      {t('filter_role')}
    </Menu>
  )
}

function People({ items }: { items: readonly AccountRow[] }) {
  const t = useWords(peopleText)
  const say = useSay()
  const { today } = useSignedIn()
  const columns = useMemo((): Column<AccountRow>[] => {
    const current = (row: AccountRow) => row.memberships.filter((one) => one.until_on === null || one.until_on > today)
    const said = (row: AccountRow) =>
      listed([
        current(row)
          .slice(0, 2)
          .map((one) => `${one.unit_name} ${say(roles[one.role])}`)
          .join(t.language === 'zh' ? '、' : ', '),
        current(row).length > 2 && t('and_more', { n: current(row).length }),
      ], t.language) // prettier-ignore
    return [
      { key: 'name', head: t('name'), cell: (row) => row.name, phone: 'name' },
      { key: 'username', head: t('username'), cell: (row) => row.username, phone: 'beside' },
      { key: 'memberships', head: t('memberships'), cell: said, phone: 'below' },
      { key: 'sign_in', head: t('sign_in_state'), cell: (row) => <SignInState row={row} />, phone: 'end' },
      {
        key: 'seen',
        head: t('seen'),
        cell: (row) => (row.last_seen_at ? saidMoment(row.last_seen_at, t.language) : t('never')),
      },
    ]
  }, [t, say, today])
  return (
    <Table
      label={t('title')}
      rows={items}
      columns={columns}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowPath={(row) => paths.person(row.id)}
      empty={<EmptyState title={t('nobody')}>{t('nobody_help')}</EmptyState>}
    />
  )
}

/** What an administrator should know of somebody's sign-in, the most pressing thing alone. */
export function SignInState({ row }: { row: AccountRow }) {
  const t = useWords(peopleText)
  if (row.disabled_at) return <State kind="none">{t('disabled')}</State>
  if (row.locked_until)
    return <State kind="soon">{t('locked', { when: saidMoment(row.locked_until, t.language) })}</State>
  if (row.must_change_password) return <State kind="told">{t('must_change')}</State>
  if (row.totp_on) return <State kind="done">{t('totp_on')}</State>
  return <State kind="plain">{t('password_only')}</State>
}
