// Pages of the list stand in the address, so that coming back from a file shows the page one left.
import type { Address } from '../ui/filters.tsx'
import type { useKeyset } from '../ui/table.tsx'

/** Cursors already seen, by the list they belong to: the server knows only the way forwards. */
const trails = new Map<string, string[]>()

/** Keyset paging kept in the address (`after`, `page`); `key` names the list (filters and order). */
export function addressKeyset(
  key: string,
  address: Address,
  change: (change: Address, options?: { replace?: boolean }) => void,
): ReturnType<typeof useKeyset> {
  const after = address['after']
  const page = after ? Math.max(1, Number(address['page']) || 1) : 0
  const trail = trails.get(key) ?? []
  return {
    after,
    page,
    forward: (next) => {
      const seen = trail.slice(0, page)
      seen[page] = next
      trails.set(key, seen)
      change({ after: next, page: String(page + 1) }, { replace: false })
    },
    back: () => {
      // A page reached by a link has no trail: from there the way back is the first page.
      const before = page > 1 ? trail[page - 2] : undefined
      change({ after: before, page: before ? String(page - 1) : undefined }, { replace: false })
    },
  }
}
