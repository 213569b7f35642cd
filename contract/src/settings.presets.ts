// Presets 预设: what an office chose once and keeps: the columns of its own ledger, the heads its county prints over the summary. A preset is
// one's own, or shared with everybody of the unit and below it. Dropping one changes nothing that was printed with it.
import { Codes, Id, Nothing, operations, Text, Type, type Static } from './kernel.ts'

export const presetFeatures = ['ledger', 'summary_heads'] as const

export const PresetValue = Type.Object({
  /** ledger: fields in their order. */
  columns: Type.Optional(Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 100 })),
  /** summary_heads: the words over a column, by its number 1…32. */
  heads: Type.Optional(Type.Record(Type.String({ pattern: '^\\d{1,2}$' }), Text(30))),
})
export type PresetValue = Static<typeof PresetValue>

export const Preset = Type.Object({
  id: Id,
  feature: Codes(presetFeatures),
  name: Type.String(),
  value: PresetValue,
  shared: Type.Boolean(),
  unit_name: Type.String(),
  mine: Type.Boolean(),
})
export type Preset = Static<typeof Preset>

export const presetOps = operations('settings', {
  presets: {
    get: '/presets',
    may: 'children.export',
    query: Type.Object({ feature: Codes(presetFeatures) }),
    ok: Type.Object({ items: Type.Array(Preset) }),
  },
  keep_preset: {
    post: '/presets',
    may: 'children.export',
    body: Type.Object({
      id: Id,
      feature: Codes(presetFeatures),
      name: Text(40),
      value: PresetValue,
      shared: Type.Boolean(),
    }),
    ok: Preset,
    errors: ['too_many_presets'],
    replay: 'preset',
  },
  preset: { get: '/presets/:id', may: 'children.export', ok: Preset },
  drop_preset: { post: '/presets/:id/drop', may: 'children.export', ok: Nothing },
})
