import type { Kind } from '../values/kinds.ts'
import type { Clause, Sentence } from './clauses.ts'
import type { Act } from './kinds.ts'
import type { Row } from './outline.ts'
import type { Passage } from './passages.ts'
import { readResponsible, subjectOf } from './responsible.ts'
import type { RhythmRead } from './rhythm.ts'
import type { Piece } from './script.ts'
import { spanOf } from './script.ts'
import type { PlanDuty, Rhythm } from './types.ts'

/** A duty on its way: still to be merged with its neighbours in the sentence. */
export type Draft = {
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

const CONTENT = new Set<Kind>(['lecture', 'film', 'activity', 'publicity', 'talk', 'study', 'counselling', 'reading'])

/** Within one sentence the same kind is one duty, the one that says when; a clause that fills a container is part of it. */
export function merged(drafts: Draft[]): Draft[] {
  const kept: Draft[] = []
  for (const draft of drafts) {
    const previous = kept.at(-1)
    const same = kept.find((k) => k.act.kind === draft.act.kind && !differ(k, draft) && !draft.clause.fresh)
    if (
      same &&
      !anew(same, draft) &&
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

/** “每年组织一次体验日,每年组织过一次集体生日”: each says its own time and its own verb. */
function anew(a: Draft, b: Draft): boolean {
  const says =
    /^每(?:个)?(?:周|月|季度?|学期|学年|年)[^,]{0,8}?(?:组织|开展|举办|举行|召开)[^,]*[一两二三\d](?:次|场|回)/
  return (
    a.clause !== b.clause && a.clause.text !== b.clause.text && says.test(a.clause.text) && says.test(b.clause.text)
  )
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
export function mergeRows(drafts: Draft[]): Draft[] {
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

/** The duties of a draft: one for each of its rhythms, with quote, subject and whoever the words name. */
export function finished(draft: Draft, source: string): PlanDuty[] {
  const opening = draft.opening ? spanOf(draft.opening) : null
  const own = spanOf(draft.piece)
  const from = opening && opening[0] < own[0] && own[1] - opening[0] <= 200 ? opening[0] : own[0]
  const end = draft.closing ? Math.max(own[1], spanOf(draft.closing)[1]) : own[1]
  const span: [number, number] = [from, end - from <= 200 ? end : own[1]]
  const quote = source.slice(span[0], span[1])
  const rhythms: Rhythm[] = draft.rhythms.length > 0 ? chosen(draft.rhythms) : [{ unspecified: true }]
  const { kind } = draft.act
  const upto = draft.sentence.clauses.indexOf(draft.clause) + 1
  const context = draft.sentence.clauses
    .slice(Math.max(0, upto - 6), upto)
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
