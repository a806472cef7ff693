// What a maintenance command did, in lines for a terminal.
import type { KeyStatus } from '../vault/key-status.ts'
import type { RetireReport } from '../vault/retire-keys.ts'
import type { RewrapReport } from '../vault/rewrap-rows.ts'
import type { RotateReport } from '../vault/rotate-keys.ts'
import type { KeyCommand } from './key-routes.ts'

/** The reports are our own, whether they come from here or over the socket. */
export function describeReport(command: KeyCommand, report: unknown): string {
  if (command === 'status') return describeStatus(report as KeyStatus)
  if (command === 'rotate') return describeRotation(report as RotateReport)
  if (command === 'rewrap') return describeRewrap(report as RewrapReport)
  return describeRetirement(report as RetireReport | { kekId: string })
}

const describeStatus = (status: KeyStatus) =>
  [
    'Encryption keys:',
    ...status.keks.map((kek) => `  ${kek.id}  ${kek.label}${kek.primary ? ', primary' : ''}: wraps ${kek.wraps} keys`),
    `Organizations with data keys: ${status.organizations}`,
    `Superseded keys: ${status.supersededKeys}`,
    `Stored secrets under an older data key: ${status.olderRows}`,
  ].join('\n')

const describeRotation = ({ made, moved, kekId }: RotateReport) =>
  `Made ${made} new keys; ${moved} keys moved to encryption key ${kekId}. Next: npm run keys rewrap`

const describeRewrap = ({ resealed, current, changed, unreadable }: RewrapReport) =>
  [
    `Sealed ${resealed} secrets again; ${current} were under the newest key already.`,
    ...(changed > 0 ? [`${changed} were written by someone else meanwhile: run this once more.`] : []),
    ...(unreadable > 0 ? [`${unreadable} do not open and were left alone: their connections need their credentials set again.`] : []),
  ].join('\n')

function describeRetirement(report: RetireReport | { kekId: string }): string {
  if ('kekId' in report)
    return `Nothing needs encryption key ${report.kekId}: it may leave the configuration. Backups made before the rotation still need it.`
  const waiting = report.waiting > 0 ? `; ${report.waiting} were superseded too recently, retire them after a day` : ''
  return `Retired ${report.retired} keys${waiting}.`
}
