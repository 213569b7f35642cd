import type { TeamListData } from '@nuanyang/contract/documents.ts'
import type { OfficialDocument } from '../official.ts'

export const team: TeamListData = {
  title: '芦溪镇小暑村农村留守儿童关爱保护工作\n领导小组名单',
  unit_name: '芦溪镇小暑村村民委员会',
  dated_on: '2026-09-01',
  introduction: ['为做好全村留守儿童的关爱保护工作，经村“两委”研究，成立工作领导小组，名单如下。'],
  members: [
    {
      post: '组长',
      name: '孙国安',
      position: '村党支部书记、村委会主任',
      duties: '全面负责，每季度主持一次会议，听取儿童主任的汇报。',
      phone: '19500001101',
      from_on: '2026-09-01',
      until_on: null,
    },
    {
      post: '副组长',
      name: '阿卜杜热合曼·艾合买提江',
      position: '驻村第一书记',
      duties: '联系学校和派出所',
      phone: '138••••1234',
      from_on: '2026-09-01',
      until_on: '2027-08-31',
    },
    {
      post: '成员',
      name: '周敏',
      position: '儿童主任',
      duties: '建档、走访、联系外出父母，发现危险情况马上报告。',
      phone: '19500003308',
      from_on: null,
      until_on: null,
    },
    { post: '成员', name: '𠮷䶮㐂', position: null, duties: null, phone: null, from_on: null, until_on: null },
  ],
  closing: ['领导小组办公室设在村委会，周敏兼任办公室主任。'],
}

const sentence = '各组要把每一名留守儿童的情况摸清楚、记准确，外出的父母要定期联系，照护人有困难要及时帮助。'

/** A plan of several pages with every kind of block. */
export const plan: OfficialDocument = {
  title: '关于做好2026年秋季学期留守儿童\n关爱服务工作的方案',
  subtitle: '（试行）',
  blocks: [
    { kind: 'addressee', text: '各村民小组：' },
    { kind: 'paragraph', text: sentence.repeat(3) },
    ...Array.from({ length: 5 }, (_, index): OfficialDocument['blocks'] => [
      { kind: 'heading', level: 1, text: `${'一二三四五'[index] ?? ''}、工作任务` },
      { kind: 'heading', level: 2, text: '（一）摸清底数' },
      { kind: 'paragraph', text: sentence.repeat(4) },
      { kind: 'heading', level: 3, text: '1. 走访入户' },
      { kind: 'paragraph', text: `${sentence}\n${sentence}` },
    ]).flat(),
    { kind: 'attachments', names: ['留守儿童台账', '结对帮扶名单'] },
  ],
  signed: { unit: '芦溪镇小暑村村民委员会', on: '2026-09-01' },
}
