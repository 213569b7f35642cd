// Prints 打印与导出: what the actor may see of each child, on paper or in a sheet. See contract/src/prints.ts.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { defaultHotlines, type CardContact, type ContactCardData } from '@nuanyang/contract/documents.ts'
import type { FileAnswer, Input } from '@nuanyang/contract/kernel.ts'
import type { printOps } from '@nuanyang/contract/prints.ts'
import { chooseFields, ledgerPresets, listFields } from '@nuanyang/domain/ledgers.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { seenOf } from '../children/children.access.ts'
import { seenFiles } from '../children/children.file.ts'
import { childIds, countChildren } from '../children/children.list.ts'
import { contactCardDocx, contactCardPdf } from '../documents/contact_card.ts'
import { childLedger, childList, type LedgerPaper } from '../documents/ledger.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { ledgerChild } from './prints.ledger.ts'

const limits = { cards: 2000, ledger: 20_000 }

type Chosen = Pick<Input<typeof printOps.ledger>['body'], 'child_ids' | 'filter' | 'purpose'>

/** Ids in name order, bounded; each is remembered as opened for the purpose. @throws nobody_chosen, too_many_chosen */
async function chosen(
  ctx: Ctx,
  { child_ids, filter, purpose }: Chosen,
  limit: number,
  operation: string,
): Promise<string[]> {
  // Ids from outside: whoever is out of sight is not printed, so nothing is remembered of them either.
  let ids = child_ids ? [...(await seenOf(ctx, child_ids)).keys()] : []
  if (filter) {
    const count = await countChildren(ctx, filter)
    if (count > limit) throw problem('too_many_chosen', { values: { limit, count } })
    ids = await childIds(ctx, filter, limit)
  }
  if (ids.length === 0) throw problem('nobody_chosen')
  await ctx.opened(ids, operation, purpose)
  return ids
}

export async function contact_cards(ctx: Ctx, { body }: Input<typeof printOps.contact_cards>): Promise<FileAnswer> {
  const ids = await chosen(ctx, body, limits.cards, 'prints.contact_cards')
  const files = await seenFiles(ctx, ids, true)
  if (files.length === 0) throw problem('nobody_chosen')
  const people = await contactsOf(
    ctx,
    files.map((file) => file.id),
  )
  const cards = files.map((file) => cardOf(ctx, file, people.get(file.id)))
  await ctx.audit('prints.contact_cards', null, { purpose: body.purpose })
  const pdf = body.format === 'pdf'
  const name = files.length === 1 ? files[0]!.name : `${ctx.actor.unit_name}${files.length}人`
  return {
    file_name: `联系卡 ${name}.${body.format}`,
    media: pdf ? 'application/pdf' : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: await (pdf ? contactCardPdf : contactCardDocx)(cards, body.layout),
  }
}

export async function ledger(ctx: Ctx, { body }: Input<typeof printOps.ledger>): Promise<FileAnswer> {
  const ids = await chosen(ctx, body, limits.ledger, 'prints.ledger')
  const preset = ledgerPresets.find((p) => p.code === body.ledger)
  const unknown = body.columns?.find((field) => !listFields.some((offered) => offered.field === field))
  if (unknown !== undefined) throw problem('unknown_column', { values: { column: unknown } })
  await ctx.audit('prints.ledger', null, { purpose: body.purpose })
  const paper: LedgerPaper = {
    title: body.title ?? (preset ? `${ctx.actor.unit_name}${preset.zh}` : `${ctx.actor.unit_name}儿童名单`),
    unit: ctx.actor.unit_name,
    as_of: ctx.today,
    issued_by: ctx.actor.account_name,
    issued_at: ctx.now.toISOString(),
    purpose: body.purpose,
    note: null,
    unknown_as: body.unknown_as === 'words' ? '未采集' : '',
  }
  const children = (await seenFiles(ctx, ids, true)).map(ledgerChild)
  const content = preset
    ? childLedger(preset, paper, children)
    : childList(chooseFields(body.columns ?? ['name', 'sex', 'born_on', 'school', 'grade+class']), paper, children)
  return {
    file_name: `${paper.title}${ctx.today}.xlsx`,
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content,
  }
}

interface People {
  class_teacher: string | null
  child_director: string | null
  helper: string | null
  helper_phone: string | null
}

/** Who to call about the child: the class's teacher, the village's child director, the helper of the current pairing. */
async function contactsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, People>> {
  const member = (role: string, as: string) =>
    `(select a.name from child_units cu join memberships m on m.tenant_id = $1 and m.unit_id = cu.unit_id join accounts a on a.id = m.account_id and a.disabled_at is null
       where cu.tenant_id = $1 and cu.child_id = c.id and cu."as" = '${as}' and cu.until_on is null and m.role = '${role}' and m.from_on <= $3::date and (m.until_on is null or m.until_on > $3::date)
       order by m.from_on limit 1)`
  const rows = await ctx.db.rows<People & { id: string }>(
    `select c.id, ${member('class_teacher', 'class')} as class_teacher, ${member('child_director', 'residence')} as child_director, h.name as helper, h.phone as helper_phone
       from children c
       left join lateral (select a.name, (select p.value from phones p where p.tenant_id = $1 and p.adult_id = a.id order by p.position limit 1) as phone
              from pairings p join helpers w on w.tenant_id = $1 and w.id = p.helper_id join adults a on a.tenant_id = $1 and a.id = w.adult_id
             where p.tenant_id = $1 and p.child_id = c.id and p.from_on <= $3::date and (p.until_on is null or p.until_on > $3::date) order by p.from_on limit 1) as h on true
      where c.tenant_id = $1 and c.id = any($2::uuid[])`,
    [ctx.tenant, ids, ctx.today],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

const contact = (name: string | null | undefined, phone: string | null = null): CardContact | null =>
  name ? { name, phone } : null
const relationWords = new Map<string, string>(relations.map((r) => [r.code, r.zh]))

function cardOf(ctx: Ctx, file: ChildFile, people: People | undefined): ContactCardData {
  const parent = (p: ChildFile['father']) =>
    p ? { name: p.name, work_place: p.work_place, phones: p.phones.slice(0, 4) } : null
  const carer = file.carer
  return {
    child: {
      name: file.name,
      sex: file.sex,
      born_on: file.born_on,
      age: file.age,
      school: file.school_name,
      class_name: classWords(file),
      residence: file.address ?? file.villager_group,
    },
    father: parent(file.father),
    mother: parent(file.mother),
    carer: carer
      ? {
          name: carer.name,
          relation: carer.relation_words ?? (carer.relation ? (relationWords.get(carer.relation) ?? null) : null),
          age: carer.age,
          occupation: carer.occupation,
          health: carer.health,
          residence: carer.address ?? file.address,
          phones: carer.phones.slice(0, 4),
        }
      : null,
    class_teacher: contact(people?.class_teacher),
    helper: contact(people?.helper, people?.helper_phone ?? null),
    child_director: contact(people?.child_director),
    card_code: null,
    card_url: file.card_code ? `${ctx.publicUrl()}/cards/${file.card_code}` : null,
    unit_name: ctx.actor.unit_name,
    issued_on: ctx.today,
    issued_by: ctx.actor.account_name,
    hotlines: defaultHotlines,
  }
}

function classWords(file: ChildFile): string | null {
  if (!file.grade) return null
  const grade = gradeLabel(file.grade as Grade)
  return file.class_number && /^\d+$/.test(file.class_number) ? `${grade}（${file.class_number}）班` : grade
}
