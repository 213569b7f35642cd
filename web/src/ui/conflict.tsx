// Somebody else saved while this form was open: both versions side by side, what differs is marked, one is chosen.
import type { ReactNode } from 'react'
import { Button } from './controls.tsx'
import { Icon } from './icons.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

export interface ConflictRow {
  key: string
  label: string
  mine: ReactNode
  theirs: ReactNode
  differs: boolean
}

export function ConflictView({
  rows,
  by,
  onKeepMine,
  onTakeTheirs,
  busy,
}: {
  rows: readonly ConflictRow[]
  /** Who saved and when, when the server says it. */
  by?: ReactNode
  onKeepMine: () => void
  onTakeTheirs: () => void
  busy?: boolean
}) {
  const t = useWords(uiText)
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
              <td data-label={t('yours')}>{row.mine}</td>
              <td data-label={t('theirs')}>{row.theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row g12 wrap">
        <Button kind="primary" busy={busy} onClick={onKeepMine}>
          {t('keep_yours')}
        </Button>
        <Button onClick={onTakeTheirs}>{t('take_theirs')}</Button>
      </div>
    </section>
  )
}
