import Plus from 'lucide-react/icons/plus'
import Unplug from 'lucide-react/icons/unplug'
import { connectSnippet } from '../../lib/first-call-snippets.ts'
import { namespacePath } from '../../lib/connection-paths.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** For a namespace without connections: the button, and the same as a line to paste. */
export function FirstConnectionLesson({ namespace, publicUrl }: { namespace: string; publicUrl: string }) {
  return (
    <div className="rounded-lg border border-line bg-surface">
      <EmptyState
        icon={Unplug}
        title="Nothing is connected yet"
        actions={
          <LinkButton to={`${namespacePath(namespace)}/connections/new`} variant="primary" icon={Plus}>
            Add connection
          </LinkButton>
        }
      >
        <p>A connection is one MCP server with its credential. Add it here, or let your app do it, with an id of its choice:</p>
        <CodeBlock label="Connect a server" code={connectSnippet(publicUrl, namespace)} />
      </EmptyState>
    </div>
  )
}
