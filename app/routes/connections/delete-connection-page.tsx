// Where scripts run, the button deletes at once and offers to undo. This page is the same for everyone else.
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form } from '@remix-run/react'
import { addressOf } from '../../components/connections/connection-address.ts'
import { useConnection } from '../../components/connections/connection-outlet.ts'
import { connectionPath, connectionsPath } from '../../lib/connection-paths.ts'
import { requireVisitor } from '../../lib/require-visitor.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

export const meta: MetaFunction = ({ params }) => [{ title: `Delete ${params.connectionId ?? 'connection'} · Plugboard` }]

export function loader(args: LoaderFunctionArgs) {
  requireVisitor(args)
  return null
}

export async function action(args: ActionFunctionArgs) {
  requireVisitor(args)
  const { connections } = args.context.api
  const address = addressOf(args)
  if ((await args.request.formData()).get('intent') === 'undo') {
    await connections.undoRemove(address)
    return redirect(connectionPath(address.namespace, address.connectionId))
  }
  await connections.remove(address)
  return redirect(`${connectionsPath(address.namespace)}?${new URLSearchParams({ removed: address.connectionId }).toString()}`)
}

export default function DeleteConnectionPage() {
  const { namespace, connection } = useConnection()
  return (
    <div className="max-w-160">
      <Card title={`Delete ${connection.name}?`}>
        <p className="text-pretty">
          Its calls are refused at once. For 10 seconds it can be brought back; then it is gone, with its sealed credential, and what a server granted to it is given back if that server has a way to take it.
        </p>
        <Form method="post" className="mt-4 flex flex-wrap gap-2">
          <Button variant="danger" name="intent" value="remove">
            Delete connection
          </Button>
          <LinkButton to={connectionPath(namespace, connection.connectionId)}>Keep it</LinkButton>
        </Form>
      </Card>
    </div>
  )
}
