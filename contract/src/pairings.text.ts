import type { ProblemText } from './problem_text.ts'

export const pairingProblems = {
  helper_full: {
    status: 409,
    zh: '{name}已经帮着 {count} 个孩子了（最多 {limit} 个）。请换一位，或先结束一对；一定要再加，请写明理由。',
    en: '{name} already helps {count} children (at most {limit}). Choose somebody else, end one first, or say why one more is right.',
  },
  not_vetted: {
    status: 409,
    zh: '{name}还没有做过资格核查，或者核查到期了，不能结对。请先按未成年人保护法第二十二条核查四项，再登记。',
    en: '{name} has not been vetted, or the vetting has expired. Check the four items of the law on minors, article 22, first.',
  },
  already_paired: {
    status: 409,
    zh: '{name}和这个孩子已经结对了，没有再登记一次。',
    en: '{name} and this child are paired already.',
  },
  pairing_child_exited: {
    status: 409,
    zh: '{name}的档案已经退出了，不能再结对。孩子回来了，请先恢复档案；原来的结对会一起接上。',
    en: '{name}’s file has exited; no pairing can begin. Restore the file first: the pairings it had go on with it.',
  },
  pairing_days: {
    status: 422,
    zh: '日期不对：开始不能晚于今天，结束和约好的日子不能早于开始（{from_on}）。',
    en: 'The days do not fit: it can’t begin after today, and no later day may lie before it began ({from_on}).',
  },
  pairing_ended: { status: 409, zh: '这一对已经结束了，没有再做一次。', en: 'This pairing has ended already.' },
  buddy_self: {
    status: 422,
    zh: '学习小帮手要选另一个孩子；不能选他自己。',
    en: 'A study buddy is another child; choose somebody else.',
  },
  number_in_contact: {
    status: 422,
    zh: '约好的联系方式里不要写电话号码；写在哪里、什么时候见，例如“周六上午在村小”。',
    en: 'Write no telephone number into the agreed contact; say where and when, such as “Saturday mornings at the village school”.',
  },
  not_own_pairing: {
    status: 403,
    zh: '只能改自己这一对的下次联系；别人的请让儿童主任或班主任来改。',
    en: 'You can set the next contact of your own pairing only; ask the child director or class teacher for others.',
  },
  review_of_buddy: {
    status: 409,
    zh: '学习小帮手不做评议；请在谈心或学习记录里写。',
    en: 'Study buddies are not reviewed; write it into a talk or study record.',
  },
  child_has_helper: {
    status: 409,
    zh: '{name}刚刚已经和{helper}结对了，这一批没有做。请重新推荐一次。',
    en: '{name} has just been paired with {helper}; none of these were made. Ask for suggestions again.',
  },
  letter_of_buddy: {
    status: 409,
    zh: '学习小帮手不用签责任书；名单在“学习帮手名单”里打印。',
    en: 'A study buddy signs no letter; the list of study buddies can be printed.',
  },
  nobody_paired: {
    status: 409,
    zh: '还没有可以打印的内容；先登记帮扶人、结对，再来打印。',
    en: 'There is nothing to print yet; register helpers and pair them first.',
  },
  solver_away: {
    status: 503,
    zh: '推荐没有算成。请再试一次；还不行就先自己挑人，把现在的时间告诉系统管理员。',
    en: 'The suggestion could not be worked out. Try again; else choose by hand and tell the administrator the time.',
  },
  board_put_away: {
    status: 409,
    zh: '这块分组板已经收起来了；要改请新建一块。',
    en: 'This board has been put away; make a new one to change the groups.',
  },
  child_in_two_groups: {
    status: 422,
    zh: '{name}同时在两个组里；请只留在一个组。',
    en: '{name} is in two groups; keep one.',
  },
  owner_unknown: {
    status: 422,
    zh: '“{group}”的负责人不在您的单位里；请从列表里选一位。',
    en: 'The person in charge of “{group}” is not of your units; choose from the list.',
  },
  board_incomplete: {
    status: 409,
    zh: '“{group}”还没有负责人或时间；填好以后再落实。',
    en: '“{group}” has nobody in charge or no times yet; fill them in first.',
  },
  not_own_group: {
    status: 403,
    zh: '这一组不归您写：计划和效果由负责人写，心理组还有心理教师能写，分组由建这块板的单位来改。',
    en: 'Not yours to write: plan and effects belong to the person in charge (of a group for the mind, to counsellors too), the groups to the unit of the board.',
  },
  stage_in_future: {
    status: 422,
    zh: '阶段效果的日子不能晚于今天。',
    en: 'The day of a stage can’t lie after today.',
  },
  helper_known: {
    status: 409,
    zh: '{name}已经以这个身份登记在{unit}的名册里了；请打开那一条修改。',
    en: '{name} stands in the register of {unit} in this part already; open that entry instead.',
  },
  helper_gone: {
    status: 409,
    zh: '{name}已经不再帮扶了，这一条不能再改；回来帮忙请重新登记。',
    en: '{name} has left; this entry is closed. Register the person again when they return.',
  },
  helper_days: {
    status: 422,
    zh: '日期不对：申请、同意和核查的日子不能晚于今天，核查的有效期要在核查之后。',
    en: 'The days do not fit: applying, consent and vetting can’t lie after today, and the vetting must last beyond its day.',
  },
  group_elsewhere: {
    status: 422,
    zh: '这个村民组不在您的单位里；请从列表里选一个。',
    en: 'This villager group is not one of your units; choose one from the list.',
  },
  vetting_note_missing: {
    status: 422,
    zh: '有一项没有通过，请写一句是什么情况；只有办事的人看得到。',
    en: 'One item is not clear: say in a sentence what it is; only those who handle it can read it.',
  },
} as const satisfies Record<string, ProblemText>
