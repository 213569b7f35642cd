// The frame around every page of somebody signed in: the bar above on the desktop, the line above and the tabs below on the phone.
import { lazy, Suspense, useCallback, useRef, useState, type ReactNode } from 'react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { roles } from '@nuanyang/contract/roles.ts'
import { useOutbox } from '../kernel/outbox_browser.ts'
import { chooseLanguage, useActiveMembership, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { Icon, Mark, type IconName } from '../ui/icons.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Dialog, Menu, Toaster, type MenuItem } from '../ui/overlay.tsx'
import { PageKindContext, type PageKind } from '../ui/page.tsx'
import { setTheme, useTheme, type Theme } from '../ui/theme.ts'
import { useBecome } from './become.ts'
import { Bell } from './bell.tsx'
import { useKeys } from './keys.ts'
import { shellText } from './shell.text.ts'
import { useSignOut } from './sign_out.tsx'

// The desktop's bar alone has it: phones do not fetch it.
const Find = lazy(() => import('./find.tsx').then((module) => ({ default: module.Find })))

interface NavItem {
  key: 'today' | 'children' | 'records' | 'plans' | 'pairings' | 'documents' | 'statistics' | 'units' | 'audit'
  path: string
  icon: IconName
  /** The right without which there is nothing to see there. */
  right?: string
  letter: string
}

const nav: readonly NavItem[] = [
  { key: 'today', path: paths.today(), icon: 'today', letter: 't' },
  { key: 'children', path: paths.children(), icon: 'people', right: 'children.read', letter: 'c' },
  { key: 'records', path: paths.records(), icon: 'pen', right: 'records.read', letter: 'r' },
  { key: 'plans', path: paths.plans(), icon: 'plan', right: 'plans.read', letter: 'n' },
  { key: 'pairings', path: paths.pairings(), icon: 'link', right: 'pairings.read', letter: 'p' },
  { key: 'documents', path: paths.documents(), icon: 'print', right: 'children.export', letter: 'd' },
  { key: 'statistics', path: paths.statistics(), icon: 'chart', right: 'plans.read', letter: 's' },
  { key: 'units', path: paths.units(), icon: 'house', right: 'units.read', letter: 'u' },
  { key: 'audit', path: paths.audit(), icon: 'eye', right: 'audit.read', letter: 'a' },
]

/** Whoever has one of these finds something to do under 设置. */
const settingRights = ['settings.write', 'security.write', 'accounts.read', 'calendar.write']

/** `pages` are the patterns that routes.tsx knows: the bar never leads to a page that is not there. */
export function Shell({ kind, pages, children }: { kind: PageKind; pages: ReadonlySet<string>; children: ReactNode }) {
  const t = useWords(shellText)
  const { rights, tenant } = useSignedIn()
  const find = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const phone = useIsPhone()
  const [help, setHelp] = useState(false)
  const items = nav.filter((item) => pages.has(item.path) && (!item.right || rights.includes(item.right)))
  useKeys({
    find: useCallback(() => find.current?.querySelector('input')?.focus(), []),
    go: (letter) => {
      const item = items.find((each) => each.letter === letter)
      if (item) void navigate({ to: item.path })
    },
    help: useCallback(() => setHelp(true), []),
  })
  return (
    <PageKindContext value={kind}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <div className={`app app-${kind}`}>
        {phone ? (
          kind === 'main' && <PhoneLine onHelp={() => setHelp(true)} pages={pages} />
        ) : (
          <header className="top">
            <To className="brand" to={paths.home()}>
              <Mark />
              <span>{t('brand')}</span>
            </To>
            <Nav items={items} className="nav" />
            <div className="top-end">
              {pages.has(paths.children()) && rights.includes('children.read') && (
                <div className="top-find" ref={find}>
                  <Suspense>
                    <Find />
                  </Suspense>
                </div>
              )}
              <Unsent />
              <Bell />
              <UnitMenu />
              <PersonMenu onHelp={() => setHelp(true)} pages={pages} />
            </div>
          </header>
        )}
        {tenant?.demo && <p className="demo no-print">{t('demo')}</p>}
        {children}
        {phone && kind === 'main' && <Nav items={items.slice(0, 4)} className="tabbar" mine />}
      </div>
      <Toaster />
      {help && <KeysDialog items={items} onClose={() => setHelp(false)} />}
    </PageKindContext>
  )
}

function Nav({ items, className, mine }: { items: readonly NavItem[]; className: string; mine?: boolean }) {
  const t = useWords(shellText)
  const { pathname } = useLocation()
  const here = (path: string) =>
    pathname === path || pathname.startsWith(`${path}/`) ? { 'aria-current': 'page' as const } : {}
  return (
    <nav className={className} aria-label={t('main_pages')}>
      {items.map((item) => (
        <To key={item.key} to={item.path} {...here(item.path)}>
          {mine && <Icon name={item.icon} size={24} />}
          {t(item.key)}
        </To>
      ))}
      {mine && (
        <To to={paths.me()} {...here(paths.me())}>
          <Icon name="user" size={24} />
          {t('mine')}
        </To>
      )}
    </nav>
  )
}

function UnitMenu() {
  const t = useWords(shellText)
  const say = useSay()
  const { memberships } = useSignedIn()
  const active = useActiveMembership()
  const { become } = useBecome()
  const { pathname } = useLocation()
  const navigate = useNavigate()
  /** A page that the other seat does not have gives way to its first page. */
  async function change(id: string): Promise<void> {
    const now = await become(id)
    const here = nav.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
    if (now && here?.right && !now.rights.includes(here.right)) await navigate({ to: paths.home() })
  }
  // In a small office one person is administrator and child director of the same village: then the role tells them apart.
  const twice = memberships.filter((each) => each.unit_id === active?.unit_id).length > 1
  const name = (
    <span>{active ? listed([active.unit_name, twice && say(roles[active.role])], t.language) : t('switch_unit')}</span>
  )
  if (active && memberships.length < 2) return <span className="unit">{name}</span>
  return (
    <Menu
      className="unit"
      label={t('switch_unit')}
      align="end"
      items={memberships.map((each) => ({
        key: each.id,
        label: each.unit_name,
        hint: say(roles[each.role]),
        checked: each.id === active?.id,
        onSelect: () => void change(each.id),
      }))}
    >
      {name}
      <Icon name="down" size={16} />
    </Menu>
  )
}

function usePersonItems(
  onHelp: (() => void) | null,
  pages: ReadonlySet<string>,
): { items: MenuItem[]; dialog: ReactNode } {
  const t = useWords(shellText)
  const say = useSay()
  const { rights, memberships } = useSignedIn()
  const { become } = useBecome()
  const navigate = useNavigate()
  const theme = useTheme()
  const { start, dialog } = useSignOut()
  const themes: { key: Theme; icon?: IconName }[] = [{ key: 'system' }, { key: 'light' }, { key: 'dark' }]
  // Who keeps the house is mostly at work in another seat: the settings are found there too, and the seat changes on the way.
  const active = useActiveMembership()
  const keeper = memberships.find(({ role, demo }) => role === 'administrator' && demo === active?.demo)
  async function openSettings(id: string): Promise<void> {
    if (await become(id)) await navigate({ to: paths.settings() })
  }
  const items: MenuItem[] = [
    { key: 'me', label: t('my_account'), icon: 'user', to: paths.me() },
    // The phone's tabs have no room for it.
    ...(!onHelp && pages.has(paths.documents()) && rights.includes('children.export')
      ? [{ key: 'documents', label: t('documents'), icon: 'print' as const, to: paths.documents() }]
      : []),
    ...(!onHelp && pages.has(paths.statistics()) && rights.includes('plans.read')
      ? [{ key: 'statistics', label: t('statistics'), icon: 'chart' as const, to: paths.statistics() }]
      : []),
    ...(pages.has(paths.settings()) && settingRights.some((right) => rights.includes(right))
      ? [{ key: 'settings', label: t('settings'), icon: 'pencil' as const, to: paths.settings() }]
      : keeper && pages.has(paths.settings())
        ? [
            {
              key: 'settings',
              label: t('settings'),
              hint: t('as_role', { role: say(roles.administrator) }),
              icon: 'pencil' as const,
              onSelect: () => void openSettings(keeper.id),
            },
          ]
        : []),
    ...themes.map(({ key }, at) => ({
      key,
      label: t(key),
      checked: theme === key,
      parted: at === 0,
      onSelect: () => setTheme(key),
    })),
    {
      key: 'language',
      label: t('language'),
      parted: true,
      onSelect: () => chooseLanguage(t.language === 'zh' ? 'en' : 'zh'),
    },
    ...(onHelp ? [{ key: 'keys', label: <KeyHint words={t('keys')} />, onSelect: onHelp }] : []),
    { key: 'out', label: t('sign_out'), parted: true, onSelect: start },
  ]
  return { items, dialog }
}

function KeyHint({ words }: { words: string }) {
  return (
    <span className="row between">
      {words} <kbd className="dim">?</kbd>
    </span>
  )
}

function PersonMenu({ onHelp, pages }: { onHelp: () => void; pages: ReadonlySet<string> }) {
  const { account } = useSignedIn()
  const { items, dialog } = usePersonItems(onHelp, pages)
  return (
    <>
      <Menu className="unit" items={items}>
        <span>{account.name}</span>
        <Icon name="down" size={16} />
      </Menu>
      {dialog}
    </>
  )
}

function PhoneLine({ pages }: { onHelp: () => void; pages: ReadonlySet<string> }) {
  const t = useWords(shellText)
  const { items, dialog } = usePersonItems(null, pages)
  return (
    <header className="top">
      <UnitMenu />
      <span className="grow" />
      <Unsent />
      <Bell />
      <Menu className="icbtn" label={t('more')} items={items}>
        <Icon name="menu" />
      </Menu>
      {dialog}
    </header>
  )
}

/** What waits in the outbox, in words; nothing when nothing waits. */
function Unsent() {
  const t = useWords(shellText)
  const { account } = useSignedIn()
  const mine = useOutbox().filter((row) => row.account_id === account.id)
  const parked = mine.filter((row) => row.parked).length
  if (mine.length === 0) return null
  return (
    <To className="waits small" to={paths.outbox()}>
      <Icon name={parked ? 'ask' : 'clock'} size={16} />{' '}
      {parked ? t('parked', { n: parked }) : t('unsent', { n: mine.length })}
    </To>
  )
}

function KeysDialog({ items, onClose }: { items: readonly NavItem[]; onClose: () => void }) {
  const t = useWords(shellText)
  return (
    <Dialog title={t('keys')} onClose={onClose}>
      <dl className="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('key_search')}</dd>
        {items.map((item) => (
          <Row key={item.key} letter={item.letter} words={t(`key_${item.key}`)} />
        ))}
        <dt>
          <kbd>↑</kbd> <kbd>↓</kbd> <kbd>{t('key_enter')}</kbd> <kbd>{t('key_space')}</kbd>
        </dt>
        <dd>{t('key_rows')}</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t('key_close')}</dd>
      </dl>
    </Dialog>
  )
}

function Row({ letter, words }: { letter: string; words: string }) {
  const t = useWords(shellText)
  return (
    <>
      <dt>
        <kbd>g</kbd> <span className="small dim">{t('and_then')}</span> <kbd>{letter}</kbd>
      </dt>
      <dd>{words}</dd>
    </>
  )
}
