// One roster from reading to written: which of its screens is shown follows from its state, so it can be left and come back to.
import { useEffect, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { importOps, type Import } from '@nuanyang/contract/imports.ts'
import { refresh, useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/controls.tsx'
import { useWords } from '../ui/language.ts'
import { Loaded, Page } from '../ui/page.tsx'
import { ProgressLine, State } from '../ui/state.tsx'
import { Done, Withdrawn } from './done.tsx'
import { importsText } from './imports.text.ts'
import { Discard } from './parts.tsx'
import { Review } from './review.tsx'
import './imports.css'

const working = (state: Import['state']) => state === 'uploaded' || state === 'reading' || state === 'applying'

/** A village's roster is read in less than a second, a county's takes half a minute: each is looked at often enough to be seen to move. */
const lookAgainMs = (found: Import) => (found.rows_total > 2000 ? 1000 : 250)

export function ImportingPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const t = useWords(importsText)
  const found = useOp(
    importOps.get,
    { id },
    { again: (data) => (data && working(data.state) ? lookAgainMs(data) : false) },
  )
  if (!found.data)
    return (
      <Page title={t('check')} back={paths.imports()}>
        <Loaded of={found}>{() => null}</Loaded>
      </Page>
    )
  return <Shown key={id} found={found.data} />
}

function Shown({ found }: { found: Import }) {
  const last = useLastReady(found)
  useNewLines(found)
  switch (found.state) {
    case 'ready':
      return <Review found={found} again={false} />
    case 'uploaded':
    case 'reading':
      // After an answer the sheet stays where it was while it is read again.
      return last ? <Review found={last} again /> : <Working found={found} />
    case 'applying':
      return <Working found={found} />
    case 'failed':
      return <Failed found={found} />
    case 'applied':
      return <Done found={found} />
    case 'withdrawn':
      return <Withdrawn found={found} />
  }
}

function useLastReady(found: Import): Import | null {
  const [last, setLast] = useState<Import | null>(null)
  if (found.state === 'ready' && last !== found) setLast(found)
  return last
}

/** Lines and lists are fetched anew when the import has come further. */
function useNewLines(found: Import): void {
  const queries = useQueryClient()
  const before = useRef(`${found.state}${found.version}`)
  useEffect(() => {
    const now = `${found.state}${found.version}`
    if (now === before.current) return
    before.current = now
    if (found.state === 'ready')
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === importOps.rows.name })
    if (found.state === 'applied' || found.state === 'withdrawn')
      for (const feature of ['children', 'today', 'imports']) refresh(queries, feature)
  }, [found.state, found.version, queries])
}

/** What is left at the pace since this page saw the first step; null while nothing can be said. */
function useSecondsLeft(done: number, all: number): number | null {
  const start = useRef<{ at: number; done: number } | null>(null)
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    if (!start.current || done < start.current.done) start.current = { at: performance.now(), done }
    const seconds = (performance.now() - start.current.at) / 1000
    const steps = done - start.current.done
    setLeft(steps > 0 && seconds > 1 ? (seconds / steps) * (all - done) : null)
  }, [done, all])
  return left
}

function Working({ found }: { found: Import }) {
  const t = useWords(importsText)
  const writing = found.state === 'applying'
  const title = t(writing ? 'applying_title' : 'reading_title')
  const known = found.rows_total > 0 && (writing || found.progress > 0)
  const left = useSecondsLeft(found.progress, found.rows_total)
  return (
    <Page title={title} sub={t('is_in', { file: found.file_name, unit: found.unit_name })} back={paths.imports()}>
      <div className="imp-work" role="status">
        <ProgressLine value={known ? found.progress / found.rows_total : null} label={title} />
        <p className="dim">
          {known && t('rows_done', { done: found.progress, all: found.rows_total })}
          {left !== null &&
            left >= 2 &&
            `${t.language === 'zh' ? '，' : ', '}${left < 90 ? t('about_left', { n: Math.ceil(left) }) : t('about_left_min', { n: Math.ceil(left / 60) })}`}
        </p>
        <p className="dim">
          {t('can_leave')}
          {writing && t('all_or_nothing')}
        </p>
        <ButtonLink to={paths.today()}>{t('go_today')}</ButtonLink>
      </div>
    </Page>
  )
}

function Failed({ found }: { found: Import }) {
  const t = useWords(importsText)
  return (
    <Page
      title={t('failed_title')}
      sub={t('is_in', { file: found.file_name, unit: found.unit_name })}
      back={paths.imports()}
      actions={
        <>
          <Discard id={found.id} />
          <ButtonLink kind="primary" to={paths.imports()}>
            {t('other_file')}
          </ButtonLink>
        </>
      }
    >
      <div className="imp-failed prose" role="alert">
        <State kind="late">{t('failed')}</State>
        <p>{found.failure}</p>
      </div>
    </Page>
  )
}
