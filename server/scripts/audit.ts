// npm run audit verify: whether the audit log of each organization is what was written. Asks the running server, or, if none
// runs, opens the database itself. Exits with 1 if a chain is broken.
import { auditRoutes, describeVerdict, type NamedReport } from '../admin/audit-routes.ts'
import type { Config } from '../config/config.ts'
import { openAlone } from './open-alone.ts'
import { refuseUsage, runCommand } from './run-command.ts'

const [command, ...rest] = process.argv.slice(2)
if (command !== 'verify' || rest.length > 0) {
  refuseUsage('Usage: npm run audit verify')
} else {
  const runAlone = (config: Config) =>
    openAlone(config, ({ db, vault }) => auditRoutes({ db, vault, flush: async () => undefined })['audit-verify']())
  await runCommand({ route: 'audit-verify', runAlone }, (answer) => {
    const reports = answer as NamedReport[]
    if (reports.some(({ problems }) => problems.length > 0)) process.exitCode = 1
    return describeVerdict(reports)
  })
}
