// What each rate means, in the words that are printed with it: numerator ÷ denominator, by which link children are counted, and what was
// left out.
import type { Indicator } from '@nuanyang/domain/values/indicators.ts'
import type { PlanMembers } from '@nuanyang/contract/plans.ts'

interface Counted {
  as: PlanMembers['as']
  population: string
  aid_of: 'all' | 'in_need'
  /** Some plan asks for it, so that “often enough” means something. */
  by_duty: boolean
  /** Counted for the goal of one plan: by what that plan asks. */
  one_plan: boolean
}
interface Words {
  zh: string
  en: string
}

const links: Record<PlanMembers['as'], Words> = {
  residence: { zh: '按居住地算', en: 'counted by residence' },
  villager_group: { zh: '按村民组算', en: 'counted by villager group' },
  grid: { zh: '按网格算', en: 'counted by grid' },
  class: { zh: '按班级算', en: 'counted by class' },
  partner: { zh: '按共建联系算', en: 'counted by partnership' },
  station: { zh: '按驿站、关工委联系算', en: 'counted by station or committee' },
}
const populations: Record<string, Words> = {
  all: { zh: '在册的全部孩子', en: 'all registered children' },
  mca: { zh: '民政口径的留守儿童（说不清的也算在内）', en: 'children left behind as civil affairs count (cannot say counts, too)' },
  moe: { zh: '教育口径的留守儿童（说不清的也算在内）', en: 'children left behind as schools count (cannot say counts, too)' },
} // prettier-ignore

const definitions: Record<Indicator, Words> = {
  dossier_rate: { zh: '必填项齐全的档案 ÷ 在册孩子', en: 'files that lack nothing required ÷ registered children' },
  enrolment_rate: { zh: '在校的适龄孩子 ÷ 适龄孩子（9 月 1 日满 6 岁、不满 15 岁）', en: 'children of school age in school ÷ children of school age (6 to 14 on 1 September)' },
  retention_rate: { zh: '现在仍在校的 ÷（学年初在校 + 转入 − 转出、毕业）', en: 'still in school ÷ (in school when the year began + arrived − moved on or graduated)' },
  material_aid_rate: { zh: '得到过至少一次物资或资金的孩子 ÷ 孩子', en: 'children who received goods or money at least once ÷ children' },
  pairing_rate: { zh: '现在有帮扶人的孩子 ÷ 孩子', en: 'children with a helper now ÷ children' },
  visit_rate: { zh: '该走访的都走访了的孩子 ÷ 应走访的孩子', en: 'children visited as often as asked ÷ children to be visited' },
  talk_rate: { zh: '该谈心的都谈了的孩子 ÷ 应谈心的孩子', en: 'children talked with as often as asked ÷ children to be talked with' },
  call_rate: { zh: '该通话的都通了的孩子 ÷ 应通话的孩子', en: 'children who called as often as asked ÷ children who should' },
  activity_rate: { zh: '参加过至少一次活动、观影或讲座的孩子 ÷ 孩子', en: 'children at one activity, film or lecture at least ÷ children' },
  psych_screening_rate: { zh: '一年内做过心理测评的孩子 ÷ 四年级以上的孩子', en: 'children screened within a year ÷ children from grade four on' },
} // prettier-ignore

const notes: Partial<Record<Indicator, Words>> = {
  enrolment_rate: { zh: '休学不算在校；转学、毕业后没有采集去向的算没有采集。', en: 'A pupil on leave is not in school; after a move or graduation the next school is unknown until somebody enters it.' },
  retention_rate: { zh: '用学年内的算法，不是毕业班的巩固率。', en: 'Within the school year; not the rate of a graduating class.' },
  psych_screening_rate: { zh: '结果不在这里；名单只给心理教师。', en: 'Results are not here; the list is for the counsellor alone.' },
} // prettier-ignore

const onceInPlan: Words = {
  zh: '这份计划没有说多久一次，所以做过一次就算。',
  en: 'This plan does not say how often, so once is enough.',
}
const asPlanned: Words = {
  zh: '次数按这份计划，别的计划要求的不算在内；还没到期的不算，免做的不算。',
  en: 'As often as this plan asks, whatever other plans ask; what is still open or let off is not counted.',
}
const onceAtLeast: Words = { zh: '计划里没有这一项，所以做过一次就算。', en: 'No plan asks for it, so once is enough.' }
const asAsked: Words = {
  zh: '次数按计划；还没到期的不算，免做的不算。',
  en: 'As often as the plans ask; what is still open or let off is not counted.',
}
const aid: Record<Counted['aid_of'], Words> = {
  all: { zh: '分母是全部孩子。', en: 'The denominator is all children.' },
  in_need: {
    zh: '分母是需要帮助的孩子：在享受救助，或在重点关爱中。',
    en: 'The denominator is children in need: receiving aid, or in focus.',
  },
}
const unknown: Words = {
  zh: '没有采集的不算在分母里，另外列出。',
  en: 'Unknown is in neither number and listed apart.',
}

export function rateWords(code: Indicator, counted: Counted): { definition: Words; footnote: Words } {
  const byDuty = code === 'visit_rate' || code === 'talk_rate' || code === 'call_rate'
  const parts = [
    populations[counted.population] ?? { zh: `“${counted.population}”口径的孩子`, en: `children of “${counted.population}”` },
    links[counted.as],
  ] // prettier-ignore
  const sentences = [
    ...(byDuty
      ? [counted.one_plan ? (counted.by_duty ? asPlanned : onceInPlan) : counted.by_duty ? asAsked : onceAtLeast]
      : []),
    ...(code === 'material_aid_rate' ? [aid[counted.aid_of]] : []),
    ...(notes[code] ? [notes[code]] : []),
    unknown,
  ]
  return {
    definition: definitions[code],
    footnote: {
      zh: `${parts.map(({ zh }) => zh).join('，')}。${sentences.map(({ zh }) => zh).join('')}`,
      en: `${parts.map(({ en }) => en).join(', ')}. ${sentences.map(({ en }) => en).join(' ')}`,
    },
  }
}
