import { Badge } from '../../ui/badge.tsx'
import type { AuditResult } from './audit-search.ts'

export const RESULT_WORDS: Readonly<Record<AuditResult, string>> = { ok: 'Done', denied: 'Denied', failed: 'Failed' }

/** What went well is the rule, and quiet: what did not must be found at a glance. */
export function ResultBadge({ result }: { result: AuditResult }) {
  if (result === 'ok') return <span className="text-muted">{RESULT_WORDS.ok}</span>
  return <Badge tone={result === 'denied' ? 'warn' : 'bad'}>{RESULT_WORDS[result]}</Badge>
}
