// A table of numbers as it stands now, before it is made: what it counts, what does not add up. Nobody is named.
import { documentOps } from '@nuanyang/contract/documents.ts'
import { useOp } from '../kernel/query.ts'
import { useWords } from '../ui/language.ts'
import { Loaded } from '../ui/page.tsx'
import { State } from '../ui/state.tsx'
import { documentsText } from './documents.text.ts'
import type { Options } from './new_document.options.tsx'

export type NumbersKind = 'summary' | 'cross_table' | 'completeness'

export function Numbers({ kind, unit_id, options }: { kind: NumbersKind; unit_id: string; options: Options }) {
  const t = useWords(documentsText)
  const { definition, as_of, rows, across, for_public } = options
  const answer = useOp(
    documentOps.preview,
    {
      kind,
      unit_id,
      ...(definition ? { definition } : {}),
      ...(as_of ? { as_of } : {}),
      ...(kind === 'cross_table' ? { rows, across } : {}),
      ...(for_public ? { for_public } : {}),
    },
    { keepLast: true },
  )
  return (
    <section className="doc-numbers">
      <h2>{t('looks_like')}</h2>
      <Loaded of={answer} rows={6}>
        {(table) => (
          <>
            <div className="doc-numbers-table">
              <table>
                <caption>{table.title}</caption>
                <Heads columns={table.columns} />
                <tbody>
                  {table.rows.map((cells, row) => (
                    <tr key={row} className={row >= table.rows.length - table.sums ? 'sum' : ''}>
                      {cells.map((cell, at) =>
                        at === 0 ? (
                          <th key={at} scope="row">
                            {cell}
                          </th>
                        ) : (
                          <td key={at}>{cell}</td>
                        ),
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {table.beside.map((part) => (
              <div key={part.title} className="doc-numbers-beside">
                <State kind="soon">{part.title}</State>
                <ul>
                  {part.lines.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </div>
            ))}
            {table.beside.length > 0 && <p className="small dim">{t('names_later')}</p>}
            {table.notes.map((note) => (
              <p key={note} className="small dim">
                {note}
              </p>
            ))}
          </>
        )}
      </Loaded>
    </section>
  )
}

/** `0–5岁/男` stands on two rows, and columns with the same first part share its cell. */
function Heads({ columns }: { columns: readonly string[] }) {
  const parts = columns.map((header) => {
    const [group = '', name] = header.split('/')
    return { group, name }
  })
  const two = parts.some(({ name }) => name !== undefined)
  const groups = parts.flatMap((part, at) => {
    if (part.name !== undefined && parts[at - 1]?.group === part.group && parts[at - 1]?.name !== undefined) return []
    let across = 1
    while (
      part.name !== undefined &&
      parts[at + across]?.group === part.group &&
      parts[at + across]?.name !== undefined
    )
      across++
    return [{ ...part, at, across }]
  })
  return (
    <thead>
      <tr>
        {groups.map(({ group, name, at, across }) => (
          <th key={at} scope="col" colSpan={across} rowSpan={two && name === undefined ? 2 : 1}>
            {group}
          </th>
        ))}
      </tr>
      {two && (
        <tr>
          {parts.flatMap(({ name }, at) =>
            name === undefined
              ? []
              : [
                  <th key={at} scope="col">
                    {name}
                  </th>,
                ],
          )}
        </tr>
      )}
    </thead>
  )
}
