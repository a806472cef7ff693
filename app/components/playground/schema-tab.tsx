import { clipText } from '../../lib/clip-text.ts'
import type { ToolFacts } from '../../lib/tool-facts.ts'
import { CodeBlock } from '../../ui/code-block.tsx'

const MAX_SCHEMA = 50_000

const show = (schema: unknown): string => {
  const { shown, hidden } = clipText(JSON.stringify(schema, null, 2) ?? '', MAX_SCHEMA)
  return hidden === 0 ? shown : `${shown}\n… ${hidden} more characters`
}

/** What the tool takes, and what it promises to answer. */
export function SchemaTab({ tool }: { tool: ToolFacts }) {
  return (
    <div className="grid min-w-0 gap-4">
      <CodeBlock label="Input schema" code={show(tool.inputSchema ?? {})} />
      {tool.outputSchema === undefined ? (
        <p className="text-small text-muted">The server does not describe the tool’s output.</p>
      ) : (
        <CodeBlock label="Output schema" code={show(tool.outputSchema)} />
      )}
    </div>
  )
}
