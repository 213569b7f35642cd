import type { ProblemText } from './problem_text.ts'

/** Refusals about signing in, accounts and the first run. */
export const accountProblems = {
  wrong_password: {
    status: 422,
    zh: '用户名或密码不对。请检查大小写和输入法；忘了密码，请单位管理员重设。',
    en: 'The username or the password is wrong. If you forgot it, your administrator can reset it.',
  },
  locked_out: {
    status: 429,
    zh: '连续输错的次数太多，请等 {wait}再试。忘了密码，请单位管理员重设。',
    en: 'Too many wrong tries. Wait {wait_en}, or ask your administrator to reset the password.',
  },
  one_at_a_time: {
    status: 429,
    zh: '这个用户名正在别处登录，请等一秒再试。',
    en: 'This username is signing in elsewhere right now. Try again in a second.',
  },
  account_disabled: {
    status: 403,
    zh: '这个账号已经停用。要继续使用，请单位管理员启用它。',
    en: 'This account is disabled. Your administrator can enable it.',
  },
  one_time_password_expired: {
    status: 403,
    zh: '这个一次性密码已经过了 {days} 天，不能再用。请单位管理员再重设一次。',
    en: 'This one-time password is older than {days} days. Ask your administrator for a new one.',
  },
  no_membership: {
    status: 403,
    zh: '这个账号现在没有任何身份。请单位管理员给你加上单位和角色。',
    en: 'This account has no current role. Your administrator can add one.',
  },
  wrong_code: {
    status: 422,
    zh: '动态码不对，或者已经用过。请看手机上现在的六位数字；手机不在身边，就填一个备用码。',
    en: 'The code is wrong or already used. Enter the six digits shown now, or a recovery code.',
  },
  totp_already_on: {
    status: 409,
    zh: '动态码已经打开了。要换手机，请先关掉，再重新打开。',
    en: 'The second step is already on. Turn it off first to change the phone.',
  },
  totp_not_begun: {
    status: 409,
    zh: '请先扫二维码，再填手机上的六位数字。',
    en: 'Scan the QR code first, then enter the six digits.',
  },
  username_taken: {
    status: 409,
    zh: '用户名“{username}”已经有人用了。可以在后面加上单位的拼音或一个数字。',
    en: 'The username “{username}” is taken. Add your unit or a number.',
  },
  already_set_up: {
    status: 409,
    zh: '这套系统已经设置过了。请直接登录；没有账号，请单位管理员建一个。',
    en: 'This installation is set up already. Sign in, or ask an administrator for an account.',
  },
  wrong_setup_code: {
    status: 403,
    zh: '设置码不对。请用启动暖阳的那台电脑上，启动窗口里最后一次显示的链接。',
    en: 'The set-up code is wrong. Use the link that the starting window showed last.',
  },
  place_without_county: {
    status: 422,
    zh: '“{name}”上面还缺县（市、区）这一级。请改选到县里；是开发区，就先把开发区写进来。',
    en: '“{name}” has no county above it. Choose one inside a county, or write in the development zone first.',
  },
  place_not_listed: {
    status: 422,
    zh: '区划里没有代码 {code}。请重新从列表里选；刚装好时列表还在准备，请等一会儿。',
    en: 'There is no division {code}. Choose again from the list; right after installing it is still being prepared.',
  },
  role_not_here: {
    status: 422,
    zh: '“{unit}”是{kind}，没有“{role}”这个角色。可以选：{fitting}。',
    en: '“{unit}” cannot have a {role_en}. Choose another role or another unit.',
  },
  roles_conflict: {
    status: 409,
    zh: '本县实行三员分立：系统管理员、安全管理员、审计员必须是三个人，也不能兼任其他工作。请换一个人。',
    en: 'Administrators are separated here: administrator, security officer and auditor must be three people without other roles.',
  },
  membership_exists: {
    status: 409,
    zh: '{name}已经是“{unit}”的{role}了。',
    en: '{name} already has this role there.',
  },
  last_administrator: {
    status: 409,
    zh: '{name}是“{unit}”最后一位系统管理员。请先让另一个人当管理员，再做这一步。',
    en: '{name} is the last administrator of “{unit}”. Make somebody else administrator first.',
  },
  account_elsewhere: {
    status: 409,
    zh: '{name}在你管的范围以外还有身份（{where}）。请那边或上级的管理员来做。',
    en: '{name} also works outside your units ({where}). Ask an administrator there or above.',
  },
  not_yourself: {
    status: 409,
    zh: '不能对自己的账号做这一步。改自己的密码请到“我的账号”；其余的请另一位管理员来做。',
    en: 'You cannot do this to your own account. Change your password on your own page; ask another administrator for the rest.',
  },
  account_is_disabled: {
    status: 409,
    zh: '{name}的账号已经停用，请先启用。',
    en: 'The account of {name} is disabled. Enable it first.',
  },
} as const satisfies Record<string, ProblemText>
