import { gzipSync } from 'node:zlib'

const PRELOADED = /<link rel="modulepreload"[^>]*? href="([^"]+)"/g
const IMPORTED = /\bimport\s*(?:\*\s*as\s+\w+\s+from\s*|\(\s*)?"(\/assets\/[^"]+\.js)"/g

/** Kilobytes of JavaScript that a page makes a browser load before it is alive, compressed. */
export async function compressedScriptKilobytes(origin: string, html: string): Promise<number> {
  const urls = new Set([PRELOADED, IMPORTED].flatMap((pattern) => [...html.matchAll(pattern)].map(([, url]) => url!)))
  if (urls.size === 0) throw new Error('The page loads no script')
  const sizes = await Promise.all([...urls].map(async (url) => gzipSync(Buffer.from(await (await fetch(new URL(url, origin))).arrayBuffer())).length))
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
