// Rows of a ledger: one for each child, or one for each absence of a parent, each carer, each person of the home.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { LedgerChild, LedgerRows } from '@nuanyang/domain/ledgers.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { awaySpells, careSpells } from '../families/families.lists.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { ledgerChild } from './documents.ledger_child.ts'

type Row = Record<string, unknown>

export async function ledgerRows(
  ctx: Ctx,
  rows: LedgerRows | undefined,
  files: readonly ChildFile[],
): Promise<LedgerChild[]> {
  if (!rows) return files.map(ledgerChild)
  const of = await rowsOf(ctx, rows, files)
  return files.flatMap((file) => {
    const child = ledgerChild(file)
    return (of.get(file.id) ?? []).map((row) => ({ ...child, facts: { ...child.facts, row } }))
  })
}

async function rowsOf(ctx: Ctx, rows: LedgerRows, files: readonly ChildFile[]): Promise<Map<string, Row[]>> {
  if (rows === 'members') return new Map(files.map((file) => [file.id, membersOf(file)]))
  // Whose family is closed to the actor has no row here either.
  const open = files.filter((file) => file.groups.family === 'open')
  const byId = new Map(open.map((file) => [file.id, file]))
  const ids = [...byId.keys()]
  const out = new Map<string, Row[]>()
  const add = (id: string, row: Row) => out.set(id, [...(out.get(id) ?? []), row])
  if (rows === 'away')
    for (const { child_id, parent, ...spell } of await awaySpells(ctx, ids)) {
      const phones = spell.now ? (byId.get(child_id)![parent]?.phones ?? []) : []
      add(child_id, { ...spell, who: parent === 'father' ? '爸爸' : '妈妈', phones })
    }
  else
    for (const { child_id, ...spell } of await careSpells(ctx, ids)) {
      const phones = spell.now ? (byId.get(child_id)!.carer?.phones ?? []) : []
      add(child_id, { ...spell, relation: spell.relation_words ?? relationWord(spell.relation), phones })
    }
  return out
}

const relationWord = (code: string | null) => (code === null ? null : labelOf(relations, code))

/** The child, the parents, who cares, and grandparents on record; each person once, nobody who died. */
function membersOf(file: ChildFile): Row[] {
  const school = [file.school_name, gradeWords(file)].filter(Boolean).join(' ')
  const out: Row[] = [
    {
      name: file.name,
      sex: file.sex,
      relation: '本人',
      age: file.age,
      illness: file.illness,
      disability: file.disability,
      disability_level: file.disability_level,
      work: school || null,
    },
  ]
  const seen = new Set<string>()
  const add = (id: string | null, row: Row) => {
    if (id !== null && seen.has(id)) return
    if (id !== null) seen.add(id)
    out.push(row)
  }
  for (const which of ['father', 'mother'] as const) {
    const parent = file[which]
    if (!parent || parent.state === 'deceased' || parent.name === null) continue
    const work = [parent.work_place, parent.work_unit, parent.occupation].filter(Boolean).join(' ')
    add(parent.adult_id, { name: parent.name, sex: which === 'father' ? 'male' : 'female', relation: which === 'father' ? '父亲' : '母亲', age: null, work: work || null }) // prettier-ignore
  }
  if (file.carer?.name) {
    const { adult_id, name, relation, relation_words, age, occupation } = file.carer
    add(adult_id, { name, relation: relation_words ?? relationWord(relation), age, work: occupation })
  }
  // Grandparents of the form are told by their kinship: one who cares for the child stands there already.
  const cares = file.carer?.relation
  for (const relative of file.relatives)
    if (relative.name && !relative.deceased && relative.relation !== cares) add(null, { name: relative.name, relation: relationWord(relative.relation), age: null }) // prettier-ignore
  return out
}

function gradeWords(file: ChildFile): string | null {
  const own = file.units.find((unit) => unit.as === 'class')
  return own?.name ?? null
}
