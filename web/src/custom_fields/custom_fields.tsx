// 设置 → 自设栏目: the county's own fields, added, renamed, ended; what is written in them is never touched.
import { useState, type FormEvent } from 'react'
import {
  customFieldOps,
  customTypeCodes,
  customTypes,
  type CustomField,
  type CustomType,
} from '@nuanyang/contract/custom_fields.ts'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { kindCodes } from '@nuanyang/contract/kinds.ts'
import { specOf } from '@nuanyang/contract/records.fields.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { Select, TextArea, TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { customFieldsText } from './custom_fields.text.ts'

const groups = ['family', 'schooling', 'health', 'aid', 'address', 'case_notes'] as const

export function CustomFieldsPage() {
  const t = useWords(customFieldsText)
  const say = useSay()
  const writes = useRight('definitions.write')
  const list = useOp(customFieldOps.list, { of: 'all' })
  const [doing, setDoing] = useState<CustomField | 'new' | null>(null)
  const add = writes && <Button onClick={() => setDoing('new')}>{t('add')}</Button>
  return (
    <Page title={t('title')} sub={t('sub')} back={paths.settings()} actions={add}>
      <Loaded of={list} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')}>{t('none_help')}</EmptyState>
          ) : (
            [...Map.groupBy(items, (field) => field.kind)].map(([kind, fields]) => (
              <Section key={kind ?? ''} title={kind ? say(specOf(kind).title) : t('of_child')}>
                <ul className="lines">
                  {fields.map((field) => (
                    <FieldLine key={field.id} field={field} writes={writes} onChange={() => setDoing(field)} />
                  ))}
                </ul>
              </Section>
            ))
          )
        }
      </Loaded>
      {doing && <FieldDialog of={doing === 'new' ? null : doing} onClose={() => setDoing(null)} />}
    </Page>
  )
}

function FieldLine({ field, writes, onChange }: { field: CustomField; writes: boolean; onChange: () => void }) {
  const t = useWords(customFieldsText)
  const change = useWrite(customFieldOps.change, { refreshes: ['children', 'records'] })
  const group = groups.find((each) => each === field.field_group)
  return (
    <li>
      <span className="grow">
        <b>{field.name}</b>
        <small>
          {listed(
            [
              customTypes[field.type][t.language],
              field.options.length > 0 && field.options.join(' / '),
              !field.kind && group && t('group_help', { group: t(`g_${group}`) }),
              t(field.kind ? 'used_records' : 'used', { n: field.used }),
            ],
            t.language,
          )}
        </small>
      </span>
      {field.until_on && <State kind="none">{t('ended')}</State>}
      {writes && (
        <>
          <Button kind="text" onClick={onChange}>
            {t('change')}
          </Button>
          <Button
            kind="text"
            busy={change.busy}
            onClick={() => void change.send({ id: field.id, body: { version: field.version, ends: !field.until_on } })}
          >
            {t(field.until_on ? 'again' : 'stop')}
          </Button>
        </>
      )}
    </li>
  )
}

function FieldDialog({ of, onClose }: { of: CustomField | null; onClose: () => void }) {
  const t = useWords(customFieldsText)
  const say = useSay()
  const add = useWrite(customFieldOps.add)
  const change = useWrite(customFieldOps.change, { refreshes: ['children'] })
  const [name, setName] = useState(of?.name ?? '')
  const [type, setType] = useState<CustomType>(of?.type ?? 'text')
  const [lines, setLines] = useState((of?.options ?? []).join('\n'))
  const [group, setGroup] = useState<(typeof groups)[number]>('family')
  const [kind, setKind] = useState<Kind | ''>(of?.kind ?? '')
  const [tried, setTried] = useState(false)
  const chooses = type === 'choice' || type === 'choices'
  const problem = add.problem ?? change.problem
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!name.trim()) return
    const options = chooses ? lines.split('\n').map((line) => line.trim()).filter(Boolean) : [] // prettier-ignore
    const written = of
      ? await change.send({
          id: of.id,
          body: { version: of.version, name: name.trim(), ...(chooses ? { options } : {}) },
        })
      : await add.send({
          body: { id: newId(), name: name.trim(), type, options, ...(kind ? { kind } : { field_group: group }) },
        })
    if (written.is !== 'done') return
    toast(t('saved', { name: name.trim() }))
    onClose()
  }
  return (
    <Dialog title={of ? t('form_change', { name: of.name }) : t('form')} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        {of && <p className="dim">{t('keep')}</p>}
        {!of && (
          <Select
            label={t('where')}
            value={kind}
            onChange={setKind}
            empty={t('of_child')}
            options={kindCodes.map((code) => ({ value: code, label: say(specOf(code).title) }))}
          />
        )}
        <TextInput
          autoFocus
          label={t('name')}
          hint={kind ? undefined : t('name_help')}
          maxLength={40}
          value={name}
          onChange={setName}
          error={tried && !name.trim() ? t('need_name') : undefined}
        />
        {!of && (
          <div role="group" aria-label={t('type')} className="row wrap g8">
            {customTypeCodes.map((each) => (
              <Chip key={each} pressed={each === type} onClick={() => setType(each)}>
                {customTypes[each][t.language]}
              </Chip>
            ))}
          </div>
        )}
        {chooses && <TextArea rows={4} label={t('options')} value={lines} onChange={setLines} />}
        {!of && !kind && (
          <div role="group" aria-label={t('group')} className="row wrap g8">
            {groups.map((each) => (
              <Chip key={each} pressed={each === group} onClick={() => setGroup(each)}>
                {t(`g_${each}`)}
              </Chip>
            ))}
          </div>
        )}
        {!of && <p className="dim small">{kind ? t('record_help') : t('group_help', { group: t(`g_${group}`) })}</p>}
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={add.busy || change.busy}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}
