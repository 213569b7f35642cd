// Children chosen in a list, on their way to 材料: a selection may be long, an address may not.
const key = 'nuanyang.chosen'

export interface Chosen {
  ids: readonly string[]
  /** A few, to be recognised by. */
  names: readonly string[]
}

export function handOver(chosen: Chosen): void {
  sessionStorage.setItem(key, JSON.stringify({ ids: chosen.ids, names: chosen.names.slice(0, 6) }))
}

/** null when the tab was opened anew: then the whole unit is offered. */
export function handedOver(): Chosen | null {
  const kept = sessionStorage.getItem(key)
  if (!kept) return null
  const chosen = JSON.parse(kept) as Chosen
  return chosen.ids.length > 0 ? chosen : null
}
