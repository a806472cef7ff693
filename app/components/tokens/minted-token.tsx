import { callSnippets, keyLineOf } from '../../lib/first-call-snippets.ts'
import type { FirstCall } from '../../lib/load-context.ts'
import { listConnectionsSnippets, narrowSnippet, tokensPath } from '../../lib/token-snippets.ts'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { KeyOnce } from '../account/key-once.tsx'
import { CodeTabs } from '../code-tabs.tsx'

interface MintedTokenProps {
  token: string
  expiresAt: string
  publicUrl: string
  namespace: string
  /** What was tried against the policy, and is allowed. */
  call: FirstCall | undefined
  canList: boolean
}

/** The only time that a token is shown, and what its holder can do with it at once. */
export function MintedToken({ token, expiresAt, publicUrl, namespace, call, canList }: MintedTokenProps) {
  return (
    <div className="grid max-w-200 min-w-0 gap-4">
      <Card title="The token is there" description="Hand it to whoever is to have it. When you leave this page, nobody can show it again.">
        <div className="grid gap-4">
          <KeyOnce label="Service token" value={token} />
          <p className="text-small text-muted">
            It ends <RelativeTime at={expiresAt} />, or earlier with whoever minted it. Every door takes it like an API key, in a header only.
          </p>
          <CodeBlock label="In a terminal" code={keyLineOf(token)} />
          <CodeTabs label="Which connections it sees" snippets={listConnectionsSnippets(publicUrl, namespace)} />
          {call && <CodeTabs label="A call with it" snippets={callSnippets(publicUrl, call)} />}
        </div>
      </Card>
      <Card title="Smaller ones of it" description="Whoever holds a token can narrow it before handing it on, offline; nobody can take a limit away again.">
        <div className="grid gap-3">
          <CodeBlock label="Narrow it in JavaScript" code={narrowSnippet} />
          <p className="text-small text-muted">
            In any other language: <a href="/docs/service-token-format.md" className="link">the format</a> is one page.
          </p>
        </div>
      </Card>
      {canList && (
        <div>
          <LinkButton to={tokensPath}>To the list of tokens</LinkButton>
        </div>
      )}
    </div>
  )
}
