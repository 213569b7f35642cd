// Who may do what, and who sees which part of a child: the one matrix role × link × field group × action.
// The kernel checks `rights`, visibleChildren compiles `sees` into SQL, OpenAPI and the rights page print both.
// Source where it speaks: 18部门《困境儿童个人信息保护工作办法》 (minimum scope) and the rules on children's data; the rest is
// the smallest set with which the role can do its day's work.

/** Field groups of a child, in bit order: never reorder, only append (the numbers are used inside one request only). */
export const fieldGroups = [
  'full_name', 'birth', 'photo', 'identity_no', 'phones', 'address', 'family', 'schooling', 'health', 'psychological', 'aid', 'case_notes',
] as const // prettier-ignore
export type FieldGroup = (typeof fieldGroups)[number]

/** How a child and a unit are tied (`child_units.as`), plus the actor's own pairing. */
export const childLinks = ['residence', 'hukou', 'villager_group', 'grid', 'class', 'partner', 'station'] as const
export type ChildLink = (typeof childLinks)[number]
export type Link = ChildLink | 'pairing'

/** no = never there · masked = shape only · reveal = masked, opened one by one for a stated purpose (logged) · open = shown. */
export type Cell = 'no' | 'masked' | 'reveal' | 'open'

export const rights = {
  'children.read': { zh: '看儿童档案', en: 'see children’s files' },
  'children.write': { zh: '建档和修改档案', en: 'open and change files' },
  'children.reveal': { zh: '查看遮住的号码', en: 'reveal masked numbers' },
  'children.export': { zh: '打印和导出名册', en: 'print and export' },
  'changes.decide': { zh: '确认别人提出的修改', en: 'decide proposed changes' },
  'imports.write': { zh: '放进花名册', en: 'import rosters' },
  'pairings.read': { zh: '看结对', en: 'see pairings' },
  'pairings.write': { zh: '结对和解除结对', en: 'make and end pairings' },
  'plans.read': { zh: '看工作计划', en: 'see work plans' },
  'plans.write': { zh: '写计划、排任务', en: 'write plans and set tasks' },
  'plans.adopt': { zh: '通过和结束计划', en: 'adopt and close plans' },
  'plans.do': { zh: '办计划里的事', en: 'do what plans ask' },
  'surveys.lead': { zh: '开始和结束摸底', en: 'begin and close surveys' },
  'records.read': { zh: '看服务记录', en: 'see records' },
  'records.write': { zh: '写服务记录', en: 'write records' },
  'records.keep': { zh: '更正和撤回本单位的服务记录', en: 'correct and withdraw the unit’s records' },
  'records.export': { zh: '打印和导出服务记录', en: 'print and export records' },
  'helpers.read': { zh: '看帮扶人名册', en: 'see the register of helpers' },
  'helpers.write': { zh: '登记和核查帮扶人', en: 'register and vet helpers' },
  'notices.remind': { zh: '看谁落下了，提醒他们', en: 'see who lags and remind them' },
  'units.read': { zh: '看单位', en: 'see units' },
  'units.write': { zh: '管理单位', en: 'manage units' },
  'teams.write': { zh: '管理领导小组和专班', en: 'manage leading groups' },
  'accounts.read': { zh: '看账号', en: 'see accounts' },
  'accounts.write': { zh: '管理账号', en: 'manage accounts' },
  'calendar.write': { zh: '改校历', en: 'change the school calendar' },
  'settings.write': { zh: '改设置', en: 'change settings' },
  'security.write': { zh: '改安全规则', en: 'change security rules' },
  'definitions.write': { zh: '管理口径', en: 'manage definitions' },
  'audit.read': { zh: '查访问记录', en: 'search the access log' },
} as const
export type Right = keyof typeof rights

type Cells = Partial<Record<FieldGroup, Cell>>
export interface RoleSpec {
  readonly zh: string
  readonly en: string
  /** Why the role sees this much and no more. */
  readonly reason: string
  readonly rights: readonly Right[]
  /** What a child reached over this link shows. A link not named is not followed. */
  readonly sees: Partial<Record<Link, Cells>>
  /** Materials this role may print, where an agreement names them; left out: whatever its field groups allow. */
  readonly prints?: { readonly kinds: readonly string[]; readonly ledgers: readonly string[] }
  /** Counts are there at once; a list of names or a file opens after a purpose was stated, which is logged and holds two hours. `county`: there only. */
  readonly asks_purpose?: 'always' | 'county'
}

const fieldWork = ['children.read', 'children.write', 'children.reveal', 'children.export', 'imports.write', 'pairings.read', 'pairings.write', 'helpers.read', 'helpers.write', 'units.read', 'plans.read', 'plans.do', 'records.read', 'records.write', 'records.export'] as const // prettier-ignore
const readsOnly = ['children.read', 'units.read', 'pairings.read', 'plans.read', 'records.read'] as const
/** Whoever answers for a unit's plan: writes it, adopts it, names who does what. */
const plans = ['plans.write', 'plans.adopt', 'notices.remind'] as const
const readsAndCalls = [...readsOnly, 'children.reveal', 'plans.do', 'records.write', 'records.export'] as const

const everyday: Cells = {
  full_name: 'open', birth: 'open', photo: 'open', identity_no: 'reveal', phones: 'reveal', address: 'open',
  family: 'open', schooling: 'open', health: 'open', aid: 'open', case_notes: 'open',
} // prettier-ignore
const schoolSide: Cells = {
  full_name: 'open', birth: 'open', photo: 'open', identity_no: 'masked', phones: 'reveal', address: 'open',
  family: 'open', schooling: 'open', health: 'open', aid: 'masked', case_notes: 'open',
} // prettier-ignore
const lessonOnly: Cells = { full_name: 'open', birth: 'masked', schooling: 'open', health: 'open' }
const helperOnly: Cells = { schooling: 'masked' }
const supervising: Cells = { ...everyday, photo: 'no', case_notes: 'masked' }
const all = (cells: Cells): RoleSpec['sees'] => ({ residence: cells, villager_group: cells, grid: cells })

export const roles = {
  child_director: {
    zh: '儿童主任',
    en: 'child director', // prettier-ignore
    reason: '逐户走访、建档、报告都由儿童主任做，需要本村每个孩子的档案；号码按次打开并留痕，不看心理材料。',
    rights: [...fieldWork, ...plans, 'changes.decide', 'teams.write', 'records.keep', 'surveys.lead'],
    sees: {
      ...all(everyday),
      hukou: { ...everyday, health: 'masked', case_notes: 'no' },
      station: everyday,
      pairing: everyday,
    },
  },
  grid_worker: {
    zh: '网格员',
    en: 'grid worker', // prettier-ignore
    reason: '在自己的网格里走访登记；与儿童主任看同样的内容，范围只到网格。',
    rights: fieldWork,
    sees: { ...all(everyday), pairing: everyday },
  },
  social_worker: {
    zh: '社工',
    en: 'social worker', // prettier-ignore
    reason: '受村（社区）委托走访和服务，看服务需要的内容；身份证号只看有没有。',
    rights: fieldWork.filter((r) => r !== 'imports.write'),
    sees: {
      ...all({ ...everyday, identity_no: 'masked' }),
      station: { ...everyday, identity_no: 'masked' },
      pairing: everyday,
    },
  },
  class_teacher: {
    zh: '班主任',
    en: 'class teacher', // prettier-ignore
    reason: '本班的学习、家校联系和谈心；家长电话按次打开，救助的账目不看。',
    rights: [...fieldWork, ...plans],
    sees: { class: schoolSide, pairing: schoolSide },
  },
  subject_teacher: {
    zh: '任课教师',
    en: 'subject teacher', // prettier-ignore
    reason: '学习帮扶只需要名字、班级、学习和需要留意的健康情况；结对的孩子，家里电话按次打开。',
    rights: readsAndCalls,
    sees: { class: lessonOnly, pairing: { ...lessonOnly, phones: 'reveal' } },
  },
  help_teacher: {
    zh: '帮扶教师',
    en: 'help teacher', // prettier-ignore
    reason: '只看与自己结对的孩子；要和家里联系，电话按次打开。',
    rights: readsAndCalls,
    sees: { pairing: { ...schoolSide, identity_no: 'no' } },
  },
  school_leader: {
    zh: '学校负责人',
    en: 'school leader', // prettier-ignore
    reason: '本校的台账、督促和上报；需要时按次打开电话，身份证号用于学籍核对。',
    rights: [...fieldWork, ...plans, 'changes.decide', 'teams.write', 'records.keep', 'calendar.write', 'surveys.lead'],
    sees: { class: { ...schoolSide, identity_no: 'reveal' }, pairing: schoolSide },
  },
  helper: {
    zh: '帮扶人',
    en: 'helper', // prettier-ignore
    reason: '志愿者只按最小范围看自己的一两个孩子：名字、年龄段、需要和约好的联系方式；证件、住址、个案记录不给。',
    rights: ['children.read', 'pairings.read', 'records.read', 'records.write'],
    sees: { pairing: helperOnly },
  },
  partner_cadre: {
    zh: '共建单位干部',
    en: 'partner cadre', // prettier-ignore
    reason: '共建单位按协议只看结对孩子的姓名、联系卡和需要，不看身份证号；心理材料只给指定的干部。',
    rights: [
      'children.read',
      'children.reveal',
      'children.export',
      'pairings.read',
      'units.read',
      'plans.read',
      'plans.do',
      ...plans,
      'records.read',
      'records.write',
      'records.export',
    ],
    sees: {
      partner: { full_name: 'open', birth: 'masked', phones: 'reveal', address: 'open', family: 'open', schooling: 'open', aid: 'open' },
      pairing: { full_name: 'open', birth: 'masked', phones: 'reveal', address: 'open', family: 'open', schooling: 'open', aid: 'open' },
    }, // prettier-ignore
    prints: { kinds: ['contact_cards', 'ledger'], ledgers: ['partner_list'] },
  },
  archivist: {
    zh: '档案管理员',
    en: 'archivist', // prettier-ignore
    reason: '补齐、核对、打印档案，确认各方提出的修改；号码按次打开，不看心理材料。',
    rights: [...fieldWork, 'changes.decide', 'plans.write', 'records.keep'],
    sees: { ...all(everyday), hukou: everyday, class: everyday, partner: everyday, station: everyday },
  },
  counsellor: {
    zh: '心理教师',
    en: 'counsellor', // prettier-ignore
    reason: '本校学生的心理记录只有心理教师看全；救助账目与身份证号不需要。',
    rights: readsAndCalls,
    sees: { class: { ...schoolSide, identity_no: 'no', aid: 'no', psychological: 'open' }, pairing: { ...schoolSide, psychological: 'open' } }, // prettier-ignore
  },
  leading_group: {
    zh: '领导小组成员',
    en: 'leading group', // prettier-ignore
    reason: '督促工作：谁还缺什么、谁该联系；号码不打开，个案记录不看。县一级先看数，看到名字要说明用途。',
    asks_purpose: 'county',
    rights: [
      ...readsOnly,
      'children.export',
      'helpers.read',
      'teams.write',
      'plans.do',
      ...plans,
      'records.write',
      'records.export',
    ],
    sees: { ...all({ ...supervising, identity_no: 'masked', phones: 'masked' }), class: { ...supervising, identity_no: 'masked', phones: 'masked' } }, // prettier-ignore
  },
  child_supervisor: {
    zh: '儿童督导员',
    en: 'child supervisor', // prettier-ignore
    reason: '乡镇督导要核对各村名册并批准；号码按次打开，心理材料只看数。',
    rights: [...fieldWork, ...plans, 'changes.decide', 'teams.write', 'units.write', 'surveys.lead'],
    sees: { ...all(supervising), hukou: supervising, class: supervising },
  },
  county_staff: {
    zh: '县级工作人员',
    en: 'county staff', // prettier-ignore
    reason: '县里看统计；要看到具体的孩子，先说明用途并留痕，所以号码都按次打开。',
    asks_purpose: 'always',
    rights: [
      ...readsOnly,
      'definitions.write',
      ...plans,
      'plans.do',
      'children.reveal',
      'children.export',
      'helpers.read',
      'units.write',
      'records.export',
      'calendar.write',
    ],
    sees: { ...all({ ...supervising, address: 'masked' }), hukou: { ...supervising, address: 'masked' }, class: { ...supervising, address: 'masked' } }, // prettier-ignore
  },
  next_gen_committee: {
    zh: '关工委',
    en: 'next-generation committee', // prettier-ignore
    reason: '组织活动和志愿者：名单只看名、年龄段和班级；来驿站的和自己结对的孩子才看全名。不看证件、电话和住址。',
    rights: [
      'children.read',
      'pairings.read',
      'pairings.write',
      'helpers.read',
      'helpers.write',
      'units.read',
      'teams.write',
      'plans.read',
      'plans.do',
      ...plans,
      'records.read',
      'records.write',
      'records.export',
    ],
    sees: { residence: { birth: 'masked', schooling: 'open', phones: 'masked' }, station: { full_name: 'open', birth: 'masked', schooling: 'open' }, pairing: { full_name: 'open', birth: 'masked', schooling: 'open' } }, // prettier-ignore
  },
  administrator: {
    zh: '系统管理员',
    en: 'administrator', // prettier-ignore
    reason: '管账号、单位和设置，不看任何孩子的内容。',
    rights: [
      'units.read',
      'units.write',
      'teams.write',
      'accounts.read',
      'accounts.write',
      'settings.write',
      'definitions.write',
      'calendar.write',
    ],
    sees: {},
  },
  security_officer: {
    zh: '安全管理员',
    en: 'security officer', // prettier-ignore
    reason: '管安全规则（登录、超时、手机使用），不管账号内容，也不看孩子的内容。',
    rights: ['units.read', 'accounts.read', 'security.write'],
    sees: {},
  },
  auditor: {
    zh: '审计员',
    en: 'auditor', // prettier-ignore
    reason: '查谁看过、谁导出过；日志里没有孩子的具体内容。',
    rights: ['units.read', 'accounts.read', 'audit.read'],
    sees: {},
  },
} as const satisfies Record<string, RoleSpec>

export type Role = keyof typeof roles
export const roleCodes = Object.keys(roles) as Role[]

export function roleCan(role: Role, right: Right): boolean {
  return (roles[role].rights as readonly Right[]).includes(right)
}

/**
 * The rights that a membership really gives. Where the three administrators are not separated (a village, a school), the one
 * administrator also keeps the security rules and reads the access log; where they are, each has the own part only.
 */
export function rightsHeld(role: Role, separateAdmins: boolean): readonly Right[] {
  const own = roles[role].rights as readonly Right[]
  return role === 'administrator' && !separateAdmins ? [...own, 'security.write', 'audit.read'] : own
}

/** Bit of a field group inside the masks that visibleChildren yields. */
/** Whether a role reads a group in clear over some link: what a condition of a list or one of the county's own fields takes. */
export function opensGroup(role: Role, group: FieldGroup): boolean {
  return Object.values((roles[role] as RoleSpec).sees).some((cells) => cells[group] === 'open')
}

export function groupBit(group: FieldGroup): number {
  return 1 << fieldGroups.indexOf(group)
}

export interface SeenMasks {
  /** Groups shown as they are. */
  open: number
  /** Groups shown as a shape only. */
  masked: number
  /** Of the masked ones, those that may be opened for a purpose. */
  reveal: number
}

/** What a role sees over one link, as bit masks. */
export function seenMasks(role: Role, link: Link): SeenMasks | null {
  const cells = (roles[role].sees as RoleSpec['sees'])[link]
  if (!cells) return null
  const out: SeenMasks = { open: 0, masked: 0, reveal: 0 }
  for (const [group, cell] of Object.entries(cells) as [FieldGroup, Cell][]) {
    if (cell === 'open') out.open |= groupBit(group)
    if (cell === 'masked' || cell === 'reveal') out.masked |= groupBit(group)
    if (cell === 'reveal') out.reveal |= groupBit(group)
  }
  return out
}

/** Which side keeps which facts: the village side family, care and aid; the school side schooling. */
export const keeperSides: Record<FieldGroup, 'residence' | 'class'> = {
  full_name: 'residence', birth: 'residence', photo: 'residence', identity_no: 'residence', phones: 'residence', address: 'residence',
  family: 'residence', schooling: 'class', health: 'residence', psychological: 'class', aid: 'residence', case_notes: 'residence',
} // prettier-ignore
