import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type {} from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { UploadedFile } from '@nuanyang/contract/kernel.ts'
import { newId } from './ids.ts'
import { problem } from './problem.ts'

/** 100 MB: the largest real roster seen is under 20 MB. */
export const uploadLimitBytes = 100 * 1024 * 1024

/**
 * Streams one file of a multipart body to disk. Half a file is never left behind, and its name from the outside is only a label.
 * @throws too_large, upload_cut, invalid (no file)
 */
export async function receiveFile(
  request: FastifyRequest,
  dataDir: string,
): Promise<{ file: UploadedFile; fields: Record<string, string> }> {
  const folder = join(dataDir, 'uploads')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, newId())
  const fields: Record<string, string> = {}
  let file: UploadedFile | null = null
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else {
        await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
        if (part.file.truncated) throw problem('too_large', { values: { limit: '100 MB' } })
        file = { name: part.filename.slice(0, 200), path, bytes: part.file.bytesRead }
      }
    }
  } catch (error) {
    await rm(path, { force: true })
    throw brokenOff(error) ? problem('upload_cut') : error
  }
  if (!file)
    throw problem('invalid', {
      values: { count: 1 },
      errors: [{ path: 'file', zh: '请选一个文件。', en: 'Choose a file.' }],
    })
  return { file, fields }
}

function brokenOff(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : ''
  return (
    ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code) ||
    /Unexpected end|Premature close|aborted/i.test(message)
  )
}
