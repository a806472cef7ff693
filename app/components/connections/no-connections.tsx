import Cable from 'lucide-react/icons/cable'
import Plus from 'lucide-react/icons/plus'
import { connectSnippet } from '../../lib/first-call-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { connectionsPath } from '../../lib/connection-paths.ts'

/** Teaches the line that makes the first one. */
export function NoConnections({ namespace, publicUrl }: { namespace: string; publicUrl: string }) {
  const code = connectSnippet(publicUrl, namespace)
  return (
    <EmptyState
      icon={Cable}
      title="No connections in this namespace yet"
      actions={
        <LinkButton to={`${connectionsPath(namespace)}/new`} variant="primary" icon={Plus}>
          Add connection
        </LinkButton>
      }
    >
      <p>A connection is one MCP server as one of your users, or your app, uses it. Add it here, or from your backend:</p>
      <CodeBlock label="Add connection with curl" code={code} />
    </EmptyState>
  )
}
