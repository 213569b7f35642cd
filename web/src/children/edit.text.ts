import type { Dictionary } from '../ui/language.ts'

/** Words of the forms over a file's facts. */
export const editText = {
  title: { zh: '修改{part}', en: 'Edit: {part}' },
  of: { zh: '{name}的{part}', en: '{name}: {part}' },
  save: { zh: '保存', en: 'Save' },
  cancel: { zh: '不改了', en: 'Cancel' },
  changed: { zh: '改了 {n} 处', en: '{n} changed' },
  nothing: { zh: '还没有改动', en: 'Nothing changed yet' },
  saved: { zh: '已保存', en: 'Saved' },
  saved_beside: {
    zh: '已保存。刚才别人改了别处，两边都留下了。',
    en: 'Saved. Somebody changed something else meanwhile; both are kept.',
  },
  proposed: {
    zh: '{fields}由{side}管，已转给{side}确认。确认以前，档案里还是原来的。',
    en: '{fields}: kept by {side}, and {side} has been asked to confirm. Until then the file says what it said.',
  },
  side_residence: { zh: '村里', en: 'the village' },
  side_class: { zh: '学校', en: 'the school' },
  more_fields: { zh: '更多：{names}', en: 'More: {names}' },
  filled: { zh: '已填 {n} 项，共 {all} 项', en: '{n} of {all} filled' },
  unknown: { zh: '未采集', en: 'not collected' },
  read_only: {
    zh: '这份档案你只能看。要改可以请{who}。',
    en: 'This file is yours to read only. Ask {who} to change it.',
  },
  not_yours: { zh: '不在你能改的范围里，可以请{who}来改。', en: 'Not yours to change. Ask {who}.' },
  show_to_edit: { zh: '看完整号码再改', en: 'Show whole to edit' },
  replace: { zh: '换成别的号码', en: 'Replace it' },
  replace_hint: {
    zh: '写上新号码，保存后替换原来的；空着就不变。',
    en: 'A new number replaces the old one; left empty nothing changes.',
  },
  place_hint: { zh: '写到市或县，比如 广东东莞', en: 'City or county, e.g. Dongguan' },
  place_which: { zh: '是下面哪个地方？选一个，口径才算得准', en: 'Which of these places? Definitions need to know' },
  phones_hint: { zh: '有几个就写几个，整段粘贴也认得', en: 'Several are fine; a pasted list is understood' },
  understood: { zh: '认出 {phones}', en: 'Understood: {phones}' },
  odd_phone: { zh: '只认出 {phones}，其余的没有放进来', en: 'Only {phones} was understood; the rest was left out' },
  odd_length: { zh: '不是 11 位手机号，请再看一眼', en: 'Not a mobile number of 11 digits: please look again' },
  spread: { zh: '分好了：{list}', en: 'Sorted: {list}' },
  identity_filled: { zh: '性别和出生日期照身份证填好了', en: 'Sex and birth taken from the identity number' },
  wrong_phone: {
    zh: '这里没有看到电话号码。请只写号码；没有就空着。',
    en: 'No phone number found. Write the number only, or leave it empty.',
  },
  wrong_day: {
    zh: '没看懂这个日子。请写成 2017-8-21、2017-8 或 2017。',
    en: 'Not a day of the calendar. Write 2017-8-21, 2017-8 or 2017.',
  },
  wrong_age: { zh: '请写 10 到 120 之间的岁数。', en: 'An age from 10 to 120.' },
  wrong_length: {
    zh: '身份证号要有 18 位。请对照户口本数一数；不清楚就先空着。',
    en: 'An identity number has 18 places. Count them, or leave it empty.',
  },
  wrong_birth: {
    zh: '号码里的出生日期不存在，可能抄错了。请对照户口本。',
    en: 'The birth inside the number does not exist. Check the household register.',
  },
  wrong_check: {
    zh: '最后一位对不上，可能抄错了一位。请对照户口本。',
    en: 'The last place does not fit; one may be copied wrongly. Check the household register.',
  },
  wrong_name: { zh: '请写孩子的姓名。', en: 'Write the child’s name.' },
  fix_first: { zh: '有 {n} 处没有填对，已经标出来了。', en: '{n} fields are not right yet; they are marked.' },
  new_title: { zh: '添一个孩子', en: 'Add a child' },
  new_sub: {
    zh: '先写知道的，其余以后再补。只有姓名一定要写。',
    en: 'Write what is known; the rest can follow. Only the name is needed.',
  },
  new_save: { zh: '建档', en: 'Make the file' },
  new_kept: {
    zh: '已存在这台设备上，连上服务器就会自动建档。',
    en: 'Kept on this device; the file is made as soon as the server is reached.',
  },
  new_done: { zh: '{name}的档案建好了', en: 'The file of {name} is made' },
  new_draft: { zh: '草稿已存', en: 'Draft kept' },
  new_folded: { zh: '爸妈的姓名和电话、住址、学校', en: 'Parents’ names and phones, address, school' },
  new_more: {
    zh: '建好以后，别的内容可以在档案里接着填。',
    en: 'The rest can be added in the file afterwards.',
  },
  similar_title: { zh: '可能已经有这个孩子', en: 'This child may be there already' },
  similar_look: { zh: '先看看那一份', en: 'Look at it first' },
  similar_make: { zh: '仍然建档', en: 'Make it anyway' },
  label_of: { zh: '添{name}', en: 'Add {name}' },
  nameless: { zh: '一个孩子', en: 'a child' },
} as const satisfies Dictionary
