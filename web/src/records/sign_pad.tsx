// The pad on which somebody signs with a finger; a photo of a signed paper does as well. Fetched when somebody signs.
import { useEffect, useRef, useState } from 'react'
import SignaturePad from 'signature_pad'
import { Button } from '../ui/controls.tsx'
import { TextInput } from '../ui/fields.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { signText } from './sign.text.ts'
import './sign.css'

interface Props {
  title: string
  /** Who is thought to sign, as far as it is written down. */
  name: string
  onClose: () => void
  onSigned: (file: File, signed_by: string) => void
}

export function SignPad({ title, name, onClose, onSigned }: Props) {
  const t = useWords(signText)
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<SignaturePad>(null)
  const paper = useRef<HTMLInputElement>(null)
  const [who, setWho] = useState(name)
  const [lacks, setLacks] = useState<'need_who' | 'need_ink' | null>(null)
  useEffect(() => {
    const area = canvas.current!
    // Drawn at the screen's own resolution; a print needs at least twice the size of the frame.
    const ratio = Math.max(2, window.devicePixelRatio)
    area.width = area.offsetWidth * ratio
    area.height = area.offsetHeight * ratio
    area.getContext('2d')!.scale(ratio, ratio)
    pad.current = new SignaturePad(area, { backgroundColor: '#ffffff', penColor: '#1c1a3a', minWidth: 1, maxWidth: 3 })
    return () => pad.current?.off()
  }, [])
  function take(file: File): void {
    if (!who.trim()) return setLacks('need_who')
    onSigned(file, who.trim())
  }
  function use(): void {
    if (!who.trim()) return setLacks('need_who')
    if (pad.current!.isEmpty()) return setLacks('need_ink')
    canvas.current!.toBlob((blob) => blob && take(new File([blob], `${who.trim()}签字.png`, { type: 'image/png' })))
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {/* Opened from within a form: a name that is confirmed with Enter must not send that form. */}
      <div
        className="stack"
        onKeyDown={(event) =>
          event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()
        }
      >
        <TextInput
          label={t('who')}
          maxLength={60}
          value={who}
          onChange={setWho}
          error={lacks === 'need_who' && !who.trim() ? t('need_who') : undefined}
        />
        <div>
          <p className="field-label">{t('here')}</p>
          <canvas ref={canvas} className="sign-area" aria-label={t('here')} onPointerDown={() => setLacks(null)} />
          {lacks === 'need_ink' && <ProblemLine>{t('need_ink')}</ProblemLine>}
        </div>
        <input
          ref={paper}
          type="file"
          className="vh"
          tabIndex={-1}
          aria-hidden="true"
          accept="image/*,.heic"
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) take(file)
          }}
        />
        <div className="row wrap g8">
          <Button kind="primary" onClick={use}>
            {t('use')}
          </Button>
          <Button onClick={() => pad.current?.clear()}>{t('clear')}</Button>
          <Button kind="text" icon="camera" onClick={() => paper.current?.click()}>
            {t('paper')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
