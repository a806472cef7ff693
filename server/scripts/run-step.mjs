// Runs one long step with signs of life on stderr; what the step prints is shown only if it fails.
import { spawn } from 'node:child_process'

const SIGN_OF_LIFE_MS = 5_000

const say = (text) => process.stderr.write(`plugboard: ${text}\n`)

/** Resolves when `command` succeeds; prints its output and rejects when it does not. */
export function runStep(title, command, args, { cwd, env = {} }) {
  const startedAt = performance.now()
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0)
  say(`${title} …`)
  const ticker = setInterval(() => say(`${title}, ${seconds()} s`), SIGN_OF_LIFE_MS)
  return new Promise((resolve, reject) => {
    const output = []
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (chunk) => output.push(chunk))
    child.stderr.on('data', (chunk) => output.push(chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else {
        process.stderr.write(Buffer.concat(output))
        reject(new Error(`${title} failed (${signal ?? `exit code ${code}`}); its output is above`))
      }
    })
  }).then(
    () => (clearInterval(ticker), say(`${title}: done in ${seconds()} s`)),
    (error) => {
      clearInterval(ticker)
      throw error
    },
  )
}
