// 提醒: what was said to me here, the newest first. Opening the page reads them; what was new stays marked while it is open.
import { useEffect, useRef, useState } from 'react'
import { noticeOps, noticeSentence } from '@nuanyang/contract/notices.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { saidMoment } from '../ui/dates.ts'
import { TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine, Section } from '../ui/page.tsx'
import { CalendarFeed } from '../today/calendar_feed.tsx'
import { State } from '../ui/state.tsx'
import { noticesText } from './notices.text.ts'
import './notices.css'

export function NoticesPage() {
  const t = useWords(noticesText)
  const [pages, setPages] = useState<string[]>([''])
  const first = useOp(noticeOps.list, { limit: 30 })
  useReading((first.data?.items ?? []).some((notice) => notice.read_at === null))
  return (
    <Page title={t('title')} back={paths.today()}>
      <div className="notices-cols">
        <div>
          <Loaded of={first} rows={5}>
            {({ items }) =>
              items.length === 0 ? (
                <EmptyState title={t('none')}>{t('none_help')}</EmptyState>
              ) : (
                <ul className="notices">
                  {pages.map((after, at) => (
                    <Part
                      key={after}
                      after={after}
                      onMore={at === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
                    />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </div>
        <div>
          <Mailbox />
          <CalendarFeed />
        </div>
      </div>
    </Page>
  )
}

/** Marks all as read once they are on the screen, without taking the marks off it. */
function useReading(some: boolean): void {
  const read = useWrite(noticeOps.mark_read)
  const done = useRef(false)
  useEffect(() => {
    if (!some || done.current) return
    done.current = true
    void read.send({})
  }, [some, read])
}

function Part({ after, onMore }: { after: string; onMore: ((next: string) => void) | null }) {
  const t = useWords(noticesText)
  const { data } = useOp(noticeOps.list, { limit: 30, ...(after ? { after } : {}) })
  // Which of them were new when this part came: reading must not take the mark away under the reader's eyes.
  const [fresh, setFresh] = useState<ReadonlySet<string> | null>(null)
  if (data && fresh === null)
    setFresh(new Set(data.items.filter((notice) => notice.read_at === null).map((notice) => notice.id)))
  return (
    <>
      {(data?.items ?? []).map((notice) => (
        <li key={notice.id} className="notice">
          <p className="notice-when small dim">
            <span className="date">{saidMoment(notice.at, t.language)}</span>
            {fresh?.has(notice.id) && <State kind="told">{t('new_mark')}</State>}
          </p>
          <p>{noticeSentence(notice, t.language)}</p>
        </li>
      ))}
      {data?.next && onMore && (
        <li className="notice">
          <Button kind="text" onClick={() => onMore(data.next!)}>
            {t('earlier')}
          </Button>
        </li>
      )}
      {after === '' && data && data.items.length > 0 && (
        <li className="notices-go phone-only">
          <ButtonLink to={paths.today()}>{t('go_today')}</ButtonLink>
        </li>
      )}
    </>
  )
}

/** Each person says where to; the office says whether mail goes out at all. */
function Mailbox() {
  const t = useWords(noticesText)
  const kept = useOp(noticeOps.get_address, {})
  return (
    <Section title={t('mail')}>
      <Loaded of={kept} rows={2}>
        {(now) => <MailForm key={now.email ?? ''} email={now.email} works={now.mail_works} />}
      </Loaded>
    </Section>
  )
}

function MailForm({ email, works }: { email: string | null; works: boolean }) {
  const t = useWords(noticesText)
  const say = useSay()
  const set = useWrite(noticeOps.set_address)
  const [typed, setTyped] = useState(email ?? '')
  const wrong = set.error('email')
  const save = async (next: string | null) => {
    const written = await set.send({ body: { email: next } })
    if (written.is === 'done') toast(next ? t('saved') : t('mail_off'))
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save(typed.trim() || null)
      }}
    >
      <p className="small dim">{works ? t('mail_help') : t('mail_later')}</p>
      <TextInput
        label={t('email')}
        kind="email"
        value={typed}
        onChange={setTyped}
        error={wrong ? say(wrong) : undefined}
      />
      {set.problem && !wrong && <ProblemLine>{say({ zh: set.problem.detail, en: set.problem.detail_en })}</ProblemLine>}
      <p className="row g12">
        {typed.trim() !== (email ?? '') && (
          <Button submit busy={set.busy}>
            {t('save')}
          </Button>
        )}
        {email && (
          <Button kind="text" busy={set.busy} onClick={() => void save(null)}>
            {t('mail_off')}
          </Button>
        )}
      </p>
    </form>
  )
}
