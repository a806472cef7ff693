// build/client and build/server: the pages, by Remix's Vite. build/plugboard: the server, bundled so that a
// start reads two files instead of some hundred; packages stay outside and are loaded from node_modules.
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { runStep } from './run-step.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const buildPages = () =>
  runStep('building pages', process.execPath, [join(root, 'node_modules/@remix-run/dev/dist/cli.js'), 'vite:build'], {
    cwd: root,
    env: { NODE_ENV: 'production' },
  })

async function buildServer() {
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'server/main.ts', keys: 'server/scripts/keys.ts', audit: 'server/scripts/audit.ts' },
    outdir: join(root, 'build/plugboard'),
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
  })
}

try {
  // In this order: Remix empties build/ first. The second takes a fraction of a second.
  await buildPages()
  await buildServer()
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
