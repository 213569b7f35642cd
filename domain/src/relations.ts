// Words for who cares for the child. The word itself is kept as said beside the code.

import { foldText } from './chinese_text.ts'
import { readValue } from './values/value.ts'
import { relations, type Relation } from './values/relation.ts'

export type RelationText =
  | { readonly state: 'ok'; readonly relation: Relation }
  | { readonly state: 'unreadable'; readonly proposed: Relation | null; readonly choices: readonly Relation[] }

const GRANDPARENTS: readonly Relation[] = [
  'paternal_grandfather',
  'paternal_grandmother',
  'maternal_grandfather',
  'maternal_grandmother',
]
// Words that name different people in different counties, or a kinship without saying which of its people.
const ASK: Readonly<Record<string, readonly Relation[]>> = {
  祖孙: GRANDPARENTS,
  爷孙: ['paternal_grandfather', 'maternal_grandfather'],
  婆孙: ['paternal_grandmother', 'maternal_grandmother'],
  外祖孙: ['maternal_grandfather', 'maternal_grandmother'],
  祖父母: ['paternal_grandfather', 'paternal_grandmother'],
  爷爷奶奶: ['paternal_grandfather', 'paternal_grandmother'],
  外祖父母: ['maternal_grandfather', 'maternal_grandmother'],
  外公外婆: ['maternal_grandfather', 'maternal_grandmother'],
  姥姥姥爷: ['maternal_grandfather', 'maternal_grandmother'],
  公公: ['paternal_grandfather', 'maternal_grandfather'],
  公: ['paternal_grandfather', 'maternal_grandfather'],
  阿公: ['paternal_grandfather', 'maternal_grandfather'],
  家公: ['maternal_grandfather', 'paternal_grandfather'],
  嘎公: ['maternal_grandfather', 'paternal_grandfather'],
  爹爹: ['paternal_grandfather', 'father'],
  老爷: ['maternal_grandfather', 'paternal_grandfather'],
  婆婆: ['paternal_grandmother', 'maternal_grandmother'],
  婆: ['paternal_grandmother', 'maternal_grandmother'],
  阿婆: ['paternal_grandmother', 'maternal_grandmother'],
  家婆: ['maternal_grandmother', 'paternal_grandmother'],
  嘎婆: ['maternal_grandmother', 'paternal_grandmother'],
  嬢嬢: ['aunt_uncle'],
  父母: ['father', 'mother'],
  家长: ['father', 'mother'],
  爸妈: ['father', 'mother'],
  继父: ['father', 'other'],
  继母: ['mother', 'other'],
  养父: ['father', 'other'],
  养母: ['mother', 'other'],
  后爸: ['father', 'other'],
  后妈: ['mother', 'other'],
  爹: ['father'],
  娘: ['mother', 'aunt_uncle'],
  大爷: ['aunt_uncle', 'paternal_grandfather'],
  大爹: ['aunt_uncle', 'paternal_grandfather'],
  二爷: ['relative', 'aunt_uncle'],
}

/** The text of a cell 与儿童关系; `unreadable` carries what it may mean, the likeliest first. */
export function readRelation(text: string): RelationText {
  const word = trimRelation(foldText(text))
  const relation = readValue(relations, text) ?? readValue(relations, word)
  if (relation) return { state: 'ok', relation }
  const choices = ASK[word]
  if (choices) return { state: 'unreadable', proposed: choices.length === 1 ? (choices[0] ?? null) : null, choices }
  return { state: 'unreadable', proposed: null, choices: relations.map((entry) => entry.code) }
}

/** True when the text is a word of kinship, also one that needs asking. */
export function isRelationWord(text: string): boolean {
  const word = trimRelation(foldText(text))
  return (
    word !== '' &&
    word.length <= 8 &&
    (readValue(relations, text) !== null || readValue(relations, word) !== null || word in ASK)
  )
}

function trimRelation(word: string): string {
  return word
    .replace(/^\d{1,2}[.、-]?(?=\D)/, '')
    .replace(/^(?:是|系|其|为)?(?:孩子|儿童|学生|本人|幼儿|娃娃?|被监护人)?(?:的|之)?(?=.)/, '')
    .replace(/(?:关系|照顾|照看|照料|监护|抚养|代养|带)$/, '')
    .replace(/[。.,;]+$/, '')
}
