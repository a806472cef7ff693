// What a running Plugboard holds in memory: a heap snapshot (V8 collects all garbage before it takes one).
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ListeningPlugboard } from './spawn-plugboard.ts'

export interface HeapRecorder {
  /** To start the process with. V8 would cut strings at 1024 characters, and with them what they hide. */
  nodeArgs: string[]
  /** The snapshot as text. */
  take(plugboard: ListeningPlugboard): Promise<string>
  remove(): Promise<void>
}

export async function createHeapRecorder(): Promise<HeapRecorder> {
  const directory = await mkdtemp(join(tmpdir(), 'plugboard-heap-'))
  return {
    nodeArgs: ['--heapsnapshot-signal=SIGUSR2', `--diagnostic-dir=${directory}`, '--heap-snapshot-string-limit=1000000'],
    async take({ child, url }) {
      child.kill('SIGUSR2')
      let names: string[] = []
      while (names.length === 0) {
        await (await fetch(`${url}/healthz`)).text()
        names = await readdir(directory)
      }
      // Writing it holds up the process: an answer means that it is written.
      await (await fetch(`${url}/healthz`)).text()
      return readFile(join(directory, names[0]!), 'latin1')
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}
