// 改一项: one fact for all chosen children. What would change is shown first, with names; nothing is written before it was looked at.
import { useState } from 'react'
import { childOps, manyPaths, type Facts } from '@nuanyang/contract/children.ts'
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { useWrite } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { Checkbox, Select } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { NotCollected } from '../ui/state.tsx'
import { FactInput } from './edit.fields.tsx'
import { useFactForm } from './edit.form.ts'
import { manyText } from './many.text.ts'
import { nested } from './typed.ts'
import { fieldName, saidValue } from './words.ts'
import './edit.css'
import './many.css'

export function ManyDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const t = useWords(manyText)
  const say = useSay()
  const [path, setPath] = useState<FieldPath>('household_place')
  const [only_unknown, setOnly] = useState(true)
  const [seen, setSeen] = useState<Answer<typeof childOps.change_many> | null>(null)
  const form = useFactForm(null, null)
  const change = useWrite(childOps.change_many)
  const values = form.changes()
  const facts = nested(values) as Facts
  const body = { child_ids: [...ids], facts: facts as never, only_unknown }
  const touched = Object.keys(values).length
  async function look(): Promise<void> {
    const written = await change.send({ body: { ...body, preview: true } })
    if (written.is === 'done') setSeen(written.answer)
  }
  async function write(): Promise<void> {
    const written = await change.send({ body: { ...body, preview: false } })
    if (written.is !== 'done') return
    toast(t('done', { n: written.answer.changes }))
    onClose()
  }
  const again = (act: () => void) => {
    setSeen(null)
    act()
  }
  return (
    <Dialog title={t('title', { n: ids.length })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void (seen ? write() : look())
        }}
      >
        <Select
          label={t('field')}
          value={path}
          onChange={(next) =>
            again(() => {
              form.drop(Object.keys(values) as FieldPath[])
              setPath(next as FieldPath)
            })
          }
          options={manyPaths.map((each) => ({ value: each, label: fileFields[each][t.language] }))}
        />
        <div onInput={() => setSeen(null)} onClick={() => setSeen(null)} role="presentation">
          <FactInput key={path} path={path} form={form} label={t('becomes')} />
        </div>
        <Checkbox label={t('only_unknown')} checked={only_unknown} onChange={(next) => again(() => setOnly(next))} />
        {seen && <Effects of={seen} />}
        {change.problem && (
          <ProblemLine>{say({ zh: change.problem.detail, en: change.problem.detail_en })}</ProblemLine>
        )}
        {touched === 0 && <p className="dim small">{t('say_first')}</p>}
        {touched > 0 && !seen && (
          <Button kind="primary" submit busy={change.busy}>
            {t('look')}
          </Button>
        )}
        {seen && seen.changes + seen.proposes > 0 && (
          <Button kind="primary" submit busy={change.busy}>
            {t('write', { n: seen.changes + seen.proposes })}
          </Button>
        )}
      </form>
    </Dialog>
  )
}

function Effects({ of }: { of: Answer<typeof childOps.change_many> }) {
  const t = useWords(manyText)
  const { language } = t
  return (
    <div>
      <p>{t('effects', { changes: of.changes, same: of.same })}</p>
      {of.proposes > 0 && <p className="dim">{t('proposes', { n: of.proposes })}</p>}
      {of.closed > 0 && <p className="dim">{t('closed', { n: of.closed })}</p>}
      <ul className="many">
        {of.items
          .filter((item) => item.how !== 'closed' && !item.field.endsWith('_place_code'))
          .map((item) => (
            <li key={item.child_id + item.field}>
              <b>{item.name}</b>{' '}
              <span className="dim">
                {fieldName(item.field, language)} {saidValue(item.field, item.old, language) ?? <NotCollected />} →{' '}
                {saidValue(item.field, item.new, language) ?? <NotCollected />}
              </span>
            </li>
          ))}
      </ul>
    </div>
  )
}
