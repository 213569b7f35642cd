// Where a file comes from: every change with its source, what the roster held besides, and who has looked.
import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { roles, type Role } from '@nuanyang/contract/roles.ts'
import { useOp } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay, saidDay, saidMoment, dayOf } from '../ui/dates.ts'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { Loaded } from '../ui/page.tsx'
import { Margin, NotCollected, State, type MarginEntry, type StateKind } from '../ui/state.tsx'
import { childText } from './child.text.ts'
import { capital } from './field_names.ts'
import { changeStateWords, openingWords } from './values.text.ts'
import { fieldName, saidValue, unitWords, wordOf } from './words.ts'

export type Change = Answer<typeof childOps.history>['items'][number]

const stateKinds: Record<Change['state'], StateKind> = {
  applied: 'plain',
  proposed: 'asked',
  accepted: 'done',
  declined: 'none',
  withdrawn: 'none',
}

/** A long list in parts: each part is a page of the server, the last one offers what came before. */
function Parts({
  render,
  after,
}: {
  render: (after: string | undefined, more: (next: string) => ReactNode) => ReactNode
  after?: string
}) {
  const t = useWords(childText)
  const [open, setOpen] = useState(false)
  return render(after, (next) =>
    open ? (
      <Parts render={render} after={next} />
    ) : (
      <Button kind="text" onClick={() => setOpen(true)}>
        {t('earlier')}
      </Button>
    ),
  )
}

const FileLikeness = lazy(async () => ({ default: (await import('../duplicates/file_likeness.tsx')).FileLikeness }))

export function History({ file }: { file: ChildFile }) {
  const t = useWords(childText)
  const extra = Object.entries(file.extra)
  return (
    <div className="history">
      <Parts render={(after, more) => <HistoryPart id={file.id} after={after} more={more} />} />
      {extra.length > 0 && (
        <section className="block">
          <header>
            <h3>{t('from_roster')}</h3>
          </header>
          <dl className="facts">
            {extra.map(([head, value]) => (
              <ExtraFact key={head} head={head} value={value} />
            ))}
          </dl>
        </section>
      )}
      <Suspense fallback={null}>
        <FileLikeness id={file.id} />
      </Suspense>
      <p className="dim small">{t('registered_on', { day: plainDay(file.registered_on, t.language, '') })}</p>
    </div>
  )
}

function ExtraFact({ head, value }: { head: string; value: string }) {
  return (
    <>
      <dt>{head}</dt>
      <dd>{value}</dd>
    </>
  )
}

function HistoryPart({
  id,
  after,
  more,
}: {
  id: string
  after: string | undefined
  more: (next: string) => ReactNode
}) {
  const t = useWords(childText)
  const page = useOp(childOps.history, { id, limit: 30, ...(after ? { after } : {}) })
  return (
    <Loaded of={page} rows={5}>
      {({ items, next }) => (
        <>
          {items.length === 0 ? (
            <p className="dim closed">{t('history_none')}</p>
          ) : (
            <Margin label={t('history')} entries={items.map((change) => entryOf(change, t))} />
          )}
          {next && <p className="earlier">{more(next)}</p>}
        </>
      )}
    </Loaded>
  )
}

function entryOf(change: Change, t: ReturnType<typeof useWords<typeof childText>>): MarginEntry {
  const { language } = t
  return {
    id: change.id,
    when: <span title={saidMoment(change.at, language)}>{saidDay(dayOf(change.at), language)}</span>,
    now: change.state === 'proposed',
    head: change.field === '*' ? t('opened') : capital(fieldName(change.field, language)),
    aside: <Source change={change} />,
    end:
      change.state === 'applied' ? undefined : (
        <State kind={stateKinds[change.state]} title={change.decision_note ?? undefined}>
          {changeStateWords[change.state][language]}
        </State>
      ),
    body: change.field !== '*' && change.field !== 'confirmed' && <Told change={change} />,
  }
}

/** What changed, and what was said when it was decided. */
function Told({ change }: { change: Change }) {
  const t = useWords(childText)
  return (
    <>
      <ChangeWords change={change} />
      {change.decided_by_name && (
        <span className="decided small dim">
          {t('decided', { name: change.decided_by_name, when: saidMoment(change.decided_at!, t.language) })}
          {change.decision_note && <q>{change.decision_note}</q>}
        </span>
      )}
    </>
  )
}

export function Source({ change }: { change: Change }) {
  const t = useWords(childText)
  const who = change.by_name ?? t('somebody')
  const by = change.by_unit_name ? t('by', { name: who, unit: unitWords(change.by_unit_name, t.language) }) : who
  if (change.source_type !== 'import') return <>{by}</>
  return <>{`${t('from_file', { file: change.source_name ?? '' })}${t.language === 'zh' ? '，' : ', '}${by}`}</>
}

/** Old → new in words. */
export function ChangeWords({ change }: { change: Change }) {
  const t = useWords(childText)
  if (change.hidden) return <span className="dim">{t('hidden_change')}</span>
  const old = saidValue(change.field, change.old, t.language)
  const next = saidValue(change.field, change.new, t.language)
  if (old === null && next === null) return <NotCollected />
  if (old === null) return <>{t('filled', { new: next! })}</>
  if (next === null) return <>{t('emptied', { old })}</>
  return <>{t('old_new', { old, new: next })}</>
}

export function OpeningsDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useWords(childText)
  return (
    <Dialog wide title={t('openings')} onClose={onClose}>
      <Parts render={(after, more) => <OpeningsPart id={id} after={after} more={more} />} />
    </Dialog>
  )
}

function OpeningsPart({
  id,
  after,
  more,
}: {
  id: string
  after: string | undefined
  more: (next: string) => ReactNode
}) {
  const t = useWords(childText)
  const say = useSay()
  const page = useOp(childOps.openings, { id, limit: 30, ...(after ? { after } : {}) })
  return (
    <Loaded of={page} rows={4}>
      {({ items, next }) => (
        <>
          {items.length === 0 && <p className="dim">{t('openings_none')}</p>}
          <ul className="openings">
            {items.map((each, at) => (
              <li key={at}>
                <span className="dim small date openings-when">{saidMoment(each.at, t.language)}</span>
                <span className="grow">
                  <b>{each.by_name ?? t('somebody')}</b>{' '}
                  <span className="dim small">
                    {[
                      each.unit_name && unitWords(each.unit_name, t.language),
                      each.role && say(roles[each.role as Role]),
                    ]
                      .filter(Boolean)
                      .join(t.language === 'zh' ? '' : ', ')}
                  </span>
                  {each.purpose && (
                    <small className="dim openings-why">{t('openings_for', { purpose: each.purpose })}</small>
                  )}
                </span>
                <span className="nowrap">{operationWords(each.operation, t.language)}</span>
              </li>
            ))}
          </ul>
          {next && <p className="earlier">{more(next)}</p>}
        </>
      )}
    </Loaded>
  )
}

function operationWords(operation: string, language: 'zh' | 'en'): string {
  if (operation in openingWords) return wordOf(openingWords, operation, language)
  const feature = operation.slice(0, operation.indexOf('.'))
  return feature in openingWords ? wordOf(openingWords, feature, language) : openingWords.other[language]
}
