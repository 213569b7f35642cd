/**
 * Units (单位): everything that does the work or holds children: the county, its townships, villages and communities with
 * their groups and grids, schools and classes, partner offices (共建单位), 关工委, stations. One tree per county; `path` is the
 * way from the county down, so "inside" is "begins with". A class is stage + year of entry + number: its grade follows from
 * the day, nobody renames classes on 1 September.
 *
 * A unit is never deleted. It closes on a day, or is merged (撤并) into another: its children's links end that day and begin
 * in the other unit, so every earlier number still says what was true then.
 *
 * Links (联系): a partner office and its school or village, a village and its school: dated, with the agreement's text.
 * Both sides then see, together, the children that stand in both.
 *
 * Teams (领导小组、专班、服务队): who leads the work, with posts and duties, dated; printed as 小组名单.
 */
import { Codes, Day, File, Id, operations, Text, Type, Unknown, type Static } from './kernel.ts'
import { DivisionAnswer, DivisionCode, DivisionSearch } from './divisions.ts'

export const unitKinds = {
  county: { zh: '县（市、区）', en: 'county' },
  township: { zh: '乡镇（街道）', en: 'township' },
  village: { zh: '村', en: 'village' },
  community: { zh: '社区', en: 'community' },
  villager_group: { zh: '村民组', en: 'villager group' },
  grid: { zh: '网格', en: 'grid' },
  school: { zh: '学校', en: 'school' },
  class: { zh: '班级', en: 'class' },
  partner_office: { zh: '共建单位', en: 'partner office' },
  committee: { zh: '关工委', en: 'next-generation committee' },
  station: { zh: '驿站（活动室）', en: 'station' },
} as const
export type UnitKind = keyof typeof unitKinds
export const unitKindCodes = Object.keys(unitKinds) as [UnitKind, ...UnitKind[]]

/** Which kinds a unit may stand under. A single village's own installation has its village right under the county. */
export const allowedParents: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  county: [],
  township: ['county'],
  village: ['township', 'county'],
  community: ['township', 'county'],
  villager_group: ['village', 'community'],
  grid: ['village', 'community'],
  school: ['township', 'county', 'village', 'community'],
  class: ['school'],
  partner_office: ['county', 'township'],
  committee: ['county', 'township', 'village', 'community', 'school', 'partner_office'],
  station: ['village', 'community', 'township', 'county', 'school'],
}

export const stages = {
  kindergarten: { zh: '幼儿园', en: 'kindergarten' },
  primary: { zh: '小学', en: 'primary' },
  junior: { zh: '初中', en: 'junior secondary' },
  senior: { zh: '高中', en: 'senior secondary' },
} as const

/** Who is tied to whom. `unit_id` is always the first named side. */
export const unitLinkKinds = {
  partner_school: { zh: '共建单位与学校', en: 'partner office and school', unit: ['partner_office'], other: ['school'] },
  partner_village: { zh: '共建单位与村（社区）', en: 'partner office and village', unit: ['partner_office'], other: ['village', 'community'] },
  village_school: { zh: '村（社区）与学校', en: 'village and school', unit: ['village', 'community'], other: ['school'] },
} as const satisfies Record<string, { zh: string; en: string; unit: readonly UnitKind[]; other: readonly UnitKind[] }> // prettier-ignore
export type UnitLinkKind = keyof typeof unitLinkKinds

export const teamKinds = {
  leading_group: { zh: '领导小组', en: 'leading group' },
  task_force: { zh: '专班', en: 'task force' },
  team: { zh: '服务队', en: 'team' },
} as const

/** In the order in which a list is printed. */
export const teamPosts = {
  leader: { zh: '组长', en: 'leader' },
  deputy: { zh: '副组长', en: 'deputy leader' },
  member: { zh: '成员', en: 'member' },
  office: { zh: '办公室成员', en: 'office' },
  liaison: { zh: '联络员', en: 'liaison' },
} as const
export type TeamPost = keyof typeof teamPosts

const UnitKindCode = Type.Enum(unitKindCodes)
const StageCode = Codes(['kindergarten', 'primary', 'junior', 'senior'])
const Version = Type.Integer({ minimum: 1 })
const Count = Type.Integer({ minimum: 0 })

/** A unit as others name it. `label` is what people say today: 三年级（2）班, 小暑村. */
export const UnitName = Type.Object({ id: Id, kind: UnitKindCode, name: Type.String(), label: Type.String() })
export type UnitName = Static<typeof UnitName>

const unitFields = {
  id: Id,
  kind: UnitKindCode,
  name: Type.String(),
  label: Type.String(),
  parent_id: Type.Union([Id, Type.Null()]),
  depth: Type.Integer({ minimum: 0 }),
  division_code: Unknown(Type.String()),
  stage: Type.Union([StageCode, Type.Null()]),
  entry_year: Type.Union([Type.Integer(), Type.Null()]),
  class_number: Type.Union([Type.String(), Type.Null()]),
  opened_on: Unknown(Day),
  closed_on: Type.Union([Day, Type.Null()]),
  closed_reason: Type.Union([Type.String(), Type.Null()]),
  merged_into_id: Type.Union([Id, Type.Null()]),
  version: Version,
}

/** One line of the tree. Counts are of today and of the whole subtree; a child that stands in several of its units counts once. */
export const UnitLine = Type.Object({
  ...unitFields,
  children: Count,
  members: Count,
  units: Count,
  linked: Type.Boolean(),
})
export type UnitLine = Static<typeof UnitLine>

export const UnitLink = Type.Object({
  id: Id,
  kind: Codes(['partner_school', 'village_school', 'partner_village']),
  unit: UnitName,
  other: UnitName,
  agreement: Type.Union([Type.String(), Type.Null()]),
  from_on: Day,
  until_on: Type.Union([Day, Type.Null()]),
  /** Children that today stand in both. */
  children: Count,
})
export type UnitLink = Static<typeof UnitLink>

const TeamKind = Codes(['leading_group', 'task_force', 'team'])
const TeamPostCode = Codes(['leader', 'deputy', 'member', 'office', 'liaison'])

export const TeamMember = Type.Object({
  id: Id,
  adult_id: Id,
  name: Type.String(),
  /** Where the person works and as what: 芦溪镇中心小学校长, 村党支部书记. */
  occupation: Unknown(Type.String()),
  phone: Unknown(Type.String()),
  post: TeamPostCode,
  duties: Unknown(Type.String()),
  from_on: Day,
  until_on: Type.Union([Day, Type.Null()]),
})
export type TeamMember = Static<typeof TeamMember>

export const Team = Type.Object({
  id: Id,
  unit_id: Id,
  kind: TeamKind,
  name: Type.String(),
  duties: Unknown(Type.String()),
  from_on: Day,
  until_on: Type.Union([Day, Type.Null()]),
  members: Type.Array(TeamMember),
  version: Version,
})
export type Team = Static<typeof Team>

export const Unit = Type.Object({
  ...unitFields,
  /** From the county down to the parent. */
  above: Type.Array(UnitName),
  children: Count,
  members: Count,
  units: Count,
  /** false: read only for this person (a linked unit, or one above). */
  mine: Type.Boolean(),
  links: Type.Array(UnitLink),
  teams: Type.Array(Team),
})
export type Unit = Static<typeof Unit>

export const NewUnit = Type.Object({
  id: Id,
  kind: UnitKindCode,
  /** Left out for a class: it is named by stage, year and number. */
  name: Type.Optional(Text(100)),
  parent_id: Id,
  division_code: Type.Optional(Type.Union([DivisionCode, Type.Null()])),
  stage: Type.Optional(StageCode),
  entry_year: Type.Optional(Type.Integer({ minimum: 1990, maximum: 2100 })),
  class_number: Type.Optional(Type.String({ pattern: '^([1-9]\\d?|[a-z])$' })),
  opened_on: Type.Optional(Day),
})

/** State rules: the server refuses and the button greys out by the same line. */
export const unitCan = {
  change: (unit: { closed_on: string | null }) => unit.closed_on === null,
  move: (unit: { closed_on: string | null; kind: UnitKind }) => unit.closed_on === null && unit.kind !== 'county',
  close: (unit: { closed_on: string | null; kind: UnitKind }) => unit.closed_on === null && unit.kind !== 'county',
  endLink: (link: { until_on: string | null }) => link.until_on === null,
  endTeam: (team: { until_on: string | null }) => team.until_on === null,
}

/** The same kind merges; a village that becomes a community (村改居) and the other way round too. */
export function mayMergeKinds(kind: UnitKind, other: UnitKind): boolean {
  const alike = (one: UnitKind) => (one === 'community' ? 'village' : one)
  return alike(kind) === alike(other) && kind !== 'county'
}

const Word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const unitOps = operations('units', {
  /**
   * A part of the tree: `under` (the person's own unit when left out) and `levels` below it, two at first; closed units only
   * when asked for. Without `under`, units linked to the own ones come too, marked. `more`: deeper or further ones were left out.
   */
  list: {
    get: '/units',
    may: 'units.read',
    query: Type.Object({
      under: Type.Optional(Id),
      levels: Type.Optional(Type.Integer({ minimum: 1, maximum: 5, default: 2 })),
      closed: Type.Optional(Type.Boolean({ default: false })),
    }),
    ok: Type.Object({ items: Type.Array(UnitLine), root: UnitName, more: Type.Boolean() }),
  },
  /** Any unit of the county by name, to choose from (a child's school, a partner): names only, no counts. */
  search: {
    get: '/units/search',
    may: 'signed_in',
    query: Type.Object({
      q: Type.Optional(Type.String({ maxLength: 60 })),
      kinds: Type.Optional(Type.Array(UnitKindCode, { maxItems: 11 })),
      under: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 30 })),
    }),
    ok: Type.Object({
      items: Type.Array(
        Type.Object({ ...UnitName.properties, above_name: Type.String(), parent_id: Type.Union([Id, Type.Null()]) }),
      ),
      more: Type.Boolean(),
    }),
  },
  get: { get: '/units/:id', may: 'units.read', ok: Unit },
  create: {
    post: '/units',
    may: 'units.write',
    body: NewUnit,
    ok: Unit,
    errors: ['unit_wrong_parent', 'unit_parent_closed', 'unit_exists'],
    replay: 'get',
  },
  rename: {
    post: '/units/:id/rename',
    may: 'units.write',
    body: Type.Object({ name: Text(100), version: Version }),
    ok: Unit,
    errors: ['unit_exists', 'unit_closed'],
    replay: 'get',
  },
  /** Under another parent; everything below comes along. */
  move: {
    post: '/units/:id/move',
    may: 'units.write',
    body: Type.Object({ parent_id: Id, version: Version }),
    ok: Unit,
    errors: ['unit_wrong_parent', 'unit_parent_closed', 'unit_exists', 'unit_closed', 'unit_moves_into_itself'],
    replay: 'get',
  },
  /**
   * 撤并: from `on` the other unit carries on: children's links, memberships and links end here and begin there, the units below
   * move over. The closed unit itself then stands under the other one, so its old records and lists stay within reach there.
   */
  merge: {
    post: '/units/:id/merge',
    may: 'units.write',
    body: Type.Object({ into_id: Id, on: Day, reason: Type.Optional(Text(200)), version: Version }),
    ok: Unit,
    errors: ['unit_merge_kinds', 'unit_closed', 'unit_moves_into_itself', 'day_before_start'],
    replay: 'get',
  },
  close: {
    post: '/units/:id/close',
    may: 'units.write',
    body: Type.Object({ on: Day, reason: Text(200), version: Version }),
    ok: Unit,
    errors: ['unit_not_empty', 'unit_closed', 'day_before_start'],
    replay: 'get',
  },
  /** The unit in the path is one side; the order of the sides follows from `kind`. */
  link: {
    post: '/units/:id/links',
    may: 'units.write',
    body: Type.Object({
      id: Id,
      other_unit_id: Id,
      kind: Codes(['partner_school', 'village_school', 'partner_village']),
      agreement: Type.Optional(Type.Union([Text(2000), Type.Null()])),
      from_on: Day,
      until_on: Type.Optional(Type.Union([Day, Type.Null()])),
    }),
    ok: UnitLink,
    errors: ['unit_link_kinds', 'unit_link_exists', 'unit_closed', 'day_before_start'],
    replay: 'get_link',
  },
  get_link: { get: '/unit_links/:id', may: 'units.read', ok: UnitLink },
  end_link: {
    post: '/unit_links/:id/end',
    may: 'units.write',
    body: Type.Object({ until_on: Day }),
    ok: UnitLink,
    errors: ['already_ended', 'day_before_start'],
    replay: 'get_link',
  },
  /**
   * What both sides of a link see together: the children that today stand in both units, each as far as this person may see it:
   * the first name alone where the full name is not theirs to see, a birthday only where it is open.
   */
  joint: {
    get: '/unit_links/:id/children',
    may: 'children.read',
    names: true,
    ok: Type.Object({
      link: UnitLink,
      items: Type.Array(
        Type.Object({
          id: Id,
          name: Type.String(),
          sex: Unknown(Codes(['male', 'female'])),
          born_on: Unknown(Type.String()),
        }),
      ),
    }),
  },
  /** Places of the country by typing; open to anybody, since the first person has no account yet. */
  search_divisions: { get: '/divisions', may: 'anyone', query: DivisionSearch, ok: DivisionAnswer },
})

const TeamFields = {
  kind: TeamKind,
  name: Text(100),
  duties: Type.Optional(Type.Union([Text(2000), Type.Null()])),
  from_on: Day,
}

export const teamOps = operations('teams', {
  list: {
    get: '/teams',
    may: 'units.read',
    query: Type.Object({ unit_id: Type.Optional(Id), ended: Type.Optional(Type.Boolean({ default: false })) }),
    ok: Type.Object({ items: Type.Array(Team) }),
  },
  get: { get: '/teams/:id', may: 'units.read', ok: Team },
  create: {
    post: '/teams',
    may: 'teams.write',
    body: Type.Object({ id: Id, unit_id: Id, ...TeamFields }),
    ok: Team,
    errors: ['unit_closed'],
    replay: 'get',
  },
  change: {
    post: '/teams/:id/change',
    may: 'teams.write',
    body: Type.Object({ ...TeamFields, version: Version }),
    ok: Team,
    errors: ['already_ended', 'day_before_start'],
    replay: 'get',
  },
  end: {
    post: '/teams/:id/end',
    may: 'teams.write',
    body: Type.Object({ until_on: Day, version: Version }),
    ok: Team,
    errors: ['already_ended', 'day_before_start'],
    replay: 'get',
  },
  /** A member is a known adult (`adult_id`), or a person typed now, who becomes one. */
  add_member: {
    post: '/teams/:id/members',
    may: 'teams.write',
    body: Type.Object({
      id: Id,
      adult_id: Type.Optional(Id),
      name: Type.Optional(Text(60)),
      occupation: Type.Optional(Type.Union([Text(100), Type.Null()])),
      phone: Type.Optional(Type.Union([Type.String({ pattern: '^\\d{3,16}$' }), Type.Null()])),
      post: TeamPostCode,
      duties: Type.Optional(Type.Union([Text(400), Type.Null()])),
      from_on: Day,
      version: Version,
    }),
    ok: Team,
    errors: ['already_ended', 'team_member_exists', 'day_before_start'],
    replay: 'get',
  },
  end_member: {
    post: '/team_members/:id/end',
    may: 'teams.write',
    body: Type.Object({ until_on: Day, version: Version }),
    ok: Team,
    errors: ['already_ended', 'day_before_start'],
    replay: 'get',
  },
  /** 小组名单, as it stands today. */
  print_word: {
    get: '/teams/:id/list.docx',
    may: 'units.read',
    ok: File(Word),
    errors: ['team_empty'],
    logs: 'opening',
  },
  print_pdf: {
    get: '/teams/:id/list.pdf',
    may: 'units.read',
    ok: File('application/pdf'),
    errors: ['team_empty'],
    logs: 'opening',
  },
})
