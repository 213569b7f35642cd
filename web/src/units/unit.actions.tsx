// What can be done to a unit: make one below it, rename, move, merge, close. Each is one question.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import {
  allowedParents,
  mayMergeKinds,
  stages,
  unitCan,
  unitKindCodes,
  unitKinds,
  unitOps,
  type Unit,
  type UnitKind,
} from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { dayOf } from '../ui/dates.ts'
import { Choices, Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Menu, toast } from '../ui/overlay.tsx'
import { Ask } from './unit_dialog.tsx'
import { PlaceName } from './place_name.tsx'
import { UnitPick, type PickedUnit } from './unit_pick.tsx'
import { unitsText } from './units.text.ts'

type Stage = keyof typeof stages
interface Of {
  unit: Pick<
    Unit,
    'id' | 'kind' | 'name' | 'label' | 'version' | 'closed_on' | 'division_code' | 'children' | 'members' | 'units'
  >
  onClose: () => void
}

/** Kinds that the list of divisions knows, with their levels there. */
const placeLevels: Partial<Record<UnitKind, number[]>> = { township: [4], village: [5], community: [5] }

/** Kinds that may stand under this one. */
export function kindsBelow(kind: UnitKind): UnitKind[] {
  return unitKindCodes.filter((code) => allowedParents[code].includes(kind))
}

export function NewUnit({ unit, onClose }: Of) {
  const t = useWords(unitsText)
  const say = useSay()
  const navigate = useNavigate()
  const create = useWrite(unitOps.create)
  const [id] = useState(newId)
  const kinds = kindsBelow(unit.kind)
  const [kind, setKind] = useState<UnitKind | ''>(kinds.length === 1 ? kinds[0]! : '')
  const [name, setName] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [stage, setStage] = useState<Stage | null>('primary')
  const [year, setYear] = useState(String(Number(dayOf().slice(0, 4))))
  const [number, setNumber] = useState('1')
  const error = (field: string) => {
    const found = create.error(field)
    return found ? say(found) : undefined
  }
  const ready = kind === 'class' ? Boolean(stage && /^\d{4}$/.test(year) && number) : kind !== '' && name.trim() !== ''
  async function make(): Promise<void> {
    if (kind === '') return
    const named =
      kind === 'class'
        ? { stage: stage ?? 'primary', entry_year: Number(year), class_number: number }
        : { name, division_code: code }
    const written = await create.send({ body: { id, kind, parent_id: unit.id, ...named } })
    if (written.is !== 'done') return
    toast(t('made', { name: written.answer.label }))
    onClose()
    await navigate({ to: paths.unit(written.answer.id) })
  }
  return (
    <Ask
      title={t('add')}
      help={`${t('parent')} ${unit.label}`}
      action={t('save')}
      ready={ready}
      busy={create.busy}
      problem={create.problem}
      onDo={() => void make()}
      onClose={onClose}
    >
      <Select
        label={t('kind')}
        value={kind}
        onChange={setKind}
        empty={t('choose')}
        options={kinds.map((code) => ({ value: code, label: say(unitKinds[code]) }))}
      />
      {kind === 'class' ? (
        <>
          <Choices
            label={t('stage')}
            required
            value={stage}
            onChange={setStage}
            options={(Object.keys(stages) as Stage[]).map((code) => ({ value: code, label: say(stages[code]) }))}
          />
          <TextInput
            label={t('entry_year')}
            kind="digits"
            value={year}
            onChange={setYear}
            error={error('entry_year')}
          />
          <TextInput
            label={t('class_number')}
            kind="digits"
            value={number}
            onChange={setNumber}
            error={error('class_number')}
            hint={t('class_hint')}
          />
        </>
      ) : (
        <PlaceName
          key={kind}
          levels={kind === '' ? undefined : placeLevels[kind]}
          within={unit.division_code}
          name={name}
          code={code}
          onChange={(next, from) => {
            setName(next)
            setCode(from)
          }}
          error={error('name')}
        />
      )}
    </Ask>
  )
}

function Rename({ unit, onClose }: Of) {
  const t = useWords(unitsText)
  const rename = useWrite(unitOps.rename)
  const [name, setName] = useState(unit.name)
  async function save(): Promise<void> {
    const written = await rename.send({ id: unit.id, body: { name, version: unit.version } })
    if (written.is !== 'done') return
    toast(t('renamed'))
    onClose()
  }
  return (
    <Ask
      title={t('rename')}
      action={t('save')}
      ready={name.trim() !== '' && name.trim() !== unit.name}
      busy={rename.busy}
      problem={rename.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TextInput label={t('name')} value={name} onChange={setName} maxLength={100} autoFocus />
    </Ask>
  )
}

function Move({ unit, onClose }: Of) {
  const t = useWords(unitsText)
  const move = useWrite(unitOps.move)
  const [to, setTo] = useState<PickedUnit | null>(null)
  async function save(): Promise<void> {
    if (!to) return
    const written = await move.send({ id: unit.id, body: { parent_id: to.id, version: unit.version } })
    if (written.is !== 'done') return
    toast(t('moved'))
    onClose()
  }
  return (
    <Ask
      title={`${t('move')} · ${unit.label}`}
      help={t('move_help')}
      action={t('move')}
      ready={to !== null}
      busy={move.busy}
      problem={move.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <UnitPick label={t('move_to')} kinds={allowedParents[unit.kind]} without={unit.id} autoFocus onPick={setTo} />
    </Ask>
  )
}

function Merge({ unit, onClose }: Of) {
  const t = useWords(unitsText)
  const say = useSay()
  const navigate = useNavigate()
  const merge = useWrite(unitOps.merge, { refreshes: ['children', 'accounts', 'teams'] })
  const [into, setInto] = useState<PickedUnit | null>(null)
  const [on, setOn] = useState(dayOf())
  const [reason, setReason] = useState('')
  const wrongDay = merge.error('on')
  async function save(): Promise<void> {
    if (!into) return
    const why = reason.trim() ? { reason: reason.trim() } : {}
    const written = await merge.send({ id: unit.id, body: { into_id: into.id, on, version: unit.version, ...why } })
    if (written.is !== 'done') return
    toast(t('merged', { name: written.answer.label }))
    onClose()
    await navigate({ to: paths.unit(written.answer.id) })
  }
  return (
    <Ask
      title={`${t('merge')} · ${unit.label}`}
      help={[
        t('merge_help'),
        t('merge_counts', { children: unit.children, members: unit.members, units: unit.units }),
        t('merge_twins'),
      ].join(t.language === 'zh' ? '' : ' ')}
      action={t('merge')}
      ready={into !== null && on !== ''}
      busy={merge.busy}
      problem={merge.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <UnitPick
        label={t('merge_into')}
        kinds={unitKindCodes.filter((code) => mayMergeKinds(unit.kind, code))}
        without={unit.id}
        autoFocus
        onPick={setInto}
      />
      <TextInput label={t('on_day')} kind="date" value={on} onChange={setOn} error={wrongDay && say(wrongDay)} />
      <TextInput label={t('reason')} optional value={reason} onChange={setReason} maxLength={200} />
    </Ask>
  )
}

function Close({ unit, onClose }: Of) {
  const t = useWords(unitsText)
  const say = useSay()
  const close = useWrite(unitOps.close)
  const [on, setOn] = useState(dayOf())
  const [reason, setReason] = useState('')
  const wrongDay = close.error('on')
  async function save(): Promise<void> {
    const written = await close.send({ id: unit.id, body: { on, reason, version: unit.version } })
    if (written.is !== 'done') return
    toast(t('closed'))
    onClose()
  }
  return (
    <Ask
      title={`${t('close')} · ${unit.label}`}
      help={t('close_help')}
      action={t('close')}
      danger
      ready={on !== '' && reason.trim() !== ''}
      busy={close.busy}
      problem={close.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TextInput label={t('on_day')} kind="date" value={on} onChange={setOn} error={wrongDay && say(wrongDay)} />
      <TextInput label={t('reason')} value={reason} onChange={setReason} maxLength={200} autoFocus />
    </Ask>
  )
}

const questions = { rename: Rename, move: Move, merge: Merge, close: Close }
type Question = keyof typeof questions

/** The menu of what is done rarely; what cannot be done now is not offered. */
export function UnitMenu({ unit }: { unit: Of['unit'] }) {
  const t = useWords(unitsText)
  const [asked, setAsked] = useState<Question | null>(null)
  const may: Record<Question, boolean> = {
    // A class is named by stage, year and number.
    rename: unitCan.change(unit) && unit.kind !== 'class',
    move: unitCan.move(unit),
    merge: unitCan.close(unit),
    close: unitCan.close(unit),
  }
  const items = (Object.keys(questions) as Question[])
    .filter((key) => may[key])
    .map((key) => ({ key, label: t(key), parted: key === 'close', onSelect: () => setAsked(key) }))
  const Asked = asked && questions[asked]
  if (items.length === 0) return null
  return (
    <>
      <Menu className="btn btn-outline" items={items} align="end">
        {t('more')}
      </Menu>
      {Asked && <Asked unit={unit} onClose={() => setAsked(null)} />}
    </>
  )
}
