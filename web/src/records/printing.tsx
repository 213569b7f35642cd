// Printing records: which paper, what for, then the file. The server writes who, when and why.
import { useState, type FormEvent } from 'react'
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { ledgers, papersFor, papers, type LedgerCode, type PaperCode } from '@nuanyang/contract/records.papers.ts'
import { recordOps } from '@nuanyang/contract/records.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { Button } from '../ui/controls.tsx'
import { Choices, Select, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { printingText } from './printing.text.ts'
import type { Filter } from './records.tsx'

function usePrinting(onClose: () => void) {
  const t = useWords(printingText)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  async function make(event: FormEvent, send: () => Promise<void>): Promise<void> {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await send()
      toast(t('made'))
      onClose()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, make }
}

function Purpose({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useWords(printingText)
  return (
    <TextInput
      label={t('purpose')}
      hint={t('purpose_help')}
      required
      maxLength={100}
      value={value}
      onChange={onChange}
    />
  )
}

export function PrintRecords({
  ids,
  kind,
  filter,
  title,
  onClose,
}: {
  ids?: readonly string[]
  kind?: Kind
  filter?: Filter
  title: string
  onClose: () => void
}) {
  const t = useWords(printingText)
  const say = useSay()
  const offered = papersFor(kind ?? filter?.kind?.[0] ?? null, ids !== undefined)
  const [paper, setPaper] = useState<PaperCode>(offered[0]!)
  const [format, setFormat] = useState<'pdf' | 'docx'>('pdf')
  const [purpose, setPurpose] = useState('')
  const { busy, problem, make } = usePrinting(onClose)
  const chosen = ids ? { record_ids: [...ids] } : { filter: filter ?? {} }
  return (
    <Dialog title={t('title', { title })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={
          (event) =>
          void make(event, () => download(recordOps.print, { body: { ...chosen, paper, format, purpose: purpose.trim() } })) // prettier-ignore
        }
      >
        {offered.length > 1 && (
          <Choices
            required
            label={t('paper')}
            value={paper}
            onChange={(next) => next && setPaper(next)}
            options={offered.map((code) => ({ value: code, label: say(papers[code]) }))}
          />
        )}
        <Choices
          required
          label={t('format')}
          value={format}
          onChange={(next) => next && setFormat(next)}
          options={[{ value: 'pdf', label: 'PDF' }, { value: 'docx', label: 'Word' }]} // prettier-ignore
        />
        <Purpose value={purpose} onChange={setPurpose} />
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={busy}>
          {t('make')}
        </Button>
      </form>
    </Dialog>
  )
}

export function LedgerDialog({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const t = useWords(printingText)
  const say = useSay()
  const codes = Object.keys(ledgers) as LedgerCode[]
  const fits = codes.find((code) => (ledgers[code].kinds as readonly string[]).includes(filter.kind?.[0] ?? ''))
  const [ledger, setLedger] = useState<LedgerCode>(fits ?? 'all')
  const [from, setFrom] = useState(filter.from ?? '')
  const [until, setUntil] = useState(filter.until ?? '')
  const [purpose, setPurpose] = useState('')
  const { busy, problem, make } = usePrinting(onClose)
  const { kind: _kind, ...rest } = filter
  const days = { ...(from ? { from } : {}), ...(until ? { until } : {}) }
  return (
    <Dialog title={t('ledger_title')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={
          (event) =>
          void make(event, () => download(recordOps.ledger, { body: { ledger, filter: { ...rest, ...days }, purpose: purpose.trim() } })) // prettier-ignore
        }
      >
        <Select
          label={t('ledger')}
          value={ledger}
          onChange={setLedger}
          options={codes.map((code) => ({ value: code, label: say(ledgers[code]) }))}
        />
        <div className="rec-row">
          <TextInput label={t('from')} kind="date" value={from} onChange={setFrom} />
          <TextInput label={t('until')} kind="date" value={until} onChange={setUntil} />
        </div>
        <Purpose value={purpose} onChange={setPurpose} />
        {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
        <Button kind="primary" submit busy={busy}>
          {t('make_ledger')}
        </Button>
      </form>
    </Dialog>
  )
}
