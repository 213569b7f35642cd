// 附件: what hangs on a child, a consent, a unit or a record: seen, added, removed.
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import {
  fileCan,
  fileLimitBytes,
  fileOps,
  paperCodes,
  papers,
  type Attached,
  type FileOwner,
  type Paper,
} from '@nuanyang/contract/files.ts'
import { addressOf, download, upload } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { refresh, useOp, useWrite } from '../kernel/query.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { Select } from '../ui/fields.tsx'
import { FileDrop, inBytes } from '../ui/filedrop.tsx'
import { Icon } from '../ui/icons.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { Loaded, ProblemLine, Section } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { CoverDialog } from './cover.tsx'
import { filesText } from './files.text.ts'
import './files.css'

interface Owner {
  owner_type: FileOwner
  owner_id: string
}

const nothing = { child: 'none', unit: 'none_rules', record: 'none_record' } as const
const titles = { child: 'papers_title', unit: 'rules_title', record: 'title' } as const

export function Attachments({ owner }: { owner: Owner }) {
  const t = useWords(filesText)
  const list = useOp(fileOps.list, owner)
  const [adding, setAdding] = useState(false)
  return (
    <Section
      title={t(titles[owner.owner_type])}
      end={list.data?.can_add && <Button onClick={() => setAdding(true)}>{t('add')}</Button>}
    >
      <Loaded of={list} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="dim">{t(nothing[owner.owner_type])}</p>
          ) : (
            <ul className="attached">
              {items.map((each) => (
                <Line key={each.id} file={each} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <AddFile owner={owner} onClose={() => setAdding(false)} />}
    </Section>
  )
}

function Line({ file }: { file: Attached }) {
  const t = useWords(filesText)
  const say = useSay()
  const [open, setOpen] = useState(false)
  const remove = useWrite(fileOps.remove)
  const restore = useWrite(fileOps.restore)
  const picture = file.form === 'picture' && !file.closed
  async function take(): Promise<void> {
    const written = await remove.send({ id: file.id })
    if (written.is === 'done') toast(t('removed', { name: file.file_name }), () => void restore.send({ id: file.id }))
  }
  const show = () => (picture ? setOpen(true) : void save(file, say))
  return (
    <li>
      <button
        type="button"
        className={file.signed_by ? 'attached-face attached-sign' : 'attached-face'}
        aria-label={t('open_named', { name: file.file_name })}
        onClick={show}
        disabled={file.closed}
      >
        {picture ? (
          <img src={addressOf(fileOps.content, { id: file.id, size: 'small' })} alt="" loading="lazy" />
        ) : (
          <Icon name={file.closed ? 'lock' : 'file'} size={24} />
        )}
      </button>
      <span className="grow">
        <span className="attached-name">
          {file.signed_by ? t('signature_of', { name: file.signed_by }) : file.file_name}
        </span>
        <span className="dim small">
          {listed(
            [
              file.paper && say(papers[file.paper]),
              inBytes(file.bytes),
              file.added_by,
              plainDay(file.added_on, t.language),
            ],
            t.language,
          )}
        </span>
        {file.closed && <State kind="none">{t('closed')}</State>}
      </span>
      {file.can_remove && fileCan.remove(file) && (
        <IconButton icon="close" label={t('remove_named', { name: file.file_name })} onClick={() => void take()} />
      )}
      {open && (
        <Dialog title={file.file_name} onClose={() => setOpen(false)}>
          <img className="attached-full" src={addressOf(fileOps.content, { id: file.id })} alt={file.file_name} />
        </Dialog>
      )}
    </li>
  )
}

async function save(file: Attached, say: ReturnType<typeof useSay>): Promise<void> {
  try {
    await download(fileOps.content, { id: file.id })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast(say({ zh: error.detail, en: error.detail_en }))
  }
}

export function AddFile({
  owner,
  onClose,
  onAdded,
}: {
  owner: Owner
  onClose: () => void
  onAdded?: (file: Attached) => void
}) {
  const t = useWords(filesText)
  const say = useSay()
  const queries = useQueryClient()
  const [paper, setPaper] = useState<Paper>('other')
  const [sending, setSending] = useState<{ name: string; done: number; all: number; onStop: () => void }>()
  const [refused, setRefused] = useState<{ problem: Problem; file: File } | null>(null)
  const [covering, setCovering] = useState<File | null>(null)

  async function put(file: File, covered: boolean): Promise<void> {
    const stop = new AbortController()
    const told = (done: number, all: number) => setSending({ name: file.name, done, all, onStop: () => stop.abort() })
    setRefused(null)
    told(0, file.size)
    try {
      const body = {
        id: newId(),
        ...owner,
        ...(owner.owner_type === 'child' ? { paper } : {}),
        ...(covered ? { covered: 'yes' as const } : {}),
      }
      const made = await upload(fileOps.add, { body, file }, { signal: stop.signal, onProgress: told })
      refresh(queries, 'files')
      refresh(queries, 'consents')
      toast(t('added'))
      onAdded?.(made)
      onClose()
    } catch (error) {
      if (error instanceof Problem) setRefused({ problem: error, file })
      else if (!(error instanceof DOMException)) throw error
    } finally {
      setSending(undefined)
    }
  }
  if (covering)
    return (
      <CoverDialog
        file={covering}
        onClose={() => setCovering(null)}
        onCovered={(file) => {
          setCovering(null)
          void put(file, true)
        }}
      />
    )
  return (
    <Dialog title={t('add_title')} onClose={onClose}>
      <div className="stack">
        {owner.owner_type === 'child' && (
          <Select
            label={t('paper')}
            value={paper}
            onChange={setPaper}
            options={paperCodes.map((value) => ({ value, label: say(papers[value]) }))}
          />
        )}
        <FileDrop limitBytes={fileLimitBytes} onFile={(file) => void put(file, false)} sending={sending}>
          {t('what')}
          <br />
          {t('photo_note')}
        </FileDrop>
        {refused && <ProblemLine>{say({ zh: refused.problem.detail, en: refused.problem.detail_en })}</ProblemLine>}
        {refused?.problem.code === 'photo_consent' && (
          <Button kind="primary" onClick={() => setCovering(refused.file)}>
            {t('cover')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
