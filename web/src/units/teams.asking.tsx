// The questions about a group: found it, change it, end it; add a member, end a post.
import { useState } from 'react'
import {
  teamKinds,
  teamOps,
  teamPosts,
  type Team,
  type TeamMember,
  type TeamPost,
  type Unit,
} from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite, type Write } from '../kernel/query.ts'
import { dayOf } from '../ui/dates.ts'
import { Choices, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Ask } from './unit_dialog.tsx'
import { unitsText } from './units.text.ts'

type TeamKind = keyof typeof teamKinds
/** Groups are shown on the unit's page. */
const refreshes = { refreshes: ['units'] } as const

function useErrors(write: Pick<Write<typeof teamOps.create>, 'error'>) {
  const say = useSay()
  return (field: string) => {
    const found = write.error(field)
    return found ? say(found) : undefined
  }
}

interface TeamForm {
  kind: TeamKind
  name: string
  duties: string
  from: string
}

function TeamFields({
  form,
  onChange,
  error,
}: {
  form: TeamForm
  onChange: (form: TeamForm) => void
  error: (field: string) => string | undefined
}) {
  const t = useWords(unitsText)
  const say = useSay()
  return (
    <>
      <Choices
        label={t('kind')}
        required
        value={form.kind}
        onChange={(kind) => kind && onChange({ ...form, kind })}
        options={(Object.keys(teamKinds) as TeamKind[]).map((code) => ({ value: code, label: say(teamKinds[code]) }))}
      />
      <TextInput
        label={t('team_name')}
        placeholder={t('team_name_example')}
        value={form.name}
        onChange={(name) => onChange({ ...form, name })}
        error={error('name')}
        maxLength={100}
      />
      <TextInput
        label={t('from_day')}
        kind="date"
        value={form.from}
        onChange={(from) => onChange({ ...form, from })}
        error={error('from_on')}
      />
      <TextArea
        label={t('team_duties')}
        optional
        rows={3}
        value={form.duties}
        onChange={(duties) => onChange({ ...form, duties })}
        maxLength={2000}
      />
    </>
  )
}

const bodyOf = ({ kind, name, duties, from }: TeamForm) => ({
  kind,
  name: name.trim(),
  duties: duties.trim() || null,
  from_on: from,
})
const complete = (form: TeamForm) => form.name.trim() !== '' && form.from !== ''

export function NewTeam({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const t = useWords(unitsText)
  const create = useWrite(teamOps.create, refreshes)
  const [id] = useState(newId)
  const [form, setForm] = useState<TeamForm>({ kind: 'leading_group', name: '', duties: '', from: dayOf() })
  async function save(): Promise<void> {
    const written = await create.send({ body: { id, unit_id: unit.id, ...bodyOf(form) } })
    if (written.is !== 'done') return
    toast(t('team_made'))
    onClose()
  }
  return (
    <Ask
      title={t('team_add')}
      action={t('save')}
      ready={complete(form)}
      busy={create.busy}
      problem={create.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TeamFields form={form} onChange={setForm} error={useErrors(create)} />
    </Ask>
  )
}

export function ChangeTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useWords(unitsText)
  const change = useWrite(teamOps.change, refreshes)
  const [form, setForm] = useState<TeamForm>({
    kind: team.kind,
    name: team.name,
    duties: team.duties ?? '',
    from: team.from_on,
  })
  async function save(): Promise<void> {
    const written = await change.send({ id: team.id, body: { ...bodyOf(form), version: team.version } })
    if (written.is !== 'done') return
    toast(t('team_changed'))
    onClose()
  }
  return (
    <Ask
      title={t('team_change')}
      action={t('save')}
      ready={complete(form)}
      busy={change.busy}
      problem={change.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TeamFields form={form} onChange={setForm} error={useErrors(change)} />
    </Ask>
  )
}

export function EndTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useWords(unitsText)
  const end = useWrite(teamOps.end, refreshes)
  const [until, setUntil] = useState(dayOf())
  async function save(): Promise<void> {
    const written = await end.send({ id: team.id, body: { until_on: until, version: team.version } })
    if (written.is !== 'done') return
    toast(t('ended'))
    onClose()
  }
  return (
    <Ask
      title={`${t('team_end')} · ${team.name}`}
      help={t('team_end_help')}
      action={t('end')}
      danger
      ready={until !== ''}
      busy={end.busy}
      problem={end.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TextInput label={t('until_day')} kind="date" value={until} onChange={setUntil} />
    </Ask>
  )
}

export function AddMember({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useWords(unitsText)
  const say = useSay()
  const add = useWrite(teamOps.add_member, refreshes)
  const [id] = useState(newId)
  const hasLeader = team.members.some((member) => member.post === 'leader' && member.until_on === null)
  const [post, setPost] = useState<TeamPost>(hasLeader ? 'member' : 'leader')
  const [name, setName] = useState('')
  const [occupation, setOccupation] = useState('')
  const [phone, setPhone] = useState('')
  const [duties, setDuties] = useState('')
  const [from, setFrom] = useState(team.from_on)
  const error = useErrors(add)
  async function save(): Promise<void> {
    // A pasted number keeps its digits: 138-0000-0001, +86 138…
    const digits = phone.replace(/^\+?86/, '').replace(/\D/g, '')
    const written = await add.send({
      id: team.id,
      body: {
        id,
        name: name.trim(),
        post,
        occupation: occupation.trim() || null,
        phone: digits || null,
        duties: duties.trim() || null,
        from_on: from,
        version: team.version,
      },
    })
    if (written.is !== 'done') return
    toast(t('member_added', { name: name.trim() }))
    onClose()
  }
  return (
    <Ask
      title={t('member_add')}
      help={team.name}
      action={t('save')}
      ready={name.trim() !== '' && from !== ''}
      busy={add.busy}
      problem={add.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TextInput
        label={t('member_name')}
        value={name}
        onChange={setName}
        error={error('name')}
        maxLength={60}
        autoFocus
      />
      <Select
        label={t('post')}
        value={post}
        onChange={setPost}
        options={(Object.keys(teamPosts) as TeamPost[]).map((code) => ({ value: code, label: say(teamPosts[code]) }))}
      />
      <TextInput label={t('occupation')} optional value={occupation} onChange={setOccupation} maxLength={100} />
      <TextInput label={t('phone')} optional kind="phone" value={phone} onChange={setPhone} error={error('phone')} />
      <TextInput label={t('duties')} optional value={duties} onChange={setDuties} maxLength={400} />
      <TextInput label={t('from_day')} kind="date" value={from} onChange={setFrom} />
    </Ask>
  )
}

export function EndMember({ team, member, onClose }: { team: Team; member: TeamMember; onClose: () => void }) {
  const t = useWords(unitsText)
  const end = useWrite(teamOps.end_member, refreshes)
  const [until, setUntil] = useState(dayOf())
  async function save(): Promise<void> {
    const written = await end.send({ id: member.id, body: { until_on: until, version: team.version } })
    if (written.is !== 'done') return
    toast(t('member_ended', { name: member.name }))
    onClose()
  }
  return (
    <Ask
      title={t('end_member', { name: member.name })}
      action={t('end')}
      danger
      ready={until !== ''}
      busy={end.busy}
      problem={end.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TextInput label={t('until_day')} kind="date" value={until} onChange={setUntil} />
    </Ask>
  )
}
