// The photos of a record that is being written: a row of small pictures, and the question about one that may not be taken as it is.
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Button, IconButton } from '../ui/controls.tsx'
import { Icon } from '../ui/icons.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { Dialog } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import type { Photo, Photos } from './form.photos.ts'
import { photosText } from './photos.text.ts'

// Only who covers a face fetches it.
const CoverDialog = lazy(() => import('../files/cover.tsx').then((module) => ({ default: module.CoverDialog })))

export function PhotoRow({ photos }: { photos: Photos }) {
  const t = useWords(photosText)
  const list = photos.list.filter((one) => one.signed_by === undefined)
  const input = useRef<HTMLInputElement>(null)
  const [covering, setCovering] = useState<Photo | null>(null)
  return (
    <div className="rec-photos" role="group" aria-label={t('photos')}>
      <input
        ref={input}
        type="file"
        multiple
        className="vh"
        tabIndex={-1}
        aria-hidden="true"
        accept="image/*,.heic"
        onChange={(event) => {
          photos.add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <div className="pick">
        <span className="pick-label">{t('photos')}</span>
        <button type="button" className="rec-when" onClick={() => input.current?.click()}>
          <Icon name="camera" size={20} />
          {t('add')}
        </button>
      </div>
      {list.length > 0 && (
        <ul className="rec-photo-list">
          {list.map((photo) => (
            <li key={photo.id}>
              <button type="button" aria-label={t('cover_named', { name: photo.file.name })} onClick={() => setCovering(photo)}>
                <Small file={photo.file} />
                <span className="small">{t(photo.covered ? 'covered' : 'cover')}</span>
              </button>
              <IconButton icon="close" label={t('remove_named', { name: photo.file.name })} onClick={() => photos.remove(photo.id)} />
            </li>
          ))}
        </ul>
      )}
      {photos.left.length > 0 && <ProblemLine>{t('left', { names: photos.left.map((file) => file.name).join('、') })}</ProblemLine>}
      {covering && (
        <Suspense>
          <CoverDialog
            file={covering.file}
            onClose={() => setCovering(null)}
            onCovered={(file) => {
              photos.cover(covering.id, file)
              setCovering(null)
            }}
          />
        </Suspense>
      )}
    </div>
  )
} // prettier-ignore

export function Small({ file }: { file: File }) {
  const image = useRef<HTMLImageElement>(null)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    if (image.current) image.current.src = made
    return () => URL.revokeObjectURL(made)
  }, [file])
  if (broken) return <Icon name="file" size={24} />
  return <img ref={image} alt="" onError={() => setBroken(true)} />
}

/** The record is saved; this photo is not yet. It is covered, or left out. */
export function PhotoRefused({ photos, onAnswered }: { photos: Photos; onAnswered: () => void }) {
  const t = useWords(photosText)
  const say = useSay()
  const [covering, setCovering] = useState(false)
  if (!photos.refused) return null
  const { photo, problem } = photos.refused
  const leaveOut = () => {
    photos.remove(photo.id)
    onAnswered()
  }
  if (covering)
    return (
      <Suspense>
        <CoverDialog
          file={photo.file}
          onClose={() => setCovering(false)}
          onCovered={(file) => {
            setCovering(false)
            photos.cover(photo.id, file)
            onAnswered()
          }}
        />
      </Suspense>
    )
  return (
    <Dialog
      title={t('refused_title')}
      actions={
        <>
          <Button kind="text" onClick={leaveOut}>
            {t('leave_out')}
          </Button>
          {problem.code === 'photo_consent' && (
            <Button kind="primary" onClick={() => setCovering(true)}>
              {t('cover_it')}
            </Button>
          )}
        </>
      }
    >
      <div className="stack">
        <p>{t('refused_help', { name: photo.file.name })}</p>
        <ProblemLine>{say({ zh: problem.detail, en: problem.detail_en })}</ProblemLine>
      </div>
    </Dialog>
  )
}
