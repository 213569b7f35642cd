// 联系卡 from files: who to call about a child, as this reader may know it.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { defaultHotlines, type CardContact, type ContactCardData } from '@nuanyang/contract/documents.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import type { Ctx } from '../kernel/ctx.ts'

export async function cardsOf(ctx: Ctx, files: readonly ChildFile[], unitName: string): Promise<ContactCardData[]> {
  const people = await contactsOf(
    ctx,
    files.map((file) => file.id),
  )
  return files.map((file) => cardOf(ctx, file, people.get(file.id), unitName))
}

interface People {
  class_teacher: string | null
  child_director: string | null
  helper: string | null
  helper_phone: string | null
  village: string | null
}

/** Who to call about the child: the class's teacher, the village's child director, the helper of the current pairing. */
async function contactsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, People>> {
  const member = (role: string, as: string) =>
    `(select a.name from child_units cu join memberships m on m.tenant_id = $1 and m.unit_id = cu.unit_id join accounts a on a.id = m.account_id and a.disabled_at is null
       where cu.tenant_id = $1 and cu.child_id = c.id and cu."as" = '${as}' and cu.until_on is null and m.role = '${role}' and m.from_on <= $3::date and (m.until_on is null or m.until_on > $3::date)
       order by m.from_on limit 1)`
  const rows = await ctx.db.rows<People & { id: string }>(
    `select c.id, ${member('class_teacher', 'class')} as class_teacher, ${member('child_director', 'residence')} as child_director, h.name as helper, h.phone as helper_phone,
        (select u.name from child_units cu join units u on u.tenant_id = $1 and u.id = cu.unit_id
          where cu.tenant_id = $1 and cu.child_id = c.id and cu."as" = 'residence' and cu.until_on is null order by cu.from_on desc limit 1) as village
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

/** On paper 三组 alone says nothing: it stands behind its village. */
function groupInVillage(group: string | null, village: string | null): string | null {
  return group && village && !group.startsWith(village) ? `${village}${group}` : group
}

function cardOf(ctx: Ctx, file: ChildFile, people: People | undefined, unitName: string): ContactCardData {
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
      residence: file.address ?? groupInVillage(file.villager_group, people?.village ?? null),
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
    unit_name: unitName,
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
