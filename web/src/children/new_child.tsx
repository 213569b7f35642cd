// A new file: the few facts one has at the door. It goes through the outbox, so it can be written where there is no signal.
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { childOps, type NewChild } from '@nuanyang/contract/children.ts'
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import { onSharedComputer, useDraft } from '../kernel/draft.ts'
import { newId } from '../kernel/ids.ts'
import { openOutbox } from '../kernel/outbox_browser.ts'
import { useWrite } from '../kernel/query.ts'
import { useRight, useSignedIn } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { Fold } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { LeaveGuard, toast } from '../ui/overlay.tsx'
import { Page, ProblemLine, Refusal, Section } from '../ui/page.tsx'
import { childText } from './child.text.ts'
import { capital } from './field_names.ts'
import { FactInput } from './edit.fields.tsx'
import { noFacts, useFactForm, type FormState } from './edit.form.ts'
import { fieldErrors } from './edit.errors.ts'
import { editText } from './edit.text.ts'
import { nested } from './typed.ts'
import { isKnown, whoSees } from './words.ts'
import './edit.css'

const child: readonly FieldPath[] = ['name', 'sex', 'identity_no', 'born_on']
const care: readonly FieldPath[] = ['carer.name', 'carer.relation', 'carer.phones']
const parents: readonly FieldPath[] = ['father.state', 'mother.state']
const more: readonly FieldPath[] = [
  'father.name',
  'father.phones',
  'father.work_place',
  'mother.name',
  'mother.phones',
  'mother.work_place',
  'address',
  'villager_group',
  'school_name',
  'grade',
  'class_number',
]
const all = [...child, ...care, ...parents, ...more]

export function NewChildPage() {
  const t = useWords(editText)
  const writes = useRight('children.write')
  if (writes) return <NewChildForm />
  return (
    <Page title={t('new_title')} back={paths.children()}>
      <Refusal>{t('read_only', { who: whoSees('full_name', t.language) })}</Refusal>
    </Page>
  )
}

interface Draft {
  id: string
  state: FormState
}

function NewChildForm() {
  const t = useWords(editText)
  const c = useWords(childText)
  const say = useSay()
  const navigate = useNavigate()
  const { active_membership_id } = useSignedIn()
  const empty = useMemo<Draft>(() => ({ id: newId(), state: noFacts }), [])
  const draft = useDraft<Draft>(`children.create.${active_membership_id}`, empty)
  const { id, state } = draft.value
  const form = useFactForm(null, null, [state, (change) => draft.set({ id, state: change(state) })])
  const create = useWrite(childOps.create)
  const [tried, setTried] = useState(false)
  const [gone, setGone] = useState<string | null>(null)
  // Left only once the guard has let go.
  useEffect(() => {
    if (gone) void navigate({ to: gone, replace: true })
  }, [gone, navigate])
  const changes = form.changes()
  const wrong = all.filter((path) => form.wrong(path) || (path === 'name' && form.value('name') === null))
  const name = typeof changes.name === 'string' ? changes.name : ''

  async function send(although: boolean): Promise<void> {
    setTried(true)
    if (wrong.length > 0) return
    const facts = nested(changes) as NewChild['facts']
    const body: NewChild = { id, facts, ...(although ? { although_similar: true } : {}) }
    const written = await create.send({ body }, t('label_of', { name: name || t('nameless') }))
    // The form is still open and holds everything: a refused row beside it would be a second copy.
    if (written.is === 'refused') return withdraw(id)
    draft.forget()
    toast(written.is === 'done' ? t('new_done', { name }) : t('new_kept'))
    setGone(written.is === 'done' ? paths.child(id) : paths.children())
  }
  const problem = create.problem
  const similar = problem?.code === 'similar_child'
  const errors = problem ? fieldErrors(problem, form, say) : {}
  const input = (path: FieldPath, whole = false) => (
    <div key={path} data-path={path} className={`fact fact-${path.split('.').at(-1)}`}>
      <FactInput
        path={path}
        form={form}
        {...(whole ? { label: capital(fileFields[path][t.language]) } : {})}
        error={errors[path] ?? (tried && wrong.includes(path) ? t(form.wrong(path) ?? 'wrong_name') : undefined)}
      />
    </div>
  )
  return (
    <Page
      title={t('new_title')}
      sub={t('new_sub')}
      back={paths.children()}
      notice={draft.kept && <span className="dim small nowrap desk-only">{t('new_draft')}</span>}
      actions={
        <Button kind="primary" busy={create.busy} onClick={() => void send(false)}>
          {t('new_save')}
        </Button>
      }
    >
      <LeaveGuard when={Object.keys(changes).length > 0 && onSharedComputer() && !gone} />
      {similar && (
        <section className="sheet similar formw" role="alert">
          <h2>{t('similar_title')}</h2>
          <p>{say({ zh: problem.detail, en: problem.detail_en })}</p>
          <div className="row g12 wrap">
            <ButtonLink to={paths.children()} search={{ q: name, status: 'all' }}>
              {t('similar_look')}
            </ButtonLink>
            <Button busy={create.busy} onClick={() => void send(true)}>
              {t('similar_make')}
            </Button>
          </div>
        </section>
      )}
      {problem && !similar && Object.keys(errors).length === 0 && (
        <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>
      )}
      <form
        className="editing formw"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void send(false)
        }}
      >
        <div className="facts-in section-one">{child.map((path) => input(path))}</div>
        <Section title={c('carer')}>
          <div className="facts-in">{care.map((path) => input(path))}</div>
        </Section>
        <Section title={c('parents')}>
          <div className="facts-in">{parents.map((path) => input(path, true))}</div>
          <Fold
            names={t('new_folded')}
            filled={t('filled', { n: more.filter((path) => isKnown(form.value(path))).length, all: more.length })}
          >
            <div className="facts-in">{more.map((path) => input(path, true))}</div>
          </Fold>
        </Section>
        <p className="dim small new-acts">{t('new_more')}</p>
        <button type="submit" hidden />
      </form>
    </Page>
  )
}

async function withdraw(childId: string): Promise<void> {
  const outbox = await openOutbox()
  for (const row of await outbox.list())
    if (row.parked && row.operation === childOps.create.name && (row.body as { id?: string }).id === childId)
      await outbox.withdraw(row.id)
}
