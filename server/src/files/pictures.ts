// Pictures as they are kept: upright, no larger than needed, without what the camera wrote into them. The libraries are loaded when the
// first picture comes.
import { readFile } from 'node:fs/promises'
import { pictureSide } from '@nuanyang/contract/files.ts'

/** More pixels than any phone has; a picture bomb has more. */
const mostPixels = 120_000_000

/**
 * @returns a JPEG
 * @throws when the bytes are no picture after all
 */
export async function keptPicture(path: string, heic: boolean): Promise<Buffer> {
  const { default: sharp } = await import('sharp')
  const options = { limitInputPixels: mostPixels, failOn: 'error' as const }
  const picture = heic ? sharp(...(await rawOf(path))) : sharp(path, options).rotate()
  // Metadata is left out unless asked for: place, device and time go.
  return picture
    .resize({ width: pictureSide.full, height: pictureSide.full, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 82, mozjpeg: false })
    .toBuffer()
}

/** heic-decode turns the picture upright itself. */
async function rawOf(path: string) {
  const { default: decode } = await import('heic-decode')
  const { width, height, data } = await decode({ buffer: await readFile(path) })
  if (width * height > mostPixels) throw new Error('more pixels than any phone has')
  return [
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    { raw: { width, height, channels: 4 as const } },
  ] as const
}

async function opened(bytes: AsyncIterable<Uint8Array>) {
  const { default: sharp } = await import('sharp')
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return sharp(Buffer.concat(chunks))
}

/** As it is printed: a signature is some five centimetres wide. */
export async function signaturePicture(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ jpeg: Buffer; width: number; height: number }> {
  const picture = (await opened(bytes)).resize({ width: 480, height: 240, fit: 'inside', withoutEnlargement: true })
  const { data, info } = await picture.jpeg({ quality: 70 }).toBuffer({ resolveWithObject: true })
  return { jpeg: data, width: info.width, height: info.height }
}

export async function smallPicture(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return (await opened(bytes))
    .resize({ width: pictureSide.small, height: pictureSide.small, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 74 })
    .toBuffer()
}
