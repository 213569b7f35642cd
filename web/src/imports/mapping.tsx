// What the reader took each head for: odd ones as chips to put right, plain ones folded; and the month the file speaks of.
import { useState } from 'react'
import { importOps, type Import } from '@nuanyang/contract/imports.ts'
import { columnWords } from '@nuanyang/contract/imports.words.ts'
import { useWrite } from '../kernel/query.ts'
import { Button, Chip } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { DayField } from '../ui/dayfield.tsx'
import { useLanguage, useSay, useWords } from '../ui/language.ts'
import { Dialog, Menu, toast, type MenuItem } from '../ui/overlay.tsx'
import { importsText } from './imports.text.ts'
import { fieldWords, isPlain, type Column, type Sheet } from './sheet.ts'

/** Chips before the fold. */
const most = 6

interface Head {
  signature: string
  column: Column
}

/** One chip per column and kind of table: tables with the same heads share their mapping. */
function headsOf(sheet: Sheet): Head[] {
  const seen = new Set<string>()
  return sheet.tables.flatMap(({ signature, columns }) => {
    if (signature === '' || seen.has(signature)) return []
    seen.add(signature)
    return columns.filter(({ header }) => header.trim() !== '').map((column) => ({ signature, column }))
  })
}

export function Mapping({ found, sheet, busy }: { found: Import; sheet: Sheet; busy: boolean }) {
  const t = useWords(importsText)
  const say = useSay()
  const map = useWrite(importOps.map)
  const [all, setAll] = useState(false)
  // What was put right stays in sight, although it is plain now.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const heads = headsOf(sheet)
  const keyOf = ({ signature, column }: Head) => `${signature}${column.column}`
  const doubtful = heads.filter((head) => !isPlain(head.column) || touched.has(keyOf(head)))
  // What was guessed comes before what is only kept; a sheet of seventy columns still has one row of chips.
  const odd = doubtful
    .toSorted((a, b) => Number(a.column.field === null) - Number(b.column.field === null))
    .slice(0, most)
  const plain = heads.filter((head) => !odd.includes(head))
  const rest = doubtful.length > odd.length ? 'other_heads' : odd.length > 0 ? 'plain_heads' : 'all_heads'
  async function choose(head: Head, field: string | null): Promise<void> {
    if (busy || field === head.column.field) return
    setTouched(new Set([...touched, keyOf(head)]))
    const written = await map.send({
      id: found.id,
      body: { signature: head.signature, column: head.column.column, field },
    })
    if (written.is === 'refused') toast(say({ zh: written.problem.detail, en: written.problem.detail_en }))
  }
  return (
    <div className="imp-maps no-print">
      <span className="dim small">{t('heads')}</span>
      {[...odd, ...(all ? plain : [])].map((head) => (
        <HeadChip key={keyOf(head)} column={head.column} onChoose={(field) => void choose(head, field)} />
      ))}
      {plain.length > 0 && (
        <Chip opens={!all} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('fold_heads') : t(rest, { n: plain.length })}
        </Chip>
      )}
      <DayChip found={found} busy={busy} />
    </div>
  )
}

function HeadChip({ column, onChoose }: { column: Column; onChoose: (field: string | null) => void }) {
  const t = useWords(importsText)
  const say = useSay()
  const words = fieldWords(column)
  const head = column.header.replaceAll('/', ' ')
  const items: MenuItem[] = [
    ...Object.entries(columnWords).map(([field, each]) => ({
      key: field,
      label: say(each),
      checked: field === column.field,
      onSelect: () => onChoose(field),
    })),
    {
      key: ' kept',
      label: t('keep_column'),
      hint: t('keep_column_hint'),
      checked: column.field === null,
      parted: true,
      onSelect: () => onChoose(null),
    },
  ]
  return (
    <Menu className="chip imp-map" label={t('which_column', { head })} items={items} align="start">
      <span className="imp-map-head">{head}</span>
      {words ? (
        <>
          <span className="dim">{t('is')}</span>
          <b>{say(words)}</b>
        </>
      ) : (
        <span className="dim">{t('kept')}</span>
      )}
    </Menu>
  )
}

/** The month that grades and ages are worked out from, to be put right. */
function DayChip({ found, busy }: { found: Import; busy: boolean }) {
  const t = useWords(importsText)
  const language = useLanguage()
  const set = useWrite(importOps.set_as_of)
  const [asks, setAsks] = useState(false)
  const [month, setMonth] = useState('')
  if (!found.as_of) return null
  async function go(): Promise<void> {
    if (/^\d{4}-\d{2}$/.test(month)) await set.send({ id: found.id, body: { as_of: month } })
    setAsks(false)
  }
  return (
    <>
      <Chip
        opens
        onClick={() => {
          setMonth(found.as_of?.slice(0, 7) ?? '')
          setAsks(true)
        }}
      >
        <span className="dim">{t('day_chip')}</span>
        <b className="date">{plainDay(found.as_of.slice(0, 7), language, '')}</b>
      </Chip>
      {asks && (
        <Dialog
          title={t('day_title')}
          onClose={() => setAsks(false)}
          actions={
            <Button kind="primary" busy={set.busy || busy} onClick={() => void go()}>
              {t('use')}
            </Button>
          }
        >
          <p className="dim">{t('day_help')}</p>
          <DayField label={t('month')} value={month || null} onChange={(value) => setMonth(value?.slice(0, 7) ?? '')} />
        </Dialog>
      )}
    </>
  )
}
