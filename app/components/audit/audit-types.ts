import type { PageContext } from '../../lib/load-context.ts'

type Audit = PageContext['api']['audit']

export type AuditEntry = Awaited<ReturnType<Audit['list']>>['entries'][number]
export type AuditVerdict = Awaited<ReturnType<Audit['verify']>>
export type AuditAction = NonNullable<Parameters<Audit['list']>[0]['action']>
