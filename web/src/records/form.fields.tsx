// The fields of a record, made from its kind: what is asked most stands open as chips, the rest is folded with a count.
import { lazy, Suspense, useState } from 'react'
import { fieldAsked, yuan } from '@nuanyang/contract/records.fields.ts'
import type { FieldSpec } from '@nuanyang/contract/kinds/kind.ts'
import { Button, Chip, IconButton } from '../ui/controls.tsx'
import { Choices, Field, Fold, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { fenOf, newLine, totalFen, type ItemLine } from './form.items.ts'
import { PhotoRow } from './photos.tsx'
import { ChildrenRow } from './form.children.tsx'
import { SignRow } from './sign_row.tsx'
import { WhenRow } from './form.when.tsx'
import type { RecordForm } from './form.ts'
import { recordsText } from './records.text.ts'
import './records.css'

// Asked of plans alone.
const ResponsibleField = lazy(() =>
  import('./responsible.tsx').then((module) => ({ default: module.ResponsibleField })),
)

export function RecordFields({ form }: { form: RecordForm }) {
  const t = useWords(recordsText)
  const say = useSay()
  const { value, set, spec } = form
  const asked = spec.fields.filter((field) => fieldAsked(field, value.fields))
  const quick = asked.filter((field) => field.quick)
  const folded = asked.filter((field) => !field.quick)
  const error = (path: string) => {
    const fault = form.faults.find((one) => one.path === path || one.path === `body.${path}`)
    return fault && say(fault)
  }
  const filled = folded.filter((field) => isFilled(value.fields[field.code])).length + (value.done_by ? 1 : 0)
  const names = folded
    .slice(0, 3)
    .map((field) => say(field))
    .join(t.language === 'zh' ? '、' : ', ')
  const wrongInside = folded.some((field) => form.faults.some((one) => one.path.startsWith(`fields.${field.code}`)))
  return (
    <div className="rec-fields">
      <ChildrenRow form={form} error={error('child_ids')} />
      <TextArea
        label={<span className="rec-text-label">{say(spec.text)}</span>}
        autoFocus={value.children.length > 0 || spec.children !== 'needed'}
        value={value.text}
        maxLength={20_000}
        onChange={(text) => set({ text })}
        error={error('text')}
      />
      {quick.map((field) => (
        <OneField key={field.code} field={field} form={form} error={error} />
      ))}
      {spec.items && <Items form={form} error={error} />}
      {spec.places && <Place form={form} places={spec.places} />}
      <WhenRow form={form} />
      {!form.start.record && <PhotoRow photos={form.photos} />}
      {!form.start.record && spec.signed && (
        <SignRow
          photos={form.photos}
          label={say(spec.signed)}
          name={nameIn(value.fields[spec.signed.field])}
          onName={(name) => form.setField(spec.signed!.field, name)}
        />
      )}
      <Fold
        key={String(wrongInside)}
        names={folded.length > 3 ? t('more_fields', { names, n: folded.length }) : t('few_fields', { names: names || t('done_by') })} // prettier-ignore
        filled={filled ? t('filled', { n: filled }) : t('optional')}
        total={folded.length}
      >
        {folded.map((field) => (
          <OneField key={field.code} field={field} form={form} error={error} />
        ))}
        <TextInput
          label={t('done_by')}
          maxLength={100}
          value={value.done_by}
          onChange={(done_by) => set({ done_by })}
        />
        {spec.visibility === 'open' && spec.children !== 'none' && (
          <Choices
            label={t('hide')}
            value={value.hidden ? 'yes' : 'no'}
            required
            onChange={(next) => set({ hidden: next === 'yes' })}
            options={[{ value: 'no', label: t('no') }, { value: 'yes', label: t('yes') }]} // prettier-ignore
          />
        )}
      </Fold>
    </div>
  )
}

const nameIn = (value: unknown) => (typeof value === 'string' ? value : '')
const isFilled = (value: unknown) =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)

interface Asked {
  field: FieldSpec
  form: RecordForm
  error: (path: string) => string | undefined
}

function OneField({ field, form, error }: Asked) {
  const t = useWords(recordsText)
  const say = useSay()
  const value = form.value.fields[field.code]
  const change = (next: unknown) => form.setField(field.code, next === '' ? undefined : next)
  const wrong = error(`fields.${field.code}`)
  const label = say(field)
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  switch (field.type) {
    case 'choice': {
      const options = field.options!.map((option) => ({ value: option.code, label: say(option) }))
      return field.quick || options.length <= 4 ? (
        <Choices label={label} value={text || null} onChange={change} options={options} error={wrong} />
      ) : (
        <Select label={label} value={text} onChange={change} options={options} empty="" error={wrong} />
      )
    }
    case 'choices':
      return <Several label={label} field={field} value={value} onChange={change} />
    case 'yes_no':
      return (
        <Choices
          label={label}
          value={value === true ? 'yes' : value === false ? 'no' : null}
          onChange={(next) => change(next === null ? undefined : next === 'yes')}
          options={[{ value: 'yes', label: t('yes') }, { value: 'no', label: t('no') }]} // prettier-ignore
          error={wrong}
        />
      )
    case 'text':
      return <TextArea label={label} value={text} onChange={change} error={wrong} />
    case 'list':
      return (
        <TextArea
          label={label}
          hint={t('one_per_line')}
          value={Array.isArray(value) ? value.join('\n') : ''}
          onChange={(next) => change(next === '' ? undefined : next.split('\n'))}
          error={wrong}
        />
      )
    case 'day':
      return <TextInput label={label} kind="date" value={text} onChange={change} error={wrong} />
    case 'rows':
      return <Rows field={field} value={value} onChange={change} error={error} />
    case 'words':
      if (field.account)
        return (
          <Suspense fallback={<TextInput label={label} value={text} onChange={change} />}>
            <ResponsibleField form={form} code={field.code} label={label} error={wrong} />
          </Suspense>
        )
      return <TextInput label={label} maxLength={field.max ?? 200} value={text} onChange={change} error={wrong} />
    case 'fen':
      return <Yuan label={label} value={value} onChange={change} error={wrong} />
    default:
      return (
        <TextInput
          label={field.unit ? `${label}（${say(field.unit)}）` : label}
          kind="digits"
          value={text}
          onChange={(next) => change(numberOf(next))}
          error={wrong}
        />
      )
  }
}

/** Digits become a number; anything else stays as typed, and the field says that it is none. */
function numberOf(typed: string): unknown {
  const trimmed = typed.trim()
  if (trimmed === '') return undefined
  return /^\d+(\.\d+)?$/.test(trimmed) && !trimmed.endsWith('.') ? Number(trimmed) : trimmed
}

function Yuan({
  label,
  value,
  onChange,
  error,
}: {
  label: string
  value: unknown
  onChange: (next: unknown) => void
  error: string | undefined
}) {
  const t = useWords(recordsText)
  const [typed, setTyped] = useState(typeof value === 'number' ? String(value / 100) : '')
  return (
    <TextInput
      label={`${label}（${t('yuan_unit')}）`}
      inputMode="decimal"
      value={typed}
      onChange={(next) => {
        setTyped(next)
        onChange(next.trim() === '' ? undefined : (fenOf(next) ?? next))
      }}
      error={error}
    />
  )
}

function Several({
  label,
  field,
  value,
  onChange,
}: {
  label: string
  field: FieldSpec
  value: unknown
  onChange: (next: unknown) => void
}) {
  const say = useSay()
  const chosen: unknown[] = Array.isArray(value) ? value : []
  return (
    <div className="pick" role="group" aria-label={label}>
      <span className="pick-label">{label}</span>
      <div className="pick-row">
        {field.options!.map((option) => (
          <Chip
            key={option.code}
            pressed={chosen.includes(option.code)}
            onClick={
              () =>
              onChange(chosen.includes(option.code) ? chosen.filter((one) => one !== option.code) : [...chosen, option.code]) // prettier-ignore
            }
          >
            {say(option)}
          </Chip>
        ))}
      </div>
    </div>
  )
}

type Row = Record<string, unknown>
function Rows({
  field,
  value,
  onChange,
  error,
}: {
  field: FieldSpec
  value: unknown
  onChange: (next: unknown) => void
  error: Asked['error']
}) {
  const t = useWords(recordsText)
  const say = useSay()
  const rows: Row[] = Array.isArray(value) ? (value as Row[]) : []
  const put = (at: number, code: string, next: unknown) =>
    onChange(rows.map((row, n) => (n === at ? { ...row, [code]: next === '' ? undefined : next } : row)))
  const asText = (cell: unknown) => (typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '')
  return (
    <Field label={say(field)} error={error(`fields.${field.code}`)}>
      {() => (
        <div className="rec-rows">
          {rows.map((row, at) => (
            // A row has no name of its own; its place is its key, and rows are only taken from the end or by place.
            <div key={at} className="rec-row">
              {field.columns!.map((column) => {
                const props = {
                  label: say(column),
                  value: asText(row[column.code]),
                  error: error(`fields.${field.code}.${at}.${column.code}`),
                }
                if (column.type === 'choice')
                  return <Select key={column.code} {...props} empty="" onChange={(next) => put(at, column.code, next)} options={column.options!.map((one) => ({ value: one.code, label: say(one) }))} /> // prettier-ignore
                if (column.type === 'day')
                  return <TextInput key={column.code} {...props} kind="date" onChange={(next) => put(at, column.code, next)} /> // prettier-ignore
                return <TextInput key={column.code} {...props} {...(column.type === 'number' ? { inputMode: 'decimal' as const } : {})} onChange={(next) => put(at, column.code, column.type === 'number' ? numberOf(next) : next)} /> // prettier-ignore
              })}
              <IconButton
                icon="close"
                label={t('remove_row')}
                onClick={() => onChange(rows.filter((_, n) => n !== at))}
              />
            </div>
          ))}
          <Button kind="text" icon="plus" onClick={() => onChange([...rows, {}])}>
            {t('add_row')}
          </Button>
        </div>
      )}
    </Field>
  )
}

function Place({ form, places }: { form: RecordForm; places: readonly string[] }) {
  const t = useWords(recordsText)
  const { value, set } = form
  const known = places.includes(value.place)
  const [other, setOther] = useState(value.place !== '' && !known)
  return (
    <>
      <Choices
        label={t('place')}
        value={other ? '*' : value.place || null}
        onChange={(next) => {
          setOther(next === '*')
          set({ place: next === '*' || next === null ? '' : next })
        }}
        options={[...places.map((place) => ({ value: place, label: place })), { value: '*', label: t('elsewhere') }]}
      />
      {other && (
        <TextInput label={t('place_words')} maxLength={100} value={value.place} onChange={(place) => set({ place })} />
      )}
    </>
  )
}

function Items({ form, error }: { form: RecordForm; error: Asked['error'] }) {
  const t = useWords(recordsText)
  const { value, set } = form
  const lines = value.items
  const put = (at: number, change: Partial<ItemLine>) =>
    set({ items: lines.map((line, n) => (n === at ? { ...line, ...change } : line)) })
  const total = totalFen(lines, value.children.length)
  return (
    <section className="rec-items" aria-label={t('items')}>
      {lines.map((line, at) => (
        <div key={at} className="rec-row">
          <TextInput
            label={t(line.what === 'money' ? 'item_money' : 'item_name')}
            maxLength={100}
            value={line.name}
            onChange={(name) => put(at, { name })}
            error={error(`items.${at}.name`)}
          />
          {line.what === 'goods' && (
            <>
              <TextInput label={t('item_quantity')} inputMode="decimal" value={line.quantity} onChange={(quantity) => put(at, { quantity })} />
              <TextInput label={t('item_measure')} maxLength={20} value={line.measure_word} onChange={(measure_word) => put(at, { measure_word })} />
            </>
          )}
          <TextInput
            label={t(line.what === 'money' ? 'item_amount' : 'item_worth')}
            inputMode="decimal"
            value={line.yuan}
            onChange={(typed) => put(at, { yuan: typed })}
            error={error(`items.${at}.amount_fen`)}
          />
          <IconButton icon="close" label={t('remove_row')} onClick={() => set({ items: lines.filter((_, n) => n !== at) })} />
          {value.children.length > 1 && (
            <Chip pressed={line.each} onClick={() => put(at, { each: !line.each })}>
              {t('item_each')}
            </Chip>
          )}
        </div>
      ))}
      <div className="row wrap g8">
        <Button kind="text" icon="plus" onClick={() => set({ items: [...lines, newLine('money', t('item_default'))] })}>
          {t('item_money')}
        </Button>
        <Button kind="text" icon="plus" onClick={() => set({ items: [...lines, newLine('goods')] })}>
          {t('item_goods')}
        </Button>
        <span className="grow" />
        {total > 0 && <span className="dim small">{t('items_total', { yuan: yuan(total, t.language) })}</span>}
      </div>
      {error('items') && <ProblemLine>{error('items')}</ProblemLine>}
    </section>
  )
} // prettier-ignore
