import { strToU8, zipSync } from 'fflate'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readPlans } from '@nuanyang/domain/plans/read.ts'
import { planText } from './text.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

function docx(body: string, parts: Record<string, string> = {}): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries({ 'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>`, ...parts }).map(
        ([name, text]) => [name, strToU8(text)],
      ),
    ),
  )
}

function paragraph(text: string, properties = ''): string {
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

function listed(text: string, level: number, id = 1): string {
  return paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${id}"/></w:numPr>`)
}

function table(rows: string[][]): string {
  const cell = (text: string): string =>
    `<w:tc>${text
      .split('\n')
      .map((line) => paragraph(line))
      .join('')}</w:tc>`
  return `<w:tbl>${rows.map((row) => `<w:tr>${row.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`
}

const level = (n: number, format: string, text: string): string =>
  `<w:lvl w:ilvl="${n}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
const NUMBERING = `<w:numbering ${W}><w:abstractNum w:abstractNumId="7">${level(0, 'chineseCounting', '%1、')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`

test('a Word plan with automatic numbers and a table of months', () => {
  const body = [
    paragraph('荷塘村关爱留守儿童工作计划'),
    listed('工作目标', 0),
    listed('建档率达到100%，结对率达到95%。', 1),
    listed('主要措施', 0),
    listed('网格员每月入户走访一次。', 1),
    listed('儿童之家每周六开放，孩子可以看书下棋。', 1),
    listed('时间安排', 0),
    table([
      ['时间', '工作内容', '责任人'],
      ['9月', '摸底排查\n建立档案', '村委会'],
      ['10月', '重阳节敬老活动', '妇联'],
      ['元月', '工作总结', '儿童主任'],
    ]),
  ].join('')
  const read = planText('计划.docx', docx(body, { 'word/numbering.xml': NUMBERING }))
  expect(read.ok && read.format).toBe('docx')
  const text = read.ok ? read.text : ''
  expect(text.split('\n').slice(0, 4)).toEqual([
    '荷塘村关爱留守儿童工作计划',
    '一、工作目标',
    '（一）建档率达到100%，结对率达到95%。',
    '二、主要措施',
  ])
  expect(text).toContain('（二）儿童之家')
  const plan = readPlans(text, { today: '2026-08-15' }).plans[0]
  expect(plan?.goals.map((g) => [g.indicator, g.target])).toEqual([
    ['dossier_rate', 1],
    ['pairing_rate', 0.95],
  ])
  expect(plan?.duties.map((d) => [d.kind, d.measure, d.rhythm, d.responsible])).toEqual([
    ['visit', '二/一', { every: 'month', count: 1 }, 'grid_worker'],
    ['station', '二/二', { every: 'week', count: 1 }, null],
  ])
  expect(plan?.tasks.map((t) => [t.kind, t.month, t.year_offset, t.festival, t.quote])).toEqual([
    ['survey', 9, 0, null, '摸底排查'],
    ['dossier', 9, 0, null, '建立档案'],
    ['activity', 10, 0, 'double_ninth', '重阳节敬老活动'],
    ['summary', 1, 1, null, '工作总结'],
  ])
})

test('headings, deleted words and pictures of a Word file', () => {
  const body = [
    paragraph('主要措施', '<w:outlineLvl w:val="0"/>'),
    '<w:p><w:r><w:t>每月谈心</w:t></w:r><w:del><w:r><w:delText>两</w:delText></w:r></w:del><w:r><w:t>一次</w:t></w:r></w:p>',
    '<w:p><w:r><w:drawing/></w:r></w:p>',
  ].join('')
  const read = planText('a.docx', docx(body))
  expect(read.ok && read.text).toBe('# 主要措施\n每月谈心一次\n')
  expect(read.ok && read.notes.map((n) => n.code)).toEqual(['pictures_ignored'])
})

const PLAN = '荷塘村关爱留守儿童工作计划\r\n一、每月与留守儿童谈心一次。\r\n'
const TRADITIONAL = '荷塘村關愛留守兒童工作計劃\n一、每月與留守兒童談心一次。\n'

test.each([
  ['UTF-8', Buffer.from(PLAN), PLAN],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${PLAN}`), PLAN],
  ['UTF-16', Buffer.from(`\uFEFF${PLAN}`, 'utf16le'), PLAN],
  ['GB 18030', iconv.encode(PLAN, 'gb18030'), PLAN],
  ['Big5', iconv.encode(TRADITIONAL, 'big5'), TRADITIONAL],
])('%s is told by its bytes', (_name, bytes, text) => {
  const read = planText('计划.txt', bytes)
  expect(read.ok && read.text).toBe(text)
  expect(read.ok && read.format).toBe('txt')
})

test('markdown is told by its name', () => {
  const read = planText('plan.MD', Buffer.from('# 计划\n'))
  expect(read.ok && read.format).toBe('md')
})

test.each([
  ['empty', 'a.txt', Buffer.alloc(0)],
  ['empty', 'a.txt', Buffer.from(' \n\n')],
  ['pdf', 'a.docx', Buffer.from('%PDF-1.7 …')],
  ['picture', 'a.docx', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])],
  ['doc', 'a.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
  [
    'password',
    'a.docx',
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
  ],
  ['rtf', 'a.doc', Buffer.from('{\\rtf1 …}')],
  ['damaged', 'a.docx', Buffer.from('PK\u0003\u0004 broken')],
  ['damaged', 'a.docx', docx('<w:p><w:r>')],
  ['spreadsheet', 'a.xlsx', zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') })],
  ['not_document', 'a.zip', zipSync({ 'readme.txt': strToU8('x') })],
  ['picture', 'a.docx', docx('<w:p><w:r><w:drawing/></w:r></w:p>')],
  ['not_text', 'a.txt', Buffer.from([0, 1, 2, 3, 0, 0])],
])('%s is refused with a sentence', (code, name, bytes) => {
  const read = planText(name, bytes)
  expect(read.ok).toBe(false)
  if (read.ok) return
  expect(read.refusal.code).toBe(code)
  expect(read.refusal.zh).toMatch(/。$/)
  expect(read.refusal.en).toMatch(/\.$/)
})
