// The audit log as a file, for whoever is signed in: REST does not look at cookies.
import type { LoaderFunctionArgs } from '@remix-run/node'
import { filterOf, readAuditSearch } from '../../components/audit/audit-search.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'

const TYPES = { csv: 'text/csv; charset=utf-8', jsonl: 'application/jsonl' } as const

export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  requireVisitor(args)
  const { api } = args.context
  const query = new URL(args.request.url).searchParams
  const format = query.get('format') === 'csv' ? 'csv' : 'jsonl'
  const asked = { ...filterOf(readAuditSearch(query)), format } as const
  const encoder = new TextEncoder()
  // Read before anything is answered, so that a refusal is a page with its own status.
  let piece = await api.audit.export(asked)
  const pieces = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(encoder.encode(piece.text))
      if (piece.nextCursor === undefined) controller.close()
      else piece = await api.audit.export({ ...asked, cursor: piece.nextCursor })
    },
  })
  return new Response(pieces, { headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="audit.${format}"` } })
}
