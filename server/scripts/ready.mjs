// Before `npm start`, `npm test` and `npm run dev`: brings a fresh clone to where they can run, and costs
// nothing when there is nothing to do. Nothing may be installed yet, so only `node:` imports.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashTree } from './hash-tree.mjs'
import { isInstalled } from './installed.mjs'
import { runStep } from './run-step.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const SOURCES = ['app', 'client', 'db', 'public', 'server', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']
const OUTPUTS = ['build/server/index.js', 'build/plugboard/main.js', 'build/plugboard/keys.js', 'build/plugboard/audit.js']
const MIN_NODE = [20, 19]

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return
  throw new Error(`Node.js ${MIN_NODE.join('.')} or newer is needed; this is ${process.versions.node}`)
}

/** Runs `step` unless `mark` says it ran for these inputs and its outputs are still there. */
async function ensure({ mark, inputs, isDone, step }) {
  const file = join(root, mark)
  const wanted = hashTree(root, inputs)
  if (existsSync(file) && readFileSync(file, 'utf8') === wanted && isDone()) return
  await step()
  if (!isDone()) throw new Error('the build succeeded and left something out; remove build/ and try again')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, wanted)
}

async function installPackages() {
  if (isInstalled(root)) return
  // The npm that runs us, not whichever is first in PATH.
  const cli = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined
  const [command, first] = cli ? [process.execPath, [cli]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  // No package needs its install scripts: native parts come as packages of their own.
  const args = [...first, 'ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await runStep('installing packages', command, args, { cwd: root })
}

const ensureInstalled = () =>
  ensure({
    mark: 'node_modules/.plugboard-installed',
    inputs: ['package-lock.json'],
    isDone: () => true,
    step: installPackages,
  })

const ensureBuilt = () =>
  ensure({
    mark: 'build/.built-from',
    inputs: SOURCES,
    isDone: () => OUTPUTS.every((path) => existsSync(join(root, path))),
    step: () => runStep('building', process.execPath, [join(root, 'server/scripts/build.mjs')], { cwd: root }),
  })

const goals = { install: [ensureInstalled], start: [ensureInstalled, ensureBuilt], test: [ensureInstalled, ensureBuilt] }

try {
  const goal = process.argv[2] ?? ''
  if (!Object.hasOwn(goals, goal)) throw new Error(`usage: node server/scripts/ready.mjs ${Object.keys(goals).join(' | ')}`)
  requireNode()
  for (const ensureStep of goals[goal]) await ensureStep()
} catch (error) {
  process.stderr.write(`plugboard: ${error.message}\n`)
  process.exitCode = 1
}
