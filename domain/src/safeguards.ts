// Two looks at what somebody writes about a child, before it is saved. Neither decides anything: a person does.
import { reportSituations, type ReportSituation } from './values/report_situations.ts'

/** Said of a child, these are labels; beside each what may be said instead. */
const labels: readonly { words: RegExp; instead: string }[] = [
  { words: /问题(儿童|孩子|学生|少年|生|娃)/gu, instead: '需要多关心的孩子' },
  { words: /(差|后进|双差|学困)生/gu, instead: '学习上需要帮助的孩子' },
  { words: /(坏|熊|野|笨|傻|懒)(孩子|学生|小孩|娃)/gu, instead: '写他做了什么' },
  { words: /(没|无|缺)(爹|娘|妈|爸|人)(教|管|养)的?(孩子|娃|东西)?/gu, instead: '写家里谁在照看' },
  { words: /(不良|失足|犯罪|问题)少年/gu, instead: '写发生了什么事' },
  { words: /(弱智|智障|白痴|神经病|精神病|变态|残废|废物|孤僻怪|小偷胚子)/gu, instead: '写看到的样子' },
  { words: /(贫困|特困)(生|户的孩子)/gu, instead: '家里有困难的孩子' },
]

export interface Label {
  readonly words: string
  readonly instead: string
}

/** Labels that somebody wrote, each once, in the order of the text. */
export function labelsIn(text: string): Label[] {
  const found = labels.flatMap(({ words, instead }) =>
    [...text.matchAll(words)].map((match) => ({ words: match[0], instead, at: match.index })),
  )
  const seen = new Set<string>()
  return found
    .toSorted((a, b) => a.at - b.at)
    .filter(({ words }) => !seen.has(words) && seen.add(words))
    .map(({ words, instead }) => ({ words, instead }))
}

/** "没有被打", "不会自杀": said to be not so. */
const denied = /(没有|没|不|未|从不|不会|不曾|并非|否认|预防|防止|防|避免|讲了?|教育?|宣传)[^，。；！？]{0,3}$/u

/** Situations of mandatory reporting that the words hint at. */
export function situationsIn(text: string): ReportSituation[] {
  return reportSituations.filter(({ hints }) =>
    hints.some((hint) =>
      [...text.matchAll(new RegExp(hint.source, 'gu'))].some(
        (match) => !denied.test(text.slice(Math.max(0, match.index - 8), match.index)),
      ),
    ),
  )
}
