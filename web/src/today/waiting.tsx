// The list of people: who waits, what is owed as chips, and why. On the phone a chip goes to the page of recording, on the desktop it opens
// beside the list.
import { lazy, Suspense, useState } from 'react'
import type { DueChild, DueItem, UnitLine } from '@nuanyang/contract/today.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { kin } from '../children/words.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import type { Waived } from '../plans/waive.tsx'
import { ChipLink, To } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Menu } from '../ui/overlay.tsx'
import { State } from '../ui/state.tsx'
import { dueText } from './due.text.ts'
import { byClass, byHome, familyName, groupState, kindWord, whyWords, windowWords } from './due_words.ts'

// Fetched when somebody lets something off.
const WaiveDialog = lazy(() => import('../plans/waive.tsx').then((module) => ({ default: module.WaiveDialog })))

export interface Chosen {
  child?: string | undefined
  duty?: string | undefined
}

export function Waiting({ list, today, chosen }: { list: readonly DueChild[]; today: string; chosen: Chosen }) {
  const t = useWords(dueText)
  const active = useActiveMembership()
  const classes = active?.unit_kind === 'school' ? byClass(list) : []
  if (classes.length < 2) return <Homes list={list} today={today} chosen={chosen} />
  return (
    <>
      {classes.map(({ name, children }) => (
        <section key={name ?? ''} aria-label={name ?? t('no_class')}>
          <h2 className="due-class">
            {name ?? t('no_class')} <span className="dim">{t('n_children', { n: children.length })}</span>
          </h2>
          <Homes list={children} today={today} chosen={chosen} />
        </section>
      ))}
    </>
  )
}

function Homes({ list, today, chosen }: { list: readonly DueChild[]; today: string; chosen: Chosen }) {
  return (
    <>
      {byHome(list).map((home) =>
        home.length > 1 ? (
          <Home key={home[0]!.id} home={home} today={today} chosen={chosen} />
        ) : (
          <One key={home[0]!.id} child={home[0]!} today={today} chosen={chosen} />
        ),
      )}
    </>
  )
}

interface Of {
  today: string
  chosen: Chosen
}

function Home({ home, today, chosen }: Of & { home: readonly DueChild[] }) {
  const t = useWords(dueText)
  const state = groupState(home, today, t.language)
  const family = familyName(home)
  const carer = home.find((child) => child.carer_relation)?.carer_relation ?? null
  const n = home.length
  return (
    <section className="today-group today-home">
      <header className="due-head">
        <h3>{family ? t('family', { name: family }) : home.map((child) => child.name).join('、')}</h3>
        <span className="dim small grow">
          {carer ? t('cared_by', { n, carer: kin(carer, null, t.language) }) : t('together', { n })}
        </span>
        <State kind={state.mark}>{state.words}</State>
      </header>
      {home.map((child) => (
        <div key={child.id} className={`due-row${child.id === chosen.child ? ' on' : ''}`}>
          <To to={paths.child(child.id)} className="due-name">
            {family ? child.given_name : child.name}
          </To>
          <span className="dim small grow">{gradeWords(child, t.language)}</span>
          <Chips child={child} chosen={chosen} />
          <LetOff child={child} />
        </div>
      ))}
    </section>
  )
}

function One({ child, today, chosen }: Of & { child: DueChild }) {
  const t = useWords(dueText)
  const state = groupState([child], today, t.language)
  return (
    <section className="today-group">
      <header className="due-head">
        <h3>
          <To to={paths.child(child.id)} className="due-name">
            {child.name}
          </To>
        </h3>
        <span className="dim small grow">{gradeWords(child, t.language)}</span>
        <State kind={state.mark}>{state.words}</State>
      </header>
      <div className={`due-row${child.id === chosen.child ? ' on' : ''}`}>
        <span className="dim small grow">{whyWords(child, today, t.language)}</span>
        <Chips child={child} chosen={chosen} />
        <LetOff child={child} />
      </div>
    </section>
  )
}

function gradeWords({ grade, class_name }: DueChild, language: 'zh' | 'en'): string {
  if (grade) return gradeLabel(grade as Grade, language)
  return class_name ?? ''
}

/** Where an owed thing is recorded; `duty` lets the page say what it settles. */
export function recordSearch(child: DueChild, item: DueItem): Record<string, string> {
  return {
    kind: item.kind,
    child: child.id,
    duty: item.duty_id,
    ...(item.pairing_id ? { pairing: item.pairing_id } : {}),
  }
}

/** What may be let off, behind three dots: on the desktop it stands beside the form. */
function LetOff({ child }: { child: DueChild }) {
  const t = useWords(dueText)
  const phone = useIsPhone()
  const [item, setItem] = useState<DueItem | null>(null)
  const items = child.items.filter((each) => each.may_waive)
  if (!phone || items.length === 0) return null
  return (
    <>
      <Menu
        className="icbtn"
        label={t('let_off_of', { name: child.name })}
        items={items.map((each) => ({
          key: each.duty_id,
          label: t('let_off', { what: kindWord(each.kind, t.language) }),
          hint: each.title,
          onSelect: () => setItem(each),
        }))}
      >
        <Icon name="more" size={20} />
      </Menu>
      {item && (
        <Suspense>
          <WaiveDialog item={toWaive(child, item)} onClose={() => setItem(null)} />
        </Suspense>
      )}
    </>
  )
}

/** The key of the item that a waiver is about. */
export function toWaive(child: DueChild, item: DueItem): Waived {
  return {
    duty_id: item.duty_id,
    subject_type: item.pairing_id ? 'pairing' : 'child',
    subject_id: item.pairing_id ?? child.id,
    period_from: item.from_on,
    period_until: item.until_on,
    ordinal: item.ordinal,
    name: child.name,
    what: item.title,
  }
}

function Chips({ child, chosen }: { child: DueChild; chosen: Chosen }) {
  const t = useWords(dueText)
  const phone = useIsPhone()
  return (
    <span className="due-chips">
      {child.items.map((item) => {
        const what = kindWord(item.kind, t.language)
        const on = child.id === chosen.child && item.duty_id === chosen.duty
        return (
          <span key={item.duty_id} className={on ? 'due-on' : undefined} title={item.title}>
            <ChipLink
              {...(phone
                ? { to: paths.record(), search: recordSearch(child, item) }
                : { to: paths.today(), search: { child: child.id, duty: item.duty_id } })}
              {...(on ? { icon: 'pen' as const } : {})}
            >
              {what}
              {item.left > 1 && <small className="dim">{t('times', { n: item.left })}</small>}
            </ChipLink>
          </span>
        )
      })}
    </span>
  )
}

const places = {
  village: 'village',
  community: 'here',
  school: 'school',
  class: 'school',
  township: 'township',
} as const

/** 村里的事. A task opens its plan; what is recorded for the unit goes to the page of recording. */
export function UnitLines({ lines, today }: { lines: readonly UnitLine[]; today: string }) {
  const t = useWords(dueText)
  const active = useActiveMembership()
  if (lines.length === 0) return null
  return (
    <section className="today-group" aria-label={t('unit')}>
      <ul>
        {lines.map((line) => {
          const state = windowWords(line, today, t.language)
          const own = line.unit_name === active?.unit_name
          const kind = active && active.unit_kind in places ? places[active.unit_kind as keyof typeof places] : 'here'
          const task: Record<string, string> = line.type === 'task' ? { task: line.id } : { duty: line.id }
          return (
            <li key={`${line.type} ${line.id}`}>
              <To to={paths.record()} search={{ kind: line.kind, ...task }} className="today-line">
                <span className="today-kind dim small">{own ? t(kind) : line.unit_name.slice(0, 4)}</span>
                <span className="grow">
                  {line.title} {line.account_name && <span className="dim small">{line.account_name}</span>}
                </span>
                <State kind={state.mark}>{state.words}</State>
              </To>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
