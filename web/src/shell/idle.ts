// On a shared computer, ten minutes without a key or a touch sign the person out: whoever sits down next sees nothing.
import { useEffect, useRef } from 'react'
import { recall } from '../ui/remember.ts'

const idleMs = 10 * 60_000

export function useIdleSignOut(leave: () => void): void {
  const latest = useRef(leave)
  useEffect(() => {
    latest.current = leave
  })
  useEffect(() => {
    if (recall('shared_computer') !== 'yes') return
    let seen = Date.now()
    const touch = () => {
      seen = Date.now()
    }
    // Asked again and again instead of one long timer: a computer that slept for an hour has been idle for an hour.
    const timer = setInterval(() => {
      if (Date.now() - seen > idleMs) latest.current()
    }, 15_000)
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
      document.addEventListener(kind, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
        document.removeEventListener(kind, touch)
    }
  }, [])
}
