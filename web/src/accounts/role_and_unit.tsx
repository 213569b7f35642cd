// A role and the unit it stands in: first the role, then only units that have it.
import { useState } from 'react'
import { roleFits } from '@nuanyang/contract/accounts.ts'
import { roleCodes, roles, type Role } from '@nuanyang/contract/roles.ts'
import type { UnitKind } from '@nuanyang/contract/units.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { Field, Select } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { UnitPick } from '../units/unit_pick.tsx'
import { peopleText } from './people.text.ts'

export interface RoleAndUnit {
  role: Role | ''
  unit_id: string | null
}

/** What may stand below a unit of this kind, itself included: roles that fit nowhere there are not offered. */
const below: Partial<Record<UnitKind, readonly UnitKind[]>> = {
  village: ['village', 'villager_group', 'grid', 'school', 'class', 'station', 'committee'],
  community: ['community', 'villager_group', 'grid', 'school', 'class', 'station', 'committee'],
  school: ['school', 'class', 'station', 'committee'],
  partner_office: ['partner_office', 'committee'],
  committee: ['committee'],
}

export function RoleAndUnitFields({
  value,
  onChange,
  tried,
}: {
  value: RoleAndUnit
  onChange: (value: RoleAndUnit) => void
  tried: boolean
}) {
  const t = useWords(peopleText)
  const say = useSay()
  const own = useActiveMembership()
  const [elsewhere, setElsewhere] = useState(false)
  const kind = own?.unit_kind as UnitKind | undefined
  const here = kind ? below[kind] : undefined
  const offered = roleCodes.filter((role) => !here || roleFits[role].some((fit) => here.includes(fit)))
  const fitsHere = value.role !== '' && kind !== undefined && roleFits[value.role].includes(kind)

  function chooseRole(role: Role): void {
    const fits = own && roleFits[role].includes(own.unit_kind)
    setElsewhere(!fits)
    onChange({ role, unit_id: fits ? own.unit_id : null })
  }
  return (
    <>
      <Select
        label={t('role')}
        value={value.role}
        onChange={chooseRole}
        options={offered.map((role) => ({ value: role, label: say(roles[role]) }))}
        error={tried && value.role === '' ? t('need') : undefined}
        hint={value.role && t.language === 'zh' ? roles[value.role].reason : undefined}
      />
      {value.role !== '' && !elsewhere && fitsHere && (
        <div className="row between g12 wrap">
          <span>{t('own_unit', { unit: own?.unit_name ?? '' })}</span>
          <Button
            kind="text"
            onClick={() => {
              setElsewhere(true)
              onChange({ ...value, unit_id: null })
            }}
          >
            {t('other_unit')}
          </Button>
        </div>
      )}
      {value.role !== '' && elsewhere && (
        <Field label={t('unit')} error={tried && !value.unit_id ? t('need') : undefined}>
          {() => (
            <UnitPick
              key={value.role}
              label={t('unit')}
              kinds={roleFits[value.role as Role]}
              {...(own ? { under: own.unit_id } : {})}
              onPick={(unit) => onChange({ ...value, unit_id: unit?.id ?? null })}
            />
          )}
        </Field>
      )}
    </>
  )
}
