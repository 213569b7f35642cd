import type { Dictionary } from '../ui/language.ts'

export const changesText = {
  title: { zh: '等你确认的修改', en: 'Changes that wait for you' },
  sub: {
    zh: '别的单位想改你们管的内容。确认以后，档案才会变。',
    en: 'Other units would change what yours keeps. Files change only once you accept.',
  },
  sides: { zh: '两边提的修改', en: 'Changes by side' },
  theirs: { zh: '等我们确认', en: 'For us to decide' },
  ours: { zh: '我们提的', en: 'What we asked for' },
  sub_ours: {
    zh: '我们想改、由对方管的内容，和对方的答复。',
    en: 'What we would change of theirs, and their answer.',
  },
  none_ours: { zh: '没有提过修改', en: 'Nothing asked for' },
  none_ours_help: {
    zh: '改到对方管的内容时，会先请对方确认，列在这里。',
    en: 'What the other side keeps is proposed to it first, and listed here.',
  },
  still_waits: { zh: '等对方确认', en: 'waits for the other side' },
  none: { zh: '没有等你确认的修改', en: 'Nothing waits for you' },
  none_help: {
    zh: '学校或别的村改了你们管的内容，会先到这里来。',
    en: 'When a school or another village changes what your side keeps, it comes here first.',
  },
  now: { zh: '现在', en: 'Now' },
  wanted: { zh: '想改成', en: 'Proposed' },
  hidden: { zh: '这一项的内容你看不到，请{who}来确认。', en: 'What it says is not yours to see. Ask {who} to decide.' },
  accept: { zh: '确认修改', en: 'Accept' },
  decline: { zh: '不改', en: 'Decline' },
  decline_title: { zh: '不采用这条修改', en: 'Decline this change' },
  decline_help: { zh: '对方会看到你写的话。', en: 'Whoever proposed it reads what you write.' },
  note: { zh: '写一句为什么', en: 'Say why' },
  accepted: { zh: '{name}：{field}已改', en: '{name}: {field} changed' },
  declined: { zh: '{name}：{field}没有改', en: '{name}: {field} kept' },
  look: { zh: '看档案', en: 'Open the file' },
  earlier: { zh: '再往前', en: 'Earlier' },
} as const satisfies Dictionary
