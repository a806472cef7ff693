// Scripts, styles and icons of the pages. All of them are read once at start: a request is a look into a
// map of exact paths, so there is no path to traverse and no disk on the way.
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  // To be read where it is opened: browsers offer text/markdown for download.
  '.md': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const COMPRESSIBLE = /^text\/|json|svg/

/** Vite puts a hash of the content into the name of everything below /assets/. */
const cacheControl = (path: string) => (path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')

interface Asset {
  plain: Uint8Array<ArrayBuffer>
  gzipped: Uint8Array<ArrayBuffer> | undefined
  headers: Record<string, string>
  etag: string
}

function readAsset(file: string, path: string): Asset {
  const plain = new Uint8Array(readFileSync(file))
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  return {
    plain,
    gzipped: COMPRESSIBLE.test(type) ? new Uint8Array(gzipSync(plain)) : undefined,
    etag,
    headers: { 'content-type': type, 'cache-control': cacheControl(path), etag, vary: 'accept-encoding', 'x-content-type-options': 'nosniff' },
  }
}

/** Undefined: not an asset, ask the next one. */
export type AssetHandler = (request: Request) => Response | undefined

/** Serves what lies in `directory` (build/client, which holds the files of public/ too) under the same paths. */
export function createAssetHandler(directory: string): AssetHandler {
  const assets = new Map<string, Asset>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(directory, file).replaceAll(sep, '/')}`
    // Hidden files are tools' notes (`.vite/manifest.json`), not content.
    if (!entry.isFile() || path.includes('/.')) continue
    assets.set(path, readAsset(file, path))
  }
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
    const asset = assets.get(new URL(request.url).pathname)
    if (!asset) return undefined
    if (request.headers.get('if-none-match') === asset.etag) return new Response(null, { status: 304, headers: asset.headers })
    const gzip = asset.gzipped && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') ? asset.gzipped : undefined
    const body = gzip ?? asset.plain
    const headers = { ...asset.headers, 'content-length': String(body.byteLength), ...(gzip && { 'content-encoding': 'gzip' }) }
    return new Response(request.method === 'HEAD' ? null : body, { headers })
  }
}
