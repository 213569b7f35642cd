// Calls the operations of the contract. The object of the contract is all a page needs: its name, method and path come with it,
// and the types of what goes in and comes out.
import type { Answer, Input, Operation } from '@nuanyang/contract/kernel.ts'
import { newId } from './ids.ts'
import { Problem, readProblem, unreachable } from './problem.ts'

/** What an operation takes in the browser: path parameters and query by name, `body`, and a `File` where one is uploaded. */
export type WebInput<O> = Omit<Input<O>, 'file'> & (Input<O> extends { file: unknown } ? { file: File } : unknown)
type Loose = Record<string, unknown>

export interface CallOptions {
  /** The id under which the server remembers this write; the same id is never carried out twice. */
  key?: string
  signal?: AbortSignal | undefined
}

const signedOutListeners = new Set<() => void>()
/** Tells when an answer says that the session is over. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener)
  return () => signedOutListeners.delete(listener)
}

/** The address of an operation: parameters filled into the path, all other keys but `body` and `file` in the query
 *  (arrays as repeated keys; undefined, null and '' left out). */
export function addressOf(operation: Pick<Operation, 'path'>, input: object): string {
  const rest = new Map(Object.entries(input as Loose))
  rest.delete('body')
  rest.delete('file')
  const path = operation.path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = rest.get(name)
    rest.delete(name)
    if (value === undefined || value === null || value === '') throw new Error(`${operation.path} needs ${name}`)
    return encodeURIComponent(asText(value))
  })
  const query = new URLSearchParams()
  for (const [name, value] of rest)
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (each !== undefined && each !== null && each !== '') query.append(name, asText(each))
  const tail = query.toString()
  return `/api${path}${tail ? `?${tail}` : ''}`
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Calls an operation and returns its answer; throws `Problem`. */
export async function call<O extends Operation>(
  operation: O,
  input: WebInput<O>,
  options: CallOptions = {},
): Promise<Answer<O>> {
  return (await send(operation, input, options)) as Answer<O>
}

/** The same without the contract's types: for the outbox, whose rows carry JSON. */
export async function send(operation: Operation, input: object, { key, signal }: CallOptions): Promise<unknown> {
  const writes = operation.method !== 'get'
  const body = (input as Loose)['body']
  const headers: Record<string, string> = { accept: 'application/json', 'x-nuanyang': '1' }
  if (writes) headers['idempotency-key'] = key ?? newId()
  if (body !== undefined) headers['content-type'] = 'application/json'
  const response = await reach(addressOf(operation, input), {
    method: operation.method.toUpperCase(),
    headers,
    credentials: 'same-origin',
    signal: signal ?? null,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await readText(response)
  if (!response.ok) throw refused(readProblem(response.status, text, response.headers.get('x-request-id')))
  return text ? (JSON.parse(text) as unknown) : null
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
}

async function readText(response: Response): Promise<string> {
  try {
    return await response.text()
  } catch {
    throw unreachable()
  }
}

function refused(problem: Problem): Problem {
  if (problem.status === 401 && problem.code === 'not_signed_in') for (const listener of signedOutListeners) listener()
  return problem
}

export interface UploadOptions extends CallOptions {
  onProgress?: (done: number, all: number) => void
}

/** Uploads one file with the other fields of the body; reports its progress, which `fetch` cannot. */
export function upload<O extends Operation>(
  operation: O,
  input: WebInput<O>,
  options: UploadOptions = {},
): Promise<Answer<O>> {
  const { file, body } = input as { file?: File; body?: Loose }
  const form = new FormData()
  for (const [name, value] of Object.entries(body ?? {}))
    if (value !== undefined && value !== null) form.append(name, asText(value))
  // The file comes last: the server can check the other fields before it reads a byte of it.
  if (file) form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', addressOf(operation, input))
    request.setRequestHeader('x-nuanyang', '1')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('idempotency-key', options.key ?? newId())
    request.upload.onprogress = (event) => options.onProgress?.(event.loaded, event.total)
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        resolve((request.responseText ? JSON.parse(request.responseText) : null) as Answer<O>)
      else reject(refused(readProblem(request.status, request.responseText, request.getResponseHeader('x-request-id'))))
    }
    options.signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

/** Fetches a file made by the server and hands it to the browser to save under the name it was given. */
export async function download<O extends Operation>(operation: O, input: WebInput<O>): Promise<void> {
  const body = (input as Loose)['body']
  const response = await reach(addressOf(operation, input), {
    method: operation.method.toUpperCase(),
    credentials: 'same-origin',
    headers: {
      'x-nuanyang': '1',
      ...(operation.method === 'get' ? {} : { 'idempotency-key': newId() }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok)
    throw refused(readProblem(response.status, await readText(response), response.headers.get('x-request-id')))
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = fileName(response.headers.get('content-disposition'))
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The name in a Content-Disposition (RFC 6266), the encoded one first: Chinese names only survive there. */
export function fileName(disposition: string | null): string {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (encoded) return decodeURIComponent(encoded)
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1] ?? '暖阳'
}
