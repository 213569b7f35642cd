// 领导小组名单: who leads the work, with posts, duties and phones, as the paper that hangs in the office and goes to the township.
import type { TeamListData } from '@nuanyang/contract/documents.ts'
import {
  officialDocument,
  officialPdf,
  officialWidth,
  type OfficialBlock,
  type OfficialColumn,
  type OfficialDocument,
} from './official.ts'
import { charactersOf, printedPhone } from './printed_words.ts'

/** The list in 公文 layout. Columns that nobody filled are left out: an empty column looks like a form not done. */
export function teamListDocument(data: TeamListData): OfficialDocument {
  const { members } = data
  const column = (header: string, width: number, set: OfficialColumn['set']): OfficialColumn => ({ header, width, set })
  // Millimetres. A name is never broken, so the longest one says how wide its column is (2.9 mm a character at 8 pt).
  const names = Math.min(40, Math.max(19, ...members.map((member) => charactersOf(member.name).length * 2.9 + 3)))
  const dated = members.some((member) => member.from_on !== null || member.until_on !== null) ? 23 : 0
  const rest = officialWidth - 19 - names - 28 - dated
  const places: { column: OfficialColumn; words: (member: TeamListData['members'][number]) => string }[] = [
    { column: column('组内职务', 19, 'line'), words: (member) => member.post },
    { column: column('姓名', names, 'line'), words: (member) => member.name },
    { column: column('单位及职务', rest * 0.42, 'text'), words: (member) => member.position ?? '' },
    { column: column('分工', rest * 0.58, 'text'), words: (member) => member.duties ?? '' },
    { column: column('电话', 28, 'line'), words: (member) => printedPhone(member.phone) },
    { column: column('任职起止', dated, 'text'), words: (member) => spell(member.from_on, member.until_on) },
  ]
  const shown = places.filter(({ words }) => members.some((member) => words(member) !== ''))
  const blocks: OfficialBlock[] = data.introduction.map((text) => ({ kind: 'paragraph', text }))
  blocks.push({
    kind: 'table',
    columns: shown.map((place) => place.column),
    rows: members.map((member) => shown.map((place) => place.words(member))),
  })
  blocks.push(...data.closing.map((text): OfficialBlock => ({ kind: 'paragraph', text })))
  return { title: data.title, subtitle: null, blocks, signed: { unit: data.unit_name, on: data.dated_on } }
}

/** To the month, each on its own line: 2026.09起, 2026.09—\n2027.08, or nothing. */
function spell(from: string | null, until: string | null): string {
  const month = (day: string) => day.slice(0, 7).replace('-', '.')
  if (from !== null && until !== null) return `${month(from)}—\n${month(until)}`
  if (from !== null) return `${month(from)}起`
  return until === null ? '' : `至${month(until)}`
}

/** The list as PDF. Throws when the group has no member. */
export async function teamListPdf(data: TeamListData): Promise<Uint8Array> {
  return officialPdf(teamListDocument(withMembers(data)))
}

/** The list as Word. Throws when the group has no member. */
export async function teamListDocx(data: TeamListData): Promise<Uint8Array> {
  return officialDocument(teamListDocument(withMembers(data)))
}

function withMembers(data: TeamListData): TeamListData {
  if (data.members.length === 0) throw new Error('小组里还没有人，名单没法打印：请先在“小组”里添加成员')
  return data
}
