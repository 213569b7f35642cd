// The Word side of registration_form.ts: the same rows in the same places. Called in the thread of press.ts.
import type { FileChild, TableCell } from 'docx'
import { cell, loadDocx, mm, paragraph, runs, sizeForRows } from './docx.ts'
import { formSignatures, formTitle, type PrintedForm, type Tick } from './registration_form.ts'

type Docx = Awaited<ReturnType<typeof loadDocx>>
const unit = 178 / 24
const tight = { before: 0, after: 0 }
const sizes = [10.5, 10, 9.5, 9, 8.5, 8] as const

export async function buildRegistrationFormDocx(forms: readonly PrintedForm[]): Promise<Uint8Array<ArrayBuffer>> {
  const docx = await loadDocx()
  const file = new docx.Document({
    title: formTitle,
    creator: '暖阳',
    styles: { default: { document: { run: { language: { eastAsia: 'zh-CN', value: 'en-US' } } } } },
    sections: forms.map((form) => ({
      properties: {
        page: {
          size: { width: mm(210), height: mm(297) },
          margin: { top: mm(15), bottom: mm(13), left: mm(16), right: mm(16), header: mm(6), footer: mm(7) },
        },
      },
      footers: { default: new docx.Footer({ children: [paragraph(docx, form.footer, 'song', 7.5)] }) },
      children: page(docx, form),
    })),
  })
  return new Uint8Array(await docx.Packer.toBuffer(file))
}

function page(docx: Docx, form: PrintedForm): FileChild[] {
  const tab = () => new docx.TextRun({ children: [new docx.Tab()] })
  const spread = (words: readonly string[], before: number) =>
    new docx.Paragraph({
      spacing: { before, after: 0 },
      tabStops: words.slice(1).map((_, index) => ({
        type: docx.TabStopType.LEFT,
        position: mm((178 * (index + 1)) / words.length),
      })),
      children: words.flatMap((text, index) => [...(index > 0 ? [tab()] : []), ...runs(docx, text, 'song', 10.5)]),
    })
  return [
    paragraph(docx, formTitle, 'title', 18, {
      alignment: docx.AlignmentType.CENTER,
      spacing: { before: 0, after: 120 },
    }),
    new docx.Paragraph({
      spacing: { before: 0, after: 60 },
      tabStops: [{ type: docx.TabStopType.RIGHT, position: mm(178) }],
      children: [
        ...runs(docx, `填报单位：${form.unit}`, 'song', 10),
        tab(),
        ...runs(docx, `截至日期：${form.as_of}`, 'song', 10),
      ],
    }),
    table(docx, form),
    spread(formSignatures, 240),
    spread(['填报单位（盖章）：', '填报日期：　　　　年　　月　　日'], 280),
  ]
}

function table(docx: Docx, form: PrintedForm): FileChild {
  const place = (span: number, down = 1) => ({
    width: { size: mm(span * unit), type: docx.WidthType.DXA },
    columnSpan: span,
    rowSpan: down,
  })
  const set = (children: ReturnType<typeof runs>, left = false) =>
    new docx.Paragraph({
      alignment: left ? docx.AlignmentType.LEFT : docx.AlignmentType.CENTER,
      spacing: tight,
      children,
    })
  const label = (span: number, words: string, down = 1): TableCell =>
    cell(docx, [set(runs(docx, words, 'heading', 9))], place(span, down))
  const value = (span: number, words: string, left = false): TableCell =>
    cell(
      docx,
      words
        .split('\n')
        .map((line) =>
          set(runs(docx, line, 'subheading', sizeForRows(line, span * unit - 3, 2, sizes, [9, 8.5, 8, 7, 6])), left),
        ),
      place(span),
    )
  const ticks = (span: number, list: readonly Tick[], left = false): TableCell =>
    cell(
      docx,
      [
        set(
          runs(
            docx,
            list.map(({ label: words, on }) => `${on ? '√' : '□'}${words}`).join('　'),
            'song',
            list.length === 5 && left ? 9 : 9.5,
          ),
          left,
        ),
      ],
      place(span),
    )
  const row = (height: number, cells: TableCell[]) =>
    new docx.TableRow({
      height: { value: mm(height), rule: docx.HeightRule.ATLEAST },
      cantSplit: true,
      children: cells,
    })
  const grand = (pair: PrintedForm['grandparents']) =>
    pair.flatMap((who) => [label(2, who.label), value(5, who.name), value(3, who.born_on)])
  return new docx.Table({
    layout: docx.TableLayoutType.FIXED,
    columnWidths: Array.from({ length: 24 }, () => mm(unit)),
    width: { size: mm(178), type: docx.WidthType.DXA },
    rows: [
      row(10.3, [label(2, '姓名'), value(5, form.name), label(2, '性别'), value(2, form.sex), label(2, '民族'), value(4, form.ethnicity), label(3, '出生日期'), value(4, form.born_on)]),
      row(10.3, [label(4, '公民身份号码'), value(10, form.identity_no), label(4, '是否登记户口'), ticks(6, form.hukou_registered)]),
      row(11, [label(4, '户籍所在地'), value(20, form.household_place, true)]),
      row(11, [label(4, '现居住地'), value(20, form.residence, true)]),
      row(10.3, [label(4, '身体情况'), ticks(9, form.health), label(4, '残疾类别及等级'), value(7, form.disability)]),
      row(10.3, [label(4, '患病类型'), value(9, form.illness), label(4, '是否学校寄宿'), ticks(7, form.boarding)]),
      row(12.4, [label(4, '就学情况'), ticks(20, form.schooling, true)]),
      row(9.3, [label(4, '（外）祖父母', 3), label(2, ''), label(5, '姓名'), label(3, '出生日期'), label(2, ''), label(5, '姓名'), label(3, '出生日期')]),
      row(9.3, grand(form.grandparents.slice(0, 2))),
      row(9.3, grand(form.grandparents.slice(2))),
      row(9.3, [label(2, '父母', 3), label(2, ''), label(3, '姓名'), label(3, '出生日期'), label(5, '当前务工地点'), label(4, '联系电话'), label(5, '身份证号')]),
      ...form.parents.map((who) => row(11.6, [label(2, who.label), value(3, who.name), value(3, who.born_on), value(5, who.work_place), value(4, who.phones), value(5, who.identity_no)])),
      row(10.3, [label(6, '父母双方同时外出'), ticks(6, form.both_away), label(7, '有无委托其他监护人'), ticks(5, form.entrusted)]),
      row(10.3, [label(7, '一方外出另一方无监护能力'), ticks(5, form.one_away), label(7, '无监护能力的是'), ticks(5, form.unable)]),
      row(9.3, [label(4, '委托监护人', 3), label(4, '姓名'), label(5, '电话'), label(6, '身份证号'), label(5, '与被监护人关系')]),
      row(10.3, [value(4, form.carer.name), value(5, form.carer.phones), value(6, form.carer.identity_no), value(5, form.carer.relation)]),
      row(11, [label(4, '居住地址'), value(16, form.carer.address, true)]),
      row(13, [label(4, '监护类型'), ticks(20, form.guardianship, true)]),
      row(10.3, [label(4, '家庭经济来源'), ticks(20, form.income, true)]),
      row(10.3, [label(4, '救助帮扶'), ticks(20, form.aid, true)]),
    ], // prettier-ignore
  })
}
