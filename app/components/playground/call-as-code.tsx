import { callSnippets, trpcSnippet } from '../../lib/first-call-snippets.ts'
import type { FirstCall } from '../../lib/load-context.ts'
import { CodeTabs } from '../code-tabs.tsx'

/** The call with the arguments as they stand, for a shell or a program. */
export function CallAsCode({ publicUrl, call }: { publicUrl: string; call: FirstCall }) {
  return (
    <div className="grid gap-2">
      <CodeTabs label="The call as code" snippets={[...callSnippets(publicUrl, call), trpcSnippet(publicUrl, call)]} />
      <p className="text-small text-muted">
        <code className="font-mono">$PLUGBOARD_KEY</code> is an API key of yours; it stays in your shell’s environment.
      </p>
    </div>
  )
}
