/**
 * Accounts (账号): who can sign in, and as what. An account is not a person of the files (`adults`): a class teacher who is
 * also somebody's mother is typed once there and may have an account here.
 *
 * What an account may do comes from its memberships (身份): this role in this unit from this day. Somebody may have several, in
 * several counties too, and works under one of them at a time. Nobody is deleted: accounts are disabled, memberships end.
 *
 * Signing in: username and password; a second step (动态码, TOTP) where the person turned it on; a one-time password must be
 * replaced before anything else. Wrong tries make the next ones wait. Which rules of OWASP ASVS this keeps: decision 0003.
 *
 * An administrator manages the accounts whose memberships all lie in the own unit or below, and gives roles that fit the unit.
 *
 * The first run (首次设置): with the set-up code that `start` prints, the first person says where they are and who they are.
 */
import type { UnitKind } from './units.ts'
import { unitKindCodes } from './units.ts'
import { roleCodes, type Role } from './roles.ts'
import { Codes, Day, Id, Moment, Nothing, operations, Page, PageQuery, Text, Type, type Static } from './kernel.ts'

/** Shortest password in letters; a Chinese character counts twice, so six characters of a sentence do. */
export const shortestPassword = 12
export const longestPassword = 128
/** A one-time password that nobody used for this long is worth nothing. */
export const oneTimePasswordDays = 14

/** Where a role can stand. Held by the server and by the lists to choose from. */
const units: readonly UnitKind[] = [
  'county',
  'township',
  'village',
  'community',
  'school',
  'partner_office',
  'committee',
]
export const roleFits: Readonly<Record<Role, readonly UnitKind[]>> = {
  child_director: ['village', 'community'],
  grid_worker: ['grid', 'villager_group', 'community', 'village'],
  social_worker: ['village', 'community', 'township', 'station', 'county'],
  class_teacher: ['class'],
  subject_teacher: ['class', 'school'],
  help_teacher: ['school', 'class'],
  school_leader: ['school'],
  helper: [...units, 'station', 'villager_group', 'grid'],
  partner_cadre: ['partner_office'],
  archivist: ['county', 'township', 'village', 'community', 'school'],
  counsellor: ['school'],
  leading_group: units,
  child_supervisor: ['township', 'county'],
  county_staff: ['county'],
  next_gen_committee: ['committee', 'county', 'township', 'village', 'community', 'school'],
  administrator: units,
  security_officer: units,
  auditor: units,
}

/** 三员: where they are separated, each is one person and nothing else. */
export const separatedRoles: readonly Role[] = ['administrator', 'security_officer', 'auditor']

/** What the first person of a unit is, besides administrator. */
export const mainRoles = {
  village: 'child_director',
  school: 'school_leader',
  partner_office: 'partner_cadre',
  community: 'child_director',
  committee: 'next_gen_committee',
  township: 'child_supervisor',
  county: 'county_staff',
} as const satisfies Partial<Record<UnitKind, Role>>
export type SetUpKind = keyof typeof mainRoles
export const setUpKinds = Object.keys(mainRoles) as [SetUpKind, ...SetUpKind[]]
/** Levels of the list of divisions (3 county … 5 village) that answer "where", per kind. */
export const setUpLevels: Readonly<Record<SetUpKind, readonly number[]>> = {
  village: [5],
  community: [5],
  school: [5, 4, 3],
  partner_office: [4, 3],
  committee: [5, 4, 3],
  township: [4],
  county: [3],
}

/** Letters, digits, Chinese characters and . _ - ; 2 to 32 of them. Big and small letters are the same name. */
export const usernamePattern = '^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{1,31}$'
export const Username = Type.String({ pattern: usernamePattern })
const Password = Type.String({ minLength: 1, maxLength: 400 })
const RoleCode = Codes(roleCodes)
const Language = Codes(['zh', 'en'])
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const SomeId = Nullable(Id)

export const Membership = Type.Object({
  tenant_id: Type.String(),
  tenant_name: Type.String(),
  demo: Type.Boolean(),
  id: Id,
  role: RoleCode,
  unit_id: Id,
  unit_name: Type.String(),
  unit_kind: Type.Enum(unitKindCodes),
})
export type Membership = Static<typeof Membership>

export const SessionNow = Type.Object({
  account: Nullable(
    Type.Object({
      id: Id,
      name: Type.String(),
      username: Type.String(),
      must_change_password: Type.Boolean(),
      totp_on: Type.Boolean(),
    }),
  ),
  memberships: Type.Array(Membership),
  active_membership_id: SomeId,
  tenant: Nullable(Type.Object({ id: Type.String(), name: Type.String(), demo: Type.Boolean() })),
  rights: Type.Array(Type.String()),
  language: Language,
  setup_needed: Type.Boolean(),
  /** The password was right; the six digits are still asked for. */
  needs_totp: Type.Boolean(),
  /** Day in Asia/Shanghai at the server. */
  today: Day,
  idle_minutes: Type.Integer(),
  shared_computer: Type.Boolean(),
})
export type SessionNow = Static<typeof SessionNow>

export const SessionLine = Type.Object({
  id: Id,
  /** As the browser calls itself, shortened to what people recognise: Chrome · Windows. */
  device: Type.String(),
  address: Type.String(),
  created_at: Moment,
  seen_at: Moment,
  shared_computer: Type.Boolean(),
  current: Type.Boolean(),
})
export type SessionLine = Static<typeof SessionLine>

export const AccountMembership = Type.Object({
  id: Id,
  role: RoleCode,
  unit_id: Id,
  unit_name: Type.String(),
  unit_kind: Type.Enum(unitKindCodes),
  from_on: Day,
  until_on: Nullable(Day),
})

export const AccountRow = Type.Object({
  id: Id,
  name: Type.String(),
  username: Type.String(),
  /** Of this county, the current ones first, then those that ended. */
  memberships: Type.Array(AccountMembership),
  totp_on: Type.Boolean(),
  must_change_password: Type.Boolean(),
  disabled_at: Nullable(Moment),
  last_seen_at: Nullable(Moment),
  locked_until: Nullable(Moment),
  version: Type.Integer(),
})
export type AccountRow = Static<typeof AccountRow>

/** State rules, shared with the buttons. */
export const accountCan = {
  signIn: (account: { disabled_at: string | null }) => account.disabled_at === null,
  disable: (account: { disabled_at: string | null }) => account.disabled_at === null,
  enable: (account: { disabled_at: string | null }) => account.disabled_at !== null,
  endMembership: (membership: { until_on: string | null }, today: string) =>
    membership.until_on === null || membership.until_on > today,
}

const NewAccount = Type.Object({
  id: Id,
  name: Text(50),
  /** Left out: the name in pinyin, with a number where it is taken. */
  username: Type.Optional(Username),
  role: RoleCode,
  unit_id: Id,
  adult_id: Type.Optional(SomeId),
})

/** One line of a pasted sheet: codes or Chinese words, a unit by id or by its name in the own subtree. */
export const SheetRow = Type.Object({
  id: Id,
  // Empty cells are refused by the verb, together with all other faults of the list.
  name: Type.String({ maxLength: 50 }),
  username: Type.Optional(Type.String({ maxLength: 60 })),
  role: Type.String({ maxLength: 40 }),
  unit: Type.String({ maxLength: 100 }),
})
export type SheetRow = Static<typeof SheetRow>

/** `one_time_password` is null on a replay: it is told once and never kept. */
export const NewCredentials = Type.Object({
  id: Id,
  name: Type.String(),
  username: Type.String(),
  role: Nullable(RoleCode),
  unit_name: Nullable(Type.String()),
  one_time_password: Nullable(Type.String()),
})
export type NewCredentials = Static<typeof NewCredentials>

const membershipErrors = ['role_not_here', 'roles_conflict', 'membership_exists'] as const

export const accountOps = operations('accounts', {
  get_session: { get: '/session', may: 'anyone', ok: SessionNow },

  /** Is this installation still without its first person? With `code`: is it the right set-up code? */
  setup_status: {
    get: '/setup',
    may: 'anyone',
    query: Type.Object({ code: Type.Optional(Type.String({ maxLength: 100 })) }),
    ok: Type.Object({ needed: Type.Boolean(), code_ok: Nullable(Type.Boolean()) }),
  },
  set_up: {
    post: '/setup',
    may: 'anyone',
    body: Type.Object({
      code: Type.String({ maxLength: 100 }),
      kind: Type.Enum(setUpKinds),
      /** The listed place; with `written_in`, the listed place above what is written in. */
      place_code: Type.String({ pattern: '^\\d{2}(\\d{2}(\\d{2}(\\d{3}(\\d{3})?)?)?)?$' }),
      /** Places that the list lacks, outermost first: a development zone, a new village in it. */
      written_in: Type.Optional(
        Type.Array(Type.Object({ level: Type.Integer({ minimum: 3, maximum: 5 }), name: Text(40) }), { maxItems: 3 }),
      ),
      /** What the unit calls itself; for a village, township or county its place's name when left out. */
      unit_name: Type.Optional(Text(100)),
      grids: Type.Optional(Type.Array(Text(40), { maxItems: 200 })),
      name: Text(50),
      username: Username,
      password: Password,
      separate_admins: Type.Boolean(),
      shared_computer: Type.Optional(Type.Boolean()),
      language: Type.Optional(Language),
    }),
    ok: SessionNow,
    errors: [
      'already_set_up', 'wrong_setup_code', 'place_without_county', 'place_not_listed', 'username_taken',
      'unit_exists', 'unit_wrong_parent', 'tenant_exists', 'locked_out',
    ], // prettier-ignore
    replay: 'run',
  },

  sign_in: {
    post: '/session/sign-in',
    may: 'anyone',
    body: Type.Object({
      username: Type.String({ minLength: 1, maxLength: 100 }),
      password: Password,
      shared_computer: Type.Optional(Type.Boolean()),
    }),
    ok: SessionNow,
    errors: [
      'wrong_password', 'locked_out', 'one_at_a_time', 'account_disabled', 'one_time_password_expired', 'no_membership',
    ], // prettier-ignore
    replay: 'run',
  },
  /** Six digits, or a recovery code. */
  verify_totp: {
    post: '/session/code',
    may: 'signed_in',
    body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
    ok: SessionNow,
    errors: ['wrong_code', 'locked_out'],
    replay: 'run',
  },
  sign_out: { post: '/session/sign-out', may: 'signed_in', body: Type.Object({}), ok: Nothing, replay: 'run' },
  switch_membership: {
    post: '/session/membership',
    may: 'signed_in',
    body: Type.Object({ membership_id: Id }),
    ok: SessionNow,
    replay: 'run',
  },
  /** Ends every other session of the account. */
  change_own_password: {
    post: '/session/password',
    may: 'signed_in',
    body: Type.Object({ current: Password, password: Password }),
    ok: SessionNow,
    errors: ['wrong_password', 'locked_out'],
    replay: 'get_session',
  },
  set_language: {
    post: '/session/language',
    may: 'signed_in',
    body: Type.Object({ language: Language }),
    ok: Nothing,
    replay: 'run',
  },
  begin_totp: {
    post: '/session/totp',
    may: 'signed_in',
    /** Somebody at a computer left open must not lock its owner out with a phone of their own. */
    body: Type.Object({ password: Password }),
    /** `uri` is what the QR code says; `secret` is the same to type in. */
    ok: Type.Object({ uri: Type.String(), secret: Type.String() }),
    errors: ['totp_already_on', 'wrong_password', 'locked_out'],
    replay: 'run',
  },
  confirm_totp: {
    post: '/session/totp/confirm',
    may: 'signed_in',
    body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
    ok: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
    errors: ['wrong_code', 'locked_out', 'totp_already_on', 'totp_not_begun'],
    replay: 'run',
  },
  disable_totp: {
    post: '/session/totp/end',
    may: 'signed_in',
    body: Type.Object({ password: Password }),
    ok: Nothing,
    errors: ['wrong_password', 'locked_out'],
  },
  new_recovery_codes: {
    post: '/session/totp/recovery-codes',
    may: 'signed_in',
    body: Type.Object({ password: Password }),
    ok: Type.Object({ recovery_codes: Type.Array(Type.String()) }),
    errors: ['wrong_password', 'locked_out', 'totp_not_begun'],
    replay: 'run',
  },
  list_sessions: {
    get: '/session/list',
    may: 'signed_in',
    ok: Type.Object({ totp_on: Type.Boolean(), recovery_left: Type.Integer(), items: Type.Array(SessionLine) }),
  },
  end_session: { post: '/sessions/:id/end', may: 'signed_in', body: Type.Object({}), ok: Nothing, replay: 'run' },
  end_other_sessions: {
    post: '/session/end-others',
    may: 'signed_in',
    body: Type.Object({}),
    ok: Nothing,
    replay: 'run',
  },

  /** Accounts with a membership, now or once, in the actor's unit or below. */
  list: {
    get: '/accounts',
    may: 'accounts.read',
    query: Type.Object({
      ...PageQuery,
      q: Type.Optional(Type.String({ maxLength: 60 })),
      unit_id: Type.Optional(Id),
      role: Type.Optional(RoleCode),
      /** active: enabled with a current membership · disabled · left: no current membership */
      state: Type.Optional(Codes(['active', 'disabled', 'left', 'all'])),
    }),
    ok: Page(AccountRow),
  },
  get: { get: '/accounts/:id', may: 'accounts.read', ok: AccountRow },
  get_credentials: { get: '/accounts/:id/credentials', may: 'accounts.write', ok: NewCredentials },
  create: {
    post: '/accounts',
    may: 'accounts.write',
    body: NewAccount,
    ok: NewCredentials,
    errors: ['username_taken', ...membershipErrors],
    replay: 'get_credentials',
  },
  /** All rows or none: `errors` names what is wrong with which row (`rows.3.unit`). */
  create_many: {
    post: '/accounts/many',
    may: 'accounts.write',
    body: Type.Object({ rows: Type.Array(SheetRow, { minItems: 1, maxItems: 200 }) }),
    ok: Type.Object({ items: Type.Array(NewCredentials) }),
    errors: ['username_taken', ...membershipErrors],
    replay: 'run',
  },
  reset_password: {
    post: '/accounts/:id/reset-password',
    may: 'accounts.write',
    /** `totp_off`: the phone is lost as well. */
    body: Type.Object({ totp_off: Type.Optional(Type.Boolean()) }),
    ok: NewCredentials,
    errors: ['not_yourself', 'account_elsewhere', 'account_is_disabled'],
    replay: 'get_credentials',
  },
  disable: {
    post: '/accounts/:id/disable',
    may: 'accounts.write',
    body: Type.Object({}),
    ok: AccountRow,
    errors: ['not_yourself', 'account_elsewhere', 'last_administrator'],
    replay: 'get',
  },
  enable: {
    post: '/accounts/:id/enable',
    may: 'accounts.write',
    body: Type.Object({}),
    ok: AccountRow,
    errors: ['account_elsewhere'],
    replay: 'get',
  },
  rename: {
    post: '/accounts/:id/rename',
    may: 'accounts.write',
    body: Type.Object({ name: Text(50), version: Type.Integer() }),
    ok: AccountRow,
    errors: ['account_elsewhere', 'stale'],
    replay: 'get',
  },
  add_membership: {
    post: '/accounts/:id/memberships',
    may: 'accounts.write',
    body: Type.Object({ role: RoleCode, unit_id: Id, from_on: Type.Optional(Day) }),
    ok: AccountRow,
    errors: ['account_is_disabled', ...membershipErrors],
    replay: 'get',
  },
  end_membership: {
    post: '/memberships/:id/end',
    may: 'accounts.write',
    body: Type.Object({ reason: Text(200) }),
    ok: AccountRow,
    errors: ['last_administrator', 'already_ended'],
    replay: 'get',
  },
  /** 交接: memberships and whatever else this person keeps go to another; then the account is disabled unless said otherwise. */
  hand_over: {
    post: '/accounts/:id/hand-over',
    may: 'accounts.write',
    body: Type.Object({ to_account_id: Id, reason: Text(200), disable: Type.Optional(Type.Boolean()) }),
    ok: Type.Object({ id: Id, memberships: Type.Integer(), others: Type.Integer() }),
    errors: [
      'not_yourself', 'account_elsewhere', 'account_is_disabled', 'roles_conflict', 'role_not_here', 'membership_exists',
      'not_vetted', 'helper_full',
    ], // prettier-ignore
    replay: 'run',
  },
})
