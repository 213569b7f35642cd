// Somebody else saved while this form was open: both versions side by side, what differs is marked, one is chosen.
import type { ReactNode } from 'react'
import { Button, Chip } from './controls.tsx'
import { Icon } from './icons.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

export interface ConflictRow {
  key: string
  label: string
  mine: ReactNode
  theirs: ReactNode
  differs: boolean
  /** The side chosen so far, where fields are chosen one by one. */
  pick?: 'mine' | 'theirs' | undefined
}

export function ConflictView({
  rows,
  by,
  onKeepMine,
  onTakeTheirs,
  onPick,
  onPicked,
  busy,
}: {
  rows: readonly ConflictRow[]
  /** Who saved and when, when the server says it. */
  by?: ReactNode
  onKeepMine: () => void
  onTakeTheirs: () => void
  /** With these two, each field is chosen by itself; the filled button comes once all are. */
  onPick?: (key: string, side: 'mine' | 'theirs') => void
  onPicked?: () => void
  busy?: boolean
}) {
  const t = useWords(uiText)
  const picked = onPicked !== undefined && rows.every((row) => !row.differs || row.pick)
  const cell = (row: ConflictRow, side: 'mine' | 'theirs') =>
    onPick && row.differs ? (
      <Chip pressed={row.pick === side} onClick={() => onPick(row.key, side)}>
        {row[side]}
      </Chip>
    ) : (
      row[side]
    )
  return (
    <section className="conflict sheet" role="alert" aria-label={t('stale_title')}>
      <h2>{t('stale_title')}</h2>
      <p className="dim">{t('stale_help')}</p>
      {by && <p className="small">{by}</p>}
      <table className="conflict-rows">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('yours')}</th>
            <th scope="col">{t('theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className={row.differs ? 'differs' : ''}>
              <th scope="row">
                {row.differs && <Icon name="ask" size={16} />} {row.label}
              </th>
              <td data-label={t('yours')}>{cell(row, 'mine')}</td>
              <td data-label={t('theirs')}>{cell(row, 'theirs')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row g12 wrap">
        {picked && (
          <Button kind="primary" busy={busy} onClick={onPicked}>
            {t('save_picked')}
          </Button>
        )}
        <Button kind={onPick ? 'outline' : 'primary'} busy={!onPick && busy} onClick={onKeepMine}>
          {t(onPick ? 'keep_yours_all' : 'keep_yours')}
        </Button>
        <Button onClick={onTakeTheirs}>{t(onPick ? 'take_theirs_all' : 'take_theirs')}</Button>
      </div>
    </section>
  )
}
