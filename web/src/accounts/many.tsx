// 批量新建: a list pasted out of a table, looked at, made in one go, and printed as slips.
import { useMemo, useState } from 'react'
import { accountOps, type NewCredentials } from '@nuanyang/contract/accounts.ts'
import { importOps } from '@nuanyang/contract/imports.ts'
import { roleCodes, roles } from '@nuanyang/contract/roles.ts'
import { upload } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, ButtonLink } from '../ui/controls.tsx'
import { TextArea } from '../ui/fields.tsx'
import { FileDrop } from '../ui/filedrop.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { LeaveGuard } from '../ui/overlay.tsx'
import { Page, ProblemLine } from '../ui/page.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { peopleText } from './people.text.ts'
import { readPasted, type PastedRow } from './sheet.ts'
import { Slips } from './slips.tsx'
import './people.css'

const mostAtOnce = 200
const fileLimitBytes = 5_000_000
type Line = PastedRow & { at: number }

export function ManyPeoplePage() {
  const t = useWords(peopleText)
  const say = useSay()
  const create = useWrite(accountOps.create_many)
  const [text, setText] = useState('')
  const [unread, setUnread] = useState<{ zh: string; en: string } | null>(null)
  const [made, setMade] = useState<readonly NewCredentials[] | null>(null)
  const rows = useMemo(() => readPasted(text).map((row, at) => ({ ...row, at })), [text])
  // One id for each line of this text: sent again after a lost answer, nobody is made twice.
  const ids = useMemo(() => rows.map(() => newId()), [rows])
  const tooMany = rows.length > mostAtOnce
  async function make(): Promise<void> {
    const written = await create.send({
      body: {
        rows: rows.map(({ name, role, unit, username }, at) => ({
          id: ids[at]!, name, role, unit, ...(username ? { username } : {}),
        })), // prettier-ignore
      },
    })
    if (written.is === 'done') setMade(written.answer.items)
  }
  /** The table is read into the box, where it can be looked at and changed before anybody is made. */
  async function read(file: File): Promise<void> {
    setUnread(null)
    try {
      const { text: found } = await upload(importOps.read_table, { body: {}, file })
      create.clear()
      setText(found)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setUnread({ zh: error.detail, en: error.detail_en })
    }
  }
  if (made) return <Made made={made} />
  return (
    <Page
      title={t('many_title')}
      back={paths.people()}
      actions={
        <Button kind="primary" busy={create.busy} disabled={rows.length === 0 || tooMany} onClick={() => void make()}>
          {t('many_make', { n: rows.length })}
        </Button>
      }
    >
      <div className="many-cols">
        <div className="stack">
          <FileDrop
            limitBytes={fileLimitBytes}
            onFile={(file) => void read(file)}
            error={unread ? say(unread) : undefined}
          >
            <p className="dim small">{t('many_file')}</p>
          </FileDrop>
          <TextArea
            label={t('many_box')}
            hint={t('many_help')}
            placeholder={t('many_example')}
            value={text}
            onChange={(next) => {
              create.clear()
              setText(next)
            }}
            error={tooMany ? t('many_too', { n: rows.length }) : undefined}
            autoFocus
            spellCheck={false}
          />
          <details className="small">
            <summary>{t('many_roles')}</summary>
            <p className="dim">{roleCodes.map((role) => say(roles[role])).join(t.language === 'zh' ? '、' : ', ')}</p>
          </details>
        </div>
        <div>
          {create.problem && (
            <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>
          )}
          <Read
            rows={rows}
            wrong={(at, field) => {
              const error = create.error(`rows.${at}.${field}`)
              return error ? say(error) : undefined
            }}
          />{' '}
          {/* prettier-ignore */}
        </div>
      </div>
      <LeaveGuard when={rows.length > 0} />
    </Page>
  )
}

function Read({
  rows,
  wrong,
}: {
  rows: readonly Line[]
  wrong: (at: number, field: keyof PastedRow) => string | undefined
}) {
  const t = useWords(peopleText)
  const cell = (field: keyof PastedRow, empty?: string) => (row: Line) => {
    const error = wrong(row.at, field)
    return (
      <>
        {row[field] || <span className="dim">{empty ?? '—'}</span>}
        {error && <p className="small many-wrong">{error}</p>}
      </>
    )
  }
  const columns: Column<Line>[] = [
    { key: 'name', head: t('name'), cell: cell('name'), phone: 'name' },
    { key: 'role', head: t('role'), cell: cell('role'), phone: 'beside' },
    { key: 'unit', head: t('unit'), cell: cell('unit'), phone: 'below' },
    { key: 'username', head: t('username'), cell: cell('username', t('from_pinyin')), phone: 'end' },
  ]
  return (
    <Table
      label={t('many_box')}
      rows={rows}
      columns={columns}
      rowId={(row) => String(row.at)}
      rowName={(row) => row.name || t('row', { n: row.at + 1 })}
      empty={t('many_empty')}
    />
  )
}

function Made({ made }: { made: readonly NewCredentials[] }) {
  const t = useWords(peopleText)
  return (
    <Page
      title={t('slips_title', { n: made.length })}
      back={paths.people()}
      actions={
        <>
          <ButtonLink to={paths.people()}>{t('done')}</ButtonLink>
          <Button kind="primary" icon="print" onClick={() => globalThis.print()}>
            {t('print')}
          </Button>
        </>
      }
    >
      <p className="dim no-print" style={{ marginBottom: 16 }}>
        {t('slip_help')}
      </p>
      <Slips items={made} />
    </Page>
  )
}
