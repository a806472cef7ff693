import { keyLineOf, listNamespacesSnippet } from '../../lib/first-call-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Notice } from '../../ui/notice.tsx'
import { KeyOnce } from './key-once.tsx'

/** The only time that a key is shown, and a call that it can make at once. */
export function NewKey({ made: { name, key, publicUrl } }: { made: { name: string; key: string; publicUrl: string } }) {
  return (
    <Notice tone="good" title={`The key ${name} is made`}>
      <p>It is shown this once. Keep it where your backend keeps its secrets.</p>
      <div className="mt-3 grid gap-4">
        <KeyOnce value={key} />
        <CodeBlock label="Try it" code={`${keyLineOf(key)}\n${listNamespacesSnippet(publicUrl)}`} />
      </div>
    </Notice>
  )
}
