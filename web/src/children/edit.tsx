// One form per part of a file. It is sent with the version it was read at; when somebody else saved meanwhile, both sides are shown
// field by field, and what only they changed is kept.
import { useEffect, useMemo, useState, type FormEvent } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { childOps, type ChildFile, type Facts } from '@nuanyang/contract/children.ts'
import { fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import { keeperSides } from '@nuanyang/contract/roles.ts'
import type { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { ConflictView } from '../ui/conflict.tsx'
import { Fold } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords, type Language } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { LeaveGuard, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine, Refusal, Section } from '../ui/page.tsx'
import { Masked, NotCollected } from '../ui/state.tsx'
import { childText } from './child.text.ts'
import { besidePlace, blocks, groupOf, sections, type Block, type Section as Part } from './child.fields.ts'
import { shortName } from './field_names.ts'
import { FactInput } from './edit.fields.tsx'
import { fieldErrors } from './edit.errors.ts'
import { useFactForm, type FactForm } from './edit.form.ts'
import { editText } from './edit.text.ts'
import { useReveal } from './reveal.tsx'
import { nested, sameValue, type Values } from './typed.ts'
import { factAt, isKnown, saidValue, whoSees } from './words.ts'
import './edit.css'

export function EditChildPage() {
  const t = useWords(childText)
  const { id } = useParams({ strict: false }) as { id: string }
  const [address] = useAddress()
  const part: Part = sections.find((each) => each === address['section']) ?? 'basic'
  const answer = useOp(childOps.get, { id })
  // The form keeps the file it was opened with: a newer copy arrives as a conflict, never under the fingers.
  const [first, setFirst] = useState<ChildFile>()
  if (answer.data && first?.id !== id) setFirst(answer.data)
  if (first?.id === id) return <EditForm key={`${id} ${part}`} opened={first} part={part} field={address['field']} />
  return (
    <Page title={t('edit')} back={paths.child(id)}>
      <Loaded of={answer} rows={8}>
        {() => null}
      </Loaded>
    </Page>
  )
}

interface Conflict {
  current: ChildFile
  fields: readonly FieldPath[]
  picks: Partial<Record<FieldPath, 'mine' | 'theirs'>>
}

function EditForm({ opened, part, field }: { opened: ChildFile; part: Part; field: string | undefined }) {
  const t = useWords(editText)
  const c = useWords(childText)
  const say = useSay()
  const phone = useIsPhone()
  const [file, setFile] = useState(opened)
  const reveal = useReveal(file)
  const form = useFactForm(file, reveal)
  const [tried, setTried] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [done, setDone] = useState(false)
  const change = useWrite(childOps.change)
  const to = paths.child(file.id)
  const tab = part === 'basic' ? undefined : { tab: part }
  const navigate = useNavigate()
  useEffect(() => {
    if (done) void navigate({ to, search: (tab ?? {}) as never, replace: true })
    // oxlint-disable-next-line react/exhaustive-deps
  }, [done])
  useFieldFocus(field)
  const changes = form.changes()
  const count = Object.keys(changes).length
  const all = useMemo(() => blocks[part].flatMap((block) => [...block.first, ...block.more]), [part])
  const wrong = all.filter((path) => form.wrong(path))

  async function send(version: number, values: Values, beside: boolean): Promise<void> {
    const written = await change.send({ id: file.id, body: { version, facts: nested(values) as Facts } })
    if (written.is === 'done') {
      const proposed = written.answer.proposed
      toast(proposed.length > 0 ? proposedWords(proposed, t.language) : t(beside ? 'saved_beside' : 'saved'))
      setDone(true)
    } else if (written.is === 'refused' && written.problem.code === 'stale') await merge(written.problem, values)
  }
  /** What both changed is asked; what only one side changed needs no question. */
  async function merge(problem: Problem, values: Values): Promise<void> {
    const current = problem.current as ChildFile
    const fields = (Object.keys(values) as FieldPath[]).filter(
      (path) =>
        !sameValue(factAt(current, path), factAt(file, path)) && !sameValue(factAt(current, path), values[path]),
    )
    if (fields.length === 0) {
      setFile(current)
      return send(current.version, values, true)
    }
    setConflict({ current, fields, picks: {} })
    globalThis.scrollTo({ top: 0 })
  }
  async function resolve(picks: Conflict['picks']): Promise<void> {
    if (!conflict) return
    const theirs = conflict.fields.filter((path) => picks[path] === 'theirs')
    const kept = Object.fromEntries(Object.entries(changes).filter(([path]) => !theirs.includes(path as FieldPath)))
    form.drop(theirs)
    setFile(conflict.current)
    setConflict(null)
    change.clear()
    if (Object.keys(kept).length > 0) await send(conflict.current.version, kept, false)
    else setDone(true)
  }
  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault()
    setTried(true)
    if (wrong.length > 0 || conflict) return
    if (count === 0) setDone(true)
    else await send(file.version, changes, false)
  }
  const problem =
    change.problem && change.problem.code !== 'stale' && change.problem.code !== 'not_signed_in' ? change.problem : null
  const errors = problem ? fieldErrors(problem, form, say) : {}
  const heading = phone ? t('title', { part: c(part) }) : t('of', { name: file.name, part: c(part) })
  if (!file.can_write)
    return (
      <Page title={heading} back={to}>
        <Refusal>{t('read_only', { who: whoSees('full_name', t.language) })}</Refusal>
      </Page>
    )
  return (
    <Page
      title={t('of', { name: file.name, part: c(part) })}
      heading={heading}
      back={to}
      notice={
        !phone && <span className="dim small nowrap">{count > 0 ? t('changed', { n: count }) : t('nothing')}</span>
      }
      actions={
        !conflict && (
          <>
            <ButtonLink to={to} search={tab}>
              {t('cancel')}
            </ButtonLink>
            <Button kind="primary" busy={change.busy} onClick={() => void submit()}>
              {t('save')}
            </Button>
          </>
        )
      }
    >
      <LeaveGuard when={count > 0 && !done} />
      {conflict && (
        <Choose
          conflict={conflict}
          changes={changes}
          busy={change.busy}
          onPick={(path, side) => setConflict({ ...conflict, picks: { ...conflict.picks, [path]: side } })}
          onDone={(picks) => void resolve(picks)}
        />
      )}
      {tried && wrong.length > 0 && <ProblemLine>{t('fix_first', { n: wrong.length })}</ProblemLine>}
      {problem && Object.keys(errors).length === 0 && (
        <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>
      )}
      <form className="editing formw" onSubmit={(event) => void submit(event)} noValidate hidden={conflict !== null}>
        {blocks[part].map((block) => (
          <BlockFields
            key={block.title}
            block={block}
            form={form}
            errors={errors}
            tried={tried}
            single={blocks[part].length === 1}
          />
        ))}
        <button type="submit" hidden />
      </form>
      {reveal.dialog}
    </Page>
  )
}

function BlockFields({
  block,
  form,
  errors,
  tried,
  single,
}: {
  block: Block
  form: FactForm
  errors: Partial<Record<FieldPath, string>>
  tried: boolean
  single: boolean
}) {
  const t = useWords(editText)
  const c = useWords(childText)
  const { language } = t
  const input = (path: FieldPath) => {
    const wrong = tried ? form.wrong(path) : undefined
    return (
      <div key={path} data-path={path} className={`fact fact-${path.split('.').at(-1)}`}>
        <FactInput path={path} form={form} error={errors[path] ?? (wrong && t(wrong))} />
      </div>
    )
  }
  const more = block.more.filter((path) => !besidePlace.has(path))
  const filled = more.filter((path) => isKnown(form.value(path)) || form.masked(path)).length
  const fields = (
    <>
      {block.first.length > 0 && <div className="facts-in">{block.first.map(input)}</div>}
      {more.length > 0 && (
        <Fold
          names={t('more_fields', {
            names: more.map((path) => shortName(path, language)).join(language === 'zh' ? '、' : ', '),
          })}
          filled={t('filled', { n: filled, all: more.length })}
          total={more.length}
        >
          <div className="facts-in">{more.map(input)}</div>
        </Fold>
      )}
    </>
  )
  return single ? <div className="section-one">{fields}</div> : <Section title={c(block.title)}>{fields}</Section>
}

function Choose({
  conflict,
  changes,
  busy,
  onPick,
  onDone,
}: {
  conflict: Conflict
  changes: Values
  busy: boolean
  onPick: (path: FieldPath, side: 'mine' | 'theirs') => void
  onDone: (picks: Conflict['picks']) => void
}) {
  const { language } = useWords(editText)
  const side = (which: 'mine' | 'theirs') => Object.fromEntries(conflict.fields.map((path) => [path, which]))
  return (
    <ConflictView
      busy={busy}
      rows={conflict.fields.map((path) => ({
        key: path,
        label: fileFields[path][language],
        mine: <Said path={path} value={changes[path]} />,
        theirs: <Said path={path} value={factAt(conflict.current, path)} />,
        differs: true,
        pick: conflict.picks[path],
      }))}
      onPick={(key, which) => onPick(key as FieldPath, which)}
      onPicked={() => onDone(conflict.picks)}
      onKeepMine={() => onDone(side('mine'))}
      onTakeTheirs={() => onDone(side('theirs'))}
    />
  )
}

function Said({ path, value }: { path: FieldPath; value: unknown }) {
  const { language } = useWords(editText)
  const words = saidValue(path, value, language)
  if (words === null) return <NotCollected />
  return words.includes('•') ? <Masked value={words} /> : <>{words}</>
}

/** 爸爸的姓名、照护人由村里管，已转给村里确认. */
function proposedWords(fields: readonly FieldPath[], language: Language): string {
  return (['residence', 'class'] as const)
    .map((side) => {
      const names = fields
        .filter((path) => keeperSides[groupOf(path)] === side)
        .map((path) => fileFields[path][language])
      if (names.length === 0) return ''
      return editText.proposed[language]
        .replace('{fields}', names.join(language === 'zh' ? '、' : ', '))
        .replaceAll('{side}', editText[`side_${side}`][language])
    })
    .filter(Boolean)
    .join(language === 'zh' ? '' : ' ')
}

/** Whoever came to fill one thing in finds the cursor there. */
function useFieldFocus(field: string | undefined): void {
  useEffect(() => {
    if (!field) return
    const place = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(field)}"]`)
    const fold = place?.closest('details')
    if (fold) fold.open = true
    const input = place?.querySelector<HTMLElement>('input, select, textarea, button')
    input?.focus({ preventScroll: true })
    place?.scrollIntoView({ block: 'center' })
  }, [field])
}
