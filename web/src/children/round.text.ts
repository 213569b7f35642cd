import type { Dictionary } from '../ui/language.ts'

export const roundText = {
  title: { zh: '信息更新', en: 'Asking every family' },
  sub: { zh: '每一家问一次：没有变化点一下，有变化就改。', en: 'Each family once: one tap when nothing changed.' },
  count: { zh: '问过 {done} 人，一共 {all} 人', en: '{done} of {all} asked' },
  since: { zh: '从哪天起算这一轮', en: 'This round began on' },
  since_help: { zh: '这天以后问过的，不再列出来。', en: 'Those asked since are not listed.' },
  same: { zh: '无变化', en: 'No change' },
  same_of: { zh: '{names}：无变化', en: '{names}: no change' },
  changed: { zh: '有变化', en: 'Changed' },
  outbox: { zh: '{names}：信息无变化', en: '{names}: no change' },
  confirmed: { zh: '{names}：记下了，没有变化', en: '{names}: noted, no change' },
  kept: { zh: '已存在这台设备上，连上网就会记下', en: 'Kept on this device until there is a connection' },
  last: { zh: '上次{day}', en: 'last {day}' },
  away_unknown: { zh: '父母在哪未采集', en: 'parents’ whereabouts not collected' },
  all_done: { zh: '这一轮都问过了', en: 'Everybody has been asked' },
  all_done_help: {
    zh: '改过什么，在每份档案的“来历”里看得到。',
    en: 'What changed stands in each file under its history.',
  },
  to_list: { zh: '看孩子的名单', en: 'To the list' },
} as const satisfies Dictionary
