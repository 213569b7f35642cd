// Two files side by side: which one stays, and which side is right where they differ. Masked numbers are compared as shapes; the server
// takes the whole one.
import { useState } from 'react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { childOps, type ChildFile } from '@nuanyang/contract/children.ts'
import { fieldPaths, fileFields, type FieldPath } from '@nuanyang/contract/children.fields.ts'
import { duplicateOps } from '@nuanyang/contract/duplicates.ts'
import { besidePlace } from '../children/child.fields.ts'
import { factAt, isKnown, saidValue } from '../children/words.ts'
import { newId } from '../kernel/ids.ts'
import { useOp, useWrite } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { Button, Chip, To } from '../ui/controls.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { Loaded, Page, ProblemLine } from '../ui/page.tsx'
import { Masked, NotCollected } from '../ui/state.tsx'
import { duplicatesText } from './duplicates.text.ts'
import { reasonWords } from './likeness.tsx'
import './duplicates.css'

export function PairPage() {
  const t = useWords(duplicatesText)
  const { left, right } = useParams({ strict: false }) as { left: string; right: string }
  const a = useOp(childOps.get, { id: left })
  const b = useOp(childOps.get, { id: right })
  if (a.data && b.data)
    return (
      <Pair
        key={`${a.data.version} ${b.data.version}`}
        files={[a.data, b.data]}
        reread={() => {
          void a.refetch()
          void b.refetch()
        }}
      />
    )
  return (
    <Page title={t('pair')} back={paths.duplicates()}>
      <Loaded of={a.data ? b : a} rows={8}>
        {() => null}
      </Loaded>
    </Page>
  )
}

/** The file that knows more, and stands in more places, is the better one to keep. */
function better([a, b]: readonly [ChildFile, ChildFile]): 0 | 1 {
  const worth = (file: ChildFile) =>
    (file.status === 'registered' ? 1000 : 0) + fieldPaths.filter((path) => isKnown(factAt(file, path))).length
  return worth(b) > worth(a) ? 1 : 0
}

function Pair({ files, reread }: { files: readonly [ChildFile, ChildFile]; reread: () => void }) {
  const t = useWords(duplicatesText)
  const say = useSay()
  const navigate = useNavigate()
  const [kept, setKept] = useState<0 | 1>(better(files))
  const [picks, setPicks] = useState<Partial<Record<FieldPath, 0 | 1>>>({})
  const like = useOp(duplicateOps.of_child, { child_id: files[0].id })
  const merge = useWrite(duplicateOps.merge, { refreshes: ['children'] })
  const apart = useWrite(duplicateOps.different)
  const reasons = like.data?.items.find((item) => item.other.child_id === files[1].id)?.reasons
  // A place's division goes with its words.
  const seen = fieldPaths.filter(
    (path) => !besidePlace.has(path) && files.every((file) => file.groups[fileFields[path].group] !== 'no'),
  )
  const differing = seen.filter((path) => {
    const [one, other] = files.map((file) => JSON.stringify(factAt(file, path) ?? null))
    return one !== other && files.some((file) => isKnown(factAt(file, path)))
  })
  const side = (path: FieldPath): 0 | 1 =>
    picks[path] ?? (isKnown(factAt(files[kept], path)) ? kept : kept === 0 ? 1 : 0)
  const problem = merge.problem ?? apart.problem

  async function send(): Promise<void> {
    const [stays, goes] = kept === 0 ? files : [files[1], files[0]]
    const take = differing.filter((path) => side(path) !== kept)
    const body = { id: newId(), kept_id: stays.id, gone_id: goes.id, kept_version: stays.version, gone_version: goes.version, take } // prettier-ignore
    const written = await merge.send({ body })
    if (written.is === 'refused' && written.problem.code === 'stale') reread()
    if (written.is !== 'done') return
    toast(t('merged'))
    void navigate({ to: paths.child(stays.id), replace: true })
  }
  async function two(): Promise<void> {
    const written = await apart.send({ body: { id: newId(), child_id: files[0].id, other_id: files[1].id } })
    if (written.is !== 'done') return
    toast(t('different_done'))
    void navigate({ to: paths.duplicates(), replace: true })
  }
  return (
    <Page
      title={t('pair')}
      sub={reasons && t('pair_why', { reasons: reasonWords(reasons, t.language) })}
      back={paths.duplicates()}
      actions={
        <>
          <Button busy={apart.busy} onClick={() => void two()}>
            {t('different')}
          </Button>
          <Button kind="primary" busy={merge.busy} onClick={() => void send()}>
            {t('merge')}
          </Button>
        </>
      }
    >
      {problem && (
        <ProblemLine>
          {problem.code === 'stale' ? t('stale') : say({ zh: problem.detail, en: problem.detail_en })}
        </ProblemLine>
      )}
      <p className="dim">{t('choose')}</p>
      <table className="alike">
        <thead>
          <tr>
            <th />
            {files.map((file, at) => (
              <th key={file.id} scope="col">
                <To to={paths.child(file.id)}>{file.name}</To>
                <span className="dim small alike-where">
                  {listed(
                    [file.units.map((unit) => unit.name).join('、'), file.status === 'exited' && t('closed')],
                    t.language,
                  )}
                </span>
                <Chip pressed={kept === at} onClick={() => setKept(at as 0 | 1)}>
                  {t(kept === at ? 'kept' : 'keep_left')}
                </Chip>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differing.map((path) => {
            const both = files.every((file) => isKnown(factAt(file, path)))
            return (
              <tr key={path}>
                <th scope="row">{fileFields[path][t.language]}</th>
                {files.map((file, at) => (
                  <td key={file.id} data-taken={side(path) === at}>
                    {both ? (
                      <Chip pressed={side(path) === at} onClick={() => setPicks({ ...picks, [path]: at as 0 | 1 })}>
                        <Said path={path} file={file} />
                      </Chip>
                    ) : (
                      <Said path={path} file={file} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="dim small">{t('same', { n: seen.length - differing.length })}</p>
    </Page>
  )
}

function Said({ path, file }: { path: FieldPath; file: ChildFile }) {
  const { language } = useWords(duplicatesText)
  const words = saidValue(path, factAt(file, path), language)
  if (words === null) return <NotCollected />
  return words.includes('•') ? <Masked value={words} /> : <>{words}</>
}
