import Wrench from 'lucide-react/icons/wrench'
import { type ReactNode, useState } from 'react'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { matchesWords, type ShownTool } from './shown-tool.ts'
import { ToolItem } from './tool-item.tsx'

interface ToolListProps {
  namespace: string
  connectionId: string
  tools: readonly ShownTool[]
  actions: ReactNode
}

export function ToolList({ namespace, connectionId, tools, actions }: ToolListProps) {
  const [words, setWords] = useState('')
  const shown = tools.filter((tool) => matchesWords(tool, words))
  if (tools.length === 0) {
    return (
      <Card>
        <EmptyState icon={Wrench} title="This server offers no tools">
          <p>It may offer prompts or resources, which MCP clients reach through the connection’s own address.</p>
        </EmptyState>
      </Card>
    )
  }
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchInput
          label="Filter tools"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          className="min-w-48 flex-1 basis-72"
        />
        <output className="text-small text-muted">
          {shown.length === tools.length ? '' : `${shown.length} of `}
          {tools.length === 1 ? '1 tool' : `${tools.length} tools`}
        </output>
        {actions}
      </div>
      {shown.length === 0 ? (
        <Card>
          <p className="text-muted">No tool has these words in its name, title or description.</p>
        </Card>
      ) : (
        <Card flush>
          <ul className="divide-y divide-line">
            {shown.map((tool) => (
              <ToolItem key={tool.name} namespace={namespace} connectionId={connectionId} tool={tool} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}
