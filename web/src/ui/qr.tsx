// A QR code as one path, black on white in every theme: readers need the contrast. The coder is fetched when one is shown.
import { useEffect, useState } from 'react'

export function Qr({ text, label, size = 200 }: { text: string; label: string; size?: number }) {
  const [drawn, setDrawn] = useState<{ path: string; side: number }>()
  useEffect(() => {
    let gone = false
    void import('qrcode').then(({ create }) => {
      const { modules } = create(text, { errorCorrectionLevel: 'M' })
      const dots: string[] = []
      for (let y = 0; y < modules.size; y++)
        for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) dots.push(`M${x + 4} ${y + 4}h1v1h-1z`)
      if (!gone) setDrawn({ path: dots.join(''), side: modules.size + 8 })
    })
    return () => {
      gone = true
    }
  }, [text])
  return (
    <svg
      className="qr"
      width={size}
      height={size}
      viewBox={`0 0 ${drawn?.side ?? 1} ${drawn?.side ?? 1}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={drawn?.path} fill="#000" />
    </svg>
  )
}
