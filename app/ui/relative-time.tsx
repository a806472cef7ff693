import { formatAbsolute, formatRelative } from '../lib/format-time.ts'
import { useNow } from '../lib/page-clock.ts'

interface RelativeTimeProps {
  /** ISO 8601, or undefined or null for what never happened. */
  at: string | null | undefined
  never?: string
}

/** "5 min ago", with the moment itself on hover. Server and browser first write the same: both start from the loader's time. */
export function RelativeTime({ at, never = 'Never' }: RelativeTimeProps) {
  const now = useNow()
  if (at === undefined || at === null) return <span className="text-muted">{never}</span>
  return (
    <time dateTime={at} title={formatAbsolute(at)} className="whitespace-nowrap">
      {formatRelative(Date.parse(at), now)}
    </time>
  )
}
