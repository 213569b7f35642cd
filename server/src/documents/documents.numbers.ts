// Tables of numbers: the summary of 32 columns, cross tables, completeness by unit. Each says its definition, its day and what it counts by;
// in what is for the public, small cells are not written and nobody is named.
import type { documentOps, NewDocument } from '@nuanyang/contract/documents.ts'
import { dimensionGroups, documentKinds } from '@nuanyang/contract/documents.kinds.ts'
import type { PrintedColumn, PrintedTable, PrintedValue } from '@nuanyang/contract/documents.printed.ts'
import type { Answer, Input } from '@nuanyang/contract/kernel.ts'
import { roleCodes, roles, type ChildLink, type FieldGroup, type RoleSpec } from '@nuanyang/contract/roles.ts'
import { requirementCodes, requirementWords } from '@nuanyang/domain/dossier.ts'
import { dimensions, type CountedChild, type DimensionSpec } from '@nuanyang/domain/tables/counted.ts'
import { crossTable } from '@nuanyang/domain/tables/cross.ts'
import { hiddenCells, smallCell, type SumGroup } from '@nuanyang/domain/tables/small_cells.ts'
import { brokenRules, placeInSummary, summarise, summaryColumns, summarySums } from '@nuanyang/domain/tables/summary.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { summaryHeads } from '../settings/settings.ts'
import { unitLabel } from '../units/units.ts'
import { definitionInForce, definitionSentence, type InForce } from './documents.definition.ts'
import { population, unitsBelow, type Below } from './documents.population.ts'
import { scopeOf, type Scope } from './documents.scope.ts'
import { paperOf, type Taken } from './documents.taken.ts'

type Kind = 'summary' | 'cross_table' | 'completeness'
type Asked = NewDocument & { kind: Kind }

/** What stands in a cell that may not be written. */
const hiddenMark = '＊'
/** So many names of one thing that lacks; a county has its villages' tables for the rest. */
const mostNames = 60

interface Counted {
  readonly title: string
  readonly columns: readonly PrintedColumn[]
  readonly rows: readonly (readonly PrintedValue[])[]
  readonly sums: number
  readonly notes: readonly string[]
  readonly beside: PrintedTable['beside']
  readonly paper: 'a4' | 'a3'
  readonly named: readonly string[]
  readonly definition: InForce | null
  readonly children: number
}

/** A role counts what it sees open over the tie that is counted by; else a table would tell what a file hides. @throws kind_not_yours */
export async function checkNumbers(ctx: Ctx, body: NewDocument, scope: Scope): Promise<void> {
  if (scope.about !== 'numbers') return
  const groups: FieldGroup[] = [...documentKinds[body.kind].needs]
  for (const dimension of [body.rows, body.across]) {
    const group = dimension ? dimensionGroups[dimension] : null
    if (group) groups.push(group)
  }
  const cells = (roles[ctx.actor.role] as RoleSpec).sees[scope.as ?? 'residence']
  if (scope.as !== null && groups.every((group) => cells?.[group] === 'open')) return
  const who = roleCodes
    .filter((role) =>
      Object.values((roles[role] as RoleSpec).sees).some((seen) => groups.every((group) => seen[group] === 'open')),
    )
    .slice(0, 3)
    .map((role) => roles[role].zh)
  throw problem('kind_not_yours', { values: { kind: documentKinds[body.kind].zh, who: who.join('、') } })
}

export async function preview(
  ctx: Ctx,
  query: Input<typeof documentOps.preview>,
): Promise<Answer<typeof documentOps.preview>> {
  const body = { ...query, id: '', format: 'pdf', purpose: '' } as Asked
  const scope = await scopeOf(ctx, body)
  await checkNumbers(ctx, body, scope)
  // What is looked at before a purpose is stated names nobody.
  const { title, columns, rows, sums, notes, beside } = await count(ctx, body, scope, false)
  return {
    title,
    columns: columns.map(({ header }) => header),
    rows: rows.map((row) => [...row]),
    sums,
    notes: [...notes],
    beside: beside.map((part) => ({ title: part.title, lines: [...part.lines] })),
  }
}

export async function numbers(ctx: Ctx, body: NewDocument, scope: Scope): Promise<Taken> {
  await checkNumbers(ctx, body, scope)
  const counted = await count(ctx, body as Asked, scope, !body.for_public)
  const title = body.title ?? counted.title
  return {
    title,
    data: {
      is: 'table',
      table: {
        ...paperOf(ctx, body, scope),
        title,
        as_of: body.as_of ?? ctx.today,
        notes: counted.notes,
        columns: counted.columns,
        rows: counted.rows,
        sums: counted.sums,
        beside: counted.beside,
        signature_lines: ['填表人：', '审核人：', '单位负责人（盖章）：', '填报日期：'],
        paper: counted.paper,
        pages_across: 1,
        frozen_columns: 1,
      },
    },
    child_ids: counted.named,
    field_groups: counted.named.length > 0 ? ['full_name'] : [],
    definition: counted.definition?.name ?? null,
    total: counted.children,
  }
}

async function count(ctx: Ctx, body: Asked, scope: Scope, named: boolean): Promise<Counted> {
  const on = body.as_of ?? ctx.today
  const code = body.definition ?? (body.kind === 'summary' ? 'mca' : null)
  const definition = code ? await definitionInForce(ctx, code, on) : null
  const all = await population(ctx, scope.unit, scope.as as ChildLink, on, definition)
  if (all.length === 0) throw problem('nothing_to_count', { values: { unit: scope.unit.name } })
  const below = await unitsBelow(ctx, scope.unit, all, (row) => unitLabel(row, on))
  const counts = { summary, cross_table: cross, completeness }[body.kind]
  const heads = body.kind === 'summary' ? await summaryHeads(ctx, scope.unit.path) : {}
  return counts({ ctx, body, scope, definition, all, below, named, on, heads })
}

interface Counting {
  readonly ctx: Ctx
  readonly body: Asked
  readonly scope: Scope
  readonly definition: InForce | null
  readonly all: readonly CountedChild[]
  readonly below: readonly Below[]
  readonly named: boolean
  readonly on: string
  /** Words an office put over the columns of the summary. */
  readonly heads: Readonly<Record<string, string>>
}

/** Who counts; those of whom it cannot be said are told beside the table, never counted as no. */
function members({ definition, all }: Counting): { yes: CountedChild[]; open: CountedChild[] } {
  if (!definition) return { yes: [...all], open: [] }
  return {
    yes: all.filter((child) => child.answer === 'yes'),
    open: all.filter((child) => child.answer === 'cannot_say'),
  }
}

/** 性别：张三、李四（2 人）; without names the number alone. */
function namesLine(what: string, children: readonly CountedChild[], named: boolean): string {
  const names = named ? children.flatMap(({ name }) => name ?? []).slice(0, mostNames) : []
  if (names.length === 0) return `${what}：${children.length} 人`
  return `${what}：${names.join('、')}${names.length < children.length ? '等' : ''}（${children.length} 人）`
}

function summary(counting: Counting): Counted {
  const { scope, definition, below, named, body, heads } = counting
  const { yes, open } = members(counting)
  const placed = yes.map((child) => ({ child, ...placeInSummary(child) }))
  const rowsOf = [
    ...below.map(({ id, name }) => ({ name, cells: summarise(placed.filter(({ child }) => child.unit === id)) })),
    { name: '合计', cells: summarise(placed) },
  ]
  const lacks = new Map<string, CountedChild[]>()
  for (const { child, lacks: each } of placed)
    for (const what of each) lacks.set(what, [...(lacks.get(what) ?? []), child])
  const beside: { title: string; lines: string[] }[] = []
  const broken = rowsOf.flatMap(({ name, cells }) =>
    brokenRules(cells).map(
      ({ rule, left, right }) => `${name}：${rule}，左边 ${left}，右边 ${right}，差 ${left - right}`,
    ),
  )
  if (broken.length > 0) beside.push({ title: '勾稽对不上的', lines: broken })
  if (lacks.size > 0)
    beside.push({
      title: '没采集到、进不了栏的孩子（采集以后就对得上）',
      lines: [...lacks].map(([what, children]) => namesLine(what, children, named)),
    })
  if (open.length > 0)
    beside.push({ title: '口径说不准、没有计入的孩子', lines: [namesLine('还要问清父母的情况', open, named)] })
  const hidden = body.for_public ? hideRows(rowsOf.map(({ cells }) => cells.slice(1)), summarySums.map(({ total, parts }) => ({ total: total - 1, parts: parts.map((n) => n - 1) }))) : null // prettier-ignore
  return {
    title: `${scope.unit.name}农村留守儿童摸底排查汇总表`,
    columns: [
      { header: '单位', width: 16, kind: 'text', wrap: true },
      ...summaryColumns.map(({ n, group, head }) => ({
        header: group === head ? (heads[n] ?? head) : `${group}/${heads[n] ?? head}`,
        width: 6.2,
        kind: 'number' as const,
      })),
    ],
    rows: [
      ['栏次', ...summaryColumns.map(({ n }) => n)],
      ...rowsOf.map(({ name, cells }, row) => [
        name,
        ...cells.slice(1).map((value, at) => (hidden?.[row]!.has(at) ? hiddenMark : value)),
      ]),
    ],
    sums: 1,
    notes: [
      definitionSentence(definition!),
      `${scope.counted_by}；年龄段按截至日期的周岁算；勾稽关系 1=2+5+8=11+…+18=19+20=21+…+25=26+…+29=30+31+32，2=3+4，5=6+7，8=9+10，13+14=24+25 ${broken.length === 0 ? '全部对上' : `有 ${broken.length} 处对不上，见表下`}`,
      ...(body.for_public ? [publicNote] : []),
    ],
    beside: body.for_public ? [] : beside,
    paper: 'a3',
    named: named
      ? [
          ...new Set(
            [...lacks.values(), open]
              .flat()
              .filter(({ name }) => name !== null)
              .map(({ id }) => id),
          ),
        ]
      : [],
    definition,
    children: yes.length,
  }
}

const publicNote = `对外公开：少于 ${smallCell} 人的格不写（${hiddenMark}），能从合计里减出来的也不写`

/** Rows of numbers with a last row of sums: small cells hidden along both directions. */
function hideRows(rows: readonly (readonly number[])[], across: readonly SumGroup[]): Set<number>[] {
  const width = rows[0]?.length ?? 0
  const at = (row: number, column: number) => row * width + column
  const last = rows.length - 1
  const groups: SumGroup[] = rows.flatMap((_, row) =>
    across.map(({ total, parts }) => ({ total: at(row, total), parts: parts.map((part) => at(row, part)) })),
  )
  if (last > 0)
    for (let column = 0; column < width; column++)
      groups.push({ total: at(last, column), parts: rows.slice(0, -1).map((_, row) => at(row, column)) })
  const hidden = hiddenCells(rows.flat(), groups)
  return rows.map(
    (_, row) =>
      new Set(Array.from({ length: width }, (_each, column) => column).filter((column) => hidden.has(at(row, column)))),
  )
}

function cross(counting: Counting): Counted {
  const { body, scope, definition, below, named } = counting
  const { yes, open } = members(counting)
  const unit: DimensionSpec = {
    zh: '单位',
    en: 'unit',
    values: below.map(({ id, name }) => ({ code: id === '' ? 'own' : id, zh: name, en: name })),
    of: (child) => (child.unit === '' ? 'own' : child.unit),
  }
  const spec = (code: NonNullable<NewDocument['rows']>): DimensionSpec => (code === 'unit' ? unit : dimensions[code])
  const [down, over] = [spec(body.rows ?? 'away'), spec(body.across ?? 'age_band')]
  const { rows, across, cells } = crossTable(yes, down, over, countyOf(counting.ctx))
  const several = down.several || over.several
  const parts = across.map((_, at) => at)
  const hidden = body.for_public ? hideRows(cells, several ? [] : [{ total: across.length, parts }]) : null
  const value = (row: number, column: number): PrintedValue =>
    hidden?.[row]!.has(column) ? hiddenMark : (cells[row]![column] ?? 0)
  return {
    title: `${scope.unit.name}留守儿童${down.zh}与${over.zh}交叉表`.replace(
      '留守儿童',
      definition ? '留守儿童' : '在册儿童',
    ),
    columns: [
      { header: down.zh, width: 22, kind: 'text', wrap: true },
      ...[...across.map(({ zh }) => zh), '合计'].map((header) => ({ header, width: 10, kind: 'number' as const })),
    ],
    rows: [...rows.map(({ zh }) => zh), '合计'].map((zh, row) => [
      zh,
      ...Array.from({ length: across.length + 1 }, (_, column) => value(row, column)),
    ]),
    sums: 1,
    notes: [
      ...(definition ? [definitionSentence(definition)] : ['范围：在册儿童']),
      `${scope.counted_by}；未采集单独一栏，不算“否”${several ? '；一个孩子可以有几样，各栏之和可能大于合计' : ''}`,
      ...(body.for_public ? [publicNote] : []),
    ],
    beside:
      open.length > 0 && !body.for_public
        ? [{ title: '口径说不准、没有计入的孩子', lines: [namesLine('还要问清父母的情况', open, named)] }]
        : [],
    paper: 'a4',
    named: named ? open.filter(({ name }) => name !== null).map(({ id }) => id) : [],
    definition,
    children: yes.length,
  }
}

function completeness(counting: Counting): Counted {
  const { body, scope, definition, below, all } = counting
  const line = (children: readonly CountedChild[]) => [
    children.length,
    children.filter(({ missing }) => missing.length === 0).length,
    ...requirementCodes.map((code) => children.filter(({ missing }) => missing.includes(code)).length),
  ]
  const rows = [
    ...below.map(({ id, name }) => ({ name, cells: line(all.filter((child) => child.unit === id)) })),
    { name: '合计', cells: line(all) },
  ]
  const hidden = body.for_public ? hideRows(rows.map(({ cells }) => cells), []) : null // prettier-ignore
  const rate = ([registered = 0, complete = 0]: readonly number[]) =>
    registered === 0 ? '' : `${Math.floor((complete * 1000) / registered) / 10}%`
  return {
    title: `${scope.unit.name}建档情况表`,
    columns: [
      { header: '单位', width: 18, kind: 'text', wrap: true },
      { header: '在册', width: 8, kind: 'number' },
      { header: '档案齐全', width: 8, kind: 'number' },
      { header: '建档率', width: 9, kind: 'text' },
      ...requirementCodes.map((code) => ({
        header: `还缺这一项的人数/${requirementWords[code].zh}`,
        width: 8,
        kind: 'number' as const,
      })),
    ],
    rows: rows.map(({ name, cells }, row) => {
      const written = cells.map((value, at): PrintedValue => (hidden?.[row]!.has(at) ? hiddenMark : value))
      // A rate beside a hidden number would tell it.
      const share = hidden && (hidden[row]!.has(0) || hidden[row]!.has(1)) ? hiddenMark : rate(cells)
      return [name, ...written.slice(0, 2), share, ...written.slice(2)]
    }),
    sums: 1,
    notes: [
      `建档率 = 档案齐全的 ÷ 在册的；齐全 = ${requirementCodes.map((code) => requirementWords[code].zh).join('、')}都有`,
      scope.counted_by,
      ...(body.for_public ? [publicNote] : []),
    ],
    beside: [],
    paper: 'a4',
    named: [],
    definition,
    children: all.length,
  }
}

/** The six digits by which 县内 and 县外 are told apart; what the county was set up with. */
function countyOf(ctx: Ctx): string {
  return ctx.tenant.slice(0, 6)
}
