// What base64 from a stranger really is, by its first bytes: the name that it came with may lie. Only what a browser
// decodes without running anything is on the list; SVG is a document and stays off.

const SNIFFED_CHARACTERS = 32

type Signatures = readonly (readonly [pattern: RegExp, mimeType: string])[]

/** The first bytes in hexadecimal. WHATWG MIME Sniffing §6.1 and §6.2. */
const IMAGES: Signatures = [
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^47494638(37|39)61/, 'image/gif'],
  [/^52494646.{8}574542505650/, 'image/webp'],
]

const AUDIO: Signatures = [
  [/^52494646.{8}57415645/, 'audio/wav'],
  [/^(494433|ff[ef][23ab])/, 'audio/mpeg'],
  [/^4f67675300/, 'audio/ogg'],
  [/^664c6143/, 'audio/flac'],
  [/^.{8}66747970(4d3441|6d7034|69736f6d)/, 'audio/mp4'],
  [/^1a45dfa3/, 'audio/webm'],
]

export const imageType = (base64: string): string | undefined => typeIn(IMAGES, base64)
export const audioType = (base64: string): string | undefined => typeIn(AUDIO, base64)

export const dataUrl = (mimeType: string, base64: string): string => `data:${mimeType};base64,${base64}`

/** How many bytes the text stands for. */
export const base64Size = (base64: string): number => Math.floor((base64.replace(/=+$/, '').length * 3) / 4)

function typeIn(signatures: Signatures, base64: string): string | undefined {
  const start = decodeStart(base64)
  return signatures.find(([signature]) => signature.test(start))?.[1]
}

function decodeStart(base64: string): string {
  // A whole group of four characters stands for three bytes, so the cut is clean.
  try {
    return Array.from(atob(base64.slice(0, SNIFFED_CHARACTERS)), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  } catch {
    return ''
  }
}
