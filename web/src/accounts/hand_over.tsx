// 离任交接: to whom, why, and whether the account stays.
import { useState } from 'react'
import { accountOps, type AccountRow } from '@nuanyang/contract/accounts.ts'
import { roles } from '@nuanyang/contract/roles.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Checkbox, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { useRested } from '../ui/rested.ts'
import { Ask } from '../units/unit_dialog.tsx'
import { peopleText } from './people.text.ts'

export function HandOver({ from, onClose }: { from: AccountRow; onClose: () => void }) {
  const t = useWords(peopleText)
  const handOver = useWrite(accountOps.hand_over, { refreshes: ['children', 'pairings'] })
  const [to, setTo] = useState<AccountRow | null>(null)
  const [reason, setReason] = useState('')
  const [keep, setKeep] = useState(false)
  async function send(): Promise<void> {
    if (!to) return
    const written = await handOver.send({
      id: from.id,
      body: { to_account_id: to.id, reason: reason.trim(), disable: !keep },
    })
    if (written.is !== 'done') return
    toast(t('handed', { n: written.answer.memberships, m: written.answer.others }))
    onClose()
  }
  return (
    <Ask
      title={t('hand_over')}
      help={t('hand_over_help', { name: from.name })}
      action={to ? t('hand_over_do', { name: to.name }) : t('hand_over')}
      ready={to !== null && reason.trim() !== ''}
      busy={handOver.busy}
      problem={handOver.problem}
      onDo={() => void send()}
      onClose={onClose}
    >
      <PersonPick label={t('hand_over_to')} without={from.id} onPick={setTo} />
      <TextInput label={t('reason')} hint={t('reason_example')} value={reason} onChange={setReason} />
      <Checkbox label={t('hand_over_keep')} checked={keep} onChange={setKeep} />
    </Ask>
  )
}

function PersonPick({
  label,
  without,
  onPick,
}: {
  label: string
  without: string
  onPick: (person: AccountRow | null) => void
}) {
  const t = useWords(peopleText)
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<AccountRow | null>(null)
  const q = useRested(typed.trim(), 150)
  const found = useOp(
    accountOps.list,
    { limit: 8, state: 'active', ...(q ? { q } : {}) },
    { keepLast: true, when: !chosen },
  )
  const items = chosen ? [] : (found.data?.items ?? []).filter((one) => one.id !== without)
  return (
    <div>
      <p className="field-label">{label}</p>
      <Combobox
        label={label}
        placeholder={t('hand_over_pick')}
        typed={typed}
        onType={(next) => {
          setTyped(next)
          if (!chosen) return
          setChosen(null)
          onPick(null)
        }}
        listLabel={t('hand_over_found')}
        items={items.map((one) => ({
          id: one.id,
          main: one.name,
          beside: one.memberships.slice(0, 1).map((each) => `${each.unit_name} ${say(roles[each.role])}`),
          end: one.username,
        }))}
        onTake={(id) => {
          const person = items.find((one) => one.id === id)
          if (!person) return
          setChosen(person)
          setTyped(person.name)
          onPick(person)
        }}
      />
      <p className="field-hint">{t('hand_over_none')}</p>
    </div>
  )
}
