// Duties that rules in force ask for, to be added to a plan from a list. They are a start: a county keeps its own list, because the
// numbers differ from place to place and change with the years. Each names where it is written.
import type { Archetype } from '../../values/archetypes.ts'
import type { Kind } from '../../values/kinds.ts'
import type { Responsible } from '../../values/responsible.ts'
import type { Subject } from '../../values/subjects.ts'
import type { Rhythm } from '../types.ts'

export interface PolicyDutyRow {
  readonly code: string
  readonly title: string
  readonly kind: Kind
  readonly subject: Subject
  readonly rhythm: Rhythm
  readonly responsible: Responsible | null
  readonly source: string
  readonly archetypes: readonly Archetype[]
}

const row = (
  code: string,
  title: string,
  kind: Kind,
  subject: Subject,
  rhythm: Rhythm,
  responsible: Responsible | null,
  source: string,
  archetypes: readonly Archetype[],
): PolicyDutyRow => ({ code, title, kind, subject, rhythm, responsible, source, archetypes })

const places = ['village', 'community', 'committee'] as const

export const policyDuties: readonly PolicyDutyRow[] = [
  row('first_visit', '新登记的孩子 5 个工作日内上门看一次', 'visit', 'each_child', { within_days: 5, working_days: true, of: 'new_child' }, 'child_director', '杭州市 DB3301/T 0460—2024', places),
  row('weekly_contact', '外出的父母每周至少和孩子联系一次', 'call', 'each_child', { every: 'week', count: 1 }, 'guardian', '未成年人保护法第二十三条', places),
  row('yearly_follow_up', '每年至少入户随访一次', 'visit', 'each_child', { every: 'year', count: 1 }, 'child_director', '安徽省儿童主任服务规范', places),
  row('school_contact', '每学期至少和学校联系一次', 'meeting', 'unit', { every: 'term', count: 1 }, 'child_director', '安徽省儿童主任服务规范', places),
  row('tier_high', '重点关爱的孩子每周探访', 'visit', 'each_priority_child', { every: 'week', count: 1 }, 'child_director', '分级探访的常见做法，本县可改', places),
  row('winter_visit', '寒假春节期间走访一次', 'visit', 'each_priority_child', { festival: 'spring_festival' }, 'child_director', '国务院未成年人保护工作领导小组办公室通知', places),
  row('township_round', '乡镇每月巡查一次', 'assessment', 'unit', { every: 'month', count: 1 }, 'leading_group', '崇州市做法，本县可改', ['village', 'community']),
  row('parents_left', '父母外出后 30 天内核对照看的人', 'update', 'each_child', { within_days: 30, working_days: false, of: 'parents_left' }, 'child_director', '未成年人保护法第二十二条：委托照护要书面告知', places),
  row('carer_changed', '换了照看的人，10 天内上门看一次', 'visit', 'each_child', { within_days: 10, working_days: false, of: 'carer_changed' }, 'child_director', '未成年人保护法第二十二条、第二十三条', places),
  row('teacher_talk', '班主任每月谈心一次，填记录卡', 'talk', 'each_child', { every: 'month', count: 1 }, 'class_teacher', '学校工作计划的通行要求', ['school']),
  row('home_visit_term', '每学期家访一次', 'visit', 'each_child', { every: 'term', count: 1 }, 'class_teacher', '学校样本规定', ['school']),
  row('call_fortnight', '父母每两周和孩子通一次话', 'call', 'each_child', { every: 'week', count: 1, interval: 2 }, 'guardian', '学校样本规定', ['school']),
  row('carers_meeting', '每学期开一次照看人会议', 'meeting', 'unit', { every: 'term', count: 1 }, 'school_leader', '学校样本规定', ['school']),
  row('screening', '每年一次心理健康测评（小学高年级以上）', 'counselling', 'each_child', { every: 'year', count: 1 }, 'counsellor', '教育部办公厅 2021 年通知', ['school']),
  row('helper_feedback', '帮扶人每月向家长反馈一次', 'call', 'each_pair', { every: 'month', count: 1 }, 'volunteer', '帮扶责任书的通行条款', ['village', 'agency', 'school', 'community', 'committee']),
  row('five_ones', '爱心家长每半年陪孩子过一天', 'activity', 'each_pair', { every: 'month', count: 1, interval: 6 }, 'volunteer', '宁夏“五个一”做法', ['village', 'agency', 'community', 'committee']),
] // prettier-ignore
