import type { ProblemText } from './problem_text.ts'

/** Refusals about units and teams. */
export const unitProblems = {
  unit_wrong_parent: {
    status: 422,
    zh: '“{name}”是{kind}，不能放在{parent_kind}“{parent}”下面。{kind}的上级只能是{allowed}。请换一个上级。',
    en: '“{name}” ({kind}) cannot stand under “{parent}” ({parent_kind}). Choose a parent of another kind.',
  },
  unit_parent_closed: {
    status: 409,
    zh: '“{parent}”已经撤销，不能再往里放单位。请选它撤并后的单位。',
    en: '“{parent}” is closed. Choose the unit that took over its work.',
  },
  unit_exists: {
    status: 409,
    zh: '“{parent}”里已经有“{name}”了。请直接用已有的那一个；确实是两个单位，就换一个能分清的名字。',
    en: '“{name}” is already there. Use it, or choose a name that tells them apart.',
  },
  unit_closed: {
    status: 409,
    zh: '“{name}”已经在 {closed_on} 撤销，不能再改。',
    en: '“{name}” was closed on {closed_on} and cannot be changed.',
  },
  unit_not_empty: {
    status: 409,
    zh: '“{name}”里还有 {children} 名儿童、{members} 个人的身份、{units} 个下级单位。请先移交给别的单位（用“撤并”），或逐个结束，再撤销。',
    en: '“{name}” still has {children} children, {members} memberships and {units} units below. Merge it into another unit, or end these first.',
  },
  unit_moves_into_itself: {
    status: 422,
    zh: '不能把“{name}”放到它自己或它的下级里。请选别的上级。',
    en: '“{name}” cannot be moved into itself or a unit below it.',
  },
  unit_merge_kinds: {
    status: 422,
    zh: '“{name}”（{kind}）不能并入“{other}”（{other_kind}）：两边要是同一类单位，村和社区可以互并。',
    en: '“{name}” and “{other}” are of different kinds and cannot be merged.',
  },
  unit_link_kinds: {
    status: 422,
    zh: '“{name}”和“{other}”之间不能建立这种联系：{rule}。',
    en: 'These two kinds of unit cannot be linked in this way.',
  },
  unit_link_exists: {
    status: 409,
    zh: '“{name}”和“{other}”已经有一条没有结束的联系（从 {from_on} 起）。要改协议，请先结束那一条。',
    en: 'These two units are already linked since {from_on}. End that link first.',
  },
  day_before_start: {
    status: 422,
    zh: '结束的日期 {until_on} 早于开始的日期 {from_on}。请核对。',
    en: 'It would end on {until_on}, before it began on {from_on}.',
  },
  already_ended: {
    status: 409,
    zh: '这一条已经在 {until_on} 结束了，没有再改。',
    en: 'This already ended on {until_on}.',
  },
  team_empty: {
    status: 422,
    zh: '“{name}”里还没有人，名单印出来是空的。请先添加成员。',
    en: '“{name}” has no members yet. Add them before printing.',
  },
  team_member_exists: {
    status: 409,
    zh: '{name}已经在“{team}”里了。要换职务，请先结束原来的一条。',
    en: '{name} is already in “{team}”. End that entry first to change the post.',
  },
  tenant_exists: {
    status: 409,
    zh: '{name}（{id}）已经设立过了。',
    en: '{name} ({id}) is already set up.',
  },
} as const satisfies Record<string, ProblemText>
