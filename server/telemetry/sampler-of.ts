import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, type Sampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace'
import type { TelemetryConfig } from '../config/config.ts'

/** By the standard names. What begins with `parentbased_` follows the caller's own decision where there is one. */
export function samplerOf({ sampler, samplerRatio }: TelemetryConfig): Sampler {
  const isParentBased = sampler.startsWith('parentbased_')
  const root = rootOf(sampler.replace('parentbased_', ''), samplerRatio)
  return isParentBased ? new ParentBasedSampler({ root }) : root
}

function rootOf(name: string, ratio: number): Sampler {
  if (name === 'traceidratio') return new TraceIdRatioBasedSampler(ratio)
  return name === 'always_on' ? new AlwaysOnSampler() : new AlwaysOffSampler()
}
