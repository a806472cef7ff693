// What a person reads after `npm start`: what to open, and a first call that works.
import type { Config } from '../config/config.ts'
import type { RootKey } from '../boot/root-key.ts'
import type { SetupCode } from '../boot/setup-code.ts'

export interface BannerInput {
  config: Config
  port: number
  rootKey: RootKey
  /** Until there is an owner. */
  setupCode: SetupCode | undefined
  /** The demo connection's path (`demo/demo`), if there is one to call. */
  demo: string | undefined
  /** A person is looking: on a terminal, and on a laptop. Logs and pipes get no key. */
  showKey: boolean
}

export function banner({ config, port, rootKey, setupCode, demo, showKey }: BannerInput): string {
  const origin = config.publicUrl.origin
  const lines = ['', `  Plugboard is running.   ${origin}`, '']
  const welcome = `  Finish setting up: ${origin}/welcome`
  if (!showKey) {
    lines.push(`  Listening on ${config.host}:${port}.`, `  API key: ${rootKey.file ? `in ${rootKey.file}` : 'from PLUGBOARD_ROOT_KEY'}`)
    if (setupCode) lines.push(`${welcome}  (code in ${setupCode.file})`)
    lines.push('')
    return lines.join('\n')
  }
  if (demo) {
    lines.push(
      '  A first call, against the demo server that runs beside it:',
      '',
      `    curl ${origin}/connect/${demo}/.tools/echo \\`,
      `      -H 'Authorization: Bearer ${rootKey.key.reveal()}' \\`,
      `      -H 'Content-Type: application/json' -d '{"message": "hello"}'`,
      '',
    )
  }
  if (setupCode) lines.push(welcome, `  Setup code: ${setupCode.code.reveal()}`, `  (also in ${setupCode.file})`, '')
  lines.push(`  Your API key: ${rootKey.key.reveal()}`, ...(rootKey.file ? [`  (also in ${rootKey.file})`] : []), '')
  return lines.join('\n')
}
