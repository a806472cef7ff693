import { readToolResult } from '../../lib/tool-result.ts'
import { Notice } from '../../ui/notice.tsx'
import { ClippedText } from './clipped-text.tsx'
import { ContentView } from './content-view.tsx'

/** What a tool answered. */
export function ResultView({ result }: { result: unknown }) {
  const { items, hidden, structured, isError } = readToolResult(result)
  return (
    <div className="grid min-w-0 gap-3">
      {isError && (
        <Notice tone="warn" title="The tool says that it failed">
          The call reached it and it answered; what follows are its own words.
        </Notice>
      )}
      {items.map((item, index) => (
        <ContentView key={index} item={item} number={index + 1} />
      ))}
      {hidden > 0 && <p className="text-small text-muted">{hidden} more parts; the messages have them.</p>}
      {structured !== undefined && <ClippedText label="Structured content" text={JSON.stringify(structured, null, 2)} fileName="structured-content.json" />}
      {items.length === 0 && structured === undefined && <p className="text-muted">The tool answered with nothing to show.</p>}
    </div>
  )
}
