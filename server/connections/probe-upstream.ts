// Opens the upstream anew, to say what state a connection is in. The session stays in the pool: the
// first call finds it open.
import type { House } from '../context/context.ts'
import { toAppError } from '../lib/app-error.ts'
import type { ProtocolVerdict } from '../mcp/protocol-revision.ts'
import { isTokenRefusal, judgeRefusal } from '../mcp/renewing-exchange.ts'
import type { UpstreamSession } from '../mcp/upstream-session.ts'
import type { UpstreamTarget } from '../mcp/upstream-target.ts'
import type { ConnectionStatus, ServerInfo } from './connection-view.ts'
import { shownText } from './shown-text.ts'
import { statusOfFailure } from './status-of-failure.ts'

export interface ProbeResult {
  status: ConnectionStatus
  serverInfo: ServerInfo | undefined
  protocol: ProtocolVerdict | undefined
}

/** Never throws: what goes wrong is the status. */
export async function probeUpstream(house: House, target: UpstreamTarget, principal: string): Promise<ProbeResult> {
  try {
    const session = await reopen(house, target, principal)
    return { status: { state: 'connected' }, serverInfo: readServerInfo(session.identity.serverInfo), protocol: session.verdict }
  } catch (error) {
    const failure = await judgeRefusal(toAppError(error), target.renewal)
    if (failure.kind !== 'auth_required') house.log.info('a connection could not be opened', { connectionUid: target.connectionUid, code: failure.code, error: failure })
    return { status: statusOfFailure(failure), serverInfo: undefined, protocol: undefined }
  }
}

/** A token may be refused before it ends: then the answer of a fresh one counts. */
function reopen(house: House, target: UpstreamTarget, principal: string): Promise<UpstreamSession> {
  return house.pool.reopen(target, principal).catch(async (error: unknown) => {
    if (!target.renewal || !isTokenRefusal(error)) throw error
    return house.pool.reopen(await target.renewal.renew(true), principal)
  })
}

const MAX_ICONS = 8

/** The upstream introduces itself in its own words: known members only, of bounded length, links only over http. */
export function readServerInfo(info: Record<string, unknown> | undefined): ServerInfo | undefined {
  const name = shownText(info?.name)
  if (!info || name === undefined) return undefined
  const title = shownText(info.title)
  const description = shownText(info.description)
  const websiteUrl = linkOf(info.websiteUrl)
  const icons = Array.isArray(info.icons) ? info.icons.slice(0, MAX_ICONS).flatMap(readIcon) : []
  return {
    name,
    version: shownText(info.version) ?? '',
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(websiteUrl !== undefined && { websiteUrl }),
    ...(icons.length > 0 && { icons }),
  }
}

function readIcon(icon: unknown): { src: string; mimeType?: string }[] {
  if (typeof icon !== 'object' || icon === null) return []
  const { src, mimeType } = icon as Record<string, unknown>
  const link = linkOf(src)
  const type = shownText(mimeType)
  return link === undefined ? [] : [{ src: link, ...(type !== undefined && { mimeType: type }) }]
}

const linkOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 2048 && /^https?:\/\//i.test(value) && URL.canParse(value) ? value : undefined
