import type { ProblemText } from './problem_text.ts'

export const planProblems = {
  plan_unread: {
    status: 422,
    zh: '没有读到工作计划：文字里既没有目标，也没有措施或按月份的安排。请检查是不是放错了，或者从模板开始。',
    en: 'No work plan was found: the text has no goals, no measures and no tasks by month. Check the text, or begin with a template.',
  },
  plan_file_unreadable: {
    status: 422,
    zh: '这个文件读不了：{why}请换一个文件，或把文字贴进来。',
    en: 'This file can’t be read: {why_en} Try another file, or paste the text.',
  },
  plan_state: {
    status: 409,
    zh: '这份计划现在是“{state}”，不能{act}。请刷新后再看。',
    en: 'This plan is “{state_en}” now and can’t be {act_en}. Reload and look again.',
  },
  plan_days: {
    status: 422,
    zh: '日期不对：{why}。请改好再保存。',
    en: 'The days do not fit: {why_en}. Correct them and save again.',
  },
  plan_item_gone: {
    status: 409,
    zh: '这一条已经不在计划里了，可能有人刚刚改过。请刷新后再看。',
    en: 'This item is no longer in the plan; somebody may have changed it just now. Reload and look again.',
  },
  plan_item_issued: {
    status: 409,
    zh: '“{title}”是上级下发的，这里可以加别的、可以定谁来做，不能去掉也不能改松。有困难请和{unit}商量。',
    en: '“{title}” was handed down: here you may add and name who does it, not remove or weaken it. Talk to {unit} if it is a problem.',
  },
  plan_target_over: {
    status: 422,
    zh: '目标写成了 {percent}%，超过了 100%。请改成不超过 100% 的数。',
    en: 'The target is {percent} %, more than 100 %. Enter a number up to 100.',
  },
  plan_month_outside: {
    status: 422,
    zh: '“{title}”安排在 {month}，计划只到 {until}。请改月份，或先把计划的起止日期改长。',
    en: '“{title}” is set for {month}, but the plan runs until {until}. Change the month, or the days of the plan first.',
  },
  plan_rhythm_open: {
    status: 422,
    zh: '“{title}”还没有说多久一次，不能开始。请先选一个：每周、每月、每学期，或者随时。',
    en: '“{title}” does not say how often. Choose first: every week, month, term, or at any time.',
  },
  plan_adopted_already: {
    status: 409,
    zh: '这份计划 {on} 已经通过了，没有再做一次。',
    en: 'This plan was adopted on {on} already; nothing was done twice.',
  },
  plan_not_ready: {
    status: 409,
    zh: '还不能通过：{why}请处理好再通过。',
    en: 'It can’t be adopted yet: {why_en}',
  },
  plan_policies_county: {
    status: 403,
    zh: '规定的清单由县级管理，这里只能用，不能改。请县级工作人员来改。',
    en: 'The list of rules is kept by the county; here it can be used, not changed. Ask county staff.',
  },
  plan_definition: {
    status: 422,
    zh: '没有叫这个名字的口径，或者它已经不用了。请从列出的口径里选一个。',
    en: 'There is no such definition, or it is out of force. Choose one of those listed.',
  },
  plan_person: {
    status: 422,
    zh: '点名的人不在这个单位，或者已经离开。请重新选一个人。',
    en: 'The person named is not of this unit, or has left. Choose somebody else.',
  },
  plan_issue_unit: {
    status: 422,
    zh: '只能下发给本单位下面的乡镇、村、社区和学校。请重新选。',
    en: 'A plan is issued to townships, villages, communities and schools below this unit. Choose again.',
  },
  plan_issue_taken: {
    status: 409,
    zh: '这份计划已经接下了，没有再做一份。请在计划列表里打开。',
    en: 'This plan was taken up already; no second one was made. Open it from the list.',
  },
  task_state: {
    status: 409,
    zh: '这件事现在是“{state}”，不能再做这一步。请刷新后再看。',
    en: 'This task is “{state_en}” now; this step no longer fits. Reload and look again.',
  },
  task_day: {
    status: 422,
    zh: '完成的日子不能晚于今天。请改成真正做完的那一天。',
    en: 'It can’t be done on a day to come. Enter the day on which it was done.',
  },
} as const satisfies Record<string, ProblemText>
