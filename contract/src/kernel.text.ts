import type { ProblemText } from './problem_text.ts'

/** Refusals of the house itself. `{name}` in a sentence is filled from the problem's data. */
export const kernelProblems = {
  not_signed_in: {
    status: 401,
    zh: '登录已经过期。请重新登录，刚才填的内容还在。',
    en: 'You are signed out. Sign in again; what you typed is kept.',
  },
  not_found: {
    status: 404,
    zh: '没有找到，或者不在你能看到的范围内。可以请单位管理员核对。',
    en: 'Not found, or not within what you may see. Your administrator can check.',
  },
  forbidden: {
    status: 403,
    zh: '这一步需要“{right}”的权限，你现在的身份没有。可以请{who}来做，或请管理员给你这项权限。',
    en: 'This needs the right “{right}”. Ask {who}, or ask your administrator for it.',
  },
  invalid: {
    status: 422,
    zh: '有 {count} 处没有填对，请看标出的地方。',
    en: '{count} field(s) need another look.',
  },
  stale: {
    status: 409,
    zh: '在你修改的时候，别人也改过。两边都列在下面，请选一个。',
    en: 'Somebody else changed this meanwhile. Both versions are below; choose one.',
  },
  key_reused: {
    status: 409,
    zh: '这一条已经用别的内容提交过，没有重复保存。请刷新后再看。',
    en: 'This was already sent with other content and was not saved twice. Reload to see it.',
  },
  days_overlap: {
    status: 422,
    zh: '这个日期和以前记下的一段重叠了（比如同一时间在两个地方）。请看“来历”里的日期，改一个再保存。',
    en: 'These days overlap with what was recorded before (two places at the same time). Look at the history, correct one and save again.',
  },
  too_many: {
    status: 429,
    zh: '操作太快了，请等 {seconds} 秒再试。',
    en: 'Too many tries. Wait {seconds} seconds.',
  },
  too_large: {
    status: 413,
    zh: '文件太大了（上限 {limit}）。请拆成几份再放进来。',
    en: 'The file is too large (limit {limit}). Split it.',
  },
  upload_cut: {
    status: 400,
    zh: '文件只传到一半就断了，什么也没有存。请检查网络后再放一次。',
    en: 'The upload broke off and nothing was stored. Check the connection and try again.',
  },
  upload_infected: {
    status: 422,
    zh: '杀毒程序说这份文件有问题，没有收下。请换一份，或请管文件的人在电脑上先查一遍。',
    en: 'The virus scanner objects to this file; it was not taken. Use another one, or have it checked first.',
  },
  scan_failed: {
    status: 503,
    zh: '杀毒程序没有运行起来，文件没有收下。请管理员运行 npx nuanyang doctor 看看原因，再放一次。',
    en: 'The virus scanner did not work, so the file was not taken. An administrator can run nuanyang doctor.',
  },
  busy: {
    status: 503,
    zh: '现在人多，请等几秒再试。填的内容还在。',
    en: 'Busy right now. Try again in a few seconds; nothing is lost.',
  },
  disk_full: {
    status: 507,
    zh: '电脑的磁盘满了，这一条没有保存。请先清理磁盘，再点一次保存。',
    en: 'The disk is full, so this was not saved. Free some space and save again.',
  },
  broken: {
    status: 500,
    zh: '系统出了点问题，这一步没有做成，原来的数据没有动。请再试一次；还不行，就把编号 {request_id} 告诉管理员。',
    en: 'Something went wrong; nothing was changed. Try again, or give your administrator the number {request_id}.',
  },
} as const satisfies Record<string, ProblemText>
