// Which lines of a ledger of families were asked for on its page: said above the form, and taken away again there.
import { familiesText } from '../families/families.text.ts'
import { FilterChips, useAddress } from '../ui/filters.tsx'
import { useWords } from '../ui/language.ts'

const keys = ['lines_when', 'lines_only', 'lines_q'] as const

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
