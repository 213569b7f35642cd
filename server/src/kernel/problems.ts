import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Operation } from '@nuanyang/contract/kernel.ts'
import {
  kernelCodes,
  problemSentence,
  problemTexts,
  type Problem,
  type ProblemCode,
} from '@nuanyang/contract/problems.ts'
import type { Log } from './log.ts'
import { Refusal } from './problem.ts'
import { codeOf } from './sentence.ts'

/** Every error that leaves the server is a Problem with a declared code; the rest is logged and called `broken`. */
export function answerProblems(app: FastifyInstance, log: Log, strict: boolean): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const operation = request.routeOptions.config.operation
    const refusal = asRefusal(error)
    if (!refusal) log.error({ err: error, request_id: request.id, operation: operation?.name }, 'broken')
    else if (!declared(operation, refusal.code)) {
      log.error({ request_id: request.id, operation: operation?.name, code: refusal.code }, 'undeclared problem')
      if (strict) return sendProblem(request, reply, new Refusal('broken', {}))
    }
    return sendProblem(request, reply, refusal ?? new Refusal('broken', {}))
  })
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Refusal('not_found', {})))
}

function declared(operation: Operation | undefined, code: ProblemCode): boolean {
  return kernelCodes.includes(code) || (operation?.errors.includes(code) ?? false)
}

function asRefusal(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error
  switch (codeOf(error)) {
    case '53100':
    case 'ENOSPC':
      return new Refusal('disk_full', {})
    // EXCLUDE: two dated facts that cannot both hold. Mapped by state, never by the constraint's name.
    case '23P01':
      return new Refusal('days_overlap', {})
    case '53300':
    case '57P01':
    case '57P03':
    case '08006':
    case 'ECONNREFUSED':
    case 'ENOENT_SOCKET':
      return new Refusal('busy', {})
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal('too_large', { values: { limit: '1 MB' } })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
    case 'FST_FILES_LIMIT':
    case 'FST_FIELDS_LIMIT':
    case 'FST_PARTS_LIMIT':
    case 'FST_PROTO_VIOLATION':
    case 'FST_INVALID_JSON_FIELD_ERROR':
      return new Refusal('invalid', { values: { count: 1 } })
  }
  if (error.statusCode === 429) return new Refusal('too_many', { values: { seconds: 60 } })
  return null
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal) {
  const { code, parts } = refusal
  const values = { request_id: request.id, ...parts.values }
  const status = problemTexts[code].status
  const body: Problem = {
    type: `urn:nuanyang:problem:${code}`,
    title: code,
    status,
    code,
    detail: problemSentence(code, 'zh', values),
    detail_en: problemSentence(code, 'en', values),
    request_id: request.id,
  }
  if (parts.errors) body.errors = parts.errors
  if (parts.current !== undefined) body.current = parts.current
  return reply.status(status).type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}
