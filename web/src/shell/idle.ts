// On a shared computer, a while without a key or a touch signs the person out: whoever sits down next sees nothing.
import { useEffect, useRef } from 'react'
import { useSignedIn } from '../kernel/session.ts'

export function useIdleSignOut(leave: () => void): void {
  const { shared_computer, idle_minutes } = useSignedIn()
  const latest = useRef(leave)
  useEffect(() => {
    latest.current = leave
  })
  useEffect(() => {
    if (!shared_computer) return
    let seen = Date.now()
    const touch = () => {
      seen = Date.now()
    }
    // Asked again and again instead of one long timer: a computer that slept for an hour has been idle for an hour.
    const timer = setInterval(() => {
      if (Date.now() - seen > idle_minutes * 60_000) latest.current()
    }, 15_000)
    for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
      document.addEventListener(kind, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const)
        document.removeEventListener(kind, touch)
    }
  }, [shared_computer, idle_minutes])
}
