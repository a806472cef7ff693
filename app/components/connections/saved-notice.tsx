import { Notice } from '../../ui/notice.tsx'
import type { ConnectionStatus } from './connection-types.ts'

/** After a form led here: that it is stored, whatever the server says. */
export function SavedNotice({ what, status }: { what: 'added' | 'saved'; status: ConnectionStatus }) {
  const title = what === 'added' ? 'Connection added' : 'Changes saved'
  return status.state === 'connected' ? (
    <Notice tone="good" title={title}>
      The server answers. Try one of its tools, or call it from your app as below.
    </Notice>
  ) : (
    <Notice tone="info" title={title}>
      It is stored, and does not work yet; what to do stands above.
    </Notice>
  )
}
