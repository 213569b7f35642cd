// The list behind each number of 今天: the same children, by the same rule on the server. And the children nobody has been in touch with.
import { dueWhen, todayOps, type DueWhen } from '@nuanyang/contract/today.ts'
import { useOp } from '../kernel/query.ts'
import { useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, Chip, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { Pager, useKeyset } from '../ui/table.tsx'
import { dueText } from './due.text.ts'
import { kindWord } from './due_words.ts'
import { BeyondLinks } from './beyond.tsx'
import { Waiting } from './waiting.tsx'
import './today.css'

const pageSize = 60

export function DuePage() {
  const t = useWords(dueText)
  const { today } = useSignedIn()
  const [address, change] = useAddress()
  const when = dueWhen.find((each) => each === address['when']) ?? 'all'
  const nobody = address['owner'] === 'nobody'
  const offset = Number(address['from'] ?? 0) || 0
  const found = useOp(
    todayOps.due,
    { when, limit: pageSize, offset, ...(nobody ? { owner: 'nobody' as const } : {}) },
    { keepLast: true },
  )
  const words: Record<DueWhen, string> = { today: t('w_today'), week: t('w_week'), all: t('w_all'), overdue: t('w_overdue') } // prettier-ignore
  return (
    <Page
      title={nobody ? t('list_nobody') : t('list_title')}
      sub={nobody ? t('list_nobody_help') : undefined}
      back={paths.today()}
    >
      <div className="due-list formw">
        <div className="due-filters" role="group">
          {dueWhen.map((each) => (
            <Chip key={each} pressed={each === when} onClick={() => change({ when: each, from: undefined })}>
              {words[each]}
            </Chip>
          ))}
        </div>
        <Loaded of={found} rows={6}>
          {({ items, total, beyond }) =>
            beyond !== null ? (
              <>
                <p>{t('list_beyond', { n: beyond })}</p>
                <BeyondLinks />
              </>
            ) : items.length === 0 ? (
              <EmptyState title={t('list_empty')}>{t('list_empty_help')}</EmptyState>
            ) : (
              <>
                <p className="dim">{t('n_children', { n: total })}</p>
                <Waiting list={items} today={today} chosen={{}} />
                {offset + items.length < total && (
                  <Button onClick={() => change({ from: String(offset + pageSize) })}>
                    {t.with('more', { children: t('n_children', { n: total - offset - items.length }) })}
                  </Button>
                )}
              </>
            )
          }
        </Loaded>
      </div>
    </Page>
  )
}

export function QuietPage() {
  const t = useWords(dueText)
  const { today } = useSignedIn()
  const [address] = useAddress()
  const days = Math.max(1, Number(address['days'] ?? 14) || 14)
  const unit = address['unit']
  const keyset = useKeyset(`${days} ${unit ?? ''}`)
  const found = useOp(
    todayOps.quiet_children,
    { days, limit: 50, ...(unit ? { unit_id: unit } : {}), ...(keyset.after ? { after: keyset.after } : {}) },
    { keepLast: true },
  )
  return (
    <Page title={t('quiet_list', { n: days })} sub={t('quiet_help')} back={paths.today()}>
      <Loaded of={found} rows={8}>
        {({ items, next, total }) =>
          items.length === 0 ? (
            <EmptyState title={t('quiet_empty')}>{t('quiet_empty_help')}</EmptyState>
          ) : (
            <div className="formw">
              <p className="dim">{t('n_children', { n: total ?? items.length })}</p>
              <ul>
                {items.map((child) => (
                  <li key={child.id} className="today-group">
                    <To to={paths.child(child.id)} className="today-line">
                      <b className="due-name">{child.name}</b>
                      <span className="dim small grow">{child.unit_name}</span>
                      <span className="dim small">
                        {child.last_contact
                          ? t('quiet_last', {
                              day: plainDay(child.last_contact.on, t.language, today),
                              what: kindWord(child.last_contact.kind, t.language),
                            })
                          : t('never')}
                      </span>
                    </To>
                  </li>
                ))}
              </ul>
              <Pager keyset={keyset} next={next} shown={items.length} />
            </div>
          )
        }
      </Loaded>
    </Page>
  )
}
