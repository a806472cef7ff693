// Where the figures come from. Ratios can be compared with those of another machine; nothing else can.
import { cpus, loadavg, totalmem } from 'node:os'

export const describeMachine = (): string => {
  const processors = cpus()
  const model = processors[0]?.model.trim() ?? 'unknown processor'
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0)
  return `Node ${process.version}, ${processors.length} x ${model}, ${gigabytes} GB, load average ${loadavg()[0]!.toFixed(1)} at the start, loopback without TLS`
}
