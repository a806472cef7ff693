import type { ToolFacts } from '../../lib/tool-facts.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

/** What the server says of the tool, as its words. */
export function ToolHeading({ tool }: { tool: ToolFacts }) {
  const { name, title, description, hints } = tool
  return (
    <header className="grid min-w-0 gap-1.5 border-b border-line px-4 py-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 text-heading font-semibold wrap-anywhere">{title ?? name}</h2>
        <CopyId value={name} label="tool name" />
      </div>
      {description && (
        <ScrollRegion label="Description of the tool" className="max-h-32 overflow-y-auto">
          <p className="whitespace-pre-line text-muted wrap-anywhere">{description}</p>
        </ScrollRegion>
      )}
      {hints.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5 text-small text-muted">
          The server says it
          {hints.map(({ text, tone }) => (
            <Badge key={text} tone={tone}>
              {text}
            </Badge>
          ))}
        </p>
      )}
    </header>
  )
}
