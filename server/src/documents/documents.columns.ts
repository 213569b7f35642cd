// Which columns a ledger has: a preset of the house, one an office keeps, or chosen one by one. What the role does not see is no column.
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { ledgerGroup, seesGroup } from '@nuanyang/contract/documents.kinds.ts'
import { ledgerPresets } from '@nuanyang/domain/ledger_presets.ts'
import { chooseFields, listFields } from '@nuanyang/domain/ledgers.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { problem } from '../kernel/problem.ts'
import { preset as readPreset } from '../settings/settings.ts'
import { pickedLayout, type LedgerLayout } from './ledger.ts'

const usual = ['name', 'sex', 'school', 'grade+class']

export interface NamedLayout extends LedgerLayout {
  readonly zh: string
}

/** @throws unknown_column */
export async function layoutOf(ctx: Ctx, body: NewDocument): Promise<NamedLayout> {
  const kept = body.preset_id ? await readPreset(ctx, { id: body.preset_id }) : null
  const preset = ledgerPresets.find(({ code }) => code === body.ledger)
  const layout: NamedLayout = kept
    ? { ...pickedLayout(fieldsOf(kept.value.columns ?? usual)), zh: kept.name }
    : (preset ?? { ...pickedLayout(fieldsOf(body.columns ?? usual)), zh: '儿童名单' })
  const hidden = layout.columns.find(({ field }) => {
    const group = ledgerGroup(field)
    return group !== null && !seesGroup(ctx.actor.role, group)
  })
  if (hidden) throw problem('unknown_column', { values: { column: hidden.header } })
  return layout
}

function fieldsOf(columns: readonly string[]) {
  const unknown = columns.find((field) => !listFields.some((offered) => offered.field === field))
  if (unknown !== undefined) throw problem('unknown_column', { values: { column: unknown } })
  return chooseFields(columns)
}

export async function checkColumns(ctx: Ctx, body: NewDocument): Promise<void> {
  if (body.kind === 'ledger') await layoutOf(ctx, body)
}
