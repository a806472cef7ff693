import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { FactList, Where } from './fact-list.tsx'

export interface EncryptionCardProps {
  encryption: {
    source: 'file' | 'environment' | 'generated'
    keks: readonly { id: string; primary: boolean; wraps: number }[]
    dataKeys: number
    /** When the youngest data key was made. */
    lastRotatedAt: string | null
  }
}

const SOURCES = {
  file: { value: 'A file of the operator’s.', changedBy: 'SECRETS_KEK_FILE' },
  environment: { value: 'The environment.', changedBy: 'SECRETS_KEKS' },
  generated: { value: 'Generated in the data directory. Back it up: without it, stored credentials are gone.', changedBy: 'SECRETS_KEK_FILE' },
}

/** In the order in which keys are replaced. */
const COMMANDS = ['status', 'rotate', 'rewrap', 'retire'].map((command) => `npm run keys ${command}`).join('\n')

/** How stored credentials are sealed, and the commands that look after it. */
export function EncryptionCard({ encryption: { source, keks, dataKeys, lastRotatedAt } }: EncryptionCardProps) {
  const { value, changedBy } = SOURCES[source]
  return (
    <Card title="Encryption keys" description="Credentials are sealed with data keys, and those with a key-encryption key that is not in the database.">
      <FactList
        facts={[
          { name: 'Comes from', value, changedBy: <Where>{changedBy}</Where> },
          {
            name: 'Key-encryption keys',
            value: (
              <ul className="grid gap-1">
                {keks.map(({ id, primary, wraps }) => (
                  <li key={id} className="flex flex-wrap items-center gap-2">
                    <Where>{id}</Where>
                    {primary && <Badge tone="accent">Primary</Badge>}
                    <span className="text-muted">{wraps === 1 ? 'wraps 1 data key' : `wraps ${wraps} data keys`}</span>
                  </li>
                ))}
              </ul>
            ),
          },
          { name: 'Data keys', value: dataKeys },
          { name: 'Newest data key', value: <RelativeTime at={lastRotatedAt} never="None yet" /> },
        ]}
      />
      <div className="mt-8">
        <CodeBlock label="On the machine that runs Plugboard" code={COMMANDS} />
      </div>
    </Card>
  )
}
