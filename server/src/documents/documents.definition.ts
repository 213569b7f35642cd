// A definition on a day, and what it says of children. The answers are worked out in SQL (db/views/definitions.sql), never stored.
import { missingFacts, type MissingFact } from '@nuanyang/domain/definitions.ts'
import { definitionOf } from '../definitions/definitions.access.ts'
import type { Ctx } from '../kernel/ctx.ts'

export interface InForce {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly source: string
  readonly from_on: string
  readonly until_on: string | null
}

/** @throws no_definition_then, not_found */
export async function definitionInForce(ctx: Ctx, code: string, on: string): Promise<InForce> {
  return ctx.db.one<InForce>(
    `select id, code, name, source, from_on, until_on from definitions where tenant_id = $1 and id = $2`,
    [ctx.tenant, await definitionOf(ctx, code, on)],
  )
}

/** As it stands under a table: what it is called, where it comes from, since when it holds. */
export function definitionSentence({ name, source, from_on, until_on }: InForce): string {
  return `口径：${name}（${source}；${from_on} 起${until_on ? `至 ${until_on} 前` : ''}有效）`
}

export interface AnsweredChild {
  readonly answer: 'yes' | 'no' | 'cannot_say'
  readonly category: string | null
  /** What to ask, in words. */
  readonly missing: readonly string[]
}

export async function answersOf(
  ctx: Ctx,
  definition: InForce,
  ids: readonly string[],
  on: string,
): Promise<Map<string, AnsweredChild>> {
  const rows = await ctx.db.rows<{
    child_id: string
    answer: AnsweredChild['answer']
    category: string | null
    missing: number
  }>(
    `select child_id, answer, category, missing from definition_answers($1, $2, $3::uuid[], array_fill($4::date, array[$5::int]))`,
    [ctx.tenant, definition.id, ids, on, ids.length],
  )
  return new Map(rows.map(({ child_id, missing, ...said }) => [child_id, { ...said, missing: missingWords(missing) }]))
}

const bits = Object.keys(missingFacts) as MissingFact[]
function missingWords(mask: number): string[] {
  return bits.filter((_, at) => mask & (1 << at)).map((fact) => missingFacts[fact].zh)
}
