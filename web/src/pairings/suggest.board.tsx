// The suggestion on the desktop: children left, helpers right, a line for each pair with its reasons on it. A child is dragged by its
// dot to a helper, with the mouse or by keyboard (space, arrows, space).
import { useMemo, useState, type CSSProperties } from 'react'
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type CollisionDetection,
  type DragEndEvent,
  type KeyboardCoordinateGetter,
} from '@dnd-kit/core'
import type { FreeHelper, WaitingChild } from '@nuanyang/contract/pairings.matching.ts'
import { Button } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { LoadDots, State } from '../ui/state.tsx'
import type { Hands } from './suggest.tsx'
import type { Draft, DraftPair, Suggestion } from './suggest.state.ts'
import { suggestText } from './suggest.text.ts'
import {
  helperLoad,
  helperPlace,
  needWords,
  placeWords,
  reasonWords,
  unmatchedWords,
  whyHere,
} from './suggest.words.ts'

/** Every row is as high: then a line's ends are known without measuring. */
const row = 84
const step = 40
const middle = 300
const bend = 176

/** Under the pointer; by keyboard, which has none, the row that was stepped to. */
const over: CollisionDetection = (args) => (args.pointerCoordinates ? pointerWithin(args) : closestCenter(args))

/** ↑ and ↓ go from helper to helper. */
const steps: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  if (event.code !== 'ArrowDown' && event.code !== 'ArrowUp') return undefined
  event.preventDefault()
  const rows = [...context.droppableRects.values()].toSorted((a, b) => a.top - b.top)
  const down = event.code === 'ArrowDown'
  const held = context.collisionRect
  const at = held ? held.top + held.height / 2 : currentCoordinates.y
  const centre = (rect: { top: number; height: number }) => rect.top + rect.height / 2
  const next = down ? rows.find((rect) => centre(rect) > at + 4) : rows.findLast((rect) => centre(rect) < at - 4)
  if (!next || !held) return undefined
  // The first step crosses over to the helpers' column.
  return { x: next.left + next.width / 2, y: centre(next) - held.height / 2 }
}

export function SuggestBoard({ suggestion, draft, hands }: { suggestion: Suggestion; draft: Draft; hands: Hands }) {
  const t = useWords(suggestText)
  const [chosen, setChosen] = useState<string | null>(null)
  const [shown, setShown] = useState(step)
  const children = suggestion.children.slice(0, shown)
  const pairOf = useMemo(() => new Map(draft.pairs.map((pair) => [pair.child_id, pair])), [draft])
  const helpers = useHelperOrder(suggestion, shown)
  const placeOf = useMemo(() => new Map(helpers.map((helper, at) => [helper.id, at])), [helpers])
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: steps }),
  )
  const selected = children.find((child) => child.id === chosen) ?? children[0]!
  const pair = pairOf.get(selected.id)

  function drop({ active, over: target }: DragEndEvent): void {
    const child = suggestion.children.find((each) => each.id === active.id)
    const helper = suggestion.helpers.find((each) => each.id === target?.id)
    if (!child || !helper) return
    setChosen(child.id)
    hands.move(child, helper)
  }
  const rest = suggestion.children.length - shown
  const height = Math.max(children.length, helpers.length) * row
  return (
    <DndContext sensors={sensors} collisionDetection={over} onDragEnd={drop}>
      <div className="suggest" style={{ '--row': `${row}px`, '--middle': `${middle}px` } as CSSProperties}>
        <h2>
          {t('children')} <span className="dim">{suggestion.children.length}</span>
        </h2>
        <span />
        <h2>
          {t('helpers')} <span className="dim">{suggestion.helpers.length}</span>
        </h2>
        <ul className="suggest-col">
          {children.map((child) => (
            <ChildRow key={child.id} child={child} on={child.id === selected.id} onChoose={() => setChosen(child.id)} />
          ))}
        </ul>
        <div className="suggest-lines" style={{ height }}>
          <Lines rows={children} pairOf={pairOf} placeOf={placeOf} selected={selected.id} height={height} />
          {children.map((child, at) => (
            <Label
              key={child.id}
              at={at}
              pair={pairOf.get(child.id)}
              without={draft.without[child.id]}
              on={child.id === selected.id}
            />
          ))}
        </div>
        <ul className="suggest-col">
          {helpers.map((helper) => (
            <HelperRow
              key={helper.id}
              helper={helper}
              adds={draft.pairs.filter((each) => each.helper_id === helper.id).length}
              on={pair?.helper_id === helper.id}
            />
          ))}
        </ul>
      </div>
      {rest > 0 && <Button onClick={() => setShown(shown + step)}>{t('more', { n: Math.min(step, rest) })}</Button>}
      <Chosen
        child={selected}
        pair={pair}
        helper={pair && suggestion.helpers.find((each) => each.id === pair.helper_id)}
        without={draft.without[selected.id]}
        hands={hands}
      />
    </DndContext>
  )
}

/** Helpers of the shown children first, in their order, so that few lines cross; then those with room, the full ones last. The order
 *  holds until the next suggestion: rows must not jump under somebody's hand. */
function useHelperOrder(suggestion: Suggestion, shown: number): FreeHelper[] {
  return useMemo(() => {
    const rank = new Map(suggestion.children.slice(0, shown).map((child, at) => [child.id, at]))
    const place = new Map<string, number>()
    for (const { child_id, helper_id } of suggestion.pairs) {
      const at = rank.get(child_id)
      if (at !== undefined) place.set(helper_id, Math.min(at, place.get(helper_id) ?? at))
    }
    const of = (helper: FreeHelper) =>
      place.get(helper.id) ?? (helper.max_children > helper.children ? 1_000_000 : 2_000_000)
    return suggestion.helpers.toSorted((a, b) => of(a) - of(b)).slice(0, Math.max(shown, step))
  }, [suggestion, shown])
}

function ChildRow({ child, on, onChoose }: { child: WaitingChild; on: boolean; onChoose: () => void }) {
  const t = useWords(suggestText)
  const say = useSay()
  const { setNodeRef, listeners, attributes, transform, isDragging } = useDraggable({ id: child.id })
  const why = whyHere(child, t, say)
  return (
    <li className={on ? 'on' : ''}>
      <button type="button" className="suggest-row" aria-pressed={on} onClick={onChoose}>
        <span className="suggest-who">
          <b>{child.name}</b> <span className="dim small grow">{placeWords(child, t.language)}</span>
          <State kind={why.kind}>{why.words}</State>
        </span>
        <span className="dim small clip">{needWords(child, say, t.language)}</span>
      </button>
      <button
        type="button"
        ref={setNodeRef}
        className={`suggest-dot${isDragging ? ' held' : ''}`}
        style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined}
        {...attributes}
        {...listeners}
        aria-label={t('handle', { child: child.name })}
      >
        <i />
      </button>
    </li>
  )
}

function HelperRow({ helper, adds, on }: { helper: FreeHelper; adds: number; on: boolean }) {
  const t = useWords(suggestText)
  const say = useSay()
  const { setNodeRef, isOver } = useDroppable({ id: helper.id })
  const label = t('load', { n: helper.children, adds, most: helper.max_children })
  return (
    <li ref={setNodeRef} className={isOver ? 'on over' : on ? 'on' : ''}>
      <div className="suggest-row">
        <span className="suggest-who">
          <b>{helper.name}</b> <span className="dim small grow">{helperPlace(helper, say, t.language)}</span>
          {helper.max_children <= 6 ? (
            <LoadDots has={helper.children} adds={adds} limit={helper.max_children} label={label} />
          ) : (
            <span className="dim small">{label}</span>
          )}
        </span>
        <span className="dim small clip">{helperLoad(helper, t)}</span>
      </div>
    </li>
  )
}

function Lines({
  rows,
  pairOf,
  placeOf,
  selected,
  height,
}: {
  rows: readonly WaitingChild[]
  pairOf: ReadonlyMap<string, DraftPair>
  placeOf: ReadonlyMap<string, number>
  selected: string
  height: number
}) {
  // The chosen line lies on top.
  const order = rows
    .map((child, at) => ({ child, at }))
    .toSorted((a, b) => Number(a.child.id === selected) - Number(b.child.id === selected))
  return (
    <svg width={middle} height={height} aria-hidden="true" focusable="false">
      {order.map(({ child, at }) => {
        const pair = pairOf.get(child.id)
        const to = pair && placeOf.get(pair.helper_id)
        if (!pair || to === undefined) return null
        const [y, z] = [at * row + row / 2, to * row + row / 2]
        const kind = child.id === selected ? 'line-on' : pair.locked ? 'line-locked' : ''
        const half = (middle + bend) / 2
        return (
          <g key={child.id} className={kind}>
            <path d={`M4 ${y} H${bend} C${half} ${y} ${half} ${z} ${middle - 4} ${z}`} />
            <circle cx={4} cy={y} r={3} />
            <circle cx={middle - 4} cy={z} r={3} />
          </g>
        )
      })}
    </svg>
  )
}

function Label({
  at,
  pair,
  without,
  on,
}: {
  at: number
  pair: DraftPair | undefined
  without: Draft['without'][string] | undefined
  on: boolean
}) {
  const t = useWords(suggestText)
  const say = useSay()
  const words = pair ? reasonWords(pair.reasons, say, t.language, 2) : without ? unmatchedWords(without, say) : ''
  return (
    <span
      className={`suggest-label${on ? ' on' : ''}${pair?.locked ? ' locked' : ''}${pair ? '' : ' dim'}`}
      style={{ top: at * row + row / 2 }}
    >
      {pair?.locked && <Icon name="lock" size={14} />}
      <span>{words || (pair?.locked ? t('locked') : '')}</span>
    </span>
  )
}

function Chosen({
  child,
  pair,
  helper,
  without,
  hands,
}: {
  child: WaitingChild
  pair: DraftPair | undefined
  helper: FreeHelper | undefined
  without: Draft['without'][string] | undefined
  hands: Hands
}) {
  const t = useWords(suggestText)
  const say = useSay()
  return (
    <div className="suggest-foot" role="status">
      <p>
        <span className="dim">
          {helper
            ? t('chosen_pair', { child: child.name, helper: helper.name })
            : t('chosen_none', { child: child.name })}
        </span>{' '}
        {pair ? reasonWords(pair.reasons, say, t.language) : without ? unmatchedWords(without, say) : ''}
      </p>
      {pair && (
        <Button kind="text" onClick={() => hands.lock(child.id, !pair.locked)}>
          {t(pair.locked ? 'unlock' : 'lock')}
        </Button>
      )}
      <Button kind="text" aria-label={t('wish_of', { child: child.name })} onClick={() => hands.wish(child)}>
        {t('wish')}
      </Button>
      <Button kind="text" onClick={() => hands.pick(child)}>
        {t('other')}
      </Button>
      {pair && !pair.locked && (
        <Button kind="text" onClick={() => hands.notThis(child.id)}>
          {t('not_this')}
        </Button>
      )}
      {without === 'left_out' ? (
        <Button kind="text" onClick={() => hands.bringBack(child.id)}>
          {t('bring_back')}
        </Button>
      ) : (
        <Button kind="text" onClick={() => hands.leaveOut(child.id)}>
          {t('not_now')}
        </Button>
      )}
    </div>
  )
}
