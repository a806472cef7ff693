import { Link } from '@remix-run/react'
import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { CredentialSummary } from './connection-types.ts'
import { Fact, Facts } from './facts.tsx'
import { GrantFacts, MachineFact } from './grant-facts.tsx'
import { SetupLinkButton } from './setup-link-button.tsx'

function Names({ names }: { names: readonly string[] }) {
  return (
    <ul>
      {names.map((name) => (
        <li key={name} className="font-mono text-code">
          {name}
        </li>
      ))}
    </ul>
  )
}

interface CredentialCardProps {
  credential: CredentialSummary
  editPath: string
  /** Where a person replaces what was granted. */
  signInUrl: string | undefined
}

/** Names and ages. Values are sealed, and no procedure answers them. */
export function CredentialCard({ credential, editPath, signInUrl }: CredentialCardProps) {
  const { kind, grant, machineGrant, headerNames, queryNames, createdAt, updatedAt } = credential
  const isConfigured = createdAt !== null
  return (
    <Card
      title="Credential"
      description="Sealed; no value is ever shown"
      actions={
        signInUrl !== undefined && (
          <SetupLinkButton url={signInUrl} size="sm">
            Sign in again
          </SetupLinkButton>
        )
      }
    >
      {grant && <GrantFacts {...grant} machineGrant={machineGrant} />}
      {!grant && machineGrant && (
        <Facts>
          <MachineFact machineGrant={machineGrant} />
          <Fact label="Token">
            <span className="text-muted">None yet</span>
          </Fact>
        </Facts>
      )}
      {(grant || machineGrant) && isConfigured && <hr className="my-4 border-line" />}
      {kind === 'none' && (
        <p className="text-small text-muted">
          None: the server is called without one.{' '}
          <Link to={editPath} className="link">
            Add headers
          </Link>
        </p>
      )}
      {isConfigured && (
        <Facts>
          {headerNames.length > 0 && (
            <Fact label={headerNames.length === 1 ? 'Header' : 'Headers'}>
              <Names names={headerNames} />
            </Fact>
          )}
          {queryNames.length > 0 && (
            <Fact label={queryNames.length === 1 ? 'Query value' : 'Query values'}>
              <Names names={queryNames} />
            </Fact>
          )}
          <Fact label="Stored">
            <RelativeTime at={createdAt} />
          </Fact>
          {updatedAt !== null && updatedAt !== createdAt && (
            <Fact label="Changed">
              <RelativeTime at={updatedAt} />
            </Fact>
          )}
        </Facts>
      )}
    </Card>
  )
}
