// Rosters by definition: who counts, and of whom it cannot be said and why. 学籍: 非留守, 单亲留守, 双亲留守 for every pupil.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import type { PrintedColumn, PrintedValue } from '@nuanyang/contract/documents.printed.ts'
import type { FieldGroup } from '@nuanyang/contract/roles.ts'
import { fieldText, type LedgerField } from '@nuanyang/domain/ledgers.ts'
import { parentStates } from '@nuanyang/domain/values/parent_state.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { answersOf, definitionInForce, definitionSentence, type AnsweredChild } from './documents.definition.ts'
import { ledgerChild } from './documents.ledger_child.ts'
import { nameWidth } from './ledger.ts'
import type { Scope } from './documents.scope.ts'
import { filesOf, inClear, paperOf, type Taken } from './documents.taken.ts'

interface Line {
  readonly file: ChildFile
  readonly said: AnsweredChild
}
interface RosterColumn extends PrintedColumn {
  readonly text: (line: Line, day: string) => PrintedValue
}

const field = (spec: LedgerField): RosterColumn => ({
  header: spec.header,
  width: spec.width,
  kind: 'text',
  wrap: spec.wrap ?? false,
  text: ({ file }, day) => fieldText(ledgerChild(file), spec.field, day),
})
const name = field({ field: 'name', header: '姓名', width: 11 })
const sex = field({ field: 'sex', header: '性别', width: 6 })
const school = field({ field: 'school', header: '就读学校', width: 18, wrap: true })
const grade = field({ field: 'grade+class', header: '年级班级', width: 15 })
const missing: RosterColumn = {
  header: '还要问清的',
  width: 26,
  kind: 'text',
  wrap: true,
  text: ({ said }) => said.missing.join('、') || null,
}

const categoryWords: Record<string, string> = {
  both_parents: '父母双方外出',
  one_parent_other_unable: '一方外出另一方无监护能力',
  one_parent: '父母一方外出',
}

function whereabouts(parent: 'father' | 'mother', header: string): RosterColumn {
  return {
    header,
    width: 18,
    kind: 'text',
    wrap: true,
    text: ({ file }) => {
      const who = file[parent]
      if (!who?.state) return null
      const since = who.away_since ? `（${who.away_since}起）` : ''
      return who.state === 'away' ? `${who.work_place ?? '外出'}${since}` : labelOf(parentStates, who.state)
    },
  }
}

const rosterColumns: readonly RosterColumn[] = [
  name,
  sex,
  field({ field: 'born_on', header: '出生日期', width: 12 }),
  school,
  grade,
  {
    header: '结果',
    width: 20,
    kind: 'text',
    wrap: true,
    text: ({ said }) => (said.answer === 'yes' ? (categoryWords[said.category ?? ''] ?? '符合') : '说不准'),
  },
  whereabouts('father', '父亲'),
  whereabouts('mother', '母亲'),
  field({ field: 'carer.name', header: '照护人/姓名', width: 10 }),
  field({ field: 'carer.relation', header: '照护人/关系', width: 9 }),
  missing,
]

/** Those who count first, then those of whom it cannot be said; whoever does not count is not on it. */
export async function roster(ctx: Ctx, body: NewDocument, scope: Scope): Promise<Taken> {
  const on = body.as_of ?? ctx.today
  const definition = await definitionInForce(ctx, body.definition ?? 'mca', on)
  const { lines } = await answered(ctx, scope, definition, on)
  const [yes, open] = (['yes', 'cannot_say'] as const).map((answer) =>
    lines.filter(({ said }) => said.answer === answer),
  )
  if (yes!.length + open!.length === 0) throw problem('nobody_chosen')
  const notes = [
    definitionSentence(definition),
    `${scope.counted_by}；符合 ${yes!.length} 人，说不准 ${open!.length} 人（写明还要问清哪一项，问清以前不算“否”）`,
  ]
  const title = body.title ?? `${scope.unit.name}名册（${definition.name}）`
  return table(ctx, body, scope, {
    title,
    on,
    notes,
    columns: rosterColumns,
    lines: [...yes!, ...open!],
    definition: definition.name,
    groups: ['full_name', 'birth', 'schooling', 'family'],
  })
}

const pupilWords = (said: AnsweredChild): string =>
  said.answer === 'no'
    ? '非留守'
    : said.answer === 'cannot_say' || said.category === null
      ? ''
      : said.category === 'both_parents'
        ? '双亲留守'
        : '单亲留守'

export async function enrolmentExtract(ctx: Ctx, body: NewDocument, scope: Scope): Promise<Taken> {
  const on = body.as_of ?? ctx.today
  const definition = await definitionInForce(ctx, 'moe', on)
  const { lines } = await answered(ctx, scope, definition, on)
  const open = lines.filter(({ said }) => pupilWords(said) === '').length
  const columns: RosterColumn[] = [
    name,
    sex,
    field({ field: 'id_no', header: '身份证件号', width: 20 }),
    school,
    grade,
    { header: '是否留守儿童', width: 13, kind: 'text', text: ({ said }) => pupilWords(said) || null },
    missing,
  ]
  const notes = [
    definitionSentence(definition),
    `${scope.counted_by}；共 ${lines.length} 人${open > 0 ? `，其中 ${open} 人还说不准，空着，问清以前不填“非留守”` : ''}`,
  ]
  const title = body.title ?? `${scope.unit.name}学籍留守情况`
  return table(ctx, body, scope, {
    title,
    on,
    notes,
    columns,
    lines,
    definition: definition.name,
    groups: ['full_name', 'identity_no', 'schooling', 'family'],
  })
}

async function answered(
  ctx: Ctx,
  scope: Scope,
  definition: Awaited<ReturnType<typeof definitionInForce>>,
  on: string,
): Promise<{ lines: Line[] }> {
  const files = await filesOf(ctx, scope)
  // Nobody is told the answer about a child whose family they do not see.
  const told = files.filter((file) => file.groups.family === 'open')
  const answers = await answersOf(
    ctx,
    definition,
    told.map((file) => file.id),
    on,
  )
  return { lines: told.flatMap((file) => ({ file, said: answers.get(file.id)! })) }
}

interface RosterTable {
  readonly title: string
  readonly on: string
  readonly notes: readonly string[]
  readonly columns: readonly RosterColumn[]
  readonly lines: readonly Line[]
  readonly definition: string
  readonly groups: readonly FieldGroup[]
}

function table(ctx: Ctx, body: NewDocument, scope: Scope, made: RosterTable): Taken {
  const unknown = body.unknown_as === 'words' ? '未采集' : ''
  return {
    title: made.title,
    data: {
      is: 'table',
      table: {
        ...paperOf(ctx, body, scope),
        title: made.title,
        as_of: made.on,
        notes: made.notes,
        columns: [
          { header: '序号', width: 6, kind: 'number' },
          ...made.columns.map(({ text, ...column }) => ({
            ...column,
            width: column.header.endsWith('姓名')
              ? Math.max(column.width, nameWidth(made.lines.map((line) => String(text(line, made.on) ?? ''))))
              : column.width,
          })),
        ],
        rows: made.lines.map((line, at) => [
          at + 1,
          ...made.columns.map((column) => column.text(line, made.on) ?? (column === missing ? '' : unknown)),
        ]),
        sums: 0,
        beside: [],
        signature_lines: ['填表人：', '审核人：', '单位负责人（盖章）：', '填报日期：'],
        paper: 'a4',
        pages_across: 1,
        frozen_columns: 2,
      },
    },
    child_ids: made.lines.map(({ file }) => file.id),
    field_groups: inClear(ctx, made.groups),
    definition: made.definition,
    total: made.lines.length,
  }
}
