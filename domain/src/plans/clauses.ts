import type { Piece } from './script.ts'
import { cut } from './script.ts'

/** One clause of a sentence: `piece` is its words without the connecting “一是”, “并”, “同时” before them. */
export type Clause = {
  piece: Piece
  text: string
  /** Told as already done: 开展了, 去年, 目前. */
  past: boolean
  /** Says what for, not what: 使…, 让…感受, 促进…. */
  purpose: boolean
  /** Says by what means: 通过走访. Asked for only when nothing else in the sentence is. */
  means: boolean
  /** Asks for effort rather than an act: 动员, 争取, 加强. */
  weak: boolean
  /** Leads a new sub-point (一是 …): what was said of time before no longer holds. */
  fresh: boolean
}

/** `listed`: it ends with a semicolon, so what follows stands beside it, not under it. */
export type Sentence = { piece: Piece; clauses: Clause[]; listed: boolean }

const LEAD =
  /^(?:(?:[一二三四五六七八九十]|其[一二三四五])(?:是|要)(?:要)?|首先|其次|再次|最后|此外|另外|同时|并且|并(?!排)|然后|还要?|也要?|且|同时也?|以及|和|及(?!时)|或者?|此项|此间|届时|即|比如|例如|如(?="))+/
const ORDINAL = /^(?:[一二三四五六七八九十]|其[一二三四五])(?:是|要)|^(?:首先|其次|再次|最后|此外|另外)/
const PERFECT =
  /(?:开展|建立|成立|组织|召开|发放|举办|进行|制定|制订|完成|走访|结对|帮扶|启动|慰问|实施|取得|落实|设立|筹集|购买|新建|捐赠|举行|摸排|赠送|解决|设置|建成|配备|收到|得到)(?:了(?!解)|过(?![冬年节程渡]))/
const PAST_CLAUSE =
  /近年来?|几年来|多年来|以来|截至|截止|目前|现有|已经|已(?:建|成|完|开|有|全|实|发|结|走|达|经|累)|累计|曾|一直以来|接待[^,;。]{0,8}人次|共(?:有|走访|发放|慰问|召开|开展|接待|举办|收到)/
const PAST_SENTENCE =
  /去年|上年度?|前年|往年|上学期|过去|上一年|上一学年|(?:今年|年初|本学期)[^,;。]{0,16}(?:了|已)(?!解)/
const FUTURE = /今年(?!年初)|本学期|本年度|今后|将(?!一名|一位|其|留|孩|资)|计划|拟|继续/

/** Verbs of wish and effect: what follows them is hoped for, not done. */
const PURPOSE =
  /^(?:从而|进而|以便|以利于?|以期|以|真正|切实|逐步|努力|更好地|不断|进一步|共同|有效地?|充分|全面|积极|尽力|尽可能地?|力争)?(?:要)?(?:使|促使|促进|激发|激励|增强|提高|提升|树立|培养|养成|营造|形成(?![^,;。]{0,20}(?:档案|台账|名册))|感受|体会|体验到|陶冶|丰富(?![^,;。]{0,12}活动)|有利于|有益|保证|保障(?!政策)|防止|避免|杜绝|消除|弥补|体现|发挥|为了|旨在|实现|推动|推进(?![^,;。]{0,12}(?:办理|落实))|打造(?![^,;。]{0,12}(?:站|室|家|屋|园))|构建|凝聚|释放|拓宽|拉近|减轻|减少|克服|确保[^,;。]{0,20}(?:到位|安全|健康|成长|落实|无忧|实效|感受))/
const LETS =
  /^(?:从而|以|真正|切实|努力)?(?:要)?(?:让|令|引导|帮助(?:他们|其|孩子们?|留守儿童|儿童|学生)?(?=[^,;。]{0,14}(?:提高|树立|养成|克服|健康|成长|解决|了解|掌握|学会|感受|做好|形成|走出|摆脱))|鼓励|教育|激励)/
const MEANS = /^(?:要|充分|积极|广泛|有效)*(?:通过|借助|依托|利用|借|采取|运用|凭借|经过)/
const WEAK =
  /^(?:还|也|要|应|应当|积极|大力|进一步|广泛|多方|充分|努力|切实|高度|不断|继续|社区|村里|学校|我校|我村|我镇|镇里|全社会|全体|各级|各单位|各村|班级|单位)*(?:动员|争取|鼓励|倡导|呼吁|加强|加大|强化|重视|注重|关注|支持|协调|配合|号召|引导|推动|深化|提倡|拓展|整合|联合(?!开展|举办|组织)|发动|增进)/
const MAY = /(?:儿童|孩子|学生|他们|大家)们?(?:还|也)?(?:可以|可|能够|能|在这里|在此)/

/** Cuts a paragraph into sentences and clauses. Commas inside quotation marks, brackets and “通过…等形式” do not count. */
export function sentencesOf(piece: Piece): Sentence[] {
  const { text } = piece
  const shielded = shield(text)
  const sentences: Sentence[] = []
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !(shielded[i] === 0 && '。;!?'.includes(text.charAt(i)))) continue
    if (i > from) {
      const whole = trimmed(cut(piece, from, i))
      const clauses = clausesOf(cut(piece, from, i), shielded.subarray(from, i))
      if (clauses.length > 0) sentences.push({ piece: whole, clauses, listed: text.charAt(i) === ';' })
    }
    from = i + 1
  }
  return sentences
}

const LONGEST = 240

function clausesOf(piece: Piece, shielded: Uint8Array): Clause[] {
  const clauses: Clause[] = []
  const past = PAST_SENTENCE.test(piece.text) && !FUTURE.test(piece.text)
  let allowed = false
  let from = 0
  for (let i = 0; i <= piece.text.length; i++) {
    const boundary =
      i === piece.text.length ||
      (shielded[i] === 0 &&
        ((',:'.includes(piece.text.charAt(i)) && !isClock(piece.text, i)) || startsRate(piece.text, i))) ||
      i - from >= LONGEST
    if (!boundary) continue
    if (i > from) {
      const clause = clauseOf(cut(piece, from, i), past)
      if (clause?.fresh) allowed = false
      // what children may do there goes on to the end of the sentence
      if (clause && MAY.test(clause.text)) allowed = true
      if (clause) clauses.push(allowed ? { ...clause, purpose: true } : clause)
    }
    from = i === piece.text.length || ',:'.includes(piece.text.charAt(i)) ? i + 1 : i
  }
  return clauses
}

/** The colon of 12:30 ends nothing. */
function isClock(text: string, at: number): boolean {
  return text.charAt(at) === ':' && /\d:[0-5]\d/.test(text.slice(at - 1, at + 3))
}

/** “每周通一次电话、每月见一次面”: each part of the list has a time of its own. */
function startsRate(text: string, at: number): boolean {
  return (
    text.charAt(at) === '、' &&
    /^每(?:个)?[两二三半\d]?(?:个)?(?:天|日|周|月|季|学期|学年|年)/.test(text.slice(at + 1, at + 9))
  )
}

function clauseOf(raw: Piece, pastSentence: boolean): Clause | null {
  const fresh = ORDINAL.test(raw.text)
  const lead = LEAD.exec(raw.text)?.[0].length ?? 0
  const piece = trimmed(cut(raw, lead < raw.text.length ? lead : 0))
  const { text } = piece
  if (text === '') return null
  return {
    piece,
    text,
    past: pastSentence || PERFECT.test(text) || PAST_CLAUSE.test(text),
    purpose: PURPOSE.test(text) || LETS.test(text),
    means: MEANS.test(text),
    weak: WEAK.test(text),
    fresh,
  }
}

/** Without the dots and marks a quote need not carry at its ends. */
export function trimmed(piece: Piece): Piece {
  let from = 0
  let to = piece.text.length
  while (from < to && ',、;。:.!?-)'.includes(piece.text.charAt(from))) from++
  while (to > from && ',、;。:.!?-('.includes(piece.text.charAt(to - 1))) to--
  return from === 0 && to === piece.text.length ? piece : cut(piece, from, to)
}

const FORMS =
  /(?:通过|以|采取|采用|利用|运用)[^。;!?:]{2,70}?等(?:多种|各种|不同|有效|灵活|多样)*(?:的)?(?:形式|方式|途径|办法|渠道|手段|载体|方法|阵地|平台|媒介)/g

/** Marks the units of a text in which punctuation does not end anything. */
function shield(text: string): Uint8Array {
  const shielded = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i)
    const close = c === '"' ? '"' : c === '(' ? ')' : c === '《' ? '》' : null
    if (!close) continue
    const limit = c === '"' ? 16 : 60
    const end = text.slice(i + 1, i + 1 + limit).indexOf(close)
    if (end < 0 || (c === '"' && /[。;!?]/.test(text.slice(i + 1, i + 1 + end)))) continue
    shielded.fill(1, i, i + end + 2)
    i += end + 1
  }
  for (const hit of text.matchAll(FORMS)) shielded.fill(1, hit.index, hit.index + hit[0].length)
  return shielded
}

/** “通过…等形式” at the beginning of a clause: where the means end, 0 when there are none. */
export function meansEnd(text: string): number {
  FORMS.lastIndex = 0
  const hit = FORMS.exec(text)
  return hit ? hit.index + hit[0].length : 0
}
