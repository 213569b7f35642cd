// 村里的事: what is asked of the unit itself this month, tasks of its plans and duties whose subject is the unit. Shown to the people of the
// unit, and of units above or below to whoever is named for it or has the role it asks for.
import type { UnitLine } from '@nuanyang/contract/today.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { isMine, ownersOf, owedNow } from './today.due.ts'

const keptDays = 60
const most = 12

export async function unitLines(ctx: Ctx): Promise<UnitLine[]> {
  const { unit_path, unit_id } = ctx.actor
  // The path is the list of ids from the county down to the own unit.
  const above = unit_path.split('/').filter(Boolean)
  const asked = await ctx.db.rows<{ id: string }>(
    `select distinct p.unit_id as id from plans p join duties d on d.tenant_id = $1 and d.plan_id = p.id and d.subject = 'unit'
      where p.tenant_id = $1 and p.unit_id = any($2::uuid[]) and p.state = 'adopted'`,
    [ctx.tenant, above],
  )
  const owed = await owedNow(ctx, 'unit', asked.map((unit) => unit.id)) // prettier-ignore
  const owners = await ownersOf(ctx, 'unit', owed)
  const names = await ctx.db.rows<{ id: string; name: string }>(`select id, name from units where tenant_id = $1 and id = any($2::uuid[])`, [ctx.tenant, above]) // prettier-ignore
  const nameOf = new Map(names.map((unit) => [unit.id, unit.name]))
  const duties = owed.flatMap((one, n): UnitLine[] => {
    const mine = isMine(ctx, owners[n]!)
    if (!mine && one.subject_id !== unit_id) return []
    const { duty_id: id, plan_id, title, kind, from_on, until_on, overdue, left } = one
    return [{ type: 'duty', id, plan_id, title, kind, unit_name: nameOf.get(one.subject_id) ?? '', from_on, until_on, overdue, left, account_name: null, mine }] // prettier-ignore
  })
  return [...(await tasks(ctx, above)), ...duties]
    .toSorted((a, b) => (a.until_on < b.until_on ? -1 : a.until_on > b.until_on ? 1 : Number(b.mine) - Number(a.mine)))
    .slice(0, most)
}

async function tasks(ctx: Ctx, above: readonly string[]): Promise<UnitLine[]> {
  const { unit_id, account_id, role } = ctx.actor
  return ctx.db.rows<UnitLine>(
    `select 'task' as type, t.id, t.plan_id, t.title, t.kind, u.name as unit_name, t.due_from as from_on, t.due_until as until_on,
            t.due_until < $3::date as overdue, 1 as "left", a.name as account_name,
            case when t.account_id is null then duty_role(t.responsible, u.kind) = $6 else t.account_id = $5 end as mine
       from tasks t join units u on u.tenant_id = $1 and u.id = t.unit_id left join accounts a on a.id = t.account_id
       left join plans p on p.tenant_id = $1 and p.id = t.plan_id
      where t.tenant_id = $1 and t.unit_id = any($2::uuid[]) and t.state = 'open' and (t.plan_id is null or p.state = 'adopted')
        and t.due_from < (date_trunc('month', $3::date) + interval '1 month')::date and t.due_until >= $3::date - $7::int
        and (t.unit_id = $4 or t.account_id = $5 or t.account_id is null and duty_role(t.responsible, u.kind) = $6)
      order by t.due_until, t.id limit ${most}`,
    [ctx.tenant, above, ctx.today, unit_id, account_id, role, keptDays],
  )
}
