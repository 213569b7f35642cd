import { o } from './kind.ts'

/** School subjects as the field says them. */
export const subjectOptions = [
  o('chinese', '语文', 'Chinese'),
  o('maths', '数学', 'maths'),
  o('english', '英语', 'English'),
  o('science', '科学', 'science'),
  o('morals', '道德与法治', 'ethics and law'),
  o('physics', '物理', 'physics'),
  o('chemistry', '化学', 'chemistry'),
  o('other', '其他', 'other'),
]
