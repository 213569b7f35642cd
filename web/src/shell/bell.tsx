// The bell: how many notices are unread, on every page. Asked again once a minute while the window is looked at.
import { noticeOps } from '@nuanyang/contract/notices.ts'
import { useOp } from '../kernel/query.ts'
import { paths } from '../paths.ts'
import { To } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import { shellText } from './shell.text.ts'

export function Bell() {
  const t = useWords(shellText)
  const { data } = useOp(noticeOps.unread, {}, { again: () => 60_000 })
  const count = data?.count ?? 0
  const label = count > 0 ? t('notices_unread', { n: count }) : t('notices')
  return (
    <To to={paths.notices()} className="icbtn bell" aria-label={label} title={label}>
      <Icon name="bell" />
      {count > 0 && <span className="bell-count">{count > 99 ? '99+' : count}</span>}
    </To>
  )
}
