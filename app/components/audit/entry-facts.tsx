import { formatAbsolute } from '../../lib/format-time.ts'
import type { AuditEntry } from './audit-types.ts'

const textOf = (value: AuditEntry['details'][string]): string => (Array.isArray(value) ? value.join(', ') : String(value))

/** `expiresAt` as people read it: "expires at". */
const wordsOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** All else that the log has of an entry. */
export function EntryFacts({ entry }: { entry: AuditEntry }) {
  const { seq, at, code, address, userAgent, requestId, details } = entry
  const facts: [name: string, value: string | null][] = [
    ['entry', String(seq)],
    ['at', formatAbsolute(at)],
    ['error', code],
    ['address', address],
    ['browser', userAgent],
    ['request id', requestId],
    ...Object.entries(details).map(([name, value]): [string, string] => [wordsOf(name), textOf(value)]),
  ]
  return (
    <dl className="mt-2 mb-1 grid max-w-144 grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono text-code wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
