import type { Kind } from '../values/kinds.ts'
import type { Clause, Sentence } from './clauses.ts'
import { sentencesOf } from './clauses.ts'
import type { Draft } from './drafts.ts'
import { finished, merged, mergeRows } from './drafts.ts'
import { readRates } from './goals.ts'
import type { Act } from './kinds.ts'
import { readActs } from './kinds.ts'
import type { Node } from './outline.ts'
import type { Part } from './parts.ts'
import { partsOf } from './parts.ts'
import type { Passage } from './passages.ts'
import { isPlainHeading } from './sections.ts'
import type { RhythmRead } from './rhythm.ts'
import { readCount, readRhythms, withCount } from './rhythm.ts'
import type { Piece } from './script.ts'
import type { PlanDuty } from './types.ts'

type State = {
  drafts: Draft[]
  /** A rhythm said in a clause of its own, waiting for its act. */
  waiting: { rhythms: RhythmRead[]; clause: Clause } | null
  /** The last rate of the sentence: “每学期家访两次,谈心四次” goes on with it. */
  period: RhythmRead['period']
  /** A place named as platform (以农家书屋为平台): what “全天候开放” later opens. */
  place: Kind | null
  seen: boolean
}

/** What the measures of a plan promise, again and again or continuously. Announcing lines count only when nothing below them acts. */
export function readDuties(passages: Passage[], source: string): PlanDuty[] {
  const drafts: Draft[] = []
  const acted = new Set<Node>()
  const headings: { passage: Passage; sentence: Sentence }[] = []
  for (const passage of passages) {
    if (passage.role === 'background' || passage.when) continue
    const sentences = sentencesOf(passage.piece)
    const before = drafts.length
    sentences.forEach((sentence, i) => {
      const next = sentences[i + 1]
      const numbered = i === 0 && announcesMore(passage, sentences.length)
      if ((numbered || namesPoint(sentence, next)) && isAnnouncement(sentence, passage)) {
        headings.push({ passage, sentence })
        return
      }
      const read = readSentence(sentence, passage)
      drafts.push(...read.drafts)
      if (read.seen) for (let n: Node | null = passage.owner; n; n = n.parent) acted.add(n)
    })
    if (passage.line && (sentences[0]?.piece.text.length ?? 9) <= 8) sayOnce(drafts, before, sentences[0]!)
  }
  for (const { passage, sentence } of headings)
    if (!acted.has(passage.owner) && passage.role !== 'schedule' && !isPlainHeading(sentence.piece.text))
      drafts.push(...readSentence(sentence, passage).drafts)
  return mergeRows(drafts)
    .flatMap((draft) => finished(draft, source))
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])
}

/** “一、每月入户。儿童主任每月5日前走访…”: the short head says when; what is said below it is the duty. */
function sayOnce(drafts: Draft[], from: number, head: Sentence): void {
  const first = drafts[from]
  if (first?.sentence !== head || !first.strict) return
  const again = drafts.slice(from + 1).filter((d) => d.act.kind === first.act.kind)
  if (again.length === 0) return
  for (const draft of again) if (draft.rhythms.length === 0) [draft.rhythms, draft.strict] = [first.rhythms, true]
  drafts.splice(from, 1)
}

/** A numbered line, or the first sentence of a paragraph that is a measure by itself, with more text after it. */
function announcesMore(passage: Passage, sentences: number): boolean {
  const leads = passage.line || passage.owner.style === 'root'
  return leads && (passage.announces || sentences > 1)
}

/** “二要结好对子。全村党员…”: a spoken point named first, then said. */
function namesPoint(sentence: Sentence, next: Sentence | undefined): boolean {
  const [only, more] = sentence.clauses
  return (
    only !== undefined &&
    more === undefined &&
    only.fresh &&
    only.text.length <= 12 &&
    next?.clauses[0]?.fresh === false
  )
}

/** “(一)建立档案和联系卡制度。” before its text is a heading: short, and without a rate of its own. */
function isAnnouncement(sentence: Sentence, passage: Passage): boolean {
  const rhythms = readRhythms(sentence.piece.text)
  if (sentence.listed || rhythms.some((r) => r.strict)) return false
  return sentence.piece.text.length <= (rhythms.every((r) => r.soft) ? 30 : passage.announces ? 16 : 8)
}

function readSentence(sentence: Sentence, passage: Passage): { drafts: Draft[]; seen: boolean } {
  const state: State = {
    drafts: [],
    waiting: null,
    period: null,
    place: placeNamed(passage.owner.line.text),
    seen: false,
  }
  sentence.clauses.forEach((clause, i) => readClause(clause, i, sentence, passage, state))
  if (state.waiting) attachBack(state, state.waiting.rhythms, state.waiting.clause)
  return { drafts: merged(state.drafts), seen: state.seen }
}

function readClause(clause: Clause, i: number, sentence: Sentence, passage: Passage, state: State): void {
  if (clause.fresh) [state.period, state.waiting] = [null, null]
  const rhythms = readRhythms(clause.text)
  const strict = rhythms.some((r) => r.strict)
  const parts = partsOf(clause.piece, false)
  if (parts.length > 0) state.seen = true
  if (rhythms.length === 0 && /率|覆盖|达到|不低于/.test(clause.text) && readRates(clause.text).length > 0) return
  if (clause.past || isLabel(sentence, i) || (passage.role === 'goals' && !rate(rhythms) && !state.period)) return
  const place = placeOf(clause.text)
  if (place) state.place = place
  const usable = parts.filter((part) => counts(part, clause, rhythms, state, hintOf(passage)))
  if (usable.length === 0) return readActless(clause, i, sentence, passage, rhythms, state)
  if (
    clause.means &&
    onlyMeans(clause.text) &&
    !strict &&
    (laterAct(sentence, i) || sentence.clauses.slice(i + 1).some((c) => c.past))
  )
    return
  if (usable.every((p) => setUp(p.act.kind, clause.text)) && !strict) return
  const opened = usable.find((p) => p.act.kind === 'station' || p.act.kind === 'reading')
  if (opened) state.place = opened.act.kind
  if (
    strict &&
    usable.every((p) => /^(?:授课|上课|集中|活动)/.test(clause.text.slice(p.act.start))) &&
    attachBack(state, rhythms, clause)
  )
    return
  addDrafts(usable, clause, sentence, passage, rhythms, state)
}

/** A clause of time alone, or one whose act is said only by its place (“全天候开放”) or festival (“开展热爱劳动”). */
function readActless(
  clause: Clause,
  i: number,
  sentence: Sentence,
  passage: Passage,
  rhythms: RhythmRead[],
  state: State,
): void {
  const strict = rhythms.some((r) => r.strict)
  // “…,每学期至少开展1场”: a count without an object belongs to the act before it
  const counted = /(?:次|回|场|期|堂|节|遍|封)(?:以上)?$|(?:不少于|至少|不低于)[^,]{0,8}$/.test(clause.text)
  if (strict && counted && attachBack(state, rhythms, clause)) return
  // “每学期家访两次,其中特殊学生每月一次”: the same act, more often for some
  const some = /^(?:对|其中)?[^,;。]{0,6}?(?:重点|贫困|困难|困境|特殊|问题|个别|单亲)[^,;。每]{0,8}/.test(clause.text)
  const again = state.drafts.at(-1)
  if (strict && counted && some && again) {
    state.drafts.push({ ...again, piece: clause.piece, clause, rhythms, opening: null, closing: null })
    return
  }
  const implied = impliedAct(clause, [...rhythms, ...(state.waiting?.rhythms ?? [])], state)
  if (implied && !clause.purpose) {
    state.seen = true
    addDrafts([{ act: implied, piece: clause.piece, from: 0 }], clause, sentence, passage, rhythms, state)
    return
  }
  if (rhythms.length === 0 || readActs(clause.text).some((a) => a.weight > 1)) return
  // “开设心理热线,全天候受理求助”: how long what was just named is open
  const last = state.drafts.at(-1)
  if (last && last.rhythms.length === 0 && rhythms.some((r) => 'continuous' in r.rhythm && !r.soft)) {
    last.rhythms = rhythms
    last.closing = clause.piece
    return
  }
  if (i < sentence.clauses.length - 1 || strict) state.waiting = { rhythms, clause }
}

function attachBack(state: State, rhythms: RhythmRead[], clause: Clause): boolean {
  const last = state.drafts.at(-1)
  if (!last || last.strict || !rhythms.some((r) => r.strict)) return false
  last.rhythms = rhythms
  last.strict = true
  last.closing = clause.piece
  state.waiting = null
  return true
}

function addDrafts(
  parts: Part[],
  clause: Clause,
  sentence: Sentence,
  passage: Passage,
  own: RhythmRead[],
  state: State,
): void {
  let rhythms = own
  let opening: Piece | null = null
  if (rhythms.length === 0 && state.waiting) {
    rhythms = state.waiting.rhythms
    opening = state.waiting.clause.piece
  }
  state.waiting = null
  const shared = rhythms.find((r) => r.period)?.period ?? null
  const period = shared ?? (clause.fresh ? null : state.period) ?? passage.hint.find((r) => r.period)?.period ?? null
  if (shared) state.period = shared
  for (const part of parts) {
    const count = parts.length > 1 || !shared ? readCount(part.piece.text) : null
    const counted = period && count !== null && !rhythms.some((r) => r.strict && !r.period)
    // “一月一谈、一季一访”: each part says its own
    const said = parts.length > 1 ? readRhythms(part.piece.text).filter((r) => r.period) : []
    const given: RhythmRead[] =
      said.length > 0
        ? said
        : counted
          ? [{ rhythm: withCount(period, count), strict: true, period }]
          : rhythms.length > 0
            ? rhythms
            : passage.hint
    const strict = given.some((r) => r.strict)
    state.drafts.push({
      act: part.act,
      piece: part.piece,
      clause,
      passage,
      sentence,
      rhythms: given,
      strict,
      opening,
      closing: null,
    })
  }
}

/** Whether an act is asked for here: not hoped for, not merely encouraged, not a container without time, not furniture of the sentence. */
function counts(part: Part, clause: Clause, rhythms: RhythmRead[], state: State, hint: RhythmRead[]): boolean {
  const timed = rhythms.length > 0 || state.waiting !== null || hint.length > 0
  const strict = rhythms.some((r) => r.strict) || (hint.length > 0 && !clause.purpose)
  if (part.act.weight === 1) return timed && !clause.purpose && doesSomething(clause.text)
  if (clause.purpose) return strict || (state.waiting?.rhythms.some((r) => r.strict && r.period) ?? false)
  if (clause.weak) return strict || (state.waiting?.rhythms.some((r) => r.strict) ?? false)
  return true
}

function doesSomething(text: string): boolean {
  return /开展|组织|举行|举办|进行|参加|安排|策划|搞好|活动(?:一次|\d次|两次)|次[^,]{0,12}(?:活动|教育)/.test(text)
}

/** One-off foundations: groups, plans and systems are set up once; they are no duty unless a rate is named. */
function setUp(kind: Kind, text: string): boolean {
  if (kind === 'organise' || kind === 'planning') return true
  return /(?:建立|健全|完善|形成|构建|制定|实施)[^,;。]{0,26}(?:制度|机制|体系|网络|办法|规定)(?:的建立)?$/.test(text)
}

function isLabel(sentence: Sentence, i: number): boolean {
  const clause = sentence.clauses[i]
  const next = sentence.clauses[i + 1]
  if (!clause || !next || i > 0 || clause.text.length > 14) return false
  const end = clause.piece.at.at(-1) ?? 0
  const colon = sentence.piece.at.findIndex((offset, k) => offset > end && sentence.piece.text.charAt(k) === ':')
  const upto = sentence.piece.at.findIndex((offset) => offset >= (next.piece.at[0] ?? 0))
  return (
    colon >= 0 &&
    colon < upto &&
    readRhythms(clause.text).every((r) => !r.strict) &&
    sentence.clauses.slice(1).some((c) => partsOf(c.piece, false).length > 0)
  )
}

/** “通过走访” is means alone; “利用广播宣传政策” does something with its means. */
function onlyMeans(text: string): boolean {
  return (
    /^(?:通过|经过|采取)|(?:阵地|平台|形式|方式|载体|契机|媒介|途径)$/.test(text) ||
    !/(?:宣传|开展|组织|举办|举行|进行|发放|放映|播放|观看|为)/.test(text)
  )
}

function laterAct(sentence: Sentence, i: number): boolean {
  return sentence.clauses
    .slice(i + 1)
    .some((c) => !c.past && !c.purpose && partsOf(c.piece, false).some((p) => p.act.weight > 1))
}

/** “以农家书屋为平台” names the place that the clauses after it open. */
function placeOf(text: string): Kind | null {
  return /^(?:以|利用|依托|借助|通过|将|把)/.test(text) ? placeNamed(text) : null
}

function placeNamed(text: string): Kind | null {
  if (/书屋|图书|阅览|阅读/.test(text)) return 'reading'
  return /活动室|驿站|之家|关爱室|服务站|活动中心|小屋|场所/.test(text) ? 'station' : null
}

function impliedAct(clause: Clause, rhythms: RhythmRead[], state: State): Act | null {
  const whole = { start: 0, end: clause.text.length, weight: 2 as const }
  if (state.place && /开放|值班|值守/.test(clause.text)) return { kind: state.place, ...whole }
  // a promise with a rate and a verb of doing is a duty even if its noun is new here; activity is the widest kind
  if (
    rhythms.some((r) => r.strict && r.period) &&
    /开展|组织|举办|举行|[次场届](?:的)?[^,;。]{2,10}$/.test(clause.text)
  )
    return { kind: 'activity', ...whole }
  const festive = rhythms.some((r) => 'festival' in r.rhythm)
  if (festive && /开展|组织|举行|举办|进行|庆祝|请|讲|参观|走进|观看|赠|陪|学/.test(clause.text))
    return { kind: 'activity', ...whole }
  return null
}

function rate(rhythms: RhythmRead[]): boolean {
  return rhythms.some((r) => r.strict && r.period)
}

function hintOf(passage: Passage): RhythmRead[] {
  return passage.hint
}
