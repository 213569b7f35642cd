// contract/src/openapi.json: OpenAPI 3.1 is JSON Schema, and so is the contract; this only arranges it. What OpenAPI has no
// word for stands in x- fields: the right an operation asks for, whether it is remembered, whether it waits in the outbox.
import type { Operation, TSchema } from '../../contract/src/kernel.ts'
import { kernelCodes, problemTexts, type ProblemCode } from '../../contract/src/problems.ts'
import { rights, roles, type Right } from '../../contract/src/roles.ts'
import type { Contract } from './contract.ts'

export function openApi({ operations, schemas }: Contract): string {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = `/api${operation.path.replace(/:(\w+)/g, '{$1}')}`
    const methods = (paths[path] ??= {})
    if (methods[operation.method]) throw new Error(`two operations answer ${operation.method} ${path}`)
    methods[operation.method] = describe(operation)
  }
  const sorted = Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1)))
  const named = nameSchemas(schemas, sorted)
  const document = {
    openapi: '3.1.0',
    info: {
      title: '暖阳 Nuanyang',
      version: '1',
      description:
        '留守儿童关爱服务系统的接口。每个写操作带 Idempotency-Key 和 x-nuanyang: 1；任何拒绝都是 application/problem+json，code 在下面列出。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    'x-problems': Object.fromEntries(
      Object.entries(problemTexts).map(([code, { status, zh, en }]) => [code, { status, zh, en }]),
    ),
    'x-rights': Object.fromEntries(
      Object.entries(rights).map(([right, text]) => [right, { ...text, roles: holders(right) }]),
    ),
    paths: named.shorten(sorted),
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'nuanyang' } },
      schemas: { Problem: problemSchema, ...named.schemas },
      responses: {
        Problem: {
          description: '拒绝：说清楚哪里不对、怎么办',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  }
  // One line per leaf would be a hundred thousand lines: short objects stay on one.
  return `${compact(document)}\n`
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'detail_en', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problemTexts) },
    detail: { type: 'string' },
    detail_en: { type: 'string' },
    request_id: { type: 'string' },
    errors: { type: 'array', items: { type: 'object' } },
    current: {},
  },
}

/**
 * A shape that the contract exports under a name is written once, under components, and named where it is used. Shapes are
 * compared by what they say, since the contract's own composition copies them.
 */
function nameSchemas(schemas: ReadonlyMap<string, TSchema>, used: unknown) {
  const names = new Map<string, string>()
  for (const [name, schema] of schemas) if (!names.has(JSON.stringify(schema))) names.set(JSON.stringify(schema), name)
  const met = new Set<string>()
  const shorten = (value: unknown, whole = false): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((one) => shorten(one))
    const name = whole ? undefined : names.get(JSON.stringify(value))
    if (name) {
      met.add(name)
      return { $ref: `#/components/schemas/${name}` }
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]))
  }
  shorten(used)
  const written: Record<string, unknown> = {}
  // Named shapes name others in turn, until no new name comes up.
  for (let waiting = [...met]; waiting.length > 0; waiting = [...met].filter((name) => !(name in written)))
    for (const name of waiting) written[name] = shorten(schemas.get(name), true)
  return {
    schemas: Object.fromEntries(Object.entries(written).sort(([a], [b]) => (a < b ? -1 : 1))),
    shorten: (value: unknown) => shorten(value),
  }
}

function holders(right: string): string[] {
  return Object.entries(roles)
    .filter(([, role]) => (role.rights as readonly Right[]).includes(right as Right))
    .map(([code]) => code)
}

function describe(operation: Operation) {
  const own = operation.errors.filter((code) => !kernelCodes.includes(code))
  return {
    operationId: operation.name,
    tags: [operation.feature],
    'x-may': operation.may,
    ...(operation.logs ? { 'x-logs': operation.logs } : {}),
    ...(operation.queued ? { 'x-queued': true } : {}),
    ...(own.length > 0 ? { 'x-problems': own } : {}),
    security: operation.may === 'anyone' ? [] : [{ session: [] }],
    parameters: [...pathParameters(operation.path), ...queryParameters(operation.query)],
    ...(operation.method === 'post' ? { requestBody: requestBody(operation) } : {}),
    responses: responses(operation, own),
  }
}

function pathParameters(path: string) {
  const text = new Set(['code', 'token', 'key'])
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: text.has(name!) ? { type: 'string' } : { type: 'string', format: 'uuid' },
  }))
}

function queryParameters(query: TSchema | undefined) {
  if (!query) return []
  const { properties, required = [] } = query as { properties?: Record<string, TSchema>; required?: string[] }
  return Object.entries(properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function requestBody(operation: Operation) {
  if (operation.upload) {
    const { properties = {}, required = [] } = (operation.body ?? {}) as {
      properties?: Record<string, TSchema>
      required?: string[]
    }
    const schema = {
      type: 'object',
      required: [...required, 'file'],
      properties: { ...properties, file: { type: 'string', contentMediaType: 'application/octet-stream' } },
    }
    return { required: true, content: { 'multipart/form-data': { schema } } }
  }
  return operation.body
    ? { required: true, content: { 'application/json': { schema: operation.body } } }
    : { required: false, content: {} }
}

function responses(operation: Operation, own: readonly ProblemCode[]) {
  const { contentMediaType } = operation.ok as { contentMediaType?: string }
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of own) {
    const { status } = problemTexts[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return {
    200: { description: '好', content: { [contentMediaType ?? 'application/json']: { schema: operation.ok } } },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [
        status,
        {
          description: codes.map((code) => `${code}：${problemTexts[code].zh}`).join('\n'),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
    ),
    default: { $ref: '#/components/responses/Problem' },
  }
}

/** JSON with two spaces, where everything that fits into 120 characters stays on one line. */
function compact(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || flat.length + indent.length < 118) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map((one) => inner + compact(one, inner)).join(',\n')}\n${indent}]`
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return `{\n${entries.map(([key, one]) => `${inner}${JSON.stringify(key)}: ${compact(one, inner)}`).join(',\n')}\n${indent}}`
}
