import type { Indicator } from '../values/indicators.ts'
import { sentencesOf, trimmed } from './clauses.ts'
import { readShare } from './numerals.ts'
import type { Passage } from './passages.ts'
import type { Piece } from './script.ts'
import { cut, spanOf } from './script.ts'
import type { PlanGoal } from './types.ts'

/** What stands before 率 or 全覆盖 and which indicator it is. The nearest word wins: 结对帮扶率 is pairing. */
const NAMES: [Indicator, RegExp][] = [
  ['dossier_rate', /建档(?:立卡)?|档案(?:建立|完整|完善|健全)?|一人一档|建卡|台账/],
  ['enrolment_rate', /入学|就学|升学|入园/],
  ['retention_rate', /巩固|在校|控辍保学|留校|保学/],
  ['material_aid_rate', /物质(?:帮助|帮扶|资助|救助)|物资(?:帮助|帮扶|资助)?|生活救助|资助|救助/],
  ['psych_screening_rate', /心理(?:健康)?(?:测评|测试|筛查|普查|普测|评估|监测)/],
  ['pairing_rate', /结对(?:帮扶)?|帮扶(?:责任人)?|包保|配对/],
  ['visit_rate', /家访|走访|探访|入户|访视|见面/],
  ['talk_rate', /谈心(?:谈话)?|谈话/],
  ['call_rate', /亲情(?:联系|通话|电话|视频|联络)?|通话|亲子联系|视频联系|与父母联系/],
  ['activity_rate', /活动(?:参与|参加)?|(?<!培训|讲座|学校|课堂)(?:参与|参加)/],
]

const SHARE =
  '(?:\\d{1,3}(?:\\.\\d{1,2})?%|百分之(?:百|[零〇一二两三四五六七八九十百]{1,5}|\\d{1,3})(?:点[一二三四五六七八九])?|百分百|[一二三四五六七八九十\\d]成(?:[一二三四五六七八九半](?!为))?)'
const TOKEN = new RegExp(
  `(?<share>${SHARE})|(?<cover>全覆盖|全员覆盖|全部覆盖)|(?<rate>率(?!先|领|队)|满意度|覆盖面|覆盖率|参与面|受助面|走访面|入户面)|(?<parted>分别)|(?<below>以内|以下|不超过|不高于|低于(?<!不低于)|控制在)`,
  'g',
)
/** How content people are, or how well they know it, is no share of children reached: 帮扶对象满意度. */
const OPINION = /(?:满意|知晓|认可)(?:率|度)?$/
/** Rates that count what should not happen: their target is no share to reach. */
const NEGATIVE = /(?:辍学|失学|流失|违法|犯罪|事故|投诉|发生)$/

export type Rate = { indicator: Indicator | null; target: number; from: number; to: number }

/** Every rate with a number in a text: “入学率、巩固率均达100%” gives two with the same place. */
export function readRates(text: string): Rate[] {
  const rates: Rate[] = []
  let pending: { indicator: Indicator | null; from: number; negative: boolean }[] = []
  let queue: typeof pending = []
  let parted = false
  let previous = 0
  for (const token of text.matchAll(TOKEN)) {
    const at = token.index
    const end = at + token[0].length
    const groups = token.groups ?? {}
    if (groups.parted) parted = true
    else if (groups.rate) {
      if (queue.length > 0) [pending, queue, parted] = [[], [], false]
      const from = nameStart(text, previous, at)
      pending.push({
        indicator: indicatorOf(text.slice(from, token[0] === '满意度' ? end : at)),
        from,
        negative: NEGATIVE.test(text.slice(from, at)),
      })
      previous = end
    } else if (groups.share || groups.cover) {
      const target = readShare(groups.cover ? '全覆盖' : token[0])
      if (target === null) continue
      if (parted && queue.length === 0 && pending.length > 1) [queue, pending] = [pending, []]
      const next = parted ? queue.shift() : undefined
      const named = next ? [next] : pending.length > 0 ? pending : unnamed(text, previous, at, end)
      for (const n of named)
        if (!n.negative) rates.push({ indicator: n.indicator, target, from: n.from, to: endOf(text, end) })
      if (!next) pending = []
      previous = end
    }
  }
  return rates
}

/** A share without the word 率: “建档达到100%”, “100%建档”, “档案全覆盖”. Percentages of anything else are no rate. */
function unnamed(
  text: string,
  previous: number,
  at: number,
  end: number,
): { indicator: Indicator | null; from: number; negative: boolean }[] {
  const from = nameStart(text, previous, at)
  const before = indicatorOf(text.slice(from, at))
  if (before) return [{ indicator: before, from, negative: false }]
  const after = /^(?:以上)?(?:的)?[^,;。]{0,12}/.exec(text.slice(end))?.[0] ?? ''
  const behind = indicatorOf(after)
  return behind ? [{ indicator: behind, from: at, negative: false }] : []
}

function nameStart(text: string, previous: number, at: number): number {
  const slice = text.slice(previous, at)
  const edge = slice.search(/[,;。:、][^,;。:、]*$/)
  return previous + edge + 1
}

function endOf(text: string, end: number): number {
  return /^(?:以上|及以上|左右)/.exec(text.slice(end))?.[0].length
    ? end + (/^(?:及?以上|左右)/.exec(text.slice(end))?.[0].length ?? 0)
    : end
}

function indicatorOf(words: string): Indicator | null {
  if (OPINION.test(words)) return null
  let best: { indicator: Indicator; end: number; length: number } | null = null
  for (const [indicator, name] of NAMES)
    for (const hit of words.matchAll(new RegExp(name, 'g'))) {
      const end = hit.index + hit[0].length
      if (!best || end > best.end || (end === best.end && hit[0].length > best.length))
        best = { indicator, end, length: hit[0].length }
    }
  return best?.indicator ?? null
}

const LONGEST = 240
const AIMS = /力争|确保|实现|达到|到\d{0,4}年?\d{0,2}月?[^,;。]{0,4}底|年底前?/

/** Aims of a plan: each rate by itself wherever it stands, each numbered item of the goals, and unnumbered prose of goals without items. */
export function readGoals(passages: Passage[], source: string): PlanGoal[] {
  const goals: PlanGoal[] = []
  const numbered = new Set(passages.filter((p) => p.role === 'goals' && p.numbered && !isLabel(p)).map((p) => top(p)))
  for (const passage of passages) {
    if (passage.role === 'background') {
      // “到年底,建档率达到100%” is an aim also where the heading is 总体要求
      if (passage.owner.role === 'background')
        for (const sentence of sentencesOf(passage.piece))
          if (AIMS.test(sentence.piece.text) && !sentence.clauses.some((c) => c.past))
            addRates(goals, sentence.piece, source)
      continue
    }
    const before = goals.length
    for (const sentence of sentencesOf(passage.piece)) {
      if (sentence.clauses.some((c) => c.past)) continue
      addRates(goals, sentence.piece, source)
    }
    if (passage.role !== 'goals' || goals.length > before || passage.row) continue
    if (isLabel(passage)) continue
    if (passage.numbered) goals.push(goal(short(trimmed(passage.piece)), null, null, source))
    else if (!numbered.has(top(passage)))
      for (const { piece } of sentencesOf(passage.piece))
        if (piece.text.length >= 8 && !piece.text.endsWith('如下'))
          goals.push(goal(short(withoutLead(piece)), null, null, source))
  }
  return goals
}

/** A heading above aims, such as “(一)总体目标”, is not one itself. */
function isLabel(passage: Passage): boolean {
  return (
    passage.announces ||
    passage.piece.text.length < 4 ||
    /^[^,。;]{0,8}(?:目标|指标)(?:任务)?[:。]?$/.test(passage.piece.text)
  )
}

function top(passage: Passage): unknown {
  let node = passage.owner
  while (node.parent && node.parent.style !== 'root' && node.parent.role === 'goals') node = node.parent
  return node
}

function addRates(goals: PlanGoal[], sentence: Piece, source: string): void {
  for (const rate of readRates(sentence.text)) {
    const from = clauseStart(sentence.text, rate.from)
    const to = Math.min(Math.max(rate.to, from + 1), sentence.text.length)
    goals.push(goal(short(trimmed(cut(sentence, from, to))), rate.indicator, rate.target, source))
  }
}

function clauseStart(text: string, at: number): number {
  const edge = text.slice(0, at).search(/[,;。:][^,;。:]*$/)
  return at === 0 ? 0 : edge + 1
}

function withoutLead(piece: Piece): Piece {
  const lead = /^(?:同时|此外|另外),?/.exec(piece.text)?.[0].length ?? 0
  return lead > 0 && lead < piece.text.length ? cut(piece, lead) : piece
}

function short(piece: Piece): Piece {
  if (piece.text.length <= LONGEST) return piece
  const edge = Math.max(
    piece.text.lastIndexOf('。', LONGEST),
    piece.text.lastIndexOf(';', LONGEST),
    piece.text.lastIndexOf(',', LONGEST),
  )
  return cut(piece, 0, edge > 20 ? edge : LONGEST)
}

function goal(piece: Piece, indicator: Indicator | null, target: number | null, source: string): PlanGoal {
  const span = spanOf(piece)
  const quote = source.slice(span[0], span[1])
  return { text: quote.replace(/\s+/g, ''), indicator, target, quote, span }
}
