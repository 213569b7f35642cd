// Every refusal the product can give, by code. A feature keeps its own in <feature>.text.ts and is listed here once;
// only codes that an operation declares (or the kernel's own) may leave the server.
import type { ProblemText } from './problem_text.ts'
import { accountProblems } from './accounts.text.ts'
import { calendarProblems } from './calendar.text.ts'
import { childProblems } from './children.text.ts'
import { consentProblems } from './consents.text.ts'
import { customFieldProblems } from './custom_fields.text.ts'
import { definitionProblems } from './definitions.text.ts'
import { demoProblems } from './demo.text.ts'
import { duplicateProblems } from './duplicates.text.ts'
import { evaluationProblems } from './evaluations.text.ts'
import { familyProblems } from './families.text.ts'
import { fileProblems } from './files.text.ts'
import { focusProblems } from './focus.text.ts'
import { importProblems } from './imports.text.ts'
import { kernelProblems } from './kernel.text.ts'
import { noticeProblems } from './notices.text.ts'
import { pairingProblems } from './pairings.text.ts'
import { dueProblems } from './plans.due.text.ts'
import { planProblems } from './plans.text.ts'
import { recordProblems } from './records.text.ts'
import { documentProblems } from './documents.text.ts'
import { savedFilterProblems } from './saved_filters.text.ts'
import { settingProblems } from './settings.text.ts'
import { todayProblems } from './today.text.ts'
import { surveyProblems } from './surveys.text.ts'
import { unitProblems } from './units.text.ts'

export const problemTexts = {
  ...kernelProblems,
  ...accountProblems,
  ...calendarProblems,
  ...childProblems,
  ...consentProblems,
  ...customFieldProblems,
  ...definitionProblems,
  ...demoProblems,
  ...duplicateProblems,
  ...evaluationProblems,
  ...familyProblems,
  ...fileProblems,
  ...focusProblems,
  ...importProblems,
  ...noticeProblems,
  ...pairingProblems,
  ...planProblems,
  ...dueProblems,
  ...recordProblems,
  ...documentProblems,
  ...savedFilterProblems,
  ...settingProblems,
  ...todayProblems,
  ...surveyProblems,
  ...unitProblems,
} as const satisfies Record<string, ProblemText>

export type ProblemCode = keyof typeof problemTexts
export const kernelCodes: readonly string[] = Object.keys(kernelProblems)

/** RFC 9457 body of every refusal. */
export interface Problem {
  type: string
  title: string
  status: number
  code: ProblemCode
  detail: string
  detail_en: string
  request_id: string
  errors?: { path: string; zh: string; en: string }[]
  /** The row as it stands now, with `stale`. */
  current?: unknown
}

export type ProblemValues = Record<string, string | number>

/** The sentence with its values filled in. */
export function problemSentence(code: ProblemCode, language: 'zh' | 'en', values: ProblemValues = {}): string {
  return problemTexts[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
