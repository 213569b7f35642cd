// One record: everything that was written, who and when, what stood there before, what it belongs to, and what may be done with it.
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { fieldWords, specOf, yuan } from '@nuanyang/contract/records.fields.ts'
import { recordCan, recordOps, type RecordRow } from '@nuanyang/contract/records.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, Chip, To } from '../ui/controls.tsx'
import { plainDay, saidDay, saidMoment } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, Menu, toast, type MenuItem } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Icon } from '../ui/icons.tsx'
import type { Resolution } from '../plans/meeting_tasks.tsx'
import { RecordLine, RecordState, useNames } from './line.tsx'
import { useOwnKind } from './own_kind.ts'
import { PrintRecords } from './printing.tsx'
import { recordsText } from './records.text.ts'
import './records.css'

// Fetched with an open record, not with the list.
const Attachments = lazy(() => import('../files/attachments.tsx').then((module) => ({ default: module.Attachments })))

const SignNow = lazy(() => import('./sign_now.tsx').then((module) => ({ default: module.SignNow })))

const MeetingTasks = lazy(() =>
  import('../plans/meeting_tasks.tsx').then((module) => ({ default: module.MeetingTasks })),
)

type Whole = Answer<typeof recordOps.get>
const also = { refreshes: ['today', 'plans', 'duties', 'children'] }

export function RecordPage() {
  const t = useWords(recordsText)
  const { id } = useParams({ strict: false }) as { id: string }
  const answer = useOp(recordOps.get, { id })
  if (answer.data) return <OneRecord record={answer.data} />
  return (
    <Page title={t('record')} back={paths.records()}>
      <Loaded of={answer}>{() => null}</Loaded>
    </Page>
  )
}

function OneRecord({ record }: { record: Whole }) {
  const t = useWords(recordsText)
  const say = useSay()
  const names = useNames()
  const writes = useRight('records.write')
  const exports = useRight('records.export')
  const restore = useWrite(recordOps.restore, also)
  const [asking, setAsking] = useState<'withdraw' | 'print' | null>(null)
  const spec = specOf(record.kind)
  const title = say(spec.title)
  const open = record.state === 'open'
  const items: MenuItem[] =
    writes && open && recordCan.withdraw(record)
      ? [{ key: 'withdraw', label: t('withdraw'), onSelect: () => setAsking('withdraw') }]
      : []
  const readsPlans = useRight('plans.read')
  const resolved = resolutionsOf(record)
  const late = record.recorded_on > record.happened_on
  return (
    <Page
      title={title}
      heading={listed([names(record), title], t.language)}
      back={paths.records()}
      sub={
        <span className="date">
          {listed(
            [
              saidDay(record.happened_on, t.language),
              [record.from_time, record.to_time].filter(Boolean).join('–'),
              record.place,
              record.done_by,
              late && t('late', { day: saidDay(record.recorded_on, t.language) }),
            ],
            t.language,
          )}
        </span>
      }
      notice={<RecordState record={record} />}
      actions={
        <>
          {items.length > 0 && (
            <Menu items={items} label={t('record')}>
              <Icon name="more" />
            </Menu>
          )}
          {exports && open && !record.draft && (
            <Button icon="print" onClick={() => setAsking('print')}>
              {t('print')}
            </Button>
          )}
          {writes && open && record.withdrawn && recordCan.restore(record) && (
            <Button
              kind="primary"
              busy={restore.busy}
              onClick={() =>
                void restore.send({ id: record.id, body: { version: record.version } }, title).then((written) => {
                  if (written.is !== 'refused') toast(t('restored'))
                })
              }
            >
              {t('restore')}
            </Button>
          )}
          {writes && open && !record.withdrawn && recordCan.correct(record) && (
            <ButtonLink kind="primary" to={paths.correctRecord(record.id)}>
              {t(record.draft ? 'go_on_draft' : 'correct')}
            </ButtonLink>
          )}
        </>
      }
    >
      {record.withdrawn && (
        <p className="dim">
          {t('withdrawn_line', {
            by: record.withdrawn.by,
            day: saidDay(record.withdrawn.on, t.language),
            reason: record.withdrawn.reason,
          })}
        </p>
      )}
      {restore.problem && (
        <ProblemLine>{say({ zh: restore.problem.detail, en: restore.problem.detail_en })}</ProblemLine>
      )}
      {open ? <Content record={record} /> : <State kind="none">{t('masked')}</State>}
      <p className="dim small rec-foot">
        {t('recorded', { by: record.recorded_by ?? '', day: plainDay(record.recorded_on, t.language) })}，
        {record.unit_name}
        {record.corrected && <> · {t('corrected')}</>}
      </p>
      {open && resolved.length > 0 && !record.draft && !record.withdrawn && readsPlans && (
        <Suspense>
          <MeetingTasks record_id={record.id} resolutions={resolved} />
        </Suspense>
      )}
      {open && (
        <Suspense>
          <Attachments owner={{ owner_type: 'record', owner_id: record.id }} />
          {spec.signed && writes && !record.withdrawn && (
            <SignNow record_id={record.id} label={say(spec.signed)} name={nameIn(record, spec.signed.field)} />
          )}
        </Suspense>
      )}
      {record.thread_id && <Thread record={record} writes={writes} />}
      {record.versions.length > 0 && <Versions record={record} />}
      {asking === 'withdraw' && <WithdrawDialog record={record} onClose={() => setAsking(null)} />}
      {asking === 'print' && (
        <PrintRecords ids={[record.id]} kind={record.kind} title={title} onClose={() => setAsking(null)} />
      )}
    </Page>
  )
}

const nameIn = (record: RecordRow, field: string) => {
  const value = record.fields[field]
  return typeof value === 'string' ? value : ''
}

/** What a meeting resolved. */
const resolutionsOf = (record: RecordRow): Resolution[] =>
  record.kind === 'meeting' && Array.isArray(record.fields['resolutions'])
    ? (record.fields['resolutions'] as Resolution[])
    : []

function Content({ record }: { record: RecordRow }) {
  const t = useWords(recordsText)
  const say = useSay()
  const spec = useOwnKind(record.kind, record.fields)
  const childName = (id: string | null) => record.children.find((child) => child.id === id)?.name
  const rows: [string, ReactNode][] = [
    ...spec.fields
      .filter((field) => record.fields[field.code] !== undefined)
      .map((field): [string, ReactNode] => [say(field), fieldWords(field, record.fields[field.code], t.language)]),
    ...record.items.map((item): [string, ReactNode] => [
      item.name,
      listed(
        [
          item.quantity !== null && `${item.quantity}${item.measure_word ?? ''}`,
          item.amount_fen !== null && yuan(item.amount_fen, t.language),
          childName(item.child_id),
        ],
        t.language,
      ),
    ]),
  ]
  return (
    <div className="rec-content">
      {record.text && <p className="rec-text">{record.text}</p>}
      {rows.length > 0 && (
        <dl className="rec-facts">
          {rows.map(([label, value], at) => (
            <div key={at}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {record.children.length > 0 && (
        <p className="row wrap g8 rec-people">
          <span className="dim small">{t('took_part')}</span>
          {record.children.map((child) => (
            <span key={child.id}>
              <To to={paths.child(child.id)}>{child.name}</To>
              {child.remark && <span className="dim small">（{child.remark}）</span>}
            </span>
          ))}
          {record.others > 0 && <span className="dim small">{t('and_others', { n: record.others })}</span>}
        </p>
      )}
    </div>
  )
}

function Thread({ record, writes }: { record: RecordRow; writes: boolean }) {
  const t = useWords(recordsText)
  const line = useOp(recordOps.list, { thread_id: record.thread_id!, limit: 100 })
  const others = line.data?.items.filter((one) => one.id !== record.id) ?? []
  const template = record.fields['template']
  return (
    <Section
      title={t('thread')}
      end={
        writes &&
        record.state === 'open' && (
          <ButtonLink
            kind="text"
            to={paths.record()}
            search={{
              kind: record.kind,
              thread: record.thread_id!,
              child: record.children.map((child) => child.id).join(','),
              ...(typeof template === 'string' ? { template } : {}),
              ...(record.kind === 'survey' ? { found: 'answer' } : {}),
            }}
          >
            {t('carry_on')}
          </ButtonLink>
        )
      }
    >
      {others.length > 0 && <RecordLine records={others} ofChild />}
    </Section>
  )
}

function Versions({ record }: { record: Whole }) {
  const t = useWords(recordsText)
  const say = useSay()
  const spec = useOwnKind(
    record.kind,
    Object.assign({}, record.fields, ...record.versions.map((version) => version.fields)),
  )
  return (
    <Section title={t('versions')}>
      <ul className="rec-plain">
        {record.versions.map((version) => (
          <li key={version.id}>
            <p className="dim small">
              {t('version_line', { by: version.by, when: saidMoment(version.until_at, t.language) })}
            </p>
            <p className="rec-text">{version.text}</p>
            <p className="dim small">
              {listed(
                [
                  plainDay(version.happened_on, t.language),
                  version.place,
                  ...spec.fields
                    .filter((field) => version.fields[field.code] !== undefined)
                    .map((field) => `${say(field)} ${fieldWords(field, version.fields[field.code], t.language)}`),
                ],
                t.language,
              )}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function WithdrawDialog({ record, onClose }: { record: RecordRow; onClose: () => void }) {
  const t = useWords(recordsText)
  const say = useSay()
  const withdraw = useWrite(recordOps.withdraw, also)
  const [reason, setReason] = useState('')
  const ready = (['reason_wrong_child', 'reason_twice', 'reason_not_done'] as const).map((key) => t(key))
  async function send(): Promise<void> {
    if (!reason.trim()) return
    const written = await withdraw.send({ id: record.id, body: { version: record.version, reason: reason.trim() } }, say(specOf(record.kind).title))
    if (written.is === 'refused') return
    toast(t('withdrew'))
    onClose()
  }
  return (
    <Dialog
      title={t('withdraw_title')}
      onClose={onClose}
      actions={
        <Button kind="danger" busy={withdraw.busy} disabled={!reason.trim()} onClick={() => void send()}>
          {t('withdraw')}
        </Button>
      }
    >
      <div className="stack">
        <p>{t('withdraw_help')}</p>
        <div className="row wrap g8">
          {ready.map((words) => (
            <Chip key={words} pressed={reason === words} onClick={() => setReason(words)}>
              {words}
            </Chip>
          ))}
        </div>
        <TextInput label={t('withdraw_reason')} maxLength={300} value={reason} onChange={setReason} />
        {withdraw.problem && <ProblemLine>{say({ zh: withdraw.problem.detail, en: withdraw.problem.detail_en })}</ProblemLine>}
      </div>
    </Dialog>
  )
} // prettier-ignore
