// A new plan: the text as it is, a template, or last year's.
import { useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { planOps } from '@nuanyang/contract/plans.ts'
import { planTemplates, templatePeriod } from '@nuanyang/domain/plans/templates/templates.ts'
import { archetypes, type Archetype } from '@nuanyang/domain/values/archetypes.ts'
import { upload } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { TextArea } from '../ui/fields.tsx'
import { FileDrop } from '../ui/filedrop.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Page, ProblemLine, Section } from '../ui/page.tsx'
import { monthWords, periodWords } from './plan_words.ts'
import { plansText } from './plans.text.ts'
import './plans.css'

const limitBytes = 20 * 1024 * 1024
const ofUnit: Partial<Record<string, Archetype>> = {
  school: 'school', class: 'school', partner_office: 'agency', committee: 'committee', community: 'community', grid: 'community', station: 'community',
} // prettier-ignore

export function NewPlanPage() {
  const t = useWords(plansText)
  return (
    <Page title={t('new_title')} sub={t('new_lead')} back={paths.plans()}>
      <div className="plan-ways">
        <Written />
        <div>
          <Template />
          <Earlier />
        </div>
      </div>
    </Page>
  )
}

function Written() {
  const t = useWords(plansText)
  const say = useSay()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const read = useWrite(planOps.read)
  const [sending, setSending] = useState<{ name: string; done: number; all: number } | null>(null)
  const [failed, setFailed] = useState<Problem | null>(null)
  const stop = useRef<AbortController | null>(null)
  const problem = read.problem ?? failed
  const open = ({ plans }: Answer<typeof planOps.read>) => navigate({ to: paths.planCheck(plans[0]!.id) })

  async function go(): Promise<void> {
    setFailed(null)
    if (text.trim() === '') return
    const written = await read.send({ body: { id: newId(), text } })
    if (written.is === 'done') await open(written.answer)
  }
  async function take(file: File): Promise<void> {
    setFailed(null)
    read.clear()
    stop.current = new AbortController()
    setSending({ name: file.name, done: 0, all: file.size })
    try {
      const options = { signal: stop.current.signal, onProgress: (done: number, all: number) => setSending({ name: file.name, done, all }) } // prettier-ignore
      await open(await upload(planOps.read_file, { file, body: { id: newId() } }, options))
    } catch (error) {
      if (error instanceof Problem) setFailed(error)
      else if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
    } finally {
      setSending(null)
    }
  }
  return (
    <Section title={t('paste')}>
      <form
        className="stack plan-paste"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <TextArea
          label={t('paste_label')}
          hint={t('paste_help')}
          value={text}
          onChange={setText}
          rows={8}
          spellCheck={false}
        />
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <div className="row">
          <Button kind="primary" submit busy={read.busy}>
            {t('read_it')}
          </Button>
        </div>
      </form>
      <FileDrop
        limitBytes={limitBytes}
        onFile={(file) => void take(file)}
        sending={sending ? { ...sending, onStop: () => stop.current?.abort() } : undefined}
      >
        {t('or_file')}
      </FileDrop>
    </Section>
  )
}

function Template() {
  const t = useWords(plansText)
  const say = useSay()
  const navigate = useNavigate()
  const unit = useActiveMembership()
  const create = useWrite(planOps.create)
  const first = ofUnit[unit?.unit_kind ?? ''] ?? 'village'
  const order = archetypes.toSorted((a, b) => Number(b.code === first) - Number(a.code === first))
  async function begin(template: Archetype): Promise<void> {
    const period = templatePeriod(planTemplates[template], dayOf())
    const id = newId()
    const title = t('template_title', { unit: unit?.unit_name ?? '', year: period.from_on.slice(0, 4) })
    const written = await create.send({ body: { id, title, template, ...period } })
    if (written.is === 'done') await navigate({ to: paths.plan(id) })
  }
  return (
    <Section title={t('template')}>
      <p className="dim plan-lead">{t('template_help')}</p>
      <ul className="plan-list">
        {order.map((each) => {
          const template = planTemplates[each.code]
          const period = templatePeriod(template, dayOf())
          return (
            <li key={each.code}>
              <div className="grow">
                <b>{say(each)}</b>
                <p className="small dim">
                  {t('template_months', {
                    from: monthWords(period.from_on.slice(0, 7), t.language, ''),
                    n: template.months,
                  })}
                  {t.language === 'zh' ? '，' : ', '}
                  {t('template_counts', { duties: template.duties.length, tasks: template.tasks.length })}
                </p>
              </div>
              <Button
                busy={create.busy}
                aria-label={t('use_template', { kind: say(each) })}
                onClick={() => void begin(each.code)}
              >
                {t('template')}
              </Button>
            </li>
          )
        })}
      </ul>
      {create.problem && <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>}
    </Section>
  )
}

function Earlier() {
  const t = useWords(plansText)
  const say = useSay()
  const navigate = useNavigate()
  const create = useWrite(planOps.create)
  const found = useOp(planOps.list, { state: 'all', limit: 50 })
  const items = (found.data?.items ?? []).filter(
    (plan) => plan.mine && (plan.state === 'adopted' || plan.state === 'closed'),
  )
  if (items.length === 0) return null
  async function carry(plan: (typeof items)[number]): Promise<void> {
    const year = (on: string) => `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`.replace('-02-29', '-02-28')
    const id = newId()
    const from_on = year(plan.from_on)
    const title = plan.title.includes(plan.from_on.slice(0, 4))
      ? plan.title.replace(plan.from_on.slice(0, 4), from_on.slice(0, 4))
      : t('carry_title', { title: plan.title, year: from_on.slice(0, 4) })
    const written = await create.send({
      body: { id, title, from_on, until_on: year(plan.until_on), carry_from_id: plan.id },
    })
    if (written.is === 'done') await navigate({ to: paths.plan(id) })
  }
  return (
    <Section title={t('carry')}>
      <p className="dim plan-lead">{t('carry_help')}</p>
      <ul className="plan-list">
        {items.map((plan) => (
          <li key={plan.id}>
            <div className="grow">
              <b>{plan.title}</b>
              <p className="small dim">{periodWords(plan, t.language)}</p>
            </div>
            <Button busy={create.busy} onClick={() => void carry(plan)}>
              {t('carry_this')}
            </Button>
          </li>
        ))}
      </ul>
      {create.problem && <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>}
    </Section>
  )
}
