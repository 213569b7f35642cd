// Faces are covered before a picture leaves the device: boxes are drawn with a finger, and what lies under them becomes coarse squares.
import { useEffect, useRef, useState, type PointerEvent } from 'react'
import { pictureSide } from '@nuanyang/contract/files.ts'
import { Button } from '../ui/controls.tsx'
import { useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { filesText } from './files.text.ts'

interface Box {
  x: number
  y: number
  w: number
  h: number
}

/** Squares across a covered face: too few to tell anybody by. */
const squares = 6

export function CoverDialog({
  file,
  onCovered,
  onClose,
}: {
  file: File
  onCovered: (covered: File) => void
  onClose: () => void
}) {
  const t = useWords(filesText)
  const picture = usePicture(file)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [boxes, setBoxes] = useState<readonly Box[]>([])
  const [drawing, setDrawing] = useState<Box | null>(null)
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (canvas.current && picture && picture !== 'broken')
      draw(canvas.current, picture, drawing ? [...boxes, drawing] : boxes)
  }, [picture, boxes, drawing])

  function at(event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
    const { left, top, width } = event.currentTarget.getBoundingClientRect()
    const scale = event.currentTarget.width / width
    return { x: (event.clientX - left) * scale, y: (event.clientY - top) * scale }
  }
  function save(): void {
    setTried(true)
    if (boxes.length === 0) return
    canvas.current?.toBlob(
      (blob) => blob && onCovered(new File([blob], file.name.replace(/(\.\w+)?$/, '.jpg'), { type: 'image/jpeg' })),
      'image/jpeg',
      0.9,
    )
  }
  return (
    <Dialog
      title={t('cover_title')}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={save}>
          {t('cover_go')}
        </Button>
      }
    >
      {picture === 'broken' ? (
        <ProblemLine>{t('cover_unseen')}</ProblemLine>
      ) : (
        <div className="stack">
          <p>{t('cover_help')}</p>
          <canvas
            ref={canvas}
            className="cover"
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              setDrawing({ ...at(event), w: 0, h: 0 })
            }}
            onPointerMove={(event) => {
              if (!drawing) return
              const to = at(event)
              setDrawing({ ...drawing, w: to.x - drawing.x, h: to.y - drawing.y })
            }}
            onPointerUp={() => {
              if (drawing && Math.abs(drawing.w) > 8 && Math.abs(drawing.h) > 8) setBoxes([...boxes, upright(drawing)])
              setDrawing(null)
            }}
          />
          <div className="row wrap g12">
            <Button
              onClick={() =>
                canvas.current && setBoxes([{ x: 0, y: 0, w: canvas.current.width, h: canvas.current.height }])
              }
            >
              {t('cover_all')}
            </Button>
            {boxes.length > 0 && <Button onClick={() => setBoxes(boxes.slice(0, -1))}>{t('cover_back')}</Button>}
          </div>
          {tried && boxes.length === 0 && <ProblemLine>{t('cover_none')}</ProblemLine>}
        </div>
      )}
    </Dialog>
  )
}

function usePicture(file: File): ImageBitmap | 'broken' | null {
  const [picture, setPicture] = useState<ImageBitmap | 'broken' | null>(null)
  useEffect(() => {
    let here = true
    createImageBitmap(file, { imageOrientation: 'from-image' }).then(
      (bitmap) => here && setPicture(bitmap),
      () => here && setPicture('broken'),
    )
    return () => {
      here = false
    }
  }, [file])
  return picture
}

const upright = ({ x, y, w, h }: Box): Box => ({
  x: Math.min(x, x + w),
  y: Math.min(y, y + h),
  w: Math.abs(w),
  h: Math.abs(h),
})

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, boxes: readonly Box[]): void {
  const scale = Math.min(1, pictureSide.full / Math.max(picture.width, picture.height))
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const on = canvas.getContext('2d')!
  on.drawImage(picture, 0, 0, canvas.width, canvas.height)
  for (const box of boxes.map(upright)) {
    if (box.w < 1 || box.h < 1) continue
    // Made tiny and stretched again: the squares hold no more than their own mean.
    const across = Math.max(2, Math.round((squares * box.w) / Math.max(box.w, box.h)))
    const down = Math.max(2, Math.round((squares * box.h) / Math.max(box.w, box.h)))
    const tiny = new OffscreenCanvas(across, down)
    const small = tiny.getContext('2d')!
    small.imageSmoothingQuality = 'high'
    small.drawImage(canvas, box.x, box.y, box.w, box.h, 0, 0, across, down)
    on.imageSmoothingEnabled = false
    on.drawImage(tiny, 0, 0, across, down, box.x, box.y, box.w, box.h)
    on.imageSmoothingEnabled = true
  }
}
