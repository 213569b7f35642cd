// One child's file: the head, what is missing, one part at a time, and in the margin whom to call.
import { lazy, Suspense, useState } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { offersKind } from '@nuanyang/contract/documents.kinds.ts'
import { useOp } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { Tabs, useAddress } from '../ui/filters.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Dialog, Menu, type MenuItem } from '../ui/overlay.tsx'
import { Loaded, Page, Skeleton } from '../ui/page.tsx'
import { childText } from './child.text.ts'
import { Face, Gaps } from './child.face.tsx'
import { Facts } from './child.facts.tsx'
import { sections, type Section } from './child.fields.ts'
import { History, OpeningsDialog } from './child.history.tsx'
import { kinOf, KinRows, PhoneLink, wholePhones } from './child.kin.tsx'
import { FileMargin, Helpers, PairLink } from './child.margin.tsx'
import { useReveal, type Reveal } from './reveal.tsx'
import { spacedPhone, whoSees } from './words.ts'
import './child.css'

// Fetched when somebody opens the tab: a phone that looks up a number does not wait for forms.
const Papers = lazy(() => import('./child.papers.tsx').then((module) => ({ default: module.Papers })))

const ExitDialog = lazy(async () => ({ default: (await import('./child.exits.tsx')).ExitDialog }))
const RestoreDialog = lazy(async () => ({ default: (await import('./child.exits.tsx')).RestoreDialog }))
// Fetched when their part is opened: most visits read a number and go.
const ChildCustom = lazy(async () => ({ default: (await import('../custom_fields/child_custom.tsx')).ChildCustom }))
const ChildDefinitions = lazy(async () => ({
  default: (await import('../definitions/child_definitions.tsx')).ChildDefinitions,
}))
const OwnTrendOf = lazy(async () => ({ default: (await import('../records/own_trend.tsx')).OwnTrendOf }))
const ChildFocus = lazy(async () => ({ default: (await import('../focus/child_focus.tsx')).ChildFocus }))

export function ChildPage() {
  const t = useWords(childText)
  const { id } = useParams({ strict: false }) as { id: string }
  const answer = useOp(childOps.get, { id })
  if (answer.data) return <File key={id} file={answer.data} reread={() => void answer.refetch()} />
  return (
    <Page title={t('file')} back={paths.children()}>
      <Loaded of={answer} rows={8}>
        {() => null}
      </Loaded>
    </Page>
  )
}

const ChildLine = lazy(() => import('../records/child_line.tsx').then((module) => ({ default: module.ChildLine })))

const tabs = ['line', ...sections, 'pairing', 'papers', 'history'] as const
type TabKey = (typeof tabs)[number]

function File({ file, reread }: { file: ChildFile; reread: () => void }) {
  const t = useWords(childText)
  const phone = useIsPhone()
  const [address, change] = useAddress()
  const reveal = useReveal(file)
  const reads = useRight('records.read')
  const tab: TabKey = tabs.find((each) => each === address['tab']) ?? 'basic'
  const acts = useActs(file, tab, reveal, reread)
  const to = paths.child(file.id)
  return (
    <Page
      title={file.name}
      back={paths.children()}
      face={<Face file={file} />}
      actions={acts.actions}
      corner={
        phone && (
          <Menu className="icbtn" label={t('more')} items={acts.menu}>
            <Icon name="more" />
          </Menu>
        )
      }
    >
      <Gaps file={file} />
      {phone && <KinRows file={file} reveal={reveal} />}
      <Tabs
        label={t('tabs')}
        current={tab}
        tabs={tabs
          .filter((key) => key !== 'line' || reads)
          .map((key) => ({ key, label: t(key), to, ...(key === 'basic' ? {} : { search: { tab: key } }) }))}
        end={[
          {
            key: 'openings',
            label: t('openings'),
            to,
            search: { ...(tab === 'basic' ? {} : { tab }), see: 'openings' },
          },
        ]}
      />
      <div className="file-cols">
        <div className="file-main">
          {tab === 'pairing' ? (
            <div className="pad">
              <Helpers file={file} />
              <PairLink file={file} />
            </div>
          ) : tab === 'papers' ? (
            <Suspense fallback={<Skeleton rows={4} />}>
              <Papers file={file} />
            </Suspense>
          ) : tab === 'line' ? (
            <Suspense fallback={<Skeleton rows={4} />}>
              <ChildLine child={file} />
            </Suspense>
          ) : tab === 'history' ? (
            <History file={file} />
          ) : (
            <>
              <Facts file={file} section={tab} reveal={reveal} />
              <Suspense fallback={null}>
                {tab === 'basic' && <ChildCustom file={file} />}
                {tab === 'schooling' && <OwnTrendOf file={file} />}
                {tab === 'family' && <ChildDefinitions file={file} />}
                {tab === 'family' && <ChildFocus file={file} />}
              </Suspense>
            </>
          )}
        </div>
        <FileMargin file={file} reveal={reveal} />
      </div>
      {address['see'] === 'openings' && (
        <OpeningsDialog id={file.id} onClose={() => change({ see: undefined }, { replace: true })} />
      )}
      {acts.dialogs}
      {reveal.dialog}
    </Page>
  )
}

type Doing = 'call' | 'exit' | 'restore' | null

/** What can be done with a file: on the desktop as buttons, on the phone two buttons below and the rest in the corner. */
function useActs(file: ChildFile, tab: TabKey, reveal: Reveal, reread: () => void) {
  const t = useWords(childText)
  const phone = useIsPhone()
  // A list that proposes an act opens the file with its question; 撤销 is closing it.
  const [address] = useAddress()
  const asked = address['do'] === (file.status === 'exited' ? 'restore' : 'exit') && file.can_write
  const [doing, setDoing] = useState<Doing>(asked ? (address['do'] as 'exit' | 'restore') : null)
  const exports = useRight('children.export')
  const role = useActiveMembership()?.role
  const navigate = useNavigate()
  const close = () => setDoing(null)
  const prints: MenuItem[] = [
    ...(['contact_cards', 'registration_form'] as const)
      .filter((kind) => exports && role && offersKind(role, kind))
      .map((kind) => ({
        key: kind,
        label: t(`print_${kind}`),
        icon: 'print' as const,
        onSelect: () => void navigate({ to: paths.newDocument(), search: { kind, child: file.id } as never }),
      })),
    { key: 'page', label: t('print_page'), icon: 'file', onSelect: () => globalThis.print() },
  ]
  const rest: MenuItem[] = file.can_write
    ? [
        file.status === 'exited'
          ? { key: 'restore', label: t('restore'), parted: true, onSelect: () => setDoing('restore') }
          : { key: 'exit', label: t('exit'), parted: true, onSelect: () => setDoing('exit') },
      ]
    : []
  const section: Section = sections.find((each) => each === tab) ?? 'basic'
  const actions = (
    <>
      {!phone && (
        <Menu items={[...prints, ...rest]}>
          {t(rest.length > 0 ? 'more' : 'print')}
          <Icon name="down" size={16} />
        </Menu>
      )}
      {file.groups.phones !== 'no' && (
        <Button icon="phone" onClick={() => call()}>
          {t('call')}
        </Button>
      )}
      {file.can_write && (
        <ButtonLink kind="primary" to={paths.childEdit(file.id)} search={{ section }}>
          {t('edit')}
        </ButtonLink>
      )}
    </>
  )
  function call(): void {
    const masked = kinOf(file, t.language).some((row) => row.phones.length > 0 && reveal.may(row.path))
    if (masked) reveal.ask(() => setDoing('call'))
    else setDoing('call')
  }
  const dialogs = (
    <>
      {doing === 'call' && <CallDialog file={file} reveal={reveal} onClose={close} />}
      <Suspense fallback={null}>
        {doing === 'exit' && <ExitDialog file={file} reread={reread} onClose={close} />}
        {doing === 'restore' && <RestoreDialog file={file} reread={reread} onClose={close} />}
      </Suspense>
    </>
  )
  return { actions, menu: [...prints, ...rest], dialogs }
}

function CallDialog({ file, reveal, onClose }: { file: ChildFile; reveal: Reveal; onClose: () => void }) {
  const t = useWords(childText)
  const rows = kinOf(file, t.language).flatMap((row) =>
    (wholePhones(file, row.path, row.phones, reveal) ?? []).map((phone) => ({ row, phone })),
  )
  const closed = file.groups.phones === 'masked' && file.revealable.includes('phones') === false
  return (
    <Dialog title={t('call_title')} onClose={onClose}>
      {rows.length === 0 && (
        <p>{closed ? t('phones_closed', { who: whoSees('full_name', t.language) }) : t('no_phones')}</p>
      )}
      <ul className="callrows">
        {rows.map(({ row, phone }) => (
          <li key={`${row.key} ${phone}`}>
            <PhoneLink phone={phone}>
              <Icon name="phone" />
              <span className="grow">
                {row.label || t('own_phone')} {row.name}
              </span>
              <span className="nowrap">{spacedPhone(phone)}</span>
            </PhoneLink>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
