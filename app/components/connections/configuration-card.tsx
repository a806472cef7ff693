import { Card } from '../../ui/card.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { ConnectionOutlet } from './connection-outlet.ts'
import { connectionsPath } from '../../lib/connection-paths.ts'
import { Fact, Facts } from './facts.tsx'
import { MetadataChips } from './metadata-chips.tsx'

export function ConfigurationCard({ namespace, connection }: ConnectionOutlet) {
  const { mcpUrl, sessions, metadata, createdAt, updatedAt, lastUsedAt } = connection
  const hasMetadata = metadata !== null && Object.keys(metadata).length > 0
  return (
    <Card title="Configuration">
      <Facts>
        <Fact label="Server URL">
          <span className="font-mono text-code select-all">{mcpUrl}</span>
        </Fact>
        <Fact label="Metadata">
          {hasMetadata ? (
            <MetadataChips metadata={metadata} listPath={connectionsPath(namespace)} />
          ) : (
            <span className="text-muted">None</span>
          )}
        </Fact>
        <Fact label="Sessions">{sessions === 'shared' ? 'Shared by all callers' : 'One per caller'}</Fact>
        <Fact label="Last used">
          <RelativeTime at={lastUsedAt} />
        </Fact>
        <Fact label="Updated">
          <RelativeTime at={updatedAt} />
        </Fact>
        <Fact label="Created">
          <RelativeTime at={createdAt} />
        </Fact>
      </Facts>
    </Card>
  )
}
