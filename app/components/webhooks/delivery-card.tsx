import X from 'lucide-react/icons/x'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Fact, Facts } from '../connections/facts.tsx'
import { DeliveryOutcome } from './delivery-outcome.tsx'
import type { Delivery } from './webhook-types.ts'

/** One message as it is sent, above the list that it was chosen from. */
export function DeliveryCard({ delivery, payload }: { delivery: Delivery; payload: string }) {
  return (
    <Card
      title={<code className="font-mono text-code">{delivery.type}</code>}
      actions={
        <LinkButton to="." size="sm" variant="quiet" icon={X} preventScrollReset>
          Close
        </LinkButton>
      }
    >
      <div className="grid gap-4">
        <Facts>
          <Fact label="webhook-id">
            <CopyId value={delivery.id} label="webhook-id" />
          </Fact>
          <Fact label="Outcome">
            <DeliveryOutcome delivery={delivery} />
          </Fact>
          <Fact label="Last attempt">
            <RelativeTime at={delivery.lastAttemptAt} />
          </Fact>
        </Facts>
        <CodeBlock label="Message" code={payload} />
      </div>
    </Card>
  )
}
