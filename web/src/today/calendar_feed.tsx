// 手机日历: the secret address of the own calendar, to copy into the telephone, to change or to give up.
import { todayOps } from '@nuanyang/contract/today.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { Button } from '../ui/controls.tsx'
import { useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Loaded, Section } from '../ui/page.tsx'
import { feedText } from './calendar_feed.text.ts'

export function CalendarFeed() {
  return useRight('plans.read') ? <Feed /> : null
}

function Feed() {
  const t = useWords(feedText)
  const kept = useOp(todayOps.get_calendar, {})
  const make = useWrite(todayOps.make_calendar)
  const revoke = useWrite(todayOps.revoke_calendar)
  return (
    <Section title={t('title')}>
      <p className="small dim">{t('help')}</p>
      <Loaded of={kept} rows={2}>
        {({ address }) =>
          address === null ? (
            <p className="section">
              <Button busy={make.busy} onClick={() => void make.send({})}>
                {t('make')}
              </Button>
            </p>
          ) : (
            <div className="stack">
              <label className="field">
                <span className="field-label">{t('address')}</span>
                <span className="inp">
                  <input readOnly value={address} onFocus={(event) => event.target.select()} />
                </span>
              </label>
              <p className="row g12 wrap">
                <Button onClick={() => void copy(address).then((done) => toast(t(done ? 'copied' : 'copy_by_hand')))}>
                  {t('copy')}
                </Button>
                <Button kind="text" busy={make.busy} onClick={() => void make.send({}).then(() => toast(t('changed')))}>
                  {t('another')}
                </Button>
                <Button kind="text" busy={revoke.busy} onClick={() => void revoke.send({}).then(() => toast(t('gone')))}>
                  {t('revoke')}
                </Button>
              </p>
              <p className="small dim">{t('secret')}</p>
            </div>
          )
        }
      </Loaded>
    </Section>
  )
} // prettier-ignore

/** Browsers give the clipboard to encrypted pages only; over the office network one copies by hand. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
