import type { Archetype } from '../values/archetypes.ts'

/** Words by which the writer of a plan is known, and how much each says. “我校” outweighs any mention of a school. */
const WORDS: [Archetype, RegExp, number][] = [
  ['village', /我村|本村|村两委|村级|村委会/g, 4],
  ['village', /村民组|村干部|村官|农家书屋|全村|村民/g, 2],
  ['school', /我校|本校|我班|本班|全校|全体教师|班主任|年级/g, 3],
  ['school', /学校|校区|教师|班级|任课|中心校|小学|中学|幼儿园/g, 1],
  ['community', /我社区|本社区|社区居委会|居委会/g, 4],
  ['community', /社区/g, 1],
  [
    'agency',
    /我局|本局|我镇|我乡|全镇|全乡|分局|我单位|本单位|我社(?!区)|我院|我司|我行|全社干部|机关干部|我办|镇党委|乡党委|各村|派驻|共建单位/g,
    3,
  ],
  ['agency', /领导干部|(?:镇|乡)(?:政府|民政)|机关/g, 1.5],
  ['committee', /关工委/g, 6],
  ['committee', /关心下一代|五老/g, 3],
]
const TITLE: [Archetype, RegExp][] = [
  // “民政局结对帮扶某小学”: the office writes, the school is whom it is for
  [
    'agency',
    /(?:局|机关|公司|妇联|办事处|供销社|银行|集团|医院|工会|总队|支队|大队)[^校]{0,4}(?:结对|对口|帮扶|挂钩|助学)/,
  ],
  ['committee', /关工委|关心下一代/],
  ['school', /小学|中学|学校|幼儿园|班(?:级)?|学期|校/],
  ['community', /社区|居委会|小区|安置区/],
  ['village', /(?<!农|乡)村(?!镇)/],
  ['agency', /局|镇|乡|街道|机关|公司|单位|妇联|办事处|民政|供销|银行|集团|税务|电力|医院|县|市|(?<!社)区/],
]

/** Who wrote a plan, from its title and the words it uses for itself; null when neither tells. */
export function readArchetype(title: string, text: string): Archetype | null {
  const points = new Map<Archetype, number>()
  const add = (archetype: Archetype, n: number): void => void points.set(archetype, (points.get(archetype) ?? 0) + n)
  for (const [archetype, word, weight] of WORDS) add(archetype, Math.min(8, text.match(word)?.length ?? 0) * weight)
  const named = TITLE.find(([, word]) => word.test(title))
  if (named) add(named[0], 20)
  const best = [...points].sort((a, b) => b[1] - a[1])[0]
  return best && best[1] >= 3 ? best[0] : null
}
