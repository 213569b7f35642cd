// Rows of a ledger: one for each child, or one for each absence of a parent, each carer, each person of the home.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import type { FamilyLines } from '@nuanyang/contract/families.ts'
import type { LedgerChild, LedgerRows } from '@nuanyang/domain/ledgers.ts'
import { relations } from '@nuanyang/domain/values/relation.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { awaySpells, careSpells, childrenOfHomes } from '../families/families.lists.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { ledgerChild } from './documents.ledger_child.ts'

type Row = Record<string, unknown>

/** @returns the lines, and the files that any of them is about */
export async function ledgerRows(
  ctx: Ctx,
  rows: LedgerRows | undefined,
  files: readonly ChildFile[],
  lines: FamilyLines,
): Promise<{ rows: LedgerChild[]; files: readonly ChildFile[] }> {
  if (!rows) return { rows: files.map(ledgerChild), files }
  const of = await rowsOf(ctx, rows, files, lines)
  const told = files.flatMap((file) => {
    const child = ledgerChild(file)
    return (of.get(file.id) ?? []).map((row) => ({ ...child, facts: { ...child.facts, row } }))
  })
  return { rows: told, files: files.filter((file) => of.has(file.id)) }
}

/** Words looked for in what a line shows, as the page of families looks for them. */
const speaks = (q: string | undefined, ...texts: (string | null | undefined)[]) =>
  !q?.trim() || texts.some((text) => text?.includes(q.trim()))

async function rowsOf(
  ctx: Ctx,
  rows: LedgerRows,
  files: readonly ChildFile[],
  lines: FamilyLines,
): Promise<Map<string, Row[]>> {
  if (rows === 'members') {
    const asked = lines.away || lines.q?.trim() ? await childrenOfHomes(ctx, lines) : null
    return new Map(files.filter((file) => asked?.has(file.id) ?? true).map((file) => [file.id, membersOf(file)]))
  }
  // Whose family is closed to the actor has no row here either.
  const open = files.filter((file) => file.groups.family === 'open')
  const byId = new Map(open.map((file) => [file.id, file]))
  const ids = [...byId.keys()]
  const out = new Map<string, Row[]>()
  const add = (id: string, row: Row) => out.set(id, [...(out.get(id) ?? []), row])
  if (rows === 'away')
    for (const { child_id, parent, ...spell } of await awaySpells(ctx, ids, lines)) {
      if (!speaks(lines.q, byId.get(child_id)!.name, spell.name, spell.place)) continue
      const phones = spell.now ? (byId.get(child_id)![parent]?.phones ?? []) : []
      add(child_id, { ...spell, who: parent === 'father' ? '爸爸' : '妈妈', phones })
    }
  else
    for (const { child_id, ...spell } of await careSpells(ctx, ids, lines)) {
      if (!speaks(lines.q, byId.get(child_id)!.name, spell.name, spell.relation_words)) continue
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
