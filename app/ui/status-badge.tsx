import type { ConnectionState } from '../lib/load-context.ts'
import { Badge, type BadgeTone } from './badge.tsx'

type Shape = 'full' | 'half' | 'cross' | 'ring'

const STATES: Readonly<Record<ConnectionState, { label: string; tone: BadgeTone; shape: Shape }>> = {
  connected: { label: 'Connected', tone: 'good', shape: 'full' },
  auth_required: { label: 'Needs consent', tone: 'warn', shape: 'half' },
  input_required: { label: 'Needs input', tone: 'warn', shape: 'half' },
  error: { label: 'Failing', tone: 'bad', shape: 'cross' },
  disconnected: { label: 'Disconnected', tone: 'neutral', shape: 'ring' },
}

export const stateLabel = (state: ConnectionState): string => STATES[state].label

/** Each state has a shape of its own: colour alone would not reach everyone (WCAG 2.2 §1.4.1). */
function Mark({ shape }: { shape: Shape }) {
  return (
    <svg viewBox="0 0 8 8" className="size-2 shrink-0" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      {shape === 'full' && <circle cx="4" cy="4" r="4" fill="currentColor" stroke="none" />}
      {shape === 'cross' && <path d="m1.25 1.25 5.5 5.5m0-5.5-5.5 5.5" />}
      {shape !== 'full' && shape !== 'cross' && <circle cx="4" cy="4" r="3.25" />}
      {shape === 'half' && <path d="M4 .75a3.25 3.25 0 0 1 0 6.5Z" fill="currentColor" stroke="none" />}
    </svg>
  )
}

export function StatusBadge({ state }: { state: ConnectionState }) {
  const { label, tone, shape } = STATES[state]
  return (
    <Badge tone={tone} className="whitespace-nowrap">
      <Mark shape={shape} />
      {label}
    </Badge>
  )
}
