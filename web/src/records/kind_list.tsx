// Which kind of record: what is done for a child first, then what the unit does.
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { kindSpecs } from '@nuanyang/contract/kinds.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import { roles, type Role } from '@nuanyang/contract/roles.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Chip } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { recordsText } from './records.text.ts'

const ofChildren: readonly Kind[] = ['talk', 'visit', 'call', 'study', 'progress', 'diary', 'health', 'self_care', 'guidance', 'individual_plan', 'counselling', 'aid', 'welfare', 'survey'] // prettier-ignore
const ofUnit: readonly Kind[] = ['activity', 'film', 'lecture', 'reading', 'station', 'meeting', 'publicity', 'meals', 'organise', 'planning', 'dossier', 'update', 'pairing', 'archiving', 'assessment', 'summary'] // prettier-ignore

/** Kinds that this role writes: a helper does not keep minutes, psychological material is for those who may read it. */
export function mayWrite(role: Role, kind: Kind): boolean {
  const spec: KindSpec = kindSpecs[kind]
  if (spec.writers === 'staff') return role !== 'helper'
  if (spec.writers === 'everyone') return true
  return Object.values(roles[role].sees).some((cells) => (cells as { psychological?: string }).psychological === 'open')
}

export function KindList({ chosen, child, onChoose }: { chosen: Kind | null; child: boolean; onChoose: (kind: Kind) => void }) {
  const t = useWords(recordsText)
  const say = useSay()
  const role = useActiveMembership()?.role
  const group = (title: string, list: readonly Kind[]) => {
    const kinds = list.filter((kind) => role && mayWrite(role, kind))
    if (kinds.length === 0) return null
    return (
      <section className="section rec-kinds">
        <h2>{title}</h2>
        <div className="row wrap g8">
          {kinds.map((kind) => (
            <Chip key={kind} pressed={kind === chosen} onClick={() => onChoose(kind)}>
              {say(kindSpecs[kind].title)}
            </Chip>
          ))}
        </div>
      </section>
    )
  }
  return (
    <>
      {group(t('for_child'), child ? [...ofChildren, ...ofUnit.filter((kind) => kindSpecs[kind].children === 'needed')] : ofChildren)}
      {!child && group(t('for_unit'), ofUnit)}
    </>
  )
} // prettier-ignore
