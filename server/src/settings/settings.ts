// Settings of a county, and how phones reach this installation.
import { defaultSecurityRules, type SecurityRules, type settingOps } from '@nuanyang/contract/settings.ts'
import type { Input } from '@nuanyang/contract/kernel.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'

export { preset, summaryHeads } from './settings.presets.ts'
export { phone_access_get, phone_access_set } from './settings.phone_access.ts'

/** One setting of a county; null when nobody changed it. The transaction must be inside that county. */
export async function readSetting<T>(ctx: Ctx, key: string, tenant = ctx.tenant): Promise<T | null> {
  const row = await ctx.db.maybe<{ value: T }>('select value from settings where tenant_id = $1 and key = $2', [
    tenant,
    key,
  ])
  return row?.value ?? null
}

/** Writes one setting whole; the last one counts. */
export async function writeSetting(ctx: Ctx, key: string, value: unknown): Promise<void> {
  await ctx.db.count(
    `insert into settings as s (tenant_id, id, key, value, updated_at, updated_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, key) do update
        set value = excluded.value, version = s.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [ctx.tenant, newId(), key, JSON.stringify(value), ctx.now, ctx.actor.account_id],
  )
  await ctx.audit('setting.changed')
}

/** Sign-in rules of a county, defaults included. */
export async function securityRules(ctx: Ctx, tenant = ctx.tenant): Promise<SecurityRules> {
  return { ...defaultSecurityRules, ...(await readSetting<Partial<SecurityRules>>(ctx, 'security', tenant)) }
}

export async function get_security(ctx: Ctx, _input: Input<typeof settingOps.get_security>): Promise<SecurityRules> {
  return securityRules(ctx)
}

/** Holds for sessions that begin from now on; sessions under way keep the stricter of both. */
export async function set_security(ctx: Ctx, { body }: Input<typeof settingOps.set_security>): Promise<SecurityRules> {
  await writeSetting(ctx, 'security', body)
  await ctx.db.count(
    `update sessions set idle_minutes = least(idle_minutes, case when shared_computer then $3 else $2 end::int),
            expires_at = least(expires_at, created_at + make_interval(hours => $4))
      where tenant_id = $1`,
    [ctx.tenant, body.idle_minutes, body.shared_idle_minutes, body.session_hours],
  )
  return securityRules(ctx)
}
