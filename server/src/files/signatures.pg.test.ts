// Signatures of a record: on the screen or on paper, seen like the record, printed on the card and on the receipt list.
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childOps } from '@nuanyang/contract/children.ts'
import { fileOps } from '@nuanyang/contract/files.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { docxParagraphs, pdfText } from '../documents/testing/read.ts'
import { newId } from '../kernel/ids.ts'
import { testApp, type Person, type TestApp } from '../testing/app.ts'
import type { Cast } from '../testing/make.ts'

let app: TestApp
let cast: Cast
let director: Person
const [child, aid] = [newId(), newId()]
beforeAll(async () => {
  app = await testApp()
  cast = await app.make.county()
  director = await app.signInAs('child_director', cast.village)
  await app.call(childOps.create, { body: { id: child, facts: { name: '陈小雨' } } }, director)
  const items = [{ what: 'goods' as const, name: '棉衣', quantity: 1, measure_word: '件' }]
  await app.call(recordOps.add, { body: { id: aid, kind: 'aid', happened_on: '2026-11-20', child_ids: [child], fields: { received_by: '王桂英' }, items } }, director) // prettier-ignore
})
afterAll(() => app.close())

/** As the pad draws it: a dark line on white. */
const drawn = () =>
  sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="400"><rect width="900" height="400" fill="white"/><path d="M60 300 L400 90 L820 280" stroke="#1c1a3a" stroke-width="9" fill="none"/></svg>')).png().toBuffer() // prettier-ignore
const sign = async (signed_by = '王桂英', content?: Uint8Array | string, owner_id = aid) => ({
  body: { id: newId(), owner_type: 'record' as const, owner_id, signed_by },
  file: { name: `${signed_by}签字.png`, content: content ?? (await drawn()) },
})
const print = async (paper: 'card' | 'receipt', format: 'pdf' | 'docx') =>
  app.send(recordOps.print, { body: { record_ids: [aid], paper, format, purpose: '存档' } }, director)

test('a signature is a picture in a record, needs no consent for photos, and is seen by whoever sees the record', async () => {
  const before = await print('card', 'docx')
  const made = await app.call(fileOps.add, await sign(), director)
  expect(made).toMatchObject({ signed_by: '王桂英', form: 'picture', closed: false })
  expect((await app.refused(fileOps.add, await sign('王桂英', '%PDF-1.4\n%%EOF\n'), director)).code).toBe('file_no_signature') // prettier-ignore
  const ofChild = { ...(await sign()), body: { ...(await sign()).body, owner_type: 'child' as const, owner_id: child } }
  expect((await app.refused(fileOps.add, ofChild, director)).code).toBe('file_no_signature')
  // Whoever sees neither child nor record sees no signature.
  const stranger = await app.signInAs('child_director', cast.otherVillage)
  expect((await app.send(fileOps.content, { id: made.id }, stranger)).status).toBe(404)

  for (const paper of ['card', 'receipt'] as const) {
    const word = await print(paper, 'docx')
    expect([paper, docxParagraphs(word.bytes).join('').includes('王桂英签字：')]).toEqual([paper, true])
    // With the drawing itself, not with the words alone.
    expect(word.bytes.length).toBeGreaterThan(before.bytes.length + 800)
    const pdf = await print(paper, 'pdf')
    expect((await pdfText(pdf.bytes)).replaceAll(/\s/g, '')).toContain('王桂英签字：')
    expect(Buffer.from(pdf.bytes).includes('/Subtype /Image') || Buffer.from(pdf.bytes).includes('/Subtype/Image')).toBe(true) // prettier-ignore
  }
})

test('signed again by the same person: the one taken out is printed no more', async () => {
  const { items } = await app.call(fileOps.list, { owner_type: 'record', owner_id: aid }, director)
  for (const file of items) await app.call(fileOps.remove, { id: file.id }, director)
  const words = docxParagraphs((await print('card', 'docx')).bytes).join('')
  expect(words).not.toContain('签字：')
})
