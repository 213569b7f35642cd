import { afterAll, describe, expect, test } from 'vitest'
import { officialDocument, officialPdf, type OfficialDocument } from './official.ts'
import { closePress } from './press.ts'
import { teamListDocument, teamListDocx, teamListPdf } from './team_list.ts'
import { plan, team } from './testing/papers.ts'
import { docxParagraphs, partOf, pdfPages, pdfText, pdfWords } from './testing/read.ts'

afterAll(closePress)

/** Twenty-two lines and a bit, 28 characters each: what the standard says a page holds. */
const full: OfficialDocument = {
  title: '标题',
  subtitle: null,
  signed: null,
  blocks: [{ kind: 'page_break' }, { kind: 'paragraph', text: '字'.repeat(28 * 50) }],
}

describe('the PDF after GB/T 9704', () => {
  test('A4, type area 156 mm wide between 28 and 26 mm, text from 37 mm down', async () => {
    const pdf = await officialPdf(plan)
    expect(await pdfPages(pdf)).toMatchObject({ width: 210, height: 297 })
    const text = (await pdfWords(pdf)).filter((word) => word.bottom < 262)
    expect(Math.min(...text.map((word) => word.left))).toBeGreaterThan(27.5)
    expect(Math.max(...text.map((word) => word.right))).toBeLessThan(184.6)
    expect(Math.min(...text.map((word) => word.top))).toBeGreaterThan(34)
  })

  test('22 lines of 28 characters a page', async () => {
    const lines = (await pdfWords(await officialPdf(full))).filter(
      (word) => word.page === 2 && word.text.startsWith('字'),
    )
    expect(lines).toHaveLength(22)
    expect(lines.slice(1).map((line) => line.text.length)).toEqual(Array.from({ length: 21 }, () => 28))
    // The first line is two characters in.
    expect(lines[0]?.text).toHaveLength(26)
  })

  test('page numbers stand outside: right on odd pages, left on even ones', async () => {
    const words = await pdfWords(await officialPdf(plan))
    const numbers = words.filter((word) => word.top > 264 && /^\d+$/.test(word.text))
    expect(numbers.map((word) => Number(word.text))).toEqual([1, 2, 3, 4])
    for (const { page, left } of numbers) expect(left > 105, `page ${page}`).toBe(page % 2 === 1)
    expect(await pdfText(await officialPdf(plan))).toMatch(/— ?1 ?—/)
  })

  test('title, numbered headings, attachments, unit over date', async () => {
    const text = await pdfText(await officialPdf(plan))
    for (const words of [
      '（试行）',
      '各村民小组：',
      '一、工作任务',
      '（一）摸清底数',
      '附件：1.留守儿童台账',
      '2.结对帮扶名单',
    ])
      expect(text).toContain(words)
    const words = await pdfWords(await officialPdf(plan))
    const unit = words.find((word) => word.text === '芦溪镇小暑村村民委员会')
    const day = words.find((word) => word.text === '2026年9月1日')
    expect(unit && day && Math.abs((unit.left + unit.right) / 2 - (day.left + day.right) / 2)).toBeLessThan(1.5)
  })
})

describe('the Word file after GB/T 9704', () => {
  test('names the faces, sizes, margins and the line pitch', async () => {
    const file = await officialDocument(plan)
    const xml = partOf(file, 'word/document.xml')
    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
    // 37, 26, 35 and 28 mm.
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
    for (const face of ['方正小标宋简体', '仿宋_GB2312', '黑体', '楷体_GB2312'])
      expect(xml).toContain(`w:eastAsia="${face}"`)
    expect(xml).toContain('w:line="579" w:lineRule="exact"')
    expect(xml).toContain('w:firstLine="640"')
    expect(partOf(file, 'word/settings.xml')).toContain('<w:evenAndOddHeaders')
  })

  test('holds every paragraph', async () => {
    const paragraphs = docxParagraphs(await officialDocument(plan))
    for (const words of [
      '各村民小组：',
      '一、工作任务',
      '附件：1.留守儿童台账',
      '2026年9月1日',
      '芦溪镇小暑村村民委员会',
    ])
      expect(paragraphs.map((text) => text.trim())).toContain(words)
  })
})

describe('领导小组名单', () => {
  test('posts, names, duties, phones and dates; names and numbers in one piece', async () => {
    const words = (await pdfWords(await teamListPdf(team))).map((word) => word.text)
    for (const whole of [
      '组长',
      '孙国安',
      '阿卜杜热合曼·艾合买提江',
      '195-0000-1101',
      '138••••1234',
      '2026.09',
      '𠮷䶮㐂',
    ])
      expect(words).toContain(whole)
    const paragraphs = docxParagraphs(await teamListDocx(team))
    for (const whole of ['孙国安', '阿卜杜热合曼·艾合买提江', '138••••1234', '2027.08'])
      expect(paragraphs).toContain(whole)
  })

  test('the head of the table repeats on the next page in both', async () => {
    const many = { ...team, members: Array.from({ length: 40 }, () => team.members).flat() }
    const pages = (await pdfWords(await teamListPdf(many)))
      .filter((word) => word.text === '组内职务')
      .map((word) => word.page)
    expect(pages).toEqual(
      Array.from({ length: (await pdfPages(await teamListPdf(many))).pages }, (_, index) => index + 1),
    )
    expect(partOf(await teamListDocx(many), 'word/document.xml')).toContain('<w:tblHeader/>')
  })

  test('a column nobody filled is left out', () => {
    const bare = { ...team, members: team.members.map((member) => ({ ...member, phone: null, duties: null })) }
    const table = teamListDocument(bare).blocks.find((block) => block.kind === 'table')
    expect(table?.columns.map((column) => column.header)).toEqual(['组内职务', '姓名', '单位及职务', '任职起止'])
  })

  test('an empty group is refused in words', async () => {
    await expect(teamListPdf({ ...team, members: [] })).rejects.toThrow('请先在“小组”里添加成员')
  })
})
