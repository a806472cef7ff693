// What flows and steps of a timeline are called for the person who looks at it. What came of a step is the server's sentence.
import { formatDuration } from '../../lib/format-number.ts'
import type { TimelineFlow, TimelineStep } from '../connections/connection-types.ts'

const STEPS: Readonly<Record<TimelineStep['step'], string>> = {
  challenge: 'Challenge',
  protected_resource_metadata: 'Resource metadata',
  issuer_metadata: 'Issuer metadata',
  client: 'Client',
  authorization_request: 'Authorization request',
  callback: 'Answer',
  token: 'Token',
  client_credentials: 'Client credentials',
  jwt_bearer: 'Assertion',
  refresh: 'Renewal',
  grant: 'Grant',
  revocation: 'Revocation',
  created: 'Created',
  connected: 'Connected',
  auth_required: 'Needs consent',
  input_required: 'Needs input',
  disconnected: 'Disconnected',
  error: 'Failing',
}

export const stepTitle = ({ step }: Pick<TimelineStep, 'step'>): string => STEPS[step]

const FLOWS: Readonly<Record<Exclude<TimelineFlow['kind'], 'status'>, Readonly<Record<TimelineFlow['outcome'], string>>>> = {
  authorization: { ok: 'Sign-in', failed: 'Sign-in failed', waiting: 'Sign-in under way', abandoned: 'Sign-in not finished' },
  refresh: { ok: 'Renewal', failed: 'Renewal failed', waiting: 'Renewal', abandoned: 'Renewal' },
  check: { ok: 'Discovery', failed: 'Discovery failed', waiting: 'Discovery', abandoned: 'Discovery' },
}

export const flowTitle = ({ kind, outcome }: Pick<TimelineFlow, 'kind' | 'outcome'>): string => (kind === 'status' ? 'Status' : FLOWS[kind][outcome])

/** The step that tells most: the first that failed, else the last. */
export const tellingStep = ({ steps }: Pick<TimelineFlow, 'steps'>): TimelineStep | undefined => steps.find(({ outcome }) => outcome === 'failed') ?? steps.at(-1)

/** `+0.0 s`, `+12 s`: after the first step. */
export const offsetLabel = (ms: number): string => `+${ms < 1000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms)}`
