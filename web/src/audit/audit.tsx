// 访问记录: the auditor's list. It opens nothing further: what was seen is not the auditor's to see.
import { auditGroupCodes, auditGroups, auditOps, type AuditGroup } from '@nuanyang/contract/audit.ts'
import type { Answer } from '@nuanyang/contract/kernel.ts'
import { roles, type Role } from '@nuanyang/contract/roles.ts'
import { useOp } from '../kernel/query.ts'
import { saidMoment } from '../ui/dates.ts'
import { SearchBox, TextInput } from '../ui/fields.tsx'
import { useAddress } from '../ui/filters.tsx'
import { useSay, useWords, type Say } from '../ui/language.ts'
import { Menu } from '../ui/overlay.tsx'
import { EmptyState, Loaded, Page } from '../ui/page.tsx'
import { Pager, Table, useKeyset, type Column } from '../ui/table.tsx'
import { auditText, operationText, wordFor } from './audit.text.ts'

type Entry = Answer<typeof auditOps.list>['items'][number]

export function AuditPage() {
  const t = useWords(auditText)
  const say = useSay()
  const operation = useWords(operationText)
  const [address, change] = useAddress()
  const group = auditGroupCodes.find((each) => each === address['group'])
  const q = address['q'] ?? ''
  const child = address['child'] ?? ''
  const [from, until] = [address['from'] ?? '', address['until'] ?? '']
  const keyset = useKeyset(JSON.stringify([group, q, child, from, until]))
  const list = useOp(
    auditOps.list,
    {
      limit: 50,
      ...(group ? { group } : {}),
      ...(q ? { q } : {}),
      ...(child ? { child } : {}),
      ...(from ? { from } : {}),
      ...(until ? { until } : {}),
      ...(keyset.after ? { after: keyset.after } : {}),
    },
    { keepLast: true },
  )
  const choices: (AuditGroup | undefined)[] = [undefined, ...auditGroupCodes]
  const named = (each: AuditGroup | undefined) => (each ? say(auditGroups[each]) : t('all'))
  return (
    <Page title={t('title')} sub={t('lead')}>
      <div className="tools">
        <SearchBox
          label={t('find')}
          placeholder={t('find')}
          value={q}
          onSearch={(value) => change({ q: value || undefined })}
        />
        <Menu
          className="chip"
          align="start"
          items={choices.map((each) => ({
            key: each ?? 'all',
            label: named(each),
            checked: each === group,
            onSelect: () => change({ group: each }),
          }))}
        >
          {named(group)}
        </Menu>
      </div>
      <div className="row wrap g12 audit-more">
        <TextInput
          label={t('find_child')}
          hint={t('find_child_help')}
          value={child}
          onChange={(value) => change({ child: value || undefined })}
        />
        <TextInput kind="date" label={t('from')} value={from} onChange={(day) => change({ from: day || undefined })} />
        <TextInput
          kind="date"
          label={t('until')}
          value={until}
          onChange={(day) => change({ until: day || undefined })}
        />
      </div>
      <Loaded of={list} rows={8}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={t('nothing')}>{t('nothing_help')}</EmptyState>
          ) : (
            <>
              <Table
                label={t('title')}
                rows={items}
                columns={columnsOf(t, say, operation)}
                rowId={(row) => row.id}
                rowName={(row) => row.by_name ?? ''}
              />
              <Pager keyset={keyset} next={next} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function columnsOf(
  t: Say<typeof auditText>,
  say: ReturnType<typeof useSay>,
  operation: Say<typeof operationText>,
): Column<Entry>[] {
  return [
    {
      key: 'at',
      head: t('when'),
      phone: 'end',
      cell: (row) => <span className="date">{saidMoment(row.at, t.language)}</span>,
    },
    { key: 'by', head: t('who'), phone: 'name', cell: (row) => <b>{row.by_name}</b> },
    {
      key: 'as',
      head: '',
      phone: 'beside',
      cell: (row) => (
        <span className="dim">
          {row.unit_name} {row.role && row.role in roles ? say(roles[row.role as Role]) : ''}
        </span>
      ),
    },
    {
      key: 'what',
      head: t('what'),
      phone: 'below',
      cell: (row) => (
        <>
          {operation(wordFor(row.operation))}
          {row.child_key && <span className="dim small"> {t('file_key', { key: row.child_key })}</span>}
        </>
      ),
    },
    {
      key: 'why',
      head: t('why'),
      cell: (row) => row.purpose ?? <span className="dim">{t('not_asked')}</span>,
    },
  ]
}
