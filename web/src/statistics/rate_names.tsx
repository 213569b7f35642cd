// The children behind one number.
import { dueOps, type Rate, type RatePart } from '@nuanyang/contract/plans.due.ts'
import { indicators } from '@nuanyang/domain/values/indicators.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import type { WebInput } from '../kernel/client.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { useAddress } from '../ui/filters.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Loaded } from '../ui/page.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import { statisticsText } from './statistics.text.ts'

const parts: readonly RatePart[] = ['yes', 'no', 'unknown', 'outside']

export function RateNames({ rate, query }: { rate: Rate; query: Partial<WebInput<typeof dueOps.rates>> }) {
  const t = useWords(statisticsText)
  const say = useSay()
  const phone = useIsPhone()
  const [address, change] = useAddress()
  const part = parts.find((each) => each === address['part']) ?? 'no'
  const keyset = useKeyset(JSON.stringify([rate.code, part, query]))
  const list = useOp(dueOps.rate_children, { ...query, code: rate.code, part, limit: 50, ...(keyset.after ? { after: keyset.after } : {}) }, { keepLast: true }) // prettier-ignore
  return (
    <section className="rate-names" aria-label={t(`${part}_head`, { rate: say(indicators.find(({ code }) => code === rate.code)!) })}>
      {phone && (
        <Button kind="text" icon="left" onClick={() => change({ rate: undefined, part: undefined })}>
          {t('back')}
        </Button>
      )}
      <h2>{t(`${part}_head`, { rate: say(indicators.find(({ code }) => code === rate.code)!) })}</h2>
      <Loaded of={list} rows={6}>
        {(now) =>
          now.items.length === 0 ? (
            <p className="dim">{t('empty_list')}</p>
          ) : (
            <>
              <ul className="lines">
                {now.items.map((child) => (
                  <li key={child.id}>
                    <span className="grow">
                      <To to={paths.child(child.id)}>{child.name}</To>
                      <small>
                        {listed([child.unit_name, child.grade && gradeLabel(child.grade as Grade, t.language)])}
                      </small>
                    </span>
                    <Note rate={rate} note={child.note} />
                  </li>
                ))}
              </ul>
              <Pager keyset={keyset} next={now.next} shown={now.items.length} total={now.total} size={50} />
            </>
          )
        }
      </Loaded>
    </section>
  )
} // prettier-ignore

const states = ['suspended', 'dropped_out', 'not_enrolled', 'transferred', 'graduated'] as const

/** Why the child is in this list, when there is a reason to tell. */
function Note({ rate, note }: { rate: Rate; note: string | null }) {
  const t = useWords(statisticsText)
  if (note === null) return null
  const state = states.find((each) => each === note)
  if (state) return <span className="dim small">{t(state)}</span>
  return <span className="dim small nowrap">{t(rate.code === 'dossier_rate' ? 'lacks' : 'missed', { n: note })}</span>
}
