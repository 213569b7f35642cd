// A document as a person gets it: asked for, made by the job, fetched.
import { documentOps, type NewDocument } from '@nuanyang/contract/documents.ts'
import { newId } from '../kernel/ids.ts'
import type { Called, Person, TestApp } from './app.ts'

export type Asked = Omit<NewDocument, 'id' | 'purpose'> & { purpose?: string }

export interface Fetched extends Called {
  /** '' when it was refused. */
  readonly id: string
}

/** The file's bytes, or the refusal of the first step that refused. */
export async function fetchDocument(app: TestApp, who: Person, asked: Asked): Promise<Fetched> {
  const id = newId()
  const issued = await app.send(documentOps.issue, { body: { purpose: '核对', ...asked, id } }, who)
  if (issued.status !== 200) return { ...issued, id: '' }
  await app.work()
  const file = await app.send(documentOps.download, { id, body: { format: asked.format } }, who)
  if (file.status !== 200) throw new Error(`${asked.kind} was not made: ${file.text} ${issued.text}`)
  return { ...file, id }
}

export async function documentBytes(app: TestApp, who: Person, asked: Asked): Promise<Buffer> {
  const file = await fetchDocument(app, who, asked)
  if (file.status !== 200) throw new Error(`${asked.kind} was refused: ${file.text}`)
  return file.bytes
}
