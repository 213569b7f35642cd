// What goes into a document: the data of its kind, whom it names, and which parts of them stand in it in clear.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { documentKinds, ledgerGroup } from '@nuanyang/contract/documents.kinds.ts'
import type { RegistrationForm } from '@nuanyang/contract/documents.printed.ts'
import { relationText, type LedgerChild } from '@nuanyang/domain/ledgers.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { layoutOf } from './documents.columns.ts'
import { cardsOf } from './documents.cards.ts'
import { formSchooling, ledgerChild } from './documents.ledger_child.ts'
import { ledgerRows } from './documents.ledger_rows.ts'
import { numbers } from './documents.numbers.ts'
import { enrolmentExtract, roster } from './documents.rosters.ts'
import { scopeOf, type Scope } from './documents.scope.ts'
import { filesOf, inClear, paperOf, type Taken } from './documents.taken.ts'
import { ledgerTable, type LedgerPaper } from './ledger.ts'

export async function collect(ctx: Ctx, body: NewDocument): Promise<Taken> {
  const scope = await scopeOf(ctx, body)
  switch (body.kind) {
    case 'registration_form':
      return forms(ctx, body, scope)
    case 'contact_cards':
      return cards(ctx, body, scope)
    case 'ledger':
      return ledger(ctx, body, scope)
    case 'roster':
      return roster(ctx, body, scope)
    case 'enrolment_extract':
      return enrolmentExtract(ctx, body, scope)
    case 'summary':
    case 'cross_table':
    case 'completeness':
      return numbers(ctx, body, scope)
  }
}

const idsOf = (files: readonly ChildFile[]) => files.map((file) => file.id)
/** One child's paper is called by the child, several by the office. */
const titled = (scope: Scope, what: string, files: readonly ChildFile[]) =>
  files.length === 1 ? `${what}（${files[0]!.name}）` : `${scope.unit.name}${what}（${files.length}人）`

async function forms(ctx: Ctx, body: NewDocument, scope: Scope): Promise<Taken> {
  const files = await filesOf(ctx, scope)
  return {
    title: body.title ?? titled(scope, documentKinds.registration_form.zh, files),
    data: {
      is: 'forms',
      forms: files.map((file) => formOf(file, ledgerChild(file))),
      paper: paperOf(ctx, body, scope),
    },
    child_ids: idsOf(files),
    field_groups: inClear(ctx, documentKinds.registration_form.needs),
    definition: null,
    total: files.length,
  }
}

async function cards(ctx: Ctx, body: NewDocument, scope: Scope): Promise<Taken> {
  const files = await filesOf(ctx, scope)
  return {
    title: body.title ?? titled(scope, '联系卡', files),
    data: {
      is: 'cards',
      cards: await cardsOf(ctx, files, scope.unit.name),
      layout: body.layout ?? (files.length === 1 ? 'a6' : 'a4'),
    },
    child_ids: idsOf(files),
    field_groups: inClear(ctx, ['full_name', 'birth', 'phones', 'address', 'family', 'schooling']),
    definition: null,
    total: files.length,
  }
}

const lineWords = {
  now: '现在的',
  past: '以前的',
  soon: '一个月内要回来的',
  late: '说好回来的日子过了的',
  since: '不知道什么时候走的',
  place: '不知道在哪里的',
  place_code: '地点还没对上区划的',
  return: '没说什么时候回来的',
  some: '有人在外的',
  all: '父母都在外的',
} as const

/** 只列现在的、一个月内要回来的; null when every line stands there. */
function linesSaid(lines: NewDocument['lines']): string | null {
  const { when, returns, lacks, away, q } = lines ?? {}
  const words: string[] = [when === 'all' ? undefined : when, returns, lacks, away].flatMap((code) =>
    code ? lineWords[code] : [],
  )
  if (q?.trim()) words.push(`写着“${q.trim()}”的`)
  return words.length > 0 ? `只列${words.join('、')}` : null
}

async function ledger(ctx: Ctx, body: NewDocument, scope: Scope): Promise<Taken> {
  const layout = await layoutOf(ctx, body)
  const { rows, files } = await ledgerRows(ctx, layout.rows, await filesOf(ctx, scope), body.lines ?? {})
  if (body.lines && files.length === 0) throw problem('nobody_chosen')
  const title = body.title ?? `${scope.unit.name}${layout.zh}`
  const paper: LedgerPaper = {
    ...paperOf(ctx, body, scope),
    title,
    notes: [
      [
        scope.counted_by,
        linesSaid(body.lines),
        `共 ${files.length} 人`,
        body.unknown_as === 'words' ? null : '空白处为还没有采集到',
      ]
        .filter(Boolean)
        .join('；'),
    ],
    unknown_as: body.unknown_as === 'words' ? '未采集' : '',
  }
  return {
    title,
    data: { is: 'table', table: ledgerTable(layout, paper, rows) },
    child_ids: idsOf(files),
    field_groups: inClear(
      ctx,
      layout.columns.flatMap(({ field }) => ledgerGroup(field) ?? []),
    ),
    definition: null,
    total: files.length,
  }
}

function formOf(file: ChildFile, child: LedgerChild): RegistrationForm {
  const relative = (relation: string) => {
    const found = file.relatives.find((each) => each.relation === relation)
    return { name: found?.name ?? null, born_on: found?.born_on ?? null, deceased: found?.deceased === true }
  }
  const parent = (who: ChildFile['father']) => ({
    name: who?.name ?? null,
    born_on: who?.born_on ?? null,
    deceased: who?.state === 'deceased',
    work_place: who?.work_place ?? null,
    phones: who?.phones ?? [],
    identity_no: who?.identity_no ?? null,
  })
  const unable = child.facts?.['other_parent_unable']
  return {
    name: file.name,
    sex: file.sex,
    ethnicity: file.ethnicity,
    born_on: file.born_on,
    identity_no: file.identity_no,
    hukou_registered: file.hukou_registered,
    household_place: file.household_place,
    residence: file.address,
    health: file.health,
    disability: [file.disability, file.disability_level].filter(Boolean).join(' ') || null,
    illness: file.illness,
    boarding: file.boarding,
    schooling: formSchooling(file),
    paternal_grandfather: relative('paternal_grandfather'),
    paternal_grandmother: relative('paternal_grandmother'),
    maternal_grandfather: relative('maternal_grandfather'),
    maternal_grandmother: relative('maternal_grandmother'),
    father: parent(file.father),
    mother: parent(file.mother),
    both_away: child.away === null ? null : child.away === 'both_parents',
    one_away_other_unable: child.away === null ? null : child.away === 'one_parent_other_unable',
    unable: unable === 'father' || unable === 'mother' ? unable : null,
    entrusted: file.carer?.entrusted ?? null,
    carer: {
      name: file.carer?.name ?? null,
      phones: file.carer?.phones ?? [],
      identity_no: file.carer?.identity_no ?? null,
      relation: relationText(child),
      address: file.carer?.address ?? null,
    },
    guardianship_type: file.carer?.guardianship_type ?? null,
    income_sources: file.income_sources ?? [],
    aid_kinds: file.aid_kinds ?? [],
  }
}
