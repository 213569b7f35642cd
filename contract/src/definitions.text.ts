import type { ProblemText } from './problem_text.ts'

export const definitionProblems = {
  no_definition_then: {
    status: 422,
    zh: '“{name}”在 {on} 还没有生效的版本（{since}）。请换一个日期，或请县里在“设置→口径”里补上那时的版本。',
    en: 'No version of “{name}” holds on {on} ({since}). Choose another day, or ask the county to add the version of that time.',
  },
  definition_before: {
    status: 422,
    zh: '新的版本要从现在这一版开始（{from_on}）之后的某一天起。请改生效日期。',
    en: 'A new version begins after the present one began ({from_on}). Choose a later day.',
  },
  definition_name_taken: {
    status: 409,
    zh: '已经有一条叫“{name}”的口径。请换个名字；要改它，请给它加一个新版本。',
    en: 'A definition called “{name}” exists. Choose another name, or add a version to it.',
  },
  definition_ended: {
    status: 409,
    zh: '这一版已经到 {until_on} 为止，没有再改一次。请看下一版。',
    en: 'This version ended on {until_on} already.',
  },
  definition_days: {
    status: 422,
    zh: '停用的日期要晚于生效的日期（{from_on}）。请改日期。',
    en: 'It must end after it began ({from_on}).',
  },
  turns_days: {
    status: 422,
    zh: '后一个日期要晚于前一个，最多隔两年。请改日期。',
    en: 'The second day must be after the first, at most two years. Choose other days.',
  },
} as const satisfies Record<string, ProblemText>
