import type { Params } from '@remix-run/react'

/** Which connection a page below `:namespace/connections/:connectionId` is about. */
export const addressOf = ({ params }: { params: Params }): { namespace: string; connectionId: string } => ({
  namespace: params.namespace ?? '',
  connectionId: params.connectionId ?? '',
})
