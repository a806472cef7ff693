// Plugboard as an operator runs it: the built server in a process of its own, on a directory of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const movableClock = join(import.meta.dirname, 'clock-over-ipc.mjs')
const main = join(root, 'build/plugboard/main.js')

export interface SpawnOptions {
  env?: Record<string, string>
  /** For Node itself, before the script. */
  nodeArgs?: string[]
  /** Kept by the caller; otherwise made here and removed by `stop`. */
  dataDir?: string
  uid?: number
  /** Whether `advance` can be used. */
  movableClock?: boolean
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface SpawnedPlugboard {
  child: ChildProcess
  dataDir: string
  /** Resolves when the process is gone. */
  exited: Promise<Exit>
  stdout(): string
  stderr(): string
  /** Moves its clock; once it has been moved. */
  advance(ms: number): Promise<void>
  /** Kills whatever is left and removes the directory, if it was made here. */
  stop(): Promise<void>
}

/** Starts the process and waits for nothing. */
export async function spawnPlugboard(options: SpawnOptions = {}): Promise<SpawnedPlugboard> {
  if (!existsSync(main)) throw new Error('there is no build: node server/scripts/ready.mjs test')
  const made = options.dataDir === undefined
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'plugboard-process-')))
  const preloads = options.movableClock ? ['--import', movableClock] : []
  const child = spawn(process.execPath, [...preloads, ...(options.nodeArgs ?? []), main], {
    // Away from the repository: a developer's own .env is not part of a test.
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATA_DIR: dataDir, DEMO: '0', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.movableClock ? (['ipc'] as const) : [])],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout!.setEncoding('utf8').on('data', (text: string) => void (printed.stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => void (printed.stderr += text))
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal, ...printed } as Exit))
  return {
    child,
    dataDir,
    exited,
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    async advance(ms) {
      const moved = once(child, 'message')
      child.send({ advanceMs: ms })
      await moved
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await exited
      if (made) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export interface ListeningPlugboard extends SpawnedPlugboard {
  url: string
  rootKey: string
}

/** Starts the process on a free port and waits until it says where it listens. */
export async function startSpawnedPlugboard(options: SpawnOptions = {}): Promise<ListeningPlugboard> {
  const spawned = await spawnPlugboard({ ...options, env: { PORT: '0', ...options.env } })
  const port = await new Promise<string>((ready, fail) => {
    const look = () => {
      const found = /Listening on [^\s]+:(\d+)\./.exec(spawned.stdout())
      if (found) ready(found[1]!)
    }
    spawned.child.stdout!.on('data', look)
    void spawned.exited.then(({ code, stderr }) => fail(new Error(`Plugboard left with ${code}: ${stderr}`)))
  })
  const given = options.env?.PLUGBOARD_ROOT_KEY
  return {
    ...spawned,
    url: `http://127.0.0.1:${port}`,
    rootKey: given ?? (await readFile(join(spawned.dataDir, 'root-key'), 'utf8')).trim(),
  }
}
