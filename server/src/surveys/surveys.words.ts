// What families said, counted: why the parents are away, what is asked for, and both against each other. Codes of the record's own list.
import { kindSpecs } from '@nuanyang/contract/kinds.ts'
import type { FieldSpec } from '@nuanyang/contract/kinds/kind.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { groupBit } from '@nuanyang/contract/roles.ts'
import type { surveyOps } from '@nuanyang/contract/surveys.ts'
import { sql } from 'kysely'
import { visibleChildren } from '../children/children.access.ts'
import type { Ctx } from '../kernel/ctx.ts'

type Cross = Answer<typeof surveyOps.get>['cross']

/** Children of the round whose family the reader may know of, by what was said of them. */
export async function reasonsAndRequests(ctx: Ctx, round_id: string): Promise<Cross> {
  const [row] = await ctx.db.run(sql<{ cross: Cross }>`
    with v as materialized (${visibleChildren(ctx)}),
    said as (select s.child_id, r.fields from survey_visits s join v on v.child_id = s.child_id and v.open & ${sql.lit(groupBit('family') | groupBit('case_notes'))} = ${sql.lit(groupBit('family') | groupBit('case_notes'))}
        join records r on r.tenant_id = ${ctx.tenant} and r.id = s.record_id and r.withdrawn_at is null
       where s.tenant_id = ${ctx.tenant} and s.round_id = ${round_id}::uuid),
    reason as (select child_id, code from said cross join lateral jsonb_array_elements_text(coalesce(fields -> 'reasons', '[]')) as code),
    request as (select child_id, fields ->> 'request_about' as code from said where fields ? 'request_about')
    select json_build_object(
      'reasons', coalesce((select json_agg(x order by x.children desc, x.code) from (select code, count(*)::int as children from reason group by code) as x), '[]'),
      'requests', coalesce((select json_agg(x order by x.children desc, x.code) from (select code, count(*)::int as children from request group by code) as x), '[]'),
      'pairs', coalesce((select json_agg(x order by x.reason, x.request) from (select a.code as reason, b.code as request, count(*)::int as children
          from reason a join request b on b.child_id = a.child_id group by 1, 2) as x), '[]')) as cross`)
  return row!.cross
}

/** The Chinese word of a code of the survey's record. */
export function wordOf(field: 'reasons' | 'request_about', code: string): string {
  const spec = (kindSpecs.survey.fields as readonly FieldSpec[]).find((each) => each.code === field)
  return spec?.options?.find((option) => option.code === code)?.zh ?? code
}
