import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { consentOps } from '@nuanyang/contract/consents.ts'
import { fileLimitBytes, fileOps, filesPerOwner, type Paper } from '@nuanyang/contract/files.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const [child, another] = [newId(), newId()]
const folder = mkdtempSync(join(tmpdir(), 'nuanyang-scan-'))

beforeAll(async () => {
  // A real program: it refuses what holds the word of the test virus, and breaks on what it does not know.
  const scanner = join(folder, 'scan.sh')
  writeFileSync(
    scanner,
    '#!/bin/sh\ngrep -q TEST-VIRUS "$1" && exit 1\ngrep -q SCANNER-BREAKS "$1" && exit 2\nexit 0\n',
  )
  app = await testApp({ scanCommand: `/bin/sh ${scanner}` })
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  for (const [id, name] of [
    [child, '谷小雪'],
    [another, '苗清明'],
  ] as const)
    // prettier-ignore
    await app.call(childOps.create, { body: { id, facts: { name } } }, director)
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A picture as a phone makes it: lying on its side, with the place in it. */
const photo = () =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: '#8a5a00' } })
    .withExif({ IFD0: { Make: 'PHONE-OF-TEST' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '30/1 12/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

const attach = (owner_id: string, content: Uint8Array | string, given: { name?: string; paper?: Paper; covered?: 'yes'; id?: string } = {}) => ({
  body: {
    id: given.id ?? newId(),
    owner_type: 'child' as const,
    owner_id,
    paper: given.paper ?? ('other' as const),
    ...(given.covered ? { covered: given.covered } : {}),
  },
  file: { name: given.name ?? '材料.pdf', content },
}) // prettier-ignore
const pdf = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'
const agree = async (child_id: string) =>
  app.call(
    consentOps.add,
    {
      body: { id: newId(), child_id, purpose: 'photo', legal_basis: 'consent', given_by: '妈妈', how: 'phone', from_on: '2026-11-01' },
    },
    director,
  ) // prettier-ignore

describe('a child’s picture', () => {
  test('rests on a consent; without one it is refused by name, with covered faces it is taken', async () => {
    const refused = await app.refused(
      fileOps.add,
      attach(child, await photo(), { paper: 'photo', name: '小雪.jpg' }),
      director,
    )
    expect([refused.code, refused.detail.includes('小雪')]).toEqual(['photo_consent', true])
    const covered = await app.call(
      fileOps.add,
      attach(child, await photo(), { paper: 'photo', covered: 'yes' }),
      director,
    )
    expect(covered).toMatchObject({ form: 'picture', closed: false })
    expect((await app.call(fileOps.list, { owner_type: 'child', owner_id: child }, director)).items).toHaveLength(1)
  })

  test('is upright, smaller, and without place and device', async () => {
    await agree(child)
    const made = await app.call(
      fileOps.add,
      attach(child, await photo(), { paper: 'photo', name: 'IMG_1.JPG' }),
      director,
    )
    const kept = await app.send(fileOps.content, { id: made.id }, director)
    expect(kept.headers['content-type']).toBe('image/jpeg')
    const { width, height, exif, orientation } = await sharp(kept.bytes).metadata()
    expect([width, height, exif, orientation]).toEqual([200, 300, undefined, undefined])
    expect(kept.bytes.includes('PHONE-OF-TEST')).toBe(false)
    const small = await app.send(fileOps.content, { id: made.id, size: 'small' }, director)
    expect(Math.max(...Object.values(await sharp(small.bytes).metadata().then((m) => [m.width, m.height])))).toBeLessThanOrEqual(320) // prettier-ignore
  })

  test('of a newer phone (HEIC) is opened, one that is broken is refused in words', async () => {
    const heic = readFileSync(new URL('testing/red_left_blue_right.heic', import.meta.url))
    const made = await app.call(fileOps.add, attach(child, heic, { paper: 'photo', name: 'IMG_2.HEIC' }), director)
    expect(made.file_name).toBe('IMG_2.jpg')
    const { bytes } = await app.send(fileOps.content, { id: made.id }, director)
    const [red] = await sharp(bytes).extract({ left: 8, top: 8, width: 1, height: 1 }).raw().toBuffer()
    expect(red).toBeGreaterThan(140)
    const broken = await app.refused(fileOps.add, attach(child, heic.subarray(0, 300), { paper: 'photo', name: '坏.heic' }), director) // prettier-ignore
    expect(broken.code).toBe('file_broken')
  })

  test('is shown to nobody once the consent is withdrawn, and again when a new one is given', async () => {
    const consent = await agree(another)
    const made = await app.call(fileOps.add, attach(another, await photo(), { paper: 'photo' }), director)
    expect((await app.call(consentOps.get, { id: consent.id }, director)).pictures).toBe(1)
    await app.call(
      consentOps.withdraw,
      { id: consent.id, body: { version: consent.version, on: '2026-11-25', reason: '家里不愿意' } },
      director,
    )
    expect((await app.call(fileOps.get, { id: made.id }, director)).closed).toBe(true)
    for (const size of ['small', 'full'] as const)
      expect((await app.refused(fileOps.content, { id: made.id, size }, director)).code).toBe('file_closed')
    await agree(another)
    expect((await app.send(fileOps.content, { id: made.id }, director)).status).toBe(200)
  })
})

describe('what is taken in', () => {
  test('is told by its bytes: a renamed program, an archive, a video and a macro are not', async () => {
    const wrong: [string, Buffer][] = [
      ['照片.jpg', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
      ['材料.pdf', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200)])],
      ['录音.m4a', Buffer.concat([Buffer.from('\0\0\0\x18ftypisom'), Buffer.from('....hdlr....vide'), Buffer.alloc(100)])],
      ['表.docx', Buffer.from('PK\x03\x04[Content_Types].xml word/vbaProject.bin')],
      ['空.pdf', Buffer.from('')],
    ] // prettier-ignore
    for (const [name, content] of wrong)
      expect([name, (await app.refused(fileOps.add, attach(child, content, { name }), director)).code]).toEqual([name, 'file_form']) // prettier-ignore
    const right: [string, Buffer, string][] = [
      ['协议.docx', Buffer.from('PK\x03\x04[Content_Types].xml word/document.xml'), 'office'],
      ['老的.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100)]), 'office'],
      ['录音.amr', Buffer.from('#!AMR\nxxxxxxxxxx'), 'sound'],
      ['随便.bin', Buffer.from(pdf), 'pdf'],
    ]
    for (const [name, content, form] of right) {
      const made = await app.call(fileOps.add, attach(child, content, { name }), director)
      expect([name, made.form]).toEqual([name, form])
      await app.call(fileOps.remove, { id: made.id }, director)
    }
  })

  test('is bounded in size and number, and the same file sent again is kept once', async () => {
    const large = Buffer.concat([Buffer.from(pdf), Buffer.alloc(fileLimitBytes)])
    const refused = await app.refused(fileOps.add, attach(child, large, { name: '大.pdf' }), director)
    expect([refused.code, refused.detail.includes('20 MB')]).toEqual(['file_large', true])
    const crowded = newId()
    await app.call(childOps.create, { body: { id: crowded, facts: { name: '桑春分' } } }, director)
    const [key, again] = [newId(), attach(crowded, pdf)]
    for (let n = 0; n < 3; n++) await app.call(fileOps.add, again, director, { key })
    for (let n = 1; n < filesPerOwner; n++) await app.call(fileOps.add, attach(crowded, pdf), director)
    expect((await app.refused(fileOps.add, attach(crowded, pdf), director)).code).toBe('file_many')
    const { items } = await app.call(fileOps.list, { owner_type: 'child', owner_id: crowded }, director)
    expect(items).toHaveLength(filesPerOwner)
  })

  test('goes past the office’s scanner; what it refuses, or cannot look at, leaves nothing behind', async () => {
    expect((await app.refused(fileOps.add, attach(child, `${pdf}TEST-VIRUS`), director)).code).toBe('upload_infected')
    expect((await app.refused(fileOps.add, attach(child, `${pdf}SCANNER-BREAKS`), director)).code).toBe('scan_failed')
    const { items } = await app.call(fileOps.list, { owner_type: 'child', owner_id: child }, director)
    expect(items.filter((each) => each.form === 'pdf')).toEqual([])
  })
})

test('an identity paper is for those who may open the number, and each opening is remembered', async () => {
  const made = await app.call(fileOps.add, attach(child, pdf, { paper: 'identity', name: '户口本.pdf' }), director)
  expect(made.paper).toBe('identity')
  expect((await app.send(fileOps.content, { id: made.id }, director)).status).toBe(200)
  const { rows } = await app.owner.query(
    `select account_id from audit where operation = 'files.content' and child_id = $1`,
    [child],
  )
  expect(rows.map((row) => row.account_id)).toContain(director.id)
  const worker = await app.signInAs('social_worker', cast.village)
  const { items } = await app.call(fileOps.list, { owner_type: 'child', owner_id: child }, worker)
  expect(items.map((each) => each.file_name)).not.toContain('户口本.pdf')
  expect((await app.send(fileOps.content, { id: made.id }, worker)).status).toBe(404)
})

test('a stranger, a helper and a partner office get neither list, name nor bytes', async () => {
  const made = await app.call(fileOps.add, attach(child, `${pdf}WORDS-OF-THE-PAPER`, { name: '个案.pdf' }), director)
  for (const [role, unit] of [
    ['helper', cast.village],
    ['partner_cadre', cast.office],
    ['child_director', cast.otherVillage],
  ] as const) {
    // prettier-ignore
    const who = await app.signInAs(role, unit)
    for (const answer of [
      await app.send(fileOps.list, { owner_type: 'child', owner_id: child }, who),
      await app.send(fileOps.get, { id: made.id }, who),
      await app.send(fileOps.content, { id: made.id }, who),
      await app.send(fileOps.remove, { id: made.id }, who),
      await app.send(fileOps.add, attach(child, pdf), who),
    ])
      expect([role, answer.status, answer.text.includes('WORDS') || answer.text.includes('个案')]).toEqual([role, 404, false]) // prettier-ignore
  }
  await app.call(fileOps.remove, { id: made.id }, director)
  const names = async () =>
    (await app.call(fileOps.list, { owner_type: 'child', owner_id: child }, director)).items.map(
      (each) => each.file_name,
    )
  expect(await names()).not.toContain('个案.pdf')
  await app.call(fileOps.restore, { id: made.id }, director)
  expect(await names()).toContain('个案.pdf')
})

test('a record’s pictures follow the record, and need a consent of everybody in it', async () => {
  const third = newId()
  await app.call(childOps.create, { body: { id: third, facts: { name: '麦芒种' } } }, director)
  const record = newId()
  const body = { id: record, kind: 'activity' as const, happened_on: '2026-11-20', child_ids: [child, third], text: '一起包饺子', fields: {} } // prettier-ignore
  await app.call(recordOps.add, { body }, director)
  const picture = async () => ({
    body: { id: newId(), owner_type: 'record' as const, owner_id: record },
    file: { name: '包饺子.jpg', content: await photo() },
  })
  const refused = await app.refused(fileOps.add, await picture(), director)
  expect([refused.code, refused.detail.includes('芒种'), refused.detail.includes('小雪')]).toEqual(['photo_consent', true, false]) // prettier-ignore
  await agree(third)
  const made = await app.call(fileOps.add, await picture(), director)
  const colleague = await app.signInAs('archivist', cast.village)
  const owner = { owner_type: 'record' as const, owner_id: record }
  expect((await app.call(fileOps.list, owner, colleague)).items.map((each) => each.id)).toEqual([made.id])
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.send(fileOps.content, { id: made.id }, stranger)).status).toBe(404)
})

test('a unit’s rules and appointments are read in the unit and kept by whoever manages it', async () => {
  const leader = await app.signInAs('school_leader', cast.school)
  const owner = { owner_type: 'unit' as const, owner_id: cast.school.id }
  const made = await app.call(
    fileOps.add,
    { body: { id: newId(), ...owner }, file: { name: '档案管理制度.pdf', content: pdf } },
    leader,
  )
  const teacher = await app.signInAs('class_teacher', cast.class)
  const seen = await app.call(fileOps.list, owner, teacher)
  expect([seen.items.map((each) => each.id), seen.can_add]).toEqual([[made.id], false])
  const given = { body: { id: newId(), ...owner }, file: { name: '别的.pdf', content: pdf } }
  expect((await app.refused(fileOps.add, given, teacher)).code).toBe('file_not_yours')
})
