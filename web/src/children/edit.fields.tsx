// One input per fact: the keyboard that fits, what was understood said back, what is wrong said under it with the cure.
import { lazy, Suspense, useState } from 'react'
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { ethnicities } from '@nuanyang/domain/values/ethnicity.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { DayField } from '../ui/dayfield.tsx'
import { Choices, Select, TextArea, TextInput, type Option } from '../ui/fields.tsx'
import { useWords, type Language } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Masked } from '../ui/state.tsx'
import { groupOf, placeCodeOf } from './child.fields.ts'
import { shortName } from './field_names.ts'
import { editText } from './edit.text.ts'
import type { FactForm } from './edit.form.ts'
import { kindOf } from './typed.ts'
import { enrolmentWords, factWords, sexWords } from './values.text.ts'
import { listOf, spacedPhone, whoSees } from './words.ts'

interface Props {
  path: FieldPath
  form: FactForm
  /** A refusal of the server about this field. */
  error?: string | undefined
  /** Its whole name, where no heading says whose it is. */
  label?: string
  optional?: boolean
}

const PlaceInput = lazy(async () => ({ default: (await import('./edit.place.tsx')).PlaceInput }))

const gradeCodes: readonly Grade[] = ['k1', 'k2', 'k3', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']

function optionsOf(path: FieldPath, language: Language): Option[] | null {
  const last = path.split('.').at(-1)!
  if (last === 'sex') return (['male', 'female'] as const).map((value) => ({ value, label: sexWords[value][language] }))
  if (last === 'enrolment_status')
    return (Object.keys(enrolmentWords) as (keyof typeof enrolmentWords)[]).map((value) => ({
      value,
      label: enrolmentWords[value][language],
    }))
  if (last === 'grade') return gradeCodes.map((value) => ({ value, label: gradeLabel(value, language) }))
  if (last === 'ethnicity') return ethnicities.map((each) => ({ value: each.code, label: each[language] }))
  const list = listOf(path)
  // Not known is the empty answer, which every list has already.
  return list
    ? list.filter(({ code }) => code !== 'unknown').map((each) => ({ value: each.code, label: each[language] }))
    : null
}

const booleans = new Set(['hukou_registered', 'boarding', 'able', 'entrusted', 'only_child', 'orphan', 'needs_school_bus', 'subsidised', 'suspected_disability', 'deceased']) // prettier-ignore
const chips = new Set(['sex', 'state', 'health'])
const several = new Set(['income_sources', 'aid_kinds', 'causes', 'need_kinds', 'special_cases', 'improper_care'])
const long = new Set(['remark', 'hobbies', 'needs', 'special_note', 'economy_note', 'aid_note'])

export function FactInput(props: Props) {
  const { path, form } = props
  const { language } = useWords(editText)
  const t = useWords(editText)
  const last = path.split('.').at(-1)!
  const label = props.label ?? shortName(path, language)
  const value = form.value(path)
  if (!form.mayWrite(path)) return <NotYours {...props} label={label} />
  if (booleans.has(last)) return <YesNo {...props} label={label} last={last} />
  const options = optionsOf(path, language)
  if (several.has(last)) return <Several {...props} label={label} options={options ?? []} />
  if (options && chips.has(last))
    return (
      <Choices
        label={label}
        value={typeof value === 'string' && value !== 'unknown' ? value : null}
        onChange={(next) => form.choose(path, next)}
        options={options}
        error={props.error}
      />
    )
  if (options) {
    const current = typeof value === 'string' ? value : ''
    // A word of a roster that no code stands for stays choosable as it is.
    const all =
      current && !options.some((each) => each.value === current)
        ? [{ value: current, label: current }, ...options]
        : options
    return (
      <Select
        label={label}
        optional={props.optional ?? false}
        value={current}
        empty={t('unknown')}
        onChange={(next) => form.choose(path, next || null)}
        options={all}
        error={props.error}
      />
    )
  }
  const code = placeCodeOf(path)
  const typed = <TypedInput {...props} label={label} last={last} />
  if (code)
    return (
      <Suspense fallback={typed}>
        <PlaceInput {...props} label={label} code={code} />
      </Suspense>
    )
  return typed
}

function YesNo({ path, form, label, last, error }: Props & { label: string; last: string }) {
  const { language } = useWords(editText)
  const words = factWords as Record<string, { zh: string; en: string }>
  const value = form.value(path)
  return (
    <Choices
      label={label}
      value={value === null ? null : value ? 'yes' : 'no'}
      onChange={(next) => form.choose(path, next === null ? null : next === 'yes')}
      options={(['yes', 'no'] as const).map((each) => ({
        value: each,
        label: (words[`${last}_${each}`] ?? words[each])![language],
      }))}
      error={error}
    />
  )
}

function Several({ path, form, label, options }: Props & { label: string; options: readonly Option[] }) {
  const value = (form.value(path) as readonly string[] | null) ?? []
  const all = [
    ...options,
    ...value.filter((each) => !options.some((o) => o.value === each)).map((each) => ({ value: each, label: each })),
  ]
  return (
    <div className="pick" role="group" aria-label={label}>
      <span className="pick-label">{label}</span>
      <div className="pick-row">
        {all.map((option) => {
          const on = value.includes(option.value)
          const next = on ? value.filter((each) => each !== option.value) : [...value, option.value]
          return (
            <Chip key={option.value} pressed={on} onClick={() => form.choose(path, next.length > 0 ? next : null)}>
              {option.label}
            </Chip>
          )
        })}
      </div>
    </div>
  )
}

function TypedInput({ path, form, label, last, error, optional }: Props & { label: string; last: string }) {
  const t = useWords(editText)
  const [left, setLeft] = useState(false)
  const [replacing, setReplacing] = useState(false)
  const kind = kindOf(path)
  const wrong = form.wrong(path)
  const told = error ?? (left && wrong ? t(wrong) : undefined)
  const shape = form.masked(path)
  const shared = { label, error: told, optional: optional ?? false }
  if (shape && !replacing && !form.touched(path))
    return <Closed label={label} shape={shape} form={form} path={path} onReplace={() => setReplacing(true)} />
  if (kind === 'day')
    return (
      <DayField
        key={form.nonce(path)}
        {...shared}
        error={error}
        value={form.value(path) as string | null}
        onChange={(_value, typed) => form.type(path, typed)}
      />
    )
  if (long.has(last))
    return <TextArea {...shared} rows={3} value={form.text(path)} onChange={(text) => form.type(path, text)} />
  return (
    <TextInput
      {...shared}
      kind={kind === 'phones' ? 'phone' : kind === 'age' ? 'digits' : 'text'}
      {...(kind === 'identity' ? { autoCapitalize: 'characters', maxLength: 24, spellCheck: false } : {})}
      autoComplete="off"
      value={form.text(path)}
      onChange={(text) => form.type(path, text)}
      onBlur={() => setLeft(true)}
      onPaste={(event) => {
        const parts = kind === 'phones' ? form.spread(event.clipboardData.getData('text')) : null
        if (!parts) return
        event.preventDefault()
        const list = Object.entries(parts).map(
          ([owner, phones]) => `${fileFields[owner as FieldPath][t.language]} ${phones!.map(spacedPhone).join('、')}`,
        )
        toast(t('spread', { list: list.join(t.language === 'zh' ? '；' : '; ') }))
      }}
      hint={hintOf(form, path, t, shape !== null)}
    />
  )
}

function hintOf(form: FactForm, path: FieldPath, t: ReturnType<typeof useWords<typeof editText>>, replaces: boolean) {
  if (kindOf(path) !== 'phones') return replaces ? t('replace_hint') : undefined
  const phones = ((form.value(path) as readonly string[] | null) ?? []).map(spacedPhone).join('、')
  const odd = form.odd(path)
  if (odd) return t(odd, { phones })
  if (form.touched(path) && phones) return t('understood', { phones })
  return replaces ? t('replace_hint') : t('phones_hint')
}

/** A number that is there but closed: looked at for a purpose, or replaced without looking. */
function Closed({
  label,
  shape,
  form,
  path,
  onReplace,
}: {
  label: string
  shape: readonly string[]
  form: FactForm
  path: FieldPath
  onReplace: () => void
}) {
  const t = useWords(editText)
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <div className="closed-number">
        {shape.map((each, at) => (
          <Masked key={at} value={each} />
        ))}
        {form.reveal?.may(path) && (
          <Button kind="text" onClick={() => form.reveal?.ask()}>
            {t('show_to_edit')}
          </Button>
        )}
        <Button kind="text" onClick={onReplace}>
          {t('replace')}
        </Button>
      </div>
    </div>
  )
}

function NotYours({ path, label }: Props & { label: string }) {
  const t = useWords(editText)
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <p className="dim">{t('not_yours', { who: whoSees(groupOf(path), t.language) })}</p>
    </div>
  )
}
