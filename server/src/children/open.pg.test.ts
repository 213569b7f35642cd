import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomOf, villageChildren } from '../demo/people.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { openPool } from '../kernel/db.ts'
import { newId } from '../kernel/ids.ts'
import { makeLog } from '../kernel/log.ts'
import { asSystem } from '../kernel/tx.ts'
import { testApp, type TestApp } from '../testing/app.ts'
import { openFiles } from './children.open.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.close())

test('a roster written in bulk reads no table whole for each row, though every plan of the connection was made while it was small', async () => {
  const cast = await app.make.county()
  const director = await app.signInAs('child_director', cast.village)
  const open = async (ctx: Ctx, seed: number, count: number) => {
    const pupils = villageChildren(randomOf(seed), '新村', '990001', count, ctx.today, seed)
    await openFiles(
      ctx,
      pupils.map(({ flat }) => ({
        id: newId(),
        flat,
        links: [{ unit_id: cast.village.id, as: 'residence' as const, from_on: ctx.today, stated: false }],
      })),
      { type: 'system', id: null },
    )
  }
  const pool = openPool(app.parts.pool.options.connectionString!, makeLog('error'), 1)
  const parts = { pool, house: app.parts.house, clock: app.parts.clock }
  const who = { tenant: cast.county.tenant_id, membership_id: director.membership_id }
  try {
    await asSystem(parts, who, (ctx) => open(ctx, 1, 20))
    await app.owner.query('analyze')
    // As a person who types: the checks of foreign keys get their plan on tables of one page.
    await asSystem(parts, who, async (ctx) => {
      await ctx.db.rows('set local enable_seqscan = on')
      await open(ctx, 2, 20)
    })
    const read = await asSystem(parts, who, async (ctx) => {
      await open(ctx, 3, 1500)
      return ctx.db.rows<{ relname: string; rows: number }>(
        `select relname, seq_tup_read + idx_tup_fetch as rows from pg_stat_xact_user_tables where relname in ('children', 'adults', 'units') and seq_tup_read + idx_tup_fetch > 200000`,
      )
    })
    expect(read).toEqual([])
  } finally {
    await pool.end()
  }
})

test('the first roster of a new county is no slower at its end, though it found every table empty', async () => {
  const fresh = await testApp()
  const cast = await fresh.make.county()
  const director = await fresh.signInAs('child_director', cast.village)
  await fresh.owner.query('vacuum analyze')
  const who = { tenant: cast.county.tenant_id, membership_id: director.membership_id }
  const read = await fresh.system(who, async (ctx) => {
    for (const seed of [11, 12, 13])
      await openFiles(
        ctx,
        villageChildren(randomOf(seed), '新村', '990001', 1000, ctx.today, seed * 1000).map(({ flat }) => ({
          id: newId(),
          flat,
          links: [{ unit_id: cast.village.id, as: 'residence' as const, from_on: ctx.today, stated: false }],
        })),
        { type: 'system', id: null },
      )
    return ctx.db.rows<{ relname: string; rows: number }>(
      `select relname, seq_tup_read + idx_tup_fetch as rows from pg_stat_xact_user_tables where relname in ('children', 'adults') and seq_tup_read + idx_tup_fetch > 200000`,
    )
  })
  await fresh.close()
  expect(read).toEqual([])
})
