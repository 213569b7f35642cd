// In a file: the county's own fields that this reader sees, and a form for them.
import { useState, type FormEvent } from 'react'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { customFieldOps, type CustomField, type CustomValue } from '@nuanyang/contract/custom_fields.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { Choices, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { NotCollected } from '../ui/state.tsx'
import { customFieldsText } from './custom_fields.text.ts'
import { customWords } from './custom_words.ts'

export function ChildCustom({ file }: { file: ChildFile }) {
  const t = useWords(customFieldsText)
  const all = useOp(customFieldOps.list, {}).data?.items ?? []
  const [editing, setEditing] = useState(false)
  const seen = all.filter((field) => file.groups[field.field_group] === 'open' && (!field.until_on || field.code in file.custom)) // prettier-ignore
  if (seen.length === 0) return null
  return (
    <section className="block">
      <header>
        <h3>{t('section')}</h3>
        <span className="grow" />
        {file.can_write && (
          <Button kind="text" onClick={() => setEditing(true)}>
            {t('edit')}
          </Button>
        )}
      </header>
      <dl className="facts">
        {seen.map((field) => (
          <Line key={field.code} field={field} value={file.custom[field.code]} />
        ))}
      </dl>
      {editing && (
        <CustomDialog file={file} fields={seen.filter((field) => !field.until_on)} onClose={() => setEditing(false)} />
      )}
    </section>
  )
}

function Line({ field, value }: { field: CustomField; value: CustomValue | undefined }) {
  const { language } = useWords(customFieldsText)
  return (
    <>
      <dt>{field.name}</dt>
      <dd>{customWords(value, field.type, language) ?? <NotCollected />}</dd>
    </>
  )
}

type Typed = Readonly<Record<string, CustomValue>>

function CustomDialog({
  file,
  fields,
  onClose,
}: {
  file: ChildFile
  fields: readonly CustomField[]
  onClose: () => void
}) {
  // prettier-ignore
  const t = useWords(customFieldsText)
  const say = useSay()
  const set = useWrite(childOps.set_custom)
  const [typed, setTyped] = useState<Typed>({})
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>({})
  const [tried, setTried] = useState(false)
  const wrong = fields.filter((field) => numbers[field.code] && !Number.isFinite(Number(numbers[field.code])))
  const valueOf = (field: CustomField) => (field.code in typed ? typed[field.code]! : (file.custom[field.code] ?? null))
  const put = (code: string, value: CustomValue) => setTyped({ ...typed, [code]: value })
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (wrong.length > 0) return
    const written = await set.send({ id: file.id, body: { version: file.version, values: { ...typed } } })
    if (written.is !== 'done') return
    toast(t('done'))
    onClose()
  }
  const problem = set.problem
  return (
    <Dialog title={t('edit_title', { name: file.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {fields.map((field) => (
          <CustomInput
            key={field.code}
            field={field}
            value={valueOf(field)}
            text={numbers[field.code]}
            error={tried && wrong.includes(field) ? t('number_wrong') : undefined}
            onChange={(value, text) => {
              if (text !== undefined) setNumbers({ ...numbers, [field.code]: text })
              put(field.code, value)
            }}
          />
        ))}
        {problem && (
          <ProblemLine>
            {problem.code === 'stale' ? t('stale') : say({ zh: problem.detail, en: problem.detail_en })}
          </ProblemLine>
        )}
        <Button kind="primary" submit busy={set.busy}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}

function CustomInput({
  field,
  value,
  text,
  error,
  onChange,
}: {
  field: CustomField
  value: CustomValue
  text: string | undefined
  error: string | undefined
  onChange: (value: CustomValue, text?: string) => void
}) {
  const t = useWords(customFieldsText)
  const shared = { label: field.name, error, optional: true }
  const words = typeof value === 'string' ? value : ''
  switch (field.type) {
    case 'yes_no':
      return (
        <Choices
          label={field.name}
          value={value === null ? null : value ? 'yes' : 'no'}
          onChange={(next) => onChange(next === null ? null : next === 'yes')}
          options={(['yes', 'no'] as const).map((each) => ({ value: each, label: t(each) }))}
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          value={words}
          empty={t('unknown')}
          onChange={(next) => onChange(next || null)}
          options={[...new Set([...field.options, ...(words ? [words] : [])])].map((each) => ({ value: each, label: each }))} // prettier-ignore
        />
      )
    case 'choices': {
      const chosen = Array.isArray(value) ? value : []
      return (
        <div className="pick" role="group" aria-label={field.name}>
          <span className="pick-label">{field.name}</span>
          <div className="pick-row">
            {field.options.map((each) => {
              const next = chosen.includes(each) ? chosen.filter((one) => one !== each) : [...chosen, each]
              return (
                <Chip
                  key={each}
                  pressed={chosen.includes(each)}
                  onClick={() => onChange(next.length > 0 ? next : null)}
                >
                  {each}
                </Chip>
              )
            })}
          </div>
        </div>
      )
    }
    case 'number':
      return (
        <TextInput
          {...shared}
          inputMode="decimal"
          value={text ?? (value === null ? '' : String(value))}
          onChange={(next) => onChange(next.trim() === '' ? null : Number(next), next)}
        />
      )
    case 'day':
      return <TextInput {...shared} kind="date" value={words} onChange={(next) => onChange(next || null)} />
    case 'long_text':
      return (
        <TextArea {...shared} rows={3} maxLength={1000} value={words} onChange={(next) => onChange(next || null)} />
      )
    default:
      return (
        <TextInput {...shared} maxLength={200} value={words} onChange={(next) => onChange(next.trim() ? next : null)} />
      )
  }
}
