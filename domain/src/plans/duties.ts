import type { Kind } from '../values/kinds.ts'
import type { Clause, Sentence } from './clauses.ts'
import { sentencesOf } from './clauses.ts'
import { readRates } from './goals.ts'
import type { Act } from './kinds.ts'
import { readActs } from './kinds.ts'
import type { Node, Row } from './outline.ts'
import type { Part } from './parts.ts'
import { partsOf } from './parts.ts'
import type { Passage } from './passages.ts'
import { isPlainHeading } from './sections.ts'
import { readResponsible, subjectOf } from './responsible.ts'
import type { RhythmRead } from './rhythm.ts'
import { readCount, readRhythms, withCount } from './rhythm.ts'
import type { Piece } from './script.ts'
import { spanOf } from './script.ts'
import type { PlanDuty, Rhythm } from './types.ts'

/** A duty on its way: still to be merged with its neighbours in the sentence. */
type Draft = {
  act: Act
  piece: Piece
  clause: Clause
  passage: Passage
  sentence: Sentence
  rhythms: RhythmRead[]
  strict: boolean
  /** Where quoting begins when a clause of time before it belongs to it, and ends when the next clause goes on with it. */
  opening: Piece | null
  closing: Piece | null
}

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
  }
  for (const { passage, sentence } of headings)
    if (!acted.has(passage.owner) && passage.role !== 'schedule' && !isPlainHeading(sentence.piece.text))
      drafts.push(...readSentence(sentence, passage).drafts)
  return mergeRows(drafts)
    .flatMap((draft) => finished(draft, source))
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])
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
  if (rhythms.some((r) => r.strict)) return false
  return sentence.piece.text.length <= (rhythms.every((r) => r.soft) ? 30 : passage.announces ? 16 : 8)
}

function readSentence(sentence: Sentence, passage: Passage): { drafts: Draft[]; seen: boolean } {
  const state: State = { drafts: [], waiting: null, period: null, place: null, seen: false }
  sentence.clauses.forEach((clause, i) => readClause(clause, i, sentence, passage, state))
  if (state.waiting) attachBack(state, state.waiting.rhythms)
  return { drafts: merged(state.drafts), seen: state.seen }
}

function readClause(clause: Clause, i: number, sentence: Sentence, passage: Passage, state: State): void {
  if (clause.fresh) [state.period, state.waiting] = [null, null]
  const rhythms = readRhythms(clause.text)
  const strict = rhythms.some((r) => r.strict)
  const parts = partsOf(clause.piece, false)
  if (parts.length > 0) state.seen = true
  if (rhythms.length === 0 && /率|覆盖/.test(clause.text) && readRates(clause.text).length > 0) return
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
    attachBack(state, rhythms)
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
  const implied = impliedAct(clause, rhythms, state)
  if (implied && !clause.purpose) {
    state.seen = true
    addDrafts([{ act: implied, piece: clause.piece, from: 0 }], clause, sentence, passage, rhythms, state)
    return
  }
  if (rhythms.length === 0 || readActs(clause.text).some((a) => a.weight > 1)) return
  const strict = rhythms.some((r) => r.strict)
  const counted = /次|回|不少于|至少|场|期$/.test(clause.text) && clause.text.length <= 18
  if (strict && counted && state.drafts.length > 0 && attachBack(state, rhythms)) return
  if (i < sentence.clauses.length - 1 || strict) state.waiting = { rhythms, clause }
}

function attachBack(state: State, rhythms: RhythmRead[]): boolean {
  const last = state.drafts.at(-1)
  if (!last || last.strict || !rhythms.some((r) => r.strict)) return false
  last.rhythms = rhythms
  last.strict = true
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
    const given: RhythmRead[] = counted
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
  if (clause.purpose) return strict
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
  return /^(?:通过|经过|采取)/.test(text) || !/(?:宣传|开展|组织|举办|举行|进行|发放|放映|播放|观看|为)/.test(text)
}

function laterAct(sentence: Sentence, i: number): boolean {
  return sentence.clauses
    .slice(i + 1)
    .some((c) => !c.past && !c.purpose && partsOf(c.piece, false).some((p) => p.act.weight > 1))
}

function placeOf(text: string): Kind | null {
  if (!/^(?:以|利用|依托|借助|通过|将|把)/.test(text)) return null
  if (/书屋|图书|阅览|阅读/.test(text)) return 'reading'
  return /活动室|驿站|之家|关爱室|服务站|活动中心|小屋|场所/.test(text) ? 'station' : null
}

function impliedAct(clause: Clause, rhythms: RhythmRead[], state: State): Act | null {
  const whole = { start: 0, end: clause.text.length, weight: 2 as const }
  if (state.place && /开放|值班|值守/.test(clause.text)) return { kind: state.place, ...whole }
  // a promise with a rate and a verb of doing is a duty even if its noun is new here; activity is the widest kind
  if (rhythms.some((r) => r.strict && r.period) && /开展|组织|举办|举行/.test(clause.text))
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

const CONTENT = new Set<Kind>(['lecture', 'film', 'activity', 'publicity', 'talk', 'study', 'counselling', 'reading'])

/** Within one sentence the same kind is one duty, the one that says when; a clause that fills a container is part of it. */
function merged(drafts: Draft[]): Draft[] {
  const kept: Draft[] = []
  for (const draft of drafts) {
    const previous = kept.at(-1)
    const same = kept.find((k) => k.act.kind === draft.act.kind && !differ(k, draft) && !draft.clause.fresh)
    if (
      same &&
      (draft.rhythms.length === 0 ||
        draft.strict === same.strict ||
        opensOnly(same) ||
        opensOnly(draft) ||
        draft.act.weight < 3)
    ) {
      if (draft.strict && !same.strict) kept[kept.indexOf(same)] = draft
      else if (same === previous && follows(same, draft)) same.closing = draft.piece
      continue
    }
    if (
      previous?.act.weight === 1 &&
      previous.rhythms.length > 0 &&
      draft.rhythms.length === 0 &&
      CONTENT.has(draft.act.kind) &&
      !draft.clause.fresh
    )
      continue
    if (
      previous?.act.kind === 'visit' &&
      draft.act.kind === 'aid' &&
      draft.rhythms.length === 0 &&
      /送|发放|赠/.test(draft.clause.text)
    )
      continue
    if (
      previous?.act.kind === 'meeting' &&
      draft.rhythms.length === 0 &&
      /^(?:进行|交流|总结|听取|研究|讨论|通报|部署|分析|共同)/.test(draft.clause.text)
    )
      continue
    kept.push(draft)
  }
  return kept
}

function follows(a: Draft, b: Draft): boolean {
  const { clauses } = a.sentence
  return clauses.indexOf(b.clause) === clauses.indexOf(a.clause) + 1 && b.piece.text.length + a.piece.text.length <= 120
}

/** “开通亲情电话” before “每周通话一次” only opens what the other clause asks for. */
function opensOnly({ clause, strict }: Draft): boolean {
  return (
    !strict &&
    /^[^,]{0,6}?(?:开展|实行|坚持|建立|设立|开通|落实|做好|抓好|推行|开设|组织开展|安排|完善|健全|举办|搭建)/.test(
      clause.text,
    )
  )
}

/** Both say when, and not the same: two duties of one kind (每学期家访两次,节假日慰问走访). */
function differ(a: Draft, b: Draft): boolean {
  const timed = (d: Draft): boolean => d.rhythms.length > 0
  const loose = (d: Draft): boolean => d.rhythms.every((r) => r.soft)
  const words = (d: Draft): string => JSON.stringify(d.rhythms.map((r) => r.rhythm))
  if (loose(a) !== loose(b) && !a.strict && !b.strict) return false
  return timed(a) && timed(b) && words(a) !== words(b)
}

/** Cells of one row name the same work twice (name and content): the first is kept. */
function mergeRows(drafts: Draft[]): Draft[] {
  const named = new Map<Row, { kind: Kind; passage: Passage }[]>()
  return drafts.filter(({ act, passage }) => {
    if (!passage.row) return true
    const before = named.get(passage.row) ?? []
    named.set(passage.row, before)
    const again = before.some((b) => b.kind === act.kind && b.passage !== passage)
    before.push({ kind: act.kind, passage })
    return !again
  })
}

function finished(draft: Draft, source: string): PlanDuty[] {
  const opening = draft.opening ? spanOf(draft.opening) : null
  const own = spanOf(draft.piece)
  const from = opening && opening[0] < own[0] && own[1] - opening[0] <= 200 ? opening[0] : own[0]
  const span: [number, number] = [from, draft.closing ? Math.max(own[1], spanOf(draft.closing)[1]) : own[1]]
  const quote = source.slice(span[0], span[1])
  const rhythms: Rhythm[] = draft.rhythms.length > 0 ? chosen(draft.rhythms) : [{ unspecified: true }]
  const { kind } = draft.act
  const context = draft.sentence.clauses
    .filter((c) => (c.piece.at[0] ?? 0) <= (draft.piece.at[0] ?? 0))
    .map((c) => c.text)
    .join(',')
  const opens = draft.sentence.clauses[0]?.text ?? ''
  const responsible =
    readResponsible(draft.clause.text, draft.act.start) ??
    draft.passage.who ??
    readResponsible(opens, Math.min(opens.length, 14))
  return rhythms.map((rhythm) => ({
    title: titleOf(quote),
    kind,
    measure: draft.passage.path,
    subject: subjectOf(kind, context),
    rhythm,
    responsible: kind === 'meals' ? (responsible ?? 'canteen') : responsible,
    quote,
    span,
  }))
}

/** Several strict rhythms stand side by side (festivals); otherwise one. */
function chosen(rhythms: RhythmRead[]): Rhythm[] {
  const strict = rhythms.filter((r) => r.strict)
  return (strict.length > 0 ? strict : rhythms.slice(0, 1)).map((r) => r.rhythm)
}

const TITLE_LENGTH = 28

/** A short name from the plan's own words: nothing is added, only the approach to the act is left out. */
export function titleOf(quote: string): string {
  const words = quote.replace(/\s+/g, '').replace(/\|+/g, ' ')
  const core = words.replace(/^(?:要求|要|并|积极|认真|努力|切实|继续|进一步|同时)+/, '')
  const text = core.length > 1 ? core : words
  return text.length <= TITLE_LENGTH ? text : `${text.slice(0, TITLE_LENGTH - 1)}…`
}
