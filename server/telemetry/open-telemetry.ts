import type { Config } from '../config/config.ts'
import { createEgressTo } from '../egress/egress-to.ts'
import type { ListenerAddress } from '../egress/own-listener.ts'
import type { Logger } from '../lib/logger.ts'
import type { Telemetry } from './telemetry.ts'

export interface TelemetryInput {
  config: Config
  ownListeners: () => readonly ListenerAddress[]
  instanceId: string
  log: Logger
}

/** Undefined, and nothing is loaded, unless the operator names a collector. */
export async function openTelemetry({ config, ownListeners, instanceId, log }: TelemetryInput): Promise<Telemetry | undefined> {
  const { telemetry, publicUrl } = config
  if (!telemetry) return undefined
  const { Tracing } = await import('./tracing.ts')
  const egress = createEgressTo(telemetry.endpoint, { publicUrl, ownListeners, instanceId })
  return new Tracing(telemetry, egress, log)
}
