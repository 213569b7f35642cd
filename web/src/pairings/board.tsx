// One board: groups side by side, children moved between them by a menu, each group with somebody in charge.
import { useState, type ReactNode } from 'react'
import { useParams } from '@tanstack/react-router'
import {
  boardCan,
  boardNeeds,
  boardOps,
  boardStates,
  type Board,
  type BoardGroup,
} from '@nuanyang/contract/pairings.boards.ts'
import { pairingGoals, type PairingGoal } from '@nuanyang/contract/pairings.ts'
import { gradeLabel, type Grade } from '@nuanyang/domain/grades.ts'
import { download } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { useRight } from '../kernel/session.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Menu, toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { EditGroup, NoteDialog } from './board.asking.tsx'
import { bodyOf, type GroupBody } from './board.saying.ts'
import { boardsText } from './boards.text.ts'
import './boards.css'

export function BoardPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useOp(boardOps.get, { id })
  return (
    <Loaded of={found} rows={8}>
      {(board) => <OneBoard board={board} />}
    </Loaded>
  )
}

function OneBoard({ board }: { board: Board }) {
  const t = useWords(boardsText)
  const say = useSay()
  const writes = useRight('pairings.write') && boardCan.save(board)
  const prints = useRight('children.export')
  const save = useWrite(boardOps.save)
  const apply = useWrite(boardOps.apply)
  const putAway = useWrite(boardOps.put_away)
  const [editing, setEditing] = useState<BoardGroup | null>(null)
  const [noting, setNoting] = useState<BoardGroup | null>(null)
  const problem = save.problem ?? apply.problem ?? putAway.problem
  const at = { id: board.id, body: { version: board.version } }

  const write = (groups: readonly GroupBody[]) =>
    save.send({ id: board.id, body: { version: board.version, name: board.name, groups: [...groups] } })
  const bodies = board.groups.map(bodyOf)
  const move = (child: string, to: string | null) =>
    void write(
      bodies.map((group) => ({
        ...group,
        child_ids: [...group.child_ids.filter((id) => id !== child), ...(group.id === to ? [child] : [])],
      })),
    )
  const addGroup = () =>
    void write([
      ...bodies,
      {
        id: newId(),
        name: t('group_default'),
        need: 'other',
        owner: null,
        times: null,
        plan: null,
        content: null,
        child_ids: [],
      },
    ])
  async function print(format: 'pdf' | 'docx'): Promise<void> {
    try {
      await download(boardOps.print, { id: board.id, body: { format, purpose: t('purpose') } })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(say({ zh: error.detail, en: error.detail_en }))
    }
  }
  const mover = (child: Board['unsorted'][number], inGroup: string | null) =>
    writes && (
      <Menu
        className="icbtn"
        align="end"
        label={t('move', { name: child.name })}
        items={[
          ...board.groups
            .filter((group) => group.id !== inGroup)
            .map((group) => ({
              key: group.id,
              label: t('move_to', { group: group.name }),
              onSelect: () => move(child.id, group.id),
            })),
          ...(inGroup
            ? [{ key: 'out', label: t('take_out'), parted: true, onSelect: () => move(child.id, null) }]
            : []),
        ]}
      >
        ⋯
      </Menu>
    )
  const more = [
    ...(prints
      ? [
          { key: 'pdf', label: t('print_pdf'), onSelect: () => void print('pdf') },
          { key: 'docx', label: t('print_word'), onSelect: () => void print('docx') },
        ]
      : []),
    ...(writes ? [{ key: 'away', label: t('put_away'), parted: prints, onSelect: () => void putAway.send(at) }] : []),
  ]
  return (
    <Page
      title={board.name}
      back={paths.boards()}
      sub={
        <State kind={board.state === 'applied' ? 'done' : board.state === 'draft' ? 'told' : 'none'}>
          {say(boardStates[board.state])}
        </State>
      }
      actions={
        <>
          {more.length > 0 && (
            <Menu className="btn btn-outline" align="end" items={more}>
              {t('more')}
            </Menu>
          )}
          {writes && (
            <Button busy={save.busy} icon="plus" onClick={addGroup}>
              {t('add_group')}
            </Button>
          )}
          {writes && boardCan.apply(board) && (
            <Button
              kind="primary"
              busy={apply.busy}
              onClick={() => void apply.send(at).then((written) => written.is === 'done' && toast(t('applied')))}
            >
              {t('apply')}
            </Button>
          )}
        </>
      }
    >
      {problem && <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>}
      <div className="board">
        <section className="board-col" aria-label={t('unsorted')}>
          <h2>
            {t('unsorted')} <span className="dim">{board.unsorted.length}</span>
          </h2>
          {board.unsorted.length === 0 && <p className="dim small">{t('unsorted_none')}</p>}
          <ChildLines group={board.unsorted} mover={(child) => mover(child, null)} />
        </section>
        {board.groups.map((group) => (
          <section key={group.id} className="board-col sheet" aria-label={group.name}>
            <GroupHead
              group={group}
              onEdit={writes ? () => setEditing(group) : undefined}
              onNote={boardCan.save(board) && !group.closed ? () => setNoting(group) : undefined}
            />
            <ChildLines group={group.children} mover={(child) => mover(child, group.id)} />
            {group.others > 0 && <p className="dim small">{t('others', { n: group.others })}</p>}
          </section>
        ))}
      </div>
      {editing && (
        <EditGroup
          group={editing}
          onSave={(body) => write(bodies.map((each) => (each.id === body.id ? body : each)))}
          onRemove={() => write(bodies.filter((each) => each.id !== editing.id))}
          onClose={() => setEditing(null)}
        />
      )}
      {noting && <NoteDialog board={board} group={noting} onClose={() => setNoting(null)} />}
    </Page>
  )
}

function GroupHead({
  group,
  onEdit,
  onNote,
}: {
  group: BoardGroup
  onEdit: (() => void) | undefined
  onNote: (() => void) | undefined
}) {
  const t = useWords(boardsText)
  const say = useSay()
  const last = group.stages.at(-1)
  return (
    <header>
      <h2>
        {group.name} <span className="dim">{group.children.length + group.others}</span>
      </h2>
      <p className="small">
        {group.owner ? <b>{group.owner.name}</b> : <State kind="asked">{t('no_owner')}</State>}{' '}
        <span className="dim">{listed([say(boardNeeds[group.need]), group.times], t.language)}</span>
      </p>
      {group.closed ? (
        <p className="small dim">{t('closed')}</p>
      ) : (
        <>
          {group.plan && <p className="small">{group.plan}</p>}
          {group.content && <p className="small">{group.content}</p>}
          {last && (
            <p className="small">
              <span className="dim">{plainDay(last.on, t.language)}</span> {last.effect}
            </p>
          )}
        </>
      )}
      <div className="board-acts">
        {onEdit && (
          <Button kind="text" onClick={onEdit}>
            {t('edit_group', { group: group.name })}
          </Button>
        )}
        {onNote && (
          <Button kind="text" aria-label={t('note_of', { group: group.name })} onClick={onNote}>
            {t('note')}
          </Button>
        )}
      </div>
    </header>
  )
}

function ChildLines({
  group,
  mover,
}: {
  group: Board['unsorted']
  mover: (child: Board['unsorted'][number]) => ReactNode
}) {
  const t = useWords(boardsText)
  const say = useSay()
  return (
    <ul className="board-children">
      {group.map((child) => (
        <li key={child.id}>
          <b>{child.name}</b>
          <span className="dim small grow">
            {listed(
              [
                child.grade ? gradeLabel(child.grade as Grade, t.language) : null,
                ...child.goals.map((goal) => say(pairingGoals[goal as PairingGoal])),
              ],
              t.language,
            )}
          </span>
          {mover(child)}
        </li>
      ))}
    </ul>
  )
}
