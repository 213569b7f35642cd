// 低保等政策救助: an application from asking to answer, as a thread of steps.
import { choice, field, o, type KindSpec } from './kind.ts'

export const welfare: KindSpec = {
  kind: 'welfare',
  title: { zh: '救助办理', en: 'Welfare application' },
  text: { zh: '说明', en: 'Notes' },
  visibility: 'case_notes',
  group: 'aid',
  children: 'needed',
  writers: 'staff',
  thread: true,
  places: ['村委会', '镇政府'],
  fields: [
    choice('policy', '哪一项', 'Which', [
      o('minimum_living', '最低生活保障', 'minimum living allowance'),
      o('destitute', '特困供养', 'support for the destitute'),
      o('orphan', '孤儿保障', 'orphan support'),
      o('no_carer', '事实无人抚养', 'de facto unsupported'),
      o('temporary', '临时救助', 'temporary relief'),
      o('medical', '医疗救助', 'medical aid'),
      o('disability', '残疾补贴', 'disability allowance'),
      o('school_aid', '学生资助', 'school aid'),
      o('other', '其他', 'other'),
    ], { quick: true, required: true }),
    choice('state', '办到哪一步', 'State', [
      o('matched', '符合条件', 'seems entitled'),
      o('told', '告诉了家里', 'family told'),
      o('applied', '已申请', 'applied'),
      o('accepted', '已受理', 'accepted'),
      o('approved', '批准', 'approved'),
      o('declined', '没批', 'declined'),
      o('paid', '已发放', 'paid'),
      o('stopped', '停发', 'stopped'),
    ], { quick: true, required: true }),
    field('office', 'words', '哪里办', 'Office'),
    field('case_no', 'words', '受理号', 'Reference'),
    field('monthly_fen', 'fen', '每月金额', 'Monthly amount'),
    field('reason', 'text', '没批的理由', 'Reason', { when: { field: 'state', is: ['declined', 'stopped'] } }),
    field('next_step', 'text', '下一步', 'Next step'),
  ],
} // prettier-ignore
