// The way back to the app. It says how it went, never why, and carries the code only where the app asked for one.
import type { ConnectSessionRow } from '../../db/schema/connect-session.ts'
import type { House } from '../context/context.ts'
import { liesWithin } from '../namespaces/allowed-origin.ts'
import { settingsOf } from '../namespaces/namespace-settings.ts'

export interface ReturnNews {
  connectionId: string
  status: 'completed' | 'failed' | 'cancelled' | 'pending'
  /** With `pending`: what the backend completes the session with. */
  completion?: { connectSessionId: string; code: string }
}

/** Asked again each time: an origin that was taken off the list gets nobody any more. */
export async function returnUrlOf(house: House, { namespace, returnUrl }: ConnectSessionRow): Promise<string | undefined> {
  if (returnUrl === null) return undefined
  const { allowedOrigins } = await settingsOf(house, namespace)
  return liesWithin(returnUrl, allowedOrigins) ? returnUrl : undefined
}

export function withNews(returnUrl: string, { connectionId, status, completion }: ReturnNews): string {
  const url = new URL(returnUrl)
  for (const [name, value] of Object.entries({ connectionId, status, ...completion })) url.searchParams.set(name, value)
  return url.href
}
