// Which connections match what is typed: of the newest, those that contain it, and any at all whose id or name it is.
import { useEffect, useState } from 'react'
import { api } from '../../lib/api.ts'
import type { ConnectionOption } from './connection-option.ts'

const PAUSE_MS = 150

interface Search {
  namespace: string
  /** The newest of the namespace, known already. */
  newest: readonly ConnectionOption[]
  text: string
}

const matches = ({ connectionId, name }: ConnectionOption, text: string) => `${connectionId}\n${name}`.toLowerCase().includes(text.toLowerCase())

async function findExact(namespace: string, text: string, signal: AbortSignal): Promise<ConnectionOption[]> {
  const [byId, byName] = await Promise.allSettled([
    // Whatever cannot be an id is no id of anything.
    api.connections.get.query({ namespace, connectionId: text }, { signal }),
    api.connections.list.query({ namespace, name: text, limit: 10 }, { signal }),
  ])
  return [...(byId.status === 'fulfilled' ? [byId.value] : []), ...(byName.status === 'fulfilled' ? byName.value.connections : [])]
}

export function useConnectionSearch({ namespace, newest, text }: Search): { found: ConnectionOption[]; isSearching: boolean } {
  const asked = text.trim()
  const [exact, setExact] = useState<{ asked: string; found: ConnectionOption[] }>({ asked: '', found: [] })

  useEffect(() => {
    if (asked === '') return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      const search = async () => {
        const found = await findExact(namespace, asked, controller.signal)
        if (!controller.signal.aborted) setExact({ asked, found })
      }
      void search()
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [namespace, asked])

  const near = newest.filter((option) => matches(option, asked))
  const nearIds = new Set(near.map(({ connectionId }) => connectionId))
  const others = exact.asked === asked ? exact.found.filter(({ connectionId }) => !nearIds.has(connectionId)) : []
  return { found: [...others, ...near], isSearching: asked !== '' && exact.asked !== asked }
}
