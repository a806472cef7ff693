// The page for a browser that runs no scripts: the arguments as JSON, the answer below.
import { Form } from '@remix-run/react'
import type { Problem } from '../../lib/load-context.ts'
import { sampleArguments } from '../../lib/sample-arguments.ts'
import type { ToolFacts } from '../../lib/tool-facts.ts'
import { unfoldSchema } from '../../lib/unfold-json-schema.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { ProblemNotice } from '../../ui/problem-notice.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { ResultView } from './result-view.tsx'

export interface PostedCall {
  /** What was posted, to be corrected. */
  text: string
  answer: { result?: unknown; problem?: Problem | undefined; refused?: string | undefined }
}

interface PlainCallProps {
  connectionId: string
  tool: ToolFacts
  posted: PostedCall | undefined
}

export function PlainCall({ connectionId, tool, posted }: PlainCallProps) {
  const { schema } = unfoldSchema(tool.inputSchema)
  const { result, problem, refused } = posted?.answer ?? {}
  return (
    <noscript>
      <style>{'.needs-script { display: none }'}</style>
      <Card title={tool.title ?? tool.name} description={tool.description}>
        <Form method="post" className="grid gap-4">
          <input type="hidden" name="connection" value={connectionId} />
          <input type="hidden" name="tool" value={tool.name} />
          <Field label="Arguments" hint="A JSON object." error={refused}>
            {(ids) => <TextArea {...ids} code name="arguments" rows={8} defaultValue={posted?.text ?? JSON.stringify(schema ? sampleArguments(schema) : {}, null, 2)} />}
          </Field>
          <Button type="submit" variant="primary" name="intent" value="call" className="justify-self-start">
            Run
          </Button>
          {problem && <ProblemNotice problem={problem} />}
          {posted && !problem && refused === undefined && <ResultView result={result} />}
        </Form>
      </Card>
    </noscript>
  )
}
