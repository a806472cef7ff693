import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AssetHandler, createAssetHandler } from '../../../server/http/assets.ts'

let directory: string
let serve: AssetHandler
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'plugboard-assets-'))
  mkdirSync(join(directory, 'assets'))
  mkdirSync(join(directory, '.vite'))
  writeFileSync(join(directory, 'assets/app-1a2b.js'), 'let x = 1\n'.repeat(100))
  writeFileSync(join(directory, 'favicon.svg'), '<svg/>')
  writeFileSync(join(directory, '.vite/manifest.json'), '{}')
  writeFileSync(join(directory, '..', `${directory.split('/').at(-1)}-secret`), 'secret')
  serve = createAssetHandler(directory)
})
afterAll(() => {
  rmSync(directory, { recursive: true })
  rmSync(`${directory}-secret`)
})

const get = (path: string, init?: RequestInit) => serve(new Request(`http://a.test${path}`, init))

it('a hashed file is cached for ever, any other for an hour', () => {
  expect(get('/assets/app-1a2b.js')?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(get('/favicon.svg')?.headers.get('cache-control')).toBe('public, max-age=3600')
})

it('each file says what it is, and browsers may not guess', () => {
  expect(get('/favicon.svg')?.headers.get('content-type')).toBe('image/svg+xml')
  expect(get('/favicon.svg')?.headers.get('x-content-type-options')).toBe('nosniff')
})

it('text is compressed for those who can read it', async () => {
  const zipped = get('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'br, gzip' } })
  expect(zipped?.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(await zipped!.arrayBuffer()).toString()).toContain('let x = 1')
  expect(await get('/assets/app-1a2b.js')?.text()).toContain('let x = 1')
})

it('a known version is not sent again', () => {
  const etag = get('/favicon.svg')!.headers.get('etag')!
  expect(get('/favicon.svg', { headers: { 'if-none-match': etag } })?.status).toBe(304)
})

it('HEAD has the length and no body', async () => {
  const head = get('/favicon.svg', { method: 'HEAD' })
  expect([head?.headers.get('content-length'), await head?.text()]).toEqual(['6', ''])
})

it.each(['/', '/nope', '/.vite/manifest.json', '/assets/', '/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/favicon.svg/'])('%s is not an asset', (path) => {
  expect(get(path)).toBeUndefined()
})

it('other methods are somebody else’s', () => {
  expect(get('/favicon.svg', { method: 'POST' })).toBeUndefined()
})
