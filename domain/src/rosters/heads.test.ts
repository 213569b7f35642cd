import { describe, expect, test } from 'vitest'
import { understandHead } from './heads.ts'

/** owner:attribute, several attributes joined with +. */
function meaning(head: string): string {
  const { owner, attributes } = understandHead(head)
  return `${owner ?? ''}:${attributes.join('+')}`
}

describe('heads by their parts', () => {
  test.each([
    ['姓　名', ':name'],
    ['姓\n名', ':name'],
    ['留守儿童姓名', 'child:name'],
    ['娃娃姓名', 'child:name'],
    ['细娃名字', 'child:name'],
    ['出生年月（年月日）', ':born_on'],
    ['哪年生', ':born_on'],
    ['公民身份号码', ':id_no'],
    ['身份证件号', ':id_no'],
    ['身份证件类型', ':id_type'],
    ['户口所在地行政区划', ':household_place'],
    ['户口性质', ':hukou_type'],
    ['是否登记户口', ':hukou_registered'],
    ['家庭详细住址', ':residence'],
    ['屋在哪里', ':residence'],
    ['通信地址', ':mailing_address'],
    ['就读学校名称', ':school'],
    ['学校资助', ':aid_kinds'],
    ['学校标识码', ':student_no'],
    ['读几年级', ':grade'],
    ['年级/班级', ':class'],
    ['住不住校', ':boarding'],
    ['就读方式', ':boarding'],
    ['就学情况', ':schooling'],
    ['身体健康状况', ':health'],
    ['残疾类别及等级', ':disability'],
    ['大病病种', ':illness'],
    ['是否残疾幼儿', ':is_disabled'],
    ['疑似残疾', ':suspected_disability'],
    ['父母双方同时外出', ':away'],
    ['是否留守儿童', ':away'],
    ['父母务工情况', ':away'],
    ['无监护能力', ':other_parent_unable'],
    ['有无委托其他监护人', ':entrusted'],
    ['父亲是否外出', 'father:is_away'],
    ['母亲现状', 'mother:state'],
  ])('%s is %s', (head, expected) => {
    expect(meaning(head)).toBe(expected)
  })

  test.each([
    ['父亲务工单位详细地址', 'father:work_place'],
    ['爸爸打工的地方', 'father:work_place'],
    ['妈妈在哪打工', 'mother:work_place'],
    ['打工去处', ':work_place'],
    ['母亲身份证号码', 'mother:id_no'],
    ['外出务工家长', 'parents:'],
    ['家长联系方式', 'parents:phone'],
    ['父母务工地点', 'parents:work_place'],
    ['受委托监护人', 'carer:'],
    ['带娃的人', 'carer:'],
    ['谁在带娃', 'carer:'],
    ['带娃人电话', 'carer:phone'],
    ['监护人与学生关系', 'carer:relation'],
    ['与被监护人关系', ':relation'],
    ['是娃的什么人', ':relation'],
    ['与户主关系', 'householder:relation'],
    ['成员2联系电话', 'member:phone'],
    ['家庭主要成员与留守人员关系', 'member:relation'],
    ['外祖母', 'maternal_grandmother:'],
    ['祖父', 'paternal_grandfather:'],
    ['班主任电话', 'class_teacher:phone'],
    ['结对帮扶人', 'helper:'],
    ['爱心妈妈', 'helper:'],
    ['代理家长电话', 'helper:phone'],
    ['村委联系电话', 'staff:phone'],
    ['紧急联系人', 'contact:'],
    ['监护人及关系', 'carer:name+relation'],
    ['监护人姓名及电话', 'carer:name+phone'],
  ])('%s is %s', (head, expected) => {
    expect(meaning(head)).toBe(expected)
  })

  test('成员2 carries its number', () => {
    expect(understandHead('成员2姓名').member).toBe(2)
    expect(understandHead('家庭成员一关系').member).toBe(1)
  })

  test('answers as heads say which answer', () => {
    expect(understandHead('双方外出').tick).toBe('both_parents')
    expect(understandHead('一方外出').tick).toBe('one_parent')
    expect(understandHead('一方外出另一方无监护能力').tick).toBe('one_parent_other_unable')
    expect(understandHead('是否走读').negated).toBe(true)
    expect(understandHead('走读/住校').negated).toBe(false)
  })

  test.each([
    '张三',
    '一组',
    '白岩村',
    '青石镇',
    '三(2)班',
    '大班',
    '2015-03-07',
    '520203201804289018',
    '本学期已经由卫生院统一做过检查并且当面告知了家里人',
    '',
  ])('%s is a value, no head', (text) => {
    expect(meaning(text)).toBe(':')
  })
})
