// The demonstration, loaded and removed on the page of one's own account.
import { useState } from 'react'
import { demoOps } from '@nuanyang/contract/demo.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useSession, useSignedIn, useTakeSession } from '../kernel/session.ts'
import { useBecome } from '../shell/become.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { demoText } from './demo.text.ts'
import { loadDemo } from './load_demo.ts'

export function DemoSection() {
  const t = useWords(demoText)
  const say = useSay()
  const now = useSignedIn()
  const session = useSession()
  const take = useTakeSession()
  const state = useOp(demoOps.get, {})
  const remove = useWrite(demoOps.remove)
  const { become } = useBecome()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  // Only an administrator of real units can load or remove it: nobody else is offered what would be refused.
  if (!state.data || !now.memberships.some((each) => each.role === 'administrator' && !each.demo)) return null

  async function load(): Promise<void> {
    setBusy(true)
    try {
      take(await loadDemo(now))
      toast(t('loaded'))
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      toast(say({ zh: problem.detail, en: problem.detail_en }))
    } finally {
      setBusy(false)
    }
  }
  async function takeAway(): Promise<void> {
    // Nobody can stay in what is about to go.
    const home = now.memberships.find((each) => each.role === 'administrator' && !each.demo)
    if (now.tenant?.demo && home) await become(home.id)
    const written = await remove.send({})
    setAsking(false)
    if (written.is === 'refused') return toast(say({ zh: written.problem.detail, en: written.problem.detail_en }))
    await session.refetch()
    toast(t('removed'))
  }
  const { loaded, children } = state.data
  return (
    <Section title={t('title')} end={loaded && <State kind="told">{t('on')}</State>}>
      <div className="row between g12 wrap">
        <p className="dim grow">{loaded ? t('on_why') : t('off_why', { n: children })}</p>
        {loaded ? (
          <Button onClick={() => setAsking(true)}>{t('remove')}</Button>
        ) : (
          <Button busy={busy} onClick={() => void load()}>
            {t('load')}
          </Button>
        )}
      </div>
      {asking && (
        <Dialog
          title={t('remove_title')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button kind="danger" busy={remove.busy} onClick={() => void takeAway()}>
                {t('remove')}
              </Button>
              <Button kind="primary" onClick={() => setAsking(false)}>
                {t('keep')}
              </Button>
            </>
          }
        >
          <p>{t('remove_help')}</p>
        </Dialog>
      )}
    </Section>
  )
}
