// QR codes. What they say is a link that shows nothing without signing in; never a name, number or address. The library is fetched with the
// first code: a server that prints nothing does not carry it.

interface QrOptions {
  /** White modules around the code; the standard asks for 4. Print layouts that leave white space themselves pass 0. */
  readonly margin?: number
}

/** The code as an SVG document, black on white, square viewBox, no size of its own. Throws when `text` is empty or over 2 kB. */
export async function qrSvg(text: string, { margin = 4 }: QrOptions = {}): Promise<string> {
  const { default: QRCode } = await import('qrcode')
  return QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin })
}

/** The code as a PNG with six pixels a module, for Word. */
export async function qrPng(text: string, { margin = 4 }: QrOptions = {}): Promise<Buffer> {
  const { default: QRCode } = await import('qrcode')
  return QRCode.toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin, scale: 6 })
}
