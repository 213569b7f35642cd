// 分组: the boards of the unit.
import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { boardOps, boardStates, type BoardLine } from '@nuanyang/contract/pairings.boards.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { Checkbox, TextInput } from '../ui/fields.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog, toast } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { Table } from '../ui/table.tsx'
import { boardsText } from './boards.text.ts'
import { PairingTabs } from './pairings.frame.tsx'
import './boards.css'

const marks = { draft: 'told', applied: 'done', put_away: 'none' } as const

export function BoardsPage() {
  const t = useWords(boardsText)
  const say = useSay()
  const mayWrite = useRight('pairings.write')
  const [adding, setAdding] = useState(false)
  const list = useOp(boardOps.list, {})
  return (
    <Page
      title={t('title')}
      sub={t('lead')}
      actions={
        mayWrite && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        )
      }
    >
      <PairingTabs current="boards" />
      <Loaded of={list} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none_title')}>{t('none_help')}</EmptyState>
          ) : (
            <Table<BoardLine>
              label={t('title')}
              rows={items}
              rowId={(row) => row.id}
              rowName={(row) => row.name}
              rowPath={(row) => paths.board(row.id)}
              columns={[
                { key: 'name', head: t('name'), cell: (row) => row.name, phone: 'name' },
                { key: 'groups', head: t('title'), cell: (row) => t('groups_n', { n: row.groups }), phone: 'below' },
                {
                  key: 'children',
                  head: t('children_head'),
                  cell: (row) => t('children_n', { n: row.children }),
                  phone: 'below',
                },
                {
                  key: 'state',
                  head: t('state'),
                  cell: (row) => (
                    <State kind={marks[row.state]}>
                      {say(boardStates[row.state])}
                      {row.applied_on ? ` ${plainDay(row.applied_on, t.language)}` : ''}
                    </State>
                  ),
                  phone: 'end',
                },
              ]}
            />
          )
        }
      </Loaded>
      {adding && <NewBoard onClose={() => setAdding(false)} />}
    </Page>
  )
}

function NewBoard({ onClose }: { onClose: () => void }) {
  const t = useWords(boardsText)
  const say = useSay()
  const navigate = useNavigate()
  const create = useWrite(boardOps.create)
  const [id] = useState(newId)
  const [name, setName] = useState('')
  const [sorted, setSorted] = useState(true)
  async function make(): Promise<void> {
    if (!name.trim()) return
    const written = await create.send({ body: { id, name: name.trim(), sorted } }, name.trim())
    if (written.is === 'refused') return
    onClose()
    if (written.is === 'kept') toast(t('kept'))
    else void navigate({ to: paths.board(id) })
  }
  return (
    <Dialog
      title={t('add')}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={create.busy} disabled={!name.trim()} onClick={() => void make()}>
          {t('create')}
        </Button>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void make()
        }}
      >
        <TextInput label={t('name')} hint={t('name_hint')} value={name} onChange={setName} maxLength={100} />
        <Checkbox label={t('sorted')} checked={sorted} onChange={setSorted} />
        {create.problem && (
          <ProblemLine>{say({ zh: create.problem.detail, en: create.problem.detail_en })}</ProblemLine>
        )}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
