import type { Arrival } from '../../lib/load-context.ts'
import { callSnippets, connectSnippet, keyLineOf } from '../../lib/first-call-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { KeyOnce } from './key-once.tsx'

export type ArrivalView = Omit<Arrival, 'setCookie'> & { publicUrl: string }

/** The lines for a terminal: with the key, so that they work as they stand. */
function firstLines({ publicUrl, namespace, key, firstCall }: ArrivalView): string {
  const call = firstCall ? (callSnippets(publicUrl, firstCall)[0]?.code ?? '') : connectSnippet(publicUrl, namespace)
  return `${keyLineOf(key)}\n${call}`
}

/** The end of the setup. It is shown once, as the key is. */
export function Arrived({ arrival }: { arrival: ArrivalView }) {
  const { namespace, key, firstCall } = arrival
  return (
    <EntryFrame
      wide
      title="Plugboard is yours"
      description="You are signed in, and your backend has an API key. This page shows it once: copy it before you leave."
    >
      <div className="grid gap-6">
        <KeyOnce value={key} />
        <section className="grid min-w-0 gap-2">
          <h2 className="font-medium">{firstCall ? 'Make the first call' : 'Connect the first server'}</h2>
          <p className="text-small text-muted text-pretty">
            {firstCall
              ? 'A small demo server runs beside Plugboard and is already connected. In a terminal:'
              : 'Any MCP server that needs no key, or takes one in a header. In a terminal:'}
          </p>
          <CodeBlock label="The first call" code={firstLines(arrival)} />
        </section>
        <div className="flex flex-wrap gap-2 border-t border-line pt-6">
          <LinkButton to="/app" variant="primary">
            Open the console
          </LinkButton>
          <LinkButton to={`/app/${encodeURIComponent(namespace)}/connections/new`}>Add connection</LinkButton>
        </div>
      </div>
    </EntryFrame>
  )
}
