import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { findConnections } from '../lib/find-connections.ts'
import { useSettled } from '../lib/use-settled.ts'
import { Monogram } from '../ui/monogram.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { CommandRow } from './command-row.tsx'

interface CommandConnectionsProps {
  namespace: string
  text: string
  onChoose: (path: string) => void
}

const PAUSE_MS = 150

/** The newest connections, and those that are called exactly what was typed. */
export function CommandConnections({ namespace, text, onChoose }: CommandConnectionsProps) {
  const wanted = useSettled(text.trim(), PAUSE_MS)
  const { data: connections = [] } = useQuery({
    queryKey: ['command-connections', namespace, wanted],
    queryFn: ({ signal }) => findConnections(namespace, wanted, signal),
    placeholderData: (previous) => previous,
    staleTime: 5_000,
  })
  if (connections.length === 0) return null
  return (
    <Command.Group heading="Connections">
      {connections.map(({ connectionId, name, status }) => (
        <CommandRow
          key={connectionId}
          value={`connection ${connectionId} ${name}`}
          picture={<Monogram name={name} size="sm" />}
          label={name === connectionId ? connectionId : `${name} · ${connectionId}`}
          detail={<StatusBadge state={status.state} />}
          onSelect={() => onChoose(`/app/${encodeURIComponent(namespace)}/connections/${encodeURIComponent(connectionId)}`)}
        />
      ))}
    </Command.Group>
  )
}
