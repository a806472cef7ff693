import { useNavigate } from '@remix-run/react'
import { useQuery } from '@tanstack/react-query'
import { connectionPath } from '../lib/connection-paths.ts'
import { findConnections } from '../lib/find-connections.ts'
import { useSettled } from '../lib/use-settled.ts'
import { Monogram } from '../ui/monogram.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import type { CommandEntry } from './command-row.tsx'

const PAUSE_MS = 150

/** The newest connections, and those that are called exactly what was typed. */
export function useConnectionEntries(namespace: string | undefined, text: string): readonly CommandEntry[] {
  const navigate = useNavigate()
  const wanted = useSettled(text.trim(), PAUSE_MS)
  const { data: connections = [] } = useQuery({
    queryKey: ['command-connections', namespace, wanted],
    queryFn: ({ signal }) => (namespace === undefined ? [] : findConnections(namespace, wanted, signal)),
    placeholderData: (previous) => previous,
    staleTime: 5_000,
  })
  if (namespace === undefined) return []
  return connections.map(({ connectionId, name, status }) => ({
    id: `connection ${connectionId}`,
    label: name === connectionId ? connectionId : `${name} · ${connectionId}`,
    picture: <Monogram name={name} size="sm" />,
    detail: <StatusBadge state={status.state} />,
    run: () => navigate(connectionPath(namespace, connectionId)),
  }))
}
