// Beside the list on the desktop: recording what was pressed, with what is still owed to the child and who is at home.
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { todayOps, type DueChild, type DueItem } from '@nuanyang/contract/today.ts'
import { kin } from '../children/words.ts'
import { refresh, useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useWords } from '../ui/language.ts'
import { Skeleton } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { dueText } from './due.text.ts'
import { kindWord, windowWords } from './due_words.ts'
import { toWaive, type Chosen } from './waiting.tsx'

// The form is the desktop's here; on the phone it is a page of its own.
const RecordPane = lazy(() => import('../records/pane.tsx').then((module) => ({ default: module.RecordPane })))
const WaiveDialog = lazy(() => import('../plans/waive.tsx').then((module) => ({ default: module.WaiveDialog })))

/** @param list the children beside it; somebody chosen who is not among them is asked for */
export function Beside({ list, chosen, today }: { list: readonly DueChild[]; chosen: Chosen; today: string }) {
  const known = list.find((child) => child.id === chosen.child)
  const asked = useOp(todayOps.due, { child_id: chosen.child ?? '' }, { when: !known && chosen.child !== undefined })
  const child = known ?? asked.data?.items[0]
  const item = child?.items.find((each) => each.duty_id === chosen.duty) ?? child?.items[0]
  const navigate = useNavigate()
  const queries = useQueryClient()
  if (!child || !item) return asked.isLoading ? <Skeleton /> : null
  const done = () => {
    refresh(queries, 'today')
    void navigate({ to: paths.today() })
  }
  return (
    <Suspense fallback={<Skeleton />}>
      <RecordPane
        key={`${child.id} ${item.duty_id}`}
        start={{
          kind: item.kind,
          children: [{ id: child.id, name: child.name }],
          pairing_id: item.pairing_id ?? undefined,
          onSaved: done,
        }}
        aside={
          <>
            <Owed child={child} today={today} />
            <Family id={child.id} />
          </>
        }
      />
    </Suspense>
  )
}

function Owed({ child, today }: { child: DueChild; today: string }) {
  const t = useWords(dueText)
  const [asking, setAsking] = useState<DueItem | null>(null)
  return (
    <section className="beside-part">
      <h3>{t('beside_owed')}</h3>
      <dl>
        {child.items.map((item) => {
          const { mark, words } = windowWords(item, today, t.language)
          return (
            <div key={item.duty_id}>
              <dt>{item.title.length > 8 ? kindWord(item.kind, t.language) : item.title}</dt>
              <dd>
                <State kind={mark}>{listed([words, item.left > 1 && t('times', { n: item.left })], t.language)}</State>
                {item.may_waive && (
                  <Button
                    kind="text"
                    aria-label={t('let_off_one', { what: item.title })}
                    onClick={() => setAsking(item)}
                  >
                    {t('let_off_short')}
                  </Button>
                )}
                {item.missed > 1 && <span className="dim small">{t('missed', { n: item.missed })}</span>}
              </dd>
            </div>
          )
        })}
        {child.last_contact && (
          <div>
            <dt>{t('beside_last', { what: kindWord(child.last_contact.kind, t.language) })}</dt>
            <dd className="date">{plainDay(child.last_contact.on, t.language, today)}</dd>
          </div>
        )}
      </dl>
      {asking && (
        <Suspense>
          <WaiveDialog item={toWaive(child, asking)} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </section>
  )
}

function Family({ id }: { id: string }) {
  const t = useWords(dueText)
  const file = useOp(childOps.get, { id })
  if (!file.data) return null
  const people = familyOf(file.data, t.language)
  return (
    <section className="beside-part">
      <h3>{t('beside_family')}</h3>
      {people.length > 0 && (
        <dl>
          {people.map(([who, words]) => (
            <div key={who}>
              <dt>{who}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="small">
        <To to={paths.child(id)}>{t('open_file')}</To>
      </p>
    </section>
  )
}

/** Carer and parents with where they are, as far as the reader sees them. */
function familyOf(file: ChildFile, language: 'zh' | 'en'): [string, string][] {
  const out: [string, string][] = []
  const { carer } = file
  if (carer && (carer.name || carer.relation)) {
    const age = carer.age === null ? null : language === 'zh' ? `${carer.age} 岁` : String(carer.age)
    out.push([kin(carer.relation, carer.relation_words, language), listed([carer.name, age], language)])
  }
  for (const which of ['father', 'mother'] as const) {
    const parent = file[which]
    if (!parent || carer?.relation === which) continue
    const words = listed([parent.name, parent.state === 'away' && parent.work_place], language)
    if (words) out.push([kin(which, null, language), words])
  }
  return out
}
