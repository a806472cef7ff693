import Plus from 'lucide-react/icons/plus'
import Webhook from 'lucide-react/icons/webhook'
import { verifySnippet } from '../../lib/webhook-snippets.ts'
import { webhooksPath } from '../../lib/webhook-paths.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** Teaches what a receiver looks like. */
export function NoWebhooks({ namespace }: { namespace: string }) {
  return (
    <EmptyState
      icon={Webhook}
      title="Your app hears nothing of this namespace yet"
      actions={
        <LinkButton to={`${webhooksPath(namespace)}/new`} variant="primary" icon={Plus}>
          Add endpoint
        </LinkButton>
      }
    >
      <p>
        When somebody signs in, a server fails or its tools change, Plugboard posts a signed message to your app. It follows Standard Webhooks, so a
        library of your language verifies it:
      </p>
      <CodeBlock label="A receiver (npm install standardwebhooks)" code={verifySnippet} />
    </EmptyState>
  )
}
