// 规定要求的事: the county's list of duties that rules ask for, each with its source. County staff add, change and end; everybody else reads.
import { useState } from 'react'
import { planOps, type PolicyDuty } from '@nuanyang/contract/plans.ts'
import { archetypes } from '@nuanyang/domain/values/archetypes.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership, useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf, plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { PolicyForm } from './policies.form.tsx'
import { kindWords, responsibleWords, rhythmWords, subjectWords } from './plan_words.ts'
import { policiesText } from './policies.text.ts'
import './plans.css'

type Asking = { what: 'form'; row: PolicyDuty | null } | { what: 'product' }

export function PoliciesPage() {
  const t = useWords(policiesText)
  const say = useSay()
  const found = useOp(planOps.policies, {})
  const write = useWrite(planOps.set_policies)
  const unit = useActiveMembership()
  const mayWrite = useRight('plans.adopt') && unit?.unit_kind === 'county'
  const [asking, setAsking] = useState<Asking | null>(null)
  const items = found.data?.items ?? []
  const put = async (rows: PolicyDuty[] | null) => (await write.send({ body: { items: rows } })).is === 'done'
  const withRow = (row: PolicyDuty) =>
    items.some(({ code }) => code === row.code)
      ? items.map((each) => (each.code === row.code ? row : each))
      : [...items, row]
  async function end(row: PolicyDuty): Promise<void> {
    if (await put(withRow({ ...row, ended_on: dayOf() }))) toast(t('ended', { title: row.title }), () => void put(items))
  }
  return (
    <Page
      title={t('title')}
      sub={t(found.data?.own ? 'sub_own' : 'sub_product')}
      back={paths.plans()}
      actions={mayWrite && <Button onClick={() => setAsking({ what: 'form', row: null })}>{t('add')}</Button>}
    >
      {!mayWrite && <p className="dim policies-note">{t('county_only')}</p>}
      {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
      <Loaded of={found} rows={8}>
        {({ own }) => {
          const ended = items.filter((row) => row.ended_on)
          return (
            <>
              <ul className="lines">
                {items.filter((row) => !row.ended_on).map((row) => (
                  <Row key={row.code} row={row}>
                    {mayWrite && (
                      <>
                        <Button kind="text" aria-label={t('change_one', { title: row.title })} onClick={() => setAsking({ what: 'form', row })}>
                          {t('change')}
                        </Button>
                        <Button kind="text" busy={write.busy} aria-label={t('end_one', { title: row.title })} onClick={() => void end(row)}>
                          {t('end')}
                        </Button>
                      </>
                    )}
                  </Row>
                ))}
              </ul>
              {ended.length > 0 && (
                <Section title={t('ended_head')}>
                  <ul className="lines">
                    {ended.map((row) => (
                      <Row key={row.code} row={row}>
                        {mayWrite && (
                          <Button kind="text" busy={write.busy} aria-label={t('back_one', { title: row.title })} onClick={() => void put(withRow({ ...row, ended_on: null }))}>
                            {t('back')}
                          </Button>
                        )}
                      </Row>
                    ))}
                  </ul>
                </Section>
              )}
              {mayWrite && (
                <div className="policies-foot">
                  <p className="dim small">{t('note')}</p>
                  {own && (
                    <Button kind="text" onClick={() => setAsking({ what: 'product' })}>
                      {t('to_product')}
                    </Button>
                  )}
                </div>
              )}
            </>
          )
        }}
      </Loaded>
      {asking?.what === 'form' && (
        <PolicyForm
          row={asking.row}
          busy={write.busy}
          problem={write.problem}
          onClose={() => setAsking(null)}
          onSave={async (row) => {
            if (!(await put(withRow(row)))) return
            toast(t('saved'))
            setAsking(null)
          }}
        />
      )}
      {asking?.what === 'product' && (
        <Dialog
          title={t('to_product_title')}
          onClose={() => setAsking(null)}
          actions={
            <Button kind="primary" busy={write.busy} onClick={() => void put(null).then((done) => done && setAsking(null))}>
              {t('to_product')}
            </Button>
          }
        >
          <p>{t('to_product_help')}</p>
        </Dialog>
      )}
    </Page>
  )
} // prettier-ignore

function Row({ row, children }: { row: PolicyDuty; children?: React.ReactNode }) {
  const t = useWords(policiesText)
  const say = useSay()
  const as = t.language
  const places = row.archetypes.map((code) => say(archetypes.find((each) => each.code === code)!))
  return (
    <li className="policies-row">
      <span className="grow">
        <b>{row.title}</b>
        <small>
          {listed(
            [
              rhythmWords(row.rhythm, as),
              subjectWords(row.subject, as),
              responsibleWords(row.responsible, as),
              kindWords(row.kind, as),
            ],
            as,
          )}
        </small>
        <small className="dim">
          {row.source} · {places.join(as === 'zh' ? '、' : ', ')}
          {row.ended_on && ` · ${t('ended_on', { day: plainDay(row.ended_on, as) })}`}
        </small>
      </span>
      {children && <span className="policies-acts">{children}</span>}
    </li>
  )
}
