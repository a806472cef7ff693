import Ellipsis from 'lucide-react/icons/ellipsis'
import CirclePlay from 'lucide-react/icons/circle-play'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import SquareArrowOutUpRight from 'lucide-react/icons/square-arrow-out-up-right'
import Trash2 from 'lucide-react/icons/trash-2'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { connectionPath } from '../../lib/connection-paths.ts'
import { playgroundPath } from './playground-path.ts'
import type { ConnectionView } from './connection-types.ts'
import { useRecheck } from './use-recheck.ts'
import { useRemoval } from './use-removal.ts'

export function RowMenu({ namespace, connection: { connectionId, name } }: { namespace: string; connection: ConnectionView }) {
  const { recheck, pending } = useRecheck(namespace, connectionId)
  const remove = useRemoval()
  return (
    <Menu
      align="end"
      trigger={<IconButton label={`Actions for ${name}`} icon={Ellipsis} size="sm" aria-busy={pending || undefined} />}
      items={[
        { label: 'Open', icon: SquareArrowOutUpRight, to: connectionPath(namespace, connectionId) },
        { label: 'Try in the playground', icon: CirclePlay, to: playgroundPath(namespace, connectionId) },
        { label: 'Check again', icon: RefreshCw, disabled: pending, onSelect: recheck },
        'separator',
        { label: 'Delete', icon: Trash2, tone: 'danger', onSelect: () => void remove({ namespace, connectionId }) },
      ]}
    />
  )
}
