// 核对花名册: left the sheet as its writer knows it, right one question or one line at a time; on the phone one question per screen.
import { useMemo, useState, type ReactNode } from 'react'
import { importOps, type Import, type ImportRow } from '@nuanyang/contract/imports.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { toast } from '../ui/overlay.tsx'
import { Page, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Grid } from './grid.tsx'
import { importsText } from './imports.text.ts'
import { Mapping } from './mapping.tsx'
import { Discard, EarlierNote } from './parts.tsx'
import { isOpen, QuestionActions, QuestionBody, useAnswering, type Answering } from './question_pane.tsx'
import { PhoneLines } from './review_phone.tsx'
import { RowPane } from './row_pane.tsx'
import { fates, type Fate, type Question, type Sheet } from './sheet.ts'
import { Summary } from './summary.tsx'

export interface ReviewProps {
  found: Import
  /** It is being read again with an answer: what is seen is from before. */
  again: boolean
}

export function Review({ found, again }: ReviewProps) {
  const phone = useIsPhone()
  const [taken, setTaken] = useState<string | null>(null)
  const open = found.questions.filter(isOpen)
  const question = found.questions.find(({ id }) => id === taken) ?? open[0]
  const answering = useAnswering(found, question, again, () => setTaken(null))
  return <Screen found={found} again={again} answering={answering} onTake={setTaken} phone={phone} />
}

interface ScreenProps extends ReviewProps {
  answering: Answering | null
  onTake: (id: string) => void
  phone: boolean
}

function Screen(props: ScreenProps) {
  const { found, again, answering, phone } = props
  const t = useWords(importsText)
  const say = useSay()
  const view = useView(found, answering)
  const apply = useApply(found)
  const open = openOf(found)
  const broke = found.failure && !again ? say({ zh: found.failure, en: t('broke') }) : null
  const notice =
    (apply.told ?? broke) ? (
      <ProblemLine>{apply.told ?? broke}</ProblemLine>
    ) : again ? (
      <State kind="soon">{t('reading_again')}</State>
    ) : open > 0 ? (
      <State kind="asked">{t('open_questions', { n: open })}</State>
    ) : view.undecided > 0 ? (
      <State kind="asked">{t('undecided', { n: view.undecided })}</State>
    ) : null
  const standing = answering !== null || view.chosen !== null
  const main = (
    <Button kind={standing ? 'outline' : 'primary'} busy={apply.busy} onClick={() => void apply.go()}>
      {t('apply', { n: writesOf(found) })}
    </Button>
  )
  if (phone && answering)
    return (
      <Page title={t('check')} back={paths.imports()} actions={<QuestionActions of={answering} last={open <= 1} />}>
        <div className="imp-ask">
          <QuestionBody of={answering} {...countOf(found, answering.question)} id={found.id} />
        </div>
      </Page>
    )
  return (
    <Page
      title={t('check')}
      sub={<SubLine found={found} sheet={view.sheet} />}
      back={paths.imports()}
      notice={notice}
      actions={
        <>
          {!phone && <Workbook found={found} />}
          {main}
        </>
      }
    >
      <EarlierNote />
      {phone ? (
        <>
          <Summary found={found} onTake={props.onTake} onShow={view.show} />
          <SheetTabs found={found} view={view} />
          <FateChips view={view} />
          <PhoneLines
            key={`${view.sheet.name}${view.fate ?? ''}`}
            id={found.id}
            sheet={view.sheet}
            fate={view.fate}
            total={view.total}
          />
          <div className="row wrap g12 imp-foot">
            <Workbook found={found} />
            <Discard id={found.id} />
          </div>
        </>
      ) : (
        <Desk {...props} view={view} open={open} />
      )}
    </Page>
  )
}

function SubLine({ found, sheet }: { found: Import; sheet: Sheet }) {
  const t = useWords(importsText)
  const rows = sheet.counts.all - sheet.counts.head
  const words =
    found.sheets.length > 1
      ? t('nth_sheet', { n: found.sheets.findIndex(({ name }) => name === sheet.name) + 1, rows })
      : t('one_sheet', { rows })
  return `${found.file_name}${t.language === 'zh' ? '，' : ', '}${words}`
}

function countOf(found: Import, question: Question): { nth: number; all: number } {
  return { nth: found.questions.findIndex(({ id }) => id === question.id) + 1, all: found.questions.length }
}

const openOf = (found: Import) => found.questions.filter(isOpen).length
const writesOf = ({ writes }: Import) => writes.create + writes.update

interface View {
  sheet: Sheet
  setSheet: (name: string) => void
  fate: Fate | null
  show: (fate: Fate | null) => void
  total: number
  /** Only the lines of the question that is asked. */
  narrowed: boolean
  setNarrowed: (narrowed: boolean) => void
  chosen: { at: number; row: ImportRow } | null
  choose: (at: number, row: ImportRow) => void
  unchoose: () => void
  /** Shows a line where it stands in its sheet. */
  goTo: (row: ImportRow) => void
  /** The line that was gone to; a new object each time. */
  target: { place: number } | null
  undecided: number
}

const childrenIn = ({ counts }: Sheet) =>
  counts.create + counts.update + counts.unchanged + counts.duplicate + counts.reject

/** Which part of the file is looked at; sheet and filter stand in the address. */
function useView(found: Import, answering: Answering | null): View {
  const [address, change] = useAddress()
  const [narrowedTo, setNarrowedTo] = useState<string | null>(null)
  const setNarrowed = (on: boolean) => setNarrowedTo(on && answering ? answering.question.id : null)
  const [chosen, setChosen] = useState<View['chosen']>(null)
  const [went, setWent] = useState<{ from: string | undefined; to: NonNullable<View['target']> } | null>(null)
  const asking = answering?.question.id
  const sheet =
    found.sheets.find(({ name }) => name === address['sheet']) ??
    found.sheets.find(({ name }) => name === answering?.question.sheet) ??
    found.sheets.find((each) => childrenIn(each) > 0) ??
    found.sheets[0]!
  const fate = fates.find((each) => each === address['show']) ?? null
  const asked = answering && narrowedTo === answering.question.id ? answering.question.rows.length : null
  return {
    sheet,
    setSheet: (name) => {
      setChosen(null)
      setNarrowed(false)
      change({ sheet: name, show: undefined })
    },
    fate,
    show: (next) => {
      setChosen(null)
      setNarrowed(false)
      const there = next && sheet.counts[next] === 0 ? found.sheets.find(({ counts }) => counts[next] > 0) : undefined
      change({ show: next ?? undefined, ...(there ? { sheet: there.name } : {}) })
    },
    total: asked ?? (fate ? sheet.counts[fate] : sheet.counts.all - sheet.counts.head),
    narrowed: asked !== null,
    setNarrowed,
    chosen,
    choose: (at, row) => setChosen({ at, row }),
    unchoose: () => setChosen(null),
    goTo: (row) => {
      setNarrowedTo(null)
      if (fate || sheet.name !== row.sheet) change({ show: undefined, sheet: row.sheet })
      setWent({ from: asking, to: { place: row.place } })
    },
    // Another question leads to its own lines.
    target: went && went.from === asking ? went.to : null,
    undecided: found.sheets.reduce((sum, { counts }) => sum + counts.duplicate, 0),
  }
}

function useApply(found: Import): { go: () => Promise<void>; busy: boolean; told: string | null } {
  const t = useWords(importsText)
  const say = useSay()
  const write = useWrite(importOps.apply)
  const standing = useOp(importOps.get, { id: found.id })
  const [tried, setTried] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const open = openOf(found)
  // What the page shows can be a moment old, or the roster is just compared anew after the last answer: the press counts for what
  // is so once that is done, and nobody presses twice.
  async function settled(): Promise<Import> {
    for (;;) {
      const { data } = await standing.refetch()
      if (data?.state !== 'reading' && data?.state !== 'uploaded') return data ?? found
      await new Promise((done) => setTimeout(done, 250))
    }
  }
  async function go(): Promise<void> {
    setTried(true)
    setWaiting(true)
    const now = await settled()
    setWaiting(false)
    if (now.state === 'ready' && openOf(now) === 0 && writesOf(now) > 0)
      await write.send({ id: now.id, body: { version: now.version } })
  }
  return {
    busy: write.busy || waiting,
    told: write.problem
      ? say({ zh: write.problem.detail, en: write.problem.detail_en })
      : tried && open > 0
        ? t('questions_first', { n: open })
        : tried && writesOf(found) === 0
          ? t('nothing')
          : null,
    go,
  }
}

function Workbook({ found }: { found: Import }) {
  const t = useWords(importsText)
  const say = useSay()
  const [busy, setBusy] = useState(false)
  async function go(): Promise<void> {
    setBusy(true)
    try {
      await download(importOps.workbook, { id: found.id })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(say({ zh: error.detail, en: error.detail_en }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button busy={busy} onClick={() => void go()}>
      {t('workbook')}
    </Button>
  )
}

/** Sheets that hold children, when there are several. */
function SheetTabs({ found, view }: { found: Import; view: View }) {
  const t = useWords(importsText)
  const sheets = found.sheets.filter((sheet) => childrenIn(sheet) > 0)
  if (sheets.length < 2) return null
  return (
    <nav className="tabs imp-tabs no-print" aria-label={t('sheets')}>
      {sheets.map((sheet) => (
        <button
          key={sheet.name}
          type="button"
          className="tab"
          aria-current={sheet.name === view.sheet.name ? 'page' : undefined}
          onClick={() => view.setSheet(sheet.name)}
        >
          {sheet.hidden ? t('hidden_sheet', { name: sheet.name }) : sheet.name}
        </button>
      ))}
    </nav>
  )
}

function FateChips({ view }: { view: View }) {
  const t = useWords(importsText)
  const { counts } = view.sheet
  return (
    <div className="imp-fates">
      <Chip pressed={view.fate === null && !view.narrowed} onClick={() => view.show(null)}>
        {t('all')} {counts.all - counts.head}
      </Chip>
      {fates
        .filter((fate) => counts[fate] > 0 || fate === view.fate)
        .map((fate) => (
          <Chip
            key={fate}
            pressed={view.fate === fate && !view.narrowed}
            onClick={() => view.show(view.fate === fate ? null : fate)}
          >
            {t(fate)} {counts[fate]}
          </Chip>
        ))}
      {view.narrowed && (
        <Chip removes onClick={() => view.setNarrowed(false)}>
          {t('only_these', { n: view.total })}
        </Chip>
      )}
    </div>
  )
}

function Desk({ found, again, answering, onTake, view, open }: ScreenProps & { view: View; open: number }) {
  const t = useWords(importsText)
  const asked = view.narrowed && answering ? answering.question : null
  const target = useTarget(found, view, answering)
  return (
    <>
      <Mapping key={found.id} found={found} sheet={view.sheet} busy={again} />
      <div className="imp-cols">
        <section>
          <SheetTabs found={found} view={view} />
          <FateChips view={view} />
          <Grid
            sheet={view.sheet}
            query={{
              id: found.id,
              sheet: view.sheet.name,
              ...(asked ? { question_id: asked.id } : view.fate ? { action: view.fate } : {}),
            }}
            total={view.total}
            hot={answering?.question.sheet === view.sheet.name ? answering.question.column : null}
            target={target}
            chosen={view.chosen?.at ?? null}
            onChoose={view.choose}
          />
        </section>
        <aside className="sheet imp-pane" aria-label={t('questions')}>
          {view.chosen ? (
            <ChosenRow found={found} view={view} answering={answering !== null} />
          ) : answering ? (
            <>
              <QuestionBody
                of={answering}
                {...countOf(found, answering.question)}
                id={found.id}
                onRow={(row) => view.goTo(row)}
                more={<MoreCells question={answering.question} view={view} />}
              />
              <div className="imp-acts">
                <QuestionActions of={answering} last={open <= 1} />
              </div>
            </>
          ) : (
            <>
              <Summary found={found} onTake={onTake} onShow={view.show} />
              <Discard id={found.id} />
            </>
          )}
        </aside>
      </div>
    </>
  )
}

/** The line that was gone to, else the first that the question is about. */
function useTarget(found: Import, view: View, answering: Answering | null): View['target'] {
  const question = answering?.question
  const examples = useOp(
    importOps.rows,
    { id: found.id, question_id: question?.id ?? '', limit: 3 },
    { when: question !== undefined && question.rows.length > 0 },
  )
  const first = question && examples.data?.items[0]
  const place = first && first.sheet === view.sheet.name ? first.place : null
  return useMemo(() => view.target ?? (place === null ? null : { place }), [view.target, place])
}

function MoreCells({ question, view }: { question: Question; view: View }): ReactNode {
  const t = useWords(importsText)
  const more = question.rows.length - 3
  if (view.narrowed)
    return (
      <button type="button" className="imp-link small" onClick={() => view.setNarrowed(false)}>
        {t('whole_sheet')}
      </button>
    )
  if (more <= 0) return null
  return (
    <button type="button" className="imp-link small" onClick={() => view.setNarrowed(true)}>
      {t(question.column ? 'more_cells' : 'more_rows', { n: more })}
    </button>
  )
}

function ChosenRow({ found, view, answering }: { found: Import; view: View; answering: boolean }) {
  const t = useWords(importsText)
  const { at, row } = view.chosen!
  return (
    <>
      <RowPane
        row={row}
        sheet={view.sheet}
        id={found.id}
        onDecided={(decision) => view.choose(at, { ...row, decision })}
      />
      <div className="imp-acts">
        <Button kind="text" onClick={view.unchoose}>
          {t(answering ? 'back_to_question' : 'back_to_summary')}
        </Button>
      </div>
    </>
  )
}
