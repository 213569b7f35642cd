// Light or dark: the system's choice, until this browser's user makes another.
import { useSyncExternalStore } from 'react'
import { recall, remember } from './remember.ts'

export type Theme = 'system' | 'light' | 'dark'

const listeners = new Set<() => void>()
const system = globalThis.matchMedia?.('(prefers-color-scheme: dark)')
let chosen: Theme = readChoice()

function readChoice(): Theme {
  const stored = recall('theme')
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function isDark(): boolean {
  return chosen === 'system' ? Boolean(system?.matches) : chosen === 'dark'
}

function apply(): void {
  document.documentElement.dataset['theme'] = isDark() ? 'dark' : 'light'
  for (const listener of listeners) listener()
}

export function setTheme(next: Theme): void {
  chosen = next
  remember('theme', next === 'system' ? null : next)
  apply()
}

/** Follows the system from now on; called once when the page starts. */
export function followSystemTheme(): void {
  system?.addEventListener('change', apply)
  apply()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, () => chosen)
}

export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, isDark)
}
