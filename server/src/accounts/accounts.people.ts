// Making and managing accounts. One-time passwords are told once, to whoever made them, and kept only as a hash.
import type { accountOps, AccountRow, NewCredentials, SheetRow } from '@nuanyang/contract/accounts.ts'
import { accountCan, usernamePattern } from '@nuanyang/contract/accounts.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { roleCodes, roles, type Role } from '@nuanyang/contract/roles.ts'
import { unitKindCodes } from '@nuanyang/contract/units.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { invalid, problem, Refusal } from '../kernel/problem.ts'
import { unitInSubtree, unitsInSubtree, type UnitRow } from '../units/units.access.ts'
import { findUnitsByName } from '../units/units.ts'
import { accountRow } from './accounts.list.ts'
import { forgetFailures, lockKeys } from './accounts.lockouts.ts'
import {
  checkMembership,
  disableAccount,
  insertAccount,
  insertMembership,
  keepAdministrator,
  lockManaged,
} from './accounts.memberships.ts'
import { foldUsername, freeUsername, takenUsernames, usernameOf } from './accounts.names.ts'
import { hashPassword, oneTimePassword } from './accounts.passwords.ts'
import { endSessions, membershipsOf } from './accounts.sessions.ts'
import { forgetTotp } from './accounts.totp.ts'

interface Wanted {
  id: string
  name: string
  username: string
  role: Role
  unit: UnitRow
  adult_id?: string | null
}

async function make(ctx: Ctx, wanted: Wanted): Promise<NewCredentials> {
  const password = oneTimePassword()
  const password_hash = await hashPassword(password)
  await insertAccount(ctx, { ...wanted, password_hash, must_change_password: true })
  await insertMembership(ctx, {
    account_id: wanted.id,
    unit_id: wanted.unit.id,
    role: wanted.role,
    adult_id: wanted.adult_id ?? null,
  })
  const { id, name, username, role } = wanted
  return { id, name, username, role, unit_name: wanted.unit.name, one_time_password: password }
}

export async function create(ctx: Ctx, { body }: Input<typeof accountOps.create>): Promise<NewCredentials> {
  const unit = await unitInSubtree(ctx, body.unit_id)
  await checkMembership(ctx, unit, body.role, null)
  const username = body.username ?? (await chooseUsername(ctx, body.name))
  return make(ctx, { ...body, username, unit })
}

async function chooseUsername(ctx: Ctx, name: string): Promise<string> {
  const base = usernameOf(name)
  return freeUsername(base, await takenUsernames(ctx.db, [base]))
}

/** What can be told again of an account just made: everything but its password. */
export async function get_credentials(
  ctx: Ctx,
  { id }: Input<typeof accountOps.get_credentials>,
): Promise<NewCredentials> {
  const row = await accountRow(ctx, id)
  const first = row.memberships[0]
  return { id, name: row.name, username: row.username, role: first?.role ?? null, unit_name: first?.unit_name ?? null, one_time_password: null } // prettier-ignore
}

type RowFault = { path: string; zh: string; en: string }

/** Many at once. Every fault of every row is told together; nothing is made while there is one. */
export async function create_many(
  ctx: Ctx,
  { body }: Input<typeof accountOps.create_many>,
): Promise<Answer<typeof accountOps.create_many>> {
  // A lost answer is asked for again: what was made then is not made twice, and its password is not told twice.
  const before = await ctx.db.rows<{ id: string }>(
    'select id from accounts where id = any ($1::uuid[]) and created_by = $2',
    [body.rows.map((row) => row.id), ctx.actor.account_id],
  )
  if (before.length === body.rows.length)
    return { items: await inOrder(body.rows, (row) => get_credentials(ctx, { id: row.id })) }
  const faults = body.rows.flatMap((row, n) => emptyCells(row, n))
  const units = await unitsByRow(ctx, body.rows, faults)
  const usernames = await usernamesByRow(ctx, body.rows, faults)
  const wanted: Wanted[] = []
  for (const [n, row] of body.rows.entries()) {
    const role = roleOf(row.role)
    if (!role && row.role.trim())
      faults.push({ path: `rows.${n}.role`, zh: `没有“${row.role}”这个角色。可以写：${roleCodes.map((one) => roles[one].zh).join('、')}。`, en: `There is no role “${row.role}”.` }) // prettier-ignore
    const unit = units[n]
    if (!role || !unit) continue
    await checkRow(ctx, unit, role, n, faults)
    wanted.push({ id: row.id, name: row.name, username: usernames[n]!, role, unit })
  }
  if (faults.length > 0) throw invalid(...faults)
  return { items: await inOrder(wanted, (one) => make(ctx, one)) }
}

function emptyCells(row: SheetRow, n: number): RowFault[] {
  return (['name', 'role', 'unit'] as const)
    .filter((cell) => !row[cell].trim())
    .map((cell) => ({ path: `rows.${n}.${cell}`, zh: '这一项要填。', en: 'Please fill this in.' }))
}

async function inOrder<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const out: R[] = []
  for (const one of list) out.push(await work(one))
  return out
}

async function checkRow(ctx: Ctx, unit: UnitRow, role: Role, n: number, faults: RowFault[]): Promise<void> {
  try {
    await checkMembership(ctx, unit, role, null)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { values = {} } = error.parts
    faults.push({ path: `rows.${n}.role`, zh: `“${unit.name}”没有“${roles[role].zh}”这个角色。可以选：${values['fitting'] ?? ''}。`, en: `“${unit.name}” cannot have a ${roles[role].en}.` }) // prettier-ignore
  }
}

function roleOf(written: string): Role | null {
  const plain = written.trim()
  return (
    roleCodes.find((code) => code === plain || roles[code].zh === plain || roles[code].en === plain.toLowerCase()) ??
    null
  )
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The unit of each row: by id, or by its name in the own subtree; a name that several units have is a question. */
async function unitsByRow(ctx: Ctx, rows: readonly SheetRow[], faults: RowFault[]): Promise<(UnitRow | null)[]> {
  const names = rows.map((row) => row.unit.trim())
  const found = await findUnitsByName(
    ctx,
    unitKindCodes,
    names.filter((name) => name && !uuid.test(name)),
    ctx.actor.unit_path,
  )
  const own = names.map((name, n) => {
    if (!name) return null
    if (uuid.test(name)) return name
    const hits = found.filter((unit) => unit.asked === name)
    if (hits.length === 1) return hits[0]!.id
    faults.push(
      hits.length === 0
        ? { path: `rows.${n}.unit`, zh: `你管的范围里没有“${name}”。请核对单位的名称。`, en: `There is no “${name}” among your units.` } // prettier-ignore
        : { path: `rows.${n}.unit`, zh: `有 ${hits.length} 个“${name}”（${hits.map((unit) => unit.parent_name ?? '').join('、')}）。请在前面加上乡镇，例如“${hits[0]!.parent_name ?? ''}${name}”。`, en: `${hits.length} units are called “${name}”. Put the township before it.` }, // prettier-ignore
    )
    return null
  })
  const ids = [...new Set(own.filter((id) => id !== null))]
  const byId = new Map((ids.length ? await unitsInSubtree(ctx, ids) : []).map((unit) => [unit.id, unit]))
  return own.map((id) => (id === null ? null : (byId.get(id) ?? null)))
}

const usernameShape = new RegExp(usernamePattern, 'u')

async function usernamesByRow(ctx: Ctx, rows: readonly SheetRow[], faults: RowFault[]): Promise<string[]> {
  const bases = rows.map((row) => foldUsername(row.username ?? '') || usernameOf(row.name))
  const taken = await takenUsernames(ctx.db, [...new Set(bases)])
  // Given ones first: an invented one must not take the name that a later row was given.
  const out: string[] = []
  const given = new Set<string>()
  for (const [n, row] of rows.entries()) {
    const username = row.username?.normalize('NFKC').trim()
    if (!username) continue
    const folded = foldUsername(username)
    if (!usernameShape.test(username))
      faults.push({ path: `rows.${n}.username`, zh: '用户名用 2 到 32 个汉字、字母或数字，中间可以有点和横线。', en: '2 to 32 letters or digits.' }) // prettier-ignore
    else if (taken.has(folded) || given.has(folded))
      faults.push({ path: `rows.${n}.username`, zh: `用户名“${username}”已经有人用了，请换一个。`, en: `The username “${username}” is taken.` }) // prettier-ignore
    given.add(folded)
    out[n] = username
  }
  for (const one of given) taken.add(one)
  for (const n of rows.keys()) out[n] ??= freeUsername(bases[n]!, taken)
  return out
}

export async function reset_password(
  ctx: Ctx,
  { id, body }: Input<typeof accountOps.reset_password>,
): Promise<NewCredentials> {
  if (id === ctx.actor.account_id) throw problem('not_yourself')
  const account = await lockManaged(ctx, id)
  if (account.disabled_at) throw problem('account_is_disabled', { values: { name: account.name } })
  const password = oneTimePassword()
  await ctx.db.count(
    `update accounts set password_hash = $2, password_set_at = $3, must_change_password = true, version = version + 1 where id = $1`,
    [id, await hashPassword(password), ctx.now],
  )
  if (body.totp_off) await forgetTotp(ctx, id)
  await endSessions(ctx, id)
  await forgetFailures(ctx, lockKeys.username(foldUsername(account.username)), lockKeys.code(id))
  await ctx.audit(body.totp_off ? 'account.password_and_code_reset' : 'account.password_reset', id)
  return { ...(await get_credentials(ctx, { id })), one_time_password: password }
}

/**
 * On this very computer, for whom no administrator is left to help. The caller is the house, in no county.
 * @returns null when there is no such account in use
 */
export async function resetByHouse(
  ctx: Ctx,
  username: string,
  totpOff: boolean,
): Promise<{ name: string; username: string; password: string; totp_on: boolean } | null> {
  const account = await ctx.db.maybe<{ id: string; name: string; username: string; totp_on: boolean }>(
    `select id, name, username, totp_on_at is not null as totp_on from accounts where lower(username) = $1 and disabled_at is null for update`,
    [foldUsername(username)],
  )
  if (!account) return null
  const password = oneTimePassword()
  await ctx.db.count(
    `update accounts set password_hash = $2, password_set_at = $3, must_change_password = true, version = version + 1 where id = $1`,
    [account.id, await hashPassword(password), ctx.now],
  )
  if (totpOff) await forgetTotp(ctx, account.id)
  await endSessions(ctx, account.id)
  await forgetFailures(ctx, lockKeys.username(foldUsername(account.username)), lockKeys.code(account.id))
  await ctx.audit(totpOff ? 'account.password_and_code_reset' : 'account.password_reset', account.id)
  return { name: account.name, username: account.username, password, totp_on: account.totp_on && !totpOff }
}

export async function disable(ctx: Ctx, { id }: Input<typeof accountOps.disable>): Promise<AccountRow> {
  if (id === ctx.actor.account_id) throw problem('not_yourself')
  const account = await lockManaged(ctx, id)
  if (accountCan.disable({ disabled_at: account.disabled_at ? '-' : null })) {
    const seats = (await membershipsOf(ctx, id)).filter((one) => one.role === 'administrator')
    if (seats.length > 0)
      await keepAdministrator(
        ctx,
        account,
        seats.map((one) => one.id),
      )
    await disableAccount(ctx, id)
  }
  return accountRow(ctx, id)
}

export async function enable(ctx: Ctx, { id }: Input<typeof accountOps.enable>): Promise<AccountRow> {
  const account = await lockManaged(ctx, id)
  if (account.disabled_at) {
    await ctx.db.count(
      'update accounts set disabled_at = null, disabled_by = null, version = version + 1 where id = $1',
      [id],
    )
    await ctx.audit('account.enabled', id)
  }
  return accountRow(ctx, id)
}

export async function rename(ctx: Ctx, { id, body }: Input<typeof accountOps.rename>): Promise<AccountRow> {
  const account = await lockManaged(ctx, id)
  if (account.version !== body.version) throw problem('stale', { current: await accountRow(ctx, id) })
  await ctx.db.count('update accounts set name = $2, version = version + 1 where id = $1', [id, body.name.trim()])
  await ctx.audit('account.renamed', id)
  return accountRow(ctx, id)
}
