// Which columns a ledger has: a preset of the house, one an office keeps, or chosen one by one. What the role does not see is no column.
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { ledgerGroup, offersLedger, seesGroup } from '@nuanyang/contract/documents.kinds.ts'
import { ledgerPresets } from '@nuanyang/domain/ledger_presets.ts'
import { chooseFields, listFields, type LedgerField } from '@nuanyang/domain/ledgers.ts'
import { fieldsInUse } from '../custom_fields/custom_fields.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { preset as readPreset } from '../settings/settings.ts'
import { pickedLayout, type LedgerLayout } from './ledger.ts'

/** Before the code of a field of the county's own. */
const customColumn = 'facts.custom.'
const usual = ['name', 'sex', 'school', 'grade+class']

export interface NamedLayout extends LedgerLayout {
  readonly zh: string
}

/** @throws unknown_column */
export async function layoutOf(ctx: Ctx, body: NewDocument): Promise<NamedLayout> {
  const kept = body.preset_id ? await readPreset(ctx, { id: body.preset_id }) : null
  const preset = ledgerPresets.find(({ code }) => code === body.ledger)
  const layout: NamedLayout = kept
    ? { ...pickedLayout(await fieldsOf(ctx, kept.value.columns ?? usual)), zh: kept.name }
    : (preset ?? { ...pickedLayout(await fieldsOf(ctx, body.columns ?? usual)), zh: '儿童名单' })
  const hidden = layout.columns.find(({ field }) => {
    const group = ledgerGroup(field)
    return group !== null && !seesGroup(ctx.actor.role, group)
  })
  if (hidden) throw problem('unknown_column', { values: { column: hidden.header } })
  if (!offersLedger(ctx.actor.role, preset?.code ?? null))
    throw problem('unknown_column', { values: { column: layout.zh } })
  return layout
}

/** Columns of the house in their order, then the county's own as they were chosen. */
async function fieldsOf(ctx: Ctx, columns: readonly string[]): Promise<LedgerField[]> {
  const own = columns.filter((field) => field.startsWith(customColumn))
  const usualOnes = columns.filter((field) => !own.includes(field))
  const unknown = usualOnes.find((field) => !listFields.some((offered) => offered.field === field))
  if (unknown !== undefined) throw problem('unknown_column', { values: { column: unknown } })
  if (own.length === 0) return chooseFields(usualOnes)
  const fields = await fieldsInUse(ctx)
  return [
    ...chooseFields(usualOnes),
    ...own.map((column): LedgerField => {
      const field = fields.find(({ code }) => column === customColumn + code)
      if (!field || !seesGroup(ctx.actor.role, field.field_group))
        throw problem('unknown_column', { values: { column: field?.name ?? column } })
      return { field: column, header: field.name, width: 14, wrap: true }
    }),
  ]
}

export async function checkColumns(ctx: Ctx, body: NewDocument): Promise<void> {
  if (body.kind === 'ledger') await layoutOf(ctx, body)
}
