// `npm run bench`: what Plugboard costs, as ratios to the same call without it. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBench, type Bench } from './bench.ts'
import { FULL_PLAN, QUICK_PLAN } from './plan.ts'
import { compileChildren } from './processes/compile-children.ts'
import type { SectionResult } from './report/figure.ts'
import { formatSection } from './report/format-section.ts'
import { describeMachine } from './report/machine.ts'
import { measureConsole } from './sections/measure-console.ts'
import { measureDoors } from './sections/measure-doors.ts'
import { measureManyConnections } from './sections/measure-many-connections.ts'
import { measureMetadataFilter } from './sections/measure-metadata-filter.ts'
import { measureNoisy } from './sections/measure-noisy.ts'
import { measureRenewals } from './sections/measure-renewals.ts'
import { measureTokens } from './sections/measure-tokens.ts'
import { measureStart } from './sections/measure-start.ts'

const SECTIONS: Record<string, (bench: Bench) => Promise<SectionResult[]>> = {
  doors: measureDoors,
  tokens: measureTokens,
  many: measureManyConnections,
  filter: measureMetadataFilter,
  renewals: measureRenewals,
  console: measureConsole,
  noisy: measureNoisy,
  start: measureStart,
}

function readOptions() {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } })
  const wanted = values.only?.split(',') ?? Object.keys(SECTIONS)
  const unknown = wanted.find((name) => !Object.hasOwn(SECTIONS, name))
  if (unknown !== undefined) throw new Error(`There is no section ${unknown}: choose from ${Object.keys(SECTIONS).join(', ')}`)
  return { plan: values.quick ? QUICK_PLAN : FULL_PLAN, wanted }
}

function writeResults(results: object): string {
  const directory = join(import.meta.dirname, 'results')
  mkdirSync(directory, { recursive: true })
  const file = join(directory, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`)
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
  return file
}

async function run(): Promise<void> {
  const { plan, wanted } = readOptions()
  const startedAt = performance.now()
  const machine = describeMachine()
  console.log(machine)
  await compileChildren()
  const bench = await startBench(plan)
  const sections: SectionResult[] = []
  try {
    for (const name of wanted) {
      const results = await SECTIONS[name]!(bench)
      for (const section of results) console.log(formatSection(section))
      sections.push(...results)
    }
  } finally {
    await bench.stop()
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`\n${seconds} s. Raw figures: ${writeResults({ machine, plan, seconds, sections })}`)
}

run().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
