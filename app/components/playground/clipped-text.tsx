import Download from 'lucide-react/icons/download'
import { useState } from 'react'
import { clipText, MAX_SHOWN, prettyJson } from '../../lib/clip-text.ts'
import { downloadText } from '../../lib/download-text.ts'
import { formatNumber } from '../../lib/format-number.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

interface ClippedTextProps {
  label: string
  text: string
  /** Of the file that a download makes. */
  fileName: string
  limit?: number
  /** It came as a text, and may be JSON by chance. */
  isProse?: boolean
}

/** A stranger's text as text: indented if it is JSON, its beginning only if it is long, whole by choice or as a file. */
export function ClippedText({ label, text, fileName, limit = MAX_SHOWN, isProse = false }: ClippedTextProps) {
  const [showsAll, setShowsAll] = useState(false)
  const pretty = prettyJson(text)
  const { shown, hidden } = clipText(pretty ?? text, showsAll ? Infinity : limit)
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border border-line">
      <figcaption className="flex min-h-9 items-center justify-between gap-2 border-b border-line bg-sunken pr-1 pl-3">
        <span className="truncate text-small text-muted">
          {label}
          {pretty !== undefined && isProse && ' that is JSON'}
        </span>
        <CopyButton text={text} />
      </figcaption>
      <ScrollRegion label={label} className="max-h-128 overflow-auto">
        <pre className="p-3 font-mono text-code whitespace-pre-wrap wrap-anywhere">{shown}</pre>
      </ScrollRegion>
      {hidden > 0 && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2 text-small text-muted">
          {formatNumber(hidden)} more characters
          <Button size="sm" onClick={() => setShowsAll(true)}>
            Show all
          </Button>
          <Button size="sm" icon={Download} onClick={() => downloadText(text, fileName)}>
            Download
          </Button>
        </div>
      )}
    </figure>
  )
}
