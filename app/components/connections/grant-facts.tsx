import { RelativeTime } from '../../ui/relative-time.tsx'
import type { CredentialSummary } from './connection-types.ts'
import { Fact, Facts } from './facts.tsx'
import { MACHINE_GRANTS } from './machine-grants.ts'

type Grant = NonNullable<CredentialSummary['grant']>

export const MachineFact = ({ machineGrant }: { machineGrant: NonNullable<CredentialSummary['machineGrant']> }) => (
  <Fact label="Signs in">By itself, with {MACHINE_GRANTS[machineGrant]}</Fact>
)

/** Who granted what, and for how long it lasts. The tokens themselves are sealed. */
export function GrantFacts({ issuer, scopes, grantedAt, expiresAt, renewedAt, renewsItself, machineGrant }: Grant & Pick<CredentialSummary, 'machineGrant'>) {
  return (
    <Facts>
      {machineGrant && <MachineFact machineGrant={machineGrant} />}
      <Fact label="Granted by">
        <span className="font-mono text-code">{issuer}</span>
      </Fact>
      <Fact label="Scopes">{scopes.length === 0 ? <span className="text-muted">The server’s default</span> : <span className="font-mono text-code">{scopes.join(' ')}</span>}</Fact>
      <Fact label="Granted">
        <RelativeTime at={grantedAt} />
      </Fact>
      {renewsItself && (
        <Fact label="Renewed">
          <RelativeTime at={renewedAt} never="Not yet" />
        </Fact>
      )}
      <Fact label="Token ends">
        <RelativeTime at={expiresAt} never="Unknown" />
      </Fact>
      <Fact label="Afterwards">{renewsItself ? (machineGrant ? 'Asked for again by itself' : 'Renewed by itself') : 'Somebody has to sign in again'}</Fact>
    </Facts>
  )
}
