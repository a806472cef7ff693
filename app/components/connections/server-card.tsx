import { Card } from '../../ui/card.tsx'
import type { ServerInfo } from './connection-types.ts'
import { Fact, Facts } from './facts.tsx'

/** What the server says of itself: a stranger's words, shown as text; its link is spelled out. */
export function ServerCard({ info }: { info: ServerInfo | undefined }) {
  return (
    <Card title="Server" description="In its own words">
      {info === undefined ? (
        <p className="text-small text-muted">It has not introduced itself yet. A check that works brings its name and version.</p>
      ) : (
        <Facts>
          {info.title !== undefined && <Fact label="Title">{info.title}</Fact>}
          <Fact label="Name">{info.name}</Fact>
          {info.version !== '' && <Fact label="Version">{info.version}</Fact>}
          {info.description !== undefined && <Fact label="Description">{info.description}</Fact>}
          {info.websiteUrl !== undefined && (
            <Fact label="Website">
              <a href={info.websiteUrl} rel="noopener noreferrer" target="_blank" className="link">
                {info.websiteUrl}
              </a>
            </Fact>
          )}
        </Facts>
      )}
    </Card>
  )
}
