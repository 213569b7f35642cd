// Registering a helper and changing the entry: who, what for, for how many; the rest folded.
import { useState } from 'react'
import { helperKindCodes, helperKinds, type HelperKind } from '@nuanyang/contract/pairings.ts'
import { consentWays, helperOps, type ConsentWay, type Helper } from '@nuanyang/contract/pairings.register.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Choices, Fold, Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { partsOf, wordsOf } from './several.ts'
import { registerText } from './register.text.ts'

interface Typed {
  name: string
  kind: HelperKind | ''
  kind_words: string
  sex: 'male' | 'female' | null
  phone: string
  occupation: string
  employer: string
  group: string
  offer: string
  subjects: string
  languages: string
  skills: string
  free_times: string
  max: string
  consent_how: ConsentWay | null
  consented_on: string
}

function typedOf(helper: Helper | null): Typed {
  return {
    name: helper?.name ?? '',
    kind: helper?.kind ?? '',
    kind_words: helper?.kind_words ?? '',
    sex: helper?.sex ?? null,
    phone: helper?.phones[0] ?? '',
    occupation: helper?.occupation ?? '',
    employer: helper?.employer ?? '',
    group: helper?.villager_group_id ?? '',
    offer: helper?.offer ?? '',
    subjects: wordsOf(helper?.subjects ?? []),
    languages: wordsOf(helper?.languages ?? []),
    skills: wordsOf(helper?.skills ?? []),
    free_times: helper?.free_times ?? '',
    max: String(helper?.max_children ?? 2),
    consent_how: helper?.consent_how ?? null,
    consented_on: helper?.consented_on ?? dayOf(),
  }
}

const orNull = (words: string) => words.trim() || null

function bodyOf(typed: Typed, helper: Helper | null) {
  const digits = typed.phone.replaceAll(/[\s-]/g, '')
  return {
    kind: typed.kind as HelperKind,
    kind_words: orNull(typed.kind_words),
    sex: typed.sex,
    // Further numbers were not on this form and stay.
    phones: [...(digits ? [digits] : []), ...(helper?.phones.slice(1) ?? [])],
    occupation: orNull(typed.occupation),
    employer: orNull(typed.employer),
    villager_group_id: orNull(typed.group),
    offer: orNull(typed.offer),
    subjects: partsOf(typed.subjects),
    languages: partsOf(typed.languages),
    skills: partsOf(typed.skills),
    free_times: orNull(typed.free_times),
    max_children: Number(typed.max) || 2,
    consented_on: typed.consent_how ? typed.consented_on : null,
    consent_how: typed.consent_how,
  }
}

export function HelperForm({ helper, onClose }: { helper: Helper | null; onClose: () => void }) {
  const t = useWords(registerText)
  const say = useSay()
  const apply = useWrite(helperOps.apply, { refreshes: ['pairings'] })
  const change = useWrite(helperOps.change, { refreshes: ['pairings'] })
  const [id] = useState(newId)
  const [typed, setTyped] = useState(() => typedOf(helper))
  const [appliedOn, setAppliedOn] = useState(dayOf())
  const set = (patch: Partial<Typed>) => setTyped({ ...typed, ...patch })
  const goodPhone = /^(\d{3,16})?$/.test(typed.phone.replaceAll(/[\s-]/g, ''))
  const ready = typed.name.trim() !== '' && typed.kind !== '' && goodPhone
  const problem = apply.problem ?? change.problem

  async function save(): Promise<void> {
    if (!ready) return
    const body = bodyOf(typed, helper)
    const name = typed.name.trim()
    const written = helper
      ? await change.send({ id: helper.id, body: { ...body, version: helper.version } }, t('change_title', { name }))
      : await apply.send({ body: { ...body, id, name, applied_on: appliedOn } }, t('saved_new', { name }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : helper ? t('saved') : t('saved_new', { name }))
    onClose()
  }
  return (
    <Dialog
      title={helper ? t('change_title', { name: helper.name }) : t('add')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={apply.busy || change.busy} disabled={!ready} onClick={() => void save()}>
          {helper ? t('save') : t('save_new')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {!helper && (
          <TextInput label={t('name')} value={typed.name} onChange={(name) => set({ name })} maxLength={100} />
        )}
        <Select
          label={t('kind')}
          value={typed.kind}
          onChange={(kind) => set({ kind })}
          empty=""
          options={helperKindCodes.map((value) => ({ value, label: say(helperKinds[value]) }))}
        />
        <Choices
          label={t('sex')}
          value={typed.sex}
          onChange={(sex) => set({ sex })}
          options={(['female', 'male'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <TextInput
          kind="phone"
          optional
          label={t('phone')}
          value={typed.phone}
          onChange={(phone) => set({ phone })}
          error={goodPhone ? undefined : t('phone_wrong')}
        />
        <TextArea
          optional
          label={t('offer')}
          rows={2}
          maxLength={300}
          value={typed.offer}
          onChange={(offer) => set({ offer })}
        />
        <TextInput
          kind="digits"
          label={t('max')}
          hint={t('max_hint')}
          value={typed.max}
          onChange={(max) => set({ max: max.replaceAll(/\D/g, '').slice(0, 2) })}
        />
        <Further typed={typed} set={set} />
        <Choices
          label={t('consent')}
          value={typed.consent_how}
          onChange={(consent_how) => set({ consent_how })}
          options={(Object.keys(consentWays) as ConsentWay[]).map((value) => ({
            value,
            label: say(consentWays[value]),
          }))}
        />
        {typed.consent_how && (
          <TextInput
            kind="date"
            label={t('consent_on')}
            value={typed.consented_on}
            max={dayOf()}
            onChange={(consented_on) => set({ consented_on })}
          />
        )}
        {!helper && (
          <TextInput kind="date" label={t('applied_on')} value={appliedOn} max={dayOf()} onChange={setAppliedOn} />
        )}
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

function Further({ typed, set }: { typed: Typed; set: (patch: Partial<Typed>) => void }) {
  const t = useWords(registerText)
  const groups = useOp(helperOps.groups, {}).data?.items ?? []
  const rest = [
    'kind_words',
    'occupation',
    'employer',
    'group',
    'subjects',
    'languages',
    'skills',
    'free_times',
  ] as const
  const filled = rest.filter((key) => typed[key].trim() !== '').length
  const several = (key: 'subjects' | 'languages' | 'skills') => (
    <TextInput
      optional
      label={t(key)}
      hint={t('several')}
      value={typed[key]}
      onChange={(value) => set({ [key]: value })}
      maxLength={120}
    />
  )
  return (
    <Fold names={t('more')} filled={t('filled', { n: filled })} total={rest.length}>
      <div className="stack">
        <TextInput
          optional
          label={t('kind_words')}
          hint={t('kind_words_hint')}
          value={typed.kind_words}
          onChange={(kind_words) => set({ kind_words })}
          maxLength={60}
        />
        <TextInput
          optional
          label={t('employer')}
          value={typed.employer}
          onChange={(employer) => set({ employer })}
          maxLength={100}
        />
        <TextInput
          optional
          label={t('occupation')}
          value={typed.occupation}
          onChange={(occupation) => set({ occupation })}
          maxLength={60}
        />
        {groups.length > 0 && (
          <Select
            optional
            label={t('group')}
            value={typed.group}
            empty=""
            onChange={(group) => set({ group })}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {several('subjects')}
        {several('skills')}
        {several('languages')}
        <TextInput
          optional
          label={t('free')}
          hint={t('free_hint')}
          value={typed.free_times}
          onChange={(free_times) => set({ free_times })}
          maxLength={100}
        />
      </div>
    </Fold>
  )
}
