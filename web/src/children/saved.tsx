// Filters kept under a name: opened from the menu, kept from the conditions that stand in the address now.
import { useState, type FormEvent } from 'react'
import { savedFilterOps, type SavedFilter } from '@nuanyang/contract/saved_filters.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { Checkbox, TextInput } from '../ui/fields.tsx'
import type { Address } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, Menu, toast, type MenuItem } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { activeFilters, keysOf, readQuery } from './children.filters.ts'
import { childrenText } from './children.text.ts'
import { savedText } from './saved.text.ts'

export function SavedFilters({ address, onUse }: { address: Address; onUse: (change: Address) => void }) {
  const t = useWords(savedText)
  const c = useWords(childrenText)
  const [doing, setDoing] = useState<'save' | 'manage' | null>(null)
  const saved = useOp(savedFilterOps.list, {}).data?.items ?? []
  const active = activeFilters(address)
  if (saved.length === 0 && active.length === 0) return null
  function use(one: SavedFilter): void {
    const now = Object.fromEntries([...active, 'q' as const].flatMap(keysOf).map((key) => [key, undefined]))
    onUse({ ...now, ...one.filter })
    if (one.beyond.length > 0)
      toast(t('beyond', { what: listed(one.beyond.map((key) => (c as unknown as (key: string) => string)(`f_${filterOf(key)}`)), t.language) })) // prettier-ignore
  }
  const items: MenuItem[] = [
    ...saved.map((one) => ({ key: one.id, label: one.mine ? one.name : t('of', { name: one.name, by: one.by_name }), onSelect: () => use(one) })), // prettier-ignore
    ...(active.length > 0 ? [{ key: 'save', label: t('save_now'), parted: saved.length > 0, onSelect: () => setDoing('save') }] : []), // prettier-ignore
    ...(saved.some((one) => one.mine) ? [{ key: 'manage', label: t('manage'), onSelect: () => setDoing('manage') }] : []), // prettier-ignore
  ]
  return (
    <>
      <Menu className="chip" align="start" items={items}>
        <Icon name="down" size={16} />
        {t('saved')}
      </Menu>
      {doing === 'save' && <SaveDialog address={address} onClose={() => setDoing(null)} />}
      {doing === 'manage' && <ManageDialog saved={saved} onClose={() => setDoing(null)} />}
    </>
  )
}

/** The condition that a key of the address belongs to. */
function filterOf(key: string): string {
  return key.startsWith('age_') ? 'age' : key
}

function SaveDialog({ address, onClose }: { address: Address; onClose: () => void }) {
  const t = useWords(savedText)
  const say = useSay()
  const save = useWrite(savedFilterOps.save)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [tried, setTried] = useState(false)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!name.trim()) return
    const written = await save.send({ body: { id: newId(), name: name.trim(), filter: readQuery(address) as never, shared } }) // prettier-ignore
    if (written.is !== 'done') return
    toast(t('kept', { name: name.trim() }))
    onClose()
  }
  return (
    <Dialog title={t('save_now')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <TextInput
          autoFocus
          label={t('name')}
          maxLength={60}
          value={name}
          onChange={setName}
          error={tried && !name.trim() ? t('need_name') : undefined}
        />
        <Checkbox label={t('shared')} checked={shared} onChange={setShared} />
        {save.problem && <ProblemLine>{say({ zh: save.problem.detail, en: save.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={save.busy}>
          {t('keep')}
        </Button>
      </form>
    </Dialog>
  )
}

function ManageDialog({ saved, onClose }: { saved: readonly SavedFilter[]; onClose: () => void }) {
  const t = useWords(savedText)
  const remove = useWrite(savedFilterOps.remove)
  return (
    <Dialog title={t('manage')} onClose={onClose}>
      <ul className="lines">
        {saved
          .filter((one) => one.mine)
          .map((one) => (
            <li key={one.id}>
              <span className="grow">
                {one.name}
                {one.shared && <small>{t('is_shared')}</small>}
              </span>
              <IconButton
                icon="close"
                label={t('remove', { name: one.name })}
                onClick={() => void remove.send({ id: one.id })}
              />
            </li>
          ))}
      </ul>
    </Dialog>
  )
}
