import Plus from 'lucide-react/icons/plus'
import Ticket from 'lucide-react/icons/ticket'
import { mintTokenPath, mintTokenSnippet } from '../../lib/token-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** Teaches how a backend makes one for each of its users. */
export function NoTokens({ publicUrl, namespace }: { publicUrl: string; namespace: string }) {
  return (
    <EmptyState
      icon={Ticket}
      title="No token is out there"
      actions={
        <LinkButton to={mintTokenPath} variant="primary" icon={Plus}>
          Mint token
        </LinkButton>
      }
    >
      <p>
        Your backend mints one for each session of a user, an agent or a job, and hands that out instead of its API key. It ends by itself. With
        one request:
      </p>
      <CodeBlock label="Mint with curl" code={mintTokenSnippet(publicUrl, namespace)} />
    </EmptyState>
  )
}
