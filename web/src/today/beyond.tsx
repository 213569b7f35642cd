// Whoever answers for thousands of children has no list of them here.
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { dueText } from './due.text.ts'

/** Where to look instead of a list of thousands. */
export function BeyondLinks() {
  const t = useWords(dueText)
  const line = (to: string, search: Record<string, string>, words: string) => (
    <li>
      <To to={to} search={search} className="today-line">
        <span className="grow today-more">{words}</span>
        <Icon name="right" size={16} />
      </To>
    </li>
  )
  return (
    <ul className="today-group">
      {line(paths.statistics(), { tab: 'completion' }, t('beyond_units'))}
      {line(paths.quiet(), { days: '14' }, t('beyond_quiet'))}
      {line(paths.plans(), {}, t('beyond_plans'))}
    </ul>
  )
}
