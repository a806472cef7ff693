import { Link } from '@remix-run/react'
import { Notice } from '../../ui/notice.tsx'
import { connectionPath } from '../../lib/connection-paths.ts'
import type { ConnectionOutlet } from './connection-outlet.ts'
import { SetupLinkButton } from './setup-link-button.tsx'
import { adviseOn } from './status-words.ts'

/** What keeps a connection from working, and the next step. Nothing, if it works. */
export function StatusNotice({ namespace, connection: { connectionId, status } }: ConnectionOutlet) {
  const advice = adviseOn(status)
  if (!advice) return null
  return (
    <div className="mb-6">
      <Notice tone={advice.tone} title={advice.title}>
        <p className={advice.checks.length > 0 ? 'font-medium' : undefined}>{advice.text}</p>
        {advice.checks.length > 0 && (
          <>
            <p className="mt-2">What to look at:</p>
            <ul className="mt-1 list-disc pl-4">
              {advice.checks.map((check) => (
                <li key={check}>{check}</li>
              ))}
            </ul>
          </>
        )}
        {advice.way && (
          <p className="mt-3 mb-1">
            <SetupLinkButton url={advice.way.url} variant="primary">
              {advice.way.label}
            </SetupLinkButton>
          </p>
        )}
        {status.state !== 'disconnected' && !advice.way && (
          <p className="mt-2">
            <Link to={`${connectionPath(namespace, connectionId)}/edit`} className="link">
              Edit this connection
            </Link>
            , have the{' '}
            <Link to={`${connectionPath(namespace, connectionId)}/doctor`} className="link">
              doctor
            </Link>{' '}
            look for the cause, or check again when the server is mended.
          </p>
        )}
      </Notice>
    </div>
  )
}
