import { useSyncExternalStore } from 'react'

const phone = globalThis.matchMedia?.('(max-width: 767px)')

function subscribe(listener: () => void): () => void {
  phone?.addEventListener('change', listener)
  return () => phone?.removeEventListener('change', listener)
}

/** True under 768 px. For what must be built differently; what only looks different is left to the style sheet. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => Boolean(phone?.matches))
}
