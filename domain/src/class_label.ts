// What a class is called on a day. The row keeps stage + year of entry + number; the grade in its name follows from the day.
import { gradeLabel, gradeOn, type Stage } from './grades.ts'

const stageNames: Readonly<Record<Stage, { zh: string; en: string }>> = {
  kindergarten: { zh: '幼儿园', en: 'kindergarten' },
  primary: { zh: '小学', en: 'primary' },
  junior: { zh: '初中', en: 'junior secondary' },
  senior: { zh: '高中', en: 'senior secondary' },
}

/** 三年级（2）班 while it is taught; 小学2020级（2）班 before it starts and after it graduated, when no grade fits. */
export function classLabel(
  stage: Stage,
  entryYear: number,
  classNumber: string,
  on: string,
  language: 'zh' | 'en' = 'zh',
): string {
  const grade = gradeOn(stage, entryYear, on)
  if (language === 'en')
    return grade
      ? `${gradeLabel(grade, 'en')}, class ${classNumber}`
      : `${stageNames[stage].en} class ${classNumber}, entered ${entryYear}`
  return grade
    ? `${gradeLabel(grade)}（${classNumber}）班`
    : `${stageNames[stage].zh}${entryYear}级（${classNumber}）班`
}

/** The name a class unit is stored by, 小学2024级2班, as it is called on a day: 三年级（2）班. Any other name is returned as it is. */
export function storedClassLabel(name: string, on: string, language: 'zh' | 'en' = 'zh'): string {
  const [, stage, year, number] = /^(幼儿园|小学|初中|高中)(\d{4})级(.+)班$/.exec(name) ?? []
  const code = (Object.keys(stageNames) as Stage[]).find((each) => stageNames[each].zh === stage)
  return code && year && number ? classLabel(code, Number(year), number, on, language) : name
}
