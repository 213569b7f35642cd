// One line per page: its address, how the frame shows it, and the module that is fetched when somebody goes there.
import { lazy, Suspense } from 'react'
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  useMatches,
} from '@tanstack/react-router'
import { paths } from './paths.ts'
import { Gate } from './shell/gate.tsx'
import { Shell } from './shell/shell.tsx'
import { shellText } from './shell/shell.text.ts'
import { Go } from './ui/go.tsx'
import { ButtonLink } from './ui/controls.tsx'
import { useWords } from './ui/language.ts'
import { EmptyState, ErrorState, RefusalAnswers, Skeleton, type PageKind } from './ui/page.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    kind?: PageKind
  }
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotHere })

type Fetch = Parameters<typeof lazyRouteComponent>[0]
function page(path: string, kind: PageKind, fetch: Fetch, name: string) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(fetch, name),
    staticData: { kind },
  })
}

/** `main` keeps the tabs on the phone, `task` has a way back and its own bar, `bare` needs nobody signed in. */
const pages = [
  page(paths.signIn(), 'bare', () => import('./accounts/sign_in.tsx'), 'SignInPage'),
  page(paths.newPassword(), 'bare', () => import('./accounts/new_password.tsx'), 'NewPasswordPage'),
  page(paths.start(), 'bare', () => import('./units/start.tsx'), 'StartPage'),
  page(paths.units(), 'main', () => import('./units/units.tsx'), 'UnitsPage'),
  page(paths.unit('$id'), 'task', () => import('./units/unit.tsx'), 'UnitPage'),
  page(paths.joint('$id'), 'task', () => import('./units/joint.tsx'), 'JointPage'),
  page(paths.me(), 'main', () => import('./accounts/me.tsx'), 'MePage'),
  page(paths.children(), 'main', () => import('./children/children.tsx'), 'ChildrenPage'),
  page(paths.newChild(), 'task', () => import('./children/new_child.tsx'), 'NewChildPage'),
  page(paths.round(), 'task', () => import('./children/round.tsx'), 'RoundPage'),
  page(paths.child('$id'), 'task', () => import('./children/child.tsx'), 'ChildPage'),
  page(paths.childEdit('$id'), 'task', () => import('./children/edit.tsx'), 'EditChildPage'),
  page(paths.records(), 'main', () => import('./records/records.tsx'), 'RecordsPage'),
  page(paths.record(), 'task', () => import('./records/record_new.tsx'), 'NewRecordPage'),
  page(paths.oneRecord('$id'), 'task', () => import('./records/record.tsx'), 'RecordPage'),
  page(paths.correctRecord('$id'), 'task', () => import('./records/record_new.tsx'), 'CorrectRecordPage'),
  page(paths.changes(), 'task', () => import('./children/changes.tsx'), 'ChangesPage'),
  page(paths.card('$code'), 'task', () => import('./children/card.tsx'), 'CardPage'),
  page(paths.plans(), 'main', () => import('./plans/plans.tsx'), 'PlansPage'),
  page(paths.policies(), 'task', () => import('./plans/policies.tsx'), 'PoliciesPage'),
  page(paths.newPlan(), 'task', () => import('./plans/new_plan.tsx'), 'NewPlanPage'),
  page(paths.plan('$id'), 'task', () => import('./plans/plan.tsx'), 'PlanPage'),
  page(paths.planCheck('$id'), 'task', () => import('./plans/check.tsx'), 'CheckPlanPage'),
  page(paths.surveys(), 'main', () => import('./surveys/surveys.tsx'), 'SurveysPage'),
  page(paths.survey('$id'), 'task', () => import('./surveys/round.tsx'), 'SurveyPage'),
  page(paths.pairings(), 'main', () => import('./pairings/pairings.tsx'), 'PairingsPage'),
  page(paths.boards(), 'main', () => import('./pairings/boards.tsx'), 'BoardsPage'),
  page(paths.board('$id'), 'task', () => import('./pairings/board.tsx'), 'BoardPage'),
  page(paths.ownPairings(), 'main', () => import('./pairings/mine.tsx'), 'MinePage'),
  page(paths.suggestPairings(), 'main', () => import('./pairings/suggest.tsx'), 'SuggestPage'),
  page(paths.helperRegister(), 'main', () => import('./pairings/register.tsx'), 'RegisterPage'),
  page(paths.helper('$id'), 'task', () => import('./pairings/register.one.tsx'), 'HelperPage'),
  page(paths.pairing('$id'), 'task', () => import('./pairings/pairing.tsx'), 'PairingPage'),
  page(paths.documents(), 'main', () => import('./documents/documents.tsx'), 'DocumentsPage'),
  page(paths.newDocument(), 'task', () => import('./documents/new_document.tsx'), 'NewDocumentPage'),
  page(paths.people(), 'main', () => import('./accounts/people.tsx'), 'PeoplePage'),
  page(paths.manyPeople(), 'task', () => import('./accounts/many.tsx'), 'ManyPeoplePage'),
  page(paths.person('$id'), 'task', () => import('./accounts/person.tsx'), 'PersonPage'),
  page(paths.audit(), 'main', () => import('./audit/audit.tsx'), 'AuditPage'),
  page(paths.definitions(), 'task', () => import('./definitions/definitions.tsx'), 'DefinitionsPage'),
  page(paths.customFields(), 'task', () => import('./custom_fields/custom_fields.tsx'), 'CustomFieldsPage'),
  page(paths.focus(), 'task', () => import('./focus/focus.tsx'), 'FocusPage'),
  page(paths.duplicates(), 'task', () => import('./duplicates/duplicates.tsx'), 'DuplicatesPage'),
  page(paths.pair('$left', '$right'), 'task', () => import('./duplicates/pair.tsx'), 'PairPage'),
  page(paths.families(), 'task', () => import('./families/families.tsx'), 'FamiliesPage'),
  page(paths.turns(), 'task', () => import('./definitions/turns.tsx'), 'TurnsPage'),
  page(paths.settings(), 'main', () => import('./settings/settings.tsx'), 'SettingsPage'),
  page(paths.calendar(), 'task', () => import('./calendar/calendar.tsx'), 'CalendarPage'),
  page(paths.statistics(), 'main', () => import('./statistics/statistics.tsx'), 'StatisticsPage'),
  page(paths.noticeSettings(), 'task', () => import('./notices/channels.tsx'), 'NoticeSettingsPage'),
  page(paths.notices(), 'task', () => import('./notices/notices.tsx'), 'NoticesPage'),
  page(paths.phones(), 'task', () => import('./settings/phones.tsx'), 'PhonesPage'),
  page(paths.today(), 'main', () => import('./today/today.tsx'), 'TodayPage'),
  page(paths.due(), 'task', () => import('./today/due.tsx'), 'DuePage'),
  page(paths.quiet(), 'task', () => import('./today/due.tsx'), 'QuietPage'),
  page(paths.imports(), 'task', () => import('./imports/imports.tsx'), 'ImportsPage'),
  page(paths.importing('$id'), 'task', () => import('./imports/importing.tsx'), 'ImportingPage'),
  page(paths.outbox(), 'task', () => import('./outbox/outbox.tsx'), 'OutboxPage'),
]
const known: ReadonlySet<string> = new Set(pages.map(({ options }) => (options as { path: string }).path))

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home })

function Home() {
  const first = [paths.today(), paths.children(), paths.me()].find((path) => known.has(path))
  return <Go to={first ?? paths.me()} />
}

const NamesPurpose = lazy(async () => ({ default: (await import('./children/names_purpose.tsx')).NamesPurpose }))
const answers = {
  names_need_purpose: () => (
    <Suspense fallback={<Skeleton rows={3} />}>
      <NamesPurpose />
    </Suspense>
  ),
}

function Frame() {
  const kind = useMatches().at(-1)?.staticData.kind ?? 'main'
  if (kind === 'bare') return <Outlet />
  return (
    <Gate>
      <Shell kind={kind} pages={known}>
        <RefusalAnswers value={answers}>
          <Outlet />
        </RefusalAnswers>
      </Shell>
    </Gate>
  )
}

function NotHere() {
  const t = useWords(shellText)
  return (
    <main className="page" id="main">
      <EmptyState title={t('not_here')} actions={<ButtonLink to={paths.home()}>{t('go_home')}</ButtonLink>}>
        {t('not_here_help')}
      </EmptyState>
    </main>
  )
}

export function makeRouter() {
  return createRouter({
    routeTree: root.addChildren([home, ...pages]),
    defaultPreload: 'intent',
    // The page before stays for the first moment; then bones, and no longer than they are needed.
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    scrollRestoration: true,
    defaultPendingComponent: () => (
      <main className="page">
        <Skeleton head />
      </main>
    ),
    defaultErrorComponent: ({ error, reset }) => (
      <main className="page">
        <ErrorState error={error} onRetry={reset} />
      </main>
    ),
    // The query is plain strings (`?q=陈&after=…`), so that an address can be read, typed and sent.
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search as Record<string, string>).filter(([, value]) => value),
      ).toString()
      return text ? `?${text}` : ''
    },
  })
}
