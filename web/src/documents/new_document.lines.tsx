// Which lines of a ledger of families were asked for on its page: said above the form, and taken away again there.
import type { NewDocument } from '@nuanyang/contract/documents.ts'
import { familiesText } from '../families/families.text.ts'
import { FilterChips, useAddress, type Address } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'

const keys = ['lines_when', 'lines_only', 'lines_q'] as const

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

export function Lines() {
  const t = useWords(familiesText)
  const [address, change] = useAddress()
  const active = keys.flatMap((key) => {
    const value = address[key]
    if (!value) return []
    const label = key === 'lines_q' ? value : t((key === 'lines_when' ? `when_${value}` : value) as 'when_now')
    return [{ key, label: `${t('only')} ${label}` }]
  })
  if (active.length === 0) return null
  return (
    <FilterChips
      active={active}
      onRemove={(key) => change({ [key]: undefined })}
      onClear={() => change(Object.fromEntries(keys.map((key) => [key, undefined])))}
    />
  )
}
