import type { ProblemText } from './problem_text.ts'

export const childProblems = {
  names_need_purpose: {
    status: 403,
    zh: '县里先看人数。要看到具体的孩子，请先说明用来做什么：用途会记下来，两小时内有效。',
    en: 'The county sees counts first. To see the children themselves, say what for: it is kept, and holds two hours.',
  },
  similar_child: {
    status: 409,
    zh: '{unit}已经有一份很像的档案：{name}。先看看是不是同一个孩子；确定不是，再点“仍然建档”。',
    en: 'A similar file exists in {unit}: {name}. Check whether it is the same child; if not, choose “open anyway”.',
  },
  identity_no_taken: {
    status: 409,
    zh: '这个身份证号已经在另一份档案里（{unit}）。请核对号码；如果是同一个孩子，请打开那份档案。',
    en: 'This identity number is in another file ({unit}). Check the number, or open that file.',
  },
  identity_no_wrong: {
    status: 422,
    zh: '身份证号“{number}”不对：{why}。请对照户口本核对；暂时不清楚可以先留空。',
    en: 'The identity number “{number}” is not valid: {why}. Check it, or leave it empty for now.',
  },
  born_in_future: {
    status: 422,
    zh: '出生日期“{born_on}”在今天之后，请核对。',
    en: 'The birth “{born_on}” is after today. Please check.',
  },
  unit_not_yours: {
    status: 403,
    zh: '“{unit}”不在你管的范围里。请那边的儿童主任或班主任来加，或请管理员给你那边的身份。',
    en: '“{unit}” is not within your units. Ask its child director or class teacher, or your administrator.',
  },
  field_not_yours: {
    status: 403,
    zh: '“{field}”不在你能改的范围里。可以请{who}来改。',
    en: '“{field}” is not yours to change. Ask {who}.',
  },
  link_needs_residence: {
    status: 422,
    zh: '先填孩子住在哪个村（社区），再填它下面的村民组或网格。',
    en: 'Say which village the child lives in before naming its group or grid.',
  },
  wrong_kind_of_unit: {
    status: 422,
    zh: '“{unit}”不能这样用：{why}。',
    en: '“{unit}” can’t be used this way: {why}.',
  },
  already_exited: { status: 409, zh: '这份档案已经退出了，没有再做一次。', en: 'This file has exited already.' },
  not_exited: { status: 409, zh: '这份档案现在就在册，不用恢复。', en: 'This file is registered already.' },
  exit_before_start: {
    status: 422,
    zh: '退出日期不能早于建档那天（{registered_on}），也不能晚于今天。',
    en: 'The exit day can’t be before the file was opened ({registered_on}) or after today.',
  },
  nothing_to_reveal: {
    status: 403,
    zh: '这份档案里没有你可以打开的号码。需要时可以请{who}来看。',
    en: 'Nothing in this file is yours to reveal. Ask {who}.',
  },
  already_decided: { status: 409, zh: '这一条已经有人处理过了。', en: 'Somebody has decided this already.' },
  changed_since: {
    status: 409,
    zh: '提出之后，这一项又被改过，现在是“{now}”。请看过再决定。',
    en: 'This was changed again after the proposal; it is now “{now}”. Look before you decide.',
  },
} as const satisfies Record<string, ProblemText>
