// 务工地点: the words of files and what they mean. One press for the place the list of divisions offers, or another found by typing.
import { useState } from 'react'
import type { DivisionHit } from '@nuanyang/contract/divisions.ts'
import { familyOps, type WorkPlace } from '@nuanyang/contract/families.ts'
import { unitOps } from '@nuanyang/contract/units.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, ProblemLine } from '../ui/page.tsx'
import { PlaceSearch } from '../units/place_search.tsx'
import { familiesText } from './families.text.ts'
import { placeFits } from './place_fits.ts'

/** A province alone does not say which county: from the city down. */
const levels = [2, 3, 4, 5]

export function Places() {
  const t = useWords(familiesText)
  const found = useOp(familyOps.places, {}, { fresh: true })
  return (
    <Loaded of={found} rows={5}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('places_none')}>{t('places_none_help')}</EmptyState>
        ) : (
          <>
            <p className="dim families-asked">{t('places_help')}</p>
            <ul className="lines">
              {items.map((place) => (
                <PlaceLine key={place.words} place={place} />
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  )
}

function PlaceLine({ place }: { place: WorkPlace }) {
  const t = useWords(familiesText)
  const say = useSay()
  const write = useWrite(familyOps.choose_place, { refreshes: ['today', 'children', 'definitions'] })
  const offered = useOp(unitOps.search_divisions, { q: place.words, levels, limit: 2 })
  const [asking, setAsking] = useState(false)
  async function take(hit: DivisionHit): Promise<void> {
    const written = await write.send({ body: { words: place.words, code: hit.code } })
    if (written.is !== 'done') return
    setAsking(false)
    toast(t('done', { words: place.words, place: hit.path_name + hit.name, n: written.answer.changed }))
  }
  const hits = (offered.data?.hits ?? []).filter(({ name }) => placeFits(place.words, name))
  return (
    <li className="place-line">
      <span className="place-words">
        <b>{place.words}</b> <span className="dim small">{t('n_children', { n: place.children })}</span>
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
      </span>
      <span className="row wrap g8">
        {hits.map((hit) => (
          <Chip key={hit.code} pressed={false} onClick={() => void take(hit)}>
            {t('is_it')} {hit.path_name}
            {hit.name}
          </Chip>
        ))}
        {offered.data && hits.length === 0 && <span className="dim small">{t('no_hit')}</span>}
        <Button kind="text" onClick={() => setAsking(true)}>
          {t('other')}
        </Button>
      </span>
      {asking && (
        <Choosing
          words={place.words}
          busy={write.busy}
          onTake={(hit) => void take(hit)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}

function Choosing({
  words,
  busy,
  onTake,
  onClose,
}: {
  words: string
  busy: boolean
  onTake: (hit: DivisionHit) => void
  onClose: () => void
}) {
  const t = useWords(familiesText)
  const [hit, setHit] = useState<DivisionHit | null>(null)
  return (
    <Dialog
      title={t('choose_title', { words })}
      onClose={onClose}
      actions={
        hit && (
          <Button kind="primary" busy={busy} onClick={() => onTake(hit)}>
            {t('choose')}
          </Button>
        )
      }
    >
      <PlaceSearch
        levels={levels}
        example={t('example')}
        chosen={hit}
        onChoose={setHit}
        onTake={() => hit && onTake(hit)}
      />
    </Dialog>
  )
}
