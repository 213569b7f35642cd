// What each kind of material asks besides whom and what for.
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { ledgerGroup, seesGroup, type DocumentKind } from '@nuanyang/contract/documents.kinds.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { ledgerPresets, listFields, type LedgerField } from '@nuanyang/domain/ledgers.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Chip } from '../ui/controls.tsx'
import { Choices, RadioList } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { documentsText } from './documents.text.ts'

export type Options = Pick<NewDocument, 'layout' | 'ledger' | 'columns' | 'unknown_as'>

export function usualOptions(kind: DocumentKind, role: Role): Options {
  return kind === 'ledger' ? chooseLedger({}, presetsFor(role)[0]?.code ?? ownColumns) : {}
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
  return null
}

function Layout({ options, onChange }: Asking) {
  const t = useWords(documentsText)
  return (
    <Choices
      required
      label={t('paper')}
      value={options.layout ?? 'a5'}
      onChange={(layout) => layout && onChange({ ...options, layout })}
      options={(['a5', 'a4', 'a6'] as const).map((value) => ({ value, label: t(value) }))}
    />
  )
}

/** What the role never sees is no column; a preset that has one is not offered. */
function seesColumn(role: Role, { field }: LedgerField): boolean {
  const group = ledgerGroup(field)
  return group === null || seesGroup(role, group)
}

const ownColumns = 'own'
const presetsFor = (role: Role) => ledgerPresets.filter(({ columns }) => columns.every((one) => seesColumn(role, one)))

function chooseLedger({ columns: _columns, ledger: _ledger, ...others }: Options, code: string): Options {
  return code === ownColumns
    ? { ...others, columns: ['name', 'sex', 'school', 'grade+class'] }
    : { ...others, ledger: code }
}

function Ledger({ options, onChange, tried }: Asking) {
  const t = useWords(documentsText)
  const { role } = useActiveMembership()!
  const presets = presetsFor(role)
  const columns = options.columns ?? []
  return (
    <>
      <RadioList
        legend={t('ledger')}
        value={options.columns ? ownColumns : (options.ledger ?? ownColumns)}
        onChange={(next) => onChange(chooseLedger(options, next))}
        options={[
          ...presets.map((preset) => ({
            value: preset.code,
            label: t.language === 'zh' ? preset.zh : preset.en,
            hint: headsOf(preset.columns),
          })),
          { value: ownColumns, label: t('own_columns') },
        ]}
      />
      {options.columns && (
        <div className="pick" role="group" aria-label={t('columns')}>
          <span className="pick-label">{t('columns')}</span>
          <div className="doc-columns">
            {listFields
              .filter((column) => seesColumn(role, column))
              .map(({ field, header }) => (
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
