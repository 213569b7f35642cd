// Agreements with other units, and the way to the children both care for.
import { useState } from 'react'
import {
  unitCan,
  unitLinkKinds,
  unitOps,
  type Unit,
  type UnitKind,
  type UnitLink,
  type UnitLinkKind,
} from '@nuanyang/contract/units.ts'
import { newId } from '../kernel/ids.ts'
import { useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { Select, TextArea, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { Ask } from './unit_dialog.tsx'
import { UnitPick, type PickedUnit } from './unit_pick.tsx'
import { unitsText } from './units.text.ts'

/** Kinds of link this unit can have, each with the kinds its other side may be. */
function linksFor(kind: UnitKind): { code: UnitLinkKind; others: readonly UnitKind[] }[] {
  return (Object.keys(unitLinkKinds) as UnitLinkKind[]).flatMap<{ code: UnitLinkKind; others: readonly UnitKind[] }>(
    (code) => {
      const { unit, other } = unitLinkKinds[code]
      if ((unit as readonly UnitKind[]).includes(kind)) return [{ code, others: other }]
      return (other as readonly UnitKind[]).includes(kind) ? [{ code, others: unit }] : []
    },
  )
}

export function UnitLinks({ unit }: { unit: Unit }) {
  const t = useWords(unitsText)
  const mayWrite = useRight('units.write')
  const [asked, setAsked] = useState<'new' | UnitLink | null>(null)
  const possible = linksFor(unit.kind)
  if (possible.length === 0 && unit.links.length === 0) return null
  return (
    <Section
      title={t('links')}
      end={
        mayWrite &&
        unitCan.change(unit) && (
          <Button kind="text" icon="link" onClick={() => setAsked('new')}>
            {t('link')}
          </Button>
        )
      }
    >
      {unit.links.length === 0 && <p className="dim">{t('no_links')}</p>}
      <ul className="unit-lines">
        {unit.links.map((link) => (
          <li key={link.id}>
            <Line
              link={link}
              unitId={unit.id}
              onEnd={mayWrite && unitCan.endLink(link) ? () => setAsked(link) : null}
            />
          </li>
        ))}
      </ul>
      {asked === 'new' && <NewLink unit={unit} onClose={() => setAsked(null)} />}
      {asked && asked !== 'new' && <EndLink link={asked} onClose={() => setAsked(null)} />}
    </Section>
  )
}

function Line({ link, unitId, onEnd }: { link: UnitLink; unitId: string; onEnd: (() => void) | null }) {
  const t = useWords(unitsText)
  const say = useSay()
  const mayList = useRight('children.read')
  const other = link.unit.id === unitId ? link.other : link.unit
  const day = (on: string) => plainDay(on, t.language)
  const when = link.until_on
    ? t('from_until', { from: day(link.from_on), until: day(link.until_on) })
    : t('since', { day: day(link.from_on) })
  return (
    <>
      <span className="grow">
        <To to={paths.unit(other.id)}>{other.label}</To>{' '}
        <span className="dim small">
          {say(unitLinkKinds[link.kind])} · {when}
        </span>
        {link.agreement && <span className="unit-agreement">{link.agreement}</span>}
      </span>
      <span className="small nowrap">
        {mayList && link.children > 0 && link.until_on === null ? (
          <To to={paths.joint(link.id)}>{t('shared_n', { n: link.children })}</To>
        ) : (
          <span className="dim">{t('shared_n', { n: link.children })}</span>
        )}
      </span>
      {onEnd && (
        <Button kind="text" onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </>
  )
}

function NewLink({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const t = useWords(unitsText)
  const say = useSay()
  const link = useWrite(unitOps.link)
  const possible = linksFor(unit.kind)
  const [id] = useState(newId)
  const [kind, setKind] = useState<UnitLinkKind | ''>(possible.length === 1 ? possible[0]!.code : '')
  const [other, setOther] = useState<PickedUnit | null>(null)
  const [agreement, setAgreement] = useState('')
  const [from, setFrom] = useState(dayOf())
  const others = possible.find(({ code }) => code === kind)?.others ?? []
  async function save(): Promise<void> {
    if (!other || kind === '') return
    const written = await link.send({
      id: unit.id,
      body: { id, kind, other_unit_id: other.id, agreement: agreement.trim() || null, from_on: from },
    })
    if (written.is !== 'done') return
    toast(t('linked_done'))
    onClose()
  }
  return (
    <Ask
      title={t('link')}
      action={t('save')}
      ready={kind !== '' && other !== null && from !== ''}
      busy={link.busy}
      problem={link.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      {possible.length > 1 && (
        <Select
          label={t('link_kind')}
          value={kind}
          empty={t('choose')}
          onChange={(next) => {
            setKind(next)
            setOther(null)
          }}
          options={possible.map(({ code }) => ({ value: code, label: say(unitLinkKinds[code]) }))}
        />
      )}
      {kind !== '' && <UnitPick key={kind} label={t('other_unit')} kinds={others} onPick={setOther} />}
      <TextInput label={t('from_day')} kind="date" value={from} onChange={setFrom} />
      <TextArea
        label={t('agreement')}
        optional
        hint={t('agreement_hint')}
        value={agreement}
        onChange={setAgreement}
        maxLength={2000}
        rows={3}
      />
    </Ask>
  )
}

function EndLink({ link, onClose }: { link: UnitLink; onClose: () => void }) {
  const t = useWords(unitsText)
  const end = useWrite(unitOps.end_link)
  const [until, setUntil] = useState(dayOf())
  async function save(): Promise<void> {
    const written = await end.send({ id: link.id, body: { until_on: until } })
    if (written.is !== 'done') return
    toast(t('ended'))
    onClose()
  }
  return (
    <Ask
      title={t('end_link_title')}
      help={`${link.unit.label} — ${link.other.label}`}
      action={t('end')}
      danger
      ready={until !== ''}
      busy={end.busy}
      problem={end.problem}
      onDo={() => void save()}
      onClose={onClose}
    >
      <TextInput label={t('until_day')} kind="date" value={until} onChange={setUntil} />
    </Ask>
  )
}
