import { Form } from '@remix-run/react'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { connectionPath, connectionsPath } from '../../lib/connection-paths.ts'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { SetupLinkButton } from '../connections/setup-link-button.tsx'
import type { Remedy } from './examination-types.ts'

export interface RemedyLinkProps {
  remedy: Remedy
  namespace: string
  connectionId: string
  signInUrl: string
  /** The connection is being checked. */
  pending: boolean
}

/** To where the thing is mended. */
export function RemedyLink({ remedy, namespace, connectionId, signInUrl, pending }: RemedyLinkProps) {
  switch (remedy) {
    case 'edit':
      return (
        <LinkButton size="sm" to={`${connectionPath(namespace, connectionId)}/edit`} icon={Pencil}>
          Edit this connection
        </LinkButton>
      )
    case 'add':
      return (
        <LinkButton size="sm" to={`${connectionsPath(namespace)}/new`} icon={Plus}>
          Connect another address
        </LinkButton>
      )
    case 'sign_in':
      return (
        <SetupLinkButton size="sm" url={signInUrl}>
          Sign in
        </SetupLinkButton>
      )
    case 'check':
      return (
        <Form method="post">
          <Button size="sm" name="intent" value="check" icon={RefreshCw} pending={pending}>
            Check again and re-examine
          </Button>
        </Form>
      )
  }
}
