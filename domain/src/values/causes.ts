import type { CodeOf, ValueEntry } from './value.ts'

/** 留守原因: why the child stays behind while parents leave; several may hold. For counting and helping, never a label. */
export const causes = [
  {
    code: 'low_income',
    zh: '家庭收入低',
    en: 'low income',
    read_as: ['收入低', '低收入', '经济困难', '家庭困难', '家里困难', '生活所迫', '增加收入', '挣钱', '家庭经济困难'],
  },
  {
    code: 'no_local_work',
    zh: '本地没有合适的工作',
    en: 'no work nearby',
    read_as: ['本地无工作', '当地没有工作', '就业机会少', '无就业机会', '本地就业难'],
  },
  {
    code: 'school_fees',
    zh: '外地借读费高',
    en: 'fees of schools elsewhere',
    read_as: ['借读费', '借读费高', '外地上学费用高', '学费高', '上学费用高'],
  },
  {
    code: 'no_school_place',
    zh: '外地上不了学',
    en: 'no school place elsewhere',
    read_as: ['入学难', '外地入学难', '无法在外地入学', '学籍限制', '户籍限制', '异地升学难', '升学限制'],
  },
  {
    code: 'housing',
    zh: '外地住房条件差',
    en: 'poor housing elsewhere',
    read_as: ['住房条件差', '居住条件差', '没有住房', '居无定所', '房租高'],
  },
  {
    code: 'no_time',
    zh: '父母工作忙、流动大',
    en: 'parents work long or move often',
    read_as: ['工作忙', '无暇照顾', '没时间照顾', '工作流动性大', '工作不稳定'],
  },
  {
    code: 'grandparents_need',
    zh: '老人需要照顾',
    en: 'grandparents need care',
    read_as: ['照顾老人', '家有老人', '陪伴老人'],
  },
  {
    code: 'family_change',
    zh: '家庭变故',
    en: 'a change in the family',
    read_as: ['离异', '父母离异', '离婚', '单亲', '父母去世', '家庭变化', '重组家庭'],
  },
  {
    code: 'child_wish',
    zh: '孩子或家人愿意留下',
    en: 'wish of child or family',
    read_as: ['自愿', '孩子愿意', '家人意愿', '习惯家乡'],
  },
  { code: 'other', zh: '其他原因', en: 'other', read_as: ['其他', '其它'] },
] as const satisfies readonly ValueEntry[]
export type Cause = CodeOf<typeof causes>
