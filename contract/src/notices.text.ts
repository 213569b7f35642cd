import type { ProblemText } from './problem_text.ts'

export const noticeProblems = {
  robot_url_missing: {
    status: 422,
    zh: '“{name}”还没有地址。请在群里打开机器人的设置，把地址整个复制过来。',
    en: '“{name}” has no address yet. Copy it whole from the robot’s settings in the group.',
  },
  robot_url_unsafe: {
    status: 422,
    zh: '“{name}”的地址不能用：要以 https:// 开头（只有办公室内网的地址可以是 http://）。请重新复制。',
    en: 'The address of “{name}” cannot be used: it begins with https:// (http:// only inside the office network).',
  },
  smtp_password_missing: {
    status: 422,
    zh: '写了登录名，还要写密码或授权码。换了服务器或登录名，密码要重新填一次。',
    en: 'With a user name a password is needed; after changing server or name, type it again.',
  },
  no_such_channel: {
    status: 409,
    zh: '还没有保存这条路，没法试。请先保存设置，再试发。',
    en: 'This channel is not saved yet. Save the settings first, then try.',
  },
  sending_under_way: {
    status: 409,
    zh: '这一条已经发出，或者正等着发，没有再发一次。请稍后刷新看结果。',
    en: 'This one was sent or is waiting to be sent; it was not sent again. Look again shortly.',
  },
} as const satisfies Record<string, ProblemText>
