// A group's own questions: who is in charge, when and for what; and what came of it.
import { useState } from 'react'
import {
  boardNeedCodes,
  boardNeeds,
  boardOps,
  type Board,
  type BoardGroup,
  type BoardNeed,
} from '@nuanyang/contract/pairings.boards.ts'
import { useOp, useWrite, type Written } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { Choices, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { bodyOf, type GroupBody } from './board.saying.ts'
import { boardsText } from './boards.text.ts'

type Owner = BoardGroup['owner']

export function EditGroup({
  group,
  onSave,
  onRemove,
  onClose,
}: {
  group: BoardGroup
  onSave: (body: GroupBody) => Promise<Written<unknown>>
  onRemove: () => Promise<Written<unknown>>
  onClose: () => void
}) {
  const t = useWords(boardsText)
  const say = useSay()
  const [name, setName] = useState(group.name)
  const [need, setNeed] = useState<BoardNeed>(group.need)
  const [owner, setOwner] = useState<Owner>(group.owner)
  const [times, setTimes] = useState(group.times ?? '')
  const [plan, setPlan] = useState(group.plan ?? '')
  const [content, setContent] = useState(group.content ?? '')
  // A refusal is said on the page behind, beside what is refused.
  async function go(act: () => Promise<Written<unknown>>): Promise<void> {
    await act()
    onClose()
  }
  const body = (): GroupBody => ({
    ...bodyOf(group),
    name: name.trim() || group.name,
    need,
    owner: owner && { account_id: owner.account_id, helper_id: owner.helper_id },
    times: times.trim() || null,
    plan: plan.trim() || null,
    content: content.trim() || null,
  })
  return (
    <Dialog
      title={t('edit_group', { group: group.name })}
      onClose={onClose}
      actions={
        <>
          <Button kind="text" onClick={() => void go(onRemove)}>
            {t('remove_group')}
          </Button>
          <Button kind="primary" onClick={() => void go(() => onSave(body()))}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go(() => onSave(body()))
        }}
      >
        <TextInput label={t('name')} value={name} onChange={setName} maxLength={60} />
        <Choices
          required
          label={t('need')}
          value={need}
          onChange={(next) => next && setNeed(next)}
          options={boardNeedCodes.map((value) => ({ value, label: say(boardNeeds[value]) }))}
        />
        <OwnerPick owner={owner} onPick={setOwner} />
        <TextInput label={t('times')} hint={t('times_hint')} value={times} onChange={setTimes} maxLength={200} />
        {group.closed ? (
          <p className="dim">{t('closed')}</p>
        ) : (
          <>
            <TextArea optional label={t('plan')} rows={2} value={plan} onChange={setPlan} maxLength={2000} />
            <TextArea optional label={t('content')} rows={2} value={content} onChange={setContent} maxLength={2000} />
          </>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

function OwnerPick({ owner, onPick }: { owner: Owner; onPick: (owner: Owner) => void }) {
  const t = useWords(boardsText)
  const [typed, setTyped] = useState(owner?.name ?? '')
  const q = useRested(typed.trim())
  const chosen = owner !== null && owner.name === typed
  const found = useOp(boardOps.people, q ? { q } : {}, { keepLast: true, when: !chosen })
  const items = chosen ? [] : (found.data?.items ?? []).slice(0, 8)
  const idOf = (person: { account_id: string | null; helper_id: string | null }) =>
    person.account_id ?? person.helper_id ?? ''
  return (
    <div>
      <p className="field-label">{t('owner')}</p>
      <Combobox
        label={t('owner')}
        placeholder={t('find_owner')}
        typed={typed}
        onType={(next) => {
          setTyped(next)
          onPick(null)
        }}
        listLabel={t('owners_found')}
        items={items.map((person) => ({ id: idOf(person), main: person.name, beside: person.part }))}
        onTake={(id) => {
          const person = items.find((each) => idOf(each) === id)
          if (!person) return
          onPick({ account_id: person.account_id, helper_id: person.helper_id, name: person.name })
          setTyped(person.name)
        }}
      />
    </div>
  )
}

export function NoteDialog({ board, group, onClose }: { board: Board; group: BoardGroup; onClose: () => void }) {
  const t = useWords(boardsText)
  const say = useSay()
  const note = useWrite(boardOps.note)
  const [plan, setPlan] = useState(group.plan ?? '')
  const [content, setContent] = useState(group.content ?? '')
  const [on, setOn] = useState(dayOf())
  const [effect, setEffect] = useState('')
  async function save(): Promise<void> {
    const body = {
      version: board.version,
      group_id: group.id,
      ...(plan.trim() ? { plan: plan.trim() } : {}),
      ...(content.trim() ? { content: content.trim() } : {}),
      ...(effect.trim() ? { stage: { on, effect: effect.trim() } } : {}),
    }
    const written = await note.send({ id: board.id, body })
    if (written.is === 'refused') return
    toast(t('saved'))
    onClose()
  }
  return (
    <Dialog
      title={t('note_of', { group: group.name })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={note.busy} onClick={() => void save()}>
          {t('save')}
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
        <TextArea label={t('stage_effect')} rows={3} value={effect} onChange={setEffect} maxLength={1000} autoFocus />
        <TextInput kind="date" label={t('stage_on')} value={on} max={dayOf()} onChange={setOn} />
        <TextArea optional label={t('plan')} rows={2} value={plan} onChange={setPlan} maxLength={2000} />
        <TextArea optional label={t('content')} rows={2} value={content} onChange={setContent} maxLength={2000} />
        {note.problem && <ProblemLine>{say({ zh: note.problem.detail, en: note.problem.detail_en })}</ProblemLine>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
