import type { LoaderFunctionArgs } from '@remix-run/node'

/** Read by authorization servers: our client id is this address (Client ID Metadata Documents). */
export function loader({ context, params }: LoaderFunctionArgs): Response {
  const document = context.setup.clientDocument(params.file ?? '')
  if (!document) return Response.json({ error: 'not_found' }, { status: 404 })
  return Response.json(document)
}
