// Each doubt of the reader as a question people can answer, with its choices in words.
import { relations } from '@nuanyang/domain/values/relation.ts'
import { aways } from '@nuanyang/domain/values/away.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { parseIdentityNumber } from '@nuanyang/domain/identity_numbers.ts'
import type { ImportRow } from '@nuanyang/contract/imports.ts'
import { plainDay } from '../ui/dates.ts'
import type { Option } from '../ui/fields.tsx'
import { fill, type Language, type Values } from '../ui/language.ts'
import { questionText } from './questions.text.ts'
import { veiled, type Column, type Question } from './sheet.ts'

export interface Asked {
  title: string
  help: string
  options: Option[]
  /** Chosen beforehand. */
  proposed: string | null
  /** A month is asked for instead of a choice. */
  month: boolean
}

type Key = keyof typeof questionText

function rank(question: Question, choice: string): number {
  return choice === 'leave_empty' ? 2 : choice === question.proposed ? 0 : 1
}
const isRelation = (choice: string) => relations.some((each) => each.code === choice)

/** The title and the help of a question by its code. */
function keysOf(question: Question): [Key, Key] {
  const { code, choices } = question
  switch (code) {
    case 'born_on_ambiguous':
      return isMonths(choices) ? ['one_or_ten', 'one_or_ten_help'] : ['which_order', 'which_order_help']
    case 'born_on_unreadable':
      return ['born_unreadable', 'born_unreadable_help']
    case 'born_on_conflicts_id_no':
      return ['born_conflict', 'conflict_help']
    case 'sex_conflicts_id_no':
      return ['sex_conflict', 'conflict_help']
    case 'sex_unreadable':
      return ['sex_unreadable', 'sex_unreadable_help']
    case 'id_no_checksum':
      return ['checksum', 'checksum_help']
    case 'phone_unreadable':
    case 'phone_precision_lost':
      return ['phone', 'phone_help']
    case 'relation_unreadable':
      return choices.join() === 'father,mother,leave_empty' ? ['parent', 'parent_help'] : ['relation', 'relation_help']
    case 'grade_unreadable':
      return choices.length > 1 ? ['grade_stage', 'grade_stage_help'] : ['grade', 'grade_help']
    case 'away_code_needs_label':
      return ['away', 'away_help']
    case 'looks_struck_out':
      return ['struck', 'struck_help']
    case 'row_hidden':
      return ['row_hidden', 'row_hidden_help']
    case 'sheet_hidden':
      return ['sheet_hidden', 'sheet_hidden_help']
    case 'possible_duplicate':
      return ['twice', 'twice_help']
    case 'id_no_duplicate_in_file':
      return ['number_twice', 'number_twice_help']
    case 'as_of_unknown':
      return ['as_of', 'as_of_help']
    default:
      return ['other', 'other_help']
  }
}

const isMonths = (choices: readonly string[]) =>
  /^\d{4}-01$/.test(choices[0] ?? '') && /^\d{4}-10$/.test(choices[1] ?? '')

export function asked(question: Question, column: Column | undefined, language: Language): Asked {
  const say = (key: Key, values?: Values) => fill(questionText[key], values, language)
  const [title, help] = keysOf(question)
  const values = {
    x: veiled(question.examples[0] ?? ''),
    n: question.rows.length,
    column: column ? say('this_column', { head: column.header.replaceAll('/', ' ') }) : say('these_rows'),
  }
  const options = question.choices.map((choice) => ({
    value: choice,
    label: optionWords(question, choice, say, language),
  }))
  return {
    title: say(title, values),
    help: say(help, values),
    // The proposal stands first and is chosen: most answers are one press. To leave a cell empty is for the person to choose.
    options: options.toSorted((a, b) => rank(question, a.value) - rank(question, b.value)),
    proposed: question.proposed === 'leave_empty' && question.choices.length > 1 ? null : question.proposed,
    month: question.code === 'as_of_unknown',
  }
}

const sayings: Readonly<Partial<Record<string, Key>>> = {
  leave_empty: 'leave_empty',
  keep_cell: 'keep_cell',
  use_id_no: 'use_id_no',
  keep: 'keep_number',
  keep_readable: 'keep_readable',
  include: 'include',
  leave_out: 'leave_out',
  keep_both: 'keep_both',
  same_child: 'same_child',
  keep_without_number: 'keep_without_number',
  father: 'father',
  mother: 'mother',
  primary: 'primary',
  junior: 'junior',
  senior: 'senior',
  kindergarten: 'kindergarten',
}

function optionWords(
  question: Question,
  choice: string,
  say: (key: Key, values?: Values) => string,
  language: Language,
): string {
  if (question.code === 'born_on_ambiguous' && choice !== 'leave_empty')
    return isMonths(question.choices)
      ? say('all_month', { n: Number(choice.slice(5)) })
      : say('as_day', { day: plainDay(choice, language, '') })
  if (choice === 'use_id_no' && question.code.endsWith('unreadable')) return say('use_id_no_else_empty')
  if (question.code === 'away_code_needs_label' && choice.includes('=')) return codesInWords(choice, language)
  if (question.code === 'away_code_needs_label' && choice !== 'leave_empty') return labelOf(aways, choice, language)
  if (question.code === 'relation_unreadable' && isRelation(choice) && keysOf(question)[0] === 'relation')
    return labelOf(relations, choice, language)
  const key = sayings[choice]
  return key ? say(key) : choice
}

/** 0=none,1=one_parent → 0 父母都在家，1 一方外出 */
function codesInWords(choice: string, language: Language): string {
  return choice
    .split(',')
    .map((pair) => {
      const [code = '', meaning = ''] = pair.split('=')
      const words =
        meaning === 'leave_empty' ? fill(questionText.leave_empty, {}, language) : labelOf(aways, meaning, language)
      return `${code} ${words}`
    })
    .join(language === 'zh' ? '，' : ', ')
}

/** What the row itself says beside the doubt: 身份证写 10 月. Null where it says nothing to the point. */
export function witness(
  question: Question,
  row: ImportRow,
  columns: readonly Column[],
  language: Language,
): string | null {
  const say = (key: Key, values?: Values) => fill(questionText[key], values, language)
  if (!/^(born_on|sex)_/.test(question.code)) return null
  const column = columns.find((each) => each.field === 'id_no')
  const number = parseIdentityNumber((column && row.cells[column.column])?.trim().toUpperCase() ?? '')
  if (!number) return say('no_id')
  if (question.code.startsWith('sex')) return number.sex ? say('id_says_sex', { sex: say(number.sex) }) : null
  if (!number.born_on) return null
  return isMonths(question.choices)
    ? say('id_says_month', { n: Number(number.born_on.slice(5, 7)) })
    : say('id_says_day', { day: plainDay(number.born_on, language, '') })
}
