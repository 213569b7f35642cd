// The people of a file: who is at home, who is away, and how to reach them.
import type { ReactNode } from 'react'
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { helperKinds } from '@nuanyang/contract/pairings.ts'
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { parentStates } from '@nuanyang/domain/values/parent_state.ts'
import { labelOf } from '@nuanyang/domain/values/value.ts'
import { paths } from '../paths.ts'
import { IconButton, To } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { fill, listed, useWords, type Language } from '../ui/language.ts'
import { Masked, State } from '../ui/state.tsx'
import { childText } from './child.text.ts'
import { sectionOf } from './child.fields.ts'
import type { Reveal } from './reveal.tsx'
import { factWords, kinWords } from './values.text.ts'
import { fieldName, kin, spacedPhone } from './words.ts'

export interface Kin {
  key: 'carer' | 'father' | 'mother' | 'child'
  label: string
  name: string | null
  beside: string
  /** The same where there is less room. */
  short: string
  path: FieldPath
  phones: readonly string[]
  /** Somebody who may have a phone: not who died, is out of contact or in prison. */
  reachable: boolean
}

/** The carer first, then both parents; a parent who cares stands once. */
export function kinOf(file: ChildFile, language: Language): Kin[] {
  const rows: Kin[] = []
  const { carer } = file
  if (carer && carer.relation !== 'father' && carer.relation !== 'mother')
    rows.push({
      key: 'carer',
      label: kin(carer.relation, carer.relation_words, language),
      name: carer.name,
      beside: carer.age === null ? '' : fill(factWords.years, { n: carer.age }, language),
      short: carer.age === null ? '' : fill(factWords.years, { n: carer.age }, language),
      path: 'carer.phones',
      phones: carer.phones,
      reachable: true,
    })
  for (const which of ['father', 'mother'] as const) {
    const parent = file[which]
    if (!parent) continue
    const { state } = parent
    const gone = state === 'deceased' || state === 'missing' || state === 'detained'
    const where = listed([parent.work_place, parent.work_unit], language)
    const said = state && state !== 'unknown' ? labelOf(parentStates, state, language) : ''
    const cares = carer?.relation === which
    rows.push({
      key: which,
      label: kinWords[which][language],
      name: parent.name,
      beside: gone || state === 'home' ? said : where || said,
      short: gone || state === 'home' ? said : (parent.work_place ?? said),
      path: cares && parent.phones.length === 0 ? 'carer.phones' : `${which}.phones`,
      phones: cares && parent.phones.length === 0 ? carer.phones : parent.phones,
      reachable: !gone,
    })
  }
  if (file.phones.length > 0)
    rows.push({
      key: 'child',
      label: '',
      name: file.name,
      beside: '',
      short: '',
      path: 'phones',
      phones: file.phones,
      reachable: true,
    })
  return rows
}

/** Whole numbers of a field: open ones as they are, masked ones once they were revealed; null while they are masked. */
export function wholePhones(file: ChildFile, path: FieldPath, phones: readonly string[], reveal: Reveal) {
  if (file.groups.phones === 'open') return phones
  const values = reveal.values?.[path]
  return Array.isArray(values) ? (values as readonly string[]) : null
}

/** One line per number, each to be called; masked ones with their eye; what is not known, in words with the way to add it. */
export function PhoneLines({ file, row, reveal }: { file: ChildFile; row: Kin; reveal: Reveal }) {
  const t = useWords(childText)
  if (file.groups.phones === 'no') return null
  if (row.phones.length === 0) {
    if (!row.reachable) return null
    return (
      <span className="kin-none">
        <State kind="none">{t('phone_unknown')}</State>
        {file.can_write && <AddLink file={file} path={row.path} />}
      </span>
    )
  }
  const whole = wholePhones(file, row.path, row.phones, reveal)
  if (whole) return whole.map((phone) => <PhoneLink key={phone} phone={phone} />)
  return row.phones.map((phone, at) => (
    <span key={at} className="kin-phone">
      <Masked value={phone} onOpen={reveal.may(row.path) ? () => reveal.ask() : undefined} />
    </span>
  ))
}

export function PhoneLink({ phone, children }: { phone: string; children?: ReactNode }) {
  return (
    <a className="kin-phone" href={`tel:${phone}`}>
      {children ?? spacedPhone(phone)}
    </a>
  )
}

export function AddLink({ file, path }: { file: ChildFile; path: FieldPath }) {
  const t = useWords(childText)
  return (
    <To
      to={paths.childEdit(file.id)}
      search={{ section: sectionOf(path), field: path }}
      aria-label={`${t('add_it')} ${fieldName(path, t.language)}`}
    >
      {t('add_it')}
    </To>
  )
}

/** The phone's rows: who, name, where; at the right one thing to press. */
export function KinRows({ file, reveal }: { file: ChildFile; reveal: Reveal }) {
  const t = useWords(childText)
  return (
    <ul className="kinrows">
      {kinOf(file, t.language).map((row) => (
        <li key={row.key}>
          <span className="grow">
            <span className="kinrows-who dim small">{row.label || t('own_phone')}</span>
            {row.name}{' '}
            <span className="dim small">
              {listed(
                [
                  row.phones.length === 0 ? row.short : row.beside,
                  row.phones.length === 0 && row.reachable && file.groups.phones !== 'no' && t('phone_unknown'),
                ],
                t.language,
              )}
            </span>
          </span>
          <CallMark file={file} row={row} reveal={reveal} />
        </li>
      ))}
      {file.helpers.map((helper) => (
        <li key={helper.pairing_id}>
          <span className="grow">
            <span className="kinrows-who dim small">{t('helpers')}</span>
            {helper.name} <span className="dim small">{helperKinds[helper.kind][t.language]}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function CallMark({ file, row, reveal }: { file: ChildFile; row: Kin; reveal: Reveal }) {
  const t = useWords(childText)
  if (!row.reachable || file.groups.phones === 'no') return null
  if (row.phones.length === 0) return file.can_write ? <AddLink file={file} path={row.path} /> : null
  const whose = row.label || t('own_phone')
  const whole = wholePhones(file, row.path, row.phones, reveal)
  if (whole?.[0])
    return (
      <a className="icbtn icbtn-end" href={`tel:${whole[0]}`} aria-label={t('call_number', { whose })}>
        <Icon name="phone" />
      </a>
    )
  if (!reveal.may(row.path)) return null
  return (
    <IconButton
      icon="phone"
      edge="end"
      label={t('call_number', { whose })}
      onClick={() =>
        reveal.ask((values) => {
          const phone = [values[row.path]].flat()[0]
          if (phone) location.href = `tel:${phone}`
        })
      }
    />
  )
}
