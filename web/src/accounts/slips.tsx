// The slips with one-time passwords: shown once, printed to be cut apart.
import type { NewCredentials } from '@nuanyang/contract/accounts.ts'
import { settingOps } from '@nuanyang/contract/settings.ts'
import { roles } from '@nuanyang/contract/roles.ts'
import { useOp } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { listed, useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { peopleText } from './people.text.ts'
import './people.css'

export function Slips({ items }: { items: readonly NewCredentials[] }) {
  const t = useWords(peopleText)
  const say = useSay()
  const address = useDoorAddress()
  return (
    <ul className="slips">
      {items.map((one) => (
        <li key={one.id}>
          <p className="slip-who">
            <b>{one.name}</b>
            <span className="dim">{listed([one.unit_name, one.role && say(roles[one.role])], t.language)}</span>
          </p>
          <dl>
            <dt>{t('slip_open')}</dt>
            <dd>{address ?? t('slip_here')}</dd>
            <dt>{t('username')}</dt>
            <dd>{one.username}</dd>
            <dt>{t('slip_password')}</dt>
            <dd className={one.one_time_password ? 'slip-code' : 'dim'}>{one.one_time_password ?? t('slip_gone')}</dd>
          </dl>
          <p className="small dim">{t('slip_then')}</p>
        </li>
      ))}
    </ul>
  )
}

/** Where the person opens it: the address here, or the phones' when this one is of this computer alone; null when there is none. */
function useDoorAddress(): string | null {
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
  const phones = useOp(settingOps.phone_access_get, {}, { when: here })
  return here ? (phones.data?.addresses[0] ?? null) : location.origin
}

/** One slip over the page it was made on; has to be put away by hand, since it never comes back. */
export function SlipDialog({ made, onClose }: { made: NewCredentials; onClose: () => void }) {
  const t = useWords(peopleText)
  return (
    <Dialog
      title={t('slip_title')}
      actions={
        <>
          <Button icon="print" onClick={() => globalThis.print()}>
            {t('print')}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t('done')}
          </Button>
        </>
      }
    >
      <p className="dim no-print">{t('slip_help')}</p>
      <Slips items={[made]} />
    </Dialog>
  )
}
