import type { Dictionary } from '../ui/language.ts'

/** Codes of the file that no list of the domain names, and the everyday words for those that it names more formally. */
export const sexWords = {
  male: { zh: '男', en: 'boy' },
  female: { zh: '女', en: 'girl' },
} as const satisfies Dictionary

/** As a village says it: 爸爸, not 父亲. The others are said as the list of the domain says them. */
export const kinWords = {
  father: { zh: '爸爸', en: 'father' },
  mother: { zh: '妈妈', en: 'mother' },
  aunt_uncle: { zh: '亲戚', en: 'aunt or uncle' },
  sibling: { zh: '哥哥姐姐', en: 'elder brother or sister' },
  other: { zh: '照护人', en: 'carer' },
} as const satisfies Dictionary

export const enrolmentWords = {
  in_school: { zh: '在读', en: 'at school' },
  suspended: { zh: '休学', en: 'on leave' },
  dropped_out: { zh: '离开了学校', en: 'left school' },
  transferred: { zh: '已转学', en: 'transferred' },
  graduated: { zh: '已毕业', en: 'graduated' },
  not_enrolled: { zh: '还没上学', en: 'not at school yet' },
} as const satisfies Dictionary

export const linkWords = {
  residence: { zh: '住在', en: 'lives in' },
  hukou: { zh: '户籍', en: 'registered in' },
  villager_group: { zh: '村民组', en: 'villager group' },
  grid: { zh: '网格', en: 'grid' },
  class: { zh: '班级', en: 'class' },
  partner: { zh: '共建', en: 'partner' },
  station: { zh: '驿站', en: 'station' },
} as const satisfies Dictionary

export const exitWords = {
  parents_returned: { zh: '父母回来了', en: 'parents are back' },
  moved_away: { zh: '搬走了', en: 'moved away' },
  aged_out: { zh: '长大了，年满 18 岁', en: 'grew up, 18 now' },
  deceased: { zh: '去世', en: 'died' },
  entered_by_mistake: { zh: '录错了', en: 'entered by mistake' },
  merged: { zh: '并到另一份档案', en: 'merged into another file' },
  other: { zh: '别的原因', en: 'another reason' },
} as const satisfies Dictionary

export const ageBandWords = {
  '0-5': { zh: '0 到 5 岁', en: 'age 0 to 5' },
  '6-13': { zh: '6 到 13 岁', en: 'age 6 to 13' },
  '14-15': { zh: '14、15 岁', en: 'age 14 or 15' },
  '16+': { zh: '16 岁以上', en: '16 or older' },
} as const satisfies Dictionary

/** What the access log calls an opening of a file. */
export const openingWords = {
  'children.get': { zh: '看过档案', en: 'opened the file' },
  'children.reveal': { zh: '打开了号码', en: 'revealed numbers' },
  'children.create': { zh: '建了档案', en: 'made the file' },
  'children.change': { zh: '改过档案', en: 'changed the file' },
  'children.exit': { zh: '办了退出', en: 'closed the file' },
  'children.restore': { zh: '恢复了档案', en: 'restored the file' },
  'children.place': { zh: '加进一个单位', en: 'added it to a unit' },
  'children.leave': { zh: '离开一个单位', en: 'took it out of a unit' },
  'children.confirm': { zh: '问过，没有变化', en: 'asked, no change' },
  'children.decide': { zh: '处理了一条修改', en: 'decided a change' },
  'documents.issue': { zh: '印进了一份材料', en: 'printed it' },
  'documents.download': { zh: '取走了一份材料', en: 'took a printed copy' },
  prints: { zh: '打印了', en: 'printed it' },
  records: { zh: '记了一条记录', en: 'wrote a record' },
  pairings: { zh: '登记了结对', en: 'kept a pairing' },
  families: { zh: '选定了务工地点', en: 'confirmed a place of work' },
  surveys: { zh: '摸底时问过', en: 'asked in a survey round' },
  focus: { zh: '定了重点关爱', en: 'decided on special care' },
  evaluations: { zh: '做了评估', en: 'evaluated' },
  consents: { zh: '登记了同意书', en: 'kept a consent' },
  files: { zh: '放了附件', en: 'kept an attachment' },
  duplicates: { zh: '核对了重复档案', en: 'settled a likeness' },
  plans: { zh: '免做了一件事', en: 'let something off' },
  imports: { zh: '用花名册更新', en: 'updated it from a roster' },
  other: { zh: '做了一步操作', en: 'worked on it' },
} as const satisfies Dictionary

export const changeStateWords = {
  applied: { zh: '已改', en: 'changed' },
  proposed: { zh: '等着确认', en: 'waits' },
  accepted: { zh: '确认了', en: 'accepted' },
  declined: { zh: '没有采用', en: 'declined' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Dictionary

export const factWords = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  boarding_yes: { zh: '住校', en: 'boards' },
  boarding_no: { zh: '走读', en: 'day pupil' },
  able_yes: { zh: '有', en: 'able' },
  able_no: { zh: '没有', en: 'not able' },
  entrusted_yes: { zh: '有委托', en: 'entrusted' },
  deceased_yes: { zh: '已去世', en: 'deceased' },
  deceased_no: { zh: '健在', en: 'living' },
  entrusted_no: { zh: '没有委托', en: 'not entrusted' },
  years: { zh: '{n} 岁', en: 'age {n}' },
  age: { zh: '{n} 岁', en: '{n}' },
  confirmed: { zh: '问过，没有变化', en: 'asked, no change' },
} as const satisfies Dictionary

export const awayText = {
  both: { zh: '双方', en: 'both' },
  parents_in: { zh: '爸妈在{places}', en: 'parents in {places}' },
  parents_away: { zh: '爸妈都外出', en: 'both parents away' },
  is_in: { zh: '{who}在{place}', en: '{who} in {place}' },
  neither: { zh: '都没有外出', en: 'neither away' },
  place_unknown: { zh: '地点未采集', en: 'place not collected' },
  not_collected: { zh: '未采集', en: 'not collected' },
  is: { zh: '{who}{what}', en: '{who} {what}' },
  and: { zh: '、', en: '/' },
  next: { zh: '；', en: ';' },
} as const satisfies Dictionary
