import { afterAll, describe, expect, test } from 'vitest'
import { contactCardDocx, contactCardPdf, printCard } from './contact_card.ts'
import { closePress, DocumentFailed, setDocument } from './press.ts'
import { chen, empty, hard } from './testing/cards.ts'
import { docxParagraphs, partOf, pdfFonts, pdfPages, pdfText, pdfWords, qrCodesOf } from './testing/read.ts'

afterAll(closePress)
const shipped = ['NotoSansHans-Regular', 'NotoSansHans-Bold', 'LXGWWenKai-Regular']

describe('the card as PDF', () => {
  test('says who the child is, who cares and whom to call', async () => {
    const text = await pdfText(await contactCardPdf([chen], 'a6'))
    for (const words of [
      '留守儿童联系卡',
      '0207-2026-018',
      '陈小雨',
      '女',
      '2017-08-21',
      '芦溪镇中心小学',
      '三年级（2）班',
      '王桂英',
      '奶奶',
      '68',
      '务农',
      '腰不好',
    ])
      expect(text).toContain(words)
    for (const phone of ['199-0000-0216', '198-0000-0731', '196-0000-2214', '197-0000-4415', '195-0000-3308'])
      expect(text).toContain(phone)
    for (const hotline of ['110', '12345', '12355', '12338', '12356']) expect(text).toContain(hotline)
    expect(text).toContain('2026年11月25日')
  })

  test('leaves the unknown blank: no 无, no 未采集, no null, no code to scan', async () => {
    const pdf = await contactCardPdf([empty], 'a6')
    const text = await pdfText(pdf)
    expect(text).toContain('何梓涵')
    expect(text).not.toMatch(/无|未采集|null|undefined|NaN|扫码/)
    expect(await qrCodesOf(pdf, 1)).toEqual([null])
  })

  test('prints masked numbers as they came, and nothing more of them', async () => {
    const text = await pdfText(await contactCardPdf([hard], 'a6'))
    for (const masked of ['199••••0216', '198••••0732', '197••••1111', '138••••1234']) expect(text).toContain(masked)
  })

  test('treats a name as a name, whatever is in it', async () => {
    const text = await pdfText(await contactCardPdf([hard], 'a6'))
    expect(text).toContain('#read("/etc/passwd")')
    expect(text).toContain('*粗* _斜_ $x$ \\ <script> @ref')
    expect(text).not.toContain('root:')
  })

  test('has the rare characters of names in the faces that ship with it', async () => {
    const pdf = await contactCardPdf([hard, chen, empty], 'a5')
    expect(await pdfText(pdf)).toContain('𠮷木䶮㐂')
    // A face of this machine in the list would mean another machine prints a blank box.
    for (const face of await pdfFonts(pdf)) expect(shipped).toContain(face.replace('-Identity-H', ''))
  })

  test('keeps names and numbers whole, and every word inside its own card', async () => {
    const words = await pdfWords(
      await contactCardPdf([hard, { ...hard, child: { ...hard.child, residence: '远'.repeat(200) } }], 'a5'),
    )
    const texts = words.map((word) => word.text)
    for (const whole of ['阿卜杜热合曼·艾合买提江', '古丽巴哈尔·买买提', '198-0000-0731', '0769-85550000'])
      expect(texts).toContain(whole)
    for (const word of words) {
      if (word.text === '沿这里裁开') continue
      expect(word.left, word.text).toBeGreaterThan(8.5)
      expect(word.right, word.text).toBeLessThan(139.5)
      const card = word.top < 105 ? 0 : 105
      expect(word.top - card, word.text).toBeGreaterThan(4)
      expect(word.bottom - card, word.text).toBeLessThan(103)
    }
  })

  test.each([
    ['a6', 1, 1, 148, 105],
    ['a6', 3, 3, 148, 105],
    ['a5', 1, 1, 148, 210],
    ['a5', 2, 1, 148, 210],
    ['a5', 3, 2, 148, 210],
    ['a4', 4, 1, 297, 210],
    ['a4', 5, 2, 297, 210],
  ] as const)('%s: %i cards take %i pages of %i × %i mm', async (layout, cards, pages, width, height) => {
    const pdf = await contactCardPdf(
      Array.from({ length: cards }, () => chen),
      layout,
    )
    expect(await pdfPages(pdf)).toEqual({ pages, width, height })
  })

  test('every card carries its own code, readable from paper', async () => {
    const second = { ...chen, card_url: 'http://192.168.1.20:3000/k/0123456789ABCDEF' }
    const pdf = await contactCardPdf([chen, second], 'a5')
    expect(await qrCodesOf(pdf, 2)).toEqual([chen.card_url, second.card_url])
  })

  test('400 cards', async () => {
    const started = performance.now()
    const pdf = await contactCardPdf(
      Array.from({ length: 400 }, (_, index) => ({
        ...(index % 3 ? chen : hard),
        card_url: `https://nuanyang.example.cn/k/${index}`,
      })),
      'a4',
    )
    process.stdout.write(
      `400 cards: ${Math.round(performance.now() - started)} ms, ${Math.round(pdf.length / 1024)} KB\n`,
    )
    expect((await pdfPages(pdf)).pages).toBe(100)
    // A figure that is printed, not a bound: on a busy machine it takes its time.
  }, 180_000)
})

describe('the card as Word', () => {
  test('holds the same words as the paper', async () => {
    const paragraphs = docxParagraphs(await contactCardDocx([chen], 'a6'))
    const card = printCard(chen)
    for (const words of [
      card.name,
      card.born,
      card.school,
      card.residence,
      card.carer.name,
      card.carer.words,
      ...card.carer.phones,
      ...card.father.phones,
      card.footer,
      card.hotlines.join('　'),
    ])
      expect(paragraphs).toContain(words)
    for (const contact of card.contacts)
      expect(paragraphs).toEqual(expect.arrayContaining([contact.label, contact.name, contact.phone]))
  })

  test('prints masked numbers with dots of a Latin face: Chinese faces draw a full square', async () => {
    const file = await contactCardDocx([hard], 'a5')
    expect(docxParagraphs(file)).toContain('199••••0216')
    for (const run of partOf(file, 'word/document.xml').match(/<w:r>.*?<\/w:r>/g) ?? [])
      if (run.includes('•')) expect(run).toContain('w:eastAsia="Arial"')
  })

  test('keeps what a name says, also when it looks like markup, and drops what Word cannot hold', async () => {
    const odd = { ...chen, mother: { name: '<b>&"李\u0007秋', work_place: ']]>', phones: [] } }
    const paragraphs = docxParagraphs(await contactCardDocx([odd], 'a6'))
    expect(paragraphs).toEqual(expect.arrayContaining(['<b>&"李秋', ']]>']))
  })
})

test('no child, no card: said in words', async () => {
  await expect(contactCardPdf([], 'a5')).rejects.toThrow('请先选至少一名儿童')
  await expect(contactCardDocx([], 'a5')).rejects.toThrow('请先选至少一名儿童')
})

test('an address longer than the row is shortened with an ellipsis, not cut in the dark', () => {
  const long = printCard({ ...chen, child: { ...chen.child, residence: '远'.repeat(180) } }).residence
  expect(Array.from(long)).toHaveLength(150)
  expect(long.endsWith('…')).toBe(true)
})

test('a document that cannot be set is refused in words, and the next one works', async () => {
  const broken = setDocument({ make: 'pdf', template: 'contact_card', json: '{"layout":' })
  await expect(broken).rejects.toThrow(DocumentFailed)
  await expect(broken).rejects.toThrow('文件没有做成')
  expect((await pdfPages(await contactCardPdf([chen], 'a6'))).pages).toBe(1)
})

test('after the thread was closed a new one starts by itself', async () => {
  await closePress()
  expect((await pdfPages(await contactCardPdf([chen], 'a6'))).pages).toBe(1)
})
