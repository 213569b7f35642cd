// The grammar of a kind of record. Each file beside this one is one kind: its fields and value lists, who may see it, when it counts, whether
// it is about children, and who may write it. The page builds its form from it, the server checks with it, cards and ledgers print by it.
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import type { FieldGroup } from '../roles.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}
export interface Option extends Words {
  readonly code: string
}

/**
 * words: one line · text: several · choice and choices: from `options` · number, count, minutes, fen: never negative · yes_no · day ·
 * list: lines of words · rows: a small table with `columns`.
 */
export type FieldType =
  'words' | 'text' | 'choice' | 'choices' | 'number' | 'count' | 'minutes' | 'fen' | 'yes_no' | 'day' | 'list' | 'rows'

export interface FieldSpec extends Words {
  readonly code: string
  readonly type: FieldType
  readonly options?: readonly Option[]
  readonly columns?: readonly FieldSpec[]
  /** Must be said before the record is more than a draft. */
  readonly required?: true
  /** Stands open on the quick page as chips; the others are folded. */
  readonly quick?: true
  readonly max?: number
  readonly unit?: Words
  /** May name somebody with an account, who then reads the whole matter (records.responsible_account_id); the words are the name. */
  readonly account?: true
  /** Shown only while another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly string[] }
}

export type Visibility = 'open' | 'case_notes' | 'psychological'

export interface KindSpec {
  readonly kind: Kind
  /** What is written in the box: 谈了什么. */
  readonly text: Words & { readonly required?: true }
  /** What a record of this kind is called on a button and a card: 谈心记录. */
  readonly title: Words
  readonly fields: readonly FieldSpec[]
  /** The least that hides it; a writer may choose a stricter one, never a looser one. */
  readonly visibility: Visibility
  /** What makes one record stricter than its kind. */
  readonly stricter?: { readonly field: string; readonly is: readonly string[]; readonly visibility: Visibility }
  /** The part of a child that its content tells of: whoever may not see that part sees at most that something was done. */
  readonly group: FieldGroup
  /** Is it about children? none: the unit's own work. */
  readonly children: 'needed' | 'optional' | 'none'
  /** Counts for a duty, a rate or a tally only while this field has one of these values; left out: always. */
  readonly settles?: { readonly field: string; readonly is: readonly string[] }
  /** staff: not the helper of one or two children; counselling: only who may see psychological material of the child. */
  readonly writers: 'everyone' | 'staff' | 'counselling'
  /** Has money and things (record_items). */
  readonly items?: true
  /** Who signs it on the screen or on paper, and the field that says who that is. */
  readonly signed?: Words & { readonly field: string }
  /** Goes on over several records: an application and its answers, a plan and its stages. */
  readonly thread?: true
  /** Two of them for one child on one day are more likely one, written twice. */
  readonly once_a_day?: true
  /** Places offered as chips before the person's own. */
  readonly places?: readonly string[]
}

export const o = (code: string, zh: string, en: string): Option => ({ code, zh, en })
type Extra = Omit<Partial<FieldSpec>, 'code' | 'type' | 'zh' | 'en'>
export const field = (code: string, type: FieldType, zh: string, en: string, extra: Extra = {}): FieldSpec => ({
  code,
  type,
  zh,
  en,
  ...extra,
})
export const choice = (code: string, zh: string, en: string, options: readonly Option[], extra: Extra = {}) =>
  field(code, 'choice', zh, en, { options, ...extra })

/** How somebody was met. */
export const ways = [
  o('in_person', '面谈', 'in person'),
  o('phone', '电话', 'by phone'),
  o('video', '视频', 'by video'),
  o('written', '书面', 'in writing'),
]
/** How the child seemed: what was seen, not what the child is. */
export const moods = [
  o('cheerful', '开心', 'cheerful'),
  o('calm', '平静', 'calm'),
  o('anxious', '有心事', 'something on the mind'),
  o('low', '难过', 'sad'),
]
export const way = choice('way', '方式', 'How', ways, { quick: true })
export const mood = choice('mood', '看上去', 'Seemed', moods, { quick: true })
export const nextStep = field('next_step', 'text', '约好的事、下一步', 'Agreed, next step')
export const childWords = field('child_words', 'text', '孩子自己的话', 'In the child’s own words')

/** Head counts of anything with a crowd: all, and of them the left-behind children. */
export const heads = [
  field('heads_all', 'count', '到场人次', 'People there'),
  field('heads_left_behind', 'count', '其中留守儿童', 'Of them left-behind children'),
]
export const gathering: readonly FieldSpec[] = [
  field('theme', 'words', '主题', 'Theme', { quick: true }),
  field('organiser', 'words', '组织者', 'Organised by'),
  field('leader', 'words', '负责人', 'In charge'),
  ...heads,
  field('proposed_by', 'words', '哪个孩子提议的', 'Proposed by (child)'),
  field('hosted_by', 'words', '哪个孩子主持的', 'Hosted by (child)'),
  field('effect', 'text', '成效', 'Result'),
  field('cost_fen', 'fen', '经费', 'Cost'),
]
