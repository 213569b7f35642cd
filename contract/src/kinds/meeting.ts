// 家长会、座谈会、研讨会: agenda, who came, minutes, resolutions. Resolutions become tasks by the page.
import { choice, field, o, type KindSpec } from './kind.ts'

export const meeting: KindSpec = {
  kind: 'meeting',
  title: { zh: '会议记录', en: 'Meeting' },
  text: { zh: '会上说了什么', en: 'Minutes', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'staff',
  places: ['学校', '村委会', '会议室'],
  fields: [
    choice('type', '什么会', 'Type', [
      o('parents', '家长会', 'parents'),
      o('carers', '照护人座谈会', 'carers'),
      o('work', '工作会', 'work'),
      o('study', '研讨会', 'study'),
      o('children', '孩子们的会', 'children'),
    ], { quick: true }),
    field('theme', 'words', '主题', 'Theme', { quick: true }),
    field('host', 'words', '主持人', 'Host'),
    field('taken_by', 'words', '记录人', 'Minutes by'),
    field('agenda', 'list', '议题', 'Agenda'),
    field('invited', 'count', '应到', 'Invited'),
    field('attended', 'count', '实到', 'Attended'),
    field('attendees', 'rows', '签到', 'Attendance', {
      max: 300,
      columns: [
        field('name', 'words', '姓名', 'Name', { required: true }),
        field('of', 'words', '身份或孩子', 'Who, or whose carer'),
      ],
    }),
    field('opinions', 'text', '意见', 'Opinions'),
    field('resolutions', 'rows', '定下的事', 'Resolutions', {
      max: 30,
      columns: [
        field('what', 'words', '做什么', 'What', { required: true }),
        field('who', 'words', '谁来做', 'Who'),
        field('due_on', 'day', '到哪天', 'By'),
      ],
    }),
  ],
} // prettier-ignore
