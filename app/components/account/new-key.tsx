import { keyLineOf, listNamespacesSnippet } from '../../lib/first-call-snippets.ts'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { KeyOnce } from './key-once.tsx'

/** The only time that a key is shown, and a call that it can make at once. */
export function NewKey({ made: { name, key, publicUrl } }: { made: { name: string; key: string; publicUrl: string } }) {
  return (
    <Card title={`New key: ${name}`} description="Keep it where your backend keeps its secrets. When you leave this page, nobody can show it again.">
      <div className="grid gap-4">
        <KeyOnce value={key} />
        <CodeBlock label="Try it in a terminal" code={`${keyLineOf(key)}\n${listNamespacesSnippet(publicUrl)}`} />
      </div>
    </Card>
  )
}
