import type { ProblemText } from './problem_text.ts'

export const recordProblems = {
  record_in_future: {
    status: 422,
    zh: '{day}还没有到，不能先记。做完那天再记，或者把日期改对。',
    en: '{day} has not come yet. Record it when it is done, or correct the day.',
  },
  record_day: {
    status: 422,
    zh: '日期或时间不对：{why}。请改好再保存。',
    en: 'The day or time does not fit: {why}. Correct it and save again.',
  },
  record_children: {
    status: 422,
    zh: '“{kind}”{why}。请改好再保存。',
    en: '“{kind}”: {why}. Correct it and save again.',
  },
  record_child_unseen: {
    status: 409,
    zh: '选的孩子里有 {count} 个已经不在你能看到的范围里了，这一条没有保存。请去掉这个孩子再保存，或请现在管这份档案的人来记。',
    en: '{count} of the children are no longer within what you may see, so this was not saved. Take them out, or ask whoever keeps the file now.',
  },
  record_child_exited: {
    status: 409,
    zh: '{name}的档案在 {day} 退出了，退出以后的事不能记在上面。补记以前的事，请把日期改到那天或更早；孩子回来了，先恢复档案。',
    en: '{name}’s file exited on {day}; nothing after that can be recorded. Use an earlier day, or restore the file first.',
  },
  record_similar: {
    status: 409,
    zh: '{who}已经记过 {day} 对{name}的“{kind}”。是同一次就不用再记；确实是另外一次，请点“仍然保存”。',
    en: '{who} has already recorded “{kind}” for {name} on {day}. If it is the same one, leave it; otherwise choose “save anyway”.',
  },
  record_not_yours_to_write: {
    status: 403,
    zh: '“{kind}”由{who}来写。可以请他们来记。',
    en: '“{kind}” is written by {who}. Please ask them.',
  },
  record_responsible: {
    status: 409,
    zh: '这位负责人已经不在这里工作了。请从列出的人里另选一位，或者只写名字。',
    en: 'This person does not work here any more. Choose somebody from the list, or write a name alone.',
  },
  record_thread: {
    status: 409,
    zh: '要接着写的那件事找不到了，或者不是同一种、同一个孩子。请从那件事的页面上接着写。',
    en: 'The matter this carries on was not found, or is of another kind or child. Carry it on from its own page.',
  },
  record_withdrawn: {
    status: 409,
    zh: '这条记录已经撤回了，不能再改。要用它，请先恢复。',
    en: 'This record was withdrawn. Restore it first.',
  },
  record_not_withdrawn: { status: 409, zh: '这条记录没有撤回，不用恢复。', en: 'This record is not withdrawn.' },
  record_not_yours: {
    status: 403,
    zh: '这条是{who}写的。请写的人来改，或请本单位的负责人、儿童主任来改。',
    en: 'This was written by {who}. Ask the writer, the unit’s leader or the child director.',
  },
  no_records: {
    status: 422,
    zh: '没有符合条件、你能看到内容的记录，没有什么可打印。请换个条件。',
    en: 'There are no records whose content you may see. Change the filter.',
  },
  too_many_records: {
    status: 422,
    zh: '一次最多 {limit} 条，现在超过了。请选短一点的日子分几次。',
    en: 'At most {limit} records at a time. Choose fewer days.',
  },
} as const satisfies Record<string, ProblemText>
