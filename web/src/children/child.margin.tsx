// The margin of a file: family with their numbers, siblings, helpers, and the units it stands in.
import { useState, type ReactNode } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { helperKinds } from '@nuanyang/contract/pairings.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink, To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useWords } from '../ui/language.ts'
import { NotCollected } from '../ui/state.tsx'
import { childText } from './child.text.ts'
import { AddLink, kinOf, PhoneLines } from './child.kin.tsx'
import { LeaveDialog, PlaceDialog } from './child.places.tsx'
import type { Reveal } from './reveal.tsx'
import { useHasPage } from './has_page.ts'
import { linkWords } from './values.text.ts'
import { unitWords, whoSees } from './words.ts'

export function FileMargin({ file, reveal }: { file: ChildFile; reveal: Reveal }) {
  const t = useWords(childText)
  return (
    <aside className="file-margin">
      {file.groups.family === 'open' ? (
        <section>
          <h3>{t('family_people')}</h3>
          <Family file={file} reveal={reveal} />
        </section>
      ) : (
        <p className="dim small">{t('closed_part', { who: whoSees('family', t.language) })}</p>
      )}
      <section>
        <h3>{t('helpers')}</h3>
        <Helpers file={file} link />
      </section>
      <Units file={file} />
    </aside>
  )
}

function Family({ file, reveal }: { file: ChildFile; reveal: Reveal }) {
  const t = useWords(childText)
  const rows = kinOf(file, t.language)
  if (rows.length === 0 && file.siblings.length === 0)
    return (
      <p className="kin-none dim">
        {t('no_family')}
        {file.can_write && <AddLink file={file} path="carer.name" />}
      </p>
    )
  return (
    <dl className="kin">
      {rows.map((row) => (
        <KinEntry key={row.key} label={row.label || t('own_phone')}>
          {listed([row.name, row.beside], t.language) || <NotCollected />}
          <PhoneLines file={file} row={row} reveal={reveal} />
        </KinEntry>
      ))}
      {file.siblings.length > 0 && (
        <KinEntry label={t('siblings')}>
          {file.siblings.map((each) => (
            <span key={each.id} className="kin-line">
              {each.grade ? (
                t.with('sibling', {
                  name: <To to={paths.child(each.id)}>{each.name}</To>,
                  grade: gradeLabel(each.grade as Grade, t.language),
                })
              ) : (
                <To to={paths.child(each.id)}>{each.name}</To>
              )}
            </span>
          ))}
        </KinEntry>
      )}
    </dl>
  )
}

function KinEntry({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

export function Helpers({ file, link }: { file: ChildFile; link?: boolean }) {
  const t = useWords(childText)
  const day = (on: string) => plainDay(on.slice(0, 7), t.language, '')
  const paired = useHasPage(paths.pairings())
  const pairs = useRight('pairings.write') && paired
  if (file.helpers.length === 0)
    return (
      <p className="kin-none dim">
        {t('no_helper')}
        {link && pairs && file.status === 'registered' && (
          <To to={paths.pairings()} search={{ child_id: file.id, new: 'yes' }}>
            {t('find_helper')}
          </To>
        )}
      </p>
    )
  return (
    <dl className="kin">
      {file.helpers.map((helper) => (
        <KinEntry key={helper.pairing_id} label={helper.name}>
          {helperKinds[helper.kind][t.language]}
          <span className="kin-line dim small">
            {helper.until_on
              ? t('from_until', { from: day(helper.from_on), until: day(helper.until_on) })
              : t('from_open', { from: day(helper.from_on) })}
          </span>
        </KinEntry>
      ))}
    </dl>
  )
}

/** To the pairings of this child, with the question open. */
export function PairLink({ file }: { file: ChildFile }) {
  const t = useWords(childText)
  const may = useRight('pairings.write')
  if (!may || file.status === 'exited') return null
  return (
    <p className="no-print">
      <ButtonLink to={paths.pairings()} search={{ child_id: file.id, new: 'yes' }}>
        {t('pair')}
      </ButtonLink>
    </p>
  )
}

function Units({ file }: { file: ChildFile }) {
  const t = useWords(childText)
  const writes = useRight('children.write') && file.can_write
  const [asking, setAsking] = useState<'place' | ChildFile['units'][number] | null>(null)
  return (
    <section>
      <h3>{t('units')}</h3>
      <dl className="kin">
        {file.units.map((unit) => (
          <KinEntry key={`${unit.id} ${unit.as}`} label={linkWords[unit.as][t.language]}>
            {unitWords(unit.name, t.language)}
            <span className="kin-line dim small">
              <span className="date">{t('from_open', { from: plainDay(unit.from_on, t.language) })}</span>
              {writes && (
                <button
                  type="button"
                  className="kin-act no-print"
                  aria-label={t('leave_title', { unit: unitWords(unit.name, t.language) })}
                  onClick={() => setAsking(unit)}
                >
                  {t('leave')}
                </button>
              )}
            </span>
          </KinEntry>
        ))}
      </dl>
      {writes && (
        <p className="no-print">
          <Button kind="text" onClick={() => setAsking('place')}>
            {t('place_add')}
          </Button>
        </p>
      )}
      {asking === 'place' && <PlaceDialog file={file} onClose={() => setAsking(null)} />}
      {asking && asking !== 'place' && <LeaveDialog file={file} unit={asking} onClose={() => setAsking(null)} />}
    </section>
  )
}
