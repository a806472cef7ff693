import { Card } from '../../ui/card.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

const ROWS = ['w-40', 'w-56', 'w-32', 'w-48']

/** While the server is asked; without scripts, the way to ask it. */
export function ToolsWaiting() {
  return (
    <div className="grid gap-4">
      <noscript>
        <a href="?list" className="link">
          List the tools: asks the server now
        </a>
      </noscript>
      <output className="sr-only">
        Asking the server for its tools
      </output>
      <Skeleton className="h-9 w-full" />
      <Card flush>
        <ul className="divide-y divide-line">
          {ROWS.map((width) => (
            <li key={width} className="grid gap-2 px-4 py-4">
              <Skeleton className={`h-4 ${width}`} />
              <Skeleton className="h-4 w-full max-w-120" />
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}
