// Which field a refusal is about.
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Problem } from '../kernel/problem.ts'
import type { FactForm } from './edit.form.ts'

/** A refusal that is about one field stands under that field. */
export function fieldErrors(
  problem: Problem,
  form: FactForm,
  say: (words: { zh: string; en: string }) => string,
): Partial<Record<FieldPath, string>> {
  const words = say({ zh: problem.detail, en: problem.detail_en })
  const out: Partial<Record<FieldPath, string>> = {}
  if (problem.code === 'identity_no_taken') out.identity_no = words
  if (problem.code === 'born_in_future') out.born_on = words
  if (problem.code === 'identity_no_wrong') {
    const paths_ = ['identity_no', 'father.identity_no', 'mother.identity_no', 'carer.identity_no'] as const
    const path = paths_.find((each) => problem.detail.includes(`“${String(form.value(each))}”`))
    if (path) out[path] = words
  }
  for (const error of problem.errors) {
    const path = error.path.replace(/^body\.facts\./, '').replace(/\.\d+$/, '')
    if (path in fileFields) out[path as FieldPath] = say(error)
  }
  return out
}
