// One material to be made: whom it is about, how it should look, in which file, and what for. The button says how many.
import { lazy, Suspense, useState, type FormEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { childOps } from '@nuanyang/contract/children.ts'
import { documentOps, type NewDocument } from '@nuanyang/contract/documents.ts'
import {
  documentKindCodes,
  documentKinds,
  offersKind,
  type DocumentFormat,
  type DocumentKind,
} from '@nuanyang/contract/documents.kinds.ts'
import type { Role } from '@nuanyang/contract/roles.ts'
import { PurposeChoice, purposeOf, type Purpose } from '../children/purpose.tsx'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { Choices } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { EmptyState, Page, ProblemLine } from '../ui/page.tsx'
import { documentsText } from './documents.text.ts'
import { linesOf } from './new_document.lines.ts'
import type { NumbersKind } from './new_document.numbers.tsx'
import { KindOptions, usualOptions, type Options } from './new_document.options.tsx'
import { scopeBody, useScope, Whom } from './new_document.whom.tsx'
import './documents.css'

const Preview = lazy(() => import('./previews.tsx').then((module) => ({ default: module.Preview })))
const Lines = lazy(() => import('./new_document.lines_chosen.tsx').then((module) => ({ default: module.Lines })))
// Tables of numbers ask other things than papers about children.
const Numbers = lazy(() => import('./new_document.numbers.tsx').then((module) => ({ default: module.Numbers })))

const purposes: Record<'contact_cards' | 'other', readonly (keyof typeof documentsText)[]> = {
  contact_cards: ['for_family', 'for_visit', 'for_binder'],
  other: ['for_report', 'for_check', 'for_binder', 'for_activity', 'for_meeting'],
}

/** `?kind=` says what; `child=` one child, `chosen=yes` those handed over by the list, else a unit and the list's own filters. */
export function NewDocumentPage() {
  const t = useWords(documentsText)
  const say = useSay()
  const unit = useActiveMembership()
  const [address] = useAddress()
  const kind = documentKindCodes.find((each) => each === address['kind'])
  if (!kind || !unit || !offersKind(unit.role, kind))
    return (
      <Page title={t('title')} back={paths.documents()}>
        <EmptyState title={t('not_offered')} actions={<ButtonLink to={paths.documents()}>{t('title')}</ButtonLink>}>
          {t('not_offered_help')}
        </EmptyState>
      </Page>
    )
  return (
    <Page
      title={t('print_one', { what: say(documentKinds[kind]) })}
      sub={say(documentKinds[kind].lead)}
      back={paths.documents()}
    >
      <Form key={kind} kind={kind} role={unit.role} />
    </Page>
  )
}

function Form({ kind, role }: { kind: DocumentKind; role: Role }) {
  const t = useWords(documentsText)
  const say = useSay()
  const navigate = useNavigate()
  const scope = useScope()
  const [address] = useAddress()
  const lines = linesOf(address)
  const write = useWrite(documentOps.issue)
  const [options, setOptions] = useState<Options>(() => usualOptions(kind, role, address['ledger']))
  const [format, setFormat] = useState<DocumentFormat>(documentKinds[kind].formats[0])
  const [purpose, setPurpose] = useState<Purpose>({ chosen: null, other: '' })
  const [tried, setTried] = useState(false)
  const numbers = documentKinds[kind].about === 'numbers'
  const counted = useOp(childOps.count, scope.is === 'unit' ? scope.query : {}, {
    when: scope.is === 'unit' && !numbers,
  })
  const count = scope.is === 'unit' ? counted.data?.count : scope.ids.length
  const words = purposeOf(purpose, (key) => t(key as 'for_report'))

  async function make(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (!words || options.columns?.length === 0) return
    const id = newId()
    const body: NewDocument = {
      id,
      kind,
      format,
      purpose: words,
      ...scopeBody(scope, numbers),
      ...options,
      ...(lines ? { lines } : {}),
    }
    const written = await write.send({ body })
    if (written.is === 'done') await navigate({ to: paths.documents(), search: { made: id } as never })
  }
  return (
    <div className={numbers ? 'doc-form doc-form-numbers' : 'doc-form'}>
      <form className="stack" onSubmit={(event) => void make(event)}>
        <Whom scope={scope} count={count} numbers={numbers} />
        {lines && (
          <Suspense>
            <Lines />
          </Suspense>
        )}
        <KindOptions kind={kind} count={count ?? 0} options={options} onChange={setOptions} tried={tried} />
        <Choices
          required
          label={t('format')}
          value={format}
          onChange={(next) => next && setFormat(next)}
          options={documentKinds[kind].formats.map((value) => ({ value, label: t(value) }))}
        />
        <PurposeChoice
          label={t('purpose')}
          hint={t('purpose_help')}
          ready={purposes[kind === 'contact_cards' ? kind : 'other'].map((value) => ({ value, label: t(value) }))}
          other={{ option: t('other'), label: t('other_label') }}
          value={purpose}
          onChange={setPurpose}
          error={tried && !words ? t('need_purpose') : undefined}
        />
        {write.problem && <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>}
        {count === 0 ? (
          <p className="dim">{t('nobody')}</p>
        ) : (
          <div>
            <Button kind="primary" submit busy={write.busy}>
              {t(makeWords(kind), { n: count ?? '' })}
            </Button>
          </div>
        )}
      </form>
      {numbers && scope.is === 'unit' ? (
        <Suspense>
          <Numbers kind={kind as NumbersKind} unit_id={scope.unit.id} options={options} />
        </Suspense>
      ) : (
        <aside className="doc-form-art">
          <Suspense>
            <Preview kind={kind} />
          </Suspense>
        </aside>
      )}
    </div>
  )
}

function makeWords(kind: DocumentKind): 'make_cards' | 'make_forms' | 'make_ledger' | 'make_table' {
  if (kind === 'contact_cards') return 'make_cards'
  if (kind === 'registration_form') return 'make_forms'
  return documentKinds[kind].about === 'children' ? 'make_ledger' : 'make_table'
}
