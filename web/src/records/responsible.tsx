// Who carries out a plan: somebody with an account, who then reads it, or a name alone. Fetched with the forms that ask for it.
import { roles } from '@nuanyang/contract/roles.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { useOp } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Field } from '../ui/fields.tsx'
import { useRested } from '../ui/rested.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import type { RecordForm } from './form.ts'
import { recordsText } from './records.text.ts'

interface Props {
  form: RecordForm
  code: string
  label: string
  error: string | undefined
}

export function ResponsibleField({ form, code, label, error }: Props) {
  const t = useWords(recordsText)
  const say = useSay()
  const { value, set } = form
  const field = value.fields[code]
  const typed = typeof field === 'string' ? field : ''
  const child_id = value.children[0]?.id
  const q = useRested(typed.trim())
  const found = useOp(
    recordOps.people,
    { ...(child_id ? { child_id } : {}), ...(q ? { q } : {}) },
    { keepLast: true, when: !value.responsible },
  )
  const items = value.responsible ? [] : (found.data?.items ?? []).slice(0, 6)
  const put = (name: string, responsible: string | null) =>
    set({ responsible, fields: { ...value.fields, [code]: name || undefined } })
  return (
    <Field label={label} error={error} hint={value.responsible ? t('responsible_reads') : t('responsible_help')}>
      {() => (
        <Combobox
          label={label}
          placeholder={t('responsible_find')}
          typed={typed}
          onType={(name) => put(name, null)}
          listLabel={label}
          floats
          items={items.map((person) => ({
            id: person.account_id,
            main: person.name,
            beside: listed([say(roles[person.role]), person.unit_name], t.language),
          }))}
          onTake={(id) => put(items.find((person) => person.account_id === id)?.name ?? '', id)}
        />
      )}
    </Field>
  )
}
