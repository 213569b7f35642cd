// The second question: where. From the list by typing, or written in under the place above it.
import { useCallback, useState } from 'react'
import { setUpLevels, type SetUpKind } from '@nuanyang/contract/accounts.ts'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import { Button } from '../ui/controls.tsx'
import { TextInput } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { ProblemLine } from '../ui/page.tsx'
import { PlaceSearch } from './place_search.tsx'
import { startText } from './start.text.ts'

/** A village and a community are one choice here: the place's own name says which it is. */
export type StartKind = Exclude<SetUpKind, 'community'>

export interface Answers {
  code: string
  kind: StartKind
  place: Place
}

type Level = 3 | 4 | 5

export interface Place {
  /** The place of the list; with `written`, the one above what is written in. */
  hit: DivisionHit | null
  /** Names by level where the list lacks them; null while choosing from the list. */
  written: Partial<Record<Level, string>> | null
}
export const noPlace: Place = { hit: null, written: null }

/** The level that must have a name in the end: the unit's own, or for offices and schools any. */
const ownLevel: Partial<Record<StartKind, Level>> = { village: 5, township: 4, county: 3 }

/** Levels that can be written in below a place: down to the unit's own. */
function levelsBelow(hit: DivisionHit, kind: StartKind): Level[] {
  return ([3, 4, 5] as const).filter((level) => level > hit.level && level <= (ownLevel[kind] ?? 5))
}

/** What was written in, outermost first, as the contract takes it. */
export function writtenIn(place: Place): { level: number; name: string }[] {
  return ([3, 4, 5] as const)
    .map((level) => ({ level, name: place.written?.[level]?.trim() ?? '' }))
    .filter(({ name }) => name !== '')
}

/** The name of the place that was chosen or written in. */
export function placeName(place: Place): string {
  return place.written ? (writtenIn(place).at(-1)?.name ?? '') : (place.hit?.name ?? '')
}

function isReady(kind: StartKind, place: Place): boolean {
  if (!place.hit) return false
  if (!place.written) return true
  const names = writtenIn(place)
  const own = ownLevel[kind]
  // A county is needed somewhere: the list's, or one written in.
  const hasCounty = place.hit.level >= 3 || names.some(({ level }) => level === 3)
  return hasCounty && names.length > 0 && (own === undefined || names.some(({ level }) => level === own))
}

export function PlaceStep({
  kind,
  place,
  onChange,
  onBack,
  onNext,
}: {
  kind: StartKind
  place: Place
  onChange: (place: Place) => void
  onBack: () => void
  onNext: () => void
}) {
  const t = useWords(startText)
  const [tried, setTried] = useState(false)
  const { hit, written } = place
  const ready = isReady(kind, place)
  const choose = useCallback((next: DivisionHit | null) => onChange({ hit: next, written }), [onChange, written])
  function next(): void {
    setTried(true)
    if (ready) onNext()
  }
  const own = ownLevel[kind] ?? 5
  const above = [2, 3, 4].filter((level) => level < own)
  return (
    <div>
      <h1 tabIndex={-1}>{t(written ? 'written_under' : `place_${kind}`)}</h1>
      <p className="dim door-lead">{t(written ? 'written_under_lead' : 'place_lead')}</p>
      <PlaceSearch
        key={written ? 'above' : 'own'}
        levels={written ? above : [...setUpLevels[kind]]}
        example={t(kind === 'village' && !written ? 'place_example_village' : 'place_example_other')}
        chosen={hit}
        onChoose={choose}
        onTake={next}
      />
      {written && hit && (
        <div className="stack start-written">
          {levelsBelow(hit, kind).map((level) => (
            <TextInput
              key={level}
              label={t(`level_${level}`)}
              optional={level !== ownLevel[kind] && !(level === 3 && hit.level < 3)}
              value={written[level] ?? ''}
              onChange={(name) => onChange({ hit, written: { ...written, [level]: name } })}
            />
          ))}
        </div>
      )}
      <p className="start-alt">
        <button type="button" onClick={() => onChange({ hit: null, written: written ? null : {} })}>
          {t(written ? 'from_list' : 'write_in')}
        </button>
        {!written && <span className="dim">{t('write_in_help')}</span>}
      </p>
      {tried && !ready && <ProblemLine>{t(written ? 'need_written' : 'choose_first')}</ProblemLine>}
      <div className="door-acts">
        <Button kind="primary" onClick={next}>
          {ready ? t('is_it', { name: placeName(place) }) : t('go_on')}
        </Button>
        <Button kind="text" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </div>
  )
}
