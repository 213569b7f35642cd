// The same form as a pane beside a list: the right side of 今天 on the desktop. Give it a `key` of child and kind.
import type { ReactNode } from 'react'
import { useState } from 'react'
import { specOf } from '@nuanyang/contract/records.fields.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { useOp } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { saidDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { State } from '../ui/state.tsx'
import { RecordFields } from './form.fields.tsx'
import { useRecordForm, type Start } from './form.ts'
import { KindList } from './kind_list.tsx'
import { recordsText } from './records.text.ts'
import { SaveRefusal, SavingQuestions } from './saving.tsx'

export function RecordPane({ start, aside }: { start: Start; aside?: ReactNode }) {
  const t = useWords(recordsText)
  const say = useSay()
  const form = useRecordForm(start)
  const [choosing, setChoosing] = useState(false)
  const kind = say(specOf(form.value.kind).title)
  const child = form.value.children.length === 1 ? form.value.children[0] : undefined
  return (
    <section className="rec-pane" aria-label={kind}>
      <header className="head">
        <div className="head-words">
          <h2 className="rec-pane-title">{listed([child?.name, kind], t.language)}</h2>
        </div>
        <div className="acts">
          {form.kept && <State kind="done">{t('draft_kept')}</State>}
          <Button onClick={() => setChoosing(!choosing)} aria-expanded={choosing}>
            {t('other_kind')}
          </Button>
          <Button kind="primary" busy={form.busy} onClick={() => void form.save()}>
            {t('save')}
          </Button>
        </div>
      </header>
      {choosing ? (
        <KindList
          chosen={form.value.kind}
          child={child !== undefined}
          onChoose={(next) => {
            form.changeKind(next)
            setChoosing(false)
          }}
        />
      ) : (
        <div className="rec-pane-cols">
          <div className="grow">
            <RecordFields form={form} />
            <SaveRefusal form={form} />
          </div>
          <aside>
            {child && <LastTime child={child.id} kind={form.value.kind} />}
            {aside}
          </aside>
        </div>
      )}
      <SavingQuestions form={form} />
    </section>
  )
}

/** What was said and agreed last time: promises are kept by being seen. */
function LastTime({ child, kind }: { child: string; kind: Start['kind'] }) {
  const t = useWords(recordsText)
  const say = useSay()
  const last = useOp(recordOps.list, { child_id: child, kind: [kind], limit: 1 })
  const record = last.data?.items[0]
  if (!record || record.state === 'masked') return null
  const agreed = record.fields['next_step']
  return (
    <section>
      <h3>{t('last_time', { kind: say(specOf(kind).title) })}</h3>
      <p className="dim small date">{listed([saidDay(record.happened_on, t.language), record.place], t.language)}</p>
      {record.text && <p>{record.text}</p>}
      {typeof agreed === 'string' && <State kind="told">{agreed}</State>}
    </section>
  )
}
