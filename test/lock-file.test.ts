// The lock file installs everywhere and holds nothing that is known to be broken. npm silently leaves other
// platforms' binaries out of a lock in some circumstances, and `npm ci` then fails there.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  version: string
  resolved?: string
  integrity?: string
  link?: boolean
  optionalDependencies?: Record<string, string>
}
type Lock = Readonly<Record<string, LockedPackage>>

const read = (path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as unknown
const lock = (read('package-lock.json') as { packages: Lock }).packages
const wanted = read('package.json') as Record<'dependencies' | 'devDependencies', Record<string, string>>

/** As Node looks: beside the package, then beside each package around it. */
function findLocked(packages: Lock, from: string, name: string): string | undefined {
  let place = from
  for (;;) {
    const path = `${place && `${place}/`}node_modules/${name}`
    if (packages[path]) return path
    if (place === '') return undefined
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  }
}

const findMissingBinaries = (packages: Lock): string[] =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !findLocked(packages, path, name))
      .map((name) => `${path} wants ${name}`),
  )

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
const versionsOf = (name: string) => Object.entries(lock).flatMap(([path, { version }]) => (nameOf(path) === name ? [version] : []))

function isAtLeast(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split(/[.-]/).map(Number)) as [number[], number[]]
  for (const [index, part] of need.entries()) if (have[index] !== part) return (have[index] ?? 0) > part
  return true
}

describe('every platform', () => {
  it.each([
    ['rollup', ['@rollup/rollup-darwin-arm64', '@rollup/rollup-linux-x64-musl', '@rollup/rollup-win32-x64-msvc']],
    ['esbuild', ['@esbuild/darwin-arm64', '@esbuild/linux-arm64', '@esbuild/win32-x64']],
    ['@tailwindcss/oxide', ['@tailwindcss/oxide-darwin-arm64', '@tailwindcss/oxide-linux-arm64-gnu', '@tailwindcss/oxide-linux-x64-musl']],
    ['lightningcss', ['lightningcss-darwin-arm64', 'lightningcss-linux-arm64-gnu', 'lightningcss-linux-x64-musl']],
    ['libsql', ['@libsql/darwin-arm64', '@libsql/linux-arm64-gnu', '@libsql/linux-x64-musl', '@libsql/win32-x64-msvc']],
    ['oxlint', ['@oxlint/binding-darwin-arm64', '@oxlint/binding-linux-arm64-gnu', '@oxlint/binding-linux-x64-musl']],
  ])('finds its binary of %s in the lock', (owner, binaries) => {
    const path = `node_modules/${owner}`
    expect(Object.keys(lock[path]?.optionalDependencies ?? {})).toEqual(expect.arrayContaining(binaries))
    expect(binaries.filter((name) => !findLocked(lock, path, name))).toEqual([])
  })

  it('finds every other optional package there too', () => {
    expect(findMissingBinaries(lock)).toEqual([])
  })

  it('a binary that is left out is noticed, also one that a nested copy wants', () => {
    const left = { 'node_modules/a': { version: '1', optionalDependencies: { 'a-linux': '1', 'a-mac': '1' } }, 'node_modules/a-linux': { version: '1' } }
    expect(findMissingBinaries(left)).toEqual(['node_modules/a wants a-mac'])
    const nested = { ...left, 'node_modules/b/node_modules/a': left['node_modules/a'], 'node_modules/a-mac': { version: '1' } }
    expect(findMissingBinaries(nested)).toEqual([])
  })
})

describe('no version in the lock is older than the one that mended', () => {
  it.each([
    ['@modelcontextprotocol/sdk', '1.26.0', 'CVE-2026-25536: one client got another one’s answer'],
    ['@modelcontextprotocol/client', '2.4.0', 'the first that speaks 2026-07-28'],
    ['@trpc/server', '11.8.0', 'CVE-2025-68130: prototype pollution by form data'],
    ['@remix-run/node', '2.17.5', 'CVE-2026-42342: denial of service through __manifest'],
    ['@remix-run/react', '2.17.5', 'CVE-2026-42342: denial of service through __manifest'],
    ['@remix-run/server-runtime', '2.17.5', 'CVE-2026-42342: denial of service through __manifest'],
    ['drizzle-orm', '0.45.2', 'CVE-2026-39356: identifiers were not escaped'],
    ['hono', '4.12.25', 'CVE-2026-54290: CORS reflected origins with credentials'],
    ['undici', '6.29.1', 'CVE-2026-9679: Set-Cookie injection, shared cache'],
    ['ipaddr.js', '1.9.1', 'what express brings; ours is checked below'],
    ['@libsql/client', '0.18.0', 'the one whose lost write our client is built around'],
  ])('%s below %s (%s)', (name, floor) => {
    const versions = versionsOf(name)
    expect(versions).not.toEqual([])
    expect(versions.filter((version) => !isAtLeast(version, floor))).toEqual([])
  })

  it.each([
    ['undici', '7.28.0', 'CVE-2026-9679'],
    ['ipaddr.js', '2.5.0', 'NAT64 and 6to4 addresses counted as public'],
    ['vite', '6.4.2', 'CVE-2026-39363: the development server read any file'],
  ])('%s, as we import it, below %s (%s)', (name, floor) => {
    expect(isAtLeast(lock[`node_modules/${name}`]?.version ?? '0', floor)).toBe(true)
  })

  it('versions are compared as numbers', () => {
    expect(isAtLeast('4.12.25', '4.12.9')).toBe(true)
    expect(isAtLeast('4.9.30', '4.12.9')).toBe(false)
    expect(isAtLeast('5.0.0', '4.12.9')).toBe(true)
  })
})

describe('the lock file', () => {
  it('names no registry, so that everyone installs from their own', () => {
    expect(Object.entries(lock).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })

  it('has a digest for every package', () => {
    const without = Object.entries(lock).filter(([path, entry]) => path !== '' && !entry.integrity && !entry.link)
    expect(without.map(([path]) => path)).toEqual([])
  })

  it('pins what package.json pins', () => {
    const exact = Object.entries({ ...wanted.dependencies, ...wanted.devDependencies }).filter(([, range]) => /^\d/.test(range))
    expect(exact.filter(([name, version]) => lock[`node_modules/${name}`]?.version !== version)).toEqual([])
  })
})
