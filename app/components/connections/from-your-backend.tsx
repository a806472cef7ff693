import { connectSnippet } from '../../lib/first-call-snippets.ts'
import { CodeBlock } from '../../ui/code-block.tsx'

/** The same without this page: most connections are made by an app, one for each of its users. */
export function FromYourBackend({ namespace, publicUrl }: { namespace: string; publicUrl: string }) {
  return (
    <aside aria-labelledby="from-your-backend" className="grid min-w-0 gap-2 max-xl:max-w-160">
      <h2 id="from-your-backend" className="font-semibold">
        From your backend
      </h2>
      <p className="text-small text-muted text-pretty">
        Your app does the same with one request, for each of its users. Sent again, it changes nothing.
      </p>
      <CodeBlock label="Add connection with curl" code={connectSnippet(publicUrl, namespace)} />
    </aside>
  )
}
