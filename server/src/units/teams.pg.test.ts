import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, strFromU8 } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { teamOps, type Team } from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let house: TestApp
let cast: Cast
let director: Person
let stranger: Person

beforeAll(async () => {
  house = await testApp()
  cast = await house.make.county()
  director = await house.signInAs('child_director', cast.village)
  stranger = await house.signInAs('child_director', cast.otherVillage)
})
afterAll(() => house.close())

function newTeam(name = '小暑村关爱服务领导小组'): Promise<Team> {
  const body = {
    id: newId(),
    unit_id: cast.village.id,
    kind: 'leading_group',
    name,
    duties: '领导小组统筹全村留守儿童关爱服务工作。',
    from_on: '2026-09-01',
  } as const
  return house.call(teamOps.create, { body }, director)
}

async function withMembers(): Promise<Team> {
  let team = await newTeam(`小组${newId().slice(-6)}`)
  for (const [name, post, occupation, phone] of [
    ['陈桂兰', 'member', '村妇联主席', '13800000001'],
    ['周建国', 'leader', '村党支部书记', '13800000002'],
    ['吴秀英', 'liaison', '儿童主任', '13800000003'],
  ] as const)
    team = await house.call(
      teamOps.add_member,
      {
        id: team.id,
        body: {
          id: newId(),
          name,
          post,
          occupation,
          phone,
          duties: `${name}负责的事`,
          from_on: '2026-09-01',
          version: team.version,
        },
      },
      director,
    )
  return team
}

test('create, list, get: a group belongs to its unit and to nobody else’s eyes', async () => {
  const team = await newTeam()
  expect(team).toMatchObject({ kind: 'leading_group', members: [], version: 1, until_on: null })
  expect((await house.call(teamOps.list, { unit_id: cast.village.id }, director)).items.map((one) => one.id)).toContain(
    team.id,
  )
  expect((await house.call(teamOps.get, { id: team.id }, director)).name).toBe(team.name)
  expect((await house.refused(teamOps.get, { id: team.id }, stranger)).code).toBe('not_found')
  expect((await house.call(teamOps.list, {}, stranger)).items).toEqual([])
  const elsewhere = {
    id: newId(),
    unit_id: cast.otherVillage.id,
    kind: 'team',
    name: '甲',
    from_on: '2026-09-01',
  } as const
  expect((await house.refused(teamOps.create, { body: elsewhere }, director)).code).toBe('not_found')
  const teacher = await house.signInAs('class_teacher', cast.class)
  const theirs = { ...elsewhere, unit_id: cast.class.id }
  expect((await house.refused(teamOps.create, { body: theirs }, teacher)).code).toBe('forbidden')
})

test('add_member: members stand in the order of their posts, and one person is kept once', async () => {
  const team = await withMembers()
  expect(team.members.map((member) => [member.name, member.post, member.phone])).toEqual([
    ['周建国', 'leader', '13800000002'],
    ['陈桂兰', 'member', '13800000001'],
    ['吴秀英', 'liaison', '13800000003'],
  ])
  const other = await withMembers()
  // The same name and phone are the same person.
  expect(other.members.map((member) => member.adult_id)).toEqual(team.members.map((member) => member.adult_id))
  const again = {
    id: newId(),
    adult_id: team.members[0]!.adult_id,
    post: 'deputy',
    from_on: '2026-10-01',
    version: team.version,
  } as const
  const twin = await house.refused(teamOps.add_member, { id: team.id, body: again }, director)
  expect(twin).toMatchObject({ code: 'team_member_exists', detail: expect.stringContaining('周建国') })
  const nobody = { id: newId(), post: 'member', from_on: '2026-10-01', version: team.version } as const
  expect((await house.refused(teamOps.add_member, { id: team.id, body: nobody }, director)).errors).toMatchObject([
    { path: 'name' },
  ])
  const early = { ...nobody, name: '冯海涛', from_on: '2026-08-31' }
  expect((await house.refused(teamOps.add_member, { id: team.id, body: early }, director)).code).toBe(
    'day_before_start',
  )
})

test('end_member: the post ends on a day and may be given again; a stale page is told', async () => {
  const team = await withMembers()
  const leader = team.members[0]!
  const body = { until_on: '2026-11-01', version: team.version }
  const ended = await house.call(teamOps.end_member, { id: leader.id, body }, director)
  expect(ended.members.at(-1)).toMatchObject({ name: '周建国', until_on: '2026-11-01' })
  const late = await house.refused(teamOps.end_member, { id: team.members[1]!.id, body }, director)
  expect(late).toMatchObject({ code: 'stale', current: { version: ended.version } })
  const back = {
    id: newId(),
    adult_id: leader.adult_id,
    post: 'deputy',
    from_on: '2026-11-01',
    version: ended.version,
  } as const
  const again = await house.call(teamOps.add_member, { id: team.id, body: back }, director)
  expect(again.members.filter((member) => member.name === '周建国').map((member) => member.post)).toEqual([
    'deputy',
    'leader',
  ])
  expect(
    (await house.refused(teamOps.end_member, { id: leader.id, body: { ...body, version: again.version } }, director))
      .code,
  ).toBe('already_ended')
  expect(
    (await house.refused(teamOps.end_member, { id: leader.id, body: { ...body, version: again.version } }, stranger))
      .code,
  ).toBe('not_found')
})

test('change and end: the group keeps its days, and its members end with it', async () => {
  const team = await withMembers()
  const change = {
    kind: 'task_force',
    name: '寒假专班',
    duties: null,
    from_on: '2026-09-01',
    version: team.version,
  } as const
  const changed = await house.call(teamOps.change, { id: team.id, body: change }, director)
  expect(changed).toMatchObject({ kind: 'task_force', name: '寒假专班', duties: null })
  const late = { ...change, from_on: '2026-10-01', version: changed.version }
  expect((await house.refused(teamOps.change, { id: team.id, body: late }, director)).code).toBe('day_before_start')
  const ended = await house.call(
    teamOps.end,
    { id: team.id, body: { until_on: '2026-11-20', version: changed.version } },
    director,
  )
  expect(ended.until_on).toBe('2026-11-20')
  expect(ended.members.map((member) => member.until_on)).toEqual(['2026-11-20', '2026-11-20', '2026-11-20'])
  const again = { until_on: '2026-11-21', version: ended.version }
  expect((await house.refused(teamOps.end, { id: team.id, body: again }, director)).code).toBe('already_ended')
  const now = await house.call(teamOps.list, { unit_id: cast.village.id }, director)
  expect(now.items.map((one) => one.id)).not.toContain(team.id)
  const all = await house.call(teamOps.list, { unit_id: cast.village.id, ended: true }, director)
  expect(all.items.map((one) => one.id)).toContain(team.id)
})

test('print_word: the list holds everybody in post today, the leader first, and says when it was printed', async () => {
  const team = await withMembers()
  const member = team.members[1]!
  await house.call(
    teamOps.end_member,
    { id: member.id, body: { until_on: '2026-11-01', version: team.version } },
    director,
  )
  const bytes = (await house.call(teamOps.print_word, { id: team.id }, director)) as unknown as Uint8Array
  const text = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml']!).replace(/<[^>]+>/g, '')
  expect(text).toContain('周建国')
  expect(text.indexOf('周建国')).toBeLessThan(text.indexOf('吴秀英'))
  expect(text).not.toContain('陈桂兰')
  expect(text).toContain('小暑村')
  const { rows } = await house.owner.query(
    `select operation from audit where subject_id = $1 and operation = 'team.printed'`,
    [team.id],
  )
  expect(rows).toHaveLength(1)
})

test('print_pdf: the same list as a page that can be read', async () => {
  const team = await withMembers()
  const bytes = (await house.call(teamOps.print_pdf, { id: team.id }, director)) as unknown as Uint8Array
  const folder = mkdtempSync(join(tmpdir(), 'nuanyang-print-'))
  try {
    writeFileSync(join(folder, 'list.pdf'), bytes)
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'list.pdf'), '-'], { encoding: 'utf8' })
    for (const words of ['周建国', '组长', '村党支部书记', '138-0000-0002', '吴秀英负责的事'])
      expect(text).toContain(words)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('an empty list is refused with what to do', async () => {
  const team = await newTeam('空组')
  const refused = await house.refused(teamOps.print_pdf, { id: team.id }, director)
  expect(refused).toMatchObject({ code: 'team_empty', detail: expect.stringContaining('请先添加成员') })
  expect((await house.refused(teamOps.print_word, { id: team.id }, stranger)).code).toBe('not_found')
})
