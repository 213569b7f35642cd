/** What a part of a plan is for. Acts are read from measures, aims from goals, tasks wherever months order the text. */
export type Role = 'background' | 'goals' | 'measures' | 'schedule'

const SCHEDULE =
  /(?:工作|具体|时间|活动|进度|实施|月份?|逐月|学期|全年|年度|日程|任务|计划|行动|推进)?(?:安排|日程|进度|行事历|月历|历|时间表|一览|推进表|计划表|配档表|步骤)(?:表)?$/
const GOALS = /目标(?!责任|管理)|指标|预期(?:成效|效果|成果)|愿景|目的$/
const BACKGROUND =
  /指导思想|背景|现状|基本情况|情况分析|现实分析|情况说明|回顾|意义|形势|前言|引言|概况|总体要求|总体思路|工作思路|基本原则|工作原则|依据|存在的?(?:主要)?(?:问题|困难)|问题分析|取得的?成绩|学情|指导方针|重要性|必要性/
const MEASURES =
  /措施|内容|任务|做法|举措|重点|要求|保障|职责|责任|分工|方法|途径|制度|工作|活动|机制|领导|服务|行动|事项|帮扶|关爱|方案|步骤|计划/

/** The role a heading announces, or null if it is no such word. A heading that names months is an arrangement whatever it says. */
export function roleOf(heading: string): Role | null {
  const text = bare(heading)
  if (text.length > 22) return null
  if (/措施|做法|举措/.test(text)) return 'measures'
  if (BACKGROUND.test(text)) return 'background'
  if (GOALS.test(text) && !/分工|责任/.test(text)) return 'goals'
  if (SCHEDULE.test(text)) return 'schedule'
  if (MEASURES.test(text)) return 'measures'
  return null
}

/** Without the brackets, marks and remarks around it: 【帮扶目标】, 工作安排(9—12月). */
function bare(heading: string): string {
  const inner = /^\(([^()]{2,20})\)$/.exec(heading)?.[1] ?? heading
  return inner.replace(/\([^)]*\)/g, '').replace(/[:。"]+$/g, '')
}

/** A heading that stands alone without a numeral: only the well-known names of parts count, any short line would be too many. */
export function isPlainHeading(heading: string): boolean {
  const text = bare(heading)
  return /^(?:(?:主要|工作|总体|具体|重点|时间|活动|进度|实施|月份?|日程|组织|保障|基本|本学期|本年度|全年|年度|学期|关爱|帮扶|逐月|各月|月度|责任|职责|任务|有关|相关|几点|长效|日常|常规|计划|一|二)*)(?:指导思想|背景|现状|情况(?:分析)?|目标|指标|措施|内容|任务|做法|举措|重点|要求|保障|安排|日程|进度|步骤|分工|职责|工作|行事历|月历|时间表|安排表|进度表|一览表|原则|意义|概况|思路|机制)(?:及措施|与措施|和措施|及安排|与要求|和要求|及要求)?$/.test(
    text,
  )
}
