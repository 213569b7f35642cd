// The child's number against what the cells say.

import { isTrustworthy, parseIdentityNumber } from '../identity_numbers.ts'
import type { Sex } from '../values/sex.ts'
import type { Column } from './column.ts'
import { ask, report, type Draft } from './draft.ts'
import type { Attribute } from './heads.ts'

/** Lets a number with a fitting check digit fill an empty birth day and speak against what the cells say. */
export function compareWithIdentity(draft: Draft, columns: readonly Column[]): void {
  const { child } = draft
  const number = child.id_no ? parseIdentityNumber(child.id_no) : null
  const trusted =
    isTrustworthy(number) && !draft.issues.some((known) => known.code === 'id_no_checksum') ? number : null
  const columnOf = (attribute: Attribute) =>
    columns.find(
      (column) => column.attributes[0] === attribute && (column.owner === null || column.owner === 'child'),
    ) ?? null
  settleId(draft, columnOf('id_no'))
  settleBorn(draft, columnOf('born_on'), trusted)
  settleSex(draft, columnOf('sex'), trusted)
}

type Trusted = { born_on: string; sex: Sex } | null

function settleId(draft: Draft, column: Column | null): void {
  const wrong = draft.issues.find((known) => known.code === 'id_no_checksum')
  if (!wrong) return
  const { choice, severity } = ask(draft, column, 'id_no_checksum', wrong.raw, 'keep', ['keep', 'leave_empty'])
  wrong.severity = severity
  if (choice === 'leave_empty') draft.child.id_no = null
}

function settleBorn(draft: Draft, column: Column | null, trusted: Trusted): void {
  const { child } = draft
  const choices = (child.facts['born_on_choices'] as readonly string[] | undefined) ?? []
  const visible = child.facts['born_on_visible'] as string | undefined
  delete child.facts['born_on_choices']
  delete child.facts['born_on_visible']
  const doubt = draft.issues.find((known) => known.code === 'born_on_ambiguous' || known.code === 'born_on_unreadable')
  if (doubt?.code === 'born_on_ambiguous') {
    // The number of the child decides for its own row; the answer decides for rows without such a witness.
    const shown = choices.find((choice) => (trusted?.born_on ?? visible)?.startsWith(choice))
    const { choice, index, severity } = ask(
      draft,
      column,
      'born_on_ambiguous',
      doubt.raw,
      shown ?? choices[0] ?? null,
      [...choices, 'leave_empty'],
    )
    doubt.severity = severity
    child.born_on = shown ?? (choice === 'leave_empty' ? null : (choices[Math.max(0, index)] ?? null))
  } else if (doubt) {
    const { choice, severity } = ask(
      draft,
      column,
      'born_on_unreadable',
      doubt.raw,
      trusted ? 'use_id_no' : 'leave_empty',
      ['use_id_no', 'leave_empty'],
    )
    doubt.severity = severity
    child.born_on = trusted && choice !== 'leave_empty' ? trusted.born_on : null
    if (choices[0]) child.facts['born_on_partial'] = choices[0]
  } else if (trusted && child.born_on === null) child.born_on = trusted.born_on
  else if (trusted && child.born_on !== null && !trusted.born_on.startsWith(child.born_on)) {
    const { choice, severity } = ask(draft, column, 'born_on_conflicts_id_no', draft.bornRaw, 'keep_cell', [
      'keep_cell',
      'use_id_no',
    ])
    report(draft, 'born_on', 'born_on_conflicts_id_no', severity, draft.bornRaw)
    if (choice === 'use_id_no') child.born_on = trusted.born_on
  }
}

function settleSex(draft: Draft, column: Column | null, trusted: Trusted): void {
  const { child } = draft
  const unreadable = draft.issues.find((known) => known.code === 'sex_unreadable')
  if (unreadable) {
    const { choice, severity } = ask(
      draft,
      column,
      'sex_unreadable',
      unreadable.raw,
      trusted ? 'use_id_no' : 'leave_empty',
      ['use_id_no', 'leave_empty'],
    )
    unreadable.severity = severity
    if (trusted && choice === 'use_id_no') child.sex = trusted.sex
  } else if (trusted && child.sex !== null && child.sex !== trusted.sex) {
    const { choice, severity } = ask(draft, column, 'sex_conflicts_id_no', draft.sexRaw, 'keep_cell', [
      'keep_cell',
      'use_id_no',
    ])
    report(draft, 'sex', 'sex_conflicts_id_no', severity, draft.sexRaw)
    if (choice === 'use_id_no') child.sex = trusted.sex
  } else if (trusted && child.sex === null) child.facts['sex_by_id_no'] = trusted.sex
}
