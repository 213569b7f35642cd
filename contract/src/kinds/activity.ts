// 活动: sport, festivals, class meetings, shows. Children may propose and host; who came is called by roll or counted.
import { choice, gathering, o, type KindSpec } from './kind.ts'

export const activity: KindSpec = {
  kind: 'activity',
  title: { zh: '活动记录', en: 'Activity' },
  text: { zh: '做了什么', en: 'What happened', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'optional',
  writers: 'everyone',
  places: ['活动室', '学校', '村委会'],
  fields: [
    choice('type', '类型', 'Type', [
      o('festival', '节日', 'festival'),
      o('sport', '体育', 'sport'),
      o('art', '文艺', 'art'),
      o('class_meeting', '主题班会', 'class meeting'),
      o('team', '团队活动', 'team'),
      o('safety', '安全', 'safety'),
      o('rules', '规则和习惯', 'rules and manners'),
      o('pairing', '结对活动', 'with helpers'),
      o('other', '其他', 'other'),
    ], { quick: true }),
    ...gathering,
  ],
} // prettier-ignore
