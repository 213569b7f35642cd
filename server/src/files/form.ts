// What a file is, told by its bytes: names from outside are only labels.
import { open } from 'node:fs/promises'

export interface Form {
  form: 'picture' | 'heic' | 'pdf' | 'office' | 'sound'
  media: string
}

const ascii = (head: Buffer, from: number, until: number) => head.toString('latin1', from, until)

/** Brands of the ISO container that are still pictures of phones. */
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'])
const soundBrands = new Set(['M4A ', 'M4B ', 'mp42', 'isom', '3gp4', '3gp5'])

/** Parts of a zip's first entries that only Office files have. */
const office: readonly [RegExp, string][] = [
  [/word\//, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/xl\//, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [/ppt\//, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
]

/** @returns null for what is not taken in: programs, archives, video, anything unknown */
export async function formOf(path: string): Promise<Form | null> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16_384), 0, 16_384, 0)
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, 65_536))
    await handle.read(tail, 0, tail.length, size - tail.length)
    return formOfBytes(buffer.subarray(0, bytesRead), tail)
  } finally {
    await handle.close()
  }
}

function formOfBytes(head: Buffer, tail: Buffer): Form | null {
  if (head.length < 12) return null
  if (head.readUInt16BE(0) === 0xff_d8 && head[2] === 0xff) return { form: 'picture', media: 'image/jpeg' }
  if (head.readUInt32BE(0) === 0x89_50_4e_47) return { form: 'picture', media: 'image/png' }
  if (ascii(head, 0, 4) === 'GIF8') return { form: 'picture', media: 'image/gif' }
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return { form: 'picture', media: 'image/webp' }
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WAVE') return { form: 'sound', media: 'audio/wav' }
  if (ascii(head, 0, 5) === '%PDF-') return { form: 'pdf', media: 'application/pdf' }
  if (ascii(head, 0, 4) === 'OggS') return { form: 'sound', media: 'audio/ogg' }
  if (ascii(head, 0, 5) === '#!AMR') return { form: 'sound', media: 'audio/amr' }
  if (ascii(head, 0, 3) === 'ID3' || (head[0] === 0xff && (head[1]! & 0xe6) === 0xe2))
    return { form: 'sound', media: 'audio/mpeg' }
  if (ascii(head, 4, 8) === 'ftyp') {
    const brand = ascii(head, 8, 12)
    if (heicBrands.has(brand)) return { form: 'heic', media: 'image/heic' }
    // A container of sound has no picture track among its first boxes; with one it is a video, which is not taken.
    return soundBrands.has(brand) && !head.includes('vide') && !tail.includes('vide')
      ? { form: 'sound', media: 'audio/mp4' }
      : null
  }
  // Word, Excel and PowerPoint before 2007, and WPS, in one container; a program has another.
  if (head.readUInt32BE(0) === 0xd0_cf_11_e0) return { form: 'office', media: 'application/x-ole-storage' }
  if (head.readUInt32BE(0) === 0x50_4b_03_04) {
    const names = head.toString('latin1') + tail.toString('latin1')
    const known = names.includes('[Content_Types].xml') ? office.find(([part]) => part.test(names)) : undefined
    // With a macro inside it is a program in a paper's clothes.
    return known && !names.includes('vbaProject.bin') ? { form: 'office', media: known[1] } : null
  }
  return null
}
