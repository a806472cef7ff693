import Plug from 'lucide-react/icons/plug'
import { connectSnippet } from '../../lib/first-call-snippets.ts'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** Nothing to play with yet. */
export function NoConnection({ namespace, publicUrl }: { namespace: string; publicUrl: string }) {
  return (
    <Card>
      <EmptyState
        icon={Plug}
        title="Connect a server first"
        actions={
          <LinkButton variant="primary" to={`/app/${encodeURIComponent(namespace)}/connections/new`}>
            Add connection
          </LinkButton>
        }
      >
        <p>The playground calls the tools of a connection. Add one here, or from a shell:</p>
        <CodeBlock label="curl" code={connectSnippet(publicUrl, namespace)} />
      </EmptyState>
    </Card>
  )
}
