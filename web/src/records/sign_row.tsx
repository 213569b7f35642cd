// Signatures of a record that is being written: who has signed, and asking for one.
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useWords } from '../ui/language.ts'
import type { Photos } from './form.photos.ts'
import { Small } from './photos.tsx'
import { signText } from './sign.text.ts'

const SignPad = lazy(() => import('./sign_pad.tsx').then((module) => ({ default: module.SignPad })))

interface Props {
  photos: Photos
  /** 领取人签字. */
  label: string
  /** Who it will be, as written in the field for it; said on the pad, it is written there. */
  name: string
  onName: (name: string) => void
}

export function SignRow({ photos, label, name, onName }: Props) {
  const t = useWords(signText)
  const [asking, setAsking] = useState(false)
  const signed = photos.list.filter((one) => one.signed_by !== undefined)
  return (
    <div className="rec-photos" role="group" aria-label={label}>
      <div className="pick">
        <span className="pick-label">{label}</span>
        <button type="button" className="rec-when" onClick={() => setAsking(true)}>
          <Icon name="pencil" size={20} />
          {t(signed.length > 0 ? 'sign_again' : 'sign')}
        </button>
      </div>
      {signed.length > 0 && (
        <ul className="rec-photo-list rec-signed">
          {signed.map((one) => (
            <li key={one.id}>
              <figure aria-label={t('signature_of', { name: one.signed_by! })}>
                <Small file={one.file} />
                <figcaption className="small">{one.signed_by}</figcaption>
              </figure>
              <IconButton
                icon="close"
                label={t('take_out', { name: one.signed_by! })}
                onClick={() => photos.remove(one.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {asking && (
        <Suspense>
          <SignPad
            title={label}
            name={name}
            onClose={() => setAsking(false)}
            onSigned={(file, signed_by) => {
              photos.sign(file, signed_by)
              onName(signed_by)
              setAsking(false)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
