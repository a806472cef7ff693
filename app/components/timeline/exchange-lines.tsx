import type { TimelineExchange } from '../connections/connection-types.ts'

function Names({ label, names }: { label: string; names: readonly string[] }) {
  return (
    <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-2">
      <dt className="text-tiny leading-5 text-muted">{label}</dt>
      <dd className="font-mono text-code wrap-anywhere">{names.length === 0 ? <span className="text-muted">–</span> : names.join(', ')}</dd>
    </div>
  )
}

/** One request and its answer. Addresses and words of strangers are text, never a link. */
export function ExchangeLines({ exchange: { method, url, sent, status, received, theirError } }: { exchange: TimelineExchange }) {
  return (
    <details className="group/exchange min-w-0">
      <summary className="w-fit max-w-full cursor-pointer rounded-xs font-mono text-code text-muted wrap-anywhere hover:text-ink">
        {method} {url}
        {status !== null && <span className={status < 400 || status === 401 ? 'text-ink' : 'text-bad-ink'}> {status}</span>}
      </summary>
      <dl className="mt-1 mb-2 grid gap-0.5 border-l-2 border-line pl-3">
        <Names label="Sent" names={sent} />
        {status !== null && <Names label="Received" names={received} />}
        {theirError !== null && <Names label="Their error" names={[theirError]} />}
      </dl>
    </details>
  )
}
