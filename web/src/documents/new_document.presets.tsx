// What an office keeps for the next time: its own columns, and its own words over the summary. These questions stand inside the form of the
// document, so they are no forms themselves.
import { useState } from 'react'
import { presetOps, type Preset } from '@nuanyang/contract/settings.presets.ts'
import { summaryColumns } from '@nuanyang/domain/tables/summary.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useActiveMembership } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { Checkbox, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { documentsText } from './documents.text.ts'

export function useLedgerPresets(): readonly Preset[] {
  return useOp(presetOps.presets, { feature: 'ledger' }).data?.items ?? []
}

/** Keeps the chosen columns under a name, for oneself or for the unit and everybody below. */
export function KeepColumns({ columns, onKept }: { columns: readonly string[]; onKept: (preset: Preset) => void }) {
  const t = useWords(documentsText)
  const say = useSay()
  const unit = useActiveMembership()!
  const write = useWrite(presetOps.keep_preset)
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  async function submit(): Promise<void> {
    if (!name.trim()) return
    const body = {
      id: newId(),
      feature: 'ledger' as const,
      name: name.trim(),
      value: { columns: [...columns] },
      shared,
    }
    const written = await write.send({ body })
    if (written.is !== 'done') return
    setOpen(false)
    onKept(written.answer)
  }
  return (
    <>
      <div>
        <Button onClick={() => setOpen(true)}>{t('keep_columns')}</Button>
      </div>
      {open && (
        <Dialog title={t('keep_columns')} onClose={() => setOpen(false)}>
          <div className="stack">
            <TextInput autoFocus label={t('preset_name')} maxLength={40} value={name} onChange={setName} />
            <Checkbox label={t('preset_shared', { unit: unit.unit_name })} checked={shared} onChange={setShared} />
            {write.problem && (
              <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>
            )}
            <Button kind="primary" busy={write.busy} onClick={() => void submit()}>
              {t('keep')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

export function DropPreset({ preset, onDropped }: { preset: Preset; onDropped: () => void }) {
  const t = useWords(documentsText)
  const write = useWrite(presetOps.drop_preset)
  return (
    <div>
      <Button
        kind="text"
        busy={write.busy}
        onClick={() =>
          void write.send({ id: preset.id }).then((written) => {
            if (written.is === 'done') onDropped()
          })
        }
      >
        {t('drop_preset', { name: preset.name })}
      </Button>
    </div>
  )
}

/** 汇总表栏目的叫法: what a county calls a column; the number stays. */
export function SummaryHeads() {
  const t = useWords(documentsText)
  const say = useSay()
  const write = useWrite(presetOps.keep_preset, { refreshes: ['documents'] })
  const kept = useOp(presetOps.presets, { feature: 'summary_heads' }).data?.items[0]?.value.heads ?? {}
  const [heads, setHeads] = useState<Record<string, string> | null>(null)
  async function submit(): Promise<void> {
    const said = Object.fromEntries(
      summaryColumns.flatMap(({ n, head }) => {
        const words = heads?.[n]?.trim()
        return words && words !== head ? [[String(n), words]] : []
      }),
    )
    const body = {
      id: newId(),
      feature: 'summary_heads' as const,
      name: t('heads'),
      value: { heads: said },
      shared: true,
    }
    if ((await write.send({ body })).is === 'done') setHeads(null)
  }
  return (
    <>
      <Button kind="text" onClick={() => setHeads({ ...kept })}>
        {t('heads_change')}
      </Button>
      {heads && (
        <Dialog wide title={t('heads')} onClose={() => setHeads(null)}>
          <div className="stack">
            <p className="dim">{t('heads_help')}</p>
            <div className="doc-heads">
              {summaryColumns.map(({ n, group, head }) => (
                <TextInput
                  key={n}
                  label={`${n}　${group === head ? head : `${group}·${head}`}`}
                  maxLength={30}
                  placeholder={head}
                  value={heads[n] ?? ''}
                  onChange={(words) => setHeads({ ...heads, [n]: words })}
                />
              ))}
            </div>
            {write.problem && (
              <ProblemLine>{say({ zh: write.problem.detail, en: write.problem.detail_en })}</ProblemLine>
            )}
            <Button kind="primary" busy={write.busy} onClick={() => void submit()}>
              {t('keep')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
