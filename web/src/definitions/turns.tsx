// 进出名单: whose answer turned between two days. Each line leads to the file, where a person acts.
import { useState } from 'react'
import { definitionOps, turnKinds } from '@nuanyang/contract/definitions.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, Chip, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { definitionName } from './definition_name.ts'
import { factNames, fieldOfFact } from './definition_words.ts'
import { definitionsText } from './definitions.text.ts'
import './definitions.css'

type Turn = Answer<typeof definitionOps.turns>['items'][number]

/** The same day half a year ago: the ministry's list is renewed every half year. */
function halfYearBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() - 6)
  return at.toISOString().slice(0, 10)
}

export function TurnsPage() {
  const t = useWords(definitionsText)
  const [address, change] = useAddress()
  const list = useOp(definitionOps.list, {})
  const code = address['code'] ?? 'mca'
  const until = address['until'] ?? dayOf()
  const from = address['from'] ?? halfYearBefore(until)
  const kind = turnKinds.find((each) => each === address['kind'])
  const tally = useOp(definitionOps.tally, { code, on: until }, { keepLast: true })
  const [parts, setParts] = useState<readonly (string | undefined)[]>([undefined])
  const ask = (next: Record<string, string | undefined>) => {
    setParts([undefined])
    change(next)
  }
  return (
    <Page title={t('turns')} sub={t('turns_sub')} back={paths.children()}>
      <div className="stack turns-asked">
        <div className="row wrap g8" role="group" aria-label={t('title')}>
          {(list.data?.items ?? [])
            .filter((one) => one.in_force)
            .map((one) => (
              <Chip key={one.id} pressed={one.code === code} onClick={() => ask({ code: one.code })}>
                {definitionName(one, t.language)}
              </Chip>
            ))}
        </div>
        <div className="turn-days">
          <TextInput kind="date" label={t('turns_from')} value={from} onChange={(next) => ask({ from: next })} />
          <TextInput kind="date" label={t('turns_until')} value={until} onChange={(next) => ask({ until: next })} />
        </div>
        {tally.data && (
          <p className="dim">
            {t('tally', { yes: tally.data.yes, no: tally.data.no, open: tally.data.cannot_say })}
            {tally.data.missing.length > 0 && (
              <>
                <br />
                {t('tally_lacks', {
                  facts: factNames(
                    tally.data.missing.slice(0, 3).map((one) => one.fact),
                    t.language,
                  ),
                })}
              </>
            )}
          </p>
        )}
        <div className="row wrap g8" role="group" aria-label={t('turns')}>
          {[undefined, ...turnKinds].map((each) => (
            <Chip key={each ?? 'all'} pressed={each === kind} onClick={() => ask({ kind: each })}>
              {each ? t(`kind_${each}`) : t('all_kinds')}
            </Chip>
          ))}
        </div>
      </div>
      {parts.map((after, at) => (
        <Part
          key={`${code} ${from} ${until} ${kind} ${after}`}
          query={{ code, from, until, ...(kind ? { kind } : {}), ...(after ? { after } : {}) }}
          first={at === 0}
          onMore={at === parts.length - 1 ? (next) => setParts([...parts, next]) : undefined}
        />
      ))}
    </Page>
  )
}

function Part({
  query,
  first,
  onMore,
}: {
  query: { code: string; from: string; until: string; kind?: Turn['kind']; after?: string }
  first: boolean
  onMore: ((next: string) => void) | undefined
}) {
  const t = useWords(definitionsText)
  const page = useOp(definitionOps.turns, { ...query, limit: 50 })
  return (
    <Loaded of={page} rows={4}>
      {({ items, next }) => (
        <>
          {items.length === 0 && first && <EmptyState title={t('nobody')}>{t('nobody_help')}</EmptyState>}
          <ul className="lines">
            {items.map((turn) => (
              <TurnLine key={turn.child_id} turn={turn} />
            ))}
          </ul>
          {next && onMore && (
            <Button kind="text" onClick={() => onMore(next)}>
              {t('more')}
            </Button>
          )}
        </>
      )}
    </Loaded>
  )
}

function TurnLine({ turn }: { turn: Turn }) {
  const t = useWords(definitionsText)
  const day = plainDay(turn.on, t.language)
  const field = turn.missing.map(fieldOfFact).find(Boolean)
  return (
    <li>
      <span className="grow">
        <b>
          <To to={paths.child(turn.child_id)}>{turn.child_name}</To>
        </b>{' '}
        <span className="dim">{t(`turn_${turn.kind}`, { day, facts: factNames(turn.missing, t.language) })}</span>
      </span>
      {turn.proposes === 'ask' && field ? (
        <To to={paths.childEdit(turn.child_id)} search={{ section: field.includes('.') ? 'family' : 'basic', field }}>
          {t('propose_ask')}
        </To>
      ) : (
        turn.proposes && (
          <To to={paths.child(turn.child_id)} search={turn.proposes === 'ask' ? undefined : { do: turn.proposes }}>
            {t(`propose_${turn.proposes}`)}
          </To>
        )
      )}
    </li>
  )
}
