// One line weight; the colour of the words beside them. Decorative: whoever stands alone gets its name on the button.
const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 7.5V12l3 2',
  bang: 'M12 4.5L21 19.5H3zM12 10v4.5M12 17v.01',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 11v5M12 8v.01',
  ask: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM9.6 9.7a2.4 2.4 0 1 1 3.5 2.1c-.8.4-1.1.9-1.1 1.7M12 16.5v.01',
  no: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM6.2 6.2l11.6 11.6',
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM16 16l4.5 4.5',
  phone:
    'M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4 5.7a2 2 0 0 1 2-2.2z',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4z',
  down: 'M6.5 9.5l5.5 5.5 5.5-5.5',
  up: 'M6.5 14.5L12 9l5.5 5.5',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  plus: 'M12 5v14M5 12h14',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M5 12v.01M12 12v.01M19 12v.01',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  pencil: 'M4 20l1-4L16 5l3 3L8 19z',
  pen: 'M12 20h8M4 20l1-4L16 5l3 3L8 19z',
  today: 'M6.5 16a5.5 5.5 0 0 1 11 0M3 19.5h18M12 4v3M4.6 8.6l2 2M19.4 8.6l-2 2',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7zM2.5 19.5c.6-3.8 3.2-5.5 6.5-5.5s5.9 1.7 6.5 5.5M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .8 3.1 2.4 3.5 4.9',
  plan: 'M5 4h14v16H5zM9 4v16M12 9h4M12 13h4',
  user: 'M12 4.5a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM4.5 20c.8-4.2 3.8-6 7.5-6s6.7 1.8 7.5 6',
  eye: 'M2.5 12c2.5-4.3 5.7-6.3 9.5-6.3s7 2 9.5 6.3c-2.5 4.3-5.7 6.3-9.5 6.3S5 16.3 2.5 12zM12 9.2a2.8 2.8 0 1 0 0 5.6a2.8 2.8 0 1 0 0-5.6z',
  merge: 'M8 4H4.5v16H8M16 4h3.5v16H16M9 12h6',
  send: 'M12 20V5M6 11l6-6 6 6M4 20h16',
  file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  house: 'M4 11l8-6.5 8 6.5M6 9.5V20h12V9.5M10 20v-6h4v6',
  bell: 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2H5zM10 21h4M12 3.5v2',
  chart: 'M5 20v-8M12 20V5M19 20v-5M3 20h18',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.4 1.4M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.4-1.4',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="i" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} strokeWidth={name === 'more' ? 2.6 : undefined} />
    </svg>
  )
}

/** The half sun over a line. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M8 22a8 8 0 0 1 16 0z" stroke="none" />
      <path d="M3 25.5h26M16 5.5v4M5.8 10.8l2.6 2.6M26.2 10.8l-2.6 2.6" fill="none" />
    </svg>
  )
}

/** The same, large, on first-day screens only. */
export function Sunrise() {
  return (
    <svg className="sunrise" viewBox="0 0 120 64" aria-hidden="true" focusable="false">
      <path className="d" d="M36 48a24 24 0 0 1 48 0z" />
      <path d="M4 56h112M60 6v10M26 20l7 7M94 20l-7 7" />
    </svg>
  )
}
