// What can be pressed. A box can be pressed, a state cannot: see state.tsx for the other half.
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { Icon, type IconName } from './icons.tsx'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className'>

export interface ButtonLook {
  /** `primary` is the next step: one at a time on a screen. `text` is words in the accent, `danger` takes something away. */
  kind?: 'primary' | 'outline' | 'text' | 'danger'
  icon?: IconName
  /** An arrow for what opens a menu. */
  opens?: boolean
  wide?: boolean
}

function look({ kind = 'outline', wide }: ButtonLook): string {
  return `btn btn-${kind}${wide ? ' btn-wide' : ''}`
}

/** `busy` keeps the words, shows that something is under way and refuses a second press. */
export function Button({
  kind,
  icon,
  opens,
  wide,
  busy,
  submit,
  children,
  onClick,
  ...rest
}: Native & ButtonLook & { busy?: boolean | undefined; submit?: boolean }) {
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={look({ kind: kind ?? 'outline', wide: wide ?? false })}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} size={18} />}
      {children}
      {opens && <Icon name="down" size={16} />}
    </button>
  )
}

export function ButtonLink({
  to,
  search,
  kind,
  icon,
  wide,
  children,
}: ButtonLook & { to: string; search?: Record<string, string> | undefined; children: ReactNode }) {
  return (
    <To to={to} search={search} className={look({ kind: kind ?? 'outline', wide: wide ?? false })}>
      {icon && <Icon name={icon} size={18} />}
      {children}
    </To>
  )
}

/** A link inside the application. Paths come from paths.ts; `search` is the query as plain strings. */
export function To({
  to,
  search,
  className,
  children,
  ...rest
}: {
  to: string
  search?: Record<string, string> | undefined
  className?: string | undefined
  children: ReactNode
} & Pick<LinkProps, 'replace'> & { 'aria-label'?: string; title?: string; onClick?: () => void }) {
  return (
    <Link
      {...rest}
      to={to}
      search={(search ?? {}) as never}
      className={className ?? ''}
      activeOptions={{ exact: true, includeSearch: true }}
      activeProps={{}}
      inactiveProps={{}}
    >
      {children}
    </Link>
  )
}

/** A picture alone needs a name for those who cannot see it. */
export function IconButton({
  icon,
  label,
  size,
  edge,
  ...rest
}: Native & { icon: IconName; label: string; size?: number; edge?: 'start' | 'end' }) {
  return (
    <button {...rest} type="button" className={`icbtn${edge ? ` icbtn-${edge}` : ''}`} aria-label={label} title={label}>
      <Icon name={icon} size={size ?? 20} />
    </button>
  )
}

/** A choice or a thing owed. With `pressed` it is a switch: chosen shows a tick, bold words and a ground. */
export function Chip({
  pressed,
  icon,
  opens,
  removes,
  children,
  ...rest
}: Native & { pressed?: boolean; icon?: IconName; opens?: boolean; removes?: boolean }) {
  return (
    <button {...rest} type="button" className={`chip${removes ? ' chip-filter' : ''}`} aria-pressed={pressed}>
      {pressed ? <Icon name="check" size={16} /> : icon && <Icon name={icon} size={16} />}
      {children}
      {opens && <Icon name="down" size={16} />}
      {removes && <Icon name="close" size={16} />}
    </button>
  )
}

/** An owed thing that opens its own page. */
export function ChipLink({
  to,
  search,
  icon,
  children,
}: {
  to: string
  search?: Record<string, string>
  icon?: IconName
  children: ReactNode
}) {
  return (
    <To to={to} search={search} className="chip">
      {icon && <Icon name={icon} size={16} />}
      {children}
    </To>
  )
}
