// 记一条: the phone's quick page. What is known already (the child, the kind, the place used last) is chosen; the text is waiting.
import { lazy, Suspense, useState } from 'react'
import { useParams, useRouter } from '@tanstack/react-router'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { childOps } from '@nuanyang/contract/children.ts'
import { kindCodes } from '@nuanyang/contract/kinds.ts'
import { specOf } from '@nuanyang/contract/records.fields.ts'
import { recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { useAddress } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { RecordFields } from './form.fields.tsx'
import { useRecordForm, type Start } from './form.ts'
import { KindList } from './kind_list.tsx'
import { recordsText } from './records.text.ts'
import { SaveRefusal, SavingQuestions } from './saving.tsx'

// Asked after a record for a task alone.
const TaskDone = lazy(() => import('./task_done.tsx').then((module) => ({ default: module.TaskDone })))

/** `/record?kind=talk&child=<id>&child=…`: several children as one text parted by commas. */
export function NewRecordPage() {
  const t = useWords(recordsText)
  const [address, change] = useAddress()
  const ids = (address['child'] ?? '').split(',').filter(Boolean)
  const kind = kindCodes.find((code) => code === address['kind']) ?? null
  if (!kind)
    return (
      <Page title={t('what_kind')} back={paths.records()}>
        <KindList chosen={null} child={ids.length > 0} onChoose={(next) => change({ kind: next })} />
      </Page>
    )
  return <ForChildren key={ids.join()} ids={ids} kind={kind} address={address} />
}

function ForChildren({
  ids,
  kind,
  address,
}: {
  ids: readonly string[]
  kind: Kind
  address: Readonly<Record<string, string | undefined>>
}) {
  const t = useWords(recordsText)
  const say = useSay()
  // One child by the file (brothers and sisters come with it), several by the list.
  const one = useOp(childOps.get, { id: ids[0] ?? '' }, { when: ids.length === 1 })
  const several = useOp(childOps.list, { limit: 200 }, { when: ids.length > 1 })
  const children =
    ids.length === 0
      ? []
      : ids.length === 1
        ? one.data && [{ id: one.data.id, name: one.data.name }]
        : several.data?.items.filter((child) => ids.includes(child.id)).map(({ id, name }) => ({ id, name }))
  if (children)
    return (
      <FormPage
        start={{
          kind,
          children,
          task_id: address['task'],
          thread_id: address['thread'],
          pairing_id: address['pairing'],
          ...(address['template'] ? { fields: { template: address['template'], part: 'stage' } } : {}),
          ...(address['found'] ? { fields: { found: address['found'] } } : {}),
        }}
        back={ids.length === 1 ? paths.child(ids[0]!) : paths.records()}
      />
    )
  return (
    <Page
      title={say(specOf(kind).title)}
      heading={t('new_kind', { kind: say(specOf(kind).title) })}
      back={paths.records()}
    >
      {ids.length === 1 ? <Loaded of={one}>{() => null}</Loaded> : <Loaded of={several}>{() => null}</Loaded>}
    </Page>
  )
}

export function CorrectRecordPage() {
  const t = useWords(recordsText)
  const { id } = useParams({ strict: false }) as { id: string }
  const record = useOp(recordOps.get, { id })
  if (record.data)
    return <FormPage start={{ kind: record.data.kind, record: record.data }} back={paths.oneRecord(id)} />
  return (
    <Page title={t('correct')} back={paths.oneRecord(id)}>
      <Loaded of={record}>{() => null}</Loaded>
    </Page>
  )
}

function FormPage({ start, back }: { start: Omit<Start, 'onSaved'>; back: string }) {
  const t = useWords(recordsText)
  const say = useSay()
  const router = useRouter()
  const [waits, setWaits] = useState(false)
  // Without a network only a page that was shown before can be shown again.
  const [evidence, setEvidence] = useState<RecordRow | null>(null)
  const leave = (saved: RecordRow | null) => {
    if (saved && start.task_id && !evidence) return setEvidence(saved)
    if (router.history.canGoBack()) router.history.back()
    else if (saved === null) setWaits(true)
    else void router.navigate({ to: back })
  }
  const form = useRecordForm({ ...start, onSaved: leave })
  const [choosing, setChoosing] = useState(false)
  const kind = say(specOf(form.value.kind).title)
  const corrects = start.record !== undefined && !start.record.draft
  const title = corrects ? t('correct_title', { kind }) : kind
  const swap = !start.record && !start.thread_id && (
    <button type="button" className="rec-swap" onClick={() => setChoosing(!choosing)} aria-expanded={choosing}>
      {t('other_kind')}
      <Icon name="down" size={16} />
    </button>
  )
  if (waits)
    return (
      <Page title={title} back={back}>
        <EmptyState title={t('saved')} actions={<ButtonLink to={back}>{t('go_back')}</ButtonLink>}>
          {t('kept')}
        </EmptyState>
      </Page>
    )
  return (
    <Page
      title={title}
      heading={title}
      sub={corrects ? t('correct_help') : undefined}
      back={back}
      corner={swap}
      notice={form.kept && <State kind="done">{t('draft_kept')}</State>}
      actions={
        <>
          <span className="desk-only">{swap}</span>
          <Button kind="primary" busy={form.busy} onClick={() => void form.save()}>
            {t('save')}
          </Button>
        </>
      }
    >
      {choosing ? (
        <KindList
          chosen={form.value.kind}
          child={form.value.children.length > 0}
          onChoose={(next) => {
            form.changeKind(next)
            setChoosing(false)
          }}
        />
      ) : (
        <form
          className="rec-page"
          onSubmit={(event) => {
            event.preventDefault()
            void form.save()
          }}
        >
          <RecordFields form={form} />
          <SaveRefusal form={form} />
        </form>
      )}
      <SavingQuestions form={form} />
      {evidence && (
        <Suspense>
          <TaskDone id={start.task_id!} record={evidence} onAnswered={() => leave(evidence)} />
        </Suspense>
      )}
    </Page>
  )
} // prettier-ignore
