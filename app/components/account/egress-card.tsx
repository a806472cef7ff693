import type { ReactNode } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Where } from './fact-list.tsx'

export interface EgressCardProps {
  egress: { rules: readonly string[]; loopbackOverHttp: boolean }
}

/** Where upstreams may be. Public https is always allowed; the rest is the operator's decision. */
export function EgressCard({ egress: { rules, loopbackOverHttp } }: EgressCardProps) {
  return (
    <Card
      title="Where upstreams may be"
      description="Every connection is checked against this, also after DNS and at each redirect: private addresses stay out unless they are listed."
    >
      <ul className="-mt-4 divide-y divide-line">
        <Destination what="Public addresses over https" state="Always" />
        <Destination what="This machine over http" state={loopbackOverHttp ? 'Laptop only' : 'No'} />
        {rules.map((rule) => (
          <Destination key={rule} what={<Where>{rule}</Where>} state="Allowed" />
        ))}
      </ul>
      <p className="mt-2 mb-3 text-small text-muted text-pretty">
        {rules.length === 0 ? 'Nothing else is allowed. ' : ''}To allow more, list it in <Where>EGRESS_ALLOW</Where> and restart: a host and its port, a host with every
        port, or a CIDR.
      </p>
      <CodeBlock label="In the environment" code={`EGRESS_ALLOW=${[...rules, 'mcp.example.internal:8080'].join(',')}`} />
    </Card>
  )
}

function Destination({ what, state }: { what: ReactNode; state: 'Always' | 'Allowed' | 'Laptop only' | 'No' }) {
  return (
    <li className="flex items-center justify-between gap-4 py-2.5">
      <span className="min-w-0 wrap-anywhere">{what}</span>
      <Badge tone={state === 'No' ? 'neutral' : 'good'}>{state}</Badge>
    </li>
  )
}
