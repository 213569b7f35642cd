// Photos of a record that is being written: kept beside its draft, sent after it was saved. Without a network they wait in the outbox
// behind their record; a photo that is refused is asked about while its writer is still here.
import { useEffect, useRef, useState } from 'react'
import { fileLimitBytes, fileOps } from '@nuanyang/contract/files.ts'
import { upload } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { keepFiles, keptFiles } from '../kernel/kept_files.ts'
import { post } from '../kernel/outbox_browser.ts'
import { Problem } from '../kernel/problem.ts'

export interface Photo {
  id: string
  file: File
  /** Its faces were covered here. */
  covered: boolean
  /** It is the signature of this person, on the screen or on paper. */
  signed_by?: string
}

/** As many as one record may have at once from the phone. */
export const photosAtOnce = 9

export interface Photos {
  list: readonly Photo[]
  /** Files that are no pictures to be taken along: too large or too many. */
  left: readonly File[]
  refused: { photo: Photo; problem: Problem } | null
  busy: boolean
  add: (files: readonly File[]) => void
  /** One person signs once: who signs again has signed anew. */
  sign: (file: File, signed_by: string) => void
  remove: (id: string) => void
  cover: (id: string, file: File) => void
  /** Sends what there is; false when one was refused and waits for its answer. `there`: the record is with the server. */
  send: (record_id: string, there: boolean, label: string) => Promise<boolean>
}

export function usePhotos(record_id: string): Photos {
  const key = `record.${record_id}`
  const [list, setList] = useState<readonly Photo[]>([])
  const [left, setLeft] = useState<readonly File[]>([])
  const [refused, setRefused] = useState<Photos['refused']>(null)
  const [busy, setBusy] = useState(false)
  // What is sent one after the other has to see what was covered or taken out meanwhile.
  const latest = useRef(list)
  const set = (next: readonly Photo[]) => {
    latest.current = next
    setList(next)
    void keepFiles(key, next.length ? next : null)
  }
  useEffect(() => {
    let here = true
    void keptFiles<Photo[]>(key).then((kept) => {
      if (!here || !kept || latest.current.length > 0) return
      latest.current = kept
      setList(kept)
    })
    return () => {
      here = false
    }
  }, [key])
  const remove = (id: string) => {
    setRefused(null)
    set(latest.current.filter((one) => one.id !== id))
  }
  return {
    list,
    left,
    refused,
    busy,
    remove,
    add(files) {
      const room = photosAtOnce - latest.current.length
      const fit = files.filter((file) => file.size <= fileLimitBytes).slice(0, room)
      setLeft(files.filter((file) => !fit.includes(file)))
      set([...latest.current, ...fit.map((file) => ({ id: newId(), file, covered: false }))])
    },
    sign(file, signed_by) {
      set([
        ...latest.current.filter((one) => one.signed_by !== signed_by),
        { id: newId(), file, covered: true, signed_by },
      ])
    },
    cover(id, file) {
      setRefused(null)
      // Other bytes are another file, should the first have been sent and refused.
      set(latest.current.map((one) => (one.id === id ? { id: newId(), file, covered: true } : one)))
    },
    async send(owner_id, there, label) {
      setBusy(true)
      try {
        for (const photo of latest.current) {
          const problem = await sendOne(photo, owner_id, there, label)
          if (problem) {
            setRefused({ photo, problem })
            return false
          }
          remove(photo.id)
        }
        return true
      } finally {
        setBusy(false)
      }
    },
  }
}

/** @returns why the server refused it; null: it is there, or safely on its way */
async function sendOne(photo: Photo, owner_id: string, there: boolean, label: string): Promise<Problem | null> {
  const fields = { id: photo.id, owner_type: 'record' as const, owner_id, ...(photo.signed_by ? { signed_by: photo.signed_by } : photo.covered ? { covered: 'yes' as const } : {}) } // prettier-ignore
  if (there)
    try {
      await upload(fileOps.add, { body: fields, file: photo.file }, { key: photo.id })
      return null
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (!error.passing) return error
    }
  await post({ id: photo.id, operation: fileOps.add.name, params: fields, body: { file: photo.file }, label })
  return null
}
