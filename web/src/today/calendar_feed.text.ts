import type { Dictionary } from '../ui/language.ts'

export const feedText = {
  title: { zh: '手机日历', en: 'Your phone’s calendar' },
  help: {
    zh: '把地址粘贴到手机日历的“订阅日历”里，要办的事就会自己出现。里面只有事和人数，没有孩子的姓名。',
    en: 'Paste the address into “subscribed calendars” and what is to do appears there. It holds matters and numbers, no child’s name.',
  },
  make: { zh: '要一个地址', en: 'Get an address' },
  address: { zh: '订阅地址', en: 'Address' },
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制', en: 'Copied' },
  copy_by_hand: {
    zh: '这台设备不让网页复制，请点一下地址，手工复制。',
    en: 'Copying is not allowed here; press the address and copy it.',
  },
  another: { zh: '换一个', en: 'Change it' },
  changed: { zh: '换好了，原来的地址已经作废', en: 'Changed; the old address is void' },
  revoke: { zh: '不用了', en: 'Give it up' },
  gone: { zh: '地址已经作废', en: 'The address is void' },
  secret: {
    zh: '知道这个地址的人都能看到，请不要转给别人。',
    en: 'Whoever knows the address can read it; do not pass it on.',
  },
} as const satisfies Dictionary
