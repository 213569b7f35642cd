// Small parts that several screens of an import share.
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { importOps } from '@nuanyang/contract/imports.ts'
import { refresh, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { Dots, State } from '../ui/state.tsx'
import { importsText } from './imports.text.ts'
import { veiled, type Fate } from './sheet.ts'

/** Text of a cell; the middle of an identity number is drawn as dots. */
export function CellText({ text }: { text: string }) {
  const [from, to] = veiled(text).split('•••')
  return to === undefined ? (
    from
  ) : (
    <>
      {from}
      <Dots count={3} />
      {to}
    </>
  )
}

const kinds = { create: 'done', update: 'told', unchanged: 'plain', duplicate: 'asked', reject: 'none' } as const

/** What will happen to a line, as a mark and a word. */
export function FateState({ fate }: { fate: Fate }) {
  const t = useWords(importsText)
  return <State kind={kinds[fate]}>{t(fate)}</State>
}

/** Puts a file aside that was never applied; asks first, because the checking goes with it. */
export function Discard({ id }: { id: string }) {
  const t = useWords(importsText)
  const say = useSay()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const discard = useWrite(importOps.discard)
  const [asks, setAsks] = useState(false)
  async function go(): Promise<void> {
    const written = await discard.send({ id })
    if (written.is !== 'done') return
    await navigate({ to: paths.imports() })
    for (const feature of ['imports', 'today']) refresh(queries, feature)
    toast(t('discarded'))
  }
  return (
    <>
      <Button kind="text" onClick={() => setAsks(true)}>
        {t('discard')}
      </Button>
      {asks && (
        <Dialog
          title={t('discard_title')}
          onClose={() => setAsks(false)}
          actions={
            <>
              <Button onClick={() => setAsks(false)}>{t('keep')}</Button>
              <Button kind="danger" busy={discard.busy} onClick={() => void go()}>
                {t('discard')}
              </Button>
            </>
          }
        >
          <p>{t('discard_help')}</p>
          {discard.problem && (
            <ProblemLine>{say({ zh: discard.problem.detail, en: discard.problem.detail_en })}</ProblemLine>
          )}
        </Dialog>
      )}
    </>
  )
}

/** Said once on top of an import that the same bytes led back to. */
export function EarlierNote() {
  const t = useWords(importsText)
  const [{ earlier }] = useAddress()
  return earlier ? (
    <p className="imp-earlier">
      <State kind="told">{t('earlier')}</State>
    </p>
  ) : null
}
