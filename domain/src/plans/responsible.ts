import type { Kind } from '../values/kinds.ts'
import type { Responsible } from '../values/responsible.ts'
import type { Subject } from '../values/subjects.ts'

/** Words for those who act, most particular first: 帮扶教师 before 教师. */
const ACTORS: [Responsible, RegExp][] = [
  ['class_teacher', /班主任/],
  ['counsellor', /心理(?:健康)?(?:辅导|咨询)?(?:教师|老师|咨询师|辅导员|专干)|心理咨询师/],
  ['archivist', /档案(?:资料)?(?:管理)?(?:的)?(?:人员|员|负责人)|学籍(?:档案)?管理(?:的)?(?:人员|员)|资料员|信息员/],
  ['child_director', /儿童主任|儿童督导员|村官|童伴妈妈|儿童专干/],
  ['grid_worker', /网格(?:员|长|社工|干部)/],
  ['police_or_counsel', /民警|法律顾问|律师|法治副校长|派出所|司法所|检察官|法官|交警/],
  ['canteen', /食堂|炊事|厨师|后勤/],
  ['next_gen_committee', /关工委|五老|老干部|老教师|离退休/],
  ['station_keeper', /(?:书屋|活动室|驿站|之家|阅览室|服务站)(?:的)?(?:管理员|负责人|值班人员)|管理员|值班(?:人员|员)/],
  ['subject_teacher', /(?:任课|科任|学科|任教)(?:教师|老师)/],
  ['help_teacher', /(?:帮扶|结对|包保|包联|关爱)(?:的)?(?:教师|老师|教职工)/],
  [
    'partner_cadre',
    /(?:领导|帮扶|结对|机关|包村|包联|驻村|联系|党员|分局|科室|单位)(?:的)?干部|干部(?:领导|职工)|机关党员|职工/,
  ],
  ['leading_group', /领导小组|领导组|工作专班|专班|工作组|工作小组|关爱小组|(?:关爱)?办公室/],
  ['school_leader', /校长|政教处|德育处|教导处|教务处|少先队|大队部|团委|学校领导|德育主任|校委会|总务处|学生处/],
  ['volunteer', /志愿者|志愿服务|爱心(?:辅导员|妈妈|爸爸|家长|人士)|代理(?:家长|妈妈)|社工|大学生|义工/],
  [
    'village_committee',
    /村(?:两委|委会|委|干部|支部|组干部|党支部)|居委会|社区(?:两委|干部|工作人员|工作者|居委会)|支委/,
  ],
  [
    'other',
    /妇联|共青团|团支部|民政(?:所|办|局)|卫生(?:院|室|所)|医院|医生|工会|中心校|教育(?:局|办)|财政|党政办|文化站|宣传(?:办|部)|校医/,
  ],
  ['help_teacher', /(?:教师|老师)(?!节)/],
  // those a meeting or a lecture is held for do not hold it
  ['guardian', /(?:监护人|家长|父母)(?!\)?会|\(|变更|变化|变动|更换|外出|返乡|学校|课堂|讲座|培训|座谈|代表|委员)/],
]

/** Someone spoken with, or for whom, is not the one who acts: 请专家为祖辈监护人授课. */
const FOR_WHOM = /(?:与|和|同|跟|给|为|向|(?<![配结])对)[^,;。]{0,14}$/
/** A phrase that introduces who acts: 由…负责, 要求…, …要, a label before a colon; or the actor opening the clause. */
export function readResponsible(clause: string, before: number): Responsible | null {
  const head = clause.slice(0, Math.max(before, 0))
  const named = /(?:由|要求|安排|组织|聘请|邀请|责成|明确|请)([^,;。]{2,30})/.exec(clause)?.[1]
  if (named) {
    const actor = firstActor(named.replace(FOR_WHOM, ''))
    if (actor) return actor
  }
  return firstActor(head.replace(/^[^,;。]{0,12}(?:期间|返乡时|回家时)/, '').replace(FOR_WHOM, ''))
}

/** The actor named first in a text: for cells of a 责任人 column and labels such as “班主任:”. */
export function firstActor(text: string): Responsible | null {
  let best: { code: Responsible; at: number } | null = null
  for (const [code, word] of ACTORS) {
    const at = text.search(word)
    if (at >= 0 && (best === null || at < best.at)) best = { code, at }
  }
  return best?.code ?? null
}

const UNIT_KINDS = new Set<Kind>([
  'organise',
  'planning',
  'activity',
  'film',
  'lecture',
  'reading',
  'station',
  'meeting',
  'publicity',
  'archiving',
  'summary',
  'assessment',
  'meals',
  'self_care',
])
const PRIORITY = /重点|贫困|困难|困境|特困|特殊|问题|个别|孤儿|残疾|优秀贫困|家境|单亲|少数|高风险|低保户/
const PAIRS =
  /结对|配对|帮扶(?:的)?(?:教师|老师|干部|领导|党员|责任人|人)|代理(?:家长|妈妈)|爱心(?:妈妈|爸爸|家长|辅导员)|监护人/

/** To whom a duty is owed: what the words say, else what the kind implies. */
export function subjectOf(kind: Kind, clause: string): Subject {
  if (kind === 'individual_plan') return 'each_priority_child'
  if (UNIT_KINDS.has(kind)) return 'unit'
  if (PRIORITY.test(clause) && kind !== 'pairing') return 'each_priority_child'
  if (kind === 'pairing' || kind === 'progress') return 'each_pair'
  if ((kind === 'talk' || kind === 'visit') && PAIRS.test(clause)) return 'each_pair'
  return 'each_child'
}
