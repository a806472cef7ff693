import { Link } from '@remix-run/react'
import { connectionPath } from '../../lib/connection-paths.ts'
import { formatUptime } from '../../lib/format-uptime.ts'
import { Card } from '../../ui/card.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import type { TokenPreview } from './token-types.ts'

interface PreviewCardProps {
  preview: TokenPreview | undefined
  isAsking: boolean
  /** The policy on the page is none: what is shown is of the last one that was. */
  isOutdated: boolean
  namespaces: readonly string[]
  namespace: string
  onNamespace: (namespace: string) => void
}

const countOf = ({ count, isMore }: TokenPreview['connections']): string =>
  isMore ? `More than ${count} connections` : count === 1 ? '1 connection' : count === 0 ? 'No connection' : `${count} connections`

/** What the policy means, in sentences, and for which connections there are now. */
export function PreviewCard({ preview, isAsking, isOutdated, namespaces, namespace, onNamespace }: PreviewCardProps) {
  return (
    <Card title="What it may do">
      <div className="grid gap-4" aria-busy={isAsking || undefined}>
        {isOutdated && <p className="text-small text-warn-ink">The policy has a mistake. This is what it said before.</p>}
        {preview ? (
          <ul aria-label="What it may do, in words" className="grid gap-2">
            {preview.may.map((sentence, index) => (
              <li key={index} className="border-l-2 border-accent/50 pl-3 text-pretty wrap-anywhere">
                {index > 0 && <span className="text-muted">or </span>}
                {sentence}
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-muted">…</p>
        )}
        {preview && <p className="text-small text-muted">For {formatUptime(preview.lifetimeSeconds)} from the moment it is minted.</p>}
        <Field label="Looking at the namespace">
          {(ids) => (
            <Select {...ids} value={namespace} onChange={({ target }) => onNamespace(target.value)}>
              {namespaces.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
        <div aria-live="polite" className="grid min-h-6 gap-1.5">
          {preview && (
            <p>
              <strong className="font-medium">{countOf(preview.connections)}</strong>{' '}
              <span className="text-muted">
                of this namespace {preview.connections.count === 1 || preview.connections.count === 0 ? 'is' : 'are'} within it now.
              </span>
            </p>
          )}
          {preview && preview.connections.sample.length > 0 && (
            <ul aria-label="Some of them" className="flex flex-wrap gap-x-3 gap-y-1">
              {preview.connections.sample.map(({ connectionId, name }) => (
                <li key={connectionId} className="min-w-0">
                  <Link to={connectionPath(namespace, connectionId)} title={name} target="_blank" className="link block truncate font-mono text-code">
                    {connectionId}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </Card>
  )
}
