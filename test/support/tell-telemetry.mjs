// Preloaded (`node --import`) into a Plugboard that is started for a test: says at its end what of OpenTelemetry it has loaded.
import { createRequire } from 'node:module'
import { writeSync } from 'node:fs'

const { cache } = createRequire(import.meta.url)

process.on('exit', () => {
  const packages = Object.keys(cache).flatMap((path) => /\/node_modules\/(@opentelemetry\/[^/]+)\//.exec(path)?.[1] ?? [])
  writeSync(1, `Loaded: ${[...new Set(packages)].join(' ') || 'nothing'}.\n`)
})
