// The frame of a page and its moments: nothing there yet, on its way, not to be seen, not to be had.
import { createContext, useContext, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useRouter } from '@tanstack/react-router'
import { Button, IconButton } from './controls.tsx'
import { Icon, Sunrise } from './icons.tsx'
import { useLanguage, useWords } from './language.ts'
import { uiText } from './ui.text.ts'

/** How the frame shows a page on the phone: `main` keeps the tabs below, `task` has a way back and its own bar of actions. */
export type PageKind = 'main' | 'task' | 'bare'
export const PageKindContext = createContext<PageKind>('main')

export interface PageProps {
  title: string
  /** A longer heading than the window's title. */
  heading?: ReactNode
  sub?: ReactNode
  /** Stands in place of the plain heading, with its own h1: the head of a file. The phone shows it under its head line. */
  face?: ReactNode
  /** Where the phone's arrow leads when there is no page to go back to. */
  back?: string
  /** Top right on the desktop; on the phone's task pages the bar at the bottom. The filled one comes last. */
  actions?: ReactNode
  /** Stands before the actions: 草稿已存, 还有 3 个问题. */
  notice?: ReactNode
  /** In the phone's head line, at the right. */
  corner?: ReactNode
  children?: ReactNode
}

export function Page({ title, heading, sub, face, back, actions, notice, corner, children }: PageProps) {
  const kind = useContext(PageKindContext)
  const frame = useRef<HTMLElement>(null)
  usePageTitle(title)
  useArrival(frame)
  return (
    <main className={`page page-${kind}`} id="main" tabIndex={-1} ref={frame}>
      {kind === 'task' && <TaskLine title={face ? '' : (heading ?? title)} back={back ?? '/today'} corner={corner} />}
      <header className="head">
        <div className="head-words">
          {face ?? <h1 tabIndex={-1}>{heading ?? title}</h1>}
          {sub && <p className="dim">{sub}</p>}
        </div>
        {(actions || notice) && (
          <div className="acts">
            {notice}
            {actions}
          </div>
        )}
      </header>
      <div className="page-body">{children}</div>
    </main>
  )
}

function TaskLine({ title, back, corner }: { title: ReactNode; back: string; corner?: ReactNode }) {
  const t = useWords(uiText)
  const router = useRouter()
  return (
    <div className="taskline phone-only">
      <IconButton
        icon="left"
        label={t('back')}
        onClick={() => (router.history.canGoBack() ? router.history.back() : void router.navigate({ to: back }))}
      />
      <span className="taskline-title" aria-hidden="true">
        {title}
      </span>
      {corner}
    </div>
  )
}

let arrivals = 0
/** Hands the focus to the heading when the page was reached from another one, so that a screen reader says where one is;
 *  not on the first page, and not when the page itself has put the focus into a field. */
function useArrival(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (arrivals++ > 0 && !frame.current?.contains(document.activeElement))
      frame.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }, [frame])
}

/** Names the window. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 暖阳`
  }, [title])
}

export function Section({ title, end, children }: { title: ReactNode; end?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
        {end}
      </header>
      {children}
    </section>
  )
}

/** Says what this is for and offers the first step. The half sun only on a first day. */
export function EmptyState({
  title,
  children,
  actions,
  note,
  firstDay,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  note?: ReactNode
  firstDay?: boolean
}) {
  return (
    <section className={`empty${firstDay ? ' empty-first' : ''}`}>
      {firstDay && <Sunrise />}
      <h2>{title}</h2>
      {children && <p className="dim">{children}</p>}
      {actions && <div className="empty-acts">{actions}</div>}
      {note && <p className="small dim">{note}</p>}
    </section>
  )
}

/** The page's bones, after 200 ms: what comes sooner needs none. */
export function Skeleton({ rows = 6, head }: { rows?: number; head?: boolean }) {
  const late = useLate(200)
  const t = useWords(uiText)
  return (
    <div className="bones" role="status" aria-label={t('loading')} data-late={late}>
      {late && head && <i className="bone bone-head" />}
      {late &&
        Array.from({ length: rows }, (_, at) => (
          <i key={at} className="bone" style={{ width: `${92 - ((at * 17) % 40)}%` }} />
        ))}
    </div>
  )
}

function useLate(ms: number): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return late
}

/** A refusal says which right is missing and who can give it; the sentence comes from the server. */
export function Refusal({ title, children, actions }: { title?: string; children: ReactNode; actions?: ReactNode }) {
  const t = useWords(uiText)
  return (
    <section className="refusal" role="alert">
      <h2>
        <Icon name="lock" /> {title ?? t('refused')}
      </h2>
      <p>{children}</p>
      {actions && <div className="empty-acts">{actions}</div>}
    </section>
  )
}

/** What a refusal or failure carries, whatever its class. */
export interface Told {
  status?: number
  code?: string
  detail?: string
  detail_en?: string
  request_id?: string | undefined
}

/** Refusals that the reader can answer on the spot, by code: what the frame hangs in for them. */
export const RefusalAnswers = createContext<Readonly<Record<string, () => ReactNode>>>({})

export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useWords(uiText)
  const language = useLanguage()
  const told = (typeof error === 'object' && error !== null ? error : {}) as Told
  const answers = useContext(RefusalAnswers)
  const answer = told.code ? answers[told.code] : undefined
  if (answer) return answer()
  const sentence = (language === 'en' ? told.detail_en : told.detail) ?? t('broken_help')
  if (told.status === 403 || told.status === 404) return <Refusal>{sentence}</Refusal>
  return (
    <section className="refusal" role="alert">
      <h2>
        <Icon name="bang" /> {t('broken')}
      </h2>
      <p>{sentence}</p>
      {told.request_id && <p className="small dim">{t('number', { id: told.request_id })}</p>}
      {onRetry && (
        <div className="empty-acts">
          <Button onClick={onRetry}>{t('retry')}</Button>
        </div>
      )}
    </section>
  )
}

export interface Loading<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

/** Bones, then the page or what went wrong. Data that is there stays there while a newer copy is fetched. */
export function Loaded<T>({ of, rows, children }: { of: Loading<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.error) return <ErrorState error={of.error} onRetry={() => void of.refetch()} />
  return <Skeleton rows={rows ?? 6} />
}

/** Moves the focus to the heading after a step inside a page, so that a screen reader says where one is. */
export function useHeadingFocus(step: unknown): void {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else document.querySelector<HTMLElement>('h1')?.focus()
  }, [step])
}

/** A refusal of a whole form, said beside its button. */
export function ProblemLine({ children }: { children: ReactNode }) {
  return (
    <p className="field-error" role="alert">
      <Icon name="bang" size={16} />
      <span>{children}</span>
    </p>
  )
}
