// Where a roster is put in, and those put in before.
import { useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { importOps, rosterLimitBytes, rosterUnitKinds } from '@nuanyang/contract/imports.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { upload } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Combobox } from '../ui/combobox.tsx'
import { Button, Chip, To } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { FileDrop } from '../ui/filedrop.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { useRested } from '../ui/rested.ts'
import { State } from '../ui/state.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { importsText } from './imports.text.ts'
import './imports.css'

export function ImportsPage() {
  const t = useWords(importsText)
  return (
    <Page title={t('title')} sub={t('lead')} back={paths.children()}>
      <Drop />
      <Earlier />
    </Page>
  )
}

interface Place {
  id: string
  name: string
}

function useOwnPlace(): Place | null {
  const unit = useActiveMembership()
  if (!unit || !(rosterUnitKinds as readonly string[]).includes(unit.unit_kind)) return null
  return { id: unit.unit_id, name: unit.unit_name }
}

interface Sending {
  file: File
  key: string
  done: number
  all: number
}

function Drop() {
  const t = useWords(importsText)
  const say = useSay()
  const navigate = useNavigate()
  const own = useOwnPlace()
  const [chosen, setChosen] = useState<Place | null>(null)
  const [sending, setSending] = useState<Sending | null>(null)
  const [failed, setFailed] = useState<{ problem: Problem; file: File; key: string } | null>(null)
  const [needs, setNeeds] = useState(false)
  const stop = useRef<AbortController | null>(null)
  const place = chosen ?? own

  async function send(file: File, key: string): Promise<void> {
    setNeeds(!place)
    if (!place) return
    setFailed(null)
    setSending({ file, key, done: 0, all: file.size })
    stop.current = new AbortController()
    try {
      const made = await upload(
        importOps.upload,
        { file, body: { unit_id: place.id } },
        { key, signal: stop.current.signal, onProgress: (done, all) => setSending({ file, key, done, all }) },
      )
      await navigate({ to: paths.importing(made.id), search: (made.earlier ? { earlier: 'yes' } : {}) as never })
    } catch (error) {
      if (error instanceof Problem) setFailed({ problem: error, file, key })
      else if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    } finally {
      setSending(null)
    }
  }
  const cut = failed && (failed.problem.passing || failed.problem.code === 'upload_cut')
  return (
    <div className="imp-drop">
      <Whose place={place} own={own} onChoose={setChosen} />
      <FileDrop
        limitBytes={rosterLimitBytes}
        onFile={(file) => void send(file, newId())}
        sending={
          sending
            ? { name: sending.file.name, done: sending.done, all: sending.all, onStop: () => stop.current?.abort() }
            : undefined
        }
        error={
          needs && !place
            ? t('need_unit')
            : failed && !cut
              ? say({ zh: failed.problem.detail, en: failed.problem.detail_en })
              : undefined
        }
      >
        {t('formats', { size: `${rosterLimitBytes / 1024 / 1024} MB` })}
      </FileDrop>
      {cut && (
        <div className="row wrap g12 imp-cut">
          <ProblemLine>{t('cut')}</ProblemLine>
          <Button kind="primary" onClick={() => void send(failed.file, failed.key)}>
            {t('again')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** The unit the children belong to: one's own where it holds children itself, else found by typing. */
function Whose({ place, own, onChoose }: { place: Place | null; own: Place | null; onChoose: (place: Place) => void }) {
  const t = useWords(importsText)
  const unit = useActiveMembership()
  const [open, setOpen] = useState(!own)
  const [typed, setTyped] = useState('')
  const q = useRested(typed)
  const above = unit?.unit_id
  const found = useOp(
    unitOps.search,
    { q, kinds: [...rosterUnitKinds], ...(above ? { under: above } : {}), limit: 8 },
    { keepLast: true, when: open },
  )
  const single = own && unit && !['school', 'community', 'village'].includes(unit.unit_kind)
  if (place && (!open || single))
    return (
      <p className="row wrap g12">
        <span className="dim">{t('belongs')}</span>
        <b>{place.name}</b>
        {!single && (
          <Chip opens onClick={() => setOpen(true)}>
            {t('other_unit')}
          </Chip>
        )}
      </p>
    )
  return (
    <div className="formw">
      <p className="field-label">
        {t('choose_unit')} <span>{t('choose_unit_hint')}</span>
      </p>
      <Combobox
        label={t('choose_unit')}
        placeholder={t('choose_unit_example')}
        listLabel={t('units_found')}
        typed={typed}
        onType={setTyped}
        items={(found.data?.items ?? []).map((each) => ({ id: each.id, main: each.name, beside: each.above_name }))}
        onTake={(id) => {
          const taken = found.data?.items.find((each) => each.id === id)
          if (!taken) return
          onChoose({ id, name: taken.name })
          setOpen(false)
        }}
      />
    </div>
  )
}

type Head = Answer<typeof importOps.list>['items'][number]

export function ImportState({ head }: { head: Pick<Head, 'state' | 'mine'> }) {
  const t = useWords(importsText)
  switch (head.state) {
    case 'applied':
      return <State kind="done">{t('applied')}</State>
    case 'ready':
      return head.mine ? <State kind="asked">{t('ready')}</State> : <State kind="plain">{t('ready_other')}</State>
    case 'failed':
      return <State kind="late">{t('failed')}</State>
    case 'withdrawn':
      return <State kind="none">{t('withdrawn')}</State>
    default:
      return <State kind="soon">{t(head.state)}</State>
  }
}

function useHeadColumns(): Column<Head>[] {
  const t = useWords(importsText)
  const language = useLanguage()
  return [
    {
      key: 'file',
      head: t('file'),
      phone: 'name',
      cell: (head) =>
        head.mine ? (
          <To to={paths.importing(head.id)}>{head.file_name}</To>
        ) : (
          <span title={t('not_yours')}>{head.file_name}</span>
        ),
    },
    { key: 'unit', head: t('unit'), phone: 'below', cell: (head) => head.unit_name },
    { key: 'state', head: t('state'), phone: 'end', cell: (head) => <ImportState head={head} /> },
    {
      key: 'children',
      head: t('children'),
      phone: 'below',
      cell: (head) => head.totals && t('made_changed', { create: head.totals.create, update: head.totals.update }),
    },
    { key: 'who', head: t('who'), phone: 'below', cell: (head) => head.by_name },
    {
      key: 'when',
      head: t('when'),
      phone: 'below',
      cell: (head) => <span className="date">{saidMoment(head.created_at, language)}</span>,
    },
  ]
}

/** Nothing where nothing was put in: the drop above is the first step. */
function Earlier() {
  const t = useWords(importsText)
  const keyset = useKeyset('imports')
  const columns = useHeadColumns()
  const list = useOp(
    importOps.list,
    { limit: 20, ...(keyset.after ? { after: keyset.after } : {}) },
    {
      keepLast: true,
      again: (page) => (page?.items.some(({ state }) => /^(uploaded|reading|applying)$/.test(state)) ? 1500 : false),
    },
  )
  return (
    <Loaded of={list} rows={3}>
      {(page) =>
        page.items.length > 0 && (
          <Section title={t('so_far')}>
            <Table
              label={t('so_far')}
              rows={page.items}
              columns={columns}
              rowId={(head) => head.id}
              rowName={(head) => head.file_name}
            />
            <Pager keyset={keyset} next={page.next} shown={page.items.length} />
          </Section>
        )
      }
    </Loaded>
  )
}
