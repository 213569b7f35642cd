// What each kind of material asks besides whom and what for.
import { dimensionCodes, type Dimension, type NewDocument } from '@nuanyang/contract/documents.ts'
import {
  dimensionGroups,
  documentKinds,
  ledgerGroup,
  offersLedger,
  seesGroup,
  type DocumentKind,
} from '@nuanyang/contract/documents.kinds.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { definitions } from '@nuanyang/domain/definitions.ts'
import { dimensions } from '@nuanyang/domain/tables/counted.ts'
import { ledgerPresets } from '@nuanyang/domain/ledger_presets.ts'
import { listFields, type LedgerField } from '@nuanyang/domain/ledgers.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Chip } from '../ui/controls.tsx'
import { Checkbox, Choices, RadioList, Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { documentsText } from './documents.text.ts'
import { DropPreset, KeepColumns, SummaryHeads, useLedgerPresets } from './new_document.presets.tsx'

export type Options = Pick<
  NewDocument,
  | 'layout'
  | 'ledger'
  | 'preset_id'
  | 'columns'
  | 'unknown_as'
  | 'definition'
  | 'as_of'
  | 'rows'
  | 'across'
  | 'for_public'
>

/** `asked`: the preset that another page leads to, where the role is offered it. */
export function usualOptions(kind: DocumentKind, role: Role, asked?: string): Options {
  const presets = presetsFor(role)
  if (kind === 'ledger')
    return chooseLedger({}, (presets.find(({ code }) => code === asked) ?? presets[0])?.code ?? ownColumns)
  if (kind === 'cross_table') return { rows: 'away', across: 'age_band' }
  return kind === 'roster' || kind === 'summary' ? { definition: 'mca' } : {}
}

interface Asking {
  kind: DocumentKind
  count: number
  options: Options
  onChange: (options: Options) => void
  tried: boolean
}

export function KindOptions(props: Asking) {
  if (props.kind === 'contact_cards') return props.count > 1 ? <Layout {...props} /> : null
  if (props.kind === 'ledger') return <Ledger {...props} />
  if (props.kind === 'registration_form') return null
  return <Counting {...props} />
}

/** Tables that speak of a day: by which definition, of which day, counted by what, for whom. */
function Counting({ kind, options, onChange }: Asking) {
  const t = useWords(documentsText)
  const say = useSay()
  const { role } = useActiveMembership()!
  const numbers = documentKinds[kind].about === 'numbers'
  const counts = dimensionCodes.filter((code) => {
    const group = dimensionGroups[code]
    return group === null || seesGroup(role, group)
  })
  const dimension = (code: Dimension) => ({
    value: code,
    label: code === 'unit' ? t('by_unit') : say(dimensions[code]),
  })
  return (
    <>
      {kind === 'cross_table' && (
        <div className="row wrap g12">
          <Select
            label={t('rows')}
            value={options.rows ?? 'away'}
            onChange={(rows) => onChange({ ...options, rows })}
            options={counts.filter((code) => code !== options.across).map(dimension)}
          />
          <Select
            label={t('across')}
            value={options.across ?? 'age_band'}
            onChange={(across) => onChange({ ...options, across })}
            options={counts.filter((code) => code !== options.rows).map(dimension)}
          />
        </div>
      )}
      {(kind === 'roster' || kind === 'cross_table') && (
        <Select
          label={t('definition')}
          value={options.definition ?? 'all'}
          onChange={(code) => {
            const { definition: _definition, ...others } = options
            onChange(code === 'all' ? others : { ...others, definition: code })
          }}
          options={[
            ...(kind === 'cross_table' ? [{ value: 'all', label: t('everybody') }] : []),
            ...definitions.map((each) => ({ value: each.code, label: say(each) })),
          ]}
        />
      )}
      {kind !== 'completeness' && (
        <TextInput
          kind="date"
          label={t('as_of_day')}
          value={options.as_of ?? ''}
          onChange={(day) => {
            const { as_of: _day, ...others } = options
            onChange(day ? { ...others, as_of: day } : others)
          }}
        />
      )}
      {kind === 'summary' && (
        <div>
          <SummaryHeads />
        </div>
      )}
      {numbers && (
        <Checkbox
          label={t('for_public')}
          hint={t('for_public_help')}
          checked={options.for_public ?? false}
          onChange={(for_public) => onChange({ ...options, for_public })}
        />
      )}
    </>
  )
}

function Layout({ options, onChange }: Asking) {
  const t = useWords(documentsText)
  return (
    <Choices
      required
      label={t('paper')}
      value={options.layout ?? 'a4'}
      onChange={(layout) => layout && onChange({ ...options, layout })}
      options={(['a4', 'a5', 'a6'] as const).map((value) => ({ value, label: t(value) }))}
    />
  )
}

/** What the role never sees is no column; a preset that has one is not offered. */
function seesColumn(role: Role, { field }: LedgerField): boolean {
  const group = ledgerGroup(field)
  return group === null || seesGroup(role, group)
}

const ownColumns = 'own'
const presetsFor = (role: Role) =>
  ledgerPresets.filter(({ code, columns }) => offersLedger(role, code) && columns.every((one) => seesColumn(role, one)))

function chooseLedger(
  { columns: _columns, ledger: _ledger, preset_id: _preset, ...others }: Options,
  code: string,
): Options {
  if (code.startsWith('kept:')) return { ...others, preset_id: code.slice(5) }
  return code === ownColumns
    ? { ...others, columns: ['name', 'sex', 'school', 'grade+class'] }
    : { ...others, ledger: code }
}

function Ledger({ options, onChange, tried }: Asking) {
  const t = useWords(documentsText)
  const { role } = useActiveMembership()!
  const presets = presetsFor(role)
  const everyKept = useLedgerPresets()
  const kept = offersLedger(role, null) ? everyKept : []
  const chosen = kept.find(({ id }) => id === options.preset_id)
  const columns = options.columns ?? []
  const own = (useOp(customFieldOps.list, {}).data?.items ?? [])
    .filter((field) => !field.until_on && seesGroup(role, field.field_group))
    .map((field): LedgerField => ({ field: `facts.custom.${field.code}`, header: field.name, width: 14 }))
  return (
    <>
      <RadioList
        legend={t('ledger')}
        value={
          options.columns
            ? ownColumns
            : options.preset_id
              ? `kept:${options.preset_id}`
              : (options.ledger ?? ownColumns)
        }
        onChange={(next) => onChange(chooseLedger(options, next))}
        options={[
          ...kept.map((preset) => ({
            value: `kept:${preset.id}`,
            label: preset.name,
            hint: t(preset.mine ? 'preset_mine' : 'preset_of', { unit: preset.unit_name }),
          })),
          ...presets.map((preset) => ({
            value: preset.code,
            label: t.language === 'zh' ? preset.zh : preset.en,
            hint: headsOf(preset.columns),
          })),
          ...(offersLedger(role, null) ? [{ value: ownColumns, label: t('own_columns') }] : []),
        ]}
      />
      {chosen?.mine && (
        <DropPreset preset={chosen} onDropped={() => onChange(chooseLedger(options, presets[0]?.code ?? ownColumns))} />
      )}
      {options.columns && (
        <div className="stack" role="group" aria-label={t('columns')}>
          <span className="pick-label">{t('columns')}</span>
          <div className="doc-columns">
            {[...listFields.filter((column) => seesColumn(role, column)), ...own].map(({ field, header }) => (
              <Chip
                key={field}
                pressed={columns.includes(field)}
                onClick={() =>
                  onChange({
                    ...options,
                    columns: columns.includes(field) ? columns.filter((each) => each !== field) : [...columns, field],
                  })
                }
              >
                {header.replace('/', '·')}
              </Chip>
            ))}
          </div>
          {columns.length > 0 && (
            <KeepColumns columns={columns} onKept={(preset) => onChange(chooseLedger(options, `kept:${preset.id}`))} />
          )}
          {tried && columns.length === 0 && <p className="field-error">{t('need_columns')}</p>}
        </div>
      )}
      <Choices
        required
        label={t('unknown')}
        value={options.unknown_as ?? 'blank'}
        onChange={(unknown_as) => unknown_as && onChange({ ...options, unknown_as })}
        options={(['blank', 'words'] as const).map((each) => ({ value: each, label: t(each) }))}
      />
    </>
  )
}

/** The first heads, so that a ledger is known by its columns. */
function headsOf(columns: readonly LedgerField[]): string {
  const heads = columns.slice(0, 7).map(({ header }) => header.replace('/', ''))
  return `${heads.join('、')}${columns.length > 7 ? `……共 ${columns.length} 栏` : ''}`
}
