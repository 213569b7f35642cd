// A refusal as the server says it (RFC 9457), or the plain fact that nobody answered.

export interface FieldProblem {
  /** Where: `body.full_name`, `body.phones.0`. */
  path: string
  zh: string
  en: string
}

export interface ProblemBody {
  status: number
  code: string
  detail: string
  detail_en: string
  request_id?: string
  errors?: readonly FieldProblem[]
  /** The row as it stands now, with `stale`. */
  current?: unknown
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly detail_en: string
  readonly request_id: string | undefined
  readonly errors: readonly FieldProblem[]
  readonly current: unknown

  constructor(body: ProblemBody) {
    super(body.detail)
    this.name = 'Problem'
    this.status = body.status
    this.code = body.code
    this.detail = body.detail
    this.detail_en = body.detail_en
    this.request_id = body.request_id
    this.errors = body.errors ?? []
    this.current = body.current
  }

  /** The server could not be reached or is not itself: the same request may succeed later, and nothing was refused. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }

  toBody(): ProblemBody {
    const { status, code, detail, detail_en, request_id, errors, current } = this
    return { status, code, detail, detail_en, errors, current, ...(request_id ? { request_id } : {}) }
  }
}

export function unreachable(): Problem {
  return new Problem({
    status: 0,
    code: 'unreachable',
    detail: '连不上服务器。请看看网络，或者那台电脑是不是开着。填的内容还在。',
    detail_en:
      'The server cannot be reached. Check the network, or whether that computer is on. Nothing you typed is lost.',
  })
}

function isProblemBody(value: unknown): value is ProblemBody {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value && 'detail_en' in value
}

/** Reads a refusal; whatever is not one of ours (a proxy's page, a cut answer) becomes `broken` with the status it had. */
export function readProblem(status: number, text: string, requestId?: string | null): Problem {
  let body: unknown = null
  try {
    body = JSON.parse(text)
  } catch {
    body = null
  }
  if (isProblemBody(body)) return new Problem({ ...body, status })
  return new Problem({
    status,
    code: 'broken',
    detail: `服务器答得不对（${status}）。请过一会儿再试，填的内容还在。`,
    detail_en: `The server gave an unexpected answer (${status}). Try again shortly; nothing you typed is lost.`,
    ...(requestId ? { request_id: requestId } : {}),
  })
}
