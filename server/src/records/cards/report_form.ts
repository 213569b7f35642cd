// 侵害未成年人案件强制报告表: what is known stands there, everything else is left for the pen. The nine situations are listed with a mark
// before those that were named. It is printed at once and stored nowhere.
import { reportSituations } from '@nuanyang/domain/values/report_situations.ts'
import type { FormDocument } from '../../documents/form.ts'
import { printedDay } from '../../documents/printed_words.ts'

export interface ReportFacts {
  readonly children: readonly { readonly name: string; readonly sex: string | null; readonly age: number | null; readonly school: string | null; readonly residence: string | null; readonly carer: string | null }[] // prettier-ignore
  readonly situations: readonly string[]
  readonly happened_on: string
  readonly place: string | null
  readonly text: string | null
  readonly unit: string
  readonly reporter: string
  readonly printed_at: string
}

export function reportForm(facts: ReportFacts): FormDocument {
  const child = facts.children
  const of = (read: (one: ReportFacts['children'][number]) => string | null) =>
    child.map((one) => read(one) ?? '').filter(Boolean).join('；') // prettier-ignore
  const marks = reportSituations.map(
    ({ code, zh }, n) => `${facts.situations.includes(code) ? '☑' : '□'} ${n + 1}. ${zh}`,
  )
  return {
    landscape: false,
    foot: `注意保密：只交给公安、民政、教育等受理部门，不放进公开的台账。${facts.printed_at} ${facts.reporter}打印`,
    pages: [
      {
        title: '侵害未成年人案件强制报告表',
        above: [`报告单位：${facts.unit}`, printedDay(facts.printed_at.slice(0, 10))],
        blocks: [
          {
            kind: 'pairs',
            rows: [
              [['报告人', facts.reporter], ['联系电话', '']],
              [['发现时间', printedDay(facts.happened_on)], ['发现地点', facts.place ?? '']],
              [['儿童姓名', of((one) => one.name)]],
              [['性别、年龄', of((one) => [one.sex === 'male' ? '男' : one.sex === 'female' ? '女' : '', one.age === null ? '' : `${one.age} 岁`].filter(Boolean).join('，'))], ['学校', of((one) => one.school)]],
              [['住址', of((one) => one.residence)]],
              [['监护人、照护人', of((one) => one.carer)]],
            ],
          },
          { kind: 'text', name: '疑似情形', text: marks.join('\n'), least: 10 },
          { kind: 'text', name: '看到、听到的', text: facts.text ?? '', least: 34 },
          { kind: 'text', name: '可能的侵害人', text: '', least: 12 },
          { kind: 'text', name: '孩子现在怎样、已经做了什么', text: '', least: 16 },
          {
            kind: 'pairs',
            rows: [
              [['报警时间', ''], ['接警单位', '']],
              [['接警人、警号', ''], ['受理回执号', '']],
              [['抄报', '□ 民政　□ 教育　□ 乡镇（街道）　□ 检察　□ 妇联']],
            ],
          },
          { kind: 'text', name: '处置和回访', text: '', least: 18 },
        ],
        signatures: ['报告人签字', '单位负责人', '日期'],
      },
    ],
  } // prettier-ignore
}
