// A place for one file: dropped, chosen or pasted; on its way it shows how far it is, how long it may take, and can be stopped.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from './controls.tsx'
import { Icon } from './icons.tsx'
import { fill, useWords } from './language.ts'
import { ProgressLine } from './state.tsx'
import { uiText } from './ui.text.ts'

export interface FileDropProps {
  /** Endings with their dot: ['.xlsx', '.csv']. Left out where the server looks into the file and says what is wrong with it. */
  accepts?: readonly string[]
  limitBytes: number
  onFile: (file: File) => void
  /** While a file is on its way. */
  sending?: { name: string; done: number; all: number; onStop: () => void } | undefined
  error?: string | undefined
  children?: ReactNode
  camera?: boolean
}

export function FileDrop({ accepts, limitBytes, onFile, sending, error, children, camera }: FileDropProps) {
  const t = useWords(uiText)
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string>()

  function take(file: File | undefined): void {
    if (!file) return
    const ending = file.name.toLowerCase().match(/\.[^.]+$/)?.[0] ?? ''
    if (accepts && !accepts.includes(ending))
      setRefused(fill(uiText.wrong_kind, { name: file.name, kinds: accepts.join(' ') }))
    else if (file.size > limitBytes)
      setRefused(fill(uiText.too_big, { name: file.name, size: inBytes(file.size), limit: inBytes(limitBytes) }))
    else {
      setRefused(undefined)
      onFile(file)
    }
  }
  useEffect(() => {
    const paste = (event: ClipboardEvent) => take(event.clipboardData?.files[0])
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  })
  if (sending) return <Sending {...sending} />
  return (
    <div
      className={`drop${over ? ' drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
    >
      <Icon name="file" size={32} />
      <p className="desk-only">
        <b>{t(over ? 'let_go' : 'drop_here')}</b>
      </p>
      <input
        ref={input}
        type="file"
        className="vh"
        tabIndex={-1}
        aria-hidden="true"
        accept={accepts?.join(',')}
        {...(camera ? { capture: 'environment' as const } : {})}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button onClick={() => input.current?.click()}>
        <span className="desk-only">{t('or_choose')}</span>
        <span className="phone-only">{t('choose_file')}</span>
      </Button>
      {children && <div className="small dim">{children}</div>}
      {(refused ?? error) && (
        <p className="field-error" role="alert">
          <Icon name="bang" size={16} />
          <span>{refused ?? error}</span>
        </p>
      )}
    </div>
  )
}

function Sending({ name, done, all, onStop }: NonNullable<FileDropProps['sending']>) {
  const t = useWords(uiText)
  const seconds = useSecondsLeft(done, all)
  const left =
    seconds === null
      ? null
      : seconds < 90
        ? t('seconds', { n: Math.max(1, Math.ceil(seconds)) })
        : t('minutes', { n: Math.ceil(seconds / 60) })
  return (
    <div className="drop drop-sending">
      <p>
        {t('sending_file')} <b>{name}</b>
      </p>
      <ProgressLine value={all ? done / all : null} label={t('sending_file')} />
      <p className="small dim">
        {t('of_bytes', { done: inBytes(done), all: inBytes(all) })}
        {left && `，${t('about_left', { time: left })}`}
      </p>
      <Button onClick={onStop}>{t('stop')}</Button>
    </div>
  )
}

/** What is left at the pace so far; null before the first byte. */
function useSecondsLeft(done: number, all: number): number | null {
  const started = useRef(0)
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    started.current ||= performance.now()
    const seconds = (performance.now() - started.current) / 1000
    setLeft(done > 0 && seconds > 0.5 ? (seconds / done) * (all - done) : null)
  }, [done, all])
  return left
}

/** 12.4 MB, 310 KB: the units of the file manager. */
export function inBytes(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  return `${Number((bytes / 1024 / 1024).toFixed(1))} MB`
}
