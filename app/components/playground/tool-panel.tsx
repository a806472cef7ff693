// One tool: its arguments as a form or as JSON, the same call as code, and the button that makes it.
import Play from 'lucide-react/icons/play'
import Square from 'lucide-react/icons/square'
import { useId, useMemo, useState } from 'react'
import { sampleArguments } from '../../lib/sample-arguments.ts'
import type { ToolFacts } from '../../lib/tool-facts.ts'
import { unfoldSchema } from '../../lib/unfold-json-schema.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { JsonEditor } from '../json-editor.tsx'
import { CallAsCode } from './call-as-code.tsx'
import { FormTab } from './form-tab.tsx'
import { SchemaTab } from './schema-tab.tsx'
import { ToolHeading } from './tool-heading.tsx'
import { type Draft, draftOf, useArguments } from './use-arguments.ts'
import { useRunKey } from './use-run-key.ts'

interface ToolPanelProps {
  namespace: string
  connectionId: string
  publicUrl: string
  tool: ToolFacts
  /** What to start from, if not from what the schema requires. */
  draft: Draft | undefined
  onDraft: (draft: Draft) => void
  isRunning: boolean
  onRun: (given: Record<string, unknown>) => void
  onCancel: () => void
}

export function ToolPanel({ namespace, connectionId, publicUrl, tool, draft, onDraft, isRunning, onRun, onCancel }: ToolPanelProps) {
  const formId = useId()
  const { schema, reason } = useMemo(() => unfoldSchema(tool.inputSchema), [tool.inputSchema])
  const given = useArguments(() => draft ?? draftOf(schema ? sampleArguments(schema) : {}), onDraft)
  const [tab, setTab] = useState(schema ? 'form' : 'json')

  function run() {
    if (isRunning) return
    if (tab === 'form' && schema) (document.getElementById(formId) as HTMLFormElement | null)?.requestSubmit()
    else if (given.problem === undefined) onRun(given.value)
  }

  useRunKey(run)

  const tabs = [
    { id: 'form', label: 'Form', content: <FormTab id={formId} schema={schema} reason={reason} given={given} onSubmit={onRun} /> },
    { id: 'json', label: 'JSON', content: <JsonEditor label="Arguments" value={given.text} onChange={given.setText} onSubmit={run} error={given.problem} /> },
    { id: 'code', label: 'Code', content: <CallAsCode publicUrl={publicUrl} call={{ namespace, connectionId, tool: tool.name, arguments: given.value }} /> },
    { id: 'schema', label: 'Schema', content: <SchemaTab tool={tool} /> },
  ]

  return (
    <section aria-label={`Tool ${tool.name}`} className="min-w-0 rounded-lg border border-line bg-surface">
      <ToolHeading tool={tool} />
      <div className="px-4 pt-1 pb-4">
        <Tabs label="Arguments of the call" tabs={tabs} value={tab} onValueChange={setTab} />
      </div>
      <footer className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3">
        {isRunning ? (
          <Button icon={Square} onClick={onCancel}>
            Cancel
          </Button>
        ) : (
          <Button variant="primary" icon={Play} onClick={run}>
            Run
          </Button>
        )}
        <span className="flex items-center gap-1 text-small text-muted max-sm:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>Enter</Kbd>
        </span>
      </footer>
    </section>
  )
}
