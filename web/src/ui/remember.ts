// Small choices of this browser (language, theme, columns). A browser that refuses storage, as private windows do, forgets
// them when it closes: nothing here may be needed for work to go on.
const held = new Map<string, string>()

export function recall(key: string): string | null {
  try {
    return globalThis.localStorage.getItem(`ny.${key}`)
  } catch {
    return held.get(key) ?? null
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) globalThis.localStorage.removeItem(`ny.${key}`)
    else globalThis.localStorage.setItem(`ny.${key}`, value)
  } catch {
    if (value === null) held.delete(key)
    else held.set(key, value)
  }
}
