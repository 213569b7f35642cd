// 材料: what can be printed, and what was. A document under way shows a bar and may be left; one that is ready is had again at any time.
import { useEffect, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { documentCan, documentOps, type IssuedDocument } from '@nuanyang/contract/documents.ts'
import {
  documentKindCodes,
  documentKinds,
  offersKind,
  type DocumentFormat,
  type DocumentKind,
} from '@nuanyang/contract/documents.kinds.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { refresh, useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay, saidMoment } from '../ui/dates.ts'
import { SearchBox } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords, type Say } from '../ui/language.ts'
import { Menu, toast, type MenuItem } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { ProgressLine, State } from '../ui/state.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { WithdrawDialog, WhyDialog } from './documents.asking.tsx'
import { documentsText } from './documents.text.ts'
import { Preview } from './previews.tsx'
import './documents.css'

export function DocumentsPage() {
  const t = useWords(documentsText)
  const unit = useActiveMembership()
  const offered = documentKindCodes.filter((kind) => unit && offersKind(unit.role, kind))
  const about = (which: 'children' | 'numbers') => offered.filter((kind) => documentKinds[kind].about === which)
  return (
    <Page
      title={t('title')}
      heading={unit ? t('of_unit', { unit: unit.unit_name }) : t('title')}
      sub={t('lead')}
      back={paths.today()}
    >
      <Section title={t('of_children')}>
        <Kinds kinds={about('children')} />
      </Section>
      {about('numbers').length > 0 && (
        <Section title={t('of_numbers')}>
          <Kinds kinds={about('numbers')} />
        </Section>
      )}
      <Issued />
    </Page>
  )
}

function Kinds({ kinds }: { kinds: readonly DocumentKind[] }) {
  const say = useSay()
  return (
    <div className="doc-kinds">
      {kinds.map((kind) => (
        <To key={kind} to={paths.newDocument()} search={{ kind }} className="doc-kind">
          <span className="doc-kind-art">
            <Preview kind={kind} />
          </span>
          <span>
            <b>{say(documentKinds[kind])}</b>
            <span className="dim small">{say(documentKinds[kind].lead)}</span>
          </span>
        </To>
      ))}
    </div>
  )
}

const working = (document: IssuedDocument) => document.state === 'waiting' || document.state === 'collected'

function Issued() {
  const t = useWords(documentsText)
  const say = useSay()
  const [address, change] = useAddress()
  const kind = documentKindCodes.find((each) => each === address['only'])
  const q = address['q'] ?? ''
  const keyset = useKeyset(JSON.stringify([kind, q]))
  const list = useOp(
    documentOps.list,
    { limit: 20, ...(kind ? { kind } : {}), ...(q ? { q } : {}), ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true, again: (data) => (data?.items.some(working) ? 700 : false) },
  )
  const [withdrawing, setWithdrawing] = useState<IssuedDocument | null>(null)
  const take = useTaking()
  useMade(list.data?.items, take.take)
  const columns = columnsOf(t, say, take.take, setWithdrawing)
  const kinds: (DocumentKind | undefined)[] = [undefined, ...documentKindCodes]
  const named = (each: DocumentKind | undefined) => (each ? say(documentKinds[each]) : t('all_kinds'))
  return (
    <Section title={t('issued')}>
      <div className="tools">
        <SearchBox
          label={t('find')}
          placeholder={t('find')}
          value={q}
          onSearch={(value) => change({ q: value || undefined })}
        />
        <Menu
          className="chip"
          align="start"
          items={kinds.map((each) => ({
            key: each ?? 'all',
            label: named(each),
            checked: each === kind,
            onSelect: () => change({ only: each }),
          }))}
        >
          {named(kind)}
        </Menu>
      </div>
      {take.problem && <ProblemLine>{say({ zh: take.problem.detail, en: take.problem.detail_en })}</ProblemLine>}
      <Loaded of={list} rows={4}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={t(q || kind ? 'none_found' : 'none')}>
              {t(q || kind ? 'none_found_help' : 'none_help')}
            </EmptyState>
          ) : (
            <>
              <Table
                label={t('issued')}
                rows={items}
                columns={columns}
                rowId={(row) => row.id}
                rowName={(row) => row.title}
              />
              <Pager keyset={keyset} next={next} shown={items.length} />
            </>
          )
        }
      </Loaded>
      {withdrawing && <WithdrawDialog document={withdrawing} onClose={() => setWithdrawing(null)} />}
      {take.dialog}
    </Section>
  )
}

type Take = (document: IssuedDocument, format: DocumentFormat) => void

/** Fetches a file; what was not made by oneself asks for a purpose first, a format that is not there is made and then fetched. */
function useTaking() {
  const t = useWords(documentsText)
  const queries = useQueryClient()
  const make = useWrite(documentOps.make)
  const [, change] = useAddress()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asking, setAsking] = useState<{ document: IssuedDocument; format: DocumentFormat } | null>(null)

  async function fetchIt(document: IssuedDocument, format: DocumentFormat, purpose?: string): Promise<void> {
    setProblem(null)
    try {
      await download(documentOps.download, { id: document.id, body: { format, ...(purpose ? { purpose } : {}) } })
      toast(t('fetched'))
      refresh(queries, 'documents')
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    }
  }
  async function makeIt(document: IssuedDocument, format: DocumentFormat): Promise<void> {
    const written = await make.send({ id: document.id, body: { format } })
    if (written.is === 'refused') setProblem(written.problem)
    else change({ made: document.id, as: format })
  }
  const take: Take = (document, format) => {
    if (document.files[format] === undefined) void makeIt(document, format)
    else if (document.mine) void fetchIt(document, format)
    else setAsking({ document, format })
  }
  const dialog = asking && (
    <WhyDialog
      document={asking.document}
      onClose={() => setAsking(null)}
      onSaid={(purpose) => {
        setAsking(null)
        void fetchIt(asking.document, asking.format, purpose)
      }}
    />
  )
  return { take, problem, dialog }
}

/** `?made=` is what was just asked for here: it is fetched by itself the moment it is ready. */
function useMade(items: readonly IssuedDocument[] | undefined, take: Take): void {
  const [address, change] = useAddress()
  const made = items?.find((each) => each.id === address['made'])
  const format = (address['as'] ?? made?.formats[0]) as DocumentFormat | undefined
  const ready = made !== undefined && format !== undefined && made.state === 'ready' && made.files[format] !== undefined
  const failed = made?.state === 'failed'
  useEffect(() => {
    if (!ready && !failed) return
    change({ made: undefined, as: undefined })
    if (ready) take(made, format)
    // Once for each document that became ready.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [ready, failed])
}

function columnsOf(
  t: Say<typeof documentsText>,
  say: ReturnType<typeof useSay>,
  take: Take,
  onWithdraw: (document: IssuedDocument) => void,
): Column<IssuedDocument>[] {
  return [
    { key: 'what', head: t('what'), phone: 'name', cell: (row) => <Named document={row} /> },
    {
      key: 'people',
      head: t('people'),
      phone: 'beside',
      cell: (row) => <span className="nowrap">{t('n_children', { n: row.children })}</span>,
    },
    { key: 'why', head: t('why'), phone: 'below', cell: (row) => row.purpose },
    {
      key: 'as_of',
      head: t('as_of'),
      cell: (row) => <span className="date">{row.as_of && plainDay(row.as_of, t.language)}</span>,
    },
    {
      key: 'who',
      head: t('who'),
      cell: (row) => (
        <span className="dim">
          {row.issued_by_name} <span className="nowrap">{saidMoment(row.issued_at, t.language)}</span>
        </span>
      ),
    },
    {
      key: 'take',
      head: '',
      phone: 'end',
      cell: (row) => <Files document={row} say={say} take={take} onWithdraw={onWithdraw} />,
    },
  ]
}

function Named({ document }: { document: IssuedDocument }) {
  const t = useWords(documentsText)
  return (
    <span>
      <span className="doc-title">{document.title}</span>{' '}
      {document.for_public && <State kind="told">{t('public')}</State>}
      {document.withdrawn_at !== null && (
        <State kind="none">{t('withdrawn', { reason: document.withdrawn_reason ?? '' })}</State>
      )}
      {document.state === 'failed' && <State kind="late">{document.failure ?? t('failed')}</State>}
      {working(document) && <Under document={document} />}
    </span>
  )
}

/** How far it is. While pages are set nobody counts them: the bar goes by what such a document takes. */
function Under({ document }: { document: IssuedDocument }) {
  const t = useWords(documentsText)
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const { setting_since, expected_ms } = document
  const passed = setting_since ? now - Date.parse(setting_since) : 0
  const share = setting_since && expected_ms ? Math.min(0.95, 0.1 + (0.85 * passed) / expected_ms) : null
  const left = expected_ms ? Math.max(1, Math.ceil((expected_ms - passed) / 1000)) : null
  const words = setting_since ? t('setting', { n: document.total }) : t('collecting')
  return (
    <span className="doc-work">
      <ProgressLine value={share} label={words} />
      <small className="dim">
        {words}
        {left !== null && left > 2 && `，${t('seconds_left', { n: left })}`} {t('may_leave')}
      </small>
    </span>
  )
}

function Files({
  document,
  say,
  take,
  onWithdraw,
}: {
  document: IssuedDocument
  say: ReturnType<typeof useSay>
  take: Take
  onWithdraw: (document: IssuedDocument) => void
}) {
  const t = useWords(documentsText)
  const formats = documentKinds[document.kind].formats
  const items: MenuItem[] = documentCan.download(document)
    ? formats.map((format) => ({
        key: format,
        icon: format === 'pdf' ? ('print' as const) : ('file' as const),
        label:
          document.files[format] === undefined
            ? t('make_format', { format: t(`take_${format}`) })
            : t(`take_${format}`),
        onSelect: () => take(document, format),
      }))
    : []
  if (documentCan.withdraw(document))
    items.push({ key: 'withdraw', label: t('withdraw'), parted: true, onSelect: () => onWithdraw(document) })
  if (items.length === 0) return null
  return (
    <Menu
      className="chip"
      items={items}
      label={say({ zh: `取“${document.title}”`, en: `Files of “${document.title}”` })}
    >
      {t('take')}
      <Icon name="down" size={16} />
    </Menu>
  )
}
