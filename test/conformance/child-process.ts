// Child processes of the harness: their output is kept for the day it explains a failure, and they end with their signal.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Enough to see what went wrong, little enough to print. */
const keptOutputChars = 20_000

export interface StartedProcess {
  child: ChildProcess
  /** The last of what it printed, stdout and stderr together. */
  output(): string
  /** The exit code, or null if a signal ended it; rejects if it could not be started or was aborted. */
  exited: Promise<number | null>
}

export interface StartOptions {
  cwd?: string
  /** Replaces the environment; without it the program inherits ours. */
  env?: Record<string, string>
  signal: AbortSignal
}

/** Starts a program. Aborting the signal kills it by its pid. */
export function startProcess(file: string, args: string[], { env, ...options }: StartOptions): StartedProcess {
  const child = spawn(file, args, {
    ...options,
    ...(env && { env: env as NodeJS.ProcessEnv }),
    stdio: ['ignore', 'pipe', 'pipe'],
    killSignal: 'SIGKILL',
  })
  let output = ''
  const keep = (text: string) => void (output = (output + text).slice(-keptOutputChars))
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  const exited = once(child, 'close').then(([code]) => code as number | null)
  // Whoever waits for the exit hears of it; nobody waiting is not a reason to end the harness.
  exited.catch(() => {})
  return { child, output: () => output, exited }
}
