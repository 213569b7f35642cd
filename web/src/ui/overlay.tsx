// What floats: a question over the page, a menu under its button, a word at the edge.
import { useEffect, useId, useRef, useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react'
import { useBlocker } from '@tanstack/react-router'
import { Button, IconButton, To } from './controls.tsx'
import { Icon, type IconName } from './icons.tsx'
import { useWords } from './language.ts'
import { uiText } from './ui.text.ts'

/** A question that waits for its answer: the browser's own dialog keeps the focus inside and listens to Esc.
 *  On the phone it comes up from below. */
export function Dialog({
  title,
  children,
  actions,
  onClose,
  wide,
}: {
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Left out for a question that has to be answered. */
  onClose?: () => void
  wide?: boolean
}) {
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  const t = useWords(uiText)
  useEffect(() => {
    const dialog = box.current
    const before = document.activeElement
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={box}
      className={`dialog${wide ? ' dialog-wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onMouseDown={(event) => {
        if (event.target === box.current) onClose?.()
      }}
    >
      <div className="dialog-in">
        <header>
          <h2 id={id}>{title}</h2>
          {onClose && <IconButton icon="close" label={t('close')} onClick={onClose} edge="end" />}
        </header>
        {children && <div className="dialog-body">{children}</div>}
        {actions && <footer>{actions}</footer>}
      </div>
    </dialog>
  )
}

export interface MenuItem {
  key: string
  label: ReactNode
  hint?: ReactNode
  icon?: IconName
  checked?: boolean
  /** A path, or something to do. */
  to?: string
  onSelect?: () => void
  /** A thin rule above. */
  parted?: boolean
}

/** A button and its menu: arrows walk, letters are left to the browser, Esc and a click elsewhere close it. */
export function Menu({
  label,
  items,
  children,
  className,
  align = 'end',
  onOpen,
}: {
  label?: string
  items: readonly MenuItem[]
  children: ReactNode
  className?: string
  align?: 'start' | 'end'
  onOpen?: () => void
}) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    list.current?.querySelector<HTMLElement>('[aria-checked="true"],[role]')?.focus()
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    return () => document.removeEventListener('pointerdown', away)
  }, [open])

  function close(): void {
    setOpen(false)
    root.current?.querySelector<HTMLElement>('button')?.focus()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    } else if (event.key === 'Tab') setOpen(false)
    else if (list.current && walk(list.current, event.key)) event.preventDefault()
  }
  return (
    <div className="menu-root" ref={root} onKeyDown={open ? onKeyDown : undefined}>
      <button
        type="button"
        className={className ?? 'btn btn-outline'}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        onClick={() => {
          if (!open) onOpen?.()
          setOpen(!open)
        }}
      >
        {children}
      </button>
      {open && (
        <>
          <div className="menu-veil phone-only" onClick={close} />
          <div className={`menu menu-${align}`} role="menu" id={id} ref={list} aria-label={label}>
            {items.map((item) => (
              <MenuRow key={item.key} item={item} onDone={close} />
            ))}
          </div>
        </>
      )}
    </div>
  )
}

/** Moves the focus among the rows of a menu; false for keys that do not. */
function walk(menu: HTMLElement, key: string): boolean {
  const rows = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]
  const at = rows.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key]
  if (to === undefined) return false
  rows.at(to % rows.length)?.focus()
  return true
}

function MenuRow({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const words = (
    <>
      {item.icon && <Icon name={item.icon} size={18} />}
      <span className="grow">
        {item.label}
        {item.hint && <small>{item.hint}</small>}
      </span>
      {item.checked && <Icon name="check" size={18} />}
    </>
  )
  const parted = item.parted ? ' menu-parted' : ''
  if (item.to)
    return (
      <To to={item.to} className={`menu-row${parted}`} onClick={onDone} {...{ role: 'menuitem' }}>
        {words}
      </To>
    )
  return (
    <button
      type="button"
      role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={item.checked}
      className={`menu-row${parted}`}
      onClick={() => {
        onDone()
        item.onSelect?.()
      }}
    >
      {words}
    </button>
  )
}

export interface Toast {
  id: number
  text: string
  undo?: (() => void) | undefined
}
/** Seven seconds to take back what removed something; the same for a plain word. */
const toastMs = 7000
let toasts: readonly Toast[] = []
let lastToast = 0
const toastListeners = new Set<() => void>()

function setToasts(next: readonly Toast[]): void {
  toasts = next
  for (const listener of toastListeners) listener()
}

/** Says that something was done; with `undo`, offers 撤销 for seven seconds (longer while the pointer or focus rests on it). */
export function toast(text: string, undo?: () => void): void {
  setToasts([...toasts.slice(-1), { id: ++lastToast, text, undo }])
}

export function Toaster() {
  const shown = useSyncExternalStore(
    (listener) => {
      toastListeners.add(listener)
      return () => toastListeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className="toasts no-print" aria-live="polite" role="status">
      {shown.map((each) => (
        <ToastLine key={each.id} toast={each} />
      ))}
    </div>
  )
}

function ToastLine({ toast: shown }: { toast: Toast }) {
  const t = useWords(uiText)
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => setToasts(toasts.filter((each) => each.id !== shown.id)), toastMs)
    return () => clearTimeout(timer)
  }, [held, shown.id])
  const drop = () => setToasts(toasts.filter((each) => each.id !== shown.id))
  return (
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="grow">{shown.text}</span>
      {shown.undo && (
        <button
          type="button"
          className="toast-undo"
          onClick={() => {
            drop()
            shown.undo?.()
          }}
        >
          {t('undo')}
        </button>
      )}
      <IconButton icon="close" label={t('close')} size={16} onClick={drop} />
    </div>
  )
}

/** Leaving a changed form asks: inside the application with our question, on closing the window with the browser's. */
export function LeaveGuard({ when, onLeave }: { when: boolean; onLeave?: () => void }) {
  const t = useWords(uiText)
  const block = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true })
  if (block.status !== 'blocked') return null
  return (
    <Dialog
      title={t('leave_title')}
      onClose={block.reset}
      actions={
        <>
          <Button
            kind="text"
            onClick={() => {
              onLeave?.()
              block.proceed()
            }}
          >
            {t('leave')}
          </Button>
          <Button kind="primary" onClick={block.reset}>
            {t('stay')}
          </Button>
        </>
      }
    >
      <p>{t('leave_help')}</p>
    </Dialog>
  )
}
