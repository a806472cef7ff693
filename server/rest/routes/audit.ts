import { z } from 'zod'
import { auditPage, exportAuditInput, listAuditInput } from '../../history/audit-view.ts'
import { exportAudit } from '../../history/export-audit.ts'
import { listAudit } from '../../history/list-audit.ts'
import { streamOf } from '../answer-stream.ts'
import { defineRoute, defineStreamRoute, ok } from '../route.ts'

const access = { resource: 'audit', operation: 'read' } as const

const CONTENT_TYPES = { jsonl: 'application/jsonl', csv: 'text/csv; charset=utf-8' }

export const auditRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/audit',
    operationId: 'listAudit',
    summary: 'Who did what to which, and with what result; newest first',
    access,
    query: listAuditInput,
    answers: { 200: auditPage },
    handle: async ({ query }, context) => ok(await listAudit(context, query)),
  }),
  defineStreamRoute({
    method: 'GET',
    path: '/api/audit/export',
    operationId: 'exportAudit',
    summary: 'The audit log as JSON lines or CSV',
    access,
    query: exportAuditInput,
    answers: { 200: z.string() },
    produces: ['application/jsonl', 'text/csv'],
    stream: async ({ query }, context) => ({
      contentType: CONTENT_TYPES[query.format],
      fileName: `audit.${query.format}`,
      pieces: await streamOf(exportAudit(context, query)),
    }),
  }),
]
