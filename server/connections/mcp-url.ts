// An MCP URL in two parts: where it points, which is shown, and its query, whose every value may be a
// key and is kept sealed.
import type { Egress } from '../egress/egress.ts'
import { AppError, invalidInput, isAppError } from '../lib/app-error.ts'

export interface McpUrl {
  /** Origin and path: what a credential is bound to. */
  destination: string
  /** `?key=value…` as given, or ''. */
  search: string
  /** For eyes: every query value reads `***`. */
  masked: string
  /** For comparing: the whole URL as the URL standard writes it. */
  normalised: string
  url: URL
}

/** Of a stored URL: origin and path, without the masked query. What a credential is bound to, and what metadata is asked of. */
export function destinationUrl(mcpUrl: string): URL {
  const url = new URL(mcpUrl)
  url.search = ''
  return url
}

/** @throws input.invalid for what the caller can mend; a destination that egress would block is found out by the probe, and reads like any server that does not answer. */
export function readMcpUrl(text: string, egress: Egress): McpUrl {
  if (!URL.canParse(text)) throw invalidInput('mcpUrl', 'is not a URL')
  const url = new URL(text)
  // Never sent to a server (RFC 9110 §7.1), so it cannot mean anything here.
  url.hash = ''
  refuseUnusable(url, egress)
  const destination = url.origin + url.pathname
  return { destination, search: url.search, masked: destination + maskSearch(url.search), normalised: url.href, url }
}

function refuseUnusable(url: URL, egress: Egress): void {
  try {
    egress.check(url, 'configured')
  } catch (error) {
    if (isAppError(error) && error.kind === 'invalid') throw new AppError({ code: error.code, kind: 'invalid', message: error.message, details: { field: 'mcpUrl' } })
    if (!isAppError(error)) throw error
  }
}

function maskSearch(search: string): string {
  if (search === '') return ''
  return `?${partsOf(search).map((part) => (part.includes('=') ? `${part.slice(0, part.indexOf('='))}=***` : '***')).join('&')}`
}

const partsOf = (search: string): string[] => search.slice(1).split('&').filter((part) => part !== '')

/** Each once, decoded. A part without "=" may be a key by itself, and is no name. */
export function queryNames(search: string): string[] {
  const named = partsOf(search).filter((part) => part.includes('='))
  return [...new Set(new URLSearchParams(named.join('&')).keys())]
}
