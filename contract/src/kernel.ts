// The grammar of the contract. A feature lists its operations with `operations()`; the server binds each to the function of
// the same name, the web calls them by the same object, OpenAPI is generated from them. Nothing else is shared.
import { Type, type Static, type TSchema, type TObject } from 'typebox'
import type { ProblemCode } from './problems.ts'
import type { Right } from './roles.ts'

export { Type, type Static, type TSchema }

/** Who may call: a right of the matrix (roles.ts), anybody signed in, or anybody at all. */
export type May = Right | 'signed_in' | 'anyone'

export interface OperationSpec {
  get?: string
  post?: string
  may: May
  /** Query string of a `get`. Arrays are repeated keys. */
  query?: TObject
  body?: TSchema
  /** Shape of the answer; `file()` for a download, `nothing` for 204. */
  ok: TSchema
  errors?: readonly ProblemCode[]
  /** Sent through the outbox: it may be written now and arrive later. */
  queued?: true
  /** A read that is remembered: its access row commits before the answer leaves. */
  logs?: 'opening'
  /** The answer names children: a role that sees counts only (roles.ts `asks_purpose`) says first what the names are for. */
  names?: true
  /** The body is multipart with one file; `body` describes the other fields. */
  upload?: true
  /**
   * What a replay (the same Idempotency-Key again) answers: the named operation of the same feature, given the created row's id,
   * so it is read under today's rights. Left out: nothing, for operations that answer nothing; 'run': doing it twice is harmless.
   */
  replay?: string
}

export interface Operation {
  readonly name: string
  readonly feature: string
  readonly method: 'get' | 'post'
  readonly path: string
  readonly may: May
  readonly query?: TObject
  readonly body?: TSchema
  readonly ok: TSchema
  readonly errors: readonly ProblemCode[]
  readonly queued?: true
  readonly logs?: 'opening'
  readonly names?: true
  readonly upload?: true
  readonly replay?: string
}

type PathOf<S> = S extends { get: infer P extends string } ? P : S extends { post: infer P extends string } ? P : never
type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never
type QueryOf<S> = S extends { query: infer Q extends TSchema } ? Static<Q> : unknown
type BodyOf<S> = S extends { body: infer B extends TSchema } ? { body: Static<B> } : unknown
type FileOf<S> = S extends { upload: true } ? { file: UploadedFile } : unknown
type OkOf<S> = S extends { ok: infer O extends TSchema } ? Static<O> : never

/** A file that arrived: on disk already, bounded in size. */
export interface UploadedFile {
  readonly name: string
  readonly path: string
  readonly bytes: number
}

export type Bound<S> = Operation & { readonly $spec: S }
/** What the function behind an operation receives: path parameters and query by name, the body as `body`. */
export type Input<O> =
  O extends Bound<infer S> ? { [K in ParamNames<PathOf<S>>]: string } & QueryOf<S> & BodyOf<S> & FileOf<S> : never
export type Answer<O> = O extends Bound<infer S> ? OkOf<S> : never

/** Declares a feature's operations. `:name` in a path is a uuid unless it is called `code`, `token` or `key`. */
export function operations<F extends string, const T extends Record<string, OperationSpec>>(
  feature: F,
  specs: T,
): { readonly [K in keyof T]: Bound<T[K]> } {
  const out: Record<string, Operation> = {}
  for (const [name, spec] of Object.entries(specs)) {
    const { get, post, errors, ...rest } = spec
    const path = get ?? post
    if (!path) throw new Error(`${feature}.${name} has no path`)
    out[name] = {
      name: `${feature}.${name}`,
      feature,
      method: get ? 'get' : 'post',
      path,
      errors: [...(errors ?? []), ...(spec.names ? (['names_need_purpose'] as const) : [])],
      ...rest,
    }
  }
  return out as never
}

export const Id = Type.String({ format: 'uuid' })
export const Day = Type.String({ format: 'date', description: 'YYYY-MM-DD, day of Asia/Shanghai' })
/** A day known only to the month or the year. */
export const PartialDay = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$', description: 'YYYY[-MM[-DD]]' })
export const Moment = Type.String({ format: 'date-time' })
export const Text = (maxLength = 200) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
export const Unknown = <T extends TSchema>(schema: T) =>
  Type.Union([schema, Type.Null()], { description: 'null = 未采集' })
export const Codes = <const T extends readonly string[]>(codes: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...codes] })
export const Nothing = Type.Null()
/** A download: the media type says which kind. The server streams it, the browser saves it. */
export const File = (media: string) =>
  Type.Unsafe<FileAnswer>({ type: 'string', format: 'binary', contentMediaType: media })
export interface FileAnswer {
  readonly file_name: string
  readonly media: string
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
}

/** One page of a list: keyset paging. `next` is opaque and null on the last page; `total` only where it is cheap to say. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()]),
    total: Type.Optional(Type.Integer()),
  })
export const PageQuery = {
  after: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}
