// What a record's form holds, what it starts with, and how it is sent. See form.fields.tsx for what is shown.
import { useState } from 'react'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { labelsIn, situationsIn, type Label } from '@nuanyang/domain/safeguards.ts'
import type { ReportSituation } from '@nuanyang/domain/values/report_situations.ts'
import { fieldFaults, specOf, tidyFields, type FieldFault, type Fields } from '@nuanyang/contract/records.fields.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import { recordOps, type NewRecord, type RecordRow } from '@nuanyang/contract/records.ts'
import { useDraft } from '../kernel/draft.ts'
import { newId } from '../kernel/ids.ts'
import { openOutbox, post } from '../kernel/outbox_browser.ts'
import { useWrite } from '../kernel/query.ts'
import { dayOf, timeOf } from '../ui/dates.ts'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { recall, remember } from '../ui/remember.ts'
import { itemFaults, itemsOf, listedItems, type ItemLine } from './form.items.ts'
import { useOwnKind } from './own_kind.ts'
import { usePhotos, type Photos } from './form.photos.ts'
import { recordsText } from './records.text.ts'

export interface Named {
  id: string
  name: string
}

export interface Value {
  id: string
  kind: Kind
  children: Named[]
  happened_on: string
  from_time: string
  to_time: string
  place: string
  text: string
  fields: Fields
  items: ItemLine[]
  done_by: string
  /** The account behind the name in the field that may have one. */
  responsible?: string | null
  hidden: boolean
}

export interface Start {
  kind: Kind
  children?: readonly Named[]
  task_id?: string | undefined
  thread_id?: string | undefined
  pairing_id?: string | undefined
  /** Correcting this one, or finishing its draft. */
  record?: RecordRow
  /** What the fields begin with: a plan's template when its stage is written. */
  fields?: Fields
  /** null: it waits on this device for the network. */
  onSaved: (saved: RecordRow | null) => void
}

/** Fields whose last answer is the likely next one; what was seen of a child never is. */
const remembered = ['way', 'form', 'type', 'check', 'purpose']
interface Habits {
  place?: string
  fields?: Fields
}
function habitsOf(kind: Kind): Habits {
  try {
    return JSON.parse(recall(`record.${kind}`) ?? '{}') as Habits
  } catch {
    return {}
  }
}

function emptyValue(start: Start): Value {
  const habits = habitsOf(start.kind)
  const spec = specOf(start.kind)
  const known = Object.entries(habits.fields ?? {}).filter(([code]) => spec.fields.some((one) => one.code === code))
  const first = spec.fields.find((one) => one.code === 'way')?.options?.[0]
  return {
    id: newId(),
    kind: start.kind,
    children: [...(start.children ?? [])],
    happened_on: dayOf(),
    from_time: '',
    to_time: '',
    place: habits.place ?? '',
    text: '',
    fields: { ...(first ? { way: first.code } : {}), ...Object.fromEntries(known), ...start.fields },
    items: [],
    done_by: '',
    hidden: false,
  }
}

function valueOf(record: RecordRow): Value {
  return {
    id: record.id,
    kind: record.kind,
    children: record.children.map(({ id, name }) => ({ id, name })),
    happened_on: record.happened_on,
    from_time: record.from_time ?? '',
    to_time: record.to_time ?? '',
    place: record.place ?? '',
    text: record.text ?? '',
    fields: record.fields,
    items: listedItems(record),
    responsible: record.responsible_account_id,
    done_by: record.done_by === record.recorded_by ? '' : record.done_by,
    hidden: specOf(record.kind).visibility === 'open' && record.visibility === 'case_notes',
  }
}

export interface RecordForm {
  start: Start
  /** The kind with the county's own fields. */
  spec: KindSpec
  value: Value
  set: (change: Partial<Value>) => void
  setField: (code: string, value: unknown) => void
  changeKind: (kind: Kind) => void
  /** The draft on this device is safe. */
  kept: boolean
  busy: boolean
  faults: readonly FieldFault[]
  refusal: { code: string; words: string } | null
  /** Labels that were found; the form waits for the writer's answer. */
  labels: readonly Label[] | null
  /** Hints at serious harm in what was just saved. */
  situations: { found: readonly ReportSituation[]; saved: RecordRow | null } | null
  photos: Photos
  /** A refused photo was covered or left out: the rest is sent, then the form is done. */
  photoAnswered: () => Promise<void>
  save: (although?: { similar?: boolean; labels?: boolean }) => Promise<void>
  closeLabels: () => void
  closeSituations: () => void
}

export function useRecordForm(start: Start): RecordForm {
  const t = useWords(recordsText)
  const say = useSay()
  const about = start.record?.id ?? (start.children ?? []).map((child) => child.id).join('+')
  // The kind it was begun as is part of the name: half a talk is not in the way of a visit to the same child.
  const draft = useDraft<Value>(
    ['record', start.kind, about || (start.task_id ?? 'unit'), ...(start.thread_id ? [start.thread_id] : [])].join('.'),
    start.record ? valueOf(start.record) : emptyValue(start),
  )
  const add = useWrite(recordOps.add, { refreshes: ['children', 'today', 'plans', 'duties'] })
  const correct = useWrite(recordOps.correct, { refreshes: ['children', 'today', 'plans', 'duties'] })
  const write = start.record ? correct : add
  const [faults, setFaults] = useState<readonly FieldFault[]>([])
  const [labels, setLabels] = useState<readonly Label[] | null>(null)
  const [situations, setSituations] = useState<RecordForm['situations']>(null)
  const value = draft.value
  const photos = usePhotos(value.id)
  const [savedAs, setSavedAs] = useState<RecordRow | null>(null)
  const spec = useOwnKind(value.kind, start.record?.fields ?? {})

  const set = (change: Partial<Value>) => {
    if (faults.length) setFaults([])
    draft.set({ ...value, ...change })
  }
  function finish(saved: RecordRow | null): void {
    draft.forget()
    remember(
      `record.${value.kind}`,
      JSON.stringify({
        place: value.place,
        fields: Object.fromEntries(Object.entries(value.fields).filter(([code]) => remembered.includes(code))),
      } satisfies Habits),
    )
    start.onSaved(saved)
  }
  async function save(although: { similar?: boolean; labels?: boolean } = {}): Promise<void> {
    const body = bodyOf(value, start, spec)
    const wrong = [
      ...localFaults(value, spec, t('need_child'), t('need_text')),
      ...(spec.items
        ? itemFaults(value.items, { name: said(t('need_item_name')), amount: said(t('need_amount')) })
        : []),
    ]
    setFaults(wrong)
    if (wrong.length) return
    const wholeText = allWords(value)
    const found = although.labels ? [] : labelsIn(wholeText)
    setLabels(found.length ? found : null)
    if (found.length) return
    const title = say(spec.title)
    const name = value.children.map((child) => child.name).join('、')
    const { id, kind, thread_id: _t, task_id: _k, pairing_id: _p, ...content } = body
    const written = start.record
      ? await correct.send({ id, body: { ...content, version: start.record.version } }, `${name}，${title}`)
      : await add.send({ body: { ...body, kind, ...(although.similar ? { although_similar: true } : {}) } }, name ? `${name}，${title}` : title) // prettier-ignore
    if (written.is === 'refused') return
    const saved = written.is === 'done' ? written.answer : null
    const words = written.is === 'kept' ? t('kept') : name && value.children.length === 1 ? t('saved_for', { name, kind: title }) : t('saved') // prettier-ignore
    const undo = () => void takeBack(id, saved, `${name}，${title}`, t('undo_reason')).then(() => toast(t('undone')))
    toast(words, start.record ? undefined : undo)
    setSavedAs(saved)
    await afterSaved(saved)
  }
  /** The photos follow the record; then words that hint at harm are asked about. */
  async function afterSaved(saved: RecordRow | null): Promise<void> {
    if (!(await photos.send(value.id, saved !== null, say(spec.title)))) return
    const hints = situationsIn(allWords(value))
    if (hints.length && value.children.length) setSituations({ found: hints, saved })
    else finish(saved)
  }
  const problem = write.problem
  return {
    start,
    spec,
    value,
    set,
    setField: (code, next) => set({ fields: { ...value.fields, [code]: next } }),
    changeKind(kind) {
      const { fields, place } = emptyValue({ ...start, kind })
      set({ kind, fields, place: value.place || place })
      write.clear()
    },
    kept: draft.kept && value.text !== '',
    busy: write.busy || photos.busy,
    faults: [...faults, ...(problem?.errors ?? [])],
    refusal: problem ? { code: problem.code, words: say({ zh: problem.detail, en: problem.detail_en }) } : null,
    labels,
    situations,
    save,
    // The draft's id is what they are kept under, so a draft begins with its first photo.
    photos: { ...photos, add: (files) => (photos.add(files), set({})), sign: (file, by) => (photos.sign(file, by), set({})) }, // prettier-ignore
    photoAnswered: () => afterSaved(savedAs),
    closeLabels: () => setLabels(null),
    closeSituations() {
      const saved = situations?.saved ?? null
      setSituations(null)
      finish(saved)
    },
  }
}

/** A sentence that the page has in its own language already. */
const said = (words: string): FieldFault => ({ path: '', zh: words, en: words })

function localFaults(value: Value, spec: KindSpec, needChild: string, needText: string): FieldFault[] {
  const known = new Set(spec.fields.map((field) => `fields.${field.code}`))
  return [
    ...(spec.children === 'needed' && value.children.length === 0 ? [{ ...said(needChild), path: 'child_ids' }] : []),
    ...(spec.text.required && value.text.trim() === '' ? [{ ...said(needText), path: 'text' }] : []),
    // What the county's fields are called may not have come yet: the server checks what stands in them.
    ...fieldFaults(spec, tidyFields(spec, value.fields), false).filter(({ path }) => known.has(path) || !path.startsWith('fields.custom.')),
  ] // prettier-ignore
}

function bodyOf(value: Value, start: Start, spec: KindSpec): NewRecord {
  const words = (text: string) => text.trim() || null
  return {
    id: value.id,
    kind: value.kind,
    happened_on: value.happened_on,
    from_time: value.from_time || null,
    to_time: value.to_time || null,
    place: words(value.place),
    text: words(value.text),
    child_ids: spec.children === 'none' ? [] : value.children.map((child) => child.id),
    fields: tidyFields(spec, value.fields),
    ...(spec.items ? { items: itemsOf(value.items, value.children) } : {}),
    ...(value.hidden ? { visibility: 'case_notes' as const } : {}),
    done_by_words: words(value.done_by),
    ...(value.responsible ? { responsible_account_id: value.responsible } : {}),
    ...(start.task_id ? { task_id: start.task_id } : {}),
    ...(start.thread_id ? { thread_id: start.thread_id } : {}),
    ...(start.pairing_id ? { pairing_id: start.pairing_id } : {}),
  }
}

/** Everything somebody wrote in words, for the two looks at it. */
function allWords(value: Value): string {
  const inside = (each: unknown): string =>
    typeof each === 'string'
      ? each
      : Array.isArray(each)
        ? each.map(inside).join('。')
        : typeof each === 'object' && each !== null
          ? Object.values(each).map(inside).join('。')
          : ''
  return [value.text, inside(value.fields)].join('。')
}

/** 撤销: what the server has is withdrawn, what still waits here never leaves. */
async function takeBack(id: string, saved: RecordRow | null, label: string, reason: string): Promise<void> {
  if (saved) {
    await post({ id: newId(), operation: recordOps.withdraw.name, params: { id }, body: { version: saved.version, reason }, label }) // prettier-ignore
    return
  }
  const outbox = await openOutbox()
  const row = (await outbox.list()).find((each) => (each.body as { id?: string } | null)?.id === id)
  if (row) await outbox.withdraw(row.id)
}

export const nowTime = () => timeOf(Date.now())
