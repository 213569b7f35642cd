// Papers of the pairings. See contract/src/pairings.papers.ts; the layouts are in documents/.
import type { FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import type { PrintedColumn, PrintedTable, PrintedValue } from '@nuanyang/contract/documents.printed.ts'
import {
  helperKinds,
  pairingForms,
  pairingGoals,
  type HelperKind,
  type PairingForm,
  type PairingGoal,
} from '@nuanyang/contract/pairings.ts'
import { pairingSheets, type pairingPaperOps, type PairingSheet } from '@nuanyang/contract/pairings.papers.ts'
import { helperStates, type HelperState } from '@nuanyang/contract/pairings.register.ts'
import { groupBit, type FieldGroup } from '@nuanyang/contract/roles.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { sql, type RawBuilder } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { NetworkTie } from '../documents/care_network.ts'
import { shanghaiMinute } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { fullName, known, lasting, seenPairings } from './pairings.access.ts'
import { stateOf } from './pairings.register.ts'

const media = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

const opened = (group: FieldGroup, value: RawBuilder<unknown>) =>
  sql`case when v.open & ${sql.lit(groupBit(group))} <> 0 then ${value} end`

/** Sex is part of who somebody is: shown with the whole name. */
const childColumns = (ctx: Ctx) => sql`
  p.id, p.child_id, case when v.open & ${fullName} <> 0 then c.name else c.given_name end as child, ${opened('full_name', sql`c.sex`)} as sex,
  ${opened('birth', sql`age_on(c.born_until, ${ctx.today}::date)`)} as age, ${opened('address', sql`c.villager_group`)} as villager_group,
  ${opened('schooling', sql`e.grade`)} as grade, ${opened('schooling', sql`e.class_number`)} as class_number,
  ${opened('family', sql`(select a2.name from care_spells s left join adults a2 on a2.tenant_id = ${ctx.tenant} and a2.id = s.adult_id where s.tenant_id = ${ctx.tenant} and s.child_id = c.id and s.valid @> ${ctx.today}::date limit 1)`)} as guardian`
const classOf = (
  ctx: Ctx,
) => sql`left join lateral (select grade_now(e.grade, e.stated_on, ${ctx.today}::date) as grade, coalesce(k.class_number, e.class_number) as class_number
   from enrolments e left join units k on k.tenant_id = ${ctx.tenant} and k.id = e.class_unit_id where e.tenant_id = ${ctx.tenant} and e.child_id = c.id and e.valid @> ${ctx.today}::date limit 1) as e on true`

interface ChildWords {
  child_id: string
  child: string
  sex: 'male' | 'female' | null
  age: number | null
  villager_group: string | null
  grade: string | null
  class_number: string | null
  guardian: string | null
}

export interface PairRow extends ChildWords {
  id: string
  helper_id: string | null
  helper: string | null
  kind: HelperKind | null
  kind_words: string | null
  employer: string | null
  occupation: string | null
  phone: string | null
  helper_group: string | null
  buddy: string | null
  buddy_grade: string | null
  form: PairingForm | null
  goals: PairingGoal[]
  measures: string | null
  contact_how: string | null
  term: string | null
  from_on: string
  until_on: string | null
  signed_on: string | null
  over_limit_reason: string | null
  children: number
  max_children: number | null
}

const sheetLimit = 20_000

async function pairRows(ctx: Ctx, only: RawBuilder<unknown>): Promise<PairRow[]> {
  const t = sql`${ctx.tenant}`
  return ctx.db.run(sql<PairRow>`
    with v as materialized (${visibleChildren(ctx)})
    select ${childColumns(ctx)}, h.id as helper_id, a.name as helper, h.kind, h.kind_words, a.employer, a.occupation, g.name as helper_group,
      (select ph.value from phones ph where ph.tenant_id = ${t} and ph.adult_id = a.id order by ph.position limit 1) as phone,
      case when vb.open & ${fullName} <> 0 then b.name when vb.child_id is not null then b.given_name end as buddy,
      case when vb.open & ${sql.lit(groupBit('schooling'))} <> 0 then (select grade_now(x.grade, x.stated_on, ${ctx.today}::date) from enrolments x where x.tenant_id = ${t} and x.child_id = b.id and x.valid @> ${ctx.today}::date limit 1) end as buddy_grade,
      p.form, p.goals, p.measures, p.contact_how, p.term, p.from_on, coalesce(p.until_on, p.planned_until_on) as until_on, p.over_limit_reason,
      (select max(s.on_day) from pairing_steps s where s.tenant_id = ${t} and s.pairing_id = p.id and s.step = 'signed') as signed_on,
      h.max_children, (select count(*)::int from pairings w where w.tenant_id = ${t} and w.helper_id = h.id and (w.until_on is null or w.until_on > ${ctx.today}::date)) as children
      from ${seenPairings(ctx)} ${classOf(ctx)} left join units g on g.tenant_id = ${t} and g.id = h.villager_group_id
     where ${known(ctx)} and ${only} order by c.pinyin, c.id, p.from_on, p.id limit ${sheetLimit}`)
}

export async function letter(ctx: Ctx, { id, body }: Input<typeof pairingPaperOps.letter>): Promise<FileAnswer> {
  const [row] = await pairRows(ctx, sql`p.id = ${id}::uuid`)
  if (!row) throw problem('not_found')
  if (row.helper_id === null || row.kind === null) throw problem('letter_of_buddy')
  await ctx.opened([row.child_id], 'pairings.letter', '结对帮扶责任书')
  await ctx.audit('pairings.letter', id, { child_id: row.child_id })
  // Loaded on first use: most processes never print.
  const { pledgeLetterDocx, pledgeLetterPdf } = await import('../documents/pledge_letter.ts')
  const paper = {
    unit: ctx.actor.unit_name,
    on: ctx.today,
    helper: {
      name: row.helper ?? '',
      kind: row.kind_words ?? helperKinds[row.kind].zh,
      employer: row.employer,
      occupation: row.occupation,
      phone: row.phone,
    },
    child: {
      name: row.child,
      sex: row.sex && { male: '男', female: '女' }[row.sex],
      age: row.age,
      class_name: classWords(row),
      guardian: row.guardian,
    },
    form: row.form && pairingForms[row.form].zh,
    goals: row.goals.map((goal) => pairingGoals[goal].zh),
    measures: row.measures,
    contact_how: row.contact_how,
    from_on: row.from_on,
    until_on: row.until_on,
    term: row.term,
    over_limit_reason: row.over_limit_reason,
  }
  return {
    file_name: `结对帮扶责任书 ${row.helper ?? ''}与${row.child}.${body.format}`,
    media: media[body.format],
    content: await (body.format === 'pdf' ? pledgeLetterPdf : pledgeLetterDocx)(paper),
  }
}

function classWords({ grade, class_number }: Pick<ChildWords, 'grade' | 'class_number'>): string | null {
  if (!grade) return null
  return `${gradeLabel(grade as Grade, 'zh')}${class_number ? `（${class_number}）班` : ''}`
}

export async function network(ctx: Ctx, { body }: Input<typeof pairingPaperOps.network>): Promise<FileAnswer> {
  const pairs = await pairRows(
    ctx,
    sql`p.helper_id is not null and ${lasting(ctx, 'p')} and p.from_on <= ${ctx.today}::date`,
  )
  const alone = await ctx.db.run(sql<ChildWords>`
    with v as materialized (${visibleChildren(ctx)})
    select ${childColumns(ctx)} from (select null::uuid as id, c.id as child_id from children c where c.tenant_id = ${ctx.tenant}) as p join v on v.child_id = p.child_id
      join children c on c.tenant_id = ${ctx.tenant} and c.id = p.child_id ${classOf(ctx)}
     where c.status = 'registered' and not exists (select from pairings w where w.tenant_id = ${ctx.tenant} and w.child_id = c.id and w.helper_id is not null
       and w.from_on <= ${ctx.today}::date and (w.until_on is null or w.until_on > ${ctx.today}::date)) order by c.pinyin, c.id limit ${sheetLimit}`)
  const ties = [...pairs.map(tieOf), ...alone.map(tieOf)]
    .filter((tie) => body.villager_group === undefined || tie.group === body.villager_group)
    .toSorted((a, b) => a.group.localeCompare(b.group, 'zh'))
  if (ties.length === 0) throw problem('nobody_paired')
  await remember(ctx, [...pairs, ...alone], 'pairings.network', body.purpose)
  const { careNetworkPdf } = await import('../documents/care_network.ts')
  const title = `${ctx.actor.unit_name}关爱网络图`
  return {
    file_name: `${title}${ctx.today}.pdf`,
    media: media.pdf,
    content: await careNetworkPdf({ title, as_of: ctx.today, footer: footer(ctx, body.purpose), ties }),
  }
}

const noGroup = '没有写村民组的'

function tieOf(row: ChildWords & Partial<PairRow>): NetworkTie {
  const about = [classWords(row), row.goals?.map((goal) => pairingGoals[goal].zh).join('、')].filter(Boolean).join('，')
  return {
    group: row.villager_group ?? noGroup,
    child: row.child,
    child_about: row.helper_id ? about : [classWords(row), '还没有帮扶人'].filter(Boolean).join('，'),
    helper: row.helper_id
      ? {
          key: row.helper_id,
          name: row.helper ?? '',
          about: row.kind_words ?? (row.kind ? helperKinds[row.kind].zh : ''),
        }
      : null,
  }
}

const footer = (ctx: Ctx, purpose: string) =>
  `打印人：${ctx.actor.account_name}　${shanghaiMinute(ctx.now)}　用途：${purpose}`

async function remember(ctx: Ctx, rows: readonly ChildWords[], operation: string, purpose: string): Promise<void> {
  await ctx.opened([...new Set(rows.map((row) => row.child_id))], operation, purpose)
  await ctx.audit(operation, null, { purpose })
}

export async function sheet(ctx: Ctx, { body }: Input<typeof pairingPaperOps.sheet>): Promise<FileAnswer> {
  const { columns, rows, on } = await sheets[body.which](ctx)
  if (rows.length === 0) throw problem('nobody_paired')
  await remember(ctx, on, 'pairings.sheet', body.purpose)
  const title = `${ctx.actor.unit_name}${pairingSheets[body.which].zh}`
  const table: PrintedTable = {
    title,
    unit: ctx.actor.unit_name,
    as_of: ctx.today,
    issued_by: ctx.actor.account_name,
    issued_at: shanghaiMinute(ctx.now),
    purpose: body.purpose,
    columns: [{ header: '序号', width: 6, kind: 'number' }, ...columns],
    rows: rows.map((row, at) => [at + 1, ...row]),
    sums: 0,
    signature_lines: ['填表人：', '审核人：'],
    notes: body.which === 'load' ? ['一位帮扶人一般负责一至两名孩子；超过的写明理由。'] : [],
    beside: [],
    paper: 'a4',
    pages_across: 1,
    frozen_columns: 2,
  }
  const { tableDocx, tablePdf, tableXlsx } = await import('../documents/table.ts')
  const content =
    body.format === 'xlsx' ? tableXlsx(table) : await (body.format === 'pdf' ? tablePdf : tableDocx)(table)
  return { file_name: `${title}${ctx.today}.${body.format}`, media: media[body.format], content }
}

interface Sheet {
  columns: PrintedColumn[]
  rows: PrintedValue[][]
  /** Children on it. */
  on: readonly ChildWords[]
}
const text = (header: string, width: number, wrap = false): PrintedColumn => ({ header, width, kind: 'text', wrap })
const date = (header: string): PrintedColumn => ({ header, width: 12, kind: 'date' })
const kindOf = (row: Pick<PairRow, 'kind' | 'kind_words'>) =>
  row.kind_words ?? (row.kind ? helperKinds[row.kind].zh : null)
const work = (row: Pick<PairRow, 'employer' | 'occupation'>) =>
  [row.employer, row.occupation].filter(Boolean).join('，') || null
const current = (ctx: Ctx) => sql`${lasting(ctx, 'p')}`

const sheets: Record<PairingSheet, (ctx: Ctx) => Promise<Sheet>> = {
  async pairings(ctx) {
    const rows = await pairRows(ctx, sql`p.helper_id is not null and ${current(ctx)}`)
    return {
      columns: [
        text('孩子', 10), text('年级', 14), text('村民组', 10), text('帮扶人', 10), text('身份', 12), text('单位、职务', 18, true), text('电话', 14),
        text('形式', 8), text('帮什么', 14), date('开始'), date('打算到'), date('责任书'),
      ], // prettier-ignore
      rows: rows.map((row) => [
        row.child, classWords(row), row.villager_group, row.helper, kindOf(row), work(row), row.phone, row.form && pairingForms[row.form].zh,
        row.goals.map((goal) => pairingGoals[goal].zh).join('、') || null, row.from_on, row.until_on, row.signed_on,
      ]), // prettier-ignore
      on: rows,
    }
  },
  async load(ctx) {
    const rows = await pairRows(ctx, sql`p.helper_id is not null and ${current(ctx)}`)
    const groups = new Map<string, PairRow[]>()
    for (const row of rows) groups.set(row.helper_id!, [...(groups.get(row.helper_id!) ?? []), row])
    const free = await registerRows(ctx, true)
    return {
      columns: [
        text('帮扶人', 10), text('身份', 12), text('单位、职务', 18, true), text('村民组', 10), { header: '最多带', width: 8, kind: 'number' },
        { header: '现在带', width: 8, kind: 'number' }, text('孩子', 30, true), text('超过上限的理由', 20, true),
      ], // prettier-ignore
      rows: [
        ...[...groups.values()].map((own) => [
          own[0]!.helper, kindOf(own[0]!), work(own[0]!), own[0]!.helper_group, own[0]!.max_children, own[0]!.children,
          own.map((row) => row.child).join('、'), own.map((row) => row.over_limit_reason).filter(Boolean).join('；') || null,
        ]), // prettier-ignore
        ...free.map((row) => [row.helper, kindOf(row), work(row), row.helper_group, row.max_children, 0, null, null]),
      ],
      on: rows,
    }
  },
  async buddies(ctx) {
    const rows = await pairRows(ctx, sql`p.buddy_child_id is not null and vb.child_id is not null and ${current(ctx)}`)
    return {
      columns: [
        text('孩子', 12),
        text('年级', 16),
        text('学习小帮手', 12),
        text('小帮手的年级', 16),
        date('开始'),
        date('打算到'),
      ],
      rows: rows.map((row) => [
        row.child,
        classWords(row),
        row.buddy,
        row.buddy_grade && gradeLabel(row.buddy_grade as Grade, 'zh'),
        row.from_on,
        row.until_on,
      ]),
      on: rows,
    }
  },
  async register(ctx) {
    const rows = await registerRows(ctx, false)
    return {
      columns: [
        text('姓名', 10), text('性别', 6), text('身份', 12), text('单位、职务', 18, true), text('电话', 14), text('村民组', 10), text('愿意怎么帮', 20, true),
        text('会什么', 14, true), text('有空', 12, true), date('申请'), date('同意'), date('核查'), text('状态', 10),
      ], // prettier-ignore
      rows: rows.map((row) => [
        row.helper, row.sex && { male: '男', female: '女' }[row.sex], kindOf(row), work(row), row.phone, row.helper_group, row.offer,
        [...row.subjects, ...row.skills, ...row.languages].join('、') || null, row.free_times, row.applied_on, row.consented_on, row.vetted_on,
        helperStates[row.state].zh,
      ]), // prettier-ignore
      on: [],
    }
  },
}

interface RegisterRow extends Pick<
  PairRow,
  'helper' | 'kind' | 'kind_words' | 'employer' | 'occupation' | 'phone' | 'helper_group' | 'max_children' | 'sex'
> {
  offer: string | null
  subjects: string[]
  skills: string[]
  languages: string[]
  free_times: string | null
  applied_on: string | null
  consented_on: string | null
  vetted_on: string | null
  state: HelperState
}

/** Helpers of the actor's units who have not left; `unburdened`: only those whom nobody was given to. */
async function registerRows(ctx: Ctx, unburdened: boolean): Promise<RegisterRow[]> {
  const t = sql`${ctx.tenant}`
  const free = sql`and not exists (select from pairings w where w.tenant_id = ${t} and w.helper_id = h.id and (w.until_on is null or w.until_on > ${ctx.today}::date))`
  return ctx.db.run(sql<RegisterRow>`
    select a.name as helper, a.sex, h.kind, h.kind_words, a.employer, a.occupation, g.name as helper_group, h.max_children, h.offer, h.subjects, h.skills, h.languages,
      h.free_times, h.applied_on, h.consented_on, h.vetted_on, ${stateOf(ctx)} as state,
      (select ph.value from phones ph where ph.tenant_id = ${t} and ph.adult_id = a.id order by ph.position limit 1) as phone
      from helpers h join adults a on a.tenant_id = ${t} and a.id = h.adult_id join units u on u.tenant_id = ${t} and u.id = h.unit_id
      left join units g on g.tenant_id = ${t} and g.id = h.villager_group_id
     where h.tenant_id = ${t} and u.path >= ${ctx.actor.unit_path} and u.path < ${ctx.actor.unit_path + '~'} and (h.until_on is null or h.until_on > ${ctx.today}::date)
       ${unburdened ? free : sql``} order by a.pinyin, h.id limit ${sheetLimit}`)
}
