// After a roster was written: what came of it, what comes next, and the way back.
import { useState } from 'react'
import { importOps, type Import } from '@nuanyang/contract/imports.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { importsText } from './imports.text.ts'
import { EarlierNote } from './parts.tsx'
import { factWords } from './sheet.ts'

type Conflict = Answer<typeof importOps.withdraw>['conflicts'][number]

export function Done({ found }: { found: Import }) {
  const t = useWords(importsText)
  const language = useLanguage()
  const [conflicts, setConflicts] = useState<readonly Conflict[] | null>(null)
  const { create, update } = found.writes
  const when = found.applied_at ? saidMoment(found.applied_at, language) : ''
  return (
    <Page
      title={t('done_title')}
      sub={t('done_sub', { file: found.file_name, when })}
      back={paths.imports()}
      actions={
        <>
          <Withdraw found={found} onConflicts={setConflicts} />
          {create > 0 ? (
            <ButtonLink kind="primary" to={paths.children()} search={{ import_id: found.id }}>
              {t('see_them', { n: create })}
            </ButtonLink>
          ) : (
            <ButtonLink kind="primary" to={paths.children()}>
              {t('look_at')}
            </ButtonLink>
          )}
        </>
      }
    >
      <EarlierNote />
      {conflicts && <Conflicts conflicts={conflicts} />}
      <ul className="imp-sum formw">
        {create > 0 && (
          <li>
            <State kind="done">{t('done_create', { n: create })}</State>
            <To to={paths.children()} search={{ import_id: found.id }}>
              {t('look_at')}
            </To>
          </li>
        )}
        {update > 0 && (
          <li>
            <State kind="done">{t('done_update', { n: update })}</State>
          </li>
        )}
      </ul>
      {create > 0 && (
        <Section title={t('next_steps')}>
          <ul className="imp-sum formw">
            <li>
              <To to={paths.newDocument()} search={{ kind: 'contact_cards', import_id: found.id }}>
                {t('print_cards')}
              </To>
            </li>
            <li>
              <To to={paths.children()} search={{ import_id: found.id, missing: 'any' }}>
                {t('fill_gaps')}
              </To>
            </li>
          </ul>
        </Section>
      )}
      {found.absent > 0 && (
        <Section title={t('absent', { n: found.absent })}>
          <Absent id={found.id} />
        </Section>
      )}
    </Page>
  )
}

/** Children on record that the file does not name: listed, never removed. */
export function Absent({ id }: { id: string }) {
  const t = useWords(importsText)
  const found = useOp(importOps.absent, { id })
  return (
    <Loaded of={found} rows={2}>
      {({ items }) => (
        <div className="stack">
          <p className="small dim">{t('absent_help')}</p>
          <ul className="imp-names">
            {items.map((child) => (
              <li key={child.id}>
                <To to={paths.child(child.id)}>{child.name}</To>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Loaded>
  )
}

function Withdraw({ found, onConflicts }: { found: Import; onConflicts: (conflicts: readonly Conflict[]) => void }) {
  const t = useWords(importsText)
  const say = useSay()
  const withdraw = useWrite(importOps.withdraw, { refreshes: ['children', 'today'] })
  const [asks, setAsks] = useState(false)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  async function go(): Promise<void> {
    setTried(true)
    if (!reason.trim()) return
    const written = await withdraw.send({ id: found.id, body: { reason: reason.trim() } })
    if (written.is !== 'done') return
    setAsks(false)
    if (!written.answer.withdrawn) onConflicts(written.answer.conflicts)
  }
  return (
    <>
      <Button onClick={() => setAsks(true)}>{t('withdraw')}</Button>
      {asks && (
        <Dialog
          title={t('withdraw_title')}
          onClose={() => setAsks(false)}
          actions={
            <>
              <Button onClick={() => setAsks(false)}>{t('not_now')}</Button>
              <Button kind="danger" busy={withdraw.busy} onClick={() => void go()}>
                {t('do_withdraw')}
              </Button>
            </>
          }
        >
          <p>{t('withdraw_help', found.writes)}</p>
          <TextInput
            label={t('reason')}
            placeholder={t('reason_example')}
            value={reason}
            onChange={setReason}
            maxLength={200}
            error={tried && !reason.trim() ? t('need_reason') : undefined}
          />
          {withdraw.problem && (
            <ProblemLine>{say({ zh: withdraw.problem.detail, en: withdraw.problem.detail_en })}</ProblemLine>
          )}
        </Dialog>
      )}
    </>
  )
}

function Conflicts({ conflicts }: { conflicts: readonly Conflict[] }) {
  const t = useWords(importsText)
  const say = useSay()
  const language = useLanguage()
  const what = (field: string) =>
    field === 'pairing'
      ? t('c_pairing')
      : field === 'record'
        ? t('c_record')
        : field === '*'
          ? t('c_file')
          : say(factWords(field))
  const columns: Column<Conflict & { key: string }>[] = [
    { key: 'child', head: t('child'), phone: 'name', cell: (row) => row.name },
    { key: 'what', head: t('what'), phone: 'beside', cell: (row) => what(row.field) },
    { key: 'who', head: t('changed_by'), phone: 'below', cell: (row) => row.by_name },
    {
      key: 'when',
      head: t('when'),
      phone: 'below',
      cell: (row) => <span className="date">{saidMoment(row.at, language)}</span>,
    },
  ]
  return (
    <section className="imp-conflicts" role="alert">
      <h2>{t('conflicts_title', { n: conflicts.length })}</h2>
      <p className="dim prose">{t('conflicts_help')}</p>
      <Table
        label={t('conflicts_title', { n: conflicts.length })}
        rows={conflicts.map((row, at) => ({ ...row, key: `${row.child_id}${row.field}${at}` }))}
        columns={columns}
        rowId={(row) => row.key}
        rowName={(row) => row.name}
        rowPath={(row) => paths.child(row.child_id)}
      />
    </section>
  )
}

export function Withdrawn({ found }: { found: Import }) {
  const t = useWords(importsText)
  return (
    <Page
      title={t('withdrawn_title')}
      sub={t('is_in', { file: found.file_name, unit: found.unit_name })}
      back={paths.imports()}
    >
      <EmptyState
        title={t('withdrawn')}
        actions={
          <ButtonLink kind="primary" to={paths.imports()}>
            {t('title')}
          </ButtonLink>
        }
      >
        {t('withdrawn_help')}
      </EmptyState>
    </Page>
  )
}
