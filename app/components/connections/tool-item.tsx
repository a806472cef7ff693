import CirclePlay from 'lucide-react/icons/circle-play'
import { LinkButton } from '../../ui/link-button.tsx'
import { Badge } from '../../ui/badge.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { CopyId } from '../../ui/copy-id.tsx'
import { playgroundPath } from './playground-path.ts'
import type { ShownTool } from './shown-tool.ts'

interface ToolItemProps {
  namespace: string
  connectionId: string
  tool: ShownTool
}

export function ToolItem({ namespace, connectionId, tool: { name, title, description, hints, inputSchema } }: ToolItemProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-4 py-3">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <CopyId value={name} label="tool name" className="font-medium" />
        {title !== undefined && title !== name && <span className="text-small wrap-anywhere text-muted">{title}</span>}
        {hints.map(({ label, tone }) => (
          <Badge key={label} tone={tone}>
            {label}
          </Badge>
        ))}
      </div>
      <LinkButton
        to={playgroundPath(namespace, connectionId, name)}
        size="sm"
        icon={CirclePlay}
        aria-label={`Try ${name}`}
        className="row-span-2"
      >
        Try
      </LinkButton>
      <div className="grid min-w-0 gap-1">
        {description !== undefined && <p className="max-w-160 text-small text-muted text-pretty whitespace-pre-line wrap-anywhere">{description}</p>}
        {inputSchema !== undefined && (
          <details>
            <summary className="inline-block rounded-xs text-small text-muted hover:text-ink">Input schema</summary>
            <div className="mt-2">
              <CodeBlock code={inputSchema} label={`Input schema of ${name}`} />
            </div>
          </details>
        )}
      </div>
    </li>
  )
}
