// Choose by typing: a child, a unit, a village. ↑ ↓ walk the list, Enter takes the lit one, Esc closes it. The first hit is lit at
// once: whoever typed the right name presses Enter and is done. What is found is the page's business.
import { useId, useState, type ReactNode } from 'react'
import { SearchBox } from './fields.tsx'
import { Icon } from './icons.tsx'

export interface ComboItem {
  id: string
  main: ReactNode
  beside?: ReactNode
  end?: ReactNode
}

export interface ComboboxProps {
  label: string
  placeholder: string
  typed: string
  onType: (typed: string) => void
  items: readonly ComboItem[]
  /** What the list is called: 找到的村. */
  listLabel: string
  /** Keeps the chosen one marked with a tick; without it choosing is taking. */
  chosen?: string | null
  onChoose?: (id: string) => void
  /** Enter, or a click where nothing is kept chosen. */
  onTake: (id: string) => void
  /** How many were found, in words; also read out. */
  count?: string
  big?: boolean
  autoFocus?: boolean
  /** The list floats over the page instead of pushing it down. */
  floats?: boolean
  /** Under the list: "all results", "write one in". */
  foot?: ReactNode
}

export function Combobox(props: ComboboxProps) {
  const { items, typed, onType, onChoose, onTake, chosen, floats } = props
  const list = useId()
  const [open, setOpen] = useState(!floats)
  const [lit, setLit] = useState(0)
  const keeps = chosen !== undefined
  const at = keeps ? items.findIndex((item) => item.id === chosen) : Math.min(lit, items.length - 1)
  const shown = open && (items.length > 0 || Boolean(props.foot && typed.trim()))

  function light(place: number): void {
    const item = items[place]
    if (!item) return
    setLit(place)
    onChoose?.(item.id)
  }
  function take(item: ComboItem | undefined): void {
    if (!item) return
    if (floats) setOpen(false)
    onTake(item.id)
  }
  return (
    <div
      className={`combo${floats ? ' combo-floats' : ''}`}
      onBlur={(event) => {
        if (floats && !event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <SearchBox
        label={props.label}
        placeholder={props.placeholder}
        value={typed}
        onSearch={(next) => {
          setLit(0)
          setOpen(true)
          onType(next)
        }}
        big={props.big ?? false}
        autoFocus={props.autoFocus ?? false}
        end={props.count && <span className="dim small nowrap desk-only">{props.count}</span>}
        inputProps={{
          role: 'combobox',
          'aria-expanded': shown,
          'aria-controls': list,
          'aria-autocomplete': 'list',
          'aria-activedescendant': shown && at >= 0 ? `${list}-${at}` : undefined,
          onFocus: () => setOpen(true),
          onKeyDown: (event) => {
            // Enter and arrows that belong to the pinyin candidates are not ours.
            if (event.nativeEvent.isComposing) return
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
            if (step && items.length > 0) {
              event.preventDefault()
              light((at + step + items.length) % items.length)
            } else if (event.key === 'Enter' && shown) {
              event.preventDefault()
              take(items[at])
            } else if (event.key === 'Escape' && floats) {
              setOpen(false)
              event.currentTarget.blur()
            }
          },
        }}
      />
      <p className="vh" role="status">
        {props.count}
      </p>
      {shown && (
        <ComboList
          id={list}
          label={props.listLabel}
          items={items}
          at={at}
          ticks={keeps}
          foot={props.foot}
          onPress={(place) => (keeps ? light(place) : take(items[place]))}
          onTake={(place) => take(items[place])}
        />
      )}
    </div>
  )
}

function ComboList({
  id,
  label,
  items,
  at,
  ticks,
  foot,
  onPress,
  onTake,
}: {
  id: string
  label: string
  items: readonly ComboItem[]
  /** The lit one. */
  at: number
  ticks: boolean
  foot: ReactNode
  onPress: (place: number) => void
  onTake: (place: number) => void
}) {
  return (
    <div className="combo-list">
      <ul role="listbox" id={id} aria-label={label}>
        {items.map((item, place) => (
          <li
            key={item.id}
            id={`${id}-${place}`}
            role="option"
            aria-selected={place === at}
            // The press must not take the focus out of the field before the click arrives.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPress(place)}
            onDoubleClick={() => onTake(place)}
          >
            <b>{item.main}</b>
            <span className="dim grow">{item.beside}</span>
            <span className="dim small desk-only">{item.end}</span>
            {ticks && <span className="combo-tick">{place === at && <Icon name="check" />}</span>}
          </li>
        ))}
      </ul>
      {foot && <div className="combo-foot">{foot}</div>}
    </div>
  )
}
