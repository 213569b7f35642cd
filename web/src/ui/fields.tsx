// Form fields over the browser's own inputs: the phone's keyboard, date wheel and autofill come with them.
import { useId, useRef, useState, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react'
import { Icon } from './icons.tsx'
import { Chip } from './controls.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

export interface FieldProps {
  label: ReactNode
  /** What to do about it, in words: it stands under the field and is read out with it. */
  error?: string | undefined
  hint?: ReactNode
  optional?: boolean
  /** The label stands at the left, for rows of choices. */
  aside?: boolean
  /** Gets the ids that tie the field to its label and sentence. */
  children: (ids: FieldIds) => ReactNode
}
export interface FieldIds {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export function Field({ label, error, hint, optional, aside, children }: FieldProps) {
  const id = useId()
  const t = useWords(uiText)
  const told = error || hint ? `${id}t` : undefined
  return (
    <div className={`field${aside ? ' field-aside' : ''}${error ? ' field-wrong' : ''}`}>
      <label htmlFor={id} className="field-label">
        {label}
        {optional && <span className="field-opt">{t('optional')}</span>}
      </label>
      <div className="field-body">
        {children({ id, 'aria-describedby': told, 'aria-invalid': error ? true : undefined })}
        {told && (
          <p id={told} className={error ? 'field-error' : 'field-hint'}>
            {error && <Icon name="bang" size={16} />}
            <span>{error ?? hint}</span>
          </p>
        )}
      </div>
    </div>
  )
}

type Plain = Omit<FieldProps, 'children'>
type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'onChange' | 'value' | 'size'>

/** The keyboard that fits: `phone` and `digits` bring numbers, `code` is a one-time code that the phone can fill in. */
export type TextKind = 'text' | 'phone' | 'digits' | 'code' | 'date' | 'email' | 'username'

const kinds: Record<TextKind, InputProps> = {
  text: { type: 'text' },
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  digits: { type: 'text', inputMode: 'numeric', autoComplete: 'off' },
  code: { type: 'text', inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 12 },
  date: { type: 'date' },
  email: { type: 'email', inputMode: 'email' },
  username: { type: 'text', autoComplete: 'username', autoCapitalize: 'none', spellCheck: false },
}

export function TextInput({
  value,
  onChange,
  kind = 'text',
  label,
  error,
  hint,
  optional,
  aside,
  end,
  ...rest
}: Plain & InputProps & { value: string; onChange: (value: string) => void; kind?: TextKind; end?: ReactNode }) {
  return (
    <Field {...{ label, error, hint, optional: optional ?? false, aside: aside ?? false }}>
      {(ids) => (
        <span className="inp">
          <input {...kinds[kind]} {...rest} {...ids} value={value} onChange={(event) => onChange(event.target.value)} />
          {end}
        </span>
      )}
    </Field>
  )
}

/** A password can be looked at while it is typed: village keyboards make mistakes. */
export function PasswordInput({
  value,
  onChange,
  isNew,
  ...field
}: Plain & { value: string; onChange: (value: string) => void; isNew?: boolean; autoFocus?: boolean; name?: string }) {
  const [shown, setShown] = useState(false)
  const t = useWords(uiText)
  return (
    <TextInput
      {...field}
      value={value}
      onChange={onChange}
      {...({ type: shown ? 'text' : 'password' } as const)}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <button type="button" className="inp-act" onClick={() => setShown(!shown)} aria-pressed={shown}>
          {t(shown ? 'password_hide' : 'password_show')}
        </button>
      }
    />
  )
}

export function TextArea({
  value,
  onChange,
  label,
  error,
  hint,
  optional,
  ...rest
}: Plain &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'onChange' | 'value'> & {
    value: string
    onChange: (value: string) => void
  }) {
  return (
    <Field {...{ label, error, hint, optional: optional ?? false }}>
      {(ids) => (
        <textarea
          {...rest}
          {...ids}
          className="area"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

export interface Option<V extends string = string> {
  value: V
  label: string
  hint?: string | undefined
}

export function Select<V extends string>({
  value,
  onChange,
  options,
  empty,
  label,
  error,
  hint,
  optional,
  aside,
}: Plain & { value: V | ''; onChange: (value: V) => void; options: readonly Option<V>[]; empty?: string }) {
  return (
    <Field {...{ label, error, hint, optional: optional ?? false, aside: aside ?? false }}>
      {(ids) => (
        <span className="inp inp-select">
          <select {...ids} value={value} onChange={(event) => onChange(event.target.value as V)}>
            {(empty !== undefined || value === '') && <option value="">{empty ?? ''}</option>}
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </span>
      )}
    </Field>
  )
}

/** One row of choices; pressing the chosen one again takes it back, unless something must be chosen. */
export function Choices<V extends string>({
  label,
  value,
  onChange,
  options,
  required,
  error,
}: {
  label: string
  value: V | null
  onChange: (value: V | null) => void
  options: readonly Option<V>[]
  required?: boolean
  error?: string | undefined
}) {
  const id = useId()
  return (
    <div className={`pick${error ? ' field-wrong' : ''}`} role="group" aria-labelledby={id}>
      <span id={id} className="pick-label">
        {label}
      </span>
      <div className="pick-row">
        {options.map((option) => (
          <Chip
            key={option.value}
            pressed={option.value === value}
            onClick={() => onChange(option.value === value && !required ? null : option.value)}
          >
            {option.label}
          </Chip>
        ))}
      </div>
      {error && <p className="field-error">{error}</p>}
    </div>
  )
}

/** Whole sentences to choose between, one under the other. */
export function RadioList<V extends string>({
  legend,
  value,
  onChange,
  options,
  hideLegend,
}: {
  legend: string
  value: V | null
  onChange: (value: V) => void
  options: readonly Option<V>[]
  hideLegend?: boolean
}) {
  const name = useId()
  return (
    <fieldset className="radios">
      <legend className={hideLegend ? 'vh' : 'field-label'}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="radio-row">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span className="grow">
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function Checkbox({
  checked,
  onChange,
  mixed,
  label,
  hint,
  hideLabel,
}: {
  checked: boolean
  onChange: (checked: boolean, event: { shiftKey: boolean }) => void
  mixed?: boolean
  label: string
  hint?: string
  hideLabel?: boolean
}) {
  const shift = useRef(false)
  return (
    <label className={`tick${hideLabel ? ' tick-bare' : ''}`}>
      <input
        type="checkbox"
        checked={checked}
        ref={(box) => {
          if (box) box.indeterminate = Boolean(mixed)
        }}
        onClick={(event) => (shift.current = event.shiftKey)}
        onChange={(event) => onChange(event.target.checked, { shiftKey: shift.current })}
        aria-label={hideLabel ? label : undefined}
      />
      {!hideLabel && (
        <span>
          {label}
          {hint && <small>{hint}</small>}
        </span>
      )}
    </label>
  )
}

/** Searches while typing after a short rest; Esc empties it. `initial` comes from the address. */
export function SearchBox({
  label,
  placeholder,
  value,
  onSearch,
  end,
  big,
  autoFocus,
  inputProps,
}: {
  label: string
  placeholder: string
  value: string
  onSearch: (value: string) => void
  end?: ReactNode
  big?: boolean
  autoFocus?: boolean
  inputProps?: InputProps
}) {
  const t = useWords(uiText)
  return (
    <label className={`inp search${big ? ' search-big' : ''}`}>
      <span className="vh">{label}</span>
      <Icon name="search" />
      <input
        {...inputProps}
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        autoFocus={autoFocus}
        spellCheck={false}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) {
            event.stopPropagation()
            onSearch('')
          }
          inputProps?.onKeyDown?.(event)
        }}
      />
      {end}
      {value && (
        <button type="button" className="inp-clear" aria-label={t('clear_search')} onClick={() => onSearch('')}>
          <Icon name="close" size={16} />
        </button>
      )}
    </label>
  )
}

/** Optional fields fold into one row that names them and counts what is filled. */
export function Fold({
  names,
  filled,
  total,
  children,
}: {
  names: string
  filled: string
  total?: number
  children: ReactNode
}) {
  return (
    <details className="fold" data-total={total}>
      <summary>
        <span className="grow">{names}</span>
        <span className="dim small">{filled}</span>
        <Icon name="down" size={16} />
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  )
}
