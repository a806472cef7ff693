// What the console's pages cost the server in a namespace of 100,000 connections, and the browser to load.
import { setTimeout as settle } from 'node:timers/promises'
import type { Bench } from '../bench.ts'
import { connectionName } from '../children/request-template.ts'
import { type ConsoleVisit, openConsole } from '../console/open-console.ts'
import { compressedScriptKilobytes } from '../console/script-size.ts'
import { cpuMicros } from '../measure/process-stats.ts'
import { prepareDataDir } from '../processes/data-dir.ts'
import { startServer } from '../processes/start-server.ts'
import type { Figure, SectionResult } from '../report/figure.ts'
import { gatewayRequest } from '../requests.ts'

const WARM = 50
const RUNS = 200

const PAGES = [
  { name: 'list of connections, first page', path: '/app/demo/connections', atMostMs: 100 },
  { name: 'overview', path: '/app/demo', atMostMs: 20 },
  { name: 'one connection', path: `/app/demo/connections/${connectionName(0)}`, atMostMs: 20 },
] as const

const FIRST_PAGES = ['/sign-in', '/app/demo'] as const

export async function measureConsole({ plan, upstream, runLoad }: Bench): Promise<SectionResult[]> {
  const dataDir = await prepareDataDir(plan.filteredConnections, upstream.ready)
  const server = await startServer(dataDir.path, dataDir.rootKey)
  const origin = `http://127.0.0.1:${server.port}`
  try {
    const visit = await openConsole(origin, dataDir.path)
    const template = gatewayRequest(dataDir.rootKey, connectionName(0))
    await runLoad({ port: server.port, targetPid: server.pid, template, warmMs: 0, maxCalls: 100 })
    // Until the calls are written, the overview has nothing to draw.
    await settle(2 * plan.flushMs)
    const pages: Figure[] = []
    for (const { name, path, atMostMs } of PAGES) {
      pages.push({ what: name, value: await cpuPerPage(visit, path, server.pid), unit: 'ms', aim: { atMost: atMostMs }, basis: `${RUNS} after ${WARM} warm` })
    }
    const scripts: Figure[] = []
    for (const path of FIRST_PAGES) {
      const html = path === '/sign-in' ? await (await fetch(`${origin}${path}`)).text() : await visit.readPage(path)
      scripts.push({ what: `JavaScript of ${path}, gzip`, value: await compressedScriptKilobytes(origin, html), unit: 'kB', aim: { atMost: 200 } })
    }
    const figures = [...pages, ...scripts]
    return [{ title: `The console, with ${plan.filteredConnections} connections: CPU of the server per page`, figures, raw: figures }]
  } finally {
    await server.stop()
    await dataDir.remove()
  }
}

/** In milliseconds; one after the other, so that nothing else is in the count. */
async function cpuPerPage(visit: ConsoleVisit, path: string, pid: number): Promise<number> {
  for (let run = 0; run < WARM; run++) await visit.readPage(path)
  const before = cpuMicros(pid)
  for (let run = 0; run < RUNS; run++) await visit.readPage(path)
  return (cpuMicros(pid) - before) / RUNS / 1000
}
