import type { Festival } from '../values/festivals.ts'

/** How plans name festivals. 十一 alone is a number; it is National Day only in quotes or before a word that says so. */
const WORDS: [Festival, RegExp][] = [
  ['new_year', /元旦|[迎庆]?新年(?!度)/g],
  ['spring_festival', /春节|新春|过年|除夕|年关|贺岁/g],
  ['lantern', /元宵|上元节/g],
  ['womens_day', /三[·.]?八(?:国际)?(?:劳动)?(?:妇女节|节|"|期间|前后|、)|妇女节|女神节/g],
  ['qingming', /清明/g],
  ['labour_day', /(?<![十第])五[·.]?一(?:国际)?(?:劳动节|节|"|期间|前后|假期|小长假|、)|劳动节/g],
  ['youth_day', /(?<![十第])五[·.]?四(?:青年节|节|"|期间|前后|、)|青年节/g],
  [
    'childrens_day',
    /(?<![十第])六[·.]?一(?![名个次人所])|儿童节|(?<!\d)(?:6|六)月(?:1|一)[日号](?!前|以前|之前|起|至|到|-)/g,
  ],
  ['dragon_boat', /端午/g],
  ['party_day', /(?<![十第])七[·.]?一(?:建党节|节|"|期间|前后|、)|建党(?:节|日|\d)|党的生日/g],
  ['mid_autumn', /中秋|八月十五(?![日号])/g],
  ['national_day', /国庆|"十[·.]?一"|十[·.]?一(?:国庆|节|黄金周|长假|假期)/g],
  ['double_ninth', /重阳|九九(?:节|老人|敬老)|敬老节/g],
]

/** Festivals named in a text, in the order they stand, each once. */
export function readFestivals(text: string): { festival: Festival; start: number; end: number }[] {
  const found: { festival: Festival; start: number; end: number }[] = []
  for (const [festival, word] of WORDS) {
    word.lastIndex = 0
    const hit = word.exec(text)
    if (hit) found.push({ festival, start: hit.index, end: hit.index + hit[0].length })
  }
  return found.sort((a, b) => a.start - b.start)
}
