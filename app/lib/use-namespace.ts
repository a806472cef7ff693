import { useParams } from '@remix-run/react'

/** The namespace in this page's address. */
export function useNamespace(): string {
  const { namespace } = useParams()
  if (namespace === undefined) throw new Error('useNamespace is for pages under /app/:namespace')
  return namespace
}
