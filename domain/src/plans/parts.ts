import type { Act } from './kinds.ts'
import { readActs } from './kinds.ts'
import { meansEnd } from './clauses.ts'
import type { Piece } from './script.ts'
import { cut } from './script.ts'
import { trimmed } from './clauses.ts'

/** One act of a clause and the words it is read from. */
export type Part = { act: Act; piece: Piece; from: number }

const JOINS = /、|和|及|以及|与|并|同时|或|\/|;/
/** 每周至少与孩子通话: the word before a person joins no acts. */
const WITH =
  /[与和](?=(?:留守|外出|在外|务工|帮扶|结对|其|自己)?的?(?:孩子|儿童|学生|子女|父母|家长|爸|妈|监护人|对象|老师|教师|班主任))/g
/** A noun phrase or verb that can only begin something new: tells “工作总结|留守儿童档案整理” from “结对帮扶|座谈会”. */
const STARTS =
  /^[的等]?(?:活动|工作|情况|会)?(?=留守|儿童|学生|对|为|开展|组织|召开|建立|举办|举行|做好|完善|进行|成立|制定|制订|落实|继续|发放|整理|撰写|更新|确定|启动|走访|慰问|收集|上报|开通|档案|工作总结)(?!儿童(?:之家|主任|节|驿站)|学生会|工作总结会)/

/**
 * The acts a clause asks for. “家访和谈心” are two, “家庭教育讲座” and “走访摸底” are one: coordination needs a joining word
 * between two acts of different kinds. With `runTogether` two noun phrases written without any mark are two as well
 * (“工作总结留守儿童档案整理”), as month lists write them.
 */
export function partsOf(piece: Piece, runTogether: boolean): Part[] {
  const means = meansEnd(piece.text)
  const acts = readActs(piece.text)
  const main = acts.filter((a) => a.start >= means)
  const pool = means > 0 && main.length > 0 ? main : acts
  const last = pool.at(-1)
  if (!last) return []
  if (means > 0 && main.length === 0) return [{ act: heaviest(pool), piece, from: 0 }]
  const groups = grouped(piece.text, pool, runTogether)
  if (groups.length === 1) return [{ act: headOf(piece.text, groups[0] ?? pool), piece, from: 0 }]
  if (listUnderHead(piece.text, groups)) {
    const head = headOf(piece.text, groups.at(-1) ?? pool)
    // “…等志愿服务活动” adds nothing to what it lists; “…等结对帮扶活动” says what the list is for
    if (head.kind !== 'activity') return [{ act: head, piece, from: 0 }]
    groups.pop()
    const only = groups[0]
    if (only && groups.length === 1) return [{ act: headOf(piece.text, only), piece, from: 0 }]
  }
  let from = 0
  return groups.map((group, k) => {
    const next = groups[k + 1]?.[0]
    const end = group.at(-1)?.end ?? from
    const [to, resume] = next ? boundary(piece.text, end, next.start) : [piece.text.length, piece.text.length]
    const part: Part = { act: headOf(piece.text, group), piece: trimmed(cut(piece, from, to)), from }
    from = resume
    return part
  })
}

function heaviest(acts: Act[]): Act {
  return [...acts].sort((a, b) => b.weight - a.weight || b.start - a.start)[0] as Act
}

/** Neighbouring acts that share a joining word are apart; those without one describe a single act, whose head stands last. */
function grouped(text: string, acts: Act[], runTogether: boolean): Act[][] {
  const groups: Act[][] = []
  for (const act of acts) {
    const group = groups.at(-1)
    const previous = group?.at(-1)
    if (!group || !previous) {
      groups.push([act])
      continue
    }
    const between = text.slice(previous.end, act.start).replace(WITH, '对')
    const apart =
      JOINS.test(between) ||
      (previous.kind !== act.kind && /^[和与]/.test(text.slice(act.start))) ||
      (runTogether && STARTS.test(text.slice(previous.end))) ||
      hasOwnCount(text, previous, act)
    if (!apart || (previous.kind === act.kind && !newVerb(between, text.slice(act.start)))) group.push(act)
    else groups.push([act])
  }
  return groups
}

/** “一次家访两次谈心”: each with a number of its own. */
function hasOwnCount(text: string, previous: Act, act: Act): boolean {
  return (
    previous.kind !== act.kind && /[一二两三四五六\d](?:至\d)?[次场回期]$/.test(text.slice(previous.end, act.start))
  )
}

const VERB = /(?:召开|开展|组织|举办|举行|建立|开通|完成|做好|撰写|制定|进行|落实|发放|完善|更新|整理|启动|继续|设立)/
function newVerb(between: string, act: string): boolean {
  return VERB.test(between) || (between !== '' && new RegExp(`^${VERB.source}`).test(act))
}

/** “开展谈心、家访等结对帮扶活动”: the list only illustrates the act that closes it. “…等活动” closes nothing. */
function listUnderHead(text: string, groups: Act[][]): boolean {
  const last = groups.at(-1)?.at(-1)
  const before = groups.at(-2)?.at(-1)
  const group = groups.at(-1)
  if (!last || !before || !group) return false
  const first = group[0] ?? last
  if (group.length > 1) return /等/.test(text.slice(first.end, last.start))
  return /等(?:多种|各种|各类|系列)?[^、]{0,4}$/.test(text.slice(before.end, last.start))
}

/** The head of acts written as one: the last of the heaviest, except a container. */
function headOf(text: string, group: Act[]): Act {
  const top = Math.max(...group.map((a) => a.weight))
  const heavy = group.filter((a) => a.weight === top)
  const first = heavy[0] as Act
  const last = heavy.at(-1) as Act
  // verb after verb (走访…了解情况): the first is what is done, the second what for
  return /^(?:了解|掌握|进行(?:交流)?|交流)/.test(text.slice(last.start)) && last !== first ? first : last
}

/** Between two acts: where the first ends and the second begins, on both sides of the joining word. */
function boundary(text: string, from: number, to: number): [number, number] {
  const between = text.slice(from, to).replace(WITH, '对')
  const join = /[、;]|以及|和|及|与|并|同时|或|\//.exec(between)
  if (join) return [from + join.index, from + join.index + join[0].length]
  if (/^[和与]/.test(text.slice(to))) return [to, to + 1]
  const rest = STARTS.exec(text.slice(from))
  const at = rest ? from + rest[0].length : to
  return [at, at]
}
