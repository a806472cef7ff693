// The script before `npm start` and `npm test`, on a made-up clone with an npm and a build that only take notes.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

const scripts = fileURLToPath(new URL('../../../server/scripts', import.meta.url))
const NPM = `
const { appendFileSync, copyFileSync, existsSync, mkdirSync } = require('node:fs')
appendFileSync('notes', 'npm ' + process.argv.slice(2, 4).join(' ') + '\\n')
if (existsSync('broken')) { console.log('registry says no'); process.exit(3) }
mkdirSync('node_modules', { recursive: true })
copyFileSync('package-lock.json', 'node_modules/.package-lock.json')
`
const BUILD = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
appendFileSync('notes', 'build\\n')
for (const folder of ['build/server', 'build/plugboard']) mkdirSync(folder, { recursive: true })
for (const file of ['server/index.js', 'plugboard/main.js', 'plugboard/keys.js', 'plugboard/audit.js']) writeFileSync('build/' + file, '')
`

let clone: string
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(clone, path)), { recursive: true })
  writeFileSync(join(clone, path), text)
}
const lockWith = (packages: object) => JSON.stringify({ packages: { '': {}, ...packages } })

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'plugboard-clone-'))
  cpSync(scripts, join(clone, 'server/scripts'), { recursive: true })
  write('server/scripts/build.mjs', BUILD)
  write('npm-cli.js', NPM)
  write('package-lock.json', lockWith({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/mac-only': { version: '1.0.0', optional: true } }))
  write('app/root.tsx', 'one')
})
afterEach(() => rmSync(clone, { recursive: true }))

function ready(goal: string) {
  const env = { ...process.env, npm_execpath: join(clone, 'npm-cli.js') }
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(clone, 'server/scripts/ready.mjs'), goal], { cwd: clone, env, encoding: 'utf8' })
  const notes = existsSync(join(clone, 'notes')) ? readFileSync(join(clone, 'notes'), 'utf8').trim().split('\n') : []
  rmSync(join(clone, 'notes'), { force: true })
  return { status, stderr, stdout, notes }
}

it('a fresh clone is installed and built, and says so on stderr', () => {
  const first = ready('start')
  expect(first).toMatchObject({ status: 0, stdout: '', notes: ['npm ci --include=dev', 'build'] })
  expect(first.stderr).toContain('installing packages')
  expect(first.stderr).toContain('building')
})

it('when there is nothing to do, nothing is done or said', () => {
  ready('start')
  expect(ready('test')).toEqual({ status: 0, stdout: '', stderr: '', notes: [] })
})

it('a changed, added or removed source is built again, without an install', () => {
  ready('start')
  write('app/root.tsx', 'two')
  expect(ready('start').notes).toEqual(['build'])
  write('app/new.tsx', '')
  expect(ready('start').notes).toEqual(['build'])
  rmSync(join(clone, 'app/new.tsx'))
  expect(ready('start').notes).toEqual(['build'])
})

it('a build that was removed is made again', () => {
  ready('start')
  rmSync(join(clone, 'build/plugboard'), { recursive: true })
  expect(ready('start').notes).toEqual(['build'])
})

it('a changed lock file is installed, and what was built with the old one is built again', () => {
  ready('start')
  write('package-lock.json', lockWith({ 'node_modules/a': { version: '2.0.0' } }))
  expect(ready('start').notes).toEqual(['npm ci --include=dev', 'build'])
})

it('an install that somebody made by hand counts, also without another platform’s packages', () => {
  write('node_modules/.package-lock.json', lockWith({ 'node_modules/a': { version: '1.0.0' } }))
  expect(ready('install').notes).toEqual([])
})

it('`npm run dev` needs no build', () => {
  expect(ready('install').notes).toEqual(['npm ci --include=dev'])
})

it('a failed install shows what npm said, fails, and is tried again', () => {
  write('broken', '')
  const failed = ready('start')
  expect(failed).toMatchObject({ status: 1, notes: ['npm ci --include=dev'] })
  expect(failed.stderr).toContain('registry says no')
  rmSync(join(clone, 'broken'))
  expect(ready('start')).toMatchObject({ status: 0, notes: ['npm ci --include=dev', 'build'] })
})

it('an unknown goal is answered with the ones there are', () => {
  expect(ready('dance')).toMatchObject({ status: 1, stderr: expect.stringContaining('install | start | test') })
})
