// A small invented county for tests. Every maker writes what it says and returns the ids; names are fixed, so that a test
// reads like a story: 青禾县 › 芦溪镇 › 小暑村.
import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import type { Role } from '@nuanyang/contract/roles.ts'
import type { BindParts } from '../kernel/bind.ts'
import { divisionUnitId, newId } from '../kernel/ids.ts'
import { asSystem } from '../kernel/tx.ts'
import { createTenant, createUnits, type NewUnitRow } from '../units/units.ts'

export interface MadeUnit {
  readonly tenant_id: string
  readonly id: string
  readonly name: string
}

/** One county with a village, a community with a grid, a school with a class, and a partner office. */
export interface Cast {
  readonly tenant_id: string
  readonly county: MadeUnit
  readonly township: MadeUnit
  readonly village: MadeUnit
  readonly otherVillage: MadeUnit
  readonly community: MadeUnit
  readonly grid: MadeUnit
  readonly school: MadeUnit
  /** 小学 2024 级 2 班 */
  readonly class: MadeUnit
  readonly office: MadeUnit
}

export interface MadeAccount {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly tenant_id: string
  readonly membership_id: string
  readonly unit_id: string
  readonly role: Role
}

export interface Make {
  /** The cast; another `code` (a six-digit county code) makes another county. */
  county(code?: string, options?: { separate_admins?: boolean }): Promise<Cast>
  unit(under: MadeUnit, row: Omit<NewUnitRow, 'parent_id'>): Promise<MadeUnit>
  /** An account with one membership. Without `password` nobody can sign in with it; use `signInAs`. */
  account(
    role: Role,
    unit: MadeUnit,
    given?: { name?: string; username?: string; password?: string; must_change_password?: boolean },
  ): Promise<MadeAccount>
  membership(account: { id: string }, role: Role, unit: MadeUnit): Promise<string>
}

const surnames = '赵钱孙周吴郑王冯陈褚'
const givenNames = ['春燕', '桂兰', '建国', '小梅', '志强', '秀英', '海涛', '明月', '文斌', '雪琴']

export function maker(parts: BindParts, owner: pg.Pool): Make {
  let people = 0
  const today = () => parts.clock().toISOString().slice(0, 10)

  async function addMembership(account: { id: string }, role: Role, unit: MadeUnit): Promise<string> {
    const id = newId()
    await owner.query('insert into account_tenants (account_id, tenant_id) values ($1, $2) on conflict do nothing', [
      account.id,
      unit.tenant_id,
    ])
    await owner.query(
      `insert into memberships (tenant_id, id, account_id, unit_id, role, from_on) values ($1, $2, $3, $4, $5, $6::date - 30)`,
      [unit.tenant_id, id, account.id, unit.id, role, today()],
    )
    return id
  }

  return {
    county: (code = '990123', options = {}) => makeCounty(parts, code, options.separate_admins ?? false),
    async unit(under, row) {
      const made = await asSystem(parts, { tenant: under.tenant_id }, (ctx) =>
        createUnits(ctx, [{ ...row, parent_id: under.id }]),
      )
      return { tenant_id: under.tenant_id, id: made[0]!.id, name: row.name }
    },
    async account(role, unit, given = {}) {
      const n = people++
      const id = newId()
      const name = given.name ?? `${surnames[n % 10]}${givenNames[(n * 7) % 10]}`
      const username = given.username ?? `${role}.${n}`
      const password = given.password ? await hash(given.password, { memoryCost: 1024, timeCost: 1 }) : '-'
      await owner.query(
        `insert into accounts (id, username, name, password_hash, password_set_at, must_change_password, created_at)
         values ($1, $2, $3, $4, $5, $6, $5)`,
        [id, username, name, password, parts.clock(), given.must_change_password ?? false],
      )
      const membership_id = await addMembership({ id }, role, unit)
      return { id, name, username, tenant_id: unit.tenant_id, membership_id, unit_id: unit.id, role }
    },
    membership: addMembership,
  }
}

async function makeCounty(parts: BindParts, code: string, separate_admins: boolean): Promise<Cast> {
  const id = (tail: string) => divisionUnitId(`${code}${tail}`)
  const township = id('104')
  const community = id('001016')
  const [school, office, grid] = [newId(), newId(), newId()]
  const rows: NewUnitRow[] = [
    { kind: 'county', name: '青禾县', parent_id: null, division_code: code },
    { kind: 'township', name: '芦溪镇', parent_id: id(''), division_code: `${code}104` },
    { kind: 'village', name: '小暑村', parent_id: township, division_code: `${code}104207` },
    { kind: 'village', name: '白露村', parent_id: township, division_code: `${code}104208` },
    { kind: 'township', name: '城关街道', parent_id: id(''), division_code: `${code}001` },
    { kind: 'community', name: '荷塘社区', parent_id: id('001'), division_code: `${code}001016` },
    { id: grid, kind: 'grid', name: '第一网格', parent_id: community },
    { id: school, kind: 'school', name: '芦溪镇中心小学', parent_id: township },
    { kind: 'class', name: '', parent_id: school, stage: 'primary', entry_year: 2024, class_number: '2' },
    { id: office, kind: 'partner_office', name: '青禾县粮食局', parent_id: id('') },
  ]
  const made = await asSystem(parts, { tenant: '-' }, async (ctx) =>
    createUnits(
      await createTenant(ctx, { id: code, name: '青禾县', division_code: code, demo: false, separate_admins }),
      rows,
    ),
  )
  const unit = (n: number): MadeUnit => ({ tenant_id: code, id: made[n]!.id, name: rows[n]!.name })
  return {
    tenant_id: code,
    county: unit(0),
    township: unit(1),
    village: unit(2),
    otherVillage: unit(3),
    community: unit(5),
    grid: unit(6),
    school: unit(7),
    class: unit(8),
    office: unit(9),
  }
}
