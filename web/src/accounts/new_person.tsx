import { useState } from 'react'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Ask } from '../units/unit_dialog.tsx'
import { peopleText } from './people.text.ts'
import { RoleAndUnitFields, type RoleAndUnit } from './role_and_unit.tsx'

export function NewPerson({ onMade, onClose }: { onMade: (made: NewCredentials) => void; onClose: () => void }) {
  const t = useWords(peopleText)
  const say = useSay()
  const create = useWrite(accountOps.create)
  const [id] = useState(newId)
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [where, setWhere] = useState<RoleAndUnit>({ role: '', unit_id: null })
  const [tried, setTried] = useState(false)
  const said = (field: string) => {
    const error = create.error(field)
    return error ? say(error) : undefined
  }
  async function make(): Promise<void> {
    setTried(true)
    if (!name.trim() || where.role === '' || !where.unit_id) return
    const written = await create.send({
      body: {
        id,
        name: name.trim(),
        role: where.role,
        unit_id: where.unit_id,
        ...(username.trim() ? { username: username.trim() } : {}),
      },
    })
    if (written.is === 'done') onMade(written.answer)
  }
  return (
    <Ask
      title={t('add')}
      help={t('new_help')}
      action={t('make')}
      ready
      busy={create.busy}
      problem={create.problem}
      onDo={() => void make()}
      onClose={onClose}
    >
      <TextInput
        label={t('name')}
        value={name}
        onChange={setName}
        autoFocus
        autoComplete="off"
        error={tried && !name.trim() ? t('need') : said('name')}
      />
      <RoleAndUnitFields value={where} onChange={setWhere} tried={tried} />
      <TextInput
        label={t('username')}
        optional
        hint={t('username_hint')}
        value={username}
        onChange={setUsername}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={said('username')}
      />
    </Ask>
  )
}
