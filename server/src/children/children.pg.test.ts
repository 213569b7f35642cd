import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childOps, type NewChild } from '@nuanyang/contract/children.ts'
import { checkDigit } from '@nuanyang/domain/identity_numbers.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
let teacher: Person

beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village, { name: '周敏' })
  teacher = await app.signInAs('class_teacher', cast.class, { name: '何静' })
})
afterAll(() => app.close())

const number = (first17: string) => first17 + checkDigit(first17)
const xiaoyu = number('99012320170821094')

function child(name: string, facts: Partial<NewChild['facts']> = {}): NewChild {
  return { id: newId(), facts: { name, ...facts } }
}

describe('一个孩子一份档案', () => {
  const body = child('陈小雨', {
    identity_no: xiaoyu,
    address: '小暑村三组 7 号',
    villager_group: '三组',
    school_name: '镇中心小学',
    grade: '3',
    class_number: '2',
    health: 'healthy',
    father: { name: '陈建国', phones: ['19800000731'], state: 'away', work_place: '东莞', away_since: '2025-02' },
    mother: { name: '李秋萍', state: 'away', work_place: '宁波' },
    carer: { name: '王桂英', relation: 'paternal_grandmother', age: 68, phones: ['19900000216'] },
  })

  test('children.create opens a file whose number gives birth and sex, and says what is missing', async () => {
    const file = await app.call(childOps.create, { body }, director)
    expect(file).toMatchObject({
      name: '陈小雨',
      sex: expect.stringMatching(/male/),
      born_on: '2017-08-21',
      age: 9,
      grade: '3',
    })
    expect(file.missing).toEqual(['mother_phone'])
    expect(file.contradictions).toEqual([])
    expect(file.units).toMatchObject([{ as: 'residence', name: cast.village.name }])
  })

  test('the same command again answers the same file and makes no second one', async () => {
    const key = newId()
    const again = child('郭嘉禾')
    await app.call(childOps.create, { body: again }, director, { key })
    await app.call(childOps.create, { body: again }, director, { key })
    expect(await app.call(childOps.count, { q: '郭嘉禾' }, director)).toEqual({ count: 1 })
    const other = await app.refused(childOps.create, { body: child('郭嘉苗') }, director, { key })
    expect(other.code).toBe('key_reused')
  })

  test('numbers arrive masked; children.reveal opens them for a purpose and 谁看过 says so', async () => {
    const raw = await app.send(childOps.get, { id: body.id }, director)
    expect(raw.text).not.toContain(xiaoyu)
    expect(raw.text).not.toContain('19800000731')
    expect(JSON.parse(raw.text)).toMatchObject({
      identity_no: `990•••${xiaoyu.slice(-4)}`,
      father: { phones: ['198••••0731'] },
    })
    const opened = await app.call(childOps.reveal, { id: body.id, body: { purpose: '给爸爸打电话' } }, director)
    expect(opened.values).toMatchObject({ identity_no: xiaoyu, 'father.phones': ['19800000731'] })
    const seen = await app.call(childOps.openings, { id: body.id }, director)
    expect(seen.items[0]).toMatchObject({ operation: 'children.reveal', purpose: '给爸爸打电话', by_name: '周敏' })
    expect(seen.items.map((item) => item.operation)).toContain('children.get')
  })

  test('children.list finds by name, pinyin, initials, carer, full phone and full number', async () => {
    for (const q of ['小雨', '陈', 'chenxiaoyu', 'xiaoyu', 'cxy', '王桂英', '陈建国', '19800000731', xiaoyu]) {
      const found = await app.call(childOps.list, { q }, director)
      expect(
        found.items.map((row) => row.name),
        q,
      ).toEqual(['陈小雨'])
    }
    expect((await app.call(childOps.list, { q: '13900000000' }, director)).items).toEqual([])
    const [row] = (await app.call(childOps.list, { q: '小雨' }, director)).items
    expect(row).toMatchObject({
      carer_name: '王桂英',
      father_state: 'away',
      father_place: '东莞',
      phone: '199••••0216',
      missing: 1,
    })
  })

  test('initials find a name that goes on in a letter without a reading', async () => {
    for (const name of ['买买提·艾力', '龚𠮷宁']) await app.call(childOps.create, { body: child(name) }, director)
    for (const [q, name] of [
      ['mmt', '买买提·艾力'],
      ['g', '龚𠮷宁'],
    ] as const)
      expect(
        (await app.call(childOps.list, { q }, director)).items.map((row) => row.name),
        q,
      ).toContain(name)
  })

  test('a number and its list are the same for every filter', async () => {
    for (const filter of [
      {},
      { missing: 'any' },
      { missing: 'mother_phone' },
      { away: 'both' as const },
      { boarding: 'unknown' as const },
      { helper: 'no' as const },
    ]) {
      const [{ count }, list] = [
        await app.call(childOps.count, filter, director),
        await app.call(childOps.list, filter, director),
      ]
      expect(list.items.length, JSON.stringify(filter)).toBe(count)
    }
  })

  test('a whole township finds by words page by page, in the order of names, as many as counted, and no other county’s', async () => {
    for (const name of ['赵桂苗', '白桂苗', '郑苗']) await app.call(childOps.create, { body: child(name) }, director)
    const supervisor = await app.signInAs('child_supervisor', cast.township)
    const names: string[] = []
    let after: string | null = null
    do {
      const page: { items: { name: string }[]; next: string | null } = await app.call(
        childOps.list,
        { q: '苗', limit: 1, ...(after ? { after } : {}) },
        supervisor,
      )
      names.push(...page.items.map((row) => row.name))
      after = page.next
    } while (after)
    expect(names).toEqual(['白桂苗', '赵桂苗', '郑苗'])
    expect(await app.call(childOps.count, { q: '苗' }, supervisor)).toEqual({ count: names.length })
    expect((await app.call(childOps.list, { q: '桂苗' }, supervisor)).items).toHaveLength(2)
    // A full number answers whoever may open it, and nobody far away.
    for (const q of ['19800000731', xiaoyu])
      expect((await app.call(childOps.list, { q }, supervisor)).items.map((row) => row.name)).toEqual(['陈小雨'])
    const far = await app.make.county('990457')
    const elsewhere = await app.signInAs('child_supervisor', far.township)
    for (const q of ['苗', '19800000731', xiaoyu])
      expect((await app.call(childOps.list, { q }, elsewhere)).items).toEqual([])
  })

  test('another village, another county, nobody: absent and invisible look the same', async () => {
    const neighbour = await app.signInAs('child_director', cast.otherVillage)
    const far = await app.make.county('990456')
    const stranger = await app.signInAs('child_director', far.village)
    for (const who of [neighbour, stranger, teacher]) {
      expect((await app.refused(childOps.get, { id: body.id }, who)).code).toBe('not_found')
      expect(await app.call(childOps.list, { q: '陈小雨' }, who)).toMatchObject({ items: [] })
      expect((await app.refused(childOps.reveal, { id: body.id, body: { purpose: '看看' } }, who)).code).toBe(
        'not_found',
      )
      expect((await app.refused(childOps.history, { id: body.id }, who)).code).toBe('not_found')
      expect((await app.refused(childOps.openings, { id: body.id }, who)).code).toBe('not_found')
    }
    expect((await app.refused(childOps.get, { id: body.id }, null)).code).toBe('not_signed_in')
    const administrator = await app.signInAs('administrator', cast.county)
    expect((await app.refused(childOps.list, {}, administrator)).code).toBe('forbidden')
  })

  test('children.change asks for the version, keeps the history, and shows both on conflict', async () => {
    const file = await app.call(childOps.get, { id: body.id }, director)
    const changed = await app.call(
      childOps.change,
      { id: body.id, body: { version: file.version, facts: { mother: { phones: ['13700001111'] } } } },
      director,
    )
    expect(changed).toMatchObject({
      proposed: [],
      file: { missing: [], mother: { phones: ['137••••1111'], work_place: '宁波' } },
    })
    const stale = await app.refused(
      childOps.change,
      { id: body.id, body: { version: file.version, facts: { address: '别处' } } },
      director,
    )
    expect(stale).toMatchObject({ code: 'stale', current: { address: '小暑村三组 7 号' } })
    const history = await app.call(childOps.history, { id: body.id, field: 'mother.phones' }, director)
    expect(history.items).toMatchObject([
      { field: 'mother.phones', old: null, hidden: true, state: 'applied', by_name: '周敏' },
    ])
  })

  test('a parent who moves on keeps the old place in the ledger', async () => {
    app.time.now = new Date('2026-12-20T02:00:00Z')
    const file = await app.call(childOps.get, { id: body.id }, director)
    const { file: after } = await app.call(
      childOps.change,
      {
        id: body.id,
        body: { version: file.version, facts: { father: { work_place: '佛山', away_since: '2026-12' } } },
      },
      director,
    )
    expect(after.father).toMatchObject({ name: '陈建国', state: 'away', work_place: '佛山', away_since: '2026-12' })
    const spells = await app.owner.query(
      `select place_text, from_on, until_on from parent_spells where child_id = $1 and parent = 'father' order by from_on`,
      [body.id],
    )
    expect(spells.rows).toEqual([
      { place_text: '东莞', from_on: '2025-02', until_on: '2026-12' },
      { place_text: '佛山', from_on: '2026-12', until_on: null },
    ])
    const overlapping = await app.refused(
      childOps.change,
      { id: body.id, body: { version: after.version, facts: { father: { away_since: '2025-01' } } } },
      director,
    )
    expect(overlapping.code).toBe('days_overlap')
    app.time.now = new Date('2026-11-25T02:00:00Z')
  })

  test('wrong numbers and births are refused in words, and a taken number names no child', async () => {
    const wrong = await app.refused(
      childOps.create,
      { body: child('丁一', { identity_no: '990123201708210941' }) },
      director,
    )
    expect(wrong.detail).toMatch(/校验|不对/)
    const future = await app.refused(childOps.create, { body: child('丁二', { born_on: '2027-01' }) }, director)
    expect(future.code).toBe('born_in_future')
    const neighbour = await app.signInAs('child_director', cast.otherVillage)
    const taken = await app.refused(childOps.create, { body: child('丁三', { identity_no: xiaoyu }) }, neighbour)
    expect(taken.code).toBe('identity_no_taken')
    expect(taken.detail).not.toContain('陈小雨')
    const similar = await app.refused(childOps.create, { body: child('陈小雨', { born_on: '2017-08' }) }, director)
    expect(similar.code).toBe('similar_child')
  })

  test.each(['陈小雨\ud842', '\ude9f雨', '陈\0雨'])(
    'half a character or an invisible one is refused where it stands: %j',
    async (name) => {
      const written = await app.refused(childOps.create, { body: child(name) }, director)
      expect([written.code, written.errors?.map(({ path }) => path)]).toEqual(['invalid', ['facts.name']])
    },
  )

  test('an invisible character in a search is refused as well', async () => {
    expect((await app.refused(childOps.list, { q: '陈\0雨' }, director)).code).toBe('invalid')
  })

  test('a cursor that is somebody else’s child is no place in the list', async () => {
    const neighbour = await app.signInAs('child_director', cast.otherVillage)
    const theirs = await app.call(childOps.create, { body: child('阿宝') }, neighbour)
    for (const order of ['name', 'age', 'updated'] as const)
      expect((await app.call(childOps.list, { order, after: theirs.id }, director)).items).toEqual([])
    expect((await app.call(childOps.list, { after: theirs.id }, neighbour)).next).toBeNull()
  })

  test('children.exit and children.restore say who and why', async () => {
    const file = await app.call(childOps.create, { body: child('马思远') }, director)
    const left = await app.call(
      childOps.exit,
      { id: file.id, body: { version: file.version, on: '2026-11-25', reason: 'parents_returned' } },
      director,
    )
    expect(left).toMatchObject({ status: 'exited', exit_reason: 'parents_returned' })
    expect((await app.call(childOps.list, { q: '马思远' }, director)).items).toEqual([])
    expect((await app.call(childOps.list, { q: '马思远', status: 'exited' }, director)).items).toHaveLength(1)
    const back = await app.call(
      childOps.restore,
      { id: file.id, body: { version: left.version, note: '妈妈又外出了' } },
      director,
    )
    expect(back).toMatchObject({ status: 'registered', exit_reason: null })
  })
})

describe('村里和学校各管一边', () => {
  let id: string
  test('children.place lets the class see the child, with its own cells', async () => {
    const supervisor = await app.signInAs('child_supervisor', cast.township)
    const file = await app.call(
      childOps.create,
      {
        body: child('孙浩然', {
          born_on: '2017-05-02',
          grade: '3',
          father: { name: '孙伟', phones: ['13600002222'], state: 'away' },
        }),
      },
      director,
    )
    id = file.id
    await app.call(
      childOps.place,
      { id, body: { unit_id: cast.class.id, as: 'class', from_on: '2026-09-01' } },
      supervisor,
    )
    const seen = await app.call(childOps.get, { id }, teacher)
    expect(seen.groups).toMatchObject({ full_name: 'open', phones: 'masked', aid: 'masked', psychological: 'no' })
    expect(seen.father?.phones).toEqual(['136••••2222'])
  })

  test('filling an unknown applies, changing what the village knows is proposed and decided by the village', async () => {
    const file = await app.call(childOps.get, { id }, teacher)
    const answer = await app.call(
      childOps.change,
      { id, body: { version: file.version, facts: { mother: { name: '韩丽' }, father: { name: '孙大伟' } } } },
      teacher,
    )
    expect(answer).toMatchObject({
      proposed: ['father.name'],
      file: { mother: { name: '韩丽' }, father: { name: '孙伟' } },
    })
    expect((await app.refused(childOps.waiting, {}, teacher)).code).toBe('forbidden')
    const waiting = await app.call(childOps.waiting, {}, director)
    expect(waiting.items).toMatchObject([
      { child_name: '孙浩然', field: 'father.name', old: '孙伟', new: '孙大伟', by_name: '何静' },
    ])
    await app.call(childOps.decide, { id: waiting.items[0]!.id, body: { accept: true } }, director)
    expect((await app.call(childOps.get, { id }, director)).father?.name).toBe('孙大伟')
    expect(
      (await app.refused(childOps.decide, { id: waiting.items[0]!.id, body: { accept: false } }, director)).code,
    ).toBe('already_decided')
  })

  test('a class teacher does not close the village’s file, and a number in use elsewhere says no place', async () => {
    const file = await app.call(childOps.get, { id }, teacher)
    const closing = await app.refused(
      childOps.exit,
      { id, body: { version: file.version, on: '2026-11-25', reason: 'moved_away' } },
      teacher,
    )
    expect(closing.code).toBe('field_not_yours')
    const neighbour = await app.signInAs('child_director', cast.otherVillage)
    const taken = await app.refused(childOps.create, { body: child('丁五', { identity_no: xiaoyu }) }, neighbour)
    expect(taken.detail).toContain('本县别的单位')
    expect(taken.detail).not.toContain(cast.village.name)
  })

  test('a class teacher may not touch what the role never sees', async () => {
    const file = await app.call(childOps.get, { id }, teacher)
    const refused = await app.refused(
      childOps.change,
      { id, body: { version: file.version, facts: { aid_kinds: ['subsistence_allowance'] } } },
      teacher,
    )
    expect(refused).toMatchObject({ code: 'field_not_yours' })
    expect(refused.detail).toMatch(/儿童主任/)
  })

  test('children.leave takes the child out of the class’s sight, and enrolment and link stay equal', async () => {
    const supervisor = await app.signInAs('child_supervisor', cast.township)
    await app.call(
      childOps.leave,
      { id, body: { unit_id: cast.class.id, as: 'class', until_on: '2026-11-25' } },
      supervisor,
    )
    expect((await app.refused(childOps.get, { id }, teacher)).code).toBe('not_found')
    const equal = await app.owner.query(
      `select (select unit_id from child_units where child_id = $1 and "as" = 'class' and until_on is null) is not distinct from
              (select class_unit_id from enrolments where child_id = $1 and until_on is null) as equal`,
      [id],
    )
    expect(equal.rows[0].equal).toBe(true)
  })

  test('children.find_card opens the file behind a card only for those who may see it', async () => {
    const file = await app.call(childOps.get, { id }, director)
    expect(await app.call(childOps.find_card, { code: file.card_code! }, director)).toEqual({ id })
    expect((await app.refused(childOps.find_card, { code: file.card_code! }, teacher)).code).toBe('not_found')
  })
})
