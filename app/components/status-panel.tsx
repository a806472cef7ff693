import type { ReactNode } from 'react'
import { formatUptime } from '../lib/format-uptime.ts'
import type { ConnectionState, StatusDetail, StatusSummary } from '../lib/load-context.ts'
import { stateLabel } from '../ui/status-badge.tsx'

const STATES: readonly { state: ConnectionState; dot: string }[] = [
  { state: 'connected', dot: 'bg-good' },
  { state: 'auth_required', dot: 'bg-warn' },
  { state: 'input_required', dot: 'bg-warn' },
  { state: 'error', dot: 'bg-bad' },
  { state: 'disconnected', dot: 'bg-idle' },
]

function Row({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4 px-4 py-1.5">
      <dt className="flex items-center gap-2 text-muted">{label}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  )
}

const Dot = ({ color }: { color: string }) => <span className={`size-2 shrink-0 rounded-full ${color}`} aria-hidden="true" />

function ConnectionRows({ connections }: Pick<StatusDetail, 'connections'>) {
  const total = Object.values(connections).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <Row label="Connections">{total}</Row>
      {STATES.map(({ state, dot }) => ({ label: stateLabel(state), dot, count: connections[state] ?? 0 }))
        .filter(({ count }) => count > 0)
        .map(({ label, dot, count }) => (
          <Row
            key={label}
            label={
              <>
                <Dot color={dot} />
                {label}
              </>
            }
          >
            {count}
          </Row>
        ))}
    </>
  )
}

function DetailRows({ detail }: { detail: StatusDetail }) {
  const { database } = detail
  return (
    <>
      <Row label="Version">{detail.version}</Row>
      <Row label="Up for">{formatUptime(detail.uptimeSeconds)}</Row>
      <Row label="Database">
        <span className="flex items-center gap-2">
          <Dot color={database.reachable ? 'bg-good' : 'bg-bad'} />
          {database.kind === 'file' ? 'Local file' : 'libSQL server'}
          {database.reachable ? '' : ', not reachable'}
        </span>
      </Row>
      <div className="my-1 border-t border-line" />
      <ConnectionRows connections={detail.connections} />
    </>
  )
}

export function StatusPanel({ status: { mode, detail } }: { status: StatusSummary }) {
  return (
    <section aria-labelledby="status">
      <h2 id="status" className="text-heading font-semibold">
        Status
      </h2>
      <dl className="mt-3 rounded-lg border border-line bg-surface py-1 text-small">
        <Row label="Mode">{mode === 'laptop' ? 'Laptop' : 'Server'}</Row>
        {detail && <DetailRows detail={detail} />}
      </dl>
      <p className="mt-3 text-small text-muted text-pretty">
        {mode === 'laptop'
          ? 'Only this machine can reach Plugboard, and it may reach servers on this machine over http.'
          : 'This page is public, so details are not shown here. The operator finds them in the log.'}
      </p>
    </section>
  )
}
