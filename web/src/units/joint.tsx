// The children whom two linked units care for together.
import { useParams } from '@tanstack/react-router'
import { unitOps } from '@nuanyang/contract/units.ts'
import { sexes } from '@nuanyang/domain/values/sex.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { unitsText } from './units.text.ts'
import './units.css'

export function JointPage() {
  const t = useWords(unitsText)
  const say = useSay()
  const { id = '' } = useParams({ strict: false })
  const joint = useOp(unitOps.joint, { id })
  const link = joint.data?.link
  return (
    <Page
      title={t('joint_title')}
      back={link ? paths.unit(link.unit.id) : paths.units()}
      sub={link && `${link.unit.label} — ${link.other.label}`}
    >
      <Loaded of={joint} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('joint_none')}>{t('joint_help')}</EmptyState>
          ) : (
            <>
              <p className="dim">{t('joint_help')}</p>
              <ul className="unit-lines">
                {items.map((child) => (
                  <li key={child.id}>
                    <To to={paths.child(child.id)}>{child.name}</To>
                    <span className="dim small grow">
                      {listed([
                        child.sex && say(sexes.find(({ code }) => code === child.sex) ?? sexes[0]),
                        child.born_on && t('born', { day: plainDay(child.born_on, t.language) }),
                      ])}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
    </Page>
  )
}
