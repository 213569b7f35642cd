// 推荐结对: who has nobody and why, who could help, the best way to bring them together. Somebody drags, locks, leaves out and asks
// again; only 确认 writes.
import { useCallback, useEffect, useMemo, useState } from 'react'
import { matchOps, type FreeHelper, type WaitingChild } from '@nuanyang/contract/pairings.matching.ts'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { refresh, useWrite } from '../kernel/query.ts'
import { Problem } from '../kernel/problem.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { dayOf } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { useIsPhone } from '../ui/media.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { PairingTabs } from './pairings.frame.tsx'
import { SuggestBoard } from './suggest.board.tsx'
import { SuggestList } from './suggest.list.tsx'
import { PickHelper } from './suggest.pick.tsx'
import {
  backIn,
  emptyDraft,
  leftOut,
  locked,
  moved,
  question,
  received,
  takenApart,
  type Draft,
  type Suggestion,
} from './suggest.state.ts'
import { suggestText } from './suggest.text.ts'
import { WishDialog } from './wish.tsx'
import './suggest.css'

/** What can be done with a suggestion, for both sizes of the page. */
export interface Hands {
  move: (child: WaitingChild, helper: FreeHelper) => void
  lock: (child_id: string, lock: boolean) => void
  leaveOut: (child_id: string) => void
  bringBack: (child_id: string) => void
  notThis: (child_id: string) => void
  pick: (child: WaitingChild) => void
  wish: (child: WaitingChild) => void
}

export function SuggestPage() {
  const t = useWords(suggestText)
  const say = useSay()
  const phone = useIsPhone()
  const { answer, error, busy, draft, setDraft, suggest } = useSuggestion()
  const [picking, setPicking] = useState<WaitingChild | null>(null)
  const [wishing, setWishing] = useState<WaitingChild | null>(null)
  const [confirming, setConfirming] = useState(false)
  const helpers = useMemo(() => new Map(answer?.helpers.map((one) => [one.id, one])), [answer])

  async function move(child: WaitingChild, helper: FreeHelper): Promise<void> {
    setPicking(null)
    const at = { child_id: child.id, helper_id: helper.id }
    // The words come after: the move itself must not wait for the network.
    const next = moved(draft, { ...at, reasons: [] }, helper.max_children - helper.children)
    if (!next) return toast(t('all_locked', { helper: helper.name }))
    setDraft(next)
    const { reasons } = await call(matchOps.explain, at)
    setDraft((now) => ({
      ...now,
      pairs: now.pairs.map((pair) =>
        pair.child_id === child.id && pair.helper_id === helper.id ? { ...pair, reasons } : pair,
      ),
    }))
  }
  const hands: Hands = {
    move: (child, helper) => void move(child, helper),
    lock: (id, lock) => setDraft(locked(draft, id, lock)),
    leaveOut: (id) => setDraft(leftOut(draft, id)),
    bringBack: (id) => void suggest(backIn(draft, id)),
    notThis: (id) => void suggest(takenApart(draft, id)),
    pick: setPicking,
    wish: setWishing,
  }
  const n = draft.pairs.length
  const none = answer !== undefined && answer.children.length === 0
  const nobody = answer !== undefined && answer.helpers.length === 0
  return (
    <Page
      title={t('title')}
      heading={none || !answer ? t('title') : t('heading', { n: answer.children.length })}
      sub={answer && !none && t(phone ? 'sub_phone' : 'sub', { n })}
      actions={
        answer &&
        !none &&
        !nobody && (
          <>
            <Button busy={busy} onClick={() => void suggest(draft)}>
              {t('again')}
            </Button>
            {n > 0 && (
              <Button kind="primary" onClick={() => setConfirming(true)}>
                {t('confirm', { n })}
              </Button>
            )}
          </>
        )
      }
    >
      <PairingTabs current="suggest" />
      {answer && error && <ProblemLine>{say({ zh: error.detail, en: error.detail_en })}</ProblemLine>}
      <Loaded of={{ data: answer, error, refetch: () => suggest(draft) }} rows={8}>
        {(shown) =>
          none ? (
            <EmptyState title={t('none_title')}>{t('none_help')}</EmptyState>
          ) : nobody ? (
            <EmptyState
              title={t('nobody_title')}
              actions={<ButtonLink to={paths.helperRegister()}>{t('to_register')}</ButtonLink>}
            >
              {t('nobody_help')}
            </EmptyState>
          ) : (
            <>
              {shown.total > shown.children.length && (
                <p className="dim">{t('too_many', { total: shown.total, n: shown.children.length })}</p>
              )}
              {phone ? (
                <SuggestList suggestion={shown} draft={draft} hands={hands} />
              ) : (
                <SuggestBoard suggestion={shown} draft={draft} hands={hands} />
              )}
            </>
          )
        }
      </Loaded>
      {picking && (
        <PickHelper
          child={picking}
          helpers={answer?.helpers ?? []}
          onPick={(helper) => void move(picking, helper)}
          onClose={() => setPicking(null)}
        />
      )}
      {wishing && <WishDialog child={wishing} onSaved={() => void suggest(draft)} onClose={() => setWishing(null)} />}
      {confirming && (
        <ConfirmDialog
          draft={draft}
          names={(id) => helpers.get(id)?.name ?? ''}
          onDone={() => void suggest(emptyDraft)}
          onClose={() => setConfirming(false)}
        />
      )}
    </Page>
  )
}

/** The suggestion is asked for once, and again when somebody says so: never behind their back while they work on it. */
function useSuggestion() {
  const [answer, setAnswer] = useState<Suggestion>()
  const [error, setError] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(true)
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const take = useCallback(async (from: Draft): Promise<void> => {
    try {
      const next = await call(matchOps.suggest, { body: question(from) })
      setAnswer(next)
      setError(null)
      setDraft(received(next, from))
    } catch (failed) {
      if (!(failed instanceof Problem)) throw failed
      setError(failed)
    } finally {
      setBusy(false)
    }
  }, [])
  useEffect(() => {
    // The state is set when the answer comes, never while the effect runs.
    // oxlint-disable-next-line react/set-state-in-effect
    void take(emptyDraft)
  }, [take])
  const suggest = (from: Draft): Promise<void> => {
    setBusy(true)
    return take(from)
  }
  return { answer, error, busy, draft, setDraft, suggest }
}

function ConfirmDialog({
  draft,
  names,
  onDone,
  onClose,
}: {
  draft: Draft
  names: (helper_id: string) => string
  onDone: () => void
  onClose: () => void
}) {
  const t = useWords(suggestText)
  const say = useSay()
  const queries = useQueryClient()
  const confirm = useWrite(matchOps.confirm, { refreshes: ['children', 'today', 'helpers'] })
  const [ids] = useState(() => draft.pairs.map(() => newId()))
  const [until, setUntil] = useState('')
  const n = draft.pairs.length
  async function go(): Promise<void> {
    const body = {
      pairs: draft.pairs.map(({ child_id, helper_id }, at) => ({ id: ids[at]!, child_id, helper_id })),
      from_on: dayOf(),
      ...(until ? { planned_until_on: until } : {}),
    }
    const written = await confirm.send({ body }, t('confirm_title', { n }))
    if (written.is === 'refused') return
    toast(written.is === 'kept' ? t('kept') : t('done', { n }))
    refresh(queries, 'pairings')
    onDone()
    onClose()
  }
  const whom = [...new Set(draft.pairs.map((pair) => names(pair.helper_id)))]
    .slice(0, 12)
    .join(t.language === 'zh' ? '、' : ', ')
  return (
    <Dialog
      title={t('confirm_title', { n })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={confirm.busy} onClick={() => void go()}>
          {t('confirm', { n })}
        </Button>
      }
    >
      <div className="stack">
        <p>{whom}</p>
        <p className="dim">{t('confirm_help')}</p>
        <TextInput kind="date" optional label={t('until')} value={until} min={dayOf()} onChange={setUntil} />
        {confirm.problem && (
          <ProblemLine>{say({ zh: confirm.problem.detail, en: confirm.problem.detail_en })}</ProblemLine>
        )}
      </div>
    </Dialog>
  )
}
