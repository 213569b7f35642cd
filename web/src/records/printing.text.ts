import type { Dictionary } from '../ui/language.ts'

export const printingText = {
  title: { zh: '打印：{title}', en: 'Print: {title}' },
  paper: { zh: '印成', en: 'Paper' },
  format: { zh: '格式', en: 'Format' },
  purpose: { zh: '做什么用', en: 'What for' },
  purpose_help: {
    zh: '会印在纸上，也记进访问记录。',
    en: 'It is printed on the paper and kept in the access log.',
  },
  make: { zh: '生成文件', en: 'Make the file' },
  made: { zh: '文件好了', en: 'The file is ready' },
  ledger_title: { zh: '导出台账', en: 'Export a ledger' },
  ledger: { zh: '哪一本', en: 'Which one' },
  from: { zh: '从哪天', en: 'From' },
  until: { zh: '到哪天', en: 'Until' },
  make_ledger: { zh: '导出 Excel', en: 'Export to Excel' },
} as const satisfies Dictionary
