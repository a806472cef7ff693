// npm run keys status | rotate | rewrap | retire [<key id>]: asks the running server to do it, or, if
// none runs, opens the database itself.
import { describeReport } from '../admin/describe-keys.ts'
import { keyCommands, keyRoutes, type KeyCommand } from '../admin/key-routes.ts'
import { sealedTables } from '../admin/vault-storage.ts'
import { openAlone } from './open-alone.ts'
import { refuseUsage, runCommand } from './run-command.ts'

const USAGE = 'Usage: npm run keys status | rotate | rewrap | retire [<id of an encryption key>]'

const isKeyCommand = (text: string | undefined): text is KeyCommand => keyCommands.some((command) => command === text)

const [command, argument, ...rest] = process.argv.slice(2)
if (!isKeyCommand(command) || rest.length > 0 || (argument !== undefined && command !== 'retire')) {
  refuseUsage(USAGE)
} else {
  const route = `keys-${command}` as const
  await runCommand(
    { route, argument, runAlone: (config) => openAlone<unknown>(config, ({ db, vault }) => keyRoutes(vault, sealedTables(db))[route](argument)) },
    (report) => describeReport(command, report),
  )
}
