import Download from 'lucide-react/icons/download'
import { LinkButton } from '../../ui/link-button.tsx'
import { AUDIT_PATH, auditPath, type AuditSearch } from './audit-search.ts'

/** Files of all that the filter finds, not of this page alone. */
export function ExportLinks({ search }: { search: AuditSearch }) {
  return (['csv', 'jsonl'] as const).map((format) => (
    // Past the router: what comes is a file.
    <LinkButton key={format} reloadDocument size="sm" icon={Download} to={auditPath(search, { format }, `${AUDIT_PATH}/export`)}>
      {format === 'csv' ? 'CSV' : 'JSON lines'}
    </LinkButton>
  ))
}
