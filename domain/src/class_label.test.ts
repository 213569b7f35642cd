import { expect, test } from 'vitest'
import { classLabel } from './class_label.ts'

test('a class is named by its grade on the day, and by its year of entry outside its years', () => {
  expect(classLabel('primary', 2024, '2', '2026-08-31')).toBe('二年级（2）班')
  expect(classLabel('primary', 2024, '2', '2026-09-01')).toBe('三年级（2）班')
  expect(classLabel('junior', 2024, '1', '2026-09-01')).toBe('九年级（1）班')
  expect(classLabel('primary', 2018, '1', '2026-09-01')).toBe('小学2018级（1）班')
  expect(classLabel('primary', 2027, '1', '2026-09-01')).toBe('小学2027级（1）班')
  expect(classLabel('primary', 2024, '2', '2026-09-01', 'en')).toBe('grade 3, class 2')
})
