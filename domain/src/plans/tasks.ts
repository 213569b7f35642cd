import type { Festival } from '../values/festivals.ts'
import { sentencesOf } from './clauses.ts'
import type { Kind } from '../values/kinds.ts'
import type { Clause } from './clauses.ts'
import { titleOf } from './drafts.ts'
import { readFestivals } from './festival_words.ts'
import type { Act } from './kinds.ts'
import type { TermSide, When } from './months.ts'
import { readWhen } from './months.ts'
import type { Node } from './outline.ts'
import { partsOf } from './parts.ts'
import type { Passage } from './passages.ts'
import { readRhythms } from './rhythm.ts'
import type { Piece } from './script.ts'
import { cut, spanOf } from './script.ts'
import { trimmed } from './clauses.ts'
import type { PlanTask, Span } from './types.ts'

export type Dated = { task: Omit<PlanTask, 'year_offset'>; when: When; row: unknown; owner: unknown; node: Node }
export type Unread = { text: string; span: Span }

/**
 * Splits what an arrangement puts into months into single acts. Passages that state a rate (每周…) are left to the duties.
 * `unread`: items in which no kind of work was recognised; they are shown to the person, never guessed.
 */
export function readTasks(
  passages: Passage[],
  source: string,
  side: TermSide,
): { tasks: Dated[]; unread: Unread[]; rest: Passage[] } {
  const tasks: Dated[] = []
  const unread: Unread[] = []
  const rest: Passage[] = []
  const announcing: Passage[] = []
  for (const passage of passages) {
    const dated = datedParagraph(passage, side)
    if (!passage.when && !dated) {
      rest.push(passage)
      continue
    }
    if (passage.announces && isHeadingOnly(passage)) announcing.push(passage)
    else readPassage(passage, source, side, tasks, unread, rest)
  }
  for (const passage of announcing)
    if (!tasks.some((t) => isUnder(t.node, passage.owner))) readPassage(passage, source, side, tasks, unread, rest)
  return { tasks: tasks.sort((a, b) => a.task.span[0] - b.task.span[0]), unread, rest }
}

function isUnder(node: Node, ancestor: Node): boolean {
  for (let n: Node | null = node; n; n = n.parent) if (n === ancestor) return true
  return false
}

/** The heading of a month with a stage name (“宣传发动阶段”) announces the items below and is none itself. */
function isHeadingOnly(passage: Passage): boolean {
  return !/[。;]/.test(passage.piece.text.slice(0, -1)) && passage.piece.text.length <= 24
}

/** A paragraph whose clauses begin with different months is an arrangement written as prose. */
function datedParagraph(passage: Passage, side: TermSide): boolean {
  if (passage.when || passage.role === 'background' || passage.role === 'goals') return false
  const months = new Set<number>()
  for (const sentence of sentencesOf(passage.piece))
    for (const clause of sentence.clauses) {
      const time = readWhen(clause.text, side)
      if (time && !time.point && !clause.past && !readRhythms(clause.text.slice(time.length)).some((r) => r.period))
        months.add(time.month)
    }
  return months.size >= 2 || (months.size === 1 && passage.role === 'schedule')
}

function readPassage(
  passage: Passage,
  source: string,
  side: TermSide,
  tasks: Dated[],
  unread: Unread[],
  rest: Passage[],
): void {
  let time = passage.when
  let festivals: Festival[] = []
  let found = 0
  for (const sentence of sentencesOf(passage.piece)) {
    for (const [i, clause] of sentence.clauses.entries()) {
      if (namesRate(clause, sentence.clauses[i + 1], passage)) continue
      const start = readWhen(clause.text, side)
      const own = start?.point && passage.when ? null : start
      let { piece } = clause
      if (own) {
        time = own
        festivals = []
        piece = trimmed(cut(clause.piece, own.length))
      }
      if (!time || time.impossible || piece.text === '') continue
      const named = readFestivals(clause.text).map((f) => f.festival)
      if (isRate(clause)) {
        rest.push({ ...passage, piece: clause.piece, when: null, announces: false })
        found++
        continue
      }
      const acts = actsOf(clause, piece, named)
      if (acts.length === 0 && named.length > 0) festivals = named
      for (const { act, piece: words } of acts) {
        found++
        const days = named.length > 0 ? named : festivals
        if (goesOn(tasks, act, words, days, passage, clause, source)) continue
        for (const festival of days.length > 0 ? days : [null])
          tasks.push(dated(act, words, time, festival, passage, source))
      }
    }
  }
  if (found === 0 && time && !time.impossible && passage.piece.text.length >= 4 && !passage.row) {
    const span = spanOf(passage.piece)
    unread.push({ text: source.slice(span[0], span[1]), span })
  }
}

function isRate(clause: Clause): boolean {
  const rhythms = readRhythms(clause.text)
  if (rhythms.some((r) => 'festival' in r.rhythm) && /必须|必访|每逢/.test(clause.text)) return true
  return rhythms.some((r) => r.period) && /每|周周|月月|天天|[一两]周一/.test(clause.text)
}

/** “通话一次:每两周…”: the label of what the clause after it owes again and again. */
function namesRate(clause: Clause, next: Clause | undefined, passage: Passage): boolean {
  if (!next || clause.text.length > 8 || !isRate(next)) return false
  const end = clause.piece.at.at(-1) ?? 0
  return passage.piece.text.charAt(passage.piece.at.findIndex((at) => at > end)) === ':'
}

function actsOf(clause: Clause, piece: Piece, festivals: Festival[]): { act: Act; piece: Piece }[] {
  if (clause.past || (clause.purpose && !/^(?:推进|实现|促进)?[^,]{0,4}$/.test(clause.text))) return []
  const parts = partsOf(piece, true)
  if (parts.length > 0) return parts
  // an item of an arrangement that says “hold” or “organise” is an activity when its noun is new here
  const held = /(?:开展|组织|举行|举办|参加|承办|开办)[^,;。]{2,}/.test(piece.text) && !piece.text.endsWith('工作')
  if (held || (festivals.length > 0 && piece.text.length >= 5))
    return [
      { act: { kind: 'activity', weight: festivals.length > 0 ? 2 : 1, start: 0, end: piece.text.length }, piece },
    ]
  return []
}

/** Kinds whose every mention is an occasion of its own: 清明祭扫,春季运动会. */
const EVENTFUL = new Set<Kind>(['activity', 'lecture', 'film', 'meeting', 'visit', 'call', 'publicity'])

/**
 * The same kind again in the same item is one task when it only elaborates (“成立小组,明确职责”): its words join the quote.
 * Another festival, a list (、；) or another sentence makes it a task of its own.
 */
function goesOn(
  tasks: Dated[],
  act: Act,
  words: Piece,
  festivals: Festival[],
  passage: Passage,
  clause: Clause,
  source: string,
): boolean {
  // items of one row or paragraph lie together: nothing further back needs to be looked at
  const same = tasks
    .slice(-40)
    .findLast((t) => t.task.kind === act.kind && (passage.row ? t.row === passage.row : t.owner === passage.piece))
  if (!same || (festivals.length > 0 && same.task.festival !== null && !festivals.includes(same.task.festival)))
    return false
  // Another cell of the row names the same work again; in one cell things stand beside each other as anywhere.
  if (passage.row && same.owner !== passage.piece) return true
  if (EVENTFUL.has(act.kind) && act.weight > 1) return false
  const start = words.at[0] ?? 0
  const before = passage.piece.text.slice(0, passage.piece.at.indexOf(start)).slice(-6)
  if (act.weight > 1 && (/[、;。]/.test(before) || clause.fresh)) return false
  const end = spanOf(words)[1]
  if (end - same.task.span[0] <= 120 && end > same.task.span[1]) {
    same.task.span = [same.task.span[0], end]
    same.task.quote = source.slice(same.task.span[0], end)
  }
  return true
}

function dated(act: Act, words: Piece, time: When, festival: Festival | null, passage: Passage, source: string): Dated {
  const span = spanOf(words)
  const quote = source.slice(span[0], span[1])
  return {
    task: { title: titleOf(quote), kind: act.kind, month: time.month, festival, quote, span },
    when: time,
    row: passage.row,
    owner: passage.piece,
    node: passage.owner,
  }
}

/** Sets the year of each task: months that come after the turn of the year in a plan that began the year before count one more. */
export function withYears(tasks: Dated[]): PlanTask[] {
  const first = tasks[0]
  if (!first) return []
  const start = first.when.first
  const drops = tasks.filter((t, i) => i > 0 && t.task.month < (tasks[i - 1]?.task.month ?? 0)).length
  const turns = drops <= 1 || (tasks.at(-1)?.task.month ?? 12) < start
  const base = tasks.find((t) => t.when.year !== null)
  return tasks.map(({ task, when }) => {
    const stated =
      when.year !== null && base?.when.year
        ? when.year - base.when.year + (base === first ? 0 : offset(base.task.month, start, turns))
        : null
    return { ...task, year_offset: stated ?? (when.nextYear ? 1 : offset(task.month, start, turns)) }
  })
}

function offset(month: number, start: number, turns: boolean): number {
  return turns && month < start ? 1 : 0
}
