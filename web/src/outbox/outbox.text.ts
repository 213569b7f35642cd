import type { Dictionary } from '../ui/language.ts'

export const outboxText = {
  title: { zh: '没发出去的', en: 'Not sent yet' },
  lead: {
    zh: '都存在这台设备上，连上网会自己按先后发出去。',
    en: 'Kept on this device; sent in order as soon as there is a connection.',
  },
  empty: { zh: '都发出去了', en: 'Everything has been sent' },
  empty_help: {
    zh: '没网的时候记的东西会先放在这里，不会丢。',
    en: 'What you write without a connection waits here. Nothing is lost.',
  },
  send_now: { zh: '现在就发', en: 'Send now' },
  waiting: { zh: '等着发', en: 'waiting' },
  refused: { zh: '没收下', en: 'not accepted' },
  parked_section: { zh: '要你看一下的', en: 'Need a look' },
  waiting_section: { zh: '等着发的', en: 'Waiting' },
  other_unit: { zh: '换到“{unit}”以后发出', en: 'sent once you switch to “{unit}”' },
  other_unit_gone: { zh: '那个身份已经没有了，请找管理员', en: 'that role has ended; ask your administrator' },
  written: { zh: '{when}写的', en: 'written {when}' },
  again: { zh: '再发一次', en: 'Send again' },
  edit: { zh: '改一改', en: 'Change it' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  withdraw_title: { zh: '撤回这一条？', en: 'Withdraw this?' },
  withdraw_help: {
    zh: '“{label}”还没发出去，撤回后就没有了。',
    en: '“{label}” was never sent; withdrawn, it is gone.',
  },
  keep: { zh: '先留着', en: 'Keep it' },
  withdrawn: { zh: '撤回了', en: 'Withdrawn' },
  details: { zh: '写了什么', en: 'What it says' },
  unnamed: { zh: '一条记录', en: 'an entry' },
  edit_title: { zh: '改一改再发', en: 'Change and send' },
  save_send: { zh: '存好，再发', en: 'Save and send' },
  others: {
    zh: '这台设备上还有别人没发的 {n} 条，等他们登录时发出。',
    en: '{n} more on this device belong to others and wait for them.',
  },
  sent: { zh: '发出去了', en: 'Sent' },
} as const satisfies Dictionary
