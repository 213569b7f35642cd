import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { TSchema } from '@nuanyang/contract/kernel.ts'
import { invalid, problem, type Refusal } from './problem.ts'

const options = { allErrors: true, useDefaults: true, strict: false, allowUnionTypes: true } as const
const bodies = new Ajv2020(options)
// Query strings and path parameters arrive as text: "50" becomes 50, one value becomes a list.
const texts = new Ajv2020({ ...options, coerceTypes: 'array' })
for (const ajv of [bodies, texts]) addFormats.default(ajv)

export type Check = (value: unknown) => void

/** Compiled at first use: a hundred validators made at the start would be 30 MB that most days nobody needs. */
function checker(ajv: Ajv2020, schema: TSchema): Check {
  let validate: ValidateFunction | null = null
  return (value) => {
    validate ??= ajv.compile(schema)
    if (!validate(value)) throw refuse(validate.errors ?? [])
    const path = unwritable(value)
    if (path !== null)
      throw invalid({
        path,
        zh: '里面有半个字或看不见的字符，存不下来。请删掉这一处，重新输入。',
        en: 'It holds half a character or an invisible one that cannot be kept. Please retype it.',
      })
  }
}

/** Where a text is that no database keeps: half of a character that takes two places, or NUL. Null when there is none. */
function unwritable(value: unknown, path = ''): string | null {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? null : path
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const found = unwritable(part, path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}

export const checkBody = (schema: TSchema): Check => checker(bodies, schema)
export const checkText = (schema: TSchema): Check => checker(texts, schema)
/** For tests: says where an answer does not have its declared shape. */
export function answerFault(schema: TSchema): (value: unknown) => string | null {
  const validate = bodies.compile(schema)
  return (value) => (validate(value) ? null : bodies.errorsText(validate.errors))
}

function refuse(errors: ErrorObject[]): Refusal {
  const seen = new Map<string, { path: string; zh: string; en: string }>()
  for (const error of errors) {
    const missing = error.keyword === 'required' ? `/${String(error.params['missingProperty'])}` : ''
    const path = `${error.instancePath}${missing}`.replace(/^\//, '').replaceAll('/', '.')
    if (!seen.has(path)) seen.set(path, { path, ...words(error) })
  }
  const list = [...seen.values()]
  return list.length ? invalid(...list) : problem('invalid', { values: { count: 1 } })
}

function words({ keyword, params }: ErrorObject): { zh: string; en: string } {
  const limit = String(params['limit'] ?? '')
  switch (keyword) {
    case 'required':
      return { zh: '这一项要填。', en: 'Please fill this in.' }
    case 'minLength':
      return limit === '1'
        ? { zh: '这一项要填。', en: 'Please fill this in.' }
        : { zh: `至少 ${limit} 个字。`, en: `At least ${limit} characters.` }
    case 'maxLength':
      return { zh: `最多 ${limit} 个字。`, en: `At most ${limit} characters.` }
    case 'minimum':
      return { zh: `不能小于 ${limit}。`, en: `Not below ${limit}.` }
    case 'maximum':
      return { zh: `不能大于 ${limit}。`, en: `Not above ${limit}.` }
    case 'maxItems':
      return { zh: `一次最多 ${limit} 个。`, en: `At most ${limit} at a time.` }
    case 'minItems':
      return { zh: `至少 ${limit} 个。`, en: `At least ${limit}.` }
    case 'enum':
    case 'const':
      return { zh: '请从列出的几项里选一个。', en: 'Choose one of the listed values.' }
    case 'format':
      return params['format'] === 'date'
        ? { zh: '日期要写成 2026-09-01 这样。', en: 'Write the date like 2026-09-01.' }
        : { zh: '写法不对，请核对。', en: 'Not in the expected form.' }
    case 'pattern':
      return { zh: '写法不对，请核对。', en: 'Not in the expected form.' }
    default:
      return { zh: '这一项的内容不对，请核对。', en: 'Please check this value.' }
  }
}
