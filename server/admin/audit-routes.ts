// The maintenance command for the audit log, the same whether a running server or the script itself runs it.
import type { Database } from '../../db/database.ts'
import { listOrganizations } from '../../db/queries/organizations.ts'
import { type ChainReport, verifyChain } from '../audit/verify-chain.ts'
import type { Vault } from '../vault/vault.ts'
import type { AdminRoutes } from './admin-socket.ts'

export interface AuditRouteParts {
  db: Database
  vault: Vault
  /** Writes what was noted and is not written yet. */
  flush(): Promise<void>
}

/** An organization's chain, and what the organization is called. */
export type NamedReport = ChainReport & { name: string }

export const auditRoutes = ({ db, vault, flush }: AuditRouteParts) =>
  ({
    async 'audit-verify'() {
      await flush()
      const reports: NamedReport[] = []
      for (const { id, name } of await listOrganizations(db)) {
        await vault.prepareOrganization(id)
        reports.push({ name, ...(await verifyChain({ db, vault }, id)) })
      }
      return reports
    },
  }) satisfies AdminRoutes

/** A line for each chain, and one for each place where it is not what was written. */
export const describeVerdict = (reports: readonly NamedReport[]): string =>
  reports
    .flatMap(({ organizationId, name, entries, since, end, problems }) => {
      const chain = `${organizationId} (${name})`
      if (problems.length > 0) return [`${chain}: BROKEN, ${entries} entries`, ...problems.map((problem) => `  ${problem}`)]
      return [entries === 0 ? `${chain}: empty` : `${chain}: whole, ${entries} entries since ${since}; it ends with ${end.seq} ${end.mac}`]
    })
    .join('\n')
