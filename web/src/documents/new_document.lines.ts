// Which lines of a ledger of families the address asks for.
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import type { Address } from '../ui/filters.tsx'

/** What the address says of lines, as the document takes it; undefined when all of them are meant. */
export function linesOf(address: Address): NewDocument['lines'] {
  const [how, what] = (address['lines_only'] ?? '').split('_')
  const lines = {
    ...(address['lines_when'] ? { when: address['lines_when'] } : {}),
    ...(how && what ? { [how]: what } : {}),
    ...(address['lines_q'] ? { q: address['lines_q'] } : {}),
  } as NewDocument['lines']
  return Object.keys(lines!).length > 0 ? lines : undefined
}
