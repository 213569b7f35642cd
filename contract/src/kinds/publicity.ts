// 宣传: blackboards, banners, leaflets, door to door: the form and how many.
import { choice, field, o, type KindSpec } from './kind.ts'

export const publicity: KindSpec = {
  kind: 'publicity',
  title: { zh: '宣传记录', en: 'Publicity' },
  text: { zh: '宣传了什么', en: 'What it said', required: true },
  visibility: 'open',
  group: 'full_name',
  children: 'none',
  writers: 'staff',
  places: ['村里', '社区', '学校'],
  fields: [
    choice('form', '形式', 'Form', [
      o('blackboard', '黑板报', 'blackboard'),
      o('banner', '横幅', 'banner'),
      o('leaflet', '宣传单', 'leaflets'),
      o('door', '上门入户', 'door to door'),
      o('broadcast', '广播', 'broadcast'),
      o('online', '公众号、群', 'online'),
      o('other', '其他', 'other'),
    ], { quick: true, required: true }),
    field('copies', 'count', '几期、几条、几份', 'Copies'),
    field('households', 'count', '到了几户', 'Households'),
    field('theme', 'words', '主题', 'Theme'),
  ],
} // prettier-ignore
