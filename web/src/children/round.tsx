// 信息更新: every family is asked once in a term. What the file says stands there; 无变化 is one tap for the family, a change opens the form.
import { useState } from 'react'
import { childOps, type ChildRow } from '@nuanyang/contract/children.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { roundText } from './round.text.ts'
import { awayWords, classWords, kin } from './words.ts'
import './round.css'

/** The first day of the term that is on: 1 September or 1 March. */
export function termBegan(today: string): string {
  const [year = '', month = ''] = today.split('-')
  if (month >= '09') return `${year}-09-01`
  return month >= '03' ? `${year}-03-01` : `${Number(year) - 1}-09-01`
}

/** Children of one carer are asked about in one go. */
function families(rows: readonly ChildRow[]): ChildRow[][] {
  const by = new Map<string, ChildRow[]>()
  for (const row of rows) {
    const key = row.carer_name ? `${row.carer_name} ${row.phone ?? ''} ${row.villager_group ?? ''}` : row.id
    by.set(key, [...(by.get(key) ?? []), row])
  }
  return [...by.values()]
}

export function RoundPage() {
  const t = useWords(roundText)
  const [address, change] = useAddress()
  const since = address['since'] ?? termBegan(dayOf())
  const asked = { confirmed_since: since }
  const done = useOp(childOps.count, { ...asked, confirmed: 'yes' }).data?.count
  const open = useOp(childOps.count, { ...asked, confirmed: 'no' }).data?.count
  const list = useOp(childOps.list, { ...asked, confirmed: 'no', limit: 100 })
  const all = (done ?? 0) + (open ?? 0)
  return (
    <Page
      title={t('title')}
      sub={done === undefined || open === undefined ? t('sub') : t('count', { done, all })}
      back={paths.children()}
    >
      {all > 0 && (
        <div className="round-bar" role="img" aria-label={t('count', { done: done ?? 0, all })}>
          <i style={{ width: `${(100 * (done ?? 0)) / all}%` }} />
        </div>
      )}
      <div className="round-since">
        <TextInput
          kind="date"
          label={t('since')}
          hint={t('since_help')}
          value={since}
          max={dayOf()}
          onChange={(next) => change({ since: next || undefined })}
        />
      </div>
      <Loaded of={list} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('all_done')} actions={<ButtonLink to={paths.children()}>{t('to_list')}</ButtonLink>}>
              {t('all_done_help')}
            </EmptyState>
          ) : (
            <ul className="lines round">
              {families(items).map((family) => (
                <FamilyLine key={family[0]!.id} family={family} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function FamilyLine({ family }: { family: ChildRow[] }) {
  const t = useWords(roundText)
  const say = useSay()
  const writes = useRight('children.write')
  const confirm = useWrite(childOps.confirm)
  const [done, setDone] = useState(false)
  const first = family[0]!
  const names = listed(
    family.map((row) => row.name),
    t.language,
  )
  async function send(): Promise<void> {
    const written = await confirm.send({ body: { child_ids: family.map((row) => row.id) } }, t('outbox', { names }))
    if (written.is === 'refused') return
    setDone(true)
    toast(t(written.is === 'kept' ? 'kept' : 'confirmed', { names }))
  }
  if (done) return null
  return (
    <li>
      <span className="grow">
        {family.map((row) => (
          <b key={row.id} className="round-name">
            <To to={paths.child(row.id)}>{row.name}</To>
          </b>
        ))}
        <small>
          {listed(
            [
              first.carer_name && `${kin(first.carer_relation, null, t.language)} ${first.carer_name}`,
              awayWords(first, t.language, true) ?? t('away_unknown'),
              classWords(first, t.language, true),
              first.confirmed_on && t('last', { day: plainDay(first.confirmed_on, t.language) }),
            ],
            t.language,
          )}
        </small>
        {confirm.problem && (
          <ProblemLine>{say({ zh: confirm.problem.detail, en: confirm.problem.detail_en })}</ProblemLine>
        )}
      </span>
      {writes && (
        <span className="round-acts">
          <ButtonLink to={paths.childEdit(first.id)} search={{ section: 'family' }}>
            {t('changed')}
          </ButtonLink>
          <Button busy={confirm.busy} onClick={() => void send()} aria-label={t('same_of', { names })}>
            {t('same')}
          </Button>
        </span>
      )}
    </li>
  )
}
