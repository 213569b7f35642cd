// 设置 → 口径: the definitions that hold today, their versions, and adding one.
import { useState, type FormEvent } from 'react'
import { definitionOps, definitionRules, type DefinitionRow } from '@nuanyang/contract/definitions.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, Chip, To } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { definitionName } from './definition_name.ts'
import { ruleWords } from './definition_words.ts'
import { definitionsText } from './definitions.text.ts'
import './definitions.css'

type Doing = { what: 'version' | 'end'; row: DefinitionRow } | { what: 'own' } | null

export function DefinitionsPage() {
  const t = useWords(definitionsText)
  const writes = useRight('definitions.write')
  const reads = useRight('children.read')
  const list = useOp(definitionOps.list, {})
  const [doing, setDoing] = useState<Doing>(null)
  const close = () => setDoing(null)
  return (
    <Page
      title={t('title')}
      sub={t('sub')}
      back={paths.settings()}
      actions={writes && <Button onClick={() => setDoing({ what: 'own' })}>{t('new_own')}</Button>}
    >
      <Loaded of={list} rows={5}>
        {({ items }) => {
          const now = items.filter((one) => one.in_force)
          const before = items.filter((one) => !one.in_force)
          return (
            <>
              <ul className="lines">
                {now.map((row) => (
                  <Row key={row.id} row={row}>
                    {reads && (
                      <To to={paths.turns()} search={{ code: row.code }}>
                        {t('turns')}
                      </To>
                    )}
                    {writes && (
                      <Button kind="text" onClick={() => setDoing({ what: 'version', row })}>
                        {t('new_version')}
                      </Button>
                    )}
                    {writes && row.until_on === null && row.code.startsWith('own_') && (
                      <Button kind="text" onClick={() => setDoing({ what: 'end', row })}>
                        {t('stop')}
                      </Button>
                    )}
                  </Row>
                ))}
              </ul>
              {before.length > 0 && (
                <Section title={t('old')}>
                  <ul className="lines">
                    {before.map((row) => (
                      <Row key={row.id} row={row} />
                    ))}
                  </ul>
                </Section>
              )}
            </>
          )
        }}
      </Loaded>
      {doing?.what === 'own' && <DefinitionDialog onClose={close} />}
      {doing?.what === 'version' && <DefinitionDialog of={doing.row} onClose={close} />}
      {doing?.what === 'end' && <EndDialog row={doing.row} onClose={close} />}
    </Page>
  )
}

function Row({ row, children }: { row: DefinitionRow; children?: React.ReactNode }) {
  const t = useWords(definitionsText)
  const day = (value: string) => plainDay(value, t.language, '')
  return (
    <li>
      <span className="grow">
        <b>{definitionName(row, t.language)}</b>{' '}
        <span className="dim small date">
          {row.until_on === null
            ? t('holds', { from: day(row.from_on) })
            : t('held', { from: day(row.from_on), until: day(row.until_on) })}
        </span>
        <small>
          {definitionRules[row.rule][t.language]}
          {t.language === 'zh' ? '；' : '; '}
          {ruleWords(row, t.language)}
        </small>
        <small className="dim">{row.source}</small>
      </span>
      {children}
    </li>
  )
}

function DefinitionDialog({ of, onClose }: { of?: DefinitionRow; onClose: () => void }) {
  const t = useWords(definitionsText)
  const say = useSay()
  const add = useWrite(definitionOps.add)
  const [name, setName] = useState(of?.name ?? '')
  const [rule, setRule] = useState(of?.rule ?? 'mca')
  const [across, setAcross] = useState<'county' | 'township' | null>(of ? of.across : 'county')
  const [numbers, setNumbers] = useState({
    under_age: String(of?.under_age ?? (of ? '' : 16)),
    months: String(of?.months ?? (of ? '' : 6)),
    visit_days: String(of?.visit_days ?? 30),
  })
  const [source, setSource] = useState(of?.source ?? '')
  const [from_on, setFrom] = useState(dayOf())
  const [tried, setTried] = useState(false)
  const fits = (text: string) => text === '' || /^\d{1,3}$/.test(text)
  const good = name.trim() !== '' && source.trim() !== '' && from_on !== '' && Object.values(numbers).every(fits)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!good) return
    const number = (text: string) => (text === '' ? null : Number(text))
    const body = {
      id: newId(),
      ...(of ? { code: of.code } : {}),
      name: name.trim(),
      rule,
      across,
      under_age: number(numbers.under_age),
      months: number(numbers.months),
      visit_days: Number(numbers.visit_days || 0),
      source: source.trim(),
      from_on,
    }
    const written = await add.send({ body })
    if (written.is !== 'done') return
    toast(t('saved'))
    onClose()
  }
  const numeric = (key: keyof typeof numbers, hint?: string) => (
    <TextInput
      kind="digits"
      label={t(key)}
      value={numbers[key]}
      hint={hint}
      onChange={(next) => setNumbers({ ...numbers, [key]: next })}
      error={tried && !fits(numbers[key]) ? t('wrong_number') : undefined}
    />
  )
  return (
    <Dialog title={of ? t('form_new', { name: of.name }) : t('form_own')} onClose={onClose}>
      <form className="stack definition-form" onSubmit={(event) => void submit(event)}>
        {!of && <TextInput autoFocus label={t('name')} value={name} maxLength={40} onChange={setName} />}
        <div role="group" aria-label={t('kind')} className="row wrap g8">
          {(Object.keys(definitionRules) as (keyof typeof definitionRules)[]).map((each) => (
            <Chip key={each} pressed={each === rule} onClick={() => setRule(each)}>
              {definitionRules[each][t.language]}
            </Chip>
          ))}
        </div>
        <div className="definition-numbers">
          {numeric('under_age', t('any_age'))}
          {numeric('months', t('any_months'))}
          {numeric('visit_days')}
        </div>
        <div role="group" aria-label={t('across')} className="row wrap g8">
          {([null, 'county', 'township'] as const).map((each) => (
            <Chip key={each ?? 'none'} pressed={each === across} onClick={() => setAcross(each)}>
              {each ? t(`rule_${each}`) : t('across_none')}
            </Chip>
          ))}
        </div>
        <TextInput label={t('source')} value={source} maxLength={300} onChange={setSource} />
        <TextInput kind="date" label={t('from_on')} value={from_on} onChange={setFrom} />
        {tried && !good && <ProblemLine>{t('need')}</ProblemLine>}
        {add.problem && <ProblemLine>{say({ zh: add.problem.detail, en: add.problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={add.busy}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  )
}

function EndDialog({ row, onClose }: { row: DefinitionRow; onClose: () => void }) {
  const t = useWords(definitionsText)
  const say = useSay()
  const end = useWrite(definitionOps.end)
  const [until_on, setUntil] = useState(dayOf())
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const written = await end.send({ id: row.id, body: { version: row.version, until_on } })
    if (written.is !== 'done') return
    toast(t('stopped', { name: row.name }))
    onClose()
  }
  return (
    <Dialog title={t('stop_title', { name: row.name })} onClose={onClose}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('stop_help')}</p>
        <TextInput kind="date" label={t('stop_on')} value={until_on} onChange={setUntil} />
        {end.problem && <ProblemLine>{say({ zh: end.problem.detail, en: end.problem.detail_en })}</ProblemLine>}
        <Button kind="danger" submit busy={end.busy}>
          {t('stop')}
        </Button>
      </form>
    </Dialog>
  )
}
