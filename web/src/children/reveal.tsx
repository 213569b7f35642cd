// Whole numbers of one file: asked for with a purpose once per child and visit, held in memory only, gone with the page or the session.
import { useState, useSyncExternalStore, type FormEvent, type ReactNode } from 'react'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import type { FieldPath } from '@nuanyang/contract/children.fields.ts'
import { useWrite } from '../kernel/query.ts'
import { useSignedIn } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { childText } from './child.text.ts'
import { PurposeChoice, purposeOf, type Purpose } from './purpose.tsx'
import { groupOf } from './child.fields.ts'

export type Values = Readonly<Record<string, string | readonly string[]>>

/** A visit: as long as the access log counts repeated openings as one. */
const visitMs = 10 * 60_000
const opened = new Map<string, Values>()
const listeners = new Set<() => void>()

function keep(key: string, values: Values | null): void {
  if (values) opened.set(key, values)
  else opened.delete(key)
  for (const listener of listeners) listener()
}

export interface Reveal {
  /** Whole values by field, once opened. */
  values: Values | null
  may: (path: FieldPath) => boolean
  /** Asks for the purpose; `onOpen` runs when the numbers are open. */
  ask: (onOpen?: (values: Values) => void) => void
  dialog: ReactNode
}

export function useReveal(file: ChildFile): Reveal {
  const { account, active_membership_id } = useSignedIn()
  const key = `${account.id} ${active_membership_id} ${file.id}`
  const values = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => opened.get(key) ?? null,
  )
  const [asking, setAsking] = useState<{ onOpen?: ((values: Values) => void) | undefined } | null>(null)
  return {
    values,
    may: (path) => file.groups[groupOf(path)] !== 'open' && file.revealable.includes(groupOf(path)),
    ask: (onOpen) => (values ? onOpen?.(values) : setAsking({ onOpen })),
    dialog: asking && (
      <AskPurpose
        id={file.id}
        onOpened={(next) => {
          keep(key, next)
          setTimeout(() => keep(key, null), visitMs)
          setAsking(null)
          asking.onOpen?.(next)
        }}
        onClose={() => setAsking(null)}
      />
    ),
  }
}

const ready = ['reveal_call', 'reveal_visit', 'reveal_check', 'reveal_apply'] as const

function AskPurpose({
  id,
  onOpened,
  onClose,
}: {
  id: string
  onOpened: (values: Values) => void
  onClose: () => void
}) {
  const t = useWords(childText)
  const say = useSay()
  const [purpose, setPurpose] = useState<Purpose>({ chosen: null, other: '' })
  const [tried, setTried] = useState(false)
  const reveal = useWrite(childOps.reveal)
  async function open(chosen: Purpose): Promise<void> {
    const words = purposeOf(chosen, (key) => t(key as 'reveal_call'))
    if (!words) return
    const written = await reveal.send({ id, body: { purpose: words } })
    if (written.is === 'done') onOpened(written.answer.values)
  }
  return (
    <Dialog title={t('reveal_title')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          setTried(true)
          void open(purpose)
        }}
      >
        <PurposeChoice
          label={t('reveal_title')}
          hint={t('reveal_help')}
          ready={ready.map((value) => ({ value, label: t(value) }))}
          other={{ option: t('reveal_other'), label: t('reveal_other_label') }}
          value={purpose}
          onChange={(next) => {
            setPurpose(next)
            // A ready answer is the whole answer.
            if (next.chosen !== 'other' && !reveal.busy) void open(next)
          }}
          error={tried && !purpose.other.trim() ? t('reveal_need') : undefined}
        />
        {reveal.problem && (
          <ProblemLine>{say({ zh: reveal.problem.detail, en: reveal.problem.detail_en })}</ProblemLine>
        )}
        {purpose.chosen === 'other' && (
          <Button kind="primary" submit busy={reveal.busy}>
            {t('reveal')}
          </Button>
        )}
      </form>
    </Dialog>
  )
}
