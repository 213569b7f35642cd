// Reading and writing from pages: `useOp` keeps answers for a while, `useWrite` sends, and says in one value what became of it.
import { useMemo, useRef, useState } from 'react'
import { QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Answer, Operation } from '@nuanyang/contract/kernel.ts'
import { call, type WebInput } from './client.ts'
import { newId } from './ids.ts'
import { post } from './outbox_browser.ts'
import { Problem } from './problem.ts'

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What cannot be reached is tried again; a refusal is an answer.
        retry: (times, error) => error instanceof Problem && error.passing && times < 2,
        refetchOnWindowFocus: false,
      },
    },
  })
}

/** Everything shown of a feature is fetched anew. */
export function refresh(queries: QueryClient, feature: string): void {
  void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(`${feature}.`) })
}

export function keyOf(operation: Operation, input: object): readonly unknown[] {
  return [operation.name, input]
}

export interface OpOptions<T = unknown> {
  /** False while something is still missing (an empty search). */
  when?: boolean
  /** Shows the last answer while the next one is on its way: for searches and pages of a list. */
  keepLast?: boolean
  /** Asked again whenever the page is opened: a list that other pages take things from. */
  fresh?: boolean
  /** Asks again after so many milliseconds; false once nothing more is to come. */
  again?: (data: T | undefined) => number | false
}

export function useOp<O extends Operation>(operation: O, input: WebInput<O>, options: OpOptions<Answer<O>> = {}) {
  const { when = true, keepLast = false, fresh = false, again } = options
  return useQuery<Answer<O>>({
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input, { signal }),
    enabled: when,
    ...(fresh ? { staleTime: 0 } : {}),
    refetchInterval: (query) => again?.(query.state.data) ?? false,
    ...(keepLast ? { placeholderData: (before: Answer<O> | undefined) => before as never } : {}),
  })
}

/** done: the server has it · kept: it waits in the outbox · refused: `problem` says why. */
export type Written<T> = { is: 'done'; answer: T } | { is: 'kept' } | { is: 'refused'; problem: Problem }

export interface WriteOptions {
  /** Features whose lists show something of it, besides the operation's own. */
  refreshes?: readonly string[]
}

export interface Write<O extends Operation> {
  /** Sends. `label` names the row in the outbox, for operations that go through it. */
  send: (input: WebInput<O>, label?: string) => Promise<Written<Answer<O>>>
  busy: boolean
  problem: Problem | null
  /** The sentence under a field: `error('full_name')` for `body.full_name`. */
  error: (field: string) => { zh: string; en: string } | undefined
  clear: () => void
}

interface Try {
  key: string
  said: string
}

/** A write. The same content sent again after a lost answer goes under the same key, so it is carried out once. */
export function useWrite<O extends Operation>(operation: O, options: WriteOptions = {}): Write<O> {
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const last = useRef<Try | null>(null)

  async function attempt(input: WebInput<O>, label: string): Promise<Written<Answer<O>>> {
    const said = JSON.stringify(input)
    // A queued row that was refused keeps its key when it is corrected: it replaces the parked one.
    const known = last.current && (operation.queued || last.current.said === said) ? last.current.key : newId()
    last.current = { key: known, said }
    if (operation.queued) {
      const { body, ...params } = input as { body?: unknown }
      const outcome = await post({ id: known, operation: operation.name, params, body, label })
      if (outcome.is !== 'refused') last.current = null
      return outcome.is === 'refused'
        ? { is: 'refused', problem: new Problem(outcome.problem) }
        : (outcome as Written<Answer<O>>)
    }
    try {
      const answer = await call(operation, input, { key: known })
      last.current = null
      return { is: 'done', answer }
    } catch (error) {
      if (error instanceof Problem) return { is: 'refused', problem: error }
      throw error
    }
  }

  async function send(input: WebInput<O>, label = ''): Promise<Written<Answer<O>>> {
    setBusy(true)
    setProblem(null)
    try {
      const written = await attempt(input, label)
      if (written.is === 'refused') setProblem(written.problem)
      else for (const feature of [operation.feature, ...(options.refreshes ?? [])]) refresh(queries, feature)
      return written
    } finally {
      setBusy(false)
    }
  }

  return useMemo(
    () => ({
      send,
      busy,
      problem,
      error: (field: string) => problem?.errors.find(({ path }) => path === field || path === `body.${field}`),
      clear: () => setProblem(null),
    }),
    // `send` reads nothing of the render but the client and the operation, which do not change.
    // oxlint-disable-next-line react/exhaustive-deps
    [busy, problem],
  )
}
