// Tables of a county of 20,000 and forms for 400 children, through the functions that the job calls, each in a transaction of its own: what
// is measured is collecting and writing, not waiting for the queue.
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { collect } from '../server/src/documents/documents.collect.ts'
import { preview } from '../server/src/documents/documents.ts'
import { closePress } from '../server/src/documents/press.ts'
import { registrationFormPdf } from '../server/src/documents/registration_form.ts'
import { tableXlsx } from '../server/src/documents/table.ts'
import type { Ctx } from '../server/src/kernel/ctx.ts'
import { openPool } from '../server/src/kernel/db.ts'
import { newId } from '../server/src/kernel/ids.ts'
import { makeLog } from '../server/src/kernel/log.ts'
import { withClient } from '../server/src/kernel/roles.ts'
import { asSystem } from '../server/src/kernel/tx.ts'
import { benchHouse } from './county.ts'
import type { Bench, Result } from './harness.ts'

const formChildren = 400

export async function benchTables(bench: Bench): Promise<Result[]> {
  const urls = await bench.place.clone()
  const { rows } = await withClient(urls.ownerUrl, (client) =>
    client.query<{ tenant: string; id: string }>(
      `select tenant_id as tenant, id from memberships where role = 'county_staff' order by tenant_id limit 1`,
    ),
  )
  const seat = rows[0]!
  const pool = openPool(urls.appUrl, makeLog('error'), 2)
  const house = benchHouse(bench.place.dataDir)
  const as = <T>(work: (ctx: Ctx) => Promise<T>) =>
    asSystem(
      { pool, house, clock: () => new Date() },
      { tenant: seat.tenant, membership_id: seat.id, snapshot: true },
      work,
    )
  const asked = (kind: NewDocument['kind'], more: Partial<NewDocument>): NewDocument => ({
    id: newId(),
    kind,
    format: 'xlsx',
    purpose: '测速',
    ...more,
  })
  try {
    const summary = await median(bench.small ? 1 : 5, () => as((ctx) => preview(ctx, { kind: 'summary' })))
    const ledger = await median(bench.small ? 1 : 3, async () => {
      const taken = await as((ctx) => collect(ctx, asked('ledger', { ledger: 'village_ledger' })))
      if (taken.data.is === 'table') for await (const chunk of tableXlsx(taken.data.table)) void chunk
    })
    const forms = await median(1, async () => {
      const taken = await as(async (ctx) => {
        const some = await ctx.db.rows<{ id: string }>(
          `select id from children where tenant_id = $1 order by id limit $2`,
          [ctx.tenant, formChildren],
        )
        return collect(ctx, asked('registration_form', { format: 'pdf', child_ids: some.map(({ id }) => id) }))
      })
      if (taken.data.is === 'forms') await registrationFormPdf(taken.data.forms, taken.data.paper)
    })
    return [
      bench.result('tables.summary_ms', { value: summary, unit: 'ms' }),
      bench.result('tables.ledger_ms', { value: ledger, unit: 'ms' }),
      bench.result('tables.forms_400_ms', { value: forms, unit: 'ms' }),
    ]
  } finally {
    await closePress()
    await pool.end()
  }
}

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < times; n++) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
  }
  return took.toSorted((a, b) => a - b)[Math.floor(times / 2)]!
}
